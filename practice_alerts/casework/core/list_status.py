"""What the lists of one council need to know of today, before they ask the store for rows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from practice_alerts.adapters.store.alerts import counts, late_or_waiting_sql
from practice_alerts.adapters.store.alerts.counts import FigureReader
from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.alerts.late_or_waiting_sql import DayContext, StageKey
from practice_alerts.adapters.store.alerts.reminder_candidates import Standpoint
from practice_alerts.adapters.store.alerts.tray_rows import Brief
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.loaded_alert import Known, load, load_each
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.events import Outcome
from practice_alerts.domain.dates import DayOrMoment
from practice_alerts.domain.deadlines import stage_facts
from practice_alerts.domain.deadlines.due_date import Calendar
from practice_alerts.domain.deadlines.stage_facts import ladders_with, last_day_to_escalate
from practice_alerts.domain.directory.office_permissions import OfficeAct, posts_that
from practice_alerts.domain.procedure.directions import RESERVE, climbed, raising_back
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import AUDITOR
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.standing.standings import Pile
from practice_alerts.domain.standing.status import where
from practice_alerts.office import Office

Found = tuple[tuple[Ladder, Stage], ...]


@dataclass(frozen=True)
class Reckoning:
    """Today in one council: what SQL is told, and by when to escalate from each stage."""

    day: DayContext
    stages: tuple[StageKey, ...]
    escalate_by: Callable[[StageKey, date], date | None]

    def first_due(self, one: Brief) -> date:
        """The day by which something is to be done with it; what waits for no day comes last."""
        if one.pile in (Pile.REVIEW, Pile.CLOSE):
            return self.day.today
        if one.pile in (Pile.ESCALATE, Pile.LATE):
            escalate = self.escalate_by(one.at, one.cap_due) if one.cap_due else None
            return escalate or one.response_due or self.day.today
        return one.hold_until or one.response_due or date.max


def figure_reader(office: Office, tx: Tx, actor: Actor) -> FigureReader:
    """For whom figures are counted: they hold what the lists hold."""
    reader = FigureReader(actor.council, actor.id)
    unread = unread_of(office, tx, actor, counts.ids(tx, reader)) if _asks(office, actor) else ()
    return reader._replace(unread=frozenset(unread))


def unread_of(office: Office, tx: Tx, actor: Actor, ids: Collection[str]) -> frozenset[str]:
    """Of these alerts of the service, those about the reviewing service itself.

    Its manager and support do not read them. In reserve for that manager one reads only those that challenge
    every one of them.
    """
    if not _asks(office, actor):
        return frozenset()
    alerts = load_each(office, tx, ids)
    return frozenset(name for name in ids if not alerts[name].may(actor, Act.SEE))


def _asks(office: Office, actor: Actor) -> bool:
    """Must each alert be asked whether this person may open it? Columns do not tell."""
    posts = actor.posts & posts_that(OfficeAct.LIST_ALERTS)
    if not posts:
        return RESERVE in actor.posts
    return AUDITOR not in posts and bool(raising_back(office.council(actor.council).procedure))


def reckon(office: Office, tx: Tx, council: str, posts: Iterable[str] = ()) -> Reckoning:
    """`posts` are the reader's: those of the IRO service may be named at a stage."""
    stages, calendar = late_or_waiting_sql.stages_in_use(tx, council), office.calendar(council, tx)
    today = office.today
    facts = _StageFacts(office, calendar)
    found = {one: facts.ladders(one) for one in stages}
    too_late = {one: facts.none_to_spare(one, today) for one in stages}
    day = DayContext(
        today,
        *_looked_into(office, tx, council, found),
        asked_back=_asked_back(office, tx, council),
        none_to_spare=tuple((one, last) for one, last in too_late.items() if last),
        off_path=tuple(one for one, last in too_late.items() if last is None),
        named=tuple(one for one in stages if facts.named(one) & {*posts}),
    )
    return Reckoning(day, stages, lru_cache(maxsize=None)(facts.escalate_by))


def named_stages(office: Office, tx: Tx, actor: Actor) -> tuple[StageKey, ...]:
    """What a search needs to know of today: `DayContext.named` for this reader, and nothing else of it."""
    if not actor.posts:
        return ()
    facts = _StageFacts(office, office.calendar(actor.council, tx))
    stages = late_or_waiting_sql.stages_in_use(tx, actor.council)
    return tuple(one for one in stages if facts.named(one) & actor.posts)


def several_clocks(office: Office, tx: Tx, council: str) -> tuple[StageKey, ...]:
    """The stages at which more than the one day that a row keeps may be waited for."""
    facts = _StageFacts(office, office.calendar(council, tx))
    stages = late_or_waiting_sql.stages_in_use(tx, council)
    return tuple(
        one
        for one in stages
        if any(stage_facts.has_several_clocks(stage) for _, stage in facts.ladders(one))
    )


def moments_of(office: Office, tx: Tx, alerts: Mapping[str, StageKey]) -> dict[str, DayOrMoment]:
    """The first day of each, by its id, with the time of day that rows do not keep: where a clock runs in hours."""
    hourly = (name for name, at in alerts.items() if _is_hourly(office, at))
    known = load_each(office, tx, hourly).items()
    found = {name: _first_by(office, tx, one) for name, one in known}
    return {name: by for name, by in found.items() if by is not None}


def _is_hourly(office: Office, at: StageKey) -> bool:
    procedure = office.edition(at.edition).procedure
    found = stage_facts.ladders_with(procedure, at.kind, at.stage)
    return any(stage_facts.is_hourly(stage) for _, stage in found)


def _first_by(office: Office, tx: Tx, known: Known) -> DayOrMoment | None:
    calendar = office.calendar(known.files.id, tx)
    first = running_clocks(known.alert, known.ladder, calendar).first
    return first.by if first else None


def _looked_into(
    office: Office, tx: Tx, council: str, found: dict[StageKey, Found]
) -> tuple[frozenset[str], frozenset[str]]:
    """Of the alerts that columns leave in doubt, those that are late and those that are not."""
    hourly = [one for one, at in found.items() if any(stage_facts.is_hourly(s) for _, s in at)]
    endless = [one for one, at in found.items() if any(stage_facts.is_open_ended(s) for _, s in at)]
    if not hourly and not endless:
        return frozenset(), frozenset()
    doubts = late_or_waiting_sql.in_doubt(tx, council, office.today, hourly, endless)
    calendar, late = office.calendar(council, tx), set[str]()
    for alert_id, known in load_each(office, tx, doubts).items():
        clocks = running_clocks(known.alert, known.ladder, calendar)
        stood = where(known.alert, known.ladder, clocks, office.now())
        if stood.standing.pile is Pile.LATE:
            late.add(alert_id)
    return frozenset(late), frozenset(doubts) - late


def _asked_back(office: Office, tx: Tx, council: str) -> frozenset[str]:
    found = load_each(office, tx, late_or_waiting_sql.talked_of(tx, council))
    runs = ((name, one.alert.run) for name, one in found.items())
    return frozenset(name for name, run in runs if run and (run.not_theirs or run.open_questions))


@dataclass(frozen=True)
class _StageFacts:
    office: Office
    calendar: Calendar

    def ladders(self, at: StageKey) -> Found:
        procedure = self.office.edition(at.edition).procedure
        return stage_facts.ladders_with(procedure, at.kind, at.stage)

    def escalate_by(self, at: StageKey, limit_due: date) -> date | None:
        return min(last_days(self.office, Standpoint(*at, limit_due), self.calendar), default=None)

    def none_to_spare(self, at: StageKey, today: date) -> date | None:
        days = (
            stage_facts.last_limit_with_none_to_spare(ladder, stage.id, today, self.calendar)
            for ladder, stage in self.ladders(at)
        )
        return max((day for day in days if day), default=None)

    def named(self, at: StageKey) -> frozenset[str]:
        procedure, found = self.office.edition(at.edition).procedure, self.ladders(at)
        here = (
            Rules(each, ladder).posts_at(stage).looking_on
            for ladder, stage in found
            for each in climbed(procedure, ladder)
        )
        return frozenset(post for posts in here for post in posts)


def last_days(office: Office, where: Standpoint, calendar: Calendar) -> frozenset[date]:
    """The last day to go on within the time limit; several where each partner's ladder has its own."""
    procedure = office.edition(where.edition).procedure
    found = ladders_with(procedure, where.kind, where.stage)
    days = {
        last_day_to_escalate(ladder, stage.id, where.cap_due, calendar) for ladder, stage in found
    }
    return frozenset(day for day in days if day is not None)


def last_day(office: Office, tx: Tx, row: CurrentRow, calendar: Calendar) -> date | None:
    """The last day to go on within the time limit; None where there is none."""
    if row.stage is None or row.cap_due is None:
        return None
    days = last_days(office, Standpoint(row.edition, row.kind, row.stage, row.cap_due), calendar)
    if len(days) > 1:  # which partner's ladder it climbs, only the events say
        ladder = load(office, tx, row.id).ladder
        return last_day_to_escalate(ladder, row.stage, row.cap_due, calendar) if ladder else None
    return next(iter(days), None)


def waits_for_answer(row: CurrentRow) -> bool:
    """Is it the turn of those asked? Not once there is something to review, an outcome or a hold."""
    return not row.to_judge and row.judged is None and row.hold_until is None


def may_go_on(row: CurrentRow, today: date) -> bool:
    """Is going to the next stage what could be done? Not while it is on hold, or put right."""
    if row.judged is not None:  # by then a hold has served its turn
        return row.judged != Outcome.PUT_RIGHT
    return row.hold_until is None or row.hold_until < today
