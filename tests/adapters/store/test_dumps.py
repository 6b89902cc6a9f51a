"""Of a dump the rows are taken and nothing is run, whatever somebody wrote into it; what it made before goes on being restored."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from practice_alerts import ROOT
from practice_alerts.adapters import backup_file
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import as_made
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.core.versions import newest_after
from practice_alerts.adapters.store.engines.postgresql_dump import BadDump
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.upkeep.restore import restore
from practice_alerts.casework.upkeep.restoring import NotRestored, Restoring
from practice_alerts.domain.errors import Expected
from practice_alerts.office import Office
from tests.adapters.store.test_nothing_besides import _SET, ON_POSTGRESQL, put_there
from tests.casework.upkeep.test_backup_and_restore import begun
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import cluster

pytestmark = pytest.mark.postgres

KEPT = ROOT / "tests/fixtures/backup_of_schema_0021"
_EVERYTHING = """
SELECT 'relation', nspname || '.' || relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
UNION ALL SELECT 'type', nspname || '.' || typname FROM pg_type JOIN pg_namespace ON pg_namespace.oid = typnamespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
UNION ALL SELECT 'function', proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
UNION ALL SELECT 'schema', nspname FROM pg_namespace WHERE nspname !~ '^pg_'
"""
_OWN = "CREATE SCHEMA own; CREATE FUNCTION own_one() RETURNS int LANGUAGE sql AS 'SELECT 1'"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine="postgresql")
    opened.raised()
    yield opened
    opened.office.database.close()


def everything(database: Database) -> set[tuple[str, str]]:
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.connect() as connection:
        return {(kind, name) for kind, name in connection.execute(text(_EVERYTHING))}


def dumped(desk: Desk, to: Path) -> Path:
    with desk.office.database.saved(to):
        return to


def as_before(desk: Desk, to: Path) -> Path:
    """As the product dumped a store until now: the whole database."""
    at = desk.office.database.url.replace("+psycopg", "")
    subprocess.run(["pg_dump", f"--dbname={at}", "--format=custom", f"--file={to}"], check=True)
    return to


def put_back(file: Path) -> list[str]:
    """Into an empty database: which alerts there are then."""
    with closing(Database(cluster().empty())) as place:
        with place.loaded(file) as new:
            new.migrate()
        with place.reading() as tx:
            return list(current_state.ids(tx))


def refused(file: Path) -> str:
    """What is said; in the database is what was there before, and nothing else."""
    with closing(Database(cluster().empty())) as place:
        put_there(place, _OWN)
        before = everything(place)
        with pytest.raises((Expected, OSError)) as said, place.loaded(file):
            raise AssertionError("it was taken")
        assert everything(place) == before
    return str(said.value)


def test_the_rows_come_back_and_numbers_go_on(desk: Desk, tmp_path: Path) -> None:
    desk.raised()
    with desk.office.database.reading() as tx:
        ids = list(current_state.ids(tx))
    assert put_back(dumped(desk, tmp_path / "dump")) == ids
    with closing(Database(cluster().empty())) as place:
        with place.loaded(tmp_path / "dump"):
            pass
        assert counted(place) == counted(desk.office.database)


def counted(database: Database) -> list[tuple[str, int]]:
    engine = create_engine(database.url, poolclass=NullPool)
    query = "SELECT sequencename, last_value FROM pg_sequences WHERE last_value > 1 ORDER BY 1"
    with engine.connect() as connection:
        found = [(name, last) for name, last in connection.execute(text(query))]
    assert found
    return found


REFUSED = {
    "trigger tidy on outbox",
    "function lower",
    "view everybody",
    "materialised view everybody",
    "table loot",
    "inheriting table more on people",
    "rule hush on security_log",
    "policy hush on people",
    "row security people",
    "index by_name on people",
    "constraint hush on events",
    "operator =",
    "type word",
    "sequence counts",
}
"""The others bear a name of ours, stand elsewhere, or are no entry of their own: of these nothing is taken."""


@pytest.mark.parametrize("names", ON_POSTGRESQL)
def test_what_is_not_as_the_product_makes_it_is_refused_or_not_taken(
    desk: Desk, names: str, tmp_path: Path
) -> None:
    """Never is it in the store afterwards, and after a refusal nothing else is."""
    put_there(desk.office.database, ON_POSTGRESQL[names])
    file = as_before(desk, tmp_path / "dump")
    with closing(Database(cluster().empty())) as place:
        before = everything(place)
        said = ""
        try:
            with place.loaded(file) as new, new.reading() as tx:
                as_made.must_be_as_made(new.parts()[1], tx)
        except BadDump as told:
            said = str(told)
            assert everything(place) == before
            assert said.isprintable()
            assert said.endswith("Take another backup.")
        assert said or names not in REFUSED


def test_types_and_other_schemas_are_not_made(desk: Desk, tmp_path: Path) -> None:
    put_there(
        desk.office.database,
        "CREATE SCHEMA elsewhere; CREATE FUNCTION elsewhere.act() RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "CREATE TABLE elsewhere.loot (x int DEFAULT elsewhere.act()); CREATE TYPE elsewhere.kind AS ENUM ('a');",
    )
    assert put_back(as_before(desk, tmp_path / "dump"))
    put_there(desk.office.database, "CREATE TYPE kind AS ENUM ('a')")
    assert "type kind" in refused(dumped(desk, tmp_path / "dump2"))


def test_where_a_database_looks_first_nothing_is_made(desk: Desk, tmp_path: Path) -> None:
    """What it is set to is refused once the store is looked at; by then the tables were where they belong."""
    file = dumped(desk, tmp_path / "dump")
    with closing(Database(cluster().empty())) as place:
        put_there(place, f"CREATE SCHEMA apart; {_SET.format('search_path TO apart, public')}")
        before = everything(place)

        def taken() -> None:
            with place.loaded(file) as new:
                assert ("relation", "public.events") in everything(place)
                assert ("relation", "apart.events") not in everything(place)
                new.migrate()

        with pytest.raises(Expected, match="setting search_path"):
            taken()
        assert everything(place) == before


RUNS = {
    "in the place of rows": (b"COPY public.people ", b"DROP SCHEMA own CASCADE; -- "),
    "a program of the machine": (b"COPY public.people ", b"COPY own_one FROM PROGRAM 'true'; -- "),
    "into another table": (b"COPY public.people ", b"COPY public.duties "),
    "other columns": (b"COPY public.people (", b"COPY public.people (loot, "),
}


@pytest.mark.parametrize("how", RUNS)
def test_what_announces_rows_is_not_run_either(desk: Desk, how: str, tmp_path: Path) -> None:
    """That is a text in the file as well, and pg_restore sends it as it is."""
    file = dumped(desk, tmp_path / "dump")
    whole = file.read_bytes()
    was, now = RUNS[how]
    start = whole.index(was)
    end = whole.index(b"FROM stdin;\n", start) + len(b"FROM stdin;\n")
    begins = now + whole[start + len(was) :]
    file.write_bytes(whole[:start] + begins[: end - start - 1] + b"\n" + whole[end:])
    printed = ["pg_restore", "--data-only", "--file=-", str(file)]
    assert now in subprocess.run(printed, check=True, capture_output=True).stdout
    assert "those of the table" in (said := refused(file)) or "no rows in it of" in said


def test_rows_that_the_tables_do_not_take(desk: Desk, tmp_path: Path) -> None:
    statements = (
        "ALTER TABLE holdings DROP CONSTRAINT IF EXISTS fk_holdings_person_id_people;"
        "ALTER TABLE people ALTER COLUMN name DROP NOT NULL; UPDATE people SET name = NULL"
    )
    put_there(desk.office.database, statements)
    assert "its rows of people" in refused(dumped(desk, tmp_path / "dump"))


@pytest.mark.parametrize("body", [b"", b"hello" * 1000, b"PGDMP\x01\x0e\x00" + b"\xff" * 500])
def test_what_is_no_dump(body: bytes, tmp_path: Path) -> None:
    file = tmp_path / "dump"
    file.write_bytes(body)
    assert refused(file)


@pytest.mark.parametrize("version", ["0013", "0016", "0020"])
def test_a_dump_of_an_earlier_version_is_brought_up_to_this_one(
    version: str, tmp_path: Path
) -> None:
    with closing(Database(cluster().empty())) as before:
        engine = create_engine(before.url, poolclass=NullPool)
        dialect = before.parts()[1]
        with engine.begin() as tx, as_made.empty_as_of(dialect, bool, tx, version):
            pass
        assert before.version() == version
        file = as_before(_of(before), tmp_path / "dump")
    with closing(Database(cluster().empty())) as place:
        with place.loaded(file) as new:
            assert new.version() == version
            new.migrate()
        assert place.version() == newest_after(version)
        with place.reading() as tx:
            as_made.must_be_as_made(dialect, tx)


def test_a_version_that_is_not_ours(desk: Desk, tmp_path: Path) -> None:
    put_there(desk.office.database, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer product" in refused(dumped(desk, tmp_path / "dump"))
    put_there(desk.office.database, "UPDATE alembic_version SET version_num = '../x'")
    assert "of which version" in refused(dumped(desk, tmp_path / "dump"))


def test_a_backup_that_was_made_before_is_restored(tmp_path: Path) -> None:
    """By the state of 29 November 2026, of the whole database."""
    drill = begun(tmp_path, "postgresql")
    drill.office.database.close()
    said = json.loads((KEPT / "contents.json").read_text("utf-8")) | {"product": "0.2.0"}
    file = tmp_path / "before.tar.age"
    backup_file.write(file, {"store": KEPT / "store"}, said, [drill.recipient])
    new = drill.empty_place()
    wanted = Restoring(file, (drill.identity,), "Nia Fiction", "The machine is gone.")
    with pytest.raises(NotRestored, match="no witness"):
        restore(new, wanted)
    found = "\n".join(restore(new, replace(wanted, without_witness=True)))
    assert "of 2 alerts, each following from the one before" in found
    assert prove(new).holds
    new.database.close()


def _of(database: Database) -> Desk:
    desk = Desk.__new__(Desk)
    desk.office = Office.__new__(Office)
    object.__setattr__(desk.office, "database", database)
    return desk
