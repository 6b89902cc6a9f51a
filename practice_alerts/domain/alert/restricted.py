"""An alert that only named people may open: its events (restricted, confirmed, lifted by two), and what is in force."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from practice_alerts.domain.alert.destroyed import Kept, KeptSaid
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.definition import Definition


class Restricted(Definition):
    """From now on nobody opens it but whoever is named here, has it, or is asked. Said again, it takes the former's place."""

    kind: Literal["restricted"] = "restricted"
    reason: str
    second: Person
    """Who is to confirm it."""
    stand_in: Person
    """Who acts for the officer; nobody else stands in for anybody."""
    look_again: date
    """The day on which it is asked whether it is needed still."""
    named: tuple[Person, ...] = ()
    """Who else may open it."""


class RestrictionConfirmed(Definition):
    """The second person says that it is right; it has been in force since it was set."""

    kind: Literal["restriction_confirmed"] = "restriction_confirmed"
    text: str


class RestrictionLifted(Definition):
    """Somebody says that it is no longer needed; it ends once a second person has said so."""

    kind: Literal["restriction_lifted"] = "restriction_lifted"
    reason: str
    stands: bool = True
    """False for the first of two: nothing follows from it yet."""


RestrictionEvent = Restricted | RestrictionConfirmed | RestrictionLifted


@dataclass(frozen=True, slots=True)
class SetBy:
    """The number of an event, when it happened, and by whom."""

    number: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Restriction:
    """What is in force: who set it and when, how, and what was said of it since."""

    entry: SetBy
    what: Restricted
    asked: frozenset[str]
    """Ids of those who had to answer then, and so stay."""
    confirmed_at: datetime | None = None
    lifted_by: str = ""
    """Who has said, alone so far, that it is no longer needed."""
    is_locked: bool = False
    """The child was adopted: only whoever keeps the records opens it, until two people put it back."""
    before: "Restriction | None" = None
    """Of what is locked: what was in force then, and is again once it is put back."""

    @property
    def named_ids(self) -> frozenset[str]:
        """Whoever set it, is to confirm it, acts for the officer, or is named to read it."""
        what = self.what
        every = (what.second, what.stand_in, *what.named)
        return frozenset({self.entry.by, *(one.id for one in every)})


def restriction_after(
    now: Restriction | None, what: RestrictionEvent | Kept, entry: SetBy, asked: Iterable[Person]
) -> Restriction | None:
    """The one in force after one more of its events, `asked` being who has to answer then; None for none."""
    if isinstance(what, Kept):
        return _after_said(now, what, entry)
    if now is not None and now.is_locked:
        return now
    if isinstance(what, Restricted):
        return Restriction(entry, what, frozenset(one.id for one in asked))
    if now is None:
        return None
    if isinstance(what, RestrictionConfirmed):
        return replace(now, confirmed_at=entry.at)
    return None if what.stands else replace(now, lifted_by=entry.by)


def _after_said(now: Restriction | None, what: Kept, entry: SetBy) -> Restriction | None:
    if what.said is KeptSaid.ADOPTED:
        before = now.before if now is not None and now.is_locked else now
        return replace(_locked_apart(what, entry), before=before)
    if what.said is KeptSaid.RETURNED and now is not None and now.is_locked:
        return now.before
    return now


def _locked_apart(what: Kept, entry: SetBy) -> Restriction:
    nobody = Person(id="", name="")
    locked = Restricted(reason=what.reason, second=nobody, stand_in=nobody, look_again=date.max)
    return Restriction(entry, locked, frozenset(), confirmed_at=entry.at, is_locked=True)
