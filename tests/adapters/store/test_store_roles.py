"""On PostgreSQL the product's role owns nothing: the engine itself refuses it what would alter the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import text

from practice_alerts.adapters.store.core import tables
from practice_alerts.domain.errors import StorageTrouble
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.postgresql import AS_PRODUCT, PRODUCT

pytestmark = pytest.mark.postgres

ONLY_ADDED = ("events", "seals", "security_log")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", engine=AS_PRODUCT)
    opened.raised()
    yield opened
    opened.office.database.close()


@pytest.fixture
def session(desk: Desk) -> Iterator[psycopg.Connection]:
    """As somebody who has found out the product's own address, and writes past it."""
    address = desk.office.database.url.replace("+psycopg", "")
    with psycopg.connect(address, autocommit=True) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (PRODUCT,)
        yield connection


@pytest.mark.parametrize("table", ONLY_ADDED)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {} SET id = id",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "ALTER TABLE {} DISABLE TRIGGER USER",
        "DROP TRIGGER {0}_are_never_touched_by_update ON {0}",
        "DROP TABLE {} CASCADE",
        "ALTER FUNCTION {}_are_only_ever_added() SET search_path = pg_temp",
        "GRANT UPDATE ON {} TO CURRENT_USER",
    ],
)
def test_what_is_only_ever_added_is_changed_by_nobody(
    session: psycopg.Connection, table: str, statement: str
) -> None:
    def rows() -> list[tuple[object, ...]]:
        asked = sql.SQL("SELECT * FROM {} ORDER BY id").format(sql.Identifier(table))
        return session.execute(asked).fetchall()

    before = rows()
    if statement.startswith("GRANT"):  # a warning, and nothing granted
        session.execute(statement.format(table).encode())
        statement = "UPDATE {} SET id = id"
    with pytest.raises(InsufficientPrivilege):
        session.execute(statement.format(table).encode())
    assert rows() == before


@pytest.mark.parametrize(
    "statement",
    [
        "SET session_replication_role = replica",  # no trigger would go off
        "CREATE TABLE elsewhere (id int)",
        "ALTER TABLE payloads ADD COLUMN more text",
        "UPDATE alembic_version SET version_num = '0001'",
        "SET ROLE alerts_owner",
    ],
)
def test_it_makes_no_tables_and_becomes_nobody_else(
    session: psycopg.Connection, statement: str
) -> None:
    with pytest.raises(InsufficientPrivilege):
        session.execute(statement.encode())
    assert session.execute("SELECT count(*) FROM events").fetchone() == (2,)


def test_every_other_table_it_reads_and_writes(session: psycopg.Connection) -> None:
    for name in tables.metadata.tables:
        statements = ["INSERT INTO {0} SELECT * FROM {0} WHERE false"]
        statements += [] if name in ONLY_ADDED else ["DELETE FROM {0} WHERE false"]
        for statement in statements:
            assert session.execute(statement.format(name).encode()).rowcount == 0
    assert {*ONLY_ADDED} < tables.metadata.tables.keys()


def test_it_is_told_as_trouble_and_nothing_is_recorded(desk: Desk) -> None:
    with pytest.raises(StorageTrouble), desk.office.database.writing() as tx:
        tx.execute(text("DELETE FROM events"))
    assert not desk.office.database.could_lift_guards()
    assert not desk.office.database.forget()  # the tables are laid anew by their owner
