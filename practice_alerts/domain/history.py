"""What happened to an alert, line by line, as it is read on the screen and in the document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from practice_alerts.domain.alert import Alert
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.events import (
    ENDINGS,
    RESPONSES,
    VERDICTS,
    Answered,
    Closed,
    Escalated,
    Event,
    Held,
    Judged,
    Noted,
    Person,
    Raised,
    Referred,
    Sent,
)
from practice_alerts.domain.ladder import Ladder
from practice_alerts.domain.routes import ROUTES


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when in words, who, what happened, and what they said about it (may be empty)."""

    at: datetime
    when: str
    who: str
    what: str
    said: str = ""


def history(alert: Alert, ladder: Ladder | None) -> tuple[Line, ...]:
    """Every event as a line, the earliest first."""
    names = _names(alert)
    lines: list[Line] = []
    for event in alert.happened:
        if event.what is None:
            continue
        here = event.at.astimezone(LONDON)
        when = f"{in_full(here.date())}, {here:%H:%M}"
        what, said = _told(event.what, ladder)
        lines.append(Line(event.at, when, names.get(event.by, "Somebody"), what, said))
    return tuple(lines)


def _told(  # noqa: C901, PLR0911 - one line for each kind of event, and nothing else
    event: Event, ladder: Ladder | None
) -> tuple[str, str]:
    match event:
        case Raised():
            told = event.gate.told if event.gate else ""
            return "Raised the alert", "\n".join(
                filter(None, (event.entry_reason, told and f"Told at once: {told}"))
            )
        case Sent():
            asked = ", ".join(person.post or person.name for person in event.asked)
            return f"Sent to the {asked} at {_label(ladder, event.stage)}", ""
        case Answered():
            promise = f" by {in_full(event.promise_by)}" if event.promise_by else ""
            here, said = _label(ladder, event.stage), f"{RESPONSES[event.response]}{promise}"
            outside = f"Recorded the answer of the {event.by.post} at {here}: {said}"
            return (f"Answered at {here}: {said}" if event.by.id else outside), event.text
        case Judged():
            return f"Judged the answer: {VERDICTS[event.verdict].lower()}", event.reason
        case Held():
            what = f"Agreed a hold until {in_full(event.until)}; {event.task_owner} to see to it"
            return what, event.reason
        case Escalated():
            return f"Escalated to {_label(ladder, event.to)}", event.rationale
        case Noted():
            return "Noted", event.text
        case Referred():
            return ROUTES[event.route].title, event.reason
        case Closed():
            return f"Closed the alert: {ENDINGS[event.ending].lower()}", event.what_changed


def _label(ladder: Ladder | None, stage: str) -> str:
    return ladder.stage(stage).label if ladder and ladder.has(stage) else stage


def _names(alert: Alert) -> dict[str, str]:
    """Names as they were when people acted; only those who are named in the events themselves."""
    people: list[Person] = [alert.raiser]
    for event in alert.happened:
        if isinstance(event.what, Sent):
            people += [*event.what.asked, *event.what.copied]
        if isinstance(event.what, Answered | Judged):
            people.append(event.what.by)
    return {person.id: person.name for person in people}
