"""From raising to destruction under three procedures: held up by a complaint, destroyed by two, certified, proved."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx import Document

from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.casework.core.loaded_alert import load
from practice_alerts.casework.directory import (
    declare_interest,
    destruction_certificate,
    record_keeping,
    redaction,
    second_person,
)
from practice_alerts.casework.directory.record_keeping import KeptWanted
from practice_alerts.casework.disclosure import bundle_files, disclose
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.proof.came_back import take_out_again
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.destroyed import REMOVED, KeptSaid
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.disclosure.disclosed import PersonMeant
from practice_alerts.domain.disclosure.requesters import AboutWhom
from practice_alerts.domain.errors import NotPossible
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.files.word_files import tags_left
from tests.helpers.product.office import STORE, Desk, open_desk
from tests.helpers.stories.story import Story, raised

PLANTED = "Quetzalcoatlus"
NEIGHBOUR = "Thalassodromeus"
OLD = ".old"


@pytest.mark.parametrize("council", ["lambeth", "merton", "northamptonshire"])
def test_a_life_from_raising_to_destruction(council: str, tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", council=council).with_readers()
    _declared(desk)
    story = _raised(desk).do(Act.NOTE, {"text": f"{NEIGHBOUR} saw it.", "part": "shared"})
    reference, was = story.found.alert.reference, copy_of_store(desk)
    _taken_out(desk, reference, f"{NEIGHBOUR} saw it.")
    assert _files_with(tmp_path / "data", NEIGHBOUR) == []
    with desk.office.database.reading() as tx:
        story.found = load(desk.office, tx, story.found.id)
    story.closed("put_right", f"{PLANTED} is well.")
    _say(desk, KeptWanted((reference,), KeptSaid.HELD, "A complaint.", "COMP-7"))
    told = _disclosed(desk)
    assert [one in told for one in (PLANTED, REMOVED, NEIGHBOUR)] == [True, True, False]
    desk.at("Thu 2089-03-17")
    with pytest.raises(NotPossible):
        _propose(desk, reference)
    _say(desk, KeptWanted((), KeptSaid.RELEASED, "It is settled.", "COMP-7"))
    _destroyed(desk, reference)
    assert disclose.listed(desk.office, desk.actor("boss")) == ()
    assert _files_with(tmp_path / "data", PLANTED) == []
    witness.note(desk.office.database, desk.office.settings.witness, desk.office.now())
    _put_back(desk, was)
    assert _files_with(tmp_path / "data", PLANTED, NEIGHBOUR) == []
    assert prove(desk.office).holds
    desk.office.database.close()


def _declared(desk: Desk) -> None:
    """Somebody who reviews nothing has an interest in the child."""
    child = declare_interest.ChildMeant(child=f"Anna {PLANTED}", born=date(2014, 3, 9))
    declare_interest.declare(desk.office, desk.actor("qa"), child)


def _taken_out(desk: Desk, reference: str, text: str) -> None:
    """Asked for by the manager, carried out by the officer who keeps records."""
    office, asks, goes = desk.office, desk.actor("boss"), desk.actor("records")
    every = redaction.choices(office, asks, reference)
    key = next(one.key for one in every if one.text == text)
    redaction.ask(office, asks, reference, key, "A neighbour has nothing to do with it.")
    (waits,) = redaction.of_council(office, goes, desk.council)
    second_person.confirm(office, goes, desk.council, waits.entry.number)


def _disclosed(desk: Desk) -> str:
    """Everything about the child for a court: prepared by one, issued by another, as it is handed out."""
    meant = PersonMeant(about=AboutWhom.CHILD, child=f"Anna {PLANTED}", born=date(2014, 3, 9))
    wanted = disclose.DisclosureWanted("court", meant, "C 7", desk.office.today)
    number, _ = disclose.begin(desk.office, desk.actor("boss"), wanted)
    seen = disclose.see(desk.office, desk.actor("records"), number)
    by = desk.actor("records")
    done = disclose.issue(desk.office, by, number, seen.disclosure.version)
    return bundle_files.json_bundle(desk.office, by, done).body.decode()


def _files_with(data: Path, *words: str) -> list[str]:
    files = [one for one in data.rglob("*") if one.is_file() and not one.name.endswith(OLD)]
    return [f.name for f in files for word in words if word.encode() in f.read_bytes()]


def copy_of_store(desk: Desk) -> Path | None:
    """As a backup would have it; None where the store is no file."""
    witness.note(desk.office.database, desk.office.settings.witness, desk.office.now())
    if not desk.office.database.url.startswith("sqlite"):
        return None
    copy = desk.office.settings.data / f"practice-alerts.db{OLD}"
    with closing(sqlite3.connect(desk.office.settings.data / STORE)) as store:
        store.execute("VACUUM INTO ?", (str(copy),))
    return copy


def _put_back(desk: Desk, copy: Path | None) -> None:
    if copy is None:
        return
    desk.office.database.close()
    for one in desk.office.settings.data.glob(f"{STORE}-*"):
        one.unlink()
    copy.replace(desk.office.settings.data / STORE)
    assert _files_with(desk.office.settings.data, PLANTED, NEIGHBOUR)
    kept, now = desk.office.settings.witness, desk.office.now()
    witness.accept(desk.office.database, kept, "Nia Fiction", "Restored.", now)
    take_out_again(desk.office, "Nia Fiction", "Restored.")


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


def _destroyed(desk: Desk, reference: str) -> None:
    _propose(desk, reference)
    aside = desk.office.settings.data / "log" / f"{desk.council}.db-damaged"
    aside.parent.mkdir(exist_ok=True)
    aside.write_text(PLANTED)
    (waits,) = destruction_certificate.proposed(desk.office, desk.actor("boss"), desk.council)
    second_person.confirm(desk.office, desk.actor("boss"), desk.council, waits.number)
    _is_certified(desk, reference)
    assert not aside.exists()
    assert prove(desk.office).holds


def _is_certified(desk: Desk, reference: str) -> None:
    officer = desk.actor("records")
    (gone,) = destruction_certificate.every(desk.office, officer, desk.council)
    paper = destruction_certificate.certificate(desk.office, officer, desk.council, gone.number)
    assert tags_left(paper) == []
    said = _text(paper)
    for word in (reference, "75th birthday", "Records Sample", "Boss Sample"):
        assert word in said
    assert PLANTED not in said
    _tells_no_day_of_the_child(desk, said)


def _tells_no_day_of_the_child(desk: Desk, said: str) -> None:
    """Nor can one be worked out: the day on which a record fell due is that of a birth or a death."""
    with desk.office.database.reading() as tx:
        kept_words = [
            json.dumps(one.what.model_dump(mode="json"))
            for one in directory_events.happened(tx, desk.council)
            if one.what is not None and "75th birthday" in str(one.what)
        ]
    assert kept_words
    born = date(2014, 3, 9)
    for day in (born, born.replace(year=born.year + 75)):
        for words in (said, *kept_words):
            assert day.isoformat() not in words
            assert in_full(day) not in words


def _text(body: bytes) -> str:
    word = Document(io.BytesIO(body))
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    return "\n".join((*(one.text for one in word.paragraphs), *cells))
