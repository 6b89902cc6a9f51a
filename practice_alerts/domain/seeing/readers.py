"""Who reads which part of an alert: one table of relation and part, asked by every face.

Deny by default. Whoever may open an alert reads the shared record; what else they read stands here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from practice_alerts.domain.acts.act_shape import Relation
from practice_alerts.domain.acts.permissions import Actor, NamedPosts, deciding_relations, relations
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.events import Happened
from practice_alerts.domain.complete import complete
from practice_alerts.domain.seeing.parts import part_of, without_talk


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
        Relation.MAY_RAISE: _row(Sight.NO),
    },
)


@dataclass(frozen=True, slots=True)
class AlertReader:
    """Somebody who reads an alert, by id, with what they read of each part."""

    id: str
    sights: Mapping[Part, Sight]

    def reads(self, part: Part, by: str = "", named: tuple[str, ...] = ()) -> bool:
        """May they read an entry of that part, written `by` somebody, with these named to read it?"""
        sight = self.sights[part]
        return sight is Sight.YES or (sight is Sight.NAMED and self.id in {by, *named} - {""})


NOBODY_KNOWN = AlertReader("", _SHARED_ONLY)
"""Whoever runs a command: what they hand out may go to anybody who may open the alert."""


def reader(actor: Actor, alert: Alert, named: NamedPosts) -> AlertReader:
    """What this person reads of it. Who is challenged reads what their being asked lets them, and no more."""
    if not relations(actor, alert, named):
        return AlertReader(actor.id, _row(Sight.NO))
    rows = [_SHARED_ONLY, *(SEEN[one] for one in deciding_relations(actor, alert, named))]
    order = list(Sight)
    best = {part: max((row[part] for row in rows), key=order.index) for part in Part}
    return AlertReader(actor.id, complete(Part, best))


def as_read(alert: Alert, by: AlertReader) -> Alert:
    """The alert with nothing in it that this reader may not read; the version that they act on stays."""
    left = tuple(_left(alert, by))
    if left == alert.happened:
        return alert
    return replace(fold(left), withheld=alert.withheld + len(alert.happened) - len(left))


def _left(alert: Alert, by: AlertReader) -> Iterator[Happened]:
    for event in alert.happened:
        if event.what is None:
            yield event
            continue
        part, named = part_of(alert, event.what)
        if not by.reads(part, event.by, named):
            continue
        talk = part is not Part.SHARED or by.reads(Part.OWN, event.by)
        yield event if talk else replace(event, what=without_talk(event.what))
