"""Whatever somebody puts into the store that acts, hides or copies is found, and nothing begins over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, select, text

from practice_alerts.adapters import backup_file
from practice_alerts.adapters.backup_file import BackupPlan
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import as_made, tables
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.versions import DatabaseNotReady
from practice_alerts.adapters.store.engines.address import sqlite_url
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.upkeep.backup import NoBackup, back_up
from practice_alerts.casework.upkeep.checks import Check, Level, look
from practice_alerts.domain.errors import Storage, StorageTrouble
from practice_alerts.office import Office
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import cluster

_GIVES = (
    "INSERT INTO holdings (person_id, council, post, team, since)"
    " VALUES ('sw', 'lambeth', 'administrator', '', '2020-01-01')"
)
_DOES_NOTHING = (
    "CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
)
_HOLLOW = """
CREATE OR REPLACE FUNCTION {0}_are_only_ever_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
 RAISE EXCEPTION '{0} are only ever added' USING ERRCODE = 'integrity_constraint_violation';
 EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$
"""
_COMPARES = (
    "CREATE FUNCTION same(a varchar, b varchar) RETURNS boolean LANGUAGE sql"
    " AS $$ SELECT a::text OPERATOR(pg_catalog.=) b::text $$"
)
_SET = "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET {}', current_database()); END $$"
_REWRITE = (
    "PRAGMA writable_schema = ON;"
    "UPDATE sqlite_master SET sql = replace(sql, '{}', '{}') WHERE name = '{}';"
    "PRAGMA writable_schema = OFF"
)

ON_SQLITE = {
    "trigger tidy on outbox": f"CREATE TRIGGER tidy AFTER INSERT ON outbox BEGIN {_GIVES}; END",
    "trigger keep on payloads": "CREATE TRIGGER keep AFTER INSERT ON payloads BEGIN DELETE FROM duties; END",
    "trigger hush on SECURITY_LOG": "CREATE TRIGGER hush BEFORE INSERT ON SECURITY_LOG BEGIN SELECT RAISE(IGNORE); END",
    "trigger Hush on Events": "CREATE TRIGGER Hush BEFORE INSERT ON Events BEGIN SELECT RAISE(IGNORE); END",
    "trigger put on everybody": (
        "CREATE VIEW everybody AS SELECT * FROM people;"
        "CREATE TRIGGER put INSTEAD OF INSERT ON everybody BEGIN DELETE FROM people; END"
    ),
    "view everybody": "CREATE VIEW everybody AS SELECT * FROM people",
    "table loot": "CREATE TABLE loot (x)",
    "table found": "CREATE VIRTUAL TABLE found USING fts5(body)",
    "index by_name on people": "CREATE INDEX by_name ON people (name)",
    "index by_sign on people": "CREATE INDEX by_sign ON people (lower(name))",
    "index ix_holdings_council_post on holdings": (
        "DROP INDEX ix_holdings_council_post;"
        "CREATE INDEX ix_holdings_council_post ON holdings (council, post) WHERE council = ''"
    ),
    "table duties": "ALTER TABLE duties ADD COLUMN loot AS (person_id || council)",
    "table holdings": "ALTER TABLE holdings ADD COLUMN more TEXT DEFAULT 'administrator'",
    "table people": _REWRITE.format(
        "PRIMARY KEY (id)", "PRIMARY KEY (id) ON CONFLICT IGNORE", "people"
    ),
}
ON_POSTGRESQL = {
    "function events_are_only_ever_added": _HOLLOW.format("events"),
    "function security_log_are_only_ever_added": _HOLLOW.format("security_log"),
    "function note_touched": "CREATE OR REPLACE FUNCTION note_touched() RETURNS trigger LANGUAGE plpgsql"
    " AS $$ BEGIN RETURN NULL; END $$",
    "trigger tidy on outbox": f"{_DOES_NOTHING};"
    "CREATE TRIGGER tidy AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION tidy()",
    "trigger watch_update on people": "CREATE OR REPLACE TRIGGER watch_update AFTER UPDATE ON people FOR EACH ROW"
    " WHEN (NEW.name IS NULL) EXECUTE FUNCTION note_touched('id')",
    "trigger watch_insert on people": "ALTER TABLE people ENABLE REPLICA TRIGGER watch_insert",
    "function lower": "CREATE FUNCTION lower(varchar) RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$",
    "view everybody": "CREATE VIEW everybody AS SELECT * FROM people",
    "materialised view everybody": "CREATE MATERIALIZED VIEW everybody AS SELECT * FROM people",
    "table loot": "CREATE TABLE loot (x text)",
    "inheriting table more on people": "CREATE TABLE more () INHERITS (people)",
    "rule hush on security_log": "CREATE RULE hush AS ON INSERT TO security_log DO INSTEAD NOTHING",
    "policy hush on people": "CREATE POLICY hush ON people USING (id <> 'iro')",
    "row security people": "ALTER TABLE people ENABLE ROW LEVEL SECURITY",
    "index by_name on people": "CREATE INDEX by_name ON people (lower(name))",
    "index ix_holdings_council_post on holdings": "DROP INDEX ix_holdings_council_post;"
    "CREATE INDEX ix_holdings_council_post ON holdings (council, post) WHERE council = ''",
    "column loot on people": "ALTER TABLE people ADD COLUMN loot text GENERATED ALWAYS AS (name || id) STORED",
    "column post on holdings": "ALTER TABLE holdings ALTER COLUMN post SET DEFAULT 'administrator'",
    "constraint hush on events": "ALTER TABLE events ADD CONSTRAINT hush CHECK (kind <> 'raised') NOT VALID",
    "schema practice": "CREATE SCHEMA practice; CREATE TABLE practice.people (LIKE people)",
    "schema empty": "CREATE SCHEMA empty",
    "operator =": f"{_COMPARES}; CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = same)",
    "extension hstore": "CREATE SCHEMA apart; CREATE EXTENSION hstore SCHEMA apart",
    "function same": f"{_COMPARES}; CREATE EXTENSION hstore; ALTER EXTENSION hstore ADD FUNCTION same(varchar, varchar)",
    "column kind on events": "CREATE DOMAIN public.word AS text CHECK (VALUE <> 'closed');"
    "ALTER TABLE events ALTER COLUMN kind TYPE public.word",
    "type word": "CREATE DOMAIN public.word AS text",
    "column person_id on events": "ALTER TABLE events ALTER COLUMN person_id TYPE varchar(300)",
    "column act_key on events": 'ALTER TABLE events ALTER COLUMN act_key TYPE varchar COLLATE "C"',
    "setting search_path": _SET.format("search_path TO public, apart"),
    "setting transform_null_equals": _SET.format("transform_null_equals TO on"),
    "setting synchronous_commit": _SET.format("synchronous_commit TO off"),
    "publication copies": "CREATE PUBLICATION copies FOR TABLE people",
    "sequence counts": "CREATE SEQUENCE counts",
}
SHAPES = [("sqlite", *one) for one in ON_SQLITE.items()] + [
    pytest.param("postgresql", *one, marks=pytest.mark.postgres) for one in ON_POSTGRESQL.items()
]


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine=request.param)
    yield opened
    opened.office.database.close()


def put_there(database: Database, statements: str) -> None:
    engine = create_engine(database.url, poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        raw = engine.raw_connection()
        raw.driver_connection.executescript(statements)  # type: ignore[union-attr]
        raw.close()
    else:
        with engine.begin() as tx:
            tx.execute(text(statements.replace(":", r"\:")))
    engine.dispose()


@pytest.mark.parametrize(("desk", "names", "statements"), SHAPES, indirect=["desk"])
def test_what_the_product_did_not_make_is_named_and_nothing_begins(
    desk: Desk, names: str, statements: str, tmp_path: Path
) -> None:
    office, database = desk.office, desk.office.database
    desk.raised()
    put_there(database, statements)
    said = [one.says for one in prove(office).differences]
    assert f"store: the product did not make {names}" in said
    for begin in (
        database.migrate,
        database.must_be_whole,
        lambda: database.must_be_sealed(office.now()),
    ):
        with pytest.raises(DatabaseNotReady, match=r"did not make|(are|is) gone"):
            begin()
    with pytest.raises(NoBackup):
        back_up(_with_recipient(desk, tmp_path), tmp_path)


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
@pytest.mark.parametrize("what", ["trigger tidy on outbox", "table loot", "view everybody"])
def test_what_is_put_there_while_the_product_runs_stops_the_next_act(desk: Desk, what: str) -> None:
    office, database = desk.office, desk.office.database
    database.must_be_sealed(office.now())
    desk.raised()
    put_there(database, ON_SQLITE[what])
    for _ in range(2):
        with pytest.raises(StorageTrouble) as told:
            desk.raised()
        assert told.value.what is Storage.ALTERED
        assert what in told.value.server
    with database.reading() as tx:
        assert len(current_state.ids(tx, "lambeth")) == 1
    kind, name, *_ = what.split()
    put_there(database, f"DROP {kind} {name}")
    desk.raised()
    assert prove(office).holds


@pytest.mark.parametrize("desk", ["sqlite"], indirect=True)
def test_while_nothing_is_put_there_it_is_looked_through_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.office.database.must_be_sealed(desk.office.now())
    looked: list[object] = []
    monkeypatch.setattr(as_made, "must_be_as_made", lambda *given: looked.append(given))
    desk.raised()
    assert not looked
    put_there(desk.office.database, ON_SQLITE["table loot"])
    for _ in range(2):
        desk.raised()
    assert len(looked) == 1


@pytest.mark.parametrize(
    "desk", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
@pytest.mark.parametrize("guarded", as_made.GUARDED)
def test_a_guard_that_refuses_nothing_is_none(desk: Desk, guarded: str) -> None:
    put_there(desk.office.database, _HOLLOW.format(guarded))
    with pytest.raises(DatabaseNotReady, match=f"guards on the table of {guarded} are gone"):
        desk.office.database.must_be_whole()


GONE = {
    "is taken out": "DROP TRIGGER watch_insert ON people; DROP TRIGGER watch_update ON holdings",
    "is switched off": "ALTER TABLE people DISABLE TRIGGER watch_insert; ALTER TABLE holdings DISABLE TRIGGER USER",
}


@pytest.mark.parametrize(
    "desk", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
@pytest.mark.parametrize("how", GONE)
def test_a_table_that_is_watched_no_longer_is_named_and_nothing_begins(
    desk: Desk, how: str
) -> None:
    """What is written to it would go unsealed, and nobody could say who wrote it."""
    database = desk.office.database
    assert prove(desk.office).holds
    put_there(database, GONE[how])
    said = {one.says for one in prove(desk.office).differences}
    assert said == {
        f"{name}: what has its rows sealed as they are written is gone"
        for name in ("holdings", "people")
    }
    for begin in (database.must_be_whole, database.migrate):
        with pytest.raises(DatabaseNotReady, match="gone from holdings, people"):
            begin()
    found = look(desk.office.settings, database, desk.office.now())[Check.GUARDS]
    assert found.level is Level.WRONG
    assert "gone from holdings, people" in found.says


@pytest.mark.postgres
@pytest.mark.parametrize("desk", ["postgresql"], indirect=True)
def test_names_mean_the_products_own_tables_whatever_path_a_database_is_given(desk: Desk) -> None:
    office, database = desk.office, desk.office.database
    put_there(
        database, "CREATE SCHEMA apart; CREATE TABLE apart.people AS TABLE people WITH NO DATA"
    )
    put_there(database, _SET.format("search_path TO apart, public"))
    database.close()  # whoever connects from here on is given that path
    with database.reading() as tx:
        assert tx.execute(select(tables.people.c.id).where(tables.people.c.id == "iro")).scalar()
    assert desk.raised().id
    said = {
        one.says.removeprefix("store: the product did not make ")
        for one in prove(office).differences
    }
    assert said == {"schema apart", "setting search_path"}


@pytest.mark.parametrize(
    "desk", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
def test_what_the_engine_itself_puts_there_is_left_alone(desk: Desk) -> None:
    put_there(desk.office.database, "ANALYZE")
    desk.office.database.migrate()
    desk.office.database.must_be_whole()
    assert prove(desk.office).holds


def test_a_name_that_somebody_made_up_says_nothing_else(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path))
    database.migrate()
    put_there(database, 'CREATE TABLE "\x1b[2J\nWell: all is well" (x)')
    for number in range(7):
        put_there(database, f"CREATE TABLE {'z' * 200}{number} (x)")
    with pytest.raises(DatabaseNotReady) as refused:
        database.migrate()
    assert str(refused.value).isprintable()
    assert "and 3 more" in str(refused.value)
    assert "z" * 80 not in str(refused.value)


@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def test_an_earlier_version_is_not_brought_up_to_date_over_it(tmp_path: Path, engine: str) -> None:
    """What a trigger does to the rows that a migration moves would be sealed as they then are."""
    database = Database(sqlite_url(tmp_path) if engine == "sqlite" else cluster().empty())
    database.migrate()
    statements = (ON_SQLITE if engine == "sqlite" else ON_POSTGRESQL)["trigger tidy on outbox"]
    put_there(database, statements)
    put_there(database, "UPDATE alembic_version SET version_num = '0016'")
    with pytest.raises(DatabaseNotReady, match=r"did not make: .*trigger tidy on outbox"):
        database.migrate()
    assert database.version() == "0016"
    database.close()


def _with_recipient(desk: Desk, folder: Path) -> Office:
    plan = BackupPlan(recipients=(backup_file.new_identity(folder / "identity"),))
    return replace(desk.office, settings=replace(desk.office.settings, backups=plan))
