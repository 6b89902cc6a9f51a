"""What the office keeps that names a child, and goes with the last record about it: interests, and disclosures."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from practice_alerts.adapters.store.alerts import current_state, directory_events, event_store
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.directory.directory_acts import DirectoryHappened
from practice_alerts.domain.disclosure.disclosed import (
    DisclosureBegun,
    DisclosureDropped,
    DisclosureMarked,
)
from practice_alerts.domain.procedure.keeping import anniversary
from practice_alerts.domain.seeing.interests import InterestDeclared, InterestEnded, is_about

_LAST_OF_CARE: Final = 25  # until then an alert may be raised about a care leaver


def without_records(tx: Tx, council: str, today: date) -> tuple[int, ...]:
    """The numbers in the chain of what is of no use any more, once no record is left that it is about."""
    happened = directory_events.happened(tx, council)
    gone = {*_interests(tx, council, happened, today), *_disclosures(tx, happened)}
    return tuple(directory_events.place(tx, council, number)[0] for number in sorted(gone))


def _interests(
    tx: Tx, council: str, happened: Iterable[DirectoryHappened], today: date
) -> Iterator[int]:
    """Those that shut nobody out any more, and could not: withdrawn, of somebody who has left, or in whom no alert can be raised."""
    every = tuple(happened)
    ended = {one.what.number for one in every if isinstance(one.what, InterestEnded)}
    declared = [(one, one.what) for one in every if isinstance(one.what, InterestDeclared)]
    works_here = {one.id for one in directory.everybody(tx)}
    spent = [
        (one.number, what)
        for one, what in declared
        if one.number in ended or what.person not in works_here or _is_grown_up(what, today)
    ]
    if spent:
        there = tuple(_every_child(tx, council))
        yield from (
            number for number, what in spent if not any(is_about(what, one) for one in there)
        )


def _is_grown_up(what: InterestDeclared, today: date) -> bool:
    return what.born is not None and anniversary(what.born, _LAST_OF_CARE) <= today


def _every_child(tx: Tx, council: str) -> Iterator[Mapping[str, Any]]:
    """What the form of each alert of the council says of whom it is about."""
    for some in event_store.in_turn(current_state.ids(tx, council)):
        found = event_store.happened_to_each(tx, some)
        yield from (fold(events).answers for events in found.values())


def _disclosures(tx: Tx, happened: Iterable[DirectoryHappened]) -> Iterator[int]:
    """Those of which no alert is left: whom they were about, and what was kept back. That one was issued stays."""
    every = tuple(happened)
    begun = {one.number: one.what for one in every if isinstance(one.what, DisclosureBegun)}
    there = current_state.by_ids(tx, {alert for what in begun.values() for alert in what.alerts})
    over = {
        number
        for number, what in begun.items()
        if what.alerts and not any(one in there for one in what.alerts)
    }
    yield from over
    for one in every:
        if isinstance(one.what, DisclosureMarked | DisclosureDropped) and one.what.number in over:
            yield one.number
