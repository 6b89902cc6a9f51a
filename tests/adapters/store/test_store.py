"""The store: what is in it stays as it was, and a change or a removal shows."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import IntegrityError

from practice_alerts.adapters.store.alerts import current_state, event_store, issued_documents
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.core.database import Database, Tx, Within
from practice_alerts.adapters.store.core.timestamps import Day, Moment
from practice_alerts.adapters.store.core.versions import DatabaseNotReady
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.adapters.store.office import directory, security_rows
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.adapters.store.office.security_rows import EntriesSought
from tests.helpers.product.migrations import NEWEST, apart
from tests.helpers.product.office import LONG_AGO, Desk, open_desk
from tests.helpers.product.postgresql import ENGINES, cluster


@pytest.fixture(params=ENGINES)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    yield from _two_alerts(tmp_path / "data", request.param)


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Desk]:
    yield from _two_alerts(tmp_path / "data", "sqlite")


@pytest.fixture(params=ENGINES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A store without a table."""
    on_sqlite = request.param == "sqlite"
    database = Database(sqlite_url(tmp_path) if on_sqlite else cluster().empty())
    yield database
    database.close()


def _two_alerts(data: Path, engine: str) -> Iterator[Desk]:
    opened = open_desk(data, engine=engine)
    opened.raised("stage-1")
    opened.raised("stage-2")
    yield opened
    opened.office.database.close()


def test_alerts_read_together_are_each_as_if_read_alone(desk: Desk) -> None:
    with desk.office.database.reading() as tx:
        every = current_state.ids(tx)
        together = event_store.happened_to_each(tx, (*every, "of-no-alert"))
        assert together == {alert: event_store.happened(tx, alert) for alert in every}
        assert [len(events) for events in together.values()] == [2, 2]


def test_what_is_done_within_a_transaction_stands_or_falls_with_it(desk: Desk) -> None:
    before = _count(desk)
    with suppress(ZeroDivisionError), desk.office.database.writing() as tx:
        within = _within(desk, tx)
        within.raised("stage-1")
        assert _count(within) == before + 1
        1 / 0  # noqa: B018 - the power goes
    assert _count(desk) == before


def test_what_fails_within_a_transaction_is_taken_back_alone(desk: Desk) -> None:
    before = _count(desk)
    with desk.office.database.writing() as tx:
        within = _within(desk, tx)
        within.raised("stage-1")
        with suppress(IntegrityError), within.office.database.writing() as inner:
            for who in ("new", "iro"):  # the second is there already
                directory.add_person(inner, DirectoryPerson(who, who, "a@x.invalid"), [], LONG_AGO)
        within.raised("stage-2")
    assert _count(desk) == before + 2
    assert _broken(desk) == []
    with desk.office.database.reading() as tx:
        assert directory.person(tx, "new") is None


def _within(desk: Desk, tx: Tx) -> Desk:
    return replace(desk, office=replace(desk.office, database=Within(tx)))


def _count(desk: Desk) -> int:
    with desk.office.database.reading() as tx:
        return len(current_state.ids(tx))


def _broken(desk: Desk) -> list[str]:
    with desk.office.database.reading() as tx:
        return [broken.says for broken in event_store.verify(tx)]


def _tamper(desk: Desk, *statements: str) -> None:
    """As somebody with the file in their hands: the guards are taken off first."""
    with desk.office.database.writing() as tx:
        for statement in _GUARDS_OFF[tx.dialect.name]:
            tx.execute(text(statement))
        for table in (tables.outbox, tables.payloads):
            tx.execute(table.delete().where(table.c.event_id > 2))
        for statement in statements:
            tx.execute(text(statement))


_GUARDS_OFF = {
    "sqlite": (
        "DROP TRIGGER events_are_never_touched_by_update",
        "DROP TRIGGER events_are_never_touched_by_delete",
    ),
    "postgresql": ("ALTER TABLE events DISABLE TRIGGER USER",),
}


def test_what_nobody_touched_verifies(desk: Desk) -> None:
    assert _broken(desk) == []


@pytest.mark.parametrize("change", ["UPDATE events SET kind = 'x'", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_an_event(desk: Desk, change: str) -> None:
    with (
        pytest.raises(IntegrityError, match="only ever added"),
        desk.office.database.writing() as tx,
    ):
        tx.execute(text(change))


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        (
            "UPDATE events SET at = '2020-01-01T00:00:00.000000+00:00' WHERE id = 2",
            "does not follow",
        ),
        ("UPDATE events SET person_id = 'boss' WHERE id = 1", "does not follow"),
        ("DELETE FROM events WHERE id = 3", "is missing"),
        ("UPDATE payloads SET body = replace(body, 'Kit', 'Kai')", "typed in event 1 was altered"),
        ("UPDATE payloads SET salt = 'x' WHERE event_id = 2", "typed in event 2 was altered"),
    ],
)
def test_a_change_or_a_removal_shows(desk: Desk, statement: str, says: str) -> None:
    _tamper(desk, statement)
    assert any(says in broken for broken in _broken(desk))


def test_a_hash_noted_elsewhere_proves_the_tail(desk: Desk) -> None:
    with desk.office.database.reading() as tx:
        number, noted = event_store.head(tx)
    _tamper(desk, "DELETE FROM events WHERE id = 4")
    with desk.office.database.reading() as tx:
        assert number == 4
        assert event_store.hash_at(tx, number) != noted


def test_a_payload_that_nobody_destroyed_is_missed(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        tx.execute(tables.payloads.delete().where(tables.payloads.c.event_id <= 2))
    assert _broken(desk) == [
        f"what was typed in event {number} is gone, and nobody destroyed it" for number in (1, 2)
    ]


def test_a_digest_cannot_be_guessed_back_from_a_name(desk: Desk) -> None:
    """The same words raised twice give two digests: each payload has a salt of its own."""
    with desk.office.database.reading() as tx:
        digests = tx.execute(text("SELECT digest FROM events WHERE kind = 'raised'")).scalars()
        assert len(set(digests)) == 2


def test_the_migrations_make_the_tables_that_the_code_knows(empty: Database) -> None:
    empty.migrate()
    with empty.reading() as tx:
        assert apart(tx) == []


def test_a_database_of_the_version_before_is_brought_up_to_date_with_everything_in_it(
    on_sqlite: Desk,
) -> None:
    desk = on_sqlite
    database = desk.office.database
    before = _rows(desk)
    _back_to_the_first_version(database)
    with pytest.raises(DatabaseNotReady, match="is of version 0001"):
        database.must_be_current()
    database.migrate()
    database.must_be_current()
    assert _broken(desk) == []
    with database.reading() as tx:
        assert apart(tx) == []
        assert issued_documents.of_alert(tx, current_state.ids(tx)[0]) == ()
        (looked,) = security_rows.latest(tx, EntriesSought(), None, 9)
        assert (looked.id, looked.kind, looked.person_id) == (1, "alert_opened", "boss")
        assert looked.council == "lambeth"
    assert [(row["id"], row["officer_id"]) for row in _rows(desk)] == [
        (row["id"], row["raiser_id"]) for row in before
    ]
    stands = [(row["pile"], row["turns_at"]) for row in before]
    assert [(row["pile"], row["turns_at"]) for row in _rows(desk)] == stands
    assert all(moment for _, moment in stands)


def _rows(desk: Desk) -> list[dict[str, object]]:
    with desk.office.database.reading() as tx:
        found = tx.execute(text("SELECT * FROM alerts ORDER BY id")).mappings()
        return [dict(row) for row in found]


_LATER_TABLES = (
    *("report_texts", "report_actions"),
    "issues",
    "calendar_feeds",
    "saved_views",
    "partner_contacts",
    "sign_on_accounts",
    "used_logout_tokens",
    *("let_in", "duties", "scim_people", "scim_tokens", "search_words", "shut_out", "seals"),
    *("security_typed", "security_log"),
)

_VIEWINGS = """
CREATE TABLE viewings (id INTEGER NOT NULL PRIMARY KEY, alert_id VARCHAR NOT NULL REFERENCES alerts (id),
  person_id VARCHAR NOT NULL REFERENCES people (id), at VARCHAR NOT NULL)
"""


def _back_to_the_first_version(database: Database) -> None:
    """As its tables were then, with the rows of today."""
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.begin() as tx:  # where nothing minds that tables are made anew
        for table in _LATER_TABLES:
            tx.execute(text(f"DROP TABLE {table}"))
        tx.execute(text(_VIEWINGS))
        tx.execute(text("INSERT INTO viewings SELECT 7, id, 'boss', raised_at FROM alerts LIMIT 1"))
        for index in (
            "council_is_open_look_again",
            "council_is_open_cap_due",
            "council_is_open_hold_until",
            "council_is_open_response_due",
            "officer_id_is_open_changed_at",
            "raiser_id",
            "open",
            "not_filed",
            "council_is_open_reference",
        ):
            tx.execute(text(f"DROP INDEX ix_alerts_{index}"))
        tx.execute(text("DROP INDEX ix_outbox_person_id_alert_id"))
        for name, columns in _FIRST_INDEXES.items():
            tx.execute(text(f"CREATE INDEX {name} ON alerts ({columns})"))
        _without(tx, "alerts", "officer_id", "due_is_aim", "slack", "team", "categories")
        _without(tx, "alerts", "is_restricted", "is_filed", "look_again")
        _without(tx, "alerts", "pile", "turns_at", "escalate_by")
        _without(tx, "outbox", "once", "mail", "claimed_by")
        _without(tx, "sessions", "proved_at", "issuer", "subject", "issuer_session")
        late = ("is_late", "entered_by", "entered_at", "confirmed_by", "confirmed_at")
        _without(tx, "closures", *late)
        tx.execute(text("UPDATE alembic_version SET version_num = '0001'"))


_FIRST_INDEXES = {
    "ix_alerts_raiser_id_is_open": "raiser_id, is_open",
    "ix_alerts_council_is_open": "council, is_open",
}


def _without(tx: Tx, table: str, *columns: str) -> None:
    with Operations(MigrationContext.configure(tx)).batch_alter_table(table) as batch:
        for column in columns:
            batch.drop_column(column)


def test_a_database_without_tables_stops_the_start_with_an_instruction(empty: Database) -> None:
    with pytest.raises(DatabaseNotReady, match="practice-alerts serve"):
        empty.must_be_current()


def test_a_database_of_another_version_stops_the_start(empty: Database) -> None:
    empty.migrate()
    with empty.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    with pytest.raises(DatabaseNotReady, match=f"version 0002, this product needs {NEWEST}"):
        empty.must_be_current()


def test_tables_of_another_version_than_they_bear_are_left_as_they_are(empty: Database) -> None:
    """As after a migration by hand that was broken off."""
    empty.migrate()
    with empty.writing() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0010'"))
    with pytest.raises(DatabaseNotReady, match="nothing was changed"):
        empty.migrate()
    assert empty.version() == "0010"


def test_a_lost_guard_is_noticed_at_the_next_start(desk: Desk) -> None:
    _tamper(desk)
    with pytest.raises(DatabaseNotReady, match="guards"):
        desk.office.database.migrate()


@pytest.mark.parametrize(
    ("setting", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)],
)
def test_the_settings_that_keep_what_was_acknowledged_are_on(
    on_sqlite: Desk, setting: str, value: object
) -> None:
    with on_sqlite.office.database.reading() as tx:
        assert tx.execute(text(f"PRAGMA {setting}")).scalar_one() == value


def test_a_column_of_moments_or_days_is_kept_as_one() -> None:
    """As a text it compares with no moment on one engine, and by another way of writing it on the other."""
    named = re.compile(r"(.*_)?(at|on|due|until|since|day)")
    plain = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.tables.values()
        for column in table.columns
        if named.fullmatch(column.name) and not isinstance(column.type, Moment | Day)
    }
    assert plain == {"events.at"}  # as it goes into the hash
