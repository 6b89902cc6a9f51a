"""Who is written to when an alert is restricted, when that need not be, and when it waits to be seen to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.alert.restricted import (
    Restricted,
    RestrictionEvent,
    RestrictionLifted,
)
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.working_days import Calendar, add_working_days

CONFIRM_WITHIN: Final = 2
"""Working days in which the second person is to confirm it."""


def told_of_restriction(
    alert: Alert, event: RestrictionEvent
) -> Iterator[tuple[str, tuple[Person, ...]]]:
    """Each notice by its name, with those it goes to. The alert stands as it does after the event."""
    by = alert.happened[-1].by
    match event:
        case Restricted():
            yield "restriction_to_confirm", (event.second,)
            yield "restriction_named", (event.stand_in, *event.named)
        case RestrictionLifted() if alert.restriction is not None:
            what = alert.restriction.what
            every = (alert.officer, what.second, what.stand_in)
            yield "restriction_to_lift", tuple(one for one in every if one.id != by)
        case _:
            pass


@dataclass(frozen=True, slots=True)
class RestrictionDue:
    """Something about a restriction that somebody has to see to: since which day, and in which week it is said."""

    notice: str
    day: date
    week: int
    people: tuple[Person, ...]


def restriction_due(alert: Alert, today: date, calendar: Calendar) -> Iterator[RestrictionDue]:
    """What is to be said today, each week again until it is done. Raises BeyondCalendar."""
    restriction = alert.restriction
    if restriction is None or restriction.is_locked or not calendar.is_working(today):
        return
    what, set_on = restriction.what, london_date(restriction.entry.at)
    confirm_by = add_working_days(set_on, CONFIRM_WITHIN, calendar)
    every = (
        (
            *("restriction_unconfirmed", confirm_by, (what.second, alert.officer)),
            restriction.confirmed_at is None,
        ),
        ("restriction_look_again", what.look_again, (alert.officer, what.stand_in), True),
    )
    for notice, day, people, is_open in every:
        if day <= today and is_open:
            yield RestrictionDue(notice, day, (today - day).days // 7, people)
