"""What somebody changes past a product that runs is not sealed by what the product does next: it stays named."""

from __future__ import annotations

from functools import partial

from sqlalchemy import ColumnElement, String, Table, Text, and_, select

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.as_made import GUARDED
from practice_alerts.adapters.store.core.seals import WATCHED
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.office import Office
from tests.helpers.days import day
from tests.helpers.product.by_hand import ByHand, Made, by_hand

_CHANGED = sorted({*WATCHED} - {*GUARDED})


def _said(office: Office) -> set[str]:
    return {one.says for one in prove(office).differences}


def _words(table: Table) -> list[str]:
    """Its columns that hold any text, and that seals look at."""
    keys = {one.name for one in table.primary_key}
    refers = {one.parent.name for one in table.foreign_keys}
    sealed = {*WATCHED[table.name].columns}
    return [
        one.name
        for one in table.columns
        if one.name in sealed - keys - refers and type(one.type) in {Text, String}
    ]


def _its_row(table: Table, row: dict[str, object]) -> ColumnElement[bool]:
    return and_(*(column == row[column.name] for column in table.primary_key))


def _change(hand: ByHand, *, table: Table, which: ColumnElement[bool], column: str) -> None:
    hand.tx.execute(table.update().where(which).values({column: "x"}))


def test_whatever_the_product_then_writes_to_the_row_it_stays_named(
    office: Office, made: Made
) -> None:
    """Every sealed table of which there is a row with words: changed by hand, then written as it had been."""
    tried = set()
    for name in _CHANGED:
        table = t.metadata.tables[name]
        words = _words(table)
        with office.database.reading() as tx:
            plain = select(*(table.c[one] for one in (*_keys(table), *words[:1])))
            found = tx.execute(plain.limit(1)).mappings().one_or_none()
        if found is None or not words:
            continue
        row, column = dict(found), words[0]
        which = _its_row(table, row)
        by_hand(office, partial(_change, table=table, which=which, column=column))
        with office.database.writing() as tx:
            tx.execute(table.update().where(which).values({column: row[column]}))
        assert any(
            one.startswith(f"{name}: row ") and "was changed past the product" in one
            for one in _said(office)
        ), name
        tried.add(name)
    assert {"people", "holdings", "sessions", "alerts", "askings", "outbox"} <= tried


def test_a_row_that_was_taken_out_or_put_in_stays_named_when_the_product_has_its_place(
    office: Office,
) -> None:
    since, given = day("Mon 2025-06-02"), {"person_id": "manager", "council": "lambeth", "team": ""}
    with office.database.writing() as tx:
        tx.execute(t.holdings.insert().values(id=9001, post="auditor", since=since, **given))
    by_hand(office, lambda hand: hand("DELETE FROM holdings WHERE id = 9001"))
    with office.database.writing() as tx:
        tx.execute(t.holdings.insert().values(id=9001, post="auditor", since=since, **given))
    by_hand(
        office,
        lambda hand: hand.tx.execute(
            t.holdings.insert().values(id=9002, post="administrator", since=since, **given)
        ),
    )
    with office.database.writing() as tx:
        tx.execute(t.holdings.delete().where(t.holdings.c.id == 9002))
    assert _said(office) == {
        "holdings: row [9001] was taken out past the product",
        "holdings: row [9002] was put in past the product",
    }


def test_what_was_altered_between_two_keys_stays_named(office: Office) -> None:
    """What was said of a row under the former key is compared under the former key."""
    office.database.change_seal_key("Ops", office.now())
    by_hand(office, lambda hand: hand("UPDATE people SET mail = 'x@y.example' WHERE id = 'boss'"))
    with office.database.writing() as tx:
        tx.execute(t.people.update().where(t.people.c.id == "boss").values(name="Bea M"))
        tx.execute(t.people.update().where(t.people.c.id == "iro").values(name="Ines M"))
    assert _said(office) == {'people: row ["boss"] was changed past the product'}


def test_what_a_person_accepted_is_compared_from_then_on(office: Office) -> None:
    by_hand(office, lambda hand: hand("UPDATE people SET mail = 'x@y.example' WHERE id = 'boss'"))
    with office.database.writing() as tx:
        tx.execute(t.people.update().where(t.people.c.id == "boss").values(name="Bea M"))
    assert _said(office)
    with office.database.accepting("Ops", "looked at", office.now()):
        pass
    assert not _said(office)
    by_hand(office, lambda hand: hand("UPDATE people SET mail = 'z@y.example' WHERE id = 'boss'"))
    with office.database.writing() as tx:
        tx.execute(t.people.update().where(t.people.c.id == "boss").values(name="Bea"))
    assert _said(office) == {'people: row ["boss"] was changed past the product'}


def test_a_session_that_was_made_somebody_elses_stays_named_after_it_ended(office: Office) -> None:
    entered = office.sign_in.use(office.sign_in.issue_link("manager"))
    assert isinstance(entered, Entered)
    by_hand(
        office,
        lambda hand: hand("UPDATE sessions SET person_id = 'admin' WHERE person_id = 'manager'"),
    )
    office.sign_in.revoke(entered.session_token)
    assert {one.partition(":")[0] for one in _said(office)} == {"sessions"}


def _keys(table: Table) -> list[str]:
    return [one.name for one in table.primary_key]
