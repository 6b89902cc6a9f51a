"""The days on which a council is closed though it is no bank holiday: put down, confirmed and taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import closures as kept
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.closures import Closure
from practice_alerts.casework.calendar import recalculate
from practice_alerts.casework.core.actors import must_not_answer, who_may_run, writing_as
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.working_days import Calendar, is_at_short_notice
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import BadAnswers, BeforeCalendar, BeyondCalendar, NotPossible
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.office import Office

_LONGEST_REASON = 100  # it stands in every receipt beside its day
_MOST_DAYS = 31
_DECIDES = "on which days the council is closed, by which every answer is due later"


@dataclass(frozen=True, slots=True)
class Closing:
    """The council is closed from the first day to the last; without a last, for the one day."""

    first: date | None
    last: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Closures:
    """A council's closures, the calendar in which those that count do so, and who put down and confirmed them."""

    every: tuple[Closure, ...]
    calendar: Calendar
    names: Mapping[str, str]

    @property
    def days(self) -> Mapping[date, str]:
        """Those that count, with their reasons."""
        return {one.day: one.reason for one in self.every if not one.waits}

    def named(self, person_id: str | None) -> str:
        return "The command line" if person_id is None else self.names.get(person_id, "Somebody")


@dataclass(frozen=True, slots=True)
class PutDown:
    """The days that count no longer, and those for which somebody else has to confirm it first."""

    closed: tuple[date, ...]
    waiting: tuple[date, ...]


def closures(office: Office, by: Actor, council: str) -> Closures:
    """Raises NotYours, NotFound."""
    must_run(by, OfficeAct.SEE_CALENDAR, council)
    office.council(council)
    with office.database.reading() as tx:
        every = kept.every(tx, council)
        who = {name for one in every for name in (one.entered_by, one.confirmed_by) if name}
        return Closures(every, office.calendar(council, tx), directory.names(tx, who))


def close(office: Office, by: Actor, council: str, closing: Closing) -> PutDown:
    """Put the closure down for the days that counted: weekends and bank holidays never did.

    Of a day in the past or shortly ahead nothing follows before somebody else has confirmed it. Raises
    BadAnswers (first, last, reason), NotYours, NotFound, NotPossible for whoever alerts are sent to.
    """
    must_run(by, OfficeAct.KEEP_CALENDAR, council)
    office.council(council)
    with writing_as(office, by) as tx:
        must_not_answer(office, tx, by, council, _DECIDES)
        calendar, waiting = office.calendar(council, tx), _waiting(tx, council)
        faults = _faults(closing, calendar, waiting)
        if faults or closing.first is None:
            raise BadAnswers(faults)
        days = _counted(closing.first, closing.last, calendar, waiting)
        late = tuple(one for one in days if is_at_short_notice(one, office.today, calendar))
        reason, who, now = closing.reason.strip(), by.id or None, office.now()
        kept.put_down(
            tx, (Closure(council, one, reason, who, now, is_late=one in late) for one in days)
        )
        if late:
            _tell_of_waiting(office, tx, by, council)
    _move_dates(office, council, by)
    return PutDown(tuple(one for one in days if one not in late), late)


def _tell_of_waiting(office: Office, tx: Tx, by: Actor, council: str) -> None:
    """Once for each act: whoever may confirm it, and nobody else is there to."""
    readers = who_may_run(office, tx, council, OfficeAct.KEEP_CALENDAR) - {by.id}
    link = f"{office.settings.base_url}/app/calendar"
    text = office.notices().write("closure_waits", NoticeFacts(link=link))
    for reader in sorted(readers):
        new = outbox.NewNotice(reader, "closure_waits", text.subject, text.body)
        outbox.write(tx, new, office.now())


def confirm(office: Office, by: Actor, council: str, day: date) -> tuple[date, ...]:
    """A second person confirms a closure put down late, with those days that were put down together with it.

    From now on they are closed; a clock that ran already keeps its day, and the later one stands beside
    it. Raises NotPossible, for whoever alerts are sent to too, NotYours, NotFound.
    """
    must_run(by, OfficeAct.KEEP_CALENDAR, council)
    office.council(council)
    with writing_as(office, by) as tx:
        must_not_answer(office, tx, by, council, _DECIDES)
        waiting = _waiting(tx, council)
        if day not in waiting:
            raise NotPossible(f"No closure of {in_full(day)} waits to be confirmed.")
        if not by.id or by.id == waiting[day].entered_by:
            raise NotPossible(
                "You put this closure down, so another administrator has to confirm it."
                if by.id
                else "A person has to confirm it: an administrator, on the page “Calendar”."
            )
        _must_keep_it_still(office, tx, council, waiting[day].entered_by)
        days = together(waiting.values(), day)
        kept.confirm(tx, council, days, by.id, office.now())
    _move_dates(office, council, by)
    return days


def _must_keep_it_still(office: Office, tx: Tx, council: str, who: str | None) -> None:
    """Whoever put it down, unless it was a command, is looked at again. Raises NotPossible."""
    here = {one.id: one.name for one in directory.everybody(tx, council)}
    if who and who not in here.keys() & who_may_run(office, tx, council, OfficeAct.KEEP_CALENDAR):
        name = here.get(who, "Whoever put this closure down")
        raise NotPossible(
            f"{name} may close no days any more, so it is not confirmed. Reopen it; if the council is closed all the"
            " same, put it down anew."
        )


def together(every: Iterable[Closure], day: date) -> tuple[date, ...]:
    """The days that wait to be confirmed and were put down by one act with that day."""
    waiting = tuple(one for one in every if one.waits)
    acts = {(one.entered_by, one.entered_at) for one in waiting if one.day == day}
    return tuple(one.day for one in waiting if (one.entered_by, one.entered_at) in acts)


def reopen(office: Office, by: Actor, council: str, day: date) -> None:
    """Take a closure back: the day counts again. Raises NotYours, NotFound, NotPossible."""
    must_run(by, OfficeAct.KEEP_CALENDAR, council)
    office.council(council)
    with writing_as(office, by) as tx:
        must_not_answer(office, tx, by, council, _DECIDES)
        if not kept.take_back(tx, council, day):
            raise NotPossible(f"No closure is put down for {in_full(day)}.")
    _move_dates(office, council, by)


def _move_dates(office: Office, council: str, by: Actor) -> None:
    """In the name of whoever changed the calendar; the command line has none."""
    recalculate.redate(office, council, by.id or recalculate.PRODUCT.id)


_Waiting = Mapping[date, Closure]


def _waiting(tx: Tx, council: str) -> _Waiting:
    return {one.day: one for one in kept.every(tx, council) if one.waits}


def _faults(closing: Closing, calendar: Calendar, waiting: _Waiting) -> Faults:
    faults = {"first": "First day: give the day on which the council is closed."}
    if closing.first is not None:
        faults = _day_faults(closing.first, closing.last, calendar, waiting)
    reason = closing.reason.strip()
    if not reason or len(reason) > _LONGEST_REASON or "\n" in reason or control_characters(reason):
        faults["reason"] = (
            f"Reason: say it in one line, in under {_LONGEST_REASON} characters."
            " Everybody reads it beside the day."
        )
    return faults


def _day_faults(first: date, last: date | None, calendar: Calendar, waiting: _Waiting) -> Faults:
    if said := _unknown(first, calendar):
        return {"first": said}
    if last is not None and last < first:
        return {"last": f"Last day: it comes before the first, {in_full(first)}."}
    if last is not None and (last - first).days >= _MOST_DAYS:
        return {"last": f"Last day: put down at most {_MOST_DAYS} days at a time."}
    if last is not None and (said := _unknown(last, calendar)):
        return {"last": said}
    if not _counted(first, last, calendar, waiting):
        return {"first": _never_counted(first, last, calendar, waiting)}
    return {}


def _unknown(day: date, calendar: Calendar) -> str | None:
    try:
        calendar.must_know(day)
    except (BeyondCalendar, BeforeCalendar) as error:
        return str(error)
    return None


def _counted(
    first: date, last: date | None, calendar: Calendar, waiting: _Waiting
) -> tuple[date, ...]:
    """The working days of the span that nobody has put down yet; without a last day it is the one day."""
    length = ((last or first) - first).days + 1
    span = (first + timedelta(days=number) for number in range(length))
    return tuple(day for day in span if calendar.is_working(day) and day not in waiting)


def _never_counted(first: date, last: date | None, calendar: Calendar, waiting: _Waiting) -> str:
    if last in {None, first}:
        if first in waiting:
            return f"{in_full(first)} is put down already, and waits for somebody to confirm it."
        return f"{in_full(first)} does not count as it is: {calendar.why_not_working(first)}."
    return "None of these days counts as it is: all are weekends, bank holidays or closed already."
