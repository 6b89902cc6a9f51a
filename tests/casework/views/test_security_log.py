"""Who signed in, looked, searched, took away and was refused: put down, read, shipped, and proved."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from practice_alerts.adapters.environment import KeptFor
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.office import directory, security_rows
from practice_alerts.adapters.store.office.directory import DirectoryPerson, PostHolding
from practice_alerts.adapters.store.office.security_rows import EntriesSought, SecurityLog
from practice_alerts.casework.acts import answer, close
from practice_alerts.casework.documents import export, render
from practice_alerts.casework.proof import typed_words
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.views import alert_view, security_log, work_tray
from practice_alerts.casework.views.security_log import EntriesWanted, LogLine
from practice_alerts.domain.acts.act_shape import Relation
from practice_alerts.domain.alert.hash_chain import digest_of
from practice_alerts.domain.errors import NotAllowed, NotFound
from practice_alerts.domain.seeing.readers import LEARNS_WHO_OPENED
from practice_alerts.domain.seeing.security_entries import (
    SecurityEntry,
    SecurityKind,
)
from practice_alerts.office import Settings
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import LONG_AGO, Desk

K = SecurityKind


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With auditors of both councils."""
    with desk.office.database.writing() as tx:
        away = DirectoryPerson("away_auditor", "Away Auditor", "away@practice.invalid")
        directory.add_person(tx, away, [("merton", "auditor", "")], LONG_AGO)
    return desk.with_readers()


def entries(desk: Desk, *kinds: SecurityKind) -> list[security_rows.KeptEntry]:
    with desk.office.database.reading() as tx:
        found = security_rows.latest(tx, EntriesSought(kinds=frozenset(kinds)), None, 100)
    return list(reversed(found))


def lines(desk: Desk, who: str = "auditor", **wanted: object) -> tuple[LogLine, ...]:
    return security_log.read(desk.office, desk.actor(who), EntriesWanted(**wanted))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------- what is put down


def test_a_session_is_put_down_as_it_begins_and_as_it_ends(desk: Desk) -> None:
    sign_in = desk.office.sign_in
    link = sign_in.issue_link("iro")
    entered = sign_in.use(link)
    assert sign_in.use(link) == "used"
    assert sign_in.use("made up") == "forged"
    sign_in.revoke(getattr(entered, "session_token", ""))
    sign_in.revoke(getattr(entered, "session_token", ""))  # over already
    for _ in range(2):
        sign_in.use(sign_in.issue_link("iro"))
    sign_in.revoke_person("iro")
    found = [(one.kind, one.person_id, one.what) for one in entries(desk)]
    assert found == [
        (K.SESSION_BEGUN, "iro", "link"),
        (K.NOT_LET_IN, "iro", "link used"),
        (K.NOT_LET_IN, None, "link forged"),
        (K.SESSION_ENDED, "iro", "this session"),
        (K.SESSION_BEGUN, "iro", "link"),
        (K.SESSION_BEGUN, "iro", "link"),
        (K.SESSION_ENDED, "iro", "everywhere"),
        (K.SESSION_ENDED, "iro", "everywhere"),
    ]


def test_looking_handing_out_and_searching_are_put_down_with_ids_alone(desk: Desk) -> None:
    found = desk.raised("stage-1")
    seen = desk.see("iro", found)
    with desk.office.database.reading() as tx:
        asking = next(iter(tx.execute(t.askings.select()))).id
    answer.opened(desk.office, "manager", asking)
    answer.opened(desk.office, "manager", asking)  # kept every few seconds, while they type
    export.whole_file(desk.office, seen.known, "iro")
    work_tray.search(desk.office, desk.actor("iro"), "Muster")
    work_tray.search(desk.office, desk.actor("iro"), "Muster")  # the page draws itself anew
    rows = entries(desk)
    assert [(one.kind, one.person_id, one.alert_id == found.id) for one in rows] == [
        (K.ALERT_OPENED, "iro", True),
        (K.ANSWER_PAGE, "manager", True),
        (K.DOCUMENT, "iro", True),
        (K.SEARCHED, "iro", False),
    ]
    assert {one.council for one in rows} == {"lambeth"}
    shipped = "\n".join(security_log.json_lines(desk.office, None))
    child = str(found.alert.answers["child_name"])
    for word in (child, "Muster", found.alert.reference, "Sample"):
        assert word not in shipped


def test_each_time_a_document_is_handed_over_is_put_down(desk: Desk) -> None:
    found = desk.raised("stage-1")
    for _ in range(2):  # of the same content, which is kept once
        render.issue(desk.office, found, "iro")
    assert [one.kind for one in entries(desk)] == [K.DOCUMENT, K.DOCUMENT]


def test_refusals_are_put_down_for_what_there_is_and_what_there_is_not(desk: Desk) -> None:
    found = desk.raised("stage-1")
    for reference in (found.alert.reference, "LAM-1999-0001"):
        with pytest.raises(NotFound):
            alert_view.see(desk.office, "elsewhere", reference)
    with pytest.raises(NotAllowed):
        close.close(
            desk.office,
            found.id,
            act_answers.ending("put_right", "x"),
            desk.doing("manager", found),
        )
    with pytest.raises(NotFound):
        answer.opened(desk.office, "manager", "made-up")
    refused = entries(desk, K.REFUSED)
    assert [(one.person_id, one.alert_id, one.what) for one in refused] == [
        ("elsewhere", found.id, "an alert"),
        ("elsewhere", "", "an alert"),
        ("manager", found.id, "closed"),
        ("manager", "", "an answer page"),
    ]


def test_a_page_that_asks_again_and_again_is_refused_in_one_entry_a_minute(desk: Desk) -> None:
    log, entry = desk.office.security_log, SecurityEntry(K.REFUSED, "iro", what="/log")
    for seconds in (0, 30, 59, 61):
        desk.at(f"Mon 2025-06-02 09:0{seconds // 60}:{seconds % 60:02d}")
        log.note(entry, once_in=timedelta(minutes=1))
    assert len(entries(desk)) == 2


def test_nobody_outside_fills_the_log_that_is_never_cut(desk: Desk) -> None:
    def added(by: str | None = None) -> list[str]:
        """What was put down of eighty who asked for a link, and the reason where that is all."""
        before = entries(desk, K.NOT_LET_IN)
        for number in range(80):
            entry = SecurityEntry(K.NOT_LET_IN, by, what="asked for a link", typed=f"{number}")
            desk.office.security_log.note(entry, once_in=timedelta(minutes=1))
        known = {one.id for one in before}
        after = entries(desk, K.NOT_LET_IN)
        return [one.typed or one.what for one in after if one.id not in known]

    as_told = [f"{number}" for number in range(60)]
    flood = "asked for a link, more often than each is put down"
    assert added() == [*as_told, flood]
    desk.at("Mon 2025-06-02 09:02")
    assert added() == [flood]
    assert len(added("iro")) == 80
    desk.at("Mon 2025-06-02 09:20")
    assert added() == [*as_told, flood]


def test_nobody_is_turned_away_where_nothing_can_be_written(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    found = desk.raised("stage-1")

    class Full(Database):
        def writing(self, *_: object) -> object:  # type: ignore[override]
            raise SQLAlchemyError("no space is left, said of Kit Muster")

    full = Full.__new__(Full)
    vars(full).update(vars(desk.office.database))
    office = replace(desk.office, database=full)
    with caplog.at_level(logging.ERROR, logger="practice_alerts.security_log"):
        assert alert_view.see(office, "iro", found.alert.reference).known.id == found.id
        work_tray.search(office, desk.actor("iro"), "Muster")
    first, second = (record.getMessage() for record in caplog.records)
    said = json.loads(first.partition(": ")[2])
    assert (said["kind"], said["person_id"], said["alert_id"]) == ("alert_opened", "iro", found.id)
    assert "searched" in second
    assert "Muster" not in first + second


# ------------------------------------------------------------------------------------------------ who reads it


def test_an_auditor_reads_of_their_council_and_its_people_alone(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.see("iro", found)
    desk.office.sign_in.use(desk.office.sign_in.issue_link("manager"))
    desk.office.sign_in.use("made up")
    with pytest.raises(NotFound):
        alert_view.see(desk.office, "away_auditor", found.alert.reference)
    mine = [(one.who, one.did, one.reference) for one in lines(desk)]
    assert ("Iro Sample", "opened an alert", found.alert.reference) in mine
    assert ("Manager Sample", "signed in", "") in mine
    assert ("somebody unknown", "was not let in", "") in mine
    assert ("Away Auditor", "was refused", found.alert.reference) in mine
    desk.council = "merton"
    theirs = {(one.who, one.did, one.reference) for one in lines(desk, "away_auditor")}
    assert theirs == {
        ("somebody unknown", "was not let in", ""),
        ("Away Auditor", "was refused", ""),
        ("Away Auditor", "read the security log", ""),
    }


def test_it_is_narrowed_down_by_time_kind_and_words(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.see("iro", found)
    desk.at("Wed 2025-06-04")
    desk.see("boss", found)
    assert [one.who for one in lines(desk, kind=K.ALERT_OPENED)] == ["Boss Sample", "Iro Sample"]
    assert [one.who for one in lines(desk, since=date(2025, 6, 4), kind=K.ALERT_OPENED)] == [
        "Boss Sample"
    ]
    assert [one.who for one in lines(desk, until=date(2025, 6, 3), kind=K.ALERT_OPENED)] == [
        "Iro Sample"
    ]
    assert [one.who for one in lines(desk, words="boss")] == ["Boss Sample"]


def test_the_table_to_take_away_holds_nothing_typed_and_runs_no_formula(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        odd = DirectoryPerson("odd", "=cmd|' /C calc'!A0", "odd@practice.invalid")
        directory.add_person(tx, odd, [("lambeth", "iro", "")], LONG_AGO)
    work_tray.search(desk.office, desk.actor("odd"), "Muster")
    head, *rows = security_log.csv(desk.office, desk.actor("auditor"), EntriesWanted())
    assert head.startswith("entry,when,who,account,did")
    assert "Muster" not in "".join(rows)
    assert "'=cmd" in rows[0]
    assert "took a list away" in rows[-1]


def test_what_was_typed_is_for_its_own_council(desk: Desk) -> None:
    work_tray.search(desk.office, desk.actor("iro"), "Muster")
    assert [one.typed for one in lines(desk, kind=K.SEARCHED)] == ["Muster"]
    with desk.office.database.writing() as tx:  # who works in both councils
        directory.give_post(tx, PostHolding("iro", "merton", "iro", ""), LONG_AGO)
    desk.council = "merton"
    assert [one.typed for one in lines(desk, "away_auditor", kind=K.SEARCHED)] == []


@pytest.mark.parametrize(
    ("who", "learns"),
    [("iro", True), ("boss", True), ("auditor", True), ("manager", False), ("support", False)],
)
def test_who_opened_it_stands_on_its_page_for_those_who_may_know(
    desk: Desk, who: str, learns: bool
) -> None:
    found = desk.raised("stage-1")
    desk.see("manager", found)
    seen = desk.see(who, found)
    told = security_log.who_opened(desk.office, seen.known, seen.actor)
    assert (told is not None) is learns
    assert told is None or "Manager Sample" in {one.who for one in told}


def test_nobody_who_is_asked_learns_it_in_any_relation() -> None:
    asked = {Relation.ASKED, Relation.COVERS_ASKED, Relation.WAS_ASKED, Relation.COPIED}
    assert not any(LEARNS_WHO_OPENED[one] for one in asked)
    assert {one for one, learns in LEARNS_WHO_OPENED.items() if learns} == {
        *(Relation.RAISER, Relation.COVERS_RAISER, Relation.IRO_MANAGER, Relation.AUDITOR),
        Relation.SECOND_PERSON,
    }


def test_all_that_one_account_saw_since_a_day(desk: Desk) -> None:
    found, other = desk.raised("stage-1"), desk.raised("stage-1", "other_iro")
    desk.see("boss", found)
    desk.at("Wed 2025-06-04")
    desk.see("boss", other)
    desk.see("iro", found)
    work_tray.search(desk.office, desk.actor("boss"), "Muster")
    saw = list(security_log.seen_by(desk.office, "boss", date(2025, 6, 3)))
    assert [(one.did, one.reference, one.typed) for one in saw] == [
        ("opened an alert", other.alert.reference, ""),
        ("searched", "", "Muster"),
    ]


# ------------------------------------------------------------------------------------- kept, destroyed, proved


def test_what_was_typed_is_destroyed_in_time_and_the_entry_stays(desk: Desk) -> None:
    work_tray.search(desk.office, desk.actor("iro"), "Muster")
    (before,) = entries(desk, K.SEARCHED)
    desk.at("Sun 2025-08-31")
    assert typed_words.destroy_old(desk.office) == 0, "on the ninetieth day"
    desk.at("Mon 2025-09-01")
    assert typed_words.destroy_old(desk.office) == 1
    assert typed_words.destroy_old(desk.office) == 0
    (after,) = entries(desk, K.SEARCHED)
    assert after == replace(before, typed=None)
    assert [one.what for one in entries(desk, K.TYPED_DESTROYED)] == ["1 entry"]
    assert prove(desk.office).holds


def test_how_long_is_a_setting(desk: Desk) -> None:
    week = replace(desk.office, settings=replace(desk.office.settings, kept_for=KeptFor(typed=7)))
    work_tray.search(desk.office, desk.actor("iro"), "Muster")
    desk.at("Tue 2025-06-10")
    assert typed_words.destroy_old(desk.office) == 0
    assert typed_words.destroy_old(week) == 1
    assert Settings.read({"PRACTICE_ALERTS_DAYS_OF_TYPED": "30"}).kept_for.typed == 30


def test_what_was_typed_can_be_proved_and_not_guessed(desk: Desk) -> None:
    for _ in range(2):
        desk.office.security_log.note(SecurityEntry(K.SEARCHED, "iro", "lambeth", typed="Muster"))
    with desk.office.database.reading() as tx:
        one, two = tx.execute(t.security_typed.select()).all()
        digests = tx.execute(t.security_log.select()).all()
    assert [digest_of(row.salt, row.typed) for row in (one, two)] == [row.digest for row in digests]
    assert digests[0].digest != digests[1].digest


@pytest.mark.parametrize(
    "statement", ["UPDATE security_log SET what = 'x'", "DELETE FROM security_log"]
)
def test_an_entry_is_never_changed(desk: Desk, statement: str) -> None:
    desk.see("iro", desk.raised("stage-1"))
    refused = pytest.raises(SQLAlchemyError, match="security_log are only ever added")
    with refused, desk.office.database.writing() as tx:
        tx.execute(text(statement))


def test_entries_of_two_who_write_at_once_have_numbers_without_a_gap(desk: Desk) -> None:
    one, two = (SecurityLog(desk.office.database, desk.office.now) for _ in range(2))
    for log in (one, two, one):
        log.note(SecurityEntry(K.LOG_READ, "qa", "lambeth"))
    assert [entry.id for entry in entries(desk)] == [1, 2, 3]


def test_whom_an_alert_reached_is_all_who_saw_received_or_took_it(desk: Desk) -> None:
    found, other = desk.raised("stage-1"), desk.raised("stage-1")
    reference = found.alert.reference
    with desk.office.database.writing() as tx:  # the mail server has taken those to the manager
        c = t.outbox.c
        to_manager = t.outbox.update().where(c.person_id == "manager")
        tx.execute(to_manager.values(sent_at=desk.office.now()))
    desk.at("Tue 2025-06-03")
    desk.see("boss", found)
    desk.see("iro", other)
    render.issue(desk.office, found, "qa")
    told = [
        (one.account, one.did)
        for one in security_log.reached(desk.office, f" {reference.lower()}", None)
    ]
    assert ("manager", "was sent an e-mail") in told
    every = security_log.reached(desk.office, reference, None)
    assert {one.reference for one in every if one.did == "was sent an e-mail"} == {reference}
    assert told[-2:] == [("boss", "opened an alert"), ("qa", "was handed a document")]
    assert {who for who, _ in told} == {"manager", "boss", "qa"}
    later = security_log.reached(desk.office, reference, date(2025, 6, 3))
    assert [one.account for one in later if one.did != "took a list away"] == ["boss", "qa"]
    assert entries(desk, K.EXPORTED)[-1].alert_id == found.id
    with pytest.raises(NotFound):
        security_log.reached(desk.office, "LAM-2025-9999", None)
