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
from practice_alerts.domain.forms.form import kept_by, not_passed_on

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


def _corrected(alert: Alert, what: events.Corrected) -> Belongs:
    """What it was and is now is read by whoever reads what is not to be passed on."""
    kept = kept_back(alert).get(what.number, frozenset())
    return _own(alert, what) if (kept_by(what.field) or what.field) in kept else _SHARED


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
        events.DrafterNamed: _shared,
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
        events.ChangeRecorded: _shared,
        events.Corrected: _corrected,
        events.StandstillBegun: _shared,
        events.StandstillEnded: _shared,
        events.Overridden: _shared,
        events.Reassigned: _shared,
        # That there is one about a brother or sister is for those who may open it.
        events.Linked: _own,
        events.CaseMoved: _shared,
        events.Redirected: _shared,
        events.Redated: _shared,
        # That it is restricted, and who is named, everybody knows who opens it; why, the own side.
        Restricted: _shared,
        RestrictionConfirmed: _shared,
        RestrictionLifted: _shared,
        events.ReminderSent: _shared,
        events.Filed: _shared,
        events.Redacted: _shared,
        # What a manager says to the officer, supervision or agreement, is between the two.
        events.SignedOff: _own,
        # Why a record is held is between those who keep it.
        events.Kept: lambda _, what: _SHARED if what.said.is_shared else (Part.OWN, ()),
        events.Noted: _noted,
        events.Referred: _referred,
        events.FollowedUp: lambda alert, what: _as_number(alert, what.referral),
        events.DoneByHand: lambda alert, what: _as_number(alert, what.sent),
    },
)


def kept_back(alert: Alert) -> Mapping[int, frozenset[str]]:
    """By the number of an event, the questions whose answers there are not to be passed on.

    Once said of an answer it stays so, whatever is corrected later: what was written in confidence is in the record.
    Where nothing is said of it, it is as was said of the same question before.
    """
    found: dict[int, frozenset[str]] = {}
    corrected = _marks_put_later(alert)
    before: dict[str, bool] = {}
    for event in alert.happened:
        said = said_in(event.what) if event.what else {}
        marks = {kept_by(name): value == "yes" for name, value in said.items() if kept_by(name)}
        marks |= dict.fromkeys(corrected.get(event.number, ()), True)
        before |= marks
        if any(before.values()):
            found[event.number] = frozenset(name for name, is_kept in before.items() if is_kept)
    return found


def _marks_put_later(alert: Alert) -> Mapping[int, set[str]]:
    found: dict[int, set[str]] = {}
    for event in alert.happened:
        what = event.what
        kept = kept_by(what.field) if isinstance(what, events.Corrected) else ""
        if isinstance(what, events.Corrected) and kept and "yes" in (what.was, what.now):
            found.setdefault(what.number, set()).add(kept)
    return found


def said_in(what: events.Event) -> Mapping[str, Any]:
    """The answers to a form's questions, by their ids."""
    return {**getattr(what, "answers", {}), **getattr(what, "details", {})}


def for_everybody(what: events.Event, kept: frozenset[str]) -> events.Event:
    """Without what is the officer's own side's in an entry that everybody reads; `kept` of it, as `kept_back` says."""
    return _without_kept(_without_talk(what), kept)


def _without_kept(what: events.Event, kept: frozenset[str]) -> events.Event:
    """Without the answers to these questions, and that they were kept back."""
    names = kept | {not_passed_on(name) for name in kept}
    left: dict[str, Any] = {}
    for part in ("answers", "details"):
        said = getattr(what, part, {})
        if names & said.keys():
            left[part] = {name: value for name, value in said.items() if name not in names}
    for name in kept & type(what).model_fields.keys():
        if isinstance(getattr(what, name), str) and getattr(what, name):
            left[name] = ""
    return what.model_copy(update=left) if left else what


def _without_talk(what: events.Event) -> events.Event:
    """Without what was said on the officer's own side: before going on or outside, or of why it is restricted."""
    match what:
        case events.Raised() | events.Escalated() if what.consulted or what.consultation:
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
    kept = kept_back(alert)
    every = ((event.number, event.what) for event in alert.happened if event.what)
    return any(
        part_of(alert, what)[0] is not Part.SHARED
        or for_everybody(what, kept.get(number, frozenset())) is not what
        for number, what in every
    )
