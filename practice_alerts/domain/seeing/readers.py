"""Who reads which part of an alert: one table of relation and part, asked by every face.

Deny by default. Whoever may open an alert reads the shared record; what else they read stands here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from practice_alerts.domain.acts.act_shape import Relation
from practice_alerts.domain.acts.permissions import Actor, NamedPosts, Stands, stands
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.events import Happened
from practice_alerts.domain.complete import complete
from practice_alerts.domain.seeing.parts import for_everybody, kept_back, part_of


class Sight(StrEnum):
    """Whether a part is read."""

    NO = "no"
    NAMED = "if named there, and what they wrote themselves"
    YES = "yes"


def _row(shared: Sight, own: Sight = Sight.NO, legal: Sight = Sight.NO) -> Mapping[Part, Sight]:
    return complete(Part, {Part.SHARED: shared, Part.OWN: own, Part.LEGAL: legal})


_OFFICERS = _row(Sight.YES, Sight.YES, Sight.YES)
_OWN_SIDE = _row(Sight.YES, Sight.YES, Sight.NAMED)
_SHARED_ONLY = _row(Sight.YES)
_NOTHING = _row(Sight.NO)

SEEN: Mapping[Relation, Mapping[Part, Sight]] = complete(
    Relation,
    {
        Relation.RAISER: _OFFICERS,
        Relation.COVERS_RAISER: _OFFICERS,
        Relation.NAMED_TO_REVIEW: _OWN_SIDE,
        Relation.NAMED_TO_ESCALATE: _OWN_SIDE,
        Relation.IRO_MANAGER: _OWN_SIDE,
        # They may have left the service meanwhile.
        Relation.GAVE_AWAY: _row(Sight.YES, Sight.NAMED, Sight.NAMED),
        Relation.ASKED: _SHARED_ONLY,
        Relation.COVERS_ASKED: _SHARED_ONLY,
        Relation.DRAFTS: _SHARED_ONLY,
        Relation.NAMED_FOR_STEP: _SHARED_ONLY,
        Relation.DOES_STEP: _SHARED_ONLY,
        Relation.COVERS_DOER: _SHARED_ONLY,
        Relation.WAS_ASKED: _SHARED_ONLY,
        Relation.COPIED: _SHARED_ONLY,
        Relation.AUDIT_SAMPLE: _SHARED_ONLY,
        Relation.AUDITOR: _OWN_SIDE,
        Relation.NAMED_READER: _SHARED_ONLY,
        Relation.SECOND_PERSON: _OWN_SIDE,
        Relation.IRO_SUPPORT: _SHARED_ONLY,
        # These two follow from others, which say what is read.
        Relation.HEARS_OUTSIDE: _SHARED_ONLY,
        Relation.UNMANAGED: _SHARED_ONLY,
        Relation.MAY_RAISE: _NOTHING,
    },
)


LEARNS_WHO_OPENED: Mapping[Relation, bool] = complete(
    Relation,
    {
        Relation.RAISER: True,
        Relation.COVERS_RAISER: True,
        Relation.IRO_MANAGER: True,
        Relation.AUDITOR: True,
        Relation.SECOND_PERSON: True,
        # That a colleague has read it, or how often, is no business of those it is put to.
        **dict.fromkeys((Relation.ASKED, Relation.COVERS_ASKED, Relation.WAS_ASKED), False),
        **dict.fromkeys((Relation.NAMED_FOR_STEP, Relation.DOES_STEP, Relation.COVERS_DOER), False),
        **dict.fromkeys((Relation.COPIED, Relation.AUDIT_SAMPLE, Relation.NAMED_READER), False),
        **dict.fromkeys((Relation.NAMED_TO_REVIEW, Relation.NAMED_TO_ESCALATE), False),
        **dict.fromkeys((Relation.GAVE_AWAY, Relation.IRO_SUPPORT, Relation.MAY_RAISE), False),
        **dict.fromkeys((Relation.HEARS_OUTSIDE, Relation.UNMANAGED, Relation.DRAFTS), False),
    },
)
"""Whether who has opened the alert is told to them, on its page."""


@dataclass(frozen=True, slots=True)
class AlertReader:
    """Somebody who reads an alert, by id, with what they read of each part."""

    id: str
    sights: Mapping[Part, Sight]
    learns_who_opened: bool = False

    def reads(self, part: Part, by: str = "", named: tuple[str, ...] = ()) -> bool:
        """May they read an entry of that part, written `by` somebody, with these named to read it?"""
        sight = self.sights[part]
        return sight is Sight.YES or (sight is Sight.NAMED and self.id in {by, *named} - {""})


NOBODY_KNOWN = AlertReader("", _SHARED_ONLY)
"""Whoever runs a command: what they hand out may go to anybody who may open the alert."""


def reader(actor: Actor, alert: Alert, named: NamedPosts) -> AlertReader:
    """What this person reads of it. Who is challenged reads what their being asked lets them, and no more."""
    return reader_standing(actor, stands(actor, alert, named))


def reader_standing(actor: Actor, to_it: Stands) -> AlertReader:
    """The same of whoever stands so to it."""
    if not to_it.every:
        return AlertReader(actor.id, _NOTHING)
    return AlertReader(actor.id, *_read_as(to_it.deciding))


@cache
def _read_as(deciding: frozenset[Relation]) -> tuple[Mapping[Part, Sight], bool]:
    """The best that any of them gives, and whether one learns who opened it."""
    rows = [_SHARED_ONLY, *(SEEN[one] for one in deciding)]
    order = list(Sight)
    best = {part: max((row[part] for row in rows), key=order.index) for part in Part}
    return complete(Part, best), any(LEARNS_WHO_OPENED[one] for one in deciding)


def as_read(alert: Alert, by: AlertReader) -> Alert:
    """The alert with nothing in it that this reader may not read; the version that they act on stays."""
    left = tuple(_left(alert, by))
    if left == alert.happened:
        return alert
    return replace(fold(left), withheld=alert.withheld + len(alert.happened) - len(left))


def _left(alert: Alert, by: AlertReader) -> Iterator[Happened]:
    kept = kept_back(alert)
    for event in alert.happened:
        if event.what is None:
            yield event
            continue
        part, named = part_of(alert, event.what)
        if not by.reads(part, event.by, named):
            continue
        whole = part is not Part.SHARED or by.reads(Part.OWN, event.by)
        apart = kept.get(event.number, frozenset())
        told = event.what if whole else for_everybody(event.what, apart)
        yield event if told is event.what else replace(event, what=told)
