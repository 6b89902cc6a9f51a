"""What the manuals' pages say of times, posts and totals is what procedure.yml says, and changes with it."""

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.files.procedures import load_all, load_council
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.adapters.guide.build import GuideNotBuilt, compile_into
from practice_alerts.domain.files.named_figures import (
    Taken,
    counts_written_out,
    filled_in,
    names_in,
    times_written_out,
)
from practice_alerts.domain.files.named_posts import (
    strange_posts,
    strange_times,
    titles_written_out,
)
from practice_alerts.domain.procedure.clock import Span, Unit, in_words, parse_clock
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council, procedure_of
from tests.helpers.files.small_council import furnished

TODAY = day("Mon 2025-06-02")

WRITTEN_OUT = {
    ("lambeth", "10-purpose-and-law.md", "20 working days"),  # the Handbook's own figure
    ("merton", "80-significant-changes.md", "five days"),  # of exclusion from school: no clock
}
"""Times that equal a clock of the file and are something else. The list only shrinks."""

_NAMED = re.compile(r"\{([a-z][^{}=]*)\}")


def chapters(name: str) -> Iterator[tuple[str, str]]:
    return ((path.name, path.read_text("utf-8")) for path in council(name).pages)


def words(taken: Taken) -> str:
    return taken.words


def told(name: str, procedure: Procedure) -> dict[str, str]:
    known = names_in(procedure)
    return {file: filled_in(text, known, words) for file, text in chapters(name)}


def written(name: str) -> dict[str, Any]:
    file = council(name).texts[f"procedures/{name}/procedure.yml"]
    value: dict[str, Any] = read_yaml(file).value
    return copy.deepcopy(value)


def otherwise(value: Any) -> Any:
    """The same file with one more of every unit, and every post and stage called something else."""
    if isinstance(value, list):
        return [otherwise(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _changed(key, otherwise(one)) for key, one in value.items()}


def _changed(key: str, value: Any) -> Any:
    if key in ("title", "label") and isinstance(value, str):
        return f"{value} renamed"
    if key != "within" or not isinstance(parse_clock(value), Span):
        return value
    return re.sub("[0-9]+", lambda found: str(int(found[0]) + 1), value).replace("week", "weeks", 1)


def longer(clock: str) -> str:
    span = parse_clock(clock)
    assert isinstance(span, Span)
    return in_words(Span(span.amount + 1, span.unit, span.strength, span.direction))


@pytest.mark.parametrize("name", IDS)
def test_each_value_that_a_page_takes_changes_with_the_file(name: str) -> None:
    before = names_in(council(name).procedure)
    raw = otherwise(written(name))
    raw["kinds"], raw["case_types"] = written(name)["kinds"], written(name).get("case_types", {})
    after = names_in(Procedure.model_validate(raw))
    used = {" ".join(one.split()) for _, text in chapters(name) for one in _NAMED.findall(text)}
    assert used
    used = {one for one in used if not one.startswith("number of ")}  # tried below
    assert [one for one in used if before[one].words == after[one].words] == []


@pytest.mark.parametrize("name", IDS)
def test_a_stage_s_time_changes_where_that_stage_is_told_and_nowhere_else(name: str) -> None:
    now = council(name).procedure
    ladder_id = next(iter(now.ladders))
    for place, stage in enumerate(now.ladders[ladder_id].stages):
        part = next((one for one in ("answer", "settle") if _timed(stage, one)), None)
        if part is None:
            continue
        raw = written(name)
        clock = raw["ladders"][ladder_id]["stages"][place][part]
        clock["within"] = longer(clock["within"])
        after = names_in(Procedure.model_validate(raw))
        changed = {one for one, taken in names_in(now).items() if taken.words != after[one].words}
        assert f"time of {stage.id}" in changed
        others = {f"time of {one.id}" for one in now.ladders[ladder_id].stages} - {
            f"time of {stage.id}"
        }
        assert not others & changed


def _timed(stage: Any, part: str) -> bool:
    timed = getattr(stage, part)
    return timed is not None and isinstance(timed.within, Span)


@pytest.mark.parametrize("name", IDS)
def test_no_name_stays_between_braces_and_no_page_is_without_its_council_s_times(name: str) -> None:
    pages = told(name, council(name).procedure)
    assert not any(_NAMED.search(text) for text in pages.values())
    clocks = {stage.clock for stage in council(name).procedure.main_ladder.stages}
    spans = [f"{one.amount} " for one in clocks if isinstance(one, Span)]
    assert all(any(span in text for text in pages.values()) for span in spans)


def test_times_that_are_written_out_are_no_clock_of_the_file() -> None:
    found = {
        (name, file, said)
        for name in IDS
        for file, text in chapters(name)
        for _, said, _ in times_written_out(text, names_in(council(name).procedure))
    }
    assert found == WRITTEN_OUT


def test_no_count_of_the_file_is_written_out() -> None:
    found = [
        (name, file, said)
        for name in IDS
        for file, text in chapters(name)
        for _, said, _ in counts_written_out(text, names_in(council(name).procedure))
    ]
    assert found == []


@pytest.mark.parametrize("name", IDS)
def test_no_post_is_written_out_and_no_time_or_post_is_a_stranger(name: str) -> None:
    """A post or a clock that is renamed or changed in the file is not left behind in a page."""
    now = council(name).procedure
    found = [
        (file, said)
        for file, text in chapters(name)
        for _, said, *_ in (
            *titles_written_out(text, now),
            *strange_posts(text, now),
            *strange_times(text, names_in(now)),
        )
    ]
    assert found == [(file, said) for one, file, said in STRANGE if one == name]


STRANGE: tuple[tuple[str, str, str], ...] = ()


@pytest.mark.parametrize(
    ("page", "written_out", "strange"),
    [
        ("The Team Manager has it.", ["title of manager"], []),
        ("Ask two Team\nManagers.", [], []),
        ("As printed: “Team Manager” or “Group Manager”.", [], []),
        ("{title of manager}s and a manager talk.", [], []),
        ("The Group Manager has it.", [], ["Group Manager"]),
        ("Send it to the Head of Service.", [], ["Head of Service"]),
        ("It goes up. Group Managers have it.", [], ["Group Managers"]),
        ("Within 9 working days or {time of one}.", [], ["9 working days"]),
        ("Within 4 working days.", [], []),
    ],
)
def test_what_a_page_says_of_posts_and_times_is_held_against_the_file(
    page: str, written_out: list[str], strange: list[str]
) -> None:
    stage = {"id": "one", "label": "One", "answer": {"from": "manager", "within": "4 working days"}}
    own = procedure_of(ladders={"main": {"stages": [stage]}})
    assert [name for *_, name in titles_written_out(page, own)] == written_out
    found = (*strange_posts(page, own), *strange_times(page, names_in(own)))
    assert [said for _, said in found] == strange


def test_a_count_follows_the_file_and_opens_a_sentence_with_a_capital() -> None:
    stages = [{"id": f"s{n}", "label": f"S{n}"} for n in range(3)]
    known = names_in(procedure_of(ladders={"main": {"stages": stages}}))
    text = "# {number of stages} stages\n\nThe {number of stages} stages.\n\n- {number of stages} stages\n"
    said = filled_in(text, known, words)
    assert said == "# Three stages\n\nThe three stages.\n\n- Three stages\n"
    found = [one for _, one, _ in counts_written_out(f"{said} As printed: “three stages”.", known)]
    assert found == ["Three stages", "three stages", "Three stages"]


def test_no_sentence_on_a_stage_says_in_words_of_its_own_whom_it_asks() -> None:
    """Where one sentence names a stage and the post that this stage asks, the post is taken from the file."""
    found = {
        (name, file, stage.label)
        for name in IDS
        for file, text in chapters(name)
        for stage in council(name).procedure.main_ladder.stages
        for sentence in re.split(r"[.;\n]", text)
        if re.search(rf"\b{stage.label}\b", sentence)
        and asked(name, stage.id).casefold() in sentence.casefold()
    }
    assert found == set()


def asked(name: str, stage: str) -> str:
    return names_in(council(name).procedure)[f"post of {stage}"].words


@pytest.mark.parametrize("unit", [one for one in Unit if one.value.is_stated])
@pytest.mark.parametrize("amount", [1, 7, 20, 45])
def test_a_time_of_any_unit_is_found_in_figures_and_in_words(unit: Unit, amount: int) -> None:
    clock = in_words(Span(amount, unit))
    ladder = {"stages": [{"id": "one", "label": "One", "answer": {"within": clock}}]}
    known = names_in(procedure_of(ladders={"main": ladder}))
    number = {1: "one", 7: "Seven", 20: "twenty"}.get(amount, str(amount))
    unit_words = clock.partition(" ")[2]
    for said in (clock, f"{number} {unit_words}", f"{number}-{unit_words.rstrip('s')}"):
        found = list(times_written_out(f"Here\nthey have {said} for it.", known))
        assert found == [(2, said, "time of one")]
    assert list(times_written_out(f"It says “within {clock}”.", known)) == []
    assert list(times_written_out(f"They have 9{amount} {unit_words}.", known)) == []


@pytest.mark.parametrize(
    ("stages", "name", "said"),
    [
        (["4 working days", "4 working days"], "time of one to two", "8 working days"),
        (["4 working days", "1 week"], "time of one to two", "4 working days and 1 week"),
        (["aim 5 working days", "not stated"], "time of one", "5 working days (an aim)"),
        (["aim 5 working days", "not stated"], "time of two", "no time stated"),
        (["aim 5 working days", "not stated"], "time of one to two", "5 working days"),
        (["at most 3 days", "immediately"], "time of main.one", "at most 3 calendar days"),
        (["by agreement", "immediately"], "time of one to two", "no time stated"),
    ],
)
def test_times_read_on_inside_a_sentence(stages: list[str], name: str, said: str) -> None:
    each = [
        {"id": one, "label": one, "answer": {"from": "manager", "within": clock}}
        for one, clock in zip(("one", "two"), stages, strict=True)
    ]
    known = names_in(procedure_of(ladders={"main": {"stages": each}}))
    assert known[name].words == said
    assert known["post of one"].words == "Team Manager"
    assert known["copy of one"].words == "nobody"


def site(tmp_path: Path, page: str) -> str:
    (tmp_path / "procedures/sampleford/10-times.md").write_text(page, "utf-8")
    found = load_all(tmp_path / "procedures", tmp_path / "form_templates")
    compile_into(tmp_path / "built", found, TODAY)
    return (tmp_path / "built/guide/sampleford/times.md").read_text("utf-8")


def test_a_page_of_the_site_has_the_clock_with_its_way_to_the_calculator(tmp_path: Path) -> None:
    furnished(tmp_path)
    files = load_council(tmp_path / "procedures/sampleford", tmp_path / "form_templates")
    stage = files.procedure.main_ladder.stages[0]
    clock = names_in(files.procedure)[f"time of {stage.id}"].words
    text = f"# Within {{time of {stage.id}}}\n\nThat is {{time of\n{stage.id}}}. \\{{time of x}}\n"
    page = site(tmp_path, text)
    assert f"# Within {clock}<span" in page
    assert f'That is <a href="/dates?clock={clock.replace(" ", "+")}" class="clock">' in page
    assert "\\{time of x}" in page


def test_an_unknown_name_stops_the_build_with_the_nearest(tmp_path: Path) -> None:
    furnished(tmp_path)
    with pytest.raises(GuideNotBuilt, match=r"10-times\.md:3: the procedure has no “tme limit”"):
        site(tmp_path, "# Times\n\nAll takes {tme limit}.\n")
    with pytest.raises(GuideNotBuilt, match="Did you mean"):
        site(tmp_path, "# Times\n\nAll takes {time of stage-11}.\n")
