"""What is destroyed is gone from every table, the log, the search and the files; and the chain still verifies."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.office import office_settings
from practice_alerts.adapters.store.records import destruction
from practice_alerts.casework.acts import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core import found_by
from practice_alerts.casework.core.loaded_alert import Known, load, load_each
from practice_alerts.casework.core.record import draft_about
from practice_alerts.casework.documents import render
from practice_alerts.casework.drafts import kept_drafts, siblings
from practice_alerts.casework.jobs.sync_log import catch_up, rebuild_log
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.records import destroying
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.casework.views import alert_view
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.alert import as_it_stood, fold
from practice_alerts.domain.alert.destroyed import DestroyedRecord, Left, Redacted
from practice_alerts.domain.alert.events import written
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.errors import NotFound
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import ENGINES

PLANTED = "Quetzalcoatlus"
OFFICER = Person(id="admin", name="Admin Sample", post="Records officer")
MANAGER = Person(id="boss", name="Boss Sample", post="IRO manager")
TWO = TwoPeople(OFFICER, MANAGER, "Its time has come.")


@dataclass
class Scene:
    desk: Desk
    gone: Known
    """With the planted word wherever anybody could type it."""
    stays: Known

    def destroy(self) -> None:
        one = self.gone
        record = DestroyedRecord(alert_id=one.id, reference=one.alert.reference)
        with self.desk.office.database.writing() as tx:
            destroying.destroy(tx, "lambeth", [record], TWO, self.desk.office.now())
        assert destroying.forget(self.desk.office)


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine=request.param)
    yield opened
    opened.office.database.close()


@pytest.fixture
def scene(desk: Desk) -> Scene:
    return made(desk)


def made(desk: Desk) -> Scene:
    office = desk.office
    gone = desk.raised("stage-1", child_name=f"Anna {PLANTED}", concerns=f"{PLANTED} waits.")
    stays = desk.raised("stage-2")
    reply = act_answers.reply(f"{PLANTED} was seen.", "done")
    gone = answer.answer(office, gone.id, reply, desk.doing("manager", gone))
    note = {"text": f"Of {PLANTED}.", "part": "own"}
    gone = VERBS[Act.NOTE](office, gone.id, note, desk.doing("iro", gone))
    about = draft_about(Act.CLOSE, gone.id)
    kept_drafts.keep(office, "iro", about, {"what_changed": f"{PLANTED} is well."})
    siblings.draft_for_sibling(office, desk.actor("iro"), gone)
    render.issue(office, gone, "iro")
    desk.see("iro", gone)
    catch_up(office)
    return Scene(desk, gone, stays)


def rows_with(desk: Desk, words: str) -> set[str]:
    """The tables in which these words stand."""
    with desk.office.database.reading() as tx:
        return {
            table.name
            for table in t.metadata.sorted_tables
            if any(
                words.casefold() in str(tuple(row)).casefold() for row in tx.execute(select(table))
            )
        }


def test_every_row_goes_and_the_chain_still_verifies(scene: Scene) -> None:
    office = scene.desk.office
    assert rows_with(scene.desk, PLANTED) == {"payloads", "search_words", "drafts"}
    before = rows_with(scene.desk, scene.gone.id)
    assert before >= {"alerts", "askings", "outbox", "issues", "drafts", "search_words"}
    scene.destroy()
    assert rows_with(scene.desk, PLANTED) == set()
    # That it was there: in the chain, in the event that says it is gone, and as keys in the seals.
    assert rows_with(scene.desk, scene.gone.id) <= {
        *("events", "payloads", "seals", "security_log")
    }
    assert rows_with(scene.desk, scene.gone.alert.reference) == {"payloads"}
    proof = prove(office)
    assert (proof.broken, proof.differences) == ((), ())
    assert proof.alerts == 2


def test_a_payload_that_its_event_does_not_name_is_still_missed(scene: Scene) -> None:
    scene.destroy()
    with scene.desk.office.database.writing() as tx:
        event = event_store.rows_of(tx, scene.stays.id)
        number = min(
            tx.execute(select(t.events.c.id).where(t.events.c.alert_id == scene.stays.id)).scalars()
        )
        destruction.destroy_payloads(tx, [number])
    assert event
    proof = prove(scene.desk.office)
    says = f"what was typed in event {number} is gone, and nobody destroyed it"
    assert [one.says for one in proof.broken] == [says]


def test_an_event_of_destruction_that_was_altered_is_not_believed(scene: Scene) -> None:
    scene.destroy()
    with scene.desk.office.database.writing() as tx:
        last, _ = event_store.head(tx)
        tx.execute(t.payloads.update().where(t.payloads.c.event_id == last).values(salt="other"))
    says = [one.says for one in prove(scene.desk.office).broken]
    assert any("is gone, and nobody destroyed it" in one for one in says)
    assert any("was altered" in one for one in says)


def test_what_was_destroyed_and_is_there_again_is_named(scene: Scene) -> None:
    with scene.desk.office.database.reading() as tx:
        first = tx.execute(select(t.payloads).order_by(t.payloads.c.event_id)).first()
    assert first is not None
    scene.destroy()
    with scene.desk.office.database.writing() as tx:
        tx.execute(t.payloads.insert().values(**first._mapping))
    says = [one.says for one in prove(scene.desk.office).broken]
    assert len(says) == 1
    assert "is there again" in says[0]


def test_it_is_found_by_nobody_and_in_no_log(scene: Scene) -> None:
    office, gone = scene.desk.office, scene.gone
    scene.destroy()
    with pytest.raises(NotFound):
        alert_view.see(office, "iro", gone.alert.reference)
    with office.database.reading() as tx:
        with pytest.raises(NotFound):
            load(office, tx, gone.id)
        assert list(load_each(office, tx, (gone.id, scene.stays.id))) == [scene.stays.id]
    catch_up(office)
    assert logged(scene.desk) == [scene.stays.alert.reference]
    assert rebuild_log(office) == 1
    with office.database.writing() as tx:
        office_settings.put_fact(tx, found_by._READ_BY, "other rules")
    assert found_by.read_all_anew(office) == 1


def logged(desk: Desk) -> list[str]:
    with closing(sqlite3.connect(desk.office.log.files()["lambeth"])) as log:
        return [row[0] for row in log.execute("SELECT reference FROM alerts")]


def test_nobody_presses_it_into_being_again(scene: Scene) -> None:
    doing = scene.desk.doing("iro", scene.gone)
    scene.destroy()
    with pytest.raises(NotFound):
        VERBS[Act.NOTE](scene.desk.office, scene.gone.id, {"text": "More."}, doing)
    assert prove(scene.desk.office).holds


def test_no_byte_of_the_files_keeps_a_planted_word(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine="sqlite")
    scene = made(desk)
    copy = tmp_path / "data/practice-alerts-0001-before-0002-20250601T000000Z.db"
    with closing(sqlite3.connect(tmp_path / "data/practice-alerts.db")) as kept:
        kept.execute("VACUUM INTO ?", (str(copy),))
    assert PLANTED.encode() in bytes_of(tmp_path)
    scene.destroy()
    catch_up(desk.office)
    left = bytes_of(tmp_path).lower()
    assert PLANTED.lower().encode() not in left
    assert scene.gone.alert.reference.encode() in bytes_of(tmp_path)
    assert not copy.exists()
    desk.office.database.close()


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_witness_says_what_was_destroyed_and_it_is_destroyed_again(scene: Scene) -> None:
    office = scene.desk.office
    kept = office.settings.witness
    witness.note(office.database, kept, office.now())
    scene.destroy()
    witness.note(office.database, kept, office.now())
    line = kept.last()
    assert line is not None
    assert list(line.destroyed) == [scene.gone.id]
    with office.database.writing() as tx:
        destroying.destroy_again(tx, line.destroyed, "Nia Fiction", "Restored.", office.now())
    assert prove(office).holds


def redact(scene: Scene, number: int, **changes: object) -> Known:
    """As if two people had taken something out of one event of the alert."""
    office, found = scene.desk.office, scene.gone
    with office.database.writing() as tx:
        event = found.alert.happened[number - 1].what
        assert event is not None
        left = {**written(event), **changes}
        query = select(t.events.c.id).where(
            t.events.c.alert_id == found.id, t.events.c.number == number
        )
        chained = tx.execute(query).scalar_one()
        destruction.destroy_payloads(tx, [chained])
        redacted = Redacted(
            destroyed=(chained,),
            asked_by=OFFICER,
            confirmed_by=MANAGER,
            reason="It was about another child.",
            left=(Left(number=number, what=left),),
        )
        act = event_store.NewAct(
            found.id, "boss", office.now(), "k", (redacted,), found.alert.version
        )
        event_store.append(tx, act)
        again = load(office, tx, found.id)
        found_by.keep_words(office, tx, again)
    destroying.forget(office)
    return again


def test_what_is_left_of_a_redacted_event_is_what_everybody_reads(scene: Scene) -> None:
    raised = scene.gone.alert.raised
    answers = {**raised.answers, "concerns": "Somebody waits for elephants."}
    again = redact(scene, 1, answers=answers)
    assert again.alert.answers["concerns"] == "Somebody waits for elephants."
    before = as_it_stood(again.alert, scene.gone.alert.happened[0].at)
    assert before is not None
    assert before.raised.answers["concerns"] == "Somebody waits for elephants."
    with scene.desk.office.database.reading() as tx:
        words = {
            bytes(word).decode() for word in tx.execute(select(t.search_words.c.word)).scalars()
        }
        assert fold(event_store.happened(tx, again.id)).reference == again.alert.reference
        held = tx.execute(
            select(t.payloads.c.body).order_by(t.payloads.c.event_id.desc())
        ).scalars()
        assert json.loads(next(iter(held)))["destroyed"] == [1]
    assert "elephants" in words
    assert [one.says for one in prove(scene.desk.office).broken] == []


def test_a_redacted_alert_can_be_destroyed_with_what_was_left_of_it(scene: Scene) -> None:
    answers = {**scene.gone.alert.raised.answers, "concerns": f"{PLANTED} again."}
    redact(scene, 1, answers=answers)
    scene.destroy()
    assert rows_with(scene.desk, PLANTED) == set()
    assert prove(scene.desk.office).holds
