"""What the product makes of a store, against which the store itself is held."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table

from practice_alerts.adapters.store.engines.keyed import Keyed

REMOVED_BY: Final[Mapping[str, str]] = {"security_log": "security_entries_removed"}
"""Tables of which old rows go: once an event of this kind says up to which, in the chain under no council."""

_VERSION = Table(  # as Alembic makes it
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


@dataclass(frozen=True)
class AsMade:
    """The tables that the migrations come to, those whose rows are only ever added, and those watched."""

    metadata: MetaData
    guarded: tuple[str, ...]
    watched: Mapping[str, Keyed]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        return (*self.metadata.sorted_tables, _VERSION)


def clauses(sql: str) -> tuple[str, list[str], str]:
    """Of a CREATE TABLE: its head, what is said of columns and rows in any order, and what follows.

    A column that came later stands last, and SQLite quotes names as it likes.
    """
    text = " ".join(sql.replace('"', "").split())
    head, _, rest = text.partition("(")
    within, _, after = rest.rpartition(")")
    return head.strip(), sorted(_apart(within)), after.strip()


def _apart(within: str) -> Iterator[str]:
    depth, begun = 0, 0
    for found in re.finditer(r"[(),]", within):
        depth += {"(": 1, ")": -1, ",": 0}[found[0]]
        if found[0] == "," and depth == 0:
            yield within[begun : found.start()].strip()
            begun = found.end()
    yield within[begun:].strip()
