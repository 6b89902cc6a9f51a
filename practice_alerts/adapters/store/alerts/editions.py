"""Every edition of a procedure ever used: an alert keeps the one it was raised under, for life."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx


@dataclass(frozen=True, slots=True)
class Edition:
    """`digest` is over all the files together; `version` is as the procedure prints it."""

    digest: str
    council: str
    version: str
    files: Mapping[str, bytes]


def keep(tx: Tx, edition: Edition, at: datetime) -> None:
    """Keep the edition's files, once."""
    digest = edition.digest
    if tx.execute(select(t.editions.c.digest).where(t.editions.c.digest == digest)).first():
        return
    row = {"digest": digest, "council": edition.council, "version": edition.version}
    tx.execute(t.editions.insert(), row | {"first_used_at": at})
    named = sorted(edition.files.items())
    rows = [{"digest": digest, "name": name, "body": body} for name, body in named]
    tx.execute(t.edition_files.insert(), rows)


def files(tx: Tx, digest: str) -> dict[str, bytes]:
    """The edition's files by name; empty where the store never kept it."""
    query = select(t.edition_files).where(t.edition_files.c.digest == digest)
    return {row.name: row.body for row in tx.execute(query)}


def digests(tx: Tx) -> tuple[str, ...]:
    """Of every edition that is kept."""
    return tuple(tx.execute(select(t.editions.c.digest).order_by(t.editions.c.digest)).scalars())
