"""From raising to destruction under three procedures: held up by a complaint, destroyed by two, certified, proved."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document

from practice_alerts.casework.directory import (
    destruction_certificate,
    record_keeping,
    second_person,
)
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.casework.jobs.audit_chain import prove
from practice_alerts.domain.alert.destroyed import KeptSaid
from practice_alerts.domain.errors import NotPossible
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.story import Story, raised

PLANTED = "Quetzalcoatlus"


@pytest.mark.parametrize("council", ["lambeth", "merton", "northamptonshire"])
def test_a_life_from_raising_to_destruction(council: str, tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", council=council).with_readers()
    story = _raised(desk).closed("put_right", f"{PLANTED} is well.")
    reference = story.found.alert.reference
    _say(desk, KeptWanted((reference,), KeptSaid.HELD, "A complaint.", "COMP-7"))
    desk.at("Wed 2089-03-09")
    with pytest.raises(NotPossible):
        _propose(desk, reference)
    _say(desk, KeptWanted((), KeptSaid.RELEASED, "It is settled.", "COMP-7"))
    _propose(desk, reference)
    (waits,) = destruction_certificate.proposed(desk.office, desk.actor("boss"), council)
    second_person.confirm(desk.office, desk.actor("boss"), council, waits.number)
    _is_certified(desk, reference)
    assert prove(desk.office).holds
    if desk.office.database.url.startswith("sqlite"):
        files = [one for one in (tmp_path / "data").rglob("*") if one.is_file()]
        assert not [one for one in files if PLANTED.encode() in one.read_bytes()]
    desk.office.database.close()


def _raised(desk: Desk) -> Story:
    procedure = desk.office.council(desk.council).procedure
    wants = wanted(desk, next(iter(procedure.kinds)), procedure.main_ladder.first_formal.id)
    child = {"child_name": f"Anna {PLANTED}", "date_of_birth": "2014-03-09"}
    return raised(
        desk,
        "iro",
        replace(wants, answers={**wants.answers, **child, "case_status": ["looked_after"]}),
    )


def _say(desk: Desk, what: KeptWanted) -> None:
    record_keeping.say(desk.office, desk.actor("records"), what)


def _propose(desk: Desk, reference: str) -> None:
    officer = desk.actor("records")
    record_keeping.propose(desk.office, officer, [reference], "Its time has come.")


def _is_certified(desk: Desk, reference: str) -> None:
    officer = desk.actor("records")
    (gone,) = destruction_certificate.every(desk.office, officer, desk.council)
    said = _text(
        destruction_certificate.certificate(desk.office, officer, desk.council, gone.number)
    )
    for word in (reference, "75th birthday", "Records Sample", "Boss Sample"):
        assert word in said
    assert PLANTED not in said


def _text(body: bytes) -> str:
    word = Document(io.BytesIO(body))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in word.paragraphs), *cells))
