"""SQLite keeps whatever is written into a column by hand: verify names each, and never ends in a fault of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Table, Text, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import String

from practice_alerts.adapters.keys import SealKeys
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.casework.directory import declare_interest, redaction, second_person
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.alert.hash_chain import digest_of
from practice_alerts.office import Office
from tests.helpers.product.by_hand import ByHand, by_hand, make_office
from tests.helpers.product.office import open_desk

UNSEALED = {
    *(("drafts", "body"), ("drafts", "saved_at"), ("sessions", "expires_at")),
    *(("outbox", name) for name in ("tries", "next_try_at", "last_trouble", "claimed_by")),
    *(("search_words", name) for name in ("word", "event_id", "alert_id", "part")),
}
"""What no seal holds and nothing rests on, as the table of columns says."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return make_office(tmp_path_factory.mktemp("made") / "data", "sqlite").desk.office


def copy_of(office: Office, into: Path) -> Office:
    if into.exists():
        shutil.rmtree(into)
    shutil.copytree(office.settings.data, into)
    keys = SealKeys(office.settings.data / "keys")
    return replace(office, database=Database(sqlite_url(into), keys))


def _values(table: Table) -> Iterator[tuple[str, object]]:
    for column in table.columns:
        yield column.name, b"\xff\xfe"
        if not isinstance(column.type, String | Text):
            yield column.name, "x{"


@pytest.mark.parametrize("table", t.metadata.sorted_tables, ids=lambda one: one.name)
def test_whatever_type_a_column_is_given_it_is_named(
    made: Office, table: Table, tmp_path: Path
) -> None:
    is_empty = _is_empty(made, table)
    for name, value in _values(table):
        office = copy_of(made, tmp_path / "again")

        def give(by: ByHand, name: str = name, value: object = value) -> None:
            keys = list(table.primary_key.columns)
            first = by.tx.execute(select(*keys).limit(1)).first() if keys else None
            if first is None:
                return
            where = " AND ".join(f"{one.name} = :key_{one.name}" for one in keys)
            given = {f"key_{one.name}": said for one, said in zip(keys, first, strict=True)}
            by.tx.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            by(f"UPDATE {table.name} SET {name} = :given WHERE {where}", given=value, **given)  # noqa: S608 - ours

        try:
            by_hand(office, give)
        except IntegrityError:
            continue
        proof = prove(office)
        office.database.close()
        assert proof.holds == (is_empty or (table.name, name) in UNSEALED), (name, value)


def _is_empty(office: Office, table: Table) -> bool:
    with office.database.reading() as tx:
        return tx.execute(select(*table.primary_key.columns).limit(1)).first() is None


@pytest.mark.parametrize("body", ["x{", "[]", "{}", "null", "5", '{"destroyed": "all", "left": 3}'])
def test_a_payload_of_another_shape_is_named_also_with_its_digest_and_the_chain_anew(
    tmp_path: Path, body: str
) -> None:
    """Of every kind of event: what was raised, an interest, what was taken out, what the directory says."""
    office, last = _with_each_kind(tmp_path)
    assert {"raised", "interest_declared", "redacted", "directory_changed"} <= {*last}
    for kind, number in last.items():
        for is_chained in (False, True):
            again = copy_of(office, tmp_path / "again")

            def rewrite(by: ByHand, number: int = number, is_chained: bool = is_chained) -> None:
                which = t.payloads.c.event_id == number
                salt = by.tx.execute(select(t.payloads.c.salt).where(which)).scalar_one()
                by.tx.execute(t.payloads.update().where(which).values(body=body))
                if is_chained:
                    values = {"digest": digest_of(salt, body)}
                    by.tx.execute(t.events.update().where(t.events.c.id == number).values(values))
                    by.chain_anew()

            by_hand(again, rewrite)
            assert not prove(again).holds, (kind, is_chained)
            again.database.close()


def _with_each_kind(tmp_path: Path) -> tuple[Office, dict[str, int]]:
    """With the last event of each kind by its number in the chain."""
    desk = open_desk(tmp_path / "data", engine="sqlite").with_readers()
    desk.raised("stage-2")
    found = desk.raised("stage-1")
    declare_interest.declare(desk.office, desk.actor("qa"), ChildMeant(case_number="S-100001"))
    key, by = "1:answers.concerns", desk.actor("records")
    redaction.ask(desk.office, by, found.alert.reference, key, "It must go.")
    (line,) = redaction.of_council(desk.office, desk.actor("boss"), desk.council)
    second_person.confirm(desk.office, desk.actor("boss"), desk.council, line.entry.number)
    with desk.office.database.reading() as tx:
        kinds = select(t.events.c.kind, t.payloads.c.event_id).join_from(t.events, t.payloads)
        last = {row.kind: row.event_id for row in tx.execute(kinds.order_by(t.events.c.id))}
    desk.office.database.close()
    return desk.office, last


@pytest.mark.parametrize("column", ["rows", "said"])
@pytest.mark.parametrize(
    "said", ["5", "[1]", '{"alerts": 5}', '{"alerts": {"x": "y"}}', '{"alerts": {"[1]": 5}}']
)
def test_a_seal_of_another_shape_is_named(
    made: Office, tmp_path: Path, column: str, said: str
) -> None:
    office = copy_of(made, tmp_path / "again")
    assert json.loads(said)

    def rewrite(by: ByHand) -> None:
        by.tx.execute(t.seals.update().where(t.seals.c.id == 2).values({column: said}))

    by_hand(office, rewrite)
    assert any(
        one.alert == "seals" and "seal 2 was altered" in one.says
        for one in prove(office).differences
    )
    office.database.close()
