"""Reminders: before a date, on it and after it, written into the outbox once each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from practice_alerts.adapters.store.alerts import current_state, reminder_candidates
from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.core import list_status
from practice_alerts.casework.core.list_status import several_clocks
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.notice_facts import (
    alert_page,
    facts_about,
    with_steps,
)
from practice_alerts.casework.each_by_itself import each_by_itself, told
from practice_alerts.casework.jobs.look_again import (
    remind_of_changes,
    remind_of_restrictions,
    to_each_reader,
)
from practice_alerts.casework.jobs.when_to_send import is_morning
from practice_alerts.domain.acts.form_by_rule import mark
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import DayOrMoment, london_date
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, StageClock, Times
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.notices.reminders import (
    ANSWER,
    Dates,
    RemindedOf,
    Reminder,
    Waited,
    first_and_last,
    reminders,
)
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.steps_by import ToRecord
from practice_alerts.office import Office

_WAITED = complete(Times, {Times.ANSWER: "due", Times.STEP: "step", Times.SETTLE: "settle"})


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A notice that is due, under the name by which it is written once."""

    once: str
    notice: NewNotice


@dataclass(frozen=True, slots=True)
class Reminded:
    """Somebody to be reminded, where they are to go, and of what it is theirs."""

    person_id: str
    link: str
    of: RemindedOf


def _of(clocks: Iterable[StageClock]) -> RemindedOf:
    """What these clocks time, as reminders name it."""
    return tuple(one.step.id if one.step else "" for one in clocks if one.times is not Times.SETTLE)


def remind(office: Office) -> int:
    """Write every reminder that is true today and was not written yet; how many.

    To be called again and again: after days of standing still it says how things are now, not what
    should have been said. A bug in one alert stops none of the others, and is raised in the end.
    """
    if not is_morning(office):
        return 0
    alerts = [alert for council in office.councils for alert in _candidates(office, council)]
    trouble = "alerts that nobody could be reminded of for a fault of ours"
    in_turn = told("alerts looked at for reminders", alerts)
    written = each_by_itself(in_turn, lambda alert_id: _remind_of(office, alert_id), trouble)
    return written + remind_of_restrictions(office) + remind_of_changes(office)


def _candidates(office: Office, council: str) -> tuple[str, ...]:
    """The alerts with a date near today, found by their rows."""
    with office.database.reading() as tx:
        calendar, today = office.calendar(council, tx), office.today
        if not calendar.is_working(today):
            return ()
        first, last = first_and_last(today, calendar)
        found = dict.fromkeys(reminder_candidates.with_a_date_between(tx, council, first, last))
        found |= dict.fromkeys(
            reminder_candidates.at_stages(tx, council, several_clocks(office, tx, council))
        )
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
        for reader in alert.readers(reminder):
            yield from alert.notices(reminder, reader)


@dataclass(frozen=True)
class _Alert:
    office: Office
    tx: Tx
    row: CurrentRow
    known: Known

    @cached_property
    def calendar(self) -> Calendar:
        return self.office.calendar(self.row.council, self.tx)

    @cached_property
    def clocks(self) -> Clocks:
        return running_clocks(self.known.alert, self.known.ladder, self.calendar)

    def dates(self) -> Dates:
        run, clocks = self.known.run, self.clocks
        by = self._first_day(clocks)
        return Dates(
            since=london_date(run.known_at),
            answer_by=by,
            entered_on=london_date(run.entered_at) if run.entered_at else None,
            asked_on=london_date(run.date_agreed_at) if run.date_agreed_at else None,
            answer_is=_not_binding(clocks.first) if self.row.due_is_aim else "due",
            first_of=_of([clocks.first] if clocks.first else []),
            others=tuple(self._others(clocks, by)),
            hold_until=self.row.hold_until,
            held_on=london_date(run.hold.at) if run.hold else None,
            escalate_by=clocks.escalate_by,
            may_go_on=list_status.may_go_on(self.row, self.office.today),
        )

    def _first_day(self, clocks: Clocks) -> DayOrMoment | None:
        """The answer's day, or an aim's; what is late on its own day is told of as such tomorrow."""
        first = clocks.first
        if not list_status.waits_for_answer(self.row) or first is None or self._has_run_out(first):
            return None
        if first.is_binding and first.times is not Times.ANSWER and not self.row.due_is_aim:
            return None
        return first.by if first.day == self.row.response_due else self.row.response_due

    def _others(self, clocks: Clocks, told: DayOrMoment | None) -> Iterator[Waited]:
        """Whatever else is waited for by a day: each step, and putting it right."""
        if not list_status.waits_for_answer(self.row):
            return
        alike: dict[tuple[str, DayOrMoment, bool], list[StageClock]] = {}
        for one in clocks.awaited:
            is_told = told is not None and one is clocks.first
            if one.by is not None and not is_told and not self._has_run_out(one):
                what = _WAITED[one.times] if one.is_binding else _not_binding(one)
                alike.setdefault((what, one.by, one.step is not None), []).append(one)
        for (what, by, _), several in alike.items():
            starts = [one.start for one in several if one.start]
            since = min(map(london_date, starts), default=None)
            yield Waited(what, by, since, _of(several))

    def _has_run_out(self, one: StageClock) -> bool:
        """Hours that ran out earlier today: tomorrow it will be said that they have."""
        return one.day == self.office.today and one.is_late(self.office.now())

    @property
    def _limit(self) -> DayOrMoment | None:
        """The last day of the total, with the time of day where it is in hours."""
        limit = self.clocks.time_limit
        return limit.by if limit and limit.by_day == self.row.cap_due else self.row.cap_due

    def readers(self, reminder: Reminder) -> Iterator[Reminded]:
        """Whom it is for, before anybody stands in for them, each with the address to go to."""
        if reminder.to != "asked":
            link = alert_page(self.office, self.row.reference)
            yield Reminded(self.row.officer_id, link, reminder.of)
            return
        every = current_state.askings_of(self.tx, self.row.id)
        here = tuple(one for one in every if one.is_present)
        for asking in here:
            of = self._theirs(reminder, asking.person_id, {one.person_id for one in here})
            if of is not None:
                link = f"{self.office.settings.base_url}/respond/{asking.id}"
                yield Reminded(asking.person_id, link, of)

    def _theirs(self, reminder: Reminder, who: str, here: set[str]) -> RemindedOf | None:
        """What of it is this person's: their own steps, or the answer they have not given; None for nothing."""
        run, asked = self.known.run, {one.id for one in self.known.run.sent.asked}
        if reminder.of == ANSWER:
            left = {one.id for one in run.yet_to_answer} if run.sent.each else asked
            return ANSWER if who in left else None
        if not reminder.of:
            return () if who in asked else None
        doing = {one.key: one.doers & here or asked for one in self._steps if not one.late}
        theirs = tuple(name for name in reminder.of if who in doing.get(name, asked))
        return theirs or None

    @cached_property
    def _steps(self) -> tuple[ToRecord, ...]:
        return self.known.rules.doers(self.known.alert).to_record()

    def _facts(self, reminder: Reminder, to: Reminded) -> NoticeFacts:
        steps = (one.step for one in self._steps if one.key in to.of)
        facts = replace(
            facts_about(self.office, self.tx, self.known),
            due=reminder.by or reminder.day,
            limit=self._limit,
            link=to.link,
            awaited=self.known.run.awaited_posts,
        )
        return with_steps(facts, self.known, steps)

    def notices(self, reminder: Reminder, to: Reminded) -> Iterator[DueNotice]:
        """Written once: one stay at one stage, one reminder of one date, one reader."""
        row, facts = self.row, self._facts(reminder, to)
        sent = max(one.number for one in self.known.alert.happened if one.kind == "sent")
        once = f"reminder:{row.id}:{sent}:{reminder.notice}:{reminder.day}"
        about = (reminder.notice, facts)
        is_hold = reminder.notice.startswith("hold")
        sign = mark(Act.HOLD, self.known.files.procedure, self.known.ladder)
        for reader, written in to_each_reader(
            self.office, self.tx, self.known, to.person_id, about
        ):
            text = written.marked(sign) if is_hold else written
            new = NewNotice(reader, reminder.notice, text.subject, text.body, row.id)
            yield DueNotice(f"{once}:{reader}", new)


def _not_binding(one: StageClock | None) -> Literal["aim", "agreed"]:
    """A day that was agreed for putting it right is told as that, and not as an aim."""
    return "agreed" if one is not None and one.kind is ClockKind.AGREED else "aim"
