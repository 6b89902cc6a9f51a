"""Every edition of a procedure that was ever in force: an alert keeps the one it was raised under, for life.

And which each council goes by: the files that lie there, or the last that could be read where these cannot.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from practice_alerts.adapters.files.notices import load_notices
from practice_alerts.adapters.files.procedures import (
    CouncilFiles,
    digest_of,
    load_each,
    load_edition,
)
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database, Tx
from practice_alerts.adapters.store.office import office_settings
from practice_alerts.domain.errors import BadDefinition, Expected, StorageTrouble

_LAST_GOOD = "last_good_edition:"


class EditionAltered(Expected):
    """The rules kept for an alert are not those that it was raised under."""

    def __init__(self, digest: str) -> None:
        super().__init__(
            f"The rules that the store keeps as edition {digest[:12]} were altered past the product, so"
            " nothing is done by them. Restore the store from a backup; practice-alerts verify says more."
        )


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


def of_council(tx: Tx, council: str) -> tuple[str, ...]:
    """The digests of the council's editions, the one that came last first."""
    c = t.editions.c
    query = select(c.digest).where(c.council == council).order_by(c.first_used_at.desc(), c.digest)
    return tuple(tx.execute(query).scalars())


def newest(tx: Tx, council: str) -> str | None:
    """The digest of the council's edition that came last."""
    return next(iter(of_council(tx, council)), None)


def digests(tx: Tx) -> tuple[str, ...]:
    """Of every edition that is kept."""
    return tuple(tx.execute(select(t.editions.c.digest).order_by(t.editions.c.digest)).scalars())


@dataclass(frozen=True, slots=True)
class CouncilsInForce:
    """`councils` are gone by. `at_fault` says of a council why its files are not; those in both go by earlier ones."""

    councils: Mapping[str, CouncilFiles]
    at_fault: Mapping[str, tuple[str, ...]]
    gone: frozenset[str]
    """Of those at fault, the ones that have no folder any more: their open alerts go on, and nothing new begins."""


def in_force(
    database: Database, procedures: Path, form_templates: Path, now: datetime
) -> CouncilsInForce:
    """Raises BadDefinition where no council can be gone by, or what all of them share has a fault."""
    loaded, faults = load_each(procedures, form_templates)
    at_fault = {council: tuple(one.sentence for one in them) for council, them in faults.items()}
    load_notices(form_templates, ())
    for council in loaded:
        at_fault |= _of_texts(form_templates, council)
    _remember(database, loaded, now)
    with database.reading() as tx:
        known = _known(tx)
        for council in sorted(known.keys() - loaded.keys() - at_fault.keys()):
            if _concerns_anybody(tx, council):
                at_fault[council] = (f"{procedures / council} is gone.",)
        gone = frozenset(one for one in at_fault if not (procedures / one).is_dir())
        earlier = {
            council: _last_good(tx, council, known.get(council))
            for council in sorted(at_fault.keys() - loaded.keys())
            if council not in gone or current_state.editions_of_open(tx, council)
        }
    councils = {**loaded, **{name: found for name, found in earlier.items() if found is not None}}
    if not councils:
        raise BadDefinition([fault for them in faults.values() for fault in them])
    return CouncilsInForce(dict(sorted(councils.items())), at_fault, gone)


def _of_texts(form_templates: Path, council: str) -> dict[str, tuple[str, ...]]:
    """What is wrong with its own texts of e-mails: everybody's hold until it is mended."""
    try:
        load_notices(form_templates, [council])
    except BadDefinition as error:
        return {council: tuple(fault.sentence for fault in error.faults)}
    return {}


def _remember(database: Database, loaded: Mapping[str, CouncilFiles], now: datetime) -> None:
    with database.reading() as tx:
        known = _known(tx)
    new = {name: one for name, one in loaded.items() if known.get(name) != one.digest}
    if not new:
        return
    # Where nothing can be written now, the next start remembers it: reading goes on.
    with suppress(StorageTrouble), database.writing() as tx:
        for name, one in new.items():
            version = one.procedure.edition.version
            keep(tx, Edition(one.digest, name, version, one.texts), now)
            office_settings.put_fact(tx, _LAST_GOOD + name, one.digest)


def _concerns_anybody(tx: Tx, council: str) -> bool:
    """Whether there are alerts of it, or somebody works there."""
    of_it = select(t.alerts.c.council).where(t.alerts.c.council == council)
    there = select(t.holdings.c.council).where(t.holdings.c.council == council)
    there = there.where(t.holdings.c.until.is_(None))
    return any(tx.execute(query.limit(1)).first() for query in (of_it, there))


def _known(tx: Tx) -> dict[str, str]:
    found = office_settings.facts(tx, _LAST_GOOD)
    return {name.removeprefix(_LAST_GOOD): digest for name, digest in found.items()}


def _last_good(tx: Tx, council: str, digest: str | None) -> CouncilFiles | None:
    """As it was kept; for a store from before this was kept, the edition of it that was used last."""
    named = digest or newest(tx, council)
    kept = files(tx, named) if named else {}
    if not kept or digest_of(kept) != named:
        return None
    try:
        return load_edition(kept)
    except BadDefinition:
        return None
