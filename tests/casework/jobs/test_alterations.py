"""What somebody does to the store by hand is noticed and named, or refused: 38 alterations, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import NullPool, create_engine, select, text
from sqlalchemy.exc import IntegrityError

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.seals import WATCHED
from practice_alerts.casework.proof.audit_chain import Proof, prove
from practice_alerts.domain.alert.hash_chain import digest_of
from practice_alerts.office import Office
from tests.helpers.product.by_hand import ByHand, by_hand

FIRST, LAST = "LAM-2025-0001", "LAM-2025-0002"


@dataclass(frozen=True)
class Row:
    """What is done, and what must be named: the alert (or table), and words of what is said."""

    what: str
    do: Callable[[ByHand], None]
    names: str
    says: str


def sql(*statements: str, **values: object) -> Callable[[ByHand], None]:
    """`:alert` is the first alert, `:now` a moment."""
    return lambda by: by(*statements, alert=by.alert(FIRST), now=_NOW, **values)


_NOW = "2025-06-02T09:00:00.000000+00:00"


def _rewrite_an_answer(by: ByHand) -> None:
    number = by.events(FIRST)[-1]
    c = t.payloads.c
    row = by.tx.execute(select(t.payloads).where(c.event_id == number)).one()
    body = row.body.replace("Monday", "Friday")
    by.tx.execute(t.payloads.update().where(c.event_id == number).values(body=body))
    digest = digest_of(row.salt, body)
    by.tx.execute(t.events.update().where(t.events.c.id == number).values(digest=digest))
    by.chain_anew()


def _add_an_event(by: ByHand) -> None:
    row = dict(
        by.tx.execute(select(t.events).order_by(t.events.c.id.desc())).mappings().fetchmany(1)[0]
    )
    body = by.tx.execute(select(t.payloads.c.body).where(t.payloads.c.event_id == row["id"]))
    kept = body.scalar_one()
    more = {"id": row["id"] + 1, "number": row["number"] + 1, "digest": digest_of("x", kept)}
    by.tx.execute(t.events.insert().values(row | more))
    by.tx.execute(t.payloads.insert().values(event_id=more["id"], salt="x", body=kept))
    by.chain_anew()


def _swap(by: ByHand) -> None:
    one, two = by.events(FIRST)[-2:]
    for before, after in ((one, 9999), (two, one), (9999, two)):
        by("UPDATE events SET id = :after WHERE id = :before", before=before, after=after)


def _replaced(before: bytes, after: bytes) -> Callable[[bytes], bytes]:
    return lambda body: body.replace(before, after, 1)


def _in_edition(name: str, change: Callable[[bytes], bytes]) -> Callable[[ByHand], None]:
    return lambda by: by.edit_edition(name, change)


def _unreadable(column: str) -> Callable[[ByHand], None]:
    def change(by: ByHand) -> None:
        by.tx.execute(t.seals.update().where(t.seals.c.id == 2).values({column: "["}))

    return change


_RULES = ("edition_files", "are not those that were kept")

ROWS = (
    Row("payloads, askings and row of an alert", lambda by: by.without(LAST, events=False),
        "", "is gone, and nobody destroyed it"),
    Row("the tail", lambda by: by.without(LAST, events=True), "events", "removed"),
    Row("an answer, and the chain anew", _rewrite_an_answer, FIRST, "not all as sealed"),
    Row("dates and calendar together",
        sql("UPDATE alerts SET response_due = '2030-01-01', cap_due = '2030-02-01', calendar = 'x' WHERE id = :alert"),
        FIRST, "alerts: row"),
    Row("somebody else is asked", sql("UPDATE askings SET person_id = 'worker' WHERE alert_id = :alert"),
        FIRST, "askings: row"),
    Row("all askings", sql("DELETE FROM askings"), LAST, "askings: row"),
    Row("a side", _in_edition("procedure.yml", _replaced(b"in_iro_service: true", b"in_iro_service: false")), *_RULES),
    Row("a label", _in_edition("practice_alert.yml", _replaced(b"label: ", b"label: Z")), *_RULES),
    Row("a title", _in_edition("procedure.yml", _replaced(b"title: ", b"title: Z")), *_RULES),
    Row("a Word template", _in_edition(".docx", lambda body: body + b"x"), *_RULES),
    Row("the wording of notices", _in_edition("notices.yml", _replaced(b"subject: ", b"subject: Z")), *_RULES),
    Row("who looked, deleted", sql("DELETE FROM security_log WHERE alert_id = :alert"), FIRST, "security_log: row"),
    Row("who looked, changed", sql("UPDATE security_log SET person_id = 'boss' WHERE alert_id = :alert"),
        FIRST, "security_log: row"),
    Row("what was typed of a search, rewritten", sql("UPDATE security_typed SET typed = 'x'"),
        "security_typed", "was changed"),
    Row("what was typed of a search, destroyed early", sql("DELETE FROM security_typed"),
        "security_typed", "was taken out"),
    Row("who looked, invented",
        sql("INSERT INTO security_log (id, at, kind, person_id, council, alert_id, what, digest)"
            " VALUES (77, :now, 'alert_opened', 'admin', 'lambeth', :alert, '', '')"),
        FIRST, "security_log: row [77] was put in"),
    Row("who was handed a document", sql("DELETE FROM issues"), FIRST, "issues: row"),
    Row("a name", sql("UPDATE people SET name = 'Ida' WHERE id = 'iro'"), "people", 'row ["iro"] was changed'),
    Row("a post", sql("INSERT INTO holdings (id, person_id, council, post, team, since) VALUES (777, 'admin', 'lambeth', 'iro', '', '2025-01-01')"),
        "holdings", "row [777] was put in"),
    Row("a cover", sql("INSERT INTO covers (id, person_id, cover_id, since, until) VALUES (777, 'iro', 'admin', '2025-01-01', '2026-01-01')"),
        "covers", "row [777] was put in"),
    Row("a session", sql("INSERT INTO sessions (digest, person_id, started_at, expires_at) VALUES ('x', 'iro', :now, :now)"),
        "sessions", 'row ["x"] was put in'),
    Row("a letter rewritten", sql("UPDATE outbox SET body = 'x' WHERE alert_id = :alert"), FIRST, "outbox: row"),
    Row("letters deleted", sql("DELETE FROM outbox WHERE alert_id = :alert"), FIRST, "outbox: row"),
    Row("a closed day", sql("INSERT INTO closures (council, day, reason, is_late) VALUES ('lambeth', '2025-06-04', 'x', false)"),
        "closures", 'row ["lambeth","2025-06-04"] was put in'),
    Row("a number set back", sql("UPDATE reference_numbers SET last = 1"), "reference_numbers", "was changed"),
    Row("a draft in somebody's name",
        sql("INSERT INTO drafts (id, person_id, about, body, saved_at) VALUES ('x', 'iro', 'raise', '{}', :now)"),
        "drafts", 'row ["x"] was put in'),
    Row("an event's person", lambda by: by("UPDATE events SET person_id = 'boss' WHERE id = :id", id=by.events(FIRST)[0]),
        "", "does not follow from the one before it"),
    Row("an event in place of another",
        lambda by: by("DELETE FROM events WHERE id = :id", "INSERT INTO events SELECT :id, alert_id, number + 50, kind, at,"
                      " person_id, act_key, digest, previous_hash, hash FROM events WHERE id = :id + 1", id=by.events(FIRST)[0]),
        "", "does not follow from the one before it"),
    Row("an event in the middle", lambda by: by("DELETE FROM events WHERE id = :id", id=by.events(FIRST)[-1]),
        "", "is missing"),
    Row("what was typed", lambda by: by("UPDATE payloads SET body = replace(body, 'Monday', 'Friday') WHERE event_id = :id", id=by.events(FIRST)[-1]),
        "", "was altered"),
    Row("a salt", lambda by: by("UPDATE payloads SET salt = 'x' WHERE event_id = :id", id=by.events(FIRST)[0]), "", "was altered"),
    Row("one payload, while its row stands", lambda by: by("DELETE FROM payloads WHERE event_id = :id", id=by.events(FIRST)[0]),
        FIRST, "its row is still there"),
    Row("two events swapped", _swap, "", "does not follow from the one before it"),
    Row("an event more, well chained", _add_an_event, "events", "were added past the product"),
    Row("whose it is", sql("UPDATE alerts SET officer_id = 'boss' WHERE id = :alert"), FIRST, "in: officer_id"),
    Row("one date", sql("UPDATE alerts SET response_due = '2030-01-01' WHERE id = :alert"), FIRST, "in: response_due"),
    Row("where it stands", sql("UPDATE alerts SET pile = 'no-ladder' WHERE id = :alert"), FIRST, "in: pile"),
    Row("until when", sql("UPDATE alerts SET turns_at = '2030-01-01T00:00:00.000000+00:00' WHERE id = :alert"), FIRST, "in: turns_at"),
    Row("a clock", _in_edition("procedure.yml", _replaced(b"working days", b"working weeks")), *_RULES),
    *(Row(f"a seal's {one}, unreadable", _unreadable(one), "seals", "cannot be read")
      for one in ("rows", "said")),
    Row("somebody shut out", sql("INSERT INTO shut_out (alert_id, person_id) VALUES (:alert, 'iro')"), FIRST, "shut out"),
    Row("somebody let in", sql("INSERT INTO let_in (alert_id, person_id, how) VALUES (:alert, 'worker', 'named')"), FIRST, "who may open it"),
    Row("an unreadable form", _in_edition("practice_alert.yml", lambda _: b":"), *_RULES),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.what)
def test_an_alteration_is_noticed_and_named(office: Office, row: Row) -> None:
    by_hand(office, row.do)
    proof = prove(office)
    assert not proof.holds
    assert any(row.names in {alert, ""} and row.says in says for alert, says in _said(proof)), (
        _said(proof)
    )


def _said(proof: Proof) -> list[tuple[str, str]]:
    return [("", one.says) for one in proof.broken] + [
        (one.alert, one.says) for one in proof.differences
    ]


@pytest.mark.parametrize("guarded", ["events", "seals", "security_log"])
def test_guards_that_are_gone_are_named(office: Office, guarded: str) -> None:
    engine = create_engine(office.database.url, poolclass=NullPool)
    with engine.begin() as tx:
        if engine.dialect.name == "sqlite":
            for change in ("update", "delete"):
                tx.exec_driver_sql(f"DROP TRIGGER {guarded}_are_never_touched_by_{change}")
        else:
            for change in ("update", "delete", "truncate"):
                guard = f"{guarded}_are_never_touched_by_{change}"
                tx.exec_driver_sql(f"ALTER TABLE {guarded} DISABLE TRIGGER {guard}")
    engine.dispose()
    gone = (guarded, f"{guarded}: the guards that keep its rows from being changed are gone")
    assert gone in _said(prove(office))
    assert {one for one, _ in _said(prove(office))} == {guarded}


@pytest.mark.parametrize("guarded", ["events", "seals"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 7000 WHERE id = 1", "DELETE FROM {}"])
def test_the_store_itself_refuses_the_rest(office: Office, guarded: str, change: str) -> None:
    with pytest.raises(IntegrityError, match="only ever added"), office.database.writing() as tx:
        tx.execute(text(change.format(guarded)))
    assert prove(office).holds


def test_there_are_thirty_eight_three_of_the_security_log_and_six_more() -> None:
    """With the guards of events that are gone, and changing and deleting with them in place."""
    assert len({row.what for row in ROWS}) == len(ROWS) == 38 - 3 + 3 + 6


def test_every_other_column_of_every_table_is_sealed() -> None:
    """What no seal holds, column by column: it is held otherwise, as the reasons beside it say, or decides nothing."""
    columns = {(one.name, each.name) for one in t.metadata.sorted_tables for each in one.columns}
    sealed = {(one.name, each) for one in WATCHED.values() for each in one.columns}
    assert {one for one in columns - sealed if one[0] in WATCHED} == {
        *(("drafts", name) for name in ("body", "saved_at")),
        *(("outbox", name) for name in ("tries", "next_try_at", "last_trouble", "claimed_by")),
        ("sessions", "expires_at"),
    }
    assert {one for one, _ in columns - sealed} - WATCHED.keys() == {
        *("events", "payloads", "edition_files", "let_in", "shut_out", "seals"),
        *("search_words", "saved_views", "used_logout_tokens"),
    }


def test_what_nobody_touched_is_sound(office: Office) -> None:
    assert _said(prove(office)) == []
