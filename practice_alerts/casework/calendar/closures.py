"""The days on which a council is closed though it is no bank holiday: put down, and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from practice_alerts.adapters.store.office import office_settings
from practice_alerts.casework.calendar import recalculate
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Calendar
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import BadAnswers, BeforeCalendar, BeyondCalendar, NotPossible
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.office import Office

_LONGEST_REASON = 100  # it stands in every receipt beside its day
_MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Closing:
    """The council is closed from the first day to the last; without a last, for the one day."""

    first: date | None
    last: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Closures:
    """A council's closures, and the calendar in which they count."""

    days: Mapping[date, str]
    calendar: Calendar


def closures(office: Office, by: Actor, council: str) -> Closures:
    """Raises NotYours, NotFound."""
    must_run(by, OfficeAct.KEEP_CALENDAR, council)
    office.council(council)
    with office.database.reading() as tx:
        return Closures(office_settings.closures(tx, council), office.calendar(council, tx))


def close(office: Office, by: Actor, council: str, closing: Closing) -> tuple[date, ...]:
    """Put the closure down; the days that count no longer, for weekends and bank holidays never did.

    Raises BadAnswers (first, last, reason), NotYours, NotFound.
    """
    must_run(by, OfficeAct.KEEP_CALENDAR, council)
    office.council(council)
    with office.database.writing() as tx:
        calendar = office.calendar(council, tx)
        faults = _faults(closing, calendar)
        if faults or closing.first is None:
            raise BadAnswers(faults)
        days = _counted(closing.first, closing.last, calendar)
        office_settings.close_days(tx, council, dict.fromkeys(days, closing.reason.strip()))
    _move_dates(office, council, by)
    return days


def reopen(office: Office, by: Actor, council: str, day: date) -> None:
    """Take a closure back: the day counts again. Raises NotYours, NotFound, NotPossible."""
    must_run(by, OfficeAct.KEEP_CALENDAR, council)
    office.council(council)
    with office.database.writing() as tx:
        if not office_settings.reopen_day(tx, council, day):
            raise NotPossible(f"No closure is put down for {in_full(day)}.")
    _move_dates(office, council, by)


def _move_dates(office: Office, council: str, by: Actor) -> None:
    """In the name of whoever changed the calendar; the command line has none."""
    recalculate.redate(office, council, by.id or recalculate.PRODUCT.id)


def _faults(closing: Closing, calendar: Calendar) -> Faults:
    faults = {"first": "First day: give the day on which the council is closed."}
    if closing.first is not None:
        faults = _day_faults(closing.first, closing.last, calendar)
    reason = closing.reason.strip()
    if not reason or len(reason) > _LONGEST_REASON or "\n" in reason or control_characters(reason):
        faults["reason"] = (
            f"Reason: say it in one line, in under {_LONGEST_REASON} characters."
            " Everybody reads it beside the day."
        )
    return faults


def _day_faults(first: date, last: date | None, calendar: Calendar) -> Faults:
    if said := _unknown(first, calendar):
        return {"first": said}
    if last is not None and last < first:
        return {"last": f"Last day: it comes before the first, {in_full(first)}."}
    if last is not None and (last - first).days >= _MOST_DAYS:
        return {"last": f"Last day: put down at most {_MOST_DAYS} days at a time."}
    if last is not None and (said := _unknown(last, calendar)):
        return {"last": said}
    if not _counted(first, last, calendar):
        return {"first": _never_counted(first, last, calendar)}
    return {}


def _unknown(day: date, calendar: Calendar) -> str | None:
    try:
        calendar.must_know(day)
    except (BeyondCalendar, BeforeCalendar) as error:
        return str(error)
    return None


def _counted(first: date, last: date | None, calendar: Calendar) -> tuple[date, ...]:
    """The working days of the span; without a last day it is the one day."""
    length = ((last or first) - first).days + 1
    span = (first + timedelta(days=number) for number in range(length))
    return tuple(day for day in span if calendar.is_working(day))


def _never_counted(first: date, last: date | None, calendar: Calendar) -> str:
    if last in {None, first}:
        return f"{in_full(first)} does not count as it is: {calendar.why_not_working(first)}."
    return "None of these days counts as it is: all are weekends, bank holidays or closed already."
