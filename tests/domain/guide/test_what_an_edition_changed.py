"""Between two editions of a procedure each change is told, in a practitioner's sentence, made from the files."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.files.procedures import load_council
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.guide.pages.editions.changes import changes
from practice_alerts.domain.guide.pages.editions.edition_page import edition_page
from practice_alerts.domain.guide.parts.page import Council, EarlierEdition, Links
from practice_alerts.domain.guide.parts.writing import GuideWriter
from practice_alerts.domain.procedure.procedure import Procedure
from tests.domain.guide.test_guide_pages import plain
from tests.helpers.days import day
from tests.helpers.files.small_council import FORM, PROCEDURE, furnished
from tests.helpers.stories.bent_keys import KEYS, Bend
from tests.helpers.stories.tarnbrook import files_as_written

TODAY = day("Mon 2026-06-01")


def writing(procedure: Procedure, forms: Mapping[str, Form] | None = None) -> GuideWriter:
    return GuideWriter(Council("sampleford", procedure, forms or {}, {}), Links("edition"), TODAY)


def changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [*changes(*(writing(Procedure.model_validate(one)) for one in (old, new)))]


def sampleford() -> dict[str, Any]:
    written: dict[str, Any] = read_yaml(PROCEDURE.encode()).value
    return written


def asks_now(change: Callable[[list[dict[str, Any]]], object]) -> list[str]:
    """What is told where the questions of Sampleford's one form change so."""
    procedure, new = Procedure.model_validate(sampleford()), read_yaml(FORM.encode()).value
    old = deepcopy(new)
    change(new["sections"][0]["fields"])
    both = ({"concern": Form.model_validate(one)} for one in (old, new))
    return [*changes(*(writing(procedure, forms) for forms in both))]


@cache
def _as_written() -> dict[str, Any]:
    return files_as_written()[0]


def told(*bends: Bend) -> list[str]:
    """What the council that uses every key says of these of its keys, bent."""
    new = deepcopy(_as_written())
    for one in bends:
        place: Any = new
        for part in one.path[:-1]:
            place = place[part]
        place[one.path[-1]] = one.value
        if one.value is None:
            del place[one.path[-1]]
    return changed(_as_written(), new)


_OF_THE_OFFICE = "how this product is run, and no part of the text"
_ABOUT_IT = "says which edition it is, and stands in its heading"
_NAMES = "a name within the files"
NOT_TOLD: Mapping[str, str] = {
    **dict.fromkeys(("Procedure.council", "Printing.version", "Printing.issued"), _ABOUT_IT),
    **dict.fromkeys(("Printing.note", "Printing.overtaken", "Printing.amended"), _ABOUT_IT),
    **dict.fromkeys(("Procedure.reference_prefix", "Procedure.marking"), _OF_THE_OFFICE),
    **dict.fromkeys(
        ("Procedure.file_name", "Procedure.site", "Procedure.readings"), _OF_THE_OFFICE
    ),
    **dict.fromkeys(
        (key for key in KEYS if key.split(".")[0] in {"Site", "Related", "Ring", "Reading"}),
        _OF_THE_OFFICE,
    ),
    **dict.fromkeys(
        ("Procedure.ours", "Procedure.themes"), "what this product adds, and no part of the text"
    ),
    **dict.fromkeys(("Role.team", "Role.held_by", "OwnCaseType.about"), _OF_THE_OFFICE),
    **dict.fromkeys(("AlertKind.form", "Stage.form", "Criterion.id", "Example.id"), _NAMES),
    **dict.fromkeys(
        ("Consult.record", "Settle.set_by"),
        "the guide does not print it",
    ),
}
"""Keys of which nothing is said, each with the reason."""


def test_each_key_of_a_procedure_is_told_of_or_has_its_reason() -> None:
    silent = {key for key, one in KEYS.items() if not one.form and not told(one)}
    assert silent == set(NOT_TOLD)


def test_nothing_is_told_where_nothing_changed() -> None:
    assert changed(_as_written(), deepcopy(_as_written())) == []


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("Answer.within", "The time to answer at First talk is 1 working day; it was 3 working days."),
        ("Answer.from", "First talk is answered by Team Manager, by talking; before, it was Social Worker or Team Manager, by talking."),
        ("Role.title", "What was called “Team Manager” is called “Manager of the team”."),
        ("Stage.then", "STEP 3 leads on to CAFCASS; before, to STEP 4 or CAFCASS."),
        ("Change.threshold", "The significant changes to be told, “missing”: two days; before: a day."),
        ("Overrides.events", "The events that bypass the ladder: new is “fire”."),
        ("Procedure.gate", "No longer there: the question before the ladder."),
    ],
)  # fmt: skip
def test_a_change_is_told_as_a_practitioner_would(key: str, says: str) -> None:
    assert says in told(KEYS[key])


CONCERN = "on the form “Concern”"
MORE = {"id": "why", "label": "Why now", "type": "one_of", "options": {"a": "Drift", "b": "Delay"}}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (list, []),
        (lambda asked: asked.append(MORE), [f"New: “Why now” {CONCERN}. One of a list; if known."]),
        (lambda asked: asked.pop(), [f"No longer there: “With whom” {CONCERN}."]),
        (lambda asked: asked[2].update(required=True), [f"“Was it talked over?” {CONCERN} is to be answered: always; before: if known."]),
        (lambda asked: asked[3].update(required_from="stage-2"), [f"“With whom” {CONCERN} is to be answered: from Stage 2 on; before: from Stage 1 on."]),
        (lambda asked: asked[0].update(label="Child's name"), [f"“Child's name” {CONCERN} was worded “Name”."]),
        (lambda asked: asked[2].update(type="text"), [f"“Was it talked over?” {CONCERN}, kind of answer: short text; before: yes or no."]),
        (lambda asked: asked[1].update(hint="If there is one."), [f"“Team manager” {CONCERN}, explained by: if there is one. Nothing was said of it before."]),
    ],
)  # fmt: skip
def test_what_a_form_asks_otherwise_is_told(
    change: Callable[[list[dict[str, Any]]], object], says: list[str]
) -> None:
    assert asks_now(change) == says


def test_choices_are_told_one_by_one() -> None:
    procedure, old = Procedure.model_validate(sampleford()), read_yaml(FORM.encode()).value
    old["sections"][0]["fields"].append(MORE)
    new = deepcopy(old)
    new["sections"][0]["fields"][-1]["options"] = {"a": "Drift", "c": "Harm"}
    both = ({"concern": Form.model_validate(one)} for one in (old, new))
    assert [*changes(*(writing(procedure, forms) for forms in both))] == [
        f"The choices of “Why now” {CONCERN}: new is “Harm”.",
        f"The choices of “Why now” {CONCERN}: no longer there is “Delay”.",
    ]


def test_a_new_name_is_told_once_and_a_stage_taken_out_by_itself() -> None:
    new = sampleford()
    stages = new["ladders"]["main"]["stages"]
    stages[0]["label"] = "Step A"
    gone = stages.pop()
    said = changed(sampleford(), new)
    assert "What was called “Stage 1” is called “Step A”." in said
    assert f"No longer there: {gone['label']}." in said
    assert sum("Stage 1" in one for one in said) == 1


def test_the_page_tells_each_edition_kept_and_the_newest_first() -> None:
    kept = [Procedure.model_validate(_edition(number)) for number in ("1", "2", "3")]
    now = writing(kept.pop())
    earlier = tuple(map(EarlierEdition, kept))
    page = edition_page(replace(now, council=replace(now.council, earlier=earlier)))
    text = plain(page)
    assert text.index("Edition 3, after Edition 2") < text.index("Edition 2, after Edition 1")
    assert "The time limit is 13 working days; it was 12 working days." in text
    assert "As the document itself tells it: More time." in text
    assert "Of the editions kept here this is the first" in text
    assert text.count("The forms of the edition before are not kept here") == 2


def _edition(number: str) -> dict[str, Any]:
    written = sampleford()
    written["edition"] = {"version": number, "amended": "more time" if number == "3" else None}
    written["ladders"]["main"]["cap"] = {
        "within": f"1{number} working days",
        "over": "formal stages",
    }
    return written


def test_an_earlier_edition_is_a_file_beside_and_no_part_of_the_edition(tmp_path: Path) -> None:
    furnished(tmp_path, PROCEDURE)
    folder, forms = tmp_path / "procedures" / "sampleford", tmp_path / "form_templates"
    alone = load_council(folder, forms)
    (folder / "earlier").mkdir()
    (folder / "earlier" / "2024-01.yml").write_text(PROCEDURE, encoding="utf-8")
    beside = load_council(folder, forms)
    assert (beside.digest, beside.texts) == (alone.digest, alone.texts)
    (before,) = beside.earlier
    assert (before.procedure.council, before.forms) == ("Sampleford", {})
    asked = forms / "sampleford" / "earlier" / "2024-01"
    asked.mkdir(parents=True)
    (asked / "concern.yml").write_text(FORM.replace("talked over", "spoken of"), encoding="utf-8")
    beside = load_council(folder, forms)
    assert beside.digest == alone.digest
    (before,) = beside.earlier
    now = GuideWriter(
        Council("sampleford", beside.procedure, beside.forms, {}, earlier=(before,)),
        *(Links("edition"), TODAY),
    )
    says = "“Was it talked over?” on the form “Concern” was worded “Was it spoken of?”."
    assert says in plain(edition_page(now))
    (asked / "concern.yml").write_text("title: Concern\n", encoding="utf-8")
    with pytest.raises(BadDefinition, match=r"2024-01/concern\.yml"):
        load_council(folder, forms)
    (folder / "earlier" / "2025-01.yml").write_text("council: Sampleford\n", encoding="utf-8")
    with pytest.raises(BadDefinition, match=r"2025-01\.yml"):
        load_council(folder, forms)
