"""What stands in the cells of the log, and what happened to an alert by the stays in which it happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.stage_run import StageRun
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.due_date import Due
from practice_alerts.domain.deadlines.working_days import Calendar, working_days_between
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar

NOT_ASKED = "not asked"
"""Of a question that the form has not, or that the ending leaves out."""
NOT_ANSWERED = "not answered"


class InStay(NamedTuple):
    """An event, and at which stay it happened: the how-manyth, 0 before the first."""

    number: int
    at: datetime
    order: int
    what: events.Event


def in_stays(alert: Alert) -> tuple[InStay, ...]:
    """Everything that happened, in order."""
    found, order = [], 0
    for event in alert.happened:
        if event.what is None:
            continue
        order += isinstance(event.what, events.Sent)
        found.append(InStay(event.number, event.at, order, event.what))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ClosedSpell:
    """From one closing to its reopening, if there was one."""

    closing: InStay
    closed: events.Closed
    reopened_at: datetime | None


def closed_spells(alert: Alert) -> Iterator[ClosedSpell]:
    """Each time it was closed, in order."""
    every = in_stays(alert)
    opened = [one for one in every if isinstance(one.what, events.Reopened)]
    for one in every:
        if isinstance(one.what, events.Closed):
            later = (again.at for again in opened if again.number > one.number)
            yield ClosedSpell(one, one.what, next(later, None))


def working_days(since: date | datetime, until: date | datetime, calendar: Calendar) -> int | None:
    """None where the calendar does not reach. A closure put down late shortens nothing."""
    try:
        days = calendar.as_known(since)
        return working_days_between(london_date(since), london_date(until), days)
    except (BeyondCalendar, BeforeCalendar):
        return None


def as_day(moment: datetime) -> str:
    return london_date(moment).isoformat()


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def latest_outcome(run: StageRun) -> tuple[str | None, str]:
    """The day and words of the latest outcome, a hold being one of them."""
    said = [(one.at, one.reviewed.verdict.words) for one in run.response_reviews]
    said += [(one.at, "Accepted until a date") for one in run.holds]
    if not said:
        return None, "Not reviewed"
    at, words = max(said)
    return london_date(at).isoformat(), words


def due_on(due: Due | None) -> str | None:
    return due.by_day.isoformat() if due else None


def yes(true: bool) -> str:  # noqa: FBT001 - it is only ever the answer to a question
    return "yes" if true else "no"
