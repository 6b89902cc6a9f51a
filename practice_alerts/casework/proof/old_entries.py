"""Entries of the security log that are older than they are kept: removed, by an event of the chain that says which."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from practice_alerts.adapters.store.alerts import directory_events, event_store
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import security_rows
from practice_alerts.casework.core.actors import runs_commands
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.destroyed import KEPT
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.seeing.security_entries import (
    ENTRIES_REMOVED,
    EntriesRemoved,
    SecurityEntry,
    SecurityKind,
)
from practice_alerts.domain.standing.how_long_kept import held_for
from practice_alerts.office import Office

OF_NO_COUNCIL: Final = ""
_AT_ONCE: Final = 20_000
_YEAR: Final = 12


def remove_old(office: Office) -> int:
    """How many there were; to be called again and again. Cheap where nothing is old.

    On a server it is the owner of the tables who does it: the product's own role may take none out. While a legal hold stands, whatever was put down since that alert was raised stays.
    """
    before = kept_since(office)
    _, dialect, _ = office.database.parts()
    with office.database.reading() as tx:
        first = security_rows.first_moment(tx)
        if (
            first is None
            or not dialect.may_change_tables(tx)
            or first >= before
            or first >= _until(tx, before)
        ):
            return 0
    gone = 0
    while some := _remove_some(office, before):
        gone += some
    return gone


def kept_since(office: Office) -> datetime:
    """The begin of the month so many months ago: they go once a month, and no day too early."""
    months = office.today.year * _YEAR + office.today.month - 1 - office.settings.kept_for.entries
    return datetime.combine(date(months // _YEAR, months % _YEAR + 1, 1), time(), tzinfo=LONDON)


def _remove_some(office: Office, before: datetime) -> int:
    with office.database.writing() as tx:
        said = security_rows.older(tx, _until(tx, before), _AT_ONCE)
        if said is None:
            return 0
        now = office.now()
        directory_events.append(tx, OF_NO_COUNCIL, said, runs_commands(tx, now), now)
        entry = SecurityEntry(SecurityKind.ENTRIES_REMOVED, what=f"{said.first} to {said.last}")
        security_rows.add(tx, entry, now)  # first: numbers go on from the last that is there
        security_rows.remove(tx, said.last)
    return said.count


def _until(tx: Tx, before: datetime) -> datetime:
    return min((before, *_held_since(tx)))


def _held_since(tx: Tx) -> Iterator[datetime]:
    """When each alert was raised on which a legal hold stands, of any council."""
    for events in event_store.happened_to_each(tx, event_store.alerts_with(tx, KEPT)).values():
        if all(one.what for one in events) and held_for(alert := fold(events)):
            yield alert.raised_at


def removed(tx: Tx) -> tuple[EntriesRemoved, ...]:
    """What was removed so far, the earliest first."""
    every = directory_events.happened(tx, OF_NO_COUNCIL, ENTRIES_REMOVED)
    return tuple(one.what for one in every if isinstance(one.what, EntriesRemoved))
