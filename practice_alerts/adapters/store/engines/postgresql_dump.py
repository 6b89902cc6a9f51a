"""Dumps of a server's store: of one that is brought back the rows alone are taken, and nothing of it is run.

A dump is a program. Its definitions, and even the statements that announce its rows, are whatever somebody wrote into them,
and whoever restores it runs them with their own rights. So the tables are those of our migrations, `pg_restore` never
meets the server, and the rows that it prints go into our tables by statements of our own.
"""

import os
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final

from sqlalchemy import URL, Connection, MetaData, NullPool, create_engine, text

from practice_alerts.domain.errors import Expected

MakeAsOf = Callable[[Connection, str], AbstractContextManager[None]]
"""Within a transaction: the empty, guarded tables of a version, and at its end what watches their rows."""

_AS_WRITTEN: Final = {"client_encoding": "UTF8", "options": "-c search_path=public,pg_temp"}
"""Whatever the database is set to."""
_SECRET = ("password", "sslpassword")
_VERSIONS: Final = "alembic_version"
_ROWS, _COUNTS = "TABLE DATA", "SEQUENCE SET"
_NOT_TAKEN: Final = frozenset(
    {"ACL", "DEFAULT ACL", "COMMENT", "SECURITY LABEL", "STATISTICS", "PUBLICATION TABLE"}
)
"""Who may do what is said anew, and of the rest the product makes none and needs none."""
_WATCHES = re.compile(r"TRIGGER \w+ watch_(insert|update|delete) .*|FUNCTION note_touched\(\) .*")
"""What an earlier version's look like does not matter: they are made anew."""
_ENTRY = re.compile(r"(\d+); \d+ \d+ ([A-Z]++(?: [A-Z]++)*+) (\S++) (.*)")
_BEGINS = re.compile(rb'COPY public\."?(\w+)"? \(([^()]+)\) FROM stdin;\n')
_ENDS = b"\\.\n"
_COUNTED = re.compile(rb"SELECT pg_catalog\.setval\('public\.(\w+)', (\d{1,18}), (true|false)\);\n")
_PIECE = 1 << 16
_SHOWN, _SIGNS = 5, 80
_OF_ROWS = ("22", "23")
"""How the server's code begins where the rows are at fault, and not the server."""

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_FUNCTIONS = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    " AND oid NOT IN (SELECT objid FROM pg_depend WHERE deptype = 'e')"
)
_MADE = """
WITH ours AS (SELECT oid, relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace)
SELECT kind || relname FROM ours, unnest(ARRAY['TABLE ', 'TABLE DATA ']) AS kind WHERE relkind = 'r'
UNION ALL SELECT kind || relname FROM ours, unnest(ARRAY['SEQUENCE ', 'SEQUENCE OWNED BY ', 'SEQUENCE SET ']) AS kind
  WHERE relkind = 'S'
UNION ALL SELECT 'INDEX ' || relname FROM ours WHERE relkind = 'i'
UNION ALL SELECT 'DEFAULT ' || relname || ' ' || attname FROM pg_attrdef JOIN ours ON ours.oid = adrelid
  JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
UNION ALL SELECT CASE contype WHEN 'f' THEN 'FK CONSTRAINT ' ELSE 'CONSTRAINT ' END || relname || ' ' || conname
  FROM pg_constraint JOIN ours ON ours.oid = conrelid
UNION ALL SELECT 'TRIGGER ' || relname || ' ' || tgname FROM pg_trigger JOIN ours ON ours.oid = tgrelid
  WHERE NOT tgisinternal
UNION ALL SELECT 'FUNCTION ' || proname || '(' || pg_get_function_identity_arguments(oid) || ')' FROM pg_proc
  WHERE pronamespace = 'public'::regnamespace
"""


class BadDump(Expected):
    """Holds what the product does not make, or not what it makes; nothing of it was run."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Of its table of contents. `name` is followed by whose it was, without a sign between that no name can have."""

    number: str
    kind: str
    schema: str
    name: str

    @property
    def shown(self) -> str:
        return ascii(f"{self.kind.lower()} {self.name}")[1:-1][:_SIGNS]


def save(tx: Connection, file: Path) -> URL | None:
    """With pg_dump, of the very snapshot that this transaction sees; pg_restore then reads all of it."""
    snapshot = tx.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
    file.touch(0o600)
    its_own = ("--format=custom", "--schema=public", f"--snapshot={snapshot}", f"--file={file}")
    _run("pg_dump", *its_own, to=tx.engine.url)
    _run("pg_restore", "--file=/dev/null", str(file))
    return None


@contextmanager
def load(url: URL, file: Path, make: MakeAsOf) -> Iterator[URL]:
    """Into an empty database, as its owner; what fails leaves it as it was. Nobody else may be let in meanwhile.

    Raises BadDump, and OSError where a program or the server does not do its part.
    """
    entries = _listed(file)
    version = _version(file, entries)
    engine = create_engine(url, poolclass=NullPool, connect_args=_AS_WRITTEN)
    with engine.connect() as connection:
        before = {*connection.exec_driver_sql(_FUNCTIONS).scalars()}
    try:
        with engine.begin() as tx, make(tx, version):
            _must_be_ours(tx, entries)
            _fill(tx, file, entries)
        yield url
    except BaseException:
        with engine.begin() as tx:
            _clear(tx, before)
        raise
    finally:
        engine.dispose()


def _clear(tx: Connection, before: set[str]) -> None:
    """The tables, with whatever belongs to them, and the functions that were not there before."""
    for table in tx.exec_driver_sql(_TABLES).scalars().all():
        tx.exec_driver_sql(f'DROP TABLE "{table}" CASCADE')
    for function in {*tx.exec_driver_sql(_FUNCTIONS).scalars()} - before:
        tx.exec_driver_sql(f"DROP ROUTINE IF EXISTS {function} CASCADE")


def _listed(file: Path) -> tuple[_Entry, ...]:
    text = _run("pg_restore", "--format=custom", "--list", str(file)).decode("utf-8", "replace")
    lines = [one for one in text.split("\n") if one and not one.startswith(";")]
    found = [_ENTRY.fullmatch(one) for one in lines]
    if not all(found):
        raise _bad("its table of contents cannot be read")
    return tuple(_Entry(*one.groups()) for one in found if one)


def _version(file: Path, entries: Sequence[_Entry]) -> str:
    """Which tables it is of, by the row that it bears."""
    with _printed(file, [_of_kind(entries, _ROWS, _VERSIONS)]) as lines:
        for line in lines:
            if (begun := _BEGINS.fullmatch(line)) and begun[1].decode() == _VERSIONS:
                rows = [*_until_the_end(lines)]
                if len(rows) == 1 and re.fullmatch(rb"[0-9a-z_]{1,32}\n", rows[0]):
                    return rows[0].decode().strip()
    raise _bad("it does not say of which version it is")


def _must_be_ours(tx: Connection, entries: Iterable[_Entry]) -> None:
    """In the product's own schema; of others nothing is taken."""
    made = tuple(f"{one} " for one in tx.exec_driver_sql(_MADE).scalars())
    foreign = [
        one.shown
        for one in entries
        if one.schema == "public"
        and one.kind not in _NOT_TAKEN
        and not f"{one.kind} {one.name} ".startswith(made)
        and not _WATCHES.fullmatch(f"{one.kind} {one.name} ")
    ]
    if foreign:
        more = f" and {len(foreign) - _SHOWN} more" if len(foreign) > _SHOWN else ""
        raise _bad(
            f"there is something in it that the product did not make: {', '.join(foreign[:_SHOWN])}{more}"
        )


def _fill(tx: Connection, file: Path, entries: Sequence[_Entry]) -> None:
    """Each table in the order in which one refers to another."""
    made = MetaData()
    made.reflect(tx)
    tables = [one for one in made.sorted_tables if one.name != _VERSIONS]
    waiting = {one.name: {column.name for column in one.columns} for one in tables}
    wanted = [_of_kind(entries, _ROWS, name) for name in waiting]
    counts = [one for one in entries if (one.kind, one.schema) == (_COUNTS, "public")]
    with _printed(file, [*wanted, *counts]) as lines:
        for line in lines:
            if begun := _BEGINS.fullmatch(line):
                name, columns = begun[1].decode(), _names(begun[2])
                if waiting.pop(name, None) != {*columns}:
                    raise _bad(f"its rows of {name} are not those of the table")
                _copy(tx, name, columns, _until_the_end(lines))
            elif counted := _COUNTED.fullmatch(line):
                is_used = counted[3] == b"true"
                _count_on(tx, counted[1].decode(), int(counted[2]), is_used=is_used)
    if waiting:
        raise _bad(f"there are no rows in it of {min(waiting)}")


def _names(columns: bytes) -> list[str]:
    return [one.strip('"') for one in columns.decode().split(", ")]


def _until_the_end(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        if line == _ENDS:
            return
        yield line
    raise _bad("it ends within a table")


def _copy(tx: Connection, table: str, columns: Sequence[str], rows: Iterable[bytes]) -> None:
    """`table` and `columns` are names of our own."""
    named = ", ".join(f'"{one}"' for one in columns)
    connection: Any = tx.connection.driver_connection
    try:
        with (
            connection.cursor() as cursor,
            cursor.copy(f'COPY public."{table}" ({named}) FROM STDIN') as copy,
        ):
            for piece in _in_pieces(rows):
                copy.write(piece)
    except tx.dialect.loaded_dbapi.Error as error:
        if str(getattr(error, "sqlstate", "")).startswith(_OF_ROWS):
            raise _bad(f"its rows of {table} are not those of the table") from error
        raise OSError(f"the server: {str(error).strip()[:500]}") from error


def _in_pieces(rows: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for row in rows:
        held += row
        if len(held) >= _PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _count_on(tx: Connection, sequence: str, last: int, *, is_used: bool) -> None:
    ours = "SELECT FROM pg_sequences WHERE schemaname = 'public' AND sequencename = :name"
    if tx.execute(text(ours), {"name": sequence}).one_or_none() is not None:
        said = {"name": f'public."{sequence}"', "last": max(last, 1), "used": is_used}
        tx.execute(text("SELECT setval(CAST(:name AS regclass), :last, :used)"), said)


def _of_kind(entries: Iterable[_Entry], kind: str, name: str) -> _Entry:
    found = [
        one
        for one in entries
        if (one.kind, one.schema) == (kind, "public") and f"{one.name} ".startswith(f"{name} ")
    ]
    if len(found) != 1:
        raise _bad(f"there are {'two' if found else 'no'} tables in it called {name}")
    return found[0]


def _bad(why: str) -> BadDump:
    return BadDump(f"The backup's dump is none of the product's: {why}. Take another backup.")


@contextmanager
def _printed(file: Path, entries: Iterable[_Entry]) -> Iterator[Iterator[bytes]]:
    """What pg_restore would send a server of these entries, in this order, by lines; nobody runs it."""
    chosen = file.with_name(f"{file.name}.chosen")
    chosen.write_text("".join(f"{one.number};\n" for one in entries), "ascii")
    words = ("--format=custom", "--data-only", f"--use-list={chosen}", "--file=-", str(file))
    with TemporaryFile() as said:
        try:
            program = subprocess.Popen(["pg_restore", *words], stdout=subprocess.PIPE, stderr=said)  # noqa: S603, S607 - its own tool, and nothing that anybody typed
        except FileNotFoundError:
            raise _not_installed("pg_restore") from None
        with program:
            try:
                lines = iter(program.stdout or ())
                yield lines
                for _ in lines:  # to its end, or it complains that nobody listens
                    pass
                if program.wait():
                    said.seek(0)
                    raise _said("pg_restore", said.read())
            finally:
                program.kill()
                chosen.unlink(missing_ok=True)


def _run(program: str, *words: str, to: URL | None = None) -> bytes:
    """What it prints. The password goes by the environment: what a program is called with every account can read."""
    named, secret = [], {}
    if to is not None:
        asked = {name: one for name, one in to.query.items() if name not in _SECRET}
        address = to.set(drivername="postgresql", password=None, query=asked)
        named = [f"--dbname={address.render_as_string()}"]
        password = to.password or to.query.get("password")
        secret = {"PGPASSWORD": str(password)} if password else {}
    try:
        done = subprocess.run(  # noqa: S603 - its own tools, and nothing that anybody typed
            [program, *named, *words],
            env={**os.environ, **secret},
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise _not_installed(program) from None
    if done.returncode:
        raise _said(program, done.stderr)
    return done.stdout


def _not_installed(program: str) -> OSError:
    return OSError(f"{program} is not installed: Debian's postgresql-client has it")


def _said(program: str, words: bytes) -> OSError:
    return OSError(f"{program}: {words.decode('utf-8', 'replace').strip()[:500]}")
