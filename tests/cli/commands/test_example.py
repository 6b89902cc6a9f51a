"""`practice-alerts example`: a case worked out is a case that check plays, and nothing else in the file changes."""

from pathlib import Path

import pytest

from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.files.worked_cases import problems_in_case
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.small_council import EXAMPLE, furnished
from tests.helpers.product.run_command import give, refused, said


def test_a_case_is_printed_as_it_stands_in_the_file(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    where = ("--procedures", str(folder.parent))
    assert said(*where, "example", "sampleford", "--sent", "2025-03-03") == (
        "- name: Sent on Mon 2025-03-03 to stage-1\n"
        "  story:\n"
        "    - {on: Mon 2025-03-03, do: send, stage: stage-1}\n"
        "  expect:\n"
        "    response_due: Mon 2025-03-10\n"
        "    cap: Mon 2025-03-31\n"
        "    yardstick: Mon 2025-03-31\n"
        "    escalate_by: Mon 2025-03-24\n"
        "    slack: 10\n"
        "    ways_on: [stage-2]\n"
        "    may_enter: [stage-1, stage-2]\n"
        "    needs_reason: no\n"
        "    stands: waiting for an answer\n"
    )
    assert (folder / "examples.yml").read_text("utf-8") == EXAMPLE


def test_a_case_that_is_kept_leaves_the_others_and_their_remarks_as_they_are(
    tmp_path: Path,
) -> None:
    folder = furnished(tmp_path)
    before = f"# The cases of this council.\n{EXAMPLE}  # the last line"
    (folder / "examples.yml").write_text(before, "utf-8")
    line = "on: Mon 2025-03-10, do: judge, reason: 'Nothing, so far'"
    given = ("--sent", "2025-03-03", "--name", "Silence: a week of it", "--then", line, "--keep")
    printed = give("--procedures", str(folder.parent), "example", "sampleford", *given)
    assert printed.exit_code == 0
    assert (folder / "examples.yml").read_text("utf-8") == f"{before}\n\n{printed.stdout}"
    checked = give("check", str(folder))
    assert checked.exit_code == 0, checked.output
    twice = ("example", "sampleford", *given)
    assert "Give this one another --name" in refused("--procedures", str(folder.parent), *twice)


def test_a_file_whose_cases_were_taken_out_is_begun_anew(tmp_path: Path) -> None:
    folder = furnished(tmp_path)
    (folder / "examples.yml").write_text("# Worked cases.\n\n", "utf-8")
    given = ("example", "sampleford", "--sent", "2025-03-03", "--keep")
    assert give("--procedures", str(folder.parent), *given).exit_code == 0
    checked = give("check", str(folder))
    assert checked.exit_code == 0, checked.output
    assert "2025-03-10" in (folder / "examples.yml").read_text("utf-8")


@pytest.mark.parametrize("name", IDS)
def test_each_stage_of_each_council_can_be_worked_out(name: str) -> None:
    gate = ("--gate", "yes") if council(name).procedure.gate else ()
    for stage in council(name).procedure.main_ladder.stages:
        given = ("--sent", "2025-03-03T10:00", "--stage", stage.id, *gate)
        case = read_yaml(said("example", name, *given).encode()).value[0]
        assert problems_in_case(case, 0) == ()
        assert case["story"][0]["stage"] == stage.id


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("--stage", "stage-9"), "story[0].stage: found 'stage-9', expected a stage of its ladder"),
        (
            ("--kind", "concrn"),
            "expected a kind of the procedure (concern) (did you mean concern?)",
        ),
        (("--then", "foo"), "--then foo: write it like a line of a story"),
        (("--then", "on: Tue 2025-03-03, do: judge"), "story[1].on: found 'Tue 2025-03-03'"),
    ],
)
def test_what_makes_no_case_is_told_with_what_would(
    tmp_path: Path, given: tuple[str, ...], told: str
) -> None:
    where = ("--procedures", str(furnished(tmp_path).parent))
    assert told in refused(*where, "example", "sampleford", "--sent", "2025-03-03", *given)
