"""Taking one text out of an alert that goes on, or what stood there of another child: two people, and nothing is left."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.casework.acts import notes_and_corrections
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.record import draft_about
from practice_alerts.casework.directory import declare_interest, redaction, second_person
from practice_alerts.casework.documents import render
from practice_alerts.casework.drafts import kept_drafts, siblings
from practice_alerts.casework.jobs.sync_log import catch_up
from practice_alerts.casework.proof import witness
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.proof.came_back import take_out_again
from practice_alerts.casework.views import alert_view, security_log, who_had_it
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.destroyed import REMOVED, Redacted
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.seeing.taking_out import FORMER
from tests.casework.records.test_destroying import bytes_of, rows_with
from tests.helpers.files.word_files import tags_left
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.restricting import restricted

PLANTED = "Quetzalcoatlus"
WHY = "It names somebody else’s child."


@pytest.fixture
def desk(desk_of_records: Desk) -> Desk:
    return desk_of_records


@pytest.fixture
def plain(tmp_path: Path) -> Iterator[Desk]:
    """Where the engine makes no difference."""
    opened = open_desk(tmp_path / "data", engine="sqlite").with_readers()
    yield opened
    opened.office.database.close()


def raised(desk: Desk) -> Known:
    return desk.raised("stage-1", concerns=f"{PLANTED} waits next door.")


def again(desk: Desk, found: Known) -> Known:
    with desk.office.database.reading() as tx:
        return load(desk.office, tx, found.id)


def key_of(desk: Desk, found: Known, place: str) -> str:
    every = redaction.choices(desk.office, desk.actor("records"), found.alert.reference)
    return next(one.key for one in every if one.key == place or one.key.endswith(f".{place}"))


def take_out(
    desk: Desk, found: Known, place: str, asks: str = "records", goes: str = "boss"
) -> int:
    """The number of the request."""
    key = key_of(desk, found, place)
    redaction.ask(desk.office, desk.actor(asks), found.alert.reference, key, WHY)
    waits = redaction.of_council(desk.office, desk.actor(goes), desk.council)[0]
    second_person.confirm(desk.office, desk.actor(goes), desk.council, waits.entry.number)
    return waits.entry.number


def corrected(desk: Desk, found: Known, field: str, now: str) -> Known:
    said = {"question": f"1:{field}", "reason": "It was the wrong child."}
    doing = desk.doing("iro", found)
    return notes_and_corrections.correct(desk.office, found.id, said, now, doing)


def test_it_goes_from_every_table_and_the_chain_is_whole(desk: Desk) -> None:
    found = raised(desk)
    kept_drafts.keep(desk.office, "iro", draft_about(Act.CLOSE, found.id), {"x": PLANTED})
    siblings.draft_for_sibling(desk.office, desk.actor("iro"), found)
    other = desk.raised("stage-2")
    stays = siblings.draft_for_sibling(desk.office, desk.actor("iro"), other)
    render.issue(desk.office, found, "iro")
    catch_up(desk.office)
    assert rows_with(desk, PLANTED) == {"payloads", "search_words", "drafts"}
    take_out(desk, found, "concerns")
    assert rows_with(desk, PLANTED) == set()
    proof = prove(desk.office)
    assert (proof.broken, proof.differences) == ((), ())
    now = again(desk, found)
    assert now.alert.answers["concerns"] == REMOVED
    assert now.alert.answers["child_name"] == found.alert.answers["child_name"]
    assert again(desk, other).alert.answers == other.alert.answers
    assert desk.dates(now) == desk.dates(found)
    seen = alert_view.see(desk.office, "iro", now.alert.reference)
    assert any("taken out" in line.what and "Records Sample" in line.what for line in seen.history)
    assert PLANTED not in str(render.issue(desk.office, now, "iro"))
    ((told, said),) = [(who, said) for who, kind, said in desk.mails() if kind == "draft_taken_out"]
    assert (told, found.alert.reference in said) == ("iro", False)
    assert [one.id for one in kept_drafts.my_drafts(desk.office, "iro")] == [stays]


def test_no_byte_of_the_store_or_the_log_keeps_it(tmp_path: Path) -> None:
    desk = open_desk(tmp_path / "data", engine="sqlite").with_readers()
    found = desk.raised("stage-1", summary_for_log=f"Waits for a {PLANTED}.")
    catch_up(desk.office)
    assert PLANTED.encode() in bytes_of(tmp_path)
    take_out(desk, found, "summary_for_log")
    catch_up(desk.office)
    assert PLANTED.lower().encode() not in bytes_of(tmp_path).lower()
    with closing(sqlite3.connect(desk.office.log.files()["lambeth"])) as log:
        assert [row[0] for row in log.execute("SELECT summary FROM alerts")] == [REMOVED]
    desk.office.database.close()


def test_every_text_of_every_act_can_go(plain: Desk) -> None:
    """Whatever is offered is gone once it is taken out, and the alert can be read still."""
    found = raised(plain)
    note = {"text": f"Of {PLANTED}.", "part": "own"}
    found = VERBS[Act.NOTE](plain.office, found.id, note, plain.doing("iro", found))
    found = corrected(plain, found, "concerns", f"{PLANTED} waited next door.")
    office, by = plain.office, plain.actor("records")
    before = {one.key for one in redaction.choices(office, by, found.alert.reference)}
    assert before >= {"1:answers.concerns", "1:answers.child_name", "1:entry_reason"}
    done = 0
    while left := redaction.choices(office, by, found.alert.reference):
        take_out(plain, found, left[0].key, *(("records", "boss"), ("boss", "records"))[done % 2])
        done += 1
        assert prove(office).holds
    assert done == len(before)
    assert rows_with(plain, PLANTED) == set()
    found = again(plain, found)
    assert sum(isinstance(one.what, Redacted) for one in found.alert.happened) == done
    assert plain.see("iro", found).history


def test_what_was_corrected_goes_with_its_corrections(plain: Desk) -> None:
    found = corrected(plain, raised(plain), "concerns", f"{PLANTED} waits elsewhere.")
    found = corrected(plain, found, "concerns", f"{PLANTED} again.")
    take_out(plain, found, "concerns")
    assert rows_with(plain, PLANTED) == set()
    assert again(plain, found).alert.answers["concerns"] == REMOVED


def test_an_alert_on_the_wrong_child_is_moved_and_nothing_is_left_of_the_other(desk: Desk) -> None:
    found = desk.raised("stage-1", child_name=f"Anna {PLANTED}", case_number="X-WRONG-1")
    interest = declare_interest.ChildMeant(case_number="X-WRONG-1")
    declare_interest.declare(desk.office, desk.actor("service"), interest)
    assert again(desk, found).shut_out == {"service"}
    every = redaction.choices(desk.office, desk.actor("records"), found.alert.reference)
    assert FORMER not in {one.key for one in every}
    found = corrected(desk, found, "child_name", f"Bert {PLANTED[:4]}")
    found = corrected(desk, found, "child_name", "Cara Right")
    found = corrected(desk, found, "case_number", "X-RIGHT-2")
    take_out(desk, found, FORMER)
    assert rows_with(desk, PLANTED[:4]) == set()
    # Of whom the interest is declared stays: it shuts out of whatever else is about that child.
    with desk.office.database.reading() as tx:
        rows = tx.execute(select(t.payloads.c.event_id, t.payloads.c.body)).all()
    assert sum("X-WRONG-1" in row.body for row in rows) == 1
    now = again(desk, found)
    assert (now.alert.answers["child_name"], now.alert.answers["case_number"]) == (
        *("Cara Right", "X-RIGHT-2"),
    )
    assert now.shut_out == frozenset()
    assert now.alert.raised.answers["concerns"] == found.alert.raised.answers["concerns"]
    assert prove(desk.office).holds


def test_two_people_do_it_and_nobody_else(plain: Desk) -> None:
    office, found = plain.office, raised(plain)
    reference = found.alert.reference
    key = key_of(plain, found, "concerns")
    for who in ("admin", "iro", "manager", "qa", "auditor", "support", "reserve"):
        with pytest.raises(NotYours):
            redaction.choices(office, plain.actor(who), reference)
        with pytest.raises(NotYours):
            redaction.ask(office, plain.actor(who), reference, key, WHY)
    for wrong, why in ((key, " "), ("1:answers.no-such", WHY), ("", WHY)):
        with pytest.raises(BadAnswers):
            redaction.ask(office, plain.actor("records"), reference, wrong, why)
    with pytest.raises(NotFound):
        redaction.ask(office, plain.actor("records"), "LAM-2025-9999", key, WHY)
    redaction.ask(office, plain.actor("records"), reference, key, WHY)
    with pytest.raises(NotPossible, match="asked for already"):
        redaction.ask(office, plain.actor("boss"), reference, key, WHY)
    (line,) = redaction.of_council(office, plain.actor("auditor"), "lambeth")
    number = line.entry.number
    for who in ("records", "admin", "iro", "auditor"):
        with pytest.raises((NotYours, NotPossible)):
            second_person.confirm(office, plain.actor(who), "lambeth", number)
    entry, texts = redaction.to_go(office, plain.actor("boss"), number)
    assert entry.what.name == reference
    assert [one.text for one in texts] == [f"{PLANTED} waits next door."]
    second_person.refuse(office, plain.actor("boss"), "lambeth", number, reason="It is needed.")
    assert redaction.of_council(office, plain.actor("boss"), "lambeth") == ()
    assert again(plain, found).alert.answers["concerns"] == f"{PLANTED} waits next door."


def test_the_request_says_where_it_stands_and_nothing_of_what_it_says(plain: Desk) -> None:
    found = raised(plain)
    key = key_of(plain, found, "concerns")
    redaction.ask(plain.office, plain.actor("records"), found.alert.reference, key, WHY)
    (waits,) = second_person.look(plain.office, plain.actor("boss"), "lambeth").waiting
    assert found.alert.reference in second_person.said(plain.office, "lambeth", waits.what)
    assert PLANTED not in str(waits)
    told = {who for who, notice, _ in plain.mails() if notice == "directory_waits"}
    assert told == {"boss"}


def test_whom_it_challenges_takes_nothing_out_of_it(desk: Desk) -> None:
    found = raised(desk)
    desk.give("iro_manager", "manager")
    desk.give("information_officer", "service")  # asked at a later stage
    for who in ("manager", "service"):
        with pytest.raises(NotPossible, match="challenges you"):
            redaction.choices(desk.office, desk.actor(who), found.alert.reference)
    key = key_of(desk, found, "concerns")
    redaction.ask(desk.office, desk.actor("records"), found.alert.reference, key, WHY)
    number = redaction.of_council(desk.office, desk.actor("boss"), "lambeth")[0].entry.number
    for who in ("manager", "service"):
        with pytest.raises(NotPossible):
            second_person.confirm(desk.office, desk.actor(who), "lambeth", number)
    second_person.confirm(desk.office, desk.actor("other_iro"), "lambeth", number)


def test_legal_advice_can_go_and_is_not_shown_for_that(plain: Desk) -> None:
    found = raised(plain)
    advice = {"text": f"Counsel on {PLANTED}.", "part": "legal", "readers": ["boss"]}
    found = VERBS[Act.NOTE](plain.office, found.id, advice, plain.doing("iro", found))
    every = redaction.choices(plain.office, plain.actor("records"), found.alert.reference)
    (one,) = [one for one in every if one.key == f"{found.alert.happened[-1].number}:text"]
    assert one.text == redaction.LEGAL_ADVICE
    take_out(plain, found, one.key)
    assert "Counsel" not in str(again(plain, found).alert)


def test_whoever_read_the_log_is_among_them_where_its_line_was_taken_out(plain: Desk) -> None:
    found = plain.raised("stage-1", summary_for_log=f"Waits for a {PLANTED}.")
    away = plain.from_elsewhere("away", "merton", "qa_lead")
    log = plain.office.security_log
    for who, council, kind, what in (
        ("qa", "lambeth", SecurityKind.LOG_READ, "alerts"),
        ("boss", "lambeth", SecurityKind.EXPORTED, "log: stages"),
        ("auditor", "lambeth", SecurityKind.LOG_QUERIED, ""),
        ("service", "lambeth", SecurityKind.LOG_READ, "list: raised, 2025-06-01 to 2025-06-30"),
        ("iro", "lambeth", SecurityKind.LOG_READ, "team_years"),
        ("reserve", "lambeth", SecurityKind.EXPORTED, "security log"),
        (away.id, "merton", SecurityKind.LOG_READ, "alerts"),
    ):
        log.note(SecurityEntry(kind, who, council, what=what))
    of_line, of_text = (take_out(plain, found, one) for one in ("summary_for_log", "concerns"))
    plain.at("Tue 2025-06-03")
    log.note(SecurityEntry(SecurityKind.LOG_READ, "informed", "lambeth", what="alerts"))

    def readers(number: int) -> set[tuple[str, str]]:
        body = who_had_it.paper(plain.office, plain.actor("records"), "lambeth", number)
        rows = Document(io.BytesIO(body)).tables[1].rows
        cells = [[cell.text for cell in row.cells] for row in rows]
        return {(row[0], row[1]) for row in cells if "which may have shown its row" in row[1]}

    may = "which may have shown its row"
    assert readers(of_line) == {
        ("Qa Sample", f"read the log, {may}: alerts"),
        ("Boss Sample", f"took a list away, {may}: stages"),
        ("Auditor Sample", f"queried the log, {may}: as a whole, or by a query"),
        ("Service Sample", f"read the log, {may}: list: raised, 2025-06-01 to 2025-06-30"),
    }
    assert readers(of_text) == set(), "the log never held it"
    every = security_log.reached(plain.office, found.alert.reference, None)
    assert {one.account for one in every if may in one.did} == {
        *("qa", "boss", "auditor", "service", "informed"),
    }


def test_who_had_it_is_listed(plain: Desk) -> None:
    found = raised(plain)
    plain.see("manager", found)
    render.issue(plain.office, found, "service")
    number = take_out(plain, found, "concerns")
    plain.at("Tue 2025-06-03").see("iro", found)
    for who in ("records", "boss", "auditor"):
        body = who_had_it.paper(plain.office, plain.actor(who), "lambeth", number)
        assert tags_left(body) == []
        cells = [
            [cell.text for cell in row.cells] for row in Document(io.BytesIO(body)).tables[1].rows
        ]
        did = {(row[0], row[1].split(":")[0]) for row in cells}
        assert did >= {
            ("Manager Sample", "opened an alert"),
            ("Service Sample", "was handed a document"),
            ("Records Sample", "opened an alert"),
        }
        assert "Iro Sample" not in {who for who, _ in did}, "it was gone by then"
        assert PLANTED not in str(cells)
    with pytest.raises(NotYours):
        who_had_it.paper(plain.office, plain.actor("iro"), "lambeth", number)
    with pytest.raises(NotFound):
        who_had_it.paper(plain.office, plain.actor("boss"), "lambeth", number + 1)


def test_an_older_copy_has_it_taken_out_again_before_anybody_reads(plain: Desk) -> None:
    office, found = plain.office, raised(plain)
    file = Path(office.database.url.removeprefix("sqlite:///"))
    kept = office.settings.witness
    witness.note(office.database, kept, office.now())
    with closing(sqlite3.connect(file)) as store:
        store.execute("VACUUM INTO ?", (f"{file}.old",))
    take_out(plain, found, "concerns")
    take_out(plain, found, "child_name")
    witness.note(office.database, kept, office.now())
    assert "next door" not in kept.file.read_text("utf-8")
    office.database.close()
    for one in file.parent.glob(f"{file.name}-*"):
        one.unlink()
    Path(f"{file}.old").replace(file)
    assert again(plain, found).alert.answers["concerns"] != REMOVED
    witness.accept(office.database, kept, "Nia Fiction", "Restored.", office.now())
    assert take_out_again(office, "Nia Fiction", "Restored.") == 2
    now = again(plain, found)
    assert now.alert.answers["concerns"] == REMOVED
    assert not now.alert.answers["child_name"]
    assert prove(office).holds
    assert take_out_again(office, "Nia Fiction", "Restored.") == 0


def test_of_a_restricted_alert_nobody_else_reads_that_something_goes(plain: Desk) -> None:
    """Asked for first, restricted afterwards: no list, no paper and no record of the directory tells of it."""
    office, found = plain.office, raised(plain)
    key = key_of(plain, found, "concerns")
    redaction.ask(office, plain.actor("records"), found.alert.reference, key, WHY)
    number = redaction.of_council(office, plain.actor("boss"), "lambeth")[0].entry.number
    restricted(plain, again(plain, found), second="other_iro", stand_in="reserve")
    for who in ("records", "boss", "auditor"):
        by = plain.actor(who)
        assert redaction.of_council(office, by, "lambeth") == ()
        with pytest.raises(NotFound):
            who_had_it.paper(office, by, "lambeth", number)
    for who in ("boss", "auditor"):
        told = second_person.look(office, plain.actor(who), "lambeth")
        assert found.alert.reference not in str(told)
    with pytest.raises(NotFound):
        second_person.refuse(office, plain.actor("boss"), "lambeth", number)
