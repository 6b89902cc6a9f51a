"""What the work tray is made of: its parts, their lines, and what is asked of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.standing.status import Where
from practice_alerts.domain.standing.waiting_on import WaitingOn

PAGE = 50
"""How many lines of a part come at once."""

AGAIN = "look-again"
TO_DO = frozenset({"to-answer", "needs-you", "needs-officer", AGAIN})
AT_FIRST = 10  # lines of a part in which nothing is to be done now


ORDER = (
    *("to-answer", "needs-you", "needs-officer", AGAIN, "waiting", "on-hold", "without-ladder"),
    "not-filed",  # closed, and listed because it is not
)


@dataclass(frozen=True)
class InTray:
    """One line of a list."""

    row: CurrentRow
    where: Where
    clocks: Clocks
    stage_label: str
    kind_title: str
    waits: WaitingOn | None
    officer: str
    """The name of the officer whose alert it is."""
    mails: Mapping[str, str] = field(default_factory=dict)
    """Where those of the directory who are waited for can be written to, by their ids; for the officer's side."""
    may_write: bool = False
    """Does its reader see to it that they are written to?"""
    together: tuple[str, ...] = ()
    """References of those raised in one go with it, about brothers or sisters, that this person may open."""
    may_remind: bool = False
    """May its reader send a reminder now?"""


def side_by_side(lines: Iterable[InTray]) -> tuple[InTray, ...]:
    """Brothers and sisters beneath the first of them, else in the same order."""
    every = tuple(lines)
    by_reference = {one.row.reference: one for one in every}
    found: dict[str, InTray] = {}
    for one in every:
        for name in (one.row.reference, *one.together):
            if name in by_reference:
                found.setdefault(name, by_reference[name])
    return tuple(found.values())


@dataclass(frozen=True)
class TraySection:
    """One part of the tray: how many there are, and the first of them."""

    id: str
    count: int
    lines: tuple[InTray, ...]

    @property
    def rest(self) -> int:
        """How many are not shown."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Tray:
    """What somebody has to do, in parts; a part with nothing in it is left out."""

    parts: tuple[TraySection, ...]

    @property
    def needs_anything(self) -> bool:
        """Is there anything to be done now?"""
        return any(part.id in TO_DO for part in self.parts)

    def part(self, part_id: str) -> TraySection:
        return next((one for one in self.parts if one.id == part_id), TraySection(part_id, 0, ()))


@dataclass(frozen=True)
class FilterChoices:
    """What a list may be narrowed down to, id and words."""

    kinds: dict[str, str]
    stages: dict[str, str]
    categories: dict[str, str]
    teams: dict[str, str]
    officers: dict[str, str]


@dataclass(frozen=True)
class Wanted:
    """What is asked of the tray: which alerts, and how many lines of each part."""

    filters: Filters = field(default_factory=Filters)
    most: Mapping[str, int] = field(default_factory=dict)

    def most_of(self, part: str) -> int:
        """How many lines of that part."""
        return self.most.get(part, PAGE if part in TO_DO else AT_FIRST)
