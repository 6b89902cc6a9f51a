"""Between two editions of a procedure each change is told, in a practitioner's sentence, made from the files."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.files.procedures import load_council
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.domain.guide.pages.editions.changes import changes
from practice_alerts.domain.guide.pages.editions.edition_page import edition_page
from practice_alerts.domain.guide.parts.page import Council, Links
from practice_alerts.domain.guide.parts.writing import GuideWriter
from practice_alerts.domain.procedure.procedure import Procedure
from tests.domain.guide.test_guide_pages import plain
from tests.helpers.days import day
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.stories.bent_keys import KEYS, Bend
from tests.helpers.stories.tarnbrook import files_as_written

TODAY = day("Mon 2026-06-01")


def writing(procedure: Procedure) -> GuideWriter:
    return GuideWriter(Council("sampleford", procedure, {}, {}), Links("edition"), TODAY)


def changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    return [*changes(*(writing(Procedure.model_validate(one)) for one in (old, new)))]


def sampleford() -> dict[str, Any]:
    written: dict[str, Any] = read_yaml(PROCEDURE.encode()).value
    return written


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
    **dict.fromkeys(("Role.team", "Role.held_by", "OwnCaseType.about"), _OF_THE_OFFICE),
    **dict.fromkeys(("AlertKind.form", "Stage.form", "Criterion.id"), _NAMES),
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
    page = edition_page(replace(now, council=replace(now.council, earlier=tuple(kept))))
    text = plain(page)
    assert text.index("Edition 3, after Edition 2") < text.index("Edition 2, after Edition 1")
    assert "The time limit is 13 working days; it was 12 working days." in text
    assert "As the document itself tells it: More time." in text
    assert "Of the editions kept here this is the first" in text


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
    assert [one.council for one in beside.earlier] == ["Sampleford"]
    (folder / "earlier" / "2025-01.yml").write_text("council: Sampleford\n", encoding="utf-8")
    with pytest.raises(BadDefinition, match=r"2025-01\.yml"):
        load_council(folder, forms)
