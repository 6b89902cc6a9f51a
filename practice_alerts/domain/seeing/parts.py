"""Which part of the record an event belongs to, and what of it is another part's."""

from collections.abc import Callable, Mapping
from typing import Any

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.restricted import (
    Restricted,
    RestrictionConfirmed,
    RestrictionLifted,
)
from practice_alerts.domain.complete import complete

LEGAL_ROUTES = frozenset({"legal_advice"})
"""A legal planning meeting is the authority's own, and no secret from it."""

Belongs = tuple[Part, tuple[str, ...]]
"""The part, and the ids of those who were named to read it."""

_SHARED: Belongs = (Part.SHARED, ())


def part_of(alert: Alert, what: events.Event) -> Belongs:
    """Where an event stands; what follows from another stands where that one does."""
    return _PARTS[type(what)](alert, what)


def _shared(_alert: Alert, _what: Any) -> Belongs:
    return _SHARED


def _own(_alert: Alert, _what: Any) -> Belongs:
    return Part.OWN, ()


def _noted(_alert: Alert, what: events.Noted) -> Belongs:
    return what.part, what.readers


def _referred(_alert: Alert, what: events.Referred) -> Belongs:
    return (Part.LEGAL, what.readers) if what.route in LEGAL_ROUTES else _SHARED


def _as_number(alert: Alert, number: int) -> Belongs:
    every = (one.what for one in alert.happened if one.number == number)
    what = next(every, None)
    return part_of(alert, what) if isinstance(what, events.Referred) else _SHARED


_PARTS: Mapping[type[events.Event], Callable[[Alert, Any], Belongs]] = complete(
    events.EVENTS,
    {
        events.Raised: _shared,
        events.Sent: _shared,
        events.Answered: _shared,
        events.AnswerRecorded: _shared,
        events.NotTheirs: _shared,
        events.QuestionAsked: _shared,
        events.QuestionAnswered: _shared,
        events.ResponseReviewed: _shared,
        events.Held: _shared,
        events.HoldReviewed: _shared,
        events.DateAgreed: _shared,
        events.StepDone: _shared,
        events.Escalated: _shared,
        events.Closed: _shared,
        events.Reopened: _shared,
        events.Corrected: _shared,
        events.StandstillBegun: _shared,
        events.StandstillEnded: _shared,
        events.Overridden: _shared,
        events.Reassigned: _shared,
        events.CaseMoved: _shared,
        events.Redirected: _shared,
        events.Redated: _shared,
        # That it is restricted, and who is named, everybody knows who opens it; why, the own side.
        Restricted: _shared,
        RestrictionConfirmed: _shared,
        RestrictionLifted: _shared,
        events.ReminderSent: _shared,
        events.Filed: _shared,
        # What a manager says to the officer, supervision or agreement, is between the two.
        events.SignedOff: _own,
        events.Noted: _noted,
        events.Referred: _referred,
        events.FollowedUp: lambda alert, what: _as_number(alert, what.referral),
        events.DoneByHand: lambda alert, what: _as_number(alert, what.sent),
    },
)


def without_talk(what: events.Event) -> events.Event:
    """Without what was said on the officer's own side: before going on or outside, or of why it is restricted."""
    match what:
        case events.Escalated() if what.consulted or what.consultation:
            return what.model_copy(update={"consulted": "", "consultation": ""})
        case events.Referred() if what.consulted or "consultation" in what.answers:
            left = {name: said for name, said in what.answers.items() if name != "consultation"}
            return what.model_copy(update={"consulted": "", "answers": left})
        case Restricted() | RestrictionLifted() if what.reason:
            return what.model_copy(update={"reason": ""})
        case RestrictionConfirmed() if what.text:
            return what.model_copy(update={"text": ""})
        case _:
            return what


def is_kept_apart(alert: Alert) -> bool:
    """Does it hold anything that is not for everybody who may open it?"""
    every = (event.what for event in alert.happened if event.what)
    return any(
        part_of(alert, what)[0] is not Part.SHARED or without_talk(what) is not what
        for what in every
    )
