"""In which part of a list each alert lies, how many lie there, and which of them stand first."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, get_args

from practice_alerts.adapters.store.alerts import tray_rows
from practice_alerts.adapters.store.alerts.late_or_waiting_sql import StageKey
from practice_alerts.adapters.store.alerts.let_in_rows import TrayReader
from practice_alerts.adapters.store.alerts.tray_rows import AskedList, Brief, ListPart
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.list_status import asks, day_of, ladders_at, unread_of
from practice_alerts.casework.core.loaded_alert import load_each
from practice_alerts.casework.views.tray_parts import AGAIN, ORDER
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.complete import complete
from practice_alerts.domain.deadlines import stage_facts
from practice_alerts.domain.deadlines.working_days import add_working_days
from practice_alerts.domain.standing.list_filters import Filters, Order
from practice_alerts.domain.standing.standings import NEEDS_OFFICER, UNANSWERED, Pile
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class PartOfList:
    """One part of a list: how many there are, and the ids of the first of them."""

    name: str
    count: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Piles:
    """The alerts of one list, sorted for whoever reads it.

    Of what is one's own each is read, since what is left to do in it no column says. Of a team or the whole service the
    database counts, sorts and cuts: what is not shown is not read.
    """

    office: Office
    tx: Tx
    actor: Actor
    reader: TrayReader
    filters: Filters

    def parts(self, most: Callable[[str], int]) -> list[PartOfList]:
        """Every part in its order, with at least so many of its ids as are wanted."""
        if self.filters.whose != "mine":
            return self._of_others(most)
        found = {name: (*ids,) for name, ids in self._own().items()}
        if self.filters.is_own_tray:
            found[AGAIN] = tray_rows.to_look_at_again(self.tx, self.reader, self.office.today)
        return [PartOfList(name, len(ids), ids) for name, ids in found.items()]

    @cached_property
    def _asked(self) -> AskedList:
        calendar = self.office.calendar(self.actor.council, self.tx)
        until = add_working_days(self.office.today, self.filters.within or 0, calendar)
        day = day_of(self.office, self.tx, self.actor)
        return AskedList(self.reader, self.filters, day, until)

    def _own(self) -> dict[str, list[str]]:
        found = self._seen(tray_rows.briefs(self.tx, self._asked))
        parts, done = {name: list[Brief]() for name in ORDER}, self._done(found)
        for one in found:
            name = _part_of(one.pile, self.filters.whose, is_own=one.is_own)
            parts["waiting" if name == "to-answer" and one.id in done else name].append(one)

        def key(one: Brief) -> tuple[Any, ...]:
            return (_PLACES[self.filters.order](self.office, one), one.first_due, one.reference)

        return {name: [one.id for one in sorted(rows, key=key)] for name, rows in parts.items()}

    def _of_others(self, most: Callable[[str], int]) -> list[PartOfList]:
        asked = self._asked
        if asks(self.office, self.actor):
            every = [one.id for one in tray_rows.briefs(self.tx, asked)]
            unread = unread_of(self.office, self.tx, self.actor, every)
            asked = asked._replace(reader=replace(self.reader, unread=unread))
        counted = tray_rows.counted(self.tx, asked)
        places = {at: _from_the_top(self.office, at) for _, at in counted}
        found = []
        for name, piles in _parts_of(self.filters.whose).items():
            if count := sum(some for (pile, _), some in counted.items() if pile in piles):
                part = ListPart(piles, most(name), places)
                found.append(PartOfList(name, count, tray_rows.first_of(self.tx, asked, part)))
        return found

    def _seen(self, found: list[Brief]) -> list[Brief]:
        """Without what the table of permissions keeps from them."""
        unread = unread_of(self.office, self.tx, self.actor, [one.id for one in found])
        return [one for one in found if one.id not in unread]

    def _done(self, found: Iterable[Brief]) -> frozenset[str]:
        """Where others are still waited for, and nothing of the reader nor of whom they stand in for."""
        at = {
            one.id
            for one in found
            if not one.is_own
            and one.pile in UNANSWERED
            and any(stage_facts.asks_several(stage) for _, stage in ladders_at(self.office, one.at))
        }
        alerts = load_each(self.office, self.tx, at)
        return frozenset(
            name
            for name, known in alerts.items()
            if not known.rules.left_to_do(self.actor, known.alert).anything
        )


def _from_the_top(office: Office, at: StageKey) -> int:
    """How far below the highest stage there can be: what climbs no ladder comes last."""
    found = ladders_at(office, at) if at.stage else ()
    return -max((ladder.place(at.id) for ladder, at in found), default=-1)


_PLACES: Mapping[Order, Callable[[Office, Brief], Any]] = complete(
    get_args(Order),
    {
        "due": lambda *_: 0,
        "stage": lambda office, one: _from_the_top(office, one.at),
        "open": lambda _, one: one.raised_at,
    },
)


def _parts_of(whose: str) -> dict[str, Collection[Pile]]:
    """Which piles make up each part of a list of others' alerts."""
    found: dict[str, set[Pile]] = {name: set() for name in ORDER}
    for pile in Pile:
        found[_part_of(pile, whose, is_own=False)].add(pile)
    return {name: piles for name, piles in found.items() if piles}


def _part_of(pile: Pile, whose: str, *, is_own: bool) -> str:
    needs_officer = pile in NEEDS_OFFICER
    if whose != "mine" and needs_officer:
        return "needs-officer"
    if whose == "mine" and is_own and needs_officer:
        return "needs-you"
    if whose == "mine" and not is_own and pile in UNANSWERED:
        return "to-answer"
    apart = {Pile.ON_HOLD: "on-hold", Pile.NO_LADDER: "without-ladder", Pile.CLOSED: "not-filed"}
    return apart.get(pile, "waiting")
