"""What was answered on the form of an act, read back from the event that it became."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from practice_alerts.domain.act_forms import ACT_FORMS
from practice_alerts.domain.alert import Alert
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.events import (
    Answered,
    Closed,
    Corrected,
    DateAgreed,
    Escalated,
    Event,
    FollowedUp,
    Happened,
    Held,
    HoldReviewed,
    Judged,
    Noted,
    Overridden,
    Reassigned,
    Referred,
    Reopened,
    SignedOff,
    StandstillBegun,
    StandstillEnded,
    StepDone,
)

FORM_OF_KIND: Mapping[str, str] = {
    "answered": "response",
    "judged": "verdict",
    "held": "hold",
    "hold_reviewed": "hold_review",
    "date_agreed": "agreed_date",
    "step_done": "step",
    "signed_off": "sign_off",
    "escalated": "rationale",
    "referred": "referral",
    "followed_up": "follow_up",
    "standstill_begun": "standstill",
    "standstill_ended": "standstill_end",
    "overridden": "override",
    "closed": "closing",
    "corrected": "correction",
    "reassigned": "handing_on",
    "reopened": "reopening",
    "noted": "note",
}
"""The form, by its name in `ACT_FORMS`, that leads to an event of this kind."""


def printed_acts(alert: Alert) -> tuple[Happened, ...]:
    """The acts that have a document of their own, the earliest first."""
    return tuple(event for event in alert.happened if printed_form(event.kind))


def printed_form(kind: str) -> str:
    """The name of the form whose document tells of such an event; empty where there is none."""
    name = FORM_OF_KIND.get(kind, "")
    return name if name and ACT_FORMS[name].printed else ""


def answers_of(event: Event) -> dict[str, Any]:
    """The answers under the ids of the act's form, as they were sent: days as ISO texts, "yes" and "no".

    What was not asked or not answered is left out. Empty for an event that no form leads to.
    """
    if event.kind not in FORM_OF_KIND:
        return {}
    own = {name: value for name, value in _own(event).items() if value}
    return {**own, **getattr(event, "answers", {})}


_NAMES: Mapping[type[Event], tuple[str, ...]] = {
    Answered: ("text", "response", "promise_by", "task_owner"),
    Judged: ("verdict", "reason"),
    Held: ("until", "task_owner", "reason"),
    HoldReviewed: ("on_track", "text"),
    DateAgreed: ("until", "agreed_with", "reason"),
    StepDone: ("step", "chair", "present", "outcome", "text"),
    SignedOff: ("agreement", "who", "on", "text"),
    Escalated: ("rationale",),
    Referred: ("route", "reason", "consulted"),
    FollowedUp: ("referral", "happened", "on", "text"),
    StandstillBegun: ("action", "told"),
    StandstillEnded: ("happened_anyway", "reason"),
    Overridden: ("event", "told", "by", "text"),
    Corrected: ("reason",),
    Reassigned: ("reason",),
    Closed: ("ending", "what_changed", "child_view"),
    Reopened: ("reason",),
    Noted: ("text",),
}
"""What each event keeps under the name of the form's field."""


def _own(event: Event) -> dict[str, Any]:
    """What the event keeps outside `answers`, because the act rests on it."""
    same = {name: _written(getattr(event, name)) for name in _NAMES[type(event)]}
    match event:
        case StepDone():
            return {**same, "took_place": _written(event.needed), **_moment(event.took_place)}
        case Overridden():
            return {**same, **_moment(event.told_at)}
        case Corrected():
            return {**same, "question": f"{event.number}:{event.field}"}
        case Reassigned():
            return {**same, "to": event.to.id}
        case _:
            return same


def _written(value: date | int | str | None) -> str:
    """As a form sends it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _moment(when: datetime | None) -> dict[str, str]:
    """Day and time of day in London, as two questions ask for them."""
    if when is None:
        return {}
    here = when.astimezone(LONDON)
    return {"on": here.date().isoformat(), "at": f"{here:%H:%M}"}
