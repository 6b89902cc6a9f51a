"""What the office keeps of records, and goes with the last of them: interests, disclosures, and why something was asked for."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from practice_alerts.adapters.store.alerts import current_state, directory_events, event_store
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.directory.directory_acts import (
    DirectoryHappened,
    DirectoryRefused,
    entries,
)
from practice_alerts.domain.disclosure.disclosed import (
    DisclosureBegun,
    DisclosureDropped,
    DisclosureMarked,
)
from practice_alerts.domain.procedure.keeping import anniversary
from practice_alerts.domain.seeing.interests import (
    ChildOf,
    InterestDeclared,
    InterestEnded,
    is_about,
    rests_on,
)

_LAST_OF_CARE: Final = 25  # until then an alert may be raised about a care leaver


def without_records(tx: Tx, council: str, today: date) -> tuple[int, ...]:
    """The numbers in the chain of what is of no use any more, once no record is left that it is about."""
    happened = directory_events.happened(tx, council)
    there = _Remaining(tx, council)
    interests = frozenset(_interests(there, happened, today))
    gone = {*interests, *_asked(tx, happened, interests), *_disclosures(there, happened)}
    return tuple(directory_events.place(tx, council, number)[0] for number in sorted(gone))


@dataclass(frozen=True)
class _Remaining:
    """What is left of the council's alerts."""

    tx: Tx
    council: str

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        some = event_store.in_turn(current_state.ids(self.tx, self.council))
        found = (event_store.happened_to_each(self.tx, each).values() for each in some)
        return tuple(fold(events) for each in found for events in each)

    @cached_property
    def works_here(self) -> frozenset[str]:
        return frozenset(one.id for one in directory.everybody(self.tx))

    def has_of(self, child: ChildOf) -> bool:
        return any(is_about(child, one.answers) for one in self.alerts)

    def shuts_out(self, what: InterestDeclared, number: int) -> bool:
        """Of any of them?"""
        return any(rests_on(what, number, one) for one in self.alerts)


def _interests(
    there: _Remaining, happened: Iterable[DirectoryHappened], today: date
) -> Iterator[int]:
    """Those that shut nobody out any more, and could not: withdrawn, of somebody who has left, or in whom no alert can be raised."""
    every = tuple(happened)
    ended = {one.what.number for one in every if isinstance(one.what, InterestEnded)}
    declared = [(one, one.what) for one in every if isinstance(one.what, InterestDeclared)]
    spent = (
        (one.number, what)
        for one, what in declared
        if one.number in ended or what.person not in there.works_here or _is_grown_up(what, today)
    )
    yield from (number for number, what in spent if not there.shuts_out(what, number))


def _is_grown_up(what: InterestDeclared, today: date) -> bool:
    return what.born is not None and anniversary(what.born, _LAST_OF_CARE) <= today


def _asked(
    tx: Tx, happened: Iterable[DirectoryHappened], interests: Collection[int]
) -> Iterator[int]:
    """What was asked for of records that are all gone, or of such an interest, with the reasons of who asked and who refused.

    That somebody asked, and that it was confirmed, stays; why records were destroyed, their certificate says.
    """
    every = entries(happened)
    left = current_state.by_ids(tx, {one.alert_id for entry in every for one in entry.what.records})
    for entry in every:
        of = [one.alert_id for one in entry.what.records]
        is_over = entry.what.interest in interests or (bool(of) and left.keys().isdisjoint(of))
        if is_over:
            yield entry.number
            if entry.ended is not None and isinstance(entry.ended.what, DirectoryRefused):
                yield entry.ended.number


def _disclosures(there: _Remaining, happened: Iterable[DirectoryHappened]) -> Iterator[int]:
    """Those of which no alert is left: whom they were about, and what was kept back. That one was issued stays."""
    every = tuple(happened)
    begun = {one.number: one.what for one in every if isinstance(one.what, DisclosureBegun)}
    named = {alert for what in begun.values() for alert in what.alerts}
    left = current_state.by_ids(there.tx, named)
    over = {
        number
        for number, what in begun.items()
        if not (any(one in left for one in what.alerts) if what.alerts else _is_of_use(there, what))
    }
    yield from over
    for one in every:
        if isinstance(one.what, DisclosureMarked | DisclosureDropped) and one.what.number in over:
            yield one.number


def _is_of_use(there: _Remaining, what: DisclosureBegun) -> bool:
    """Of one that was begun when no alert had to be in it: is there one about the child, or does the person work here?"""
    meant = what.meant
    return meant.person in there.works_here if meant.person else there.has_of(meant)
