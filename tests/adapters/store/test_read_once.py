"""What is read once in a transaction is never older than what the transaction itself has written."""

import ast
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Select, event, literal, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import DropTable

import practice_alerts
from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core import read_once, rows, tables
from practice_alerts.adapters.store.core.database import Database, Tx
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson, PostHolding

TODAY = date(2025, 6, 2)
HELD = PostHolding("ann", "lambeth", "team_manager", "Brixton")


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Tx]:
    with closing(Database(sqlite_url(tmp_path))) as database:
        database.migrate()
        with database.writing() as tx:
            for who in ("ann", "ben"):
                directory.add_person(
                    tx, DirectoryPerson(who, who.title(), f"{who}@x.test"), (), TODAY
                )
            yield tx


def asked(tx: Tx) -> list[str]:
    """Every statement from now on."""
    found: list[str] = []
    event.listen(tx, "before_cursor_execute", lambda *given: found.append(given[2]))
    return found


def held(tx: Tx) -> list[str]:
    found = directory.holders_by_team(tx, "lambeth", "team_manager", TODAY)
    return [person.id for person, _ in found]


def test_the_same_is_asked_once(tx: Tx) -> None:
    directory.give_post(tx, HELD, TODAY)
    statements = asked(tx)
    assert [held(tx), held(tx)] == [["ann"], ["ann"]]
    assert len(statements) == 1


def test_of_two_people_each_is_asked(tx: Tx) -> None:
    directory.give_post(tx, HELD, TODAY)
    of = {who: directory.posts_of(tx, who, TODAY) for who in ("ann", "ben")}
    assert of == {"ann": (HELD,), "ben": ()}


def test_an_act_sees_what_it_changed_itself(tx: Tx) -> None:
    assert held(tx) == []
    directory.give_post(tx, HELD, TODAY)
    assert held(tx) == ["ann"]
    directory.change_person(tx, "ann", "Ann Other", "ann@x.test")
    (person, _), *_ = directory.holders_by_team(tx, "lambeth", "team_manager", TODAY)
    assert person.name == "Ann Other"


def test_what_is_written_elsewhere_is_no_reason_to_ask_again(tx: Tx) -> None:
    assert held(tx) == []
    directory.add_cover(tx, "ann", "ben", TODAY, TODAY)
    statements = asked(tx)
    assert held(tx) == []
    assert statements == []
    assert directory.covers_for(tx, "ben", TODAY) == {"ann"}


def test_what_was_tried_and_taken_back_is_not_remembered(tx: Tx) -> None:
    with rows.tried(tx):
        directory.give_post(tx, HELD, TODAY)
        assert held(tx) == ["ann"]
    assert held(tx) == []


def test_another_transaction_reads_for_itself(tx: Tx, tmp_path: Path) -> None:
    read_once.remember(tx, "said", read_once.names_of((tables.people,)), "here")
    with closing(Database(sqlite_url(tmp_path))) as other, other.reading() as apart:
        assert read_once.recall(apart, "said") is None
    assert read_once.recall(tx, "said") == "here"


def test_whoever_goes_through_everything_keeps_little(tx: Tx) -> None:
    for number in range(1_000):
        read_once.remember(tx, number, frozenset(), number)
    kept = [one for one in range(1_000) if read_once.recall(tx, one) is not None]
    assert kept[-1] == 999
    assert len(kept) <= 200


P = tables.people
KEPT = {name: name for name in ("people", "holdings", "search_words", "payloads")}


def remembered(tx: Tx) -> set[str]:
    return {one for one in KEPT if read_once.recall(tx, one) is not None}


@pytest.fixture
def keeping(tx: Tx) -> Tx:
    """Of four tables, one thing each."""
    for name, table in KEPT.items():
        read_once.remember(tx, name, frozenset({table}), "as it was read")
    assert remembered(tx) == {*KEPT}
    return tx


WRITES: dict[str, tuple[Callable[[Tx], object], set[str]]] = {
    "one row": (lambda tx: tx.execute(P.update().values(name="X")), {"people"}),
    "several at once": (
        lambda tx: tx.execute(P.insert(), [{"id": one, "name": one, "mail": one} for one in "xyz"]),
        {"people"},
    ),
    "a table within a reading": (
        lambda tx: tx.execute(
            select(literal(1)).add_cte(P.update().values(name="X").returning(P.c.id).cte())
        ),
        {"people"},
    ),
    "what goes with it": (
        lambda tx: tx.execute(tables.payloads.delete()),
        {"payloads", "search_words"},
    ),
    "SQL by hand": (lambda tx: tx.execute(text("UPDATE people SET name = 'X'")), {*KEPT}),
    "past the compiler": (
        lambda tx: tx.exec_driver_sql("UPDATE people SET name = 'X'"),
        {*KEPT},
    ),
    "a table itself": (lambda tx: tx.execute(DropTable(tables.search_words)), {*KEPT}),
    "a transaction's end": (lambda tx: tx.get_transaction().rollback(), {*KEPT}),  # type: ignore[union-attr]
}


@pytest.mark.parametrize("write", WRITES)
def test_whatever_writes_clears_what_it_may_have_changed(keeping: Tx, write: str) -> None:
    does, gone = WRITES[write]
    with suppress(OperationalError):  # SQLite knows nothing that writes within a reading
        does(keeping)
    assert remembered(keeping) == {*KEPT} - gone


READS: dict[str, Callable[[Tx], object]] = {
    "a select": lambda tx: tx.execute(select(P)),
    "two of them": lambda tx: tx.execute(select(P.c.id).union(select(tables.holdings.c.post))),
}


@pytest.mark.parametrize("read", READS)
def test_reading_clears_nothing(keeping: Tx, read: str) -> None:
    READS[read](keeping)
    assert remembered(keeping) == {*KEPT}


def test_the_next_transaction_of_a_connection_begins_with_nothing(tmp_path: Path) -> None:
    with closing(Database(sqlite_url(tmp_path))) as database:
        database.migrate()
        *_, engine = database.parts()
        with read_once.watched(engine).connect() as connection:
            for end in (connection.commit, connection.rollback):
                connection.execute(select(P))
                assert remembered(connection) == set()
                read_once.remember(connection, "people", frozenset({"people"}), "as it was read")
                assert remembered(connection) == {"people"}
                end()
                assert remembered(connection) == set()


def test_of_an_engine_that_is_not_watched_nothing_is_kept(tmp_path: Path) -> None:
    """What a bare connection reads is no one state of things on a server."""
    with closing(Database(sqlite_url(tmp_path))) as database:
        database.migrate()
        *_, engine = database.parts()
        with engine.connect() as connection, database.writing() as tx:
            for one in (connection, tx):
                directory.person(one, "ann")
            statements = asked(connection), asked(tx)
            assert [directory.person(one, "ann") for one in (connection, tx)] == [None, None]
    assert [len(each) for each in statements] == [1, 0]


STORE = Path(practice_alerts.__file__).parent / "adapters/store"


def statements_read_once() -> Iterator[tuple[str, str]]:
    """Module and name of each statement that is given to it; None other than a constant."""
    for file in sorted(STORE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "read_once":
                name = call.args[1]
                assert isinstance(name, ast.Name), f"{file.name}:{call.lineno}: build it once"
                assert name.id.isupper(), f"{file.name}:{call.lineno}: build it once"
                inside = file.relative_to(STORE.parents[2]).with_suffix("")
                yield ".".join(inside.parts), name.id


@pytest.mark.parametrize(("module", "name"), sorted({*statements_read_once()}))
def test_a_statement_rests_on_all_that_the_engine_reads_for_it(
    tx: Tx, module: str, name: str
) -> None:
    statement = getattr(import_module(module), name)
    assert isinstance(statement, Select)
    read = set[str]()

    def allowed(what: int, table: str | None, *_: object) -> int:
        if what == sqlite3.SQLITE_READ and table:
            read.add(table)
        return sqlite3.SQLITE_OK

    raw = tx.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    compiled = str(statement.compile(dialect=tx.dialect))
    raw.set_authorizer(allowed)
    try:
        raw.execute(f"EXPLAIN {compiled}", (None,) * compiled.count("?"))
    finally:
        raw.set_authorizer(None)
    assert read
    assert read == read_once.tables_of(statement)


def test_nobody_writes_rows_past_the_engine() -> None:
    """What goes by the driver's own cursor is not seen; that is for what the engines keep for themselves."""
    ways = (".cursor(", "raw_connection", "driver_connection", "dbapi_connection")
    found = {
        file.relative_to(STORE).parts[0]
        for file in STORE.rglob("*.py")
        if any(way in file.read_text("utf-8") for way in ways)
    }
    assert found == {"engines"}


def test_an_act_without_events_adds_none(tx: Tx) -> None:
    nothing = event_store.NewAct("one", "ann", datetime(2025, 6, 2, tzinfo=UTC), "key", (), 0)
    assert event_store.append(tx, nothing) == ()
    assert event_store.happened(tx, "one") == ()
    assert event_store.version(tx, "one") == 0
