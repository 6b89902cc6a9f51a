"""Reminders: before a date, on it and after it, written into the outbox once each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Final

from practice_alerts.adapters.store.alerts import current_state, due_and_overdue
from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.core import time_left
from practice_alerts.casework.core.list_status import several_clocks
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.jobs.send_mail import each_by_itself
from practice_alerts.domain.acts.form_by_rule import mark
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.deadlines.due_date import Calendar
from practice_alerts.domain.deadlines.stage_clocks import StageClock, Times
from practice_alerts.domain.notices.reminders import (
    Dates,
    Reminder,
    Waited,
    first_and_last,
    reminders,
)
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.office import Office

MORNING: Final = time(7)
"""Nothing is written before, London time."""


_WAITED = complete(Times, {Times.ANSWER: "due", Times.STEP: "step", Times.SETTLE: "settle"})


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that is due, under the name by which it is written once."""

    once: str
    notice: NewNotice


def is_morning(office: Office) -> bool:
    return office.now().astimezone(LONDON).time() >= MORNING


def remind(office: Office) -> int:
    """Write every reminder that is true today and was not written yet; how many.

    To be called again and again: after days of standing still it says how things are now, not what
    should have been said. A bug in one alert stops none of the others, and is raised in the end.
    """
    if not is_morning(office):
        return 0
    alerts = (alert for council in office.councils for alert in _candidates(office, council))
    trouble = "alerts that nobody could be reminded of for a fault of ours"
    return each_by_itself(alerts, lambda alert_id: _remind_of(office, alert_id), trouble)


def _candidates(office: Office, council: str) -> tuple[str, ...]:
    """The alerts with a date near today, found by their rows."""
    with office.database.reading() as tx:
        calendar, today = office.calendar(council, tx), office.today
        if not calendar.is_working(today):
            return ()
        first, last = first_and_last(today, calendar)
        found = dict.fromkeys(due_and_overdue.with_a_date_between(tx, council, first, last))
        found |= dict.fromkeys(
            due_and_overdue.at_stages(tx, council, several_clocks(office, tx, council))
        )
        for where in due_and_overdue.standpoints(tx, council, first):
            if any(first <= day <= today for day in time_left.last_days(office, where, calendar)):
                found |= dict.fromkeys(due_and_overdue.standing_at(tx, council, where))
    return tuple(found)


def _remind_of(office: Office, alert_id: str) -> int:
    """Looked at twice: the writer's place is only taken where there is something to write."""
    with office.database.reading() as tx:
        due = tuple(_due(office, tx, alert_id))
        before = outbox.written(tx, (one.once for one in due))
    if all(one.once in before for one in due):
        return 0
    with office.database.writing() as tx:
        due = tuple(_due(office, tx, alert_id))
        return sum(outbox.write_once(tx, one.notice, one.once, office.now()) for one in due)


def _due(office: Office, tx: Tx, alert_id: str) -> Iterator[DueNotice]:
    row = current_state.by_id(tx, alert_id)
    if row is None or not row.is_open or row.stage is None:
        return
    alert = _Alert(office, tx, row, load(office, tx, alert_id))
    for reminder in reminders(alert.dates(), office.today, alert.calendar):
        for person_id, link in alert.readers(reminder):
            yield from alert.notices(reminder, person_id, link)


@dataclass(frozen=True)
class _Alert:
    office: Office
    tx: Tx
    row: CurrentRow
    known: Known

    @cached_property
    def calendar(self) -> Calendar:
        return self.office.calendar(self.row.council, self.tx)

    def dates(self) -> Dates:
        run = self.known.run
        clocks = running_clocks(self.known.alert, self.known.ladder, self.calendar)
        by = self._first_day(clocks)
        return Dates(
            since=london_date(run.sent_at),
            answer_by=by,
            asked_on=london_date(run.date_agreed_at) if run.date_agreed_at else None,
            is_aim=self.row.due_is_aim,
            others=tuple(self._others(clocks, by)),
            hold_until=self.row.hold_until,
            held_on=london_date(run.hold.at) if run.hold else None,
            escalate_by=time_left.last_day(self.office, self.tx, self.row, self.calendar),
            may_go_on=time_left.may_go_on(self.row, self.office.today),
        )

    def _first_day(self, clocks: Clocks) -> date | None:
        """The answer's day, or an aim's; what is late on its own day is told of as such tomorrow."""
        first = clocks.first
        if not time_left.waits_for_answer(self.row) or first is None or self._has_run_out(first):
            return None
        if first.is_binding and first.times is not Times.ANSWER and not self.row.due_is_aim:
            return None
        return self.row.response_due

    def _others(self, clocks: Clocks, told: date | None) -> Iterator[Waited]:
        """Whatever else is waited for by a day: each step, and putting it right."""
        if not time_left.waits_for_answer(self.row):
            return
        for one in clocks.awaited:
            is_told = told is not None and one is clocks.first
            if one.day is not None and not is_told and not self._has_run_out(one):
                what = _WAITED[one.times] if one.is_binding else "aim"
                yield Waited(what, one.day, london_date(one.start) if one.start else None)

    def _has_run_out(self, one: StageClock) -> bool:
        """Hours that ran out earlier today: tomorrow it will be said that they have."""
        return one.day == self.office.today and one.is_late(self.office.now())

    def readers(self, reminder: Reminder) -> Iterator[tuple[str, str]]:
        """Whom it is for, before anybody stands in for them, each with the address to go to."""
        address = self.office.settings.base_url
        if reminder.to != "asked":
            yield self.row.officer_id, f"{address}/app/alert?reference={self.row.reference}"
            return
        for asking in current_state.askings_of(self.tx, self.row.id):
            if asking.is_present:
                yield asking.person_id, f"{address}/respond/{asking.id}"

    def notices(self, reminder: Reminder, person_id: str, link: str) -> Iterator[DueNotice]:
        """Written once: one stay at one stage, one reminder of one date, one reader."""
        row, stage = self.row, self.known.stage_label
        facts = NoticeFacts(
            row.reference,
            stage,
            reminder.day,
            limit=row.cap_due,
            link=link,
            alert=self.known.kind_title,
        )
        sent = max(one.number for one in self.known.alert.happened if one.kind == "sent")
        once = f"reminder:{row.id}:{sent}:{reminder.notice}:{reminder.day}"
        found = due_and_overdue.readers(self.tx, [person_id], self.office.today)
        for reader, covers in found.items():
            text = self.office.notices(row.council).write(reminder.notice, facts, cover=covers)
            if reminder.notice.startswith("hold"):
                procedure, ladder = self.known.files.procedure, self.known.ladder
                text = text.marked(mark(Act.HOLD, procedure, ladder))
            new = NewNotice(reader, reminder.notice, text.subject, text.body, row.id)
            yield DueNotice(f"{once}:{reader}", new)
