"""A store, its editions and its drafts as an earlier state left them: opened, and gone on with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from sqlalchemy import select

from practice_alerts.adapters.files.procedures import load_edition
from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.alerts import current_state, editions
from practice_alerts.adapters.store.core import tables as schema
from practice_alerts.casework.acts import answer, review_response
from practice_alerts.casework.acts import close as ending
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.calendar import recalculate
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.record import current_row
from practice_alerts.casework.documents import issued, render
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.jobs import send_mail
from practice_alerts.casework.jobs.morning import write_what_is_due
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.notices.urgency import Urgency, urgency
from practice_alerts.domain.standing.running_clocks import running_clocks
from tests.helpers.alerts import act_answers
from tests.helpers.product.kept_stores import KEPT, opened, unpacked
from tests.helpers.product.migrations import apart
from tests.helpers.product.office import Desk

THEN, LONG_AFTER = "Mon 2025-09-01 10:00", "Mon 2027-03-01 10:00"


@pytest.fixture(scope="module", params=KEPT, ids=lambda kept: kept.name)
def kept(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


@pytest.fixture(scope="module")
def looked_at(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Opened once for all that only look."""
    desk = opened(kept, tmp_path_factory.mktemp("kept"), LONG_AFTER)
    recalculate.redate_all(desk.office)  # as every start does
    yield desk
    desk.office.database.close()


@pytest.fixture
def desk(kept: Path, tmp_path: Path) -> Iterator[Desk]:
    again = opened(kept, tmp_path / "kept", THEN)
    yield again
    again.office.database.close()


def test_every_row_is_still_there(kept: Path, looked_at: Desk, tmp_path: Path) -> None:
    """All rows of that time; and beside them what follows where a start found dates to be moved, and no more."""
    now = _rows(looked_at.office.settings.data / "practice-alerts.db")
    then = _rows(unpacked(kept, tmp_path / "then"))
    del then["alembic_version"]
    looked = [*then.pop("viewings"), *then.get("issues", ())]
    moved = [(row["alert_id"], row["person_id"], row["at"]) for row in now["security_log"]]
    assert set(moved) >= {(row["alert_id"], row["person_id"], row["at"]) for row in looked}
    assert len(moved) >= len(looked)
    assert all(not _beyond(now[name], then[name]) for name in then)
    new = {name: found for name in then if (found := _beyond(then[name], now[name]))}
    assert all(len(now[name]) == len(then[name]) + len(new.get(name, ())) for name in then)
    assert set(new) <= {"events", "payloads", "outbox", "people"}
    events = {str(row["id"]) for row in new.get("events", ())}
    assert {row["kind"] for row in new.get("events", ())} <= {"redated"}
    assert {(row["notice"], str(row["event_id"])) for row in new.get("outbox", ())} <= {
        ("redated", event) for event in events
    }
    assert {row["id"] for row in new.get("people", ())} <= {recalculate.PRODUCT.id}
    assert len(new.get("payloads", ())) == len(events)


def _beyond(some: list[sqlite3.Row], more: list[sqlite3.Row]) -> list[sqlite3.Row]:
    """The rows of the second that the first has not, by what identifies a row."""
    known = {row[0] for row in some}
    return [row for row in more if row[0] not in known]


def _rows(store: Path) -> dict[str, list[sqlite3.Row]]:
    with closing(sqlite3.connect(store)) as rows:
        rows.row_factory = sqlite3.Row
        tables = rows.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: rows.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608 - the names come from the database
            for (name,) in tables
        }


def test_its_tables_are_those_that_the_code_knows(looked_at: Desk) -> None:
    with looked_at.office.database.reading() as tx:
        assert apart(tx) == []


def test_its_chain_holds_and_every_row_is_what_the_events_say(looked_at: Desk) -> None:
    proof = prove(looked_at.office)
    assert (proof.broken, proof.differences) == ((), ())
    assert proof.alerts == len(_alerts(looked_at)) > 50
    for found in _alerts(looked_at):
        with looked_at.office.database.reading() as tx:
            calendar = looked_at.office.calendar(found.files.id, tx)
            clocks = running_clocks(found.alert, found.ladder, calendar)
            row = current_state.by_id(tx, found.id)
            assert row is not None
            # A closed alert keeps what it had to spare, by the calendar and the rules of its own day.
            fresh = current_row(found, clocks, calendar.version)
            if not row.is_open:
                fresh = replace(fresh, calendar=row.calendar, slack=row.slack)
            assert row == fresh, found.alert.reference


def test_every_page_of_an_alert_loads(looked_at: Desk) -> None:
    for found in _alerts(looked_at):
        desk = Desk(looked_at.office, looked_at.clock, found.files.id)
        assert desk.see(found.alert.officer.id, found).history, found.alert.reference


def test_a_document_of_every_kind_renders(looked_at: Desk) -> None:
    one_of_each = {
        (found.files.id, found.alert.raised.alert_kind): found for found in _alerts(looked_at)
    }
    for found in one_of_each.values():
        text = _text(render.word_document(looked_at.office, found).body)
        assert found.alert.reference in text, found.alert.reference
    assert len(one_of_each) >= 9


def test_the_editions_it_keeps_can_be_read(looked_at: Desk) -> None:
    with looked_at.office.database.reading() as tx:
        rows = tx.execute(select(schema.editions)).all()
        files = {row.digest: editions.files(tx, row.digest) for row in rows}
    read = {digest: load_edition(texts) for digest, texts in files.items()}
    assert {row.digest: (row.council, row.version) for row in rows} == {
        digest: (one.id, one.procedure.edition.version) for digest, one in read.items()
    }
    assert len(read) >= 5


def test_a_draft_is_taken_up_and_sent(desk: Desk) -> None:
    draft = kept_drafts.my_drafts(desk.office, "sample-iro")[0]
    found = raise_alert(desk.office, _raising(draft.body, draft.id), desk.doing("sample-iro"))
    assert found.run.stage == draft.body["entry_stage"]
    assert kept_drafts.my_drafts(desk.office, "sample-iro") == ()
    assert prove(desk.office).holds


def _raising(body: dict[str, Any], draft_id: str) -> Raising:
    return Raising(
        council=body["council"],
        kind=body["kind"],
        answers=body["answers"],
        entry_stage=body["entry_stage"],
        entry_reason=body["entry_reason"],
        draft_id=draft_id,
    )


def test_an_answer_begun_then_is_sent_now_and_the_alert_goes_on_to_its_end(desk: Desk) -> None:
    office, found, manager = desk.office, *_with_an_answer_begun(desk)
    typed = kept_drafts.kept(office, manager, answer.draft_name(found.id))
    found = answer.answer(office, found.id, typed, desk.doing(manager, found))
    assert found.alert.happened[-1].kind == "answered"
    assert kept_drafts.kept(office, manager, answer.draft_name(found.id)) == {}
    outcome = act_answers.outcome("put_right", "I have seen it.")
    found = review_response.review(office, found.id, outcome, desk.doing("sample-iro", found))
    closed = act_answers.ending("put_right", "The search has begun.")
    found = ending.close(office, found.id, closed, desk.doing("sample-iro", found))
    assert not found.alert.is_open
    assert prove(office).holds


def _with_an_answer_begun(desk: Desk) -> tuple[Known, str]:
    with desk.office.database.reading() as tx:
        rows = tx.execute(select(schema.drafts).where(schema.drafts.c.about.like("answer:%")))
        row = rows.one()
        return load(desk.office, tx, row.about.partition(":")[2]), row.person_id


def test_a_document_handed_out_then_is_still_told_and_can_be_had_again(desk: Desk) -> None:
    with desk.office.database.reading() as tx:
        row = tx.execute(select(schema.issues).order_by(schema.issues.c.id)).first()
        assert row is not None
        found = load(desk.office, tx, row.alert_id)
    before = issued.issued(desk.office, found.id)
    assert row.form in {one.form for one in before}
    render.issue(desk.office, found, "sample-qa")
    assert len(issued.issued(desk.office, found.id)) == len(before) + 1


def test_the_notices_that_waited_go_out(desk: Desk) -> None:
    box = schema.outbox.c
    with desk.office.database.reading() as tx:
        unsent = select(box.id, box.notice).where(box.sent_at.is_(None), box.given_up_at.is_(None))
        waiting = {
            one: urgency(notice)
            for one, notice in tx.execute(unsent.where(box.next_try_at <= box.written_at))
        }
    at_once = {one for one, when in waiting.items() if when is not Urgency.GATHERED}
    assert at_once
    assert at_once != {*waiting}
    post = _Post()
    desk.at(LONG_AFTER)
    write_what_is_due(desk.office)
    while send_mail.send_waiting(desk.office, post):
        pass
    with desk.office.database.reading() as tx:
        went = {*tx.execute(select(box.id).where(box.sent_at.is_not(None))).scalars()}
        left = {*tx.execute(select(box.id).where(box.sent_at.is_(None))).scalars()}
    # Whose reader has answered since, or can open the alert no more, is gone without being sent.
    assert at_once & went
    assert at_once & went <= post.ids
    assert not {*waiting} & left


class _Post:
    def __init__(self) -> None:
        self.ids: set[str] = set()

    def send(self, email: Email) -> None:
        self.ids.add(email.id)


def _alerts(desk: Desk) -> list[Known]:
    with desk.office.database.reading() as tx:
        return [load(desk.office, tx, one) for one in current_state.ids(tx)]


def _text(body: bytes) -> str:
    document = Document(BytesIO(body))
    cells = [cell.text for table in document.tables for cell in table._cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)
