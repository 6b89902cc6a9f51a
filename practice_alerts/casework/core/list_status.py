"""What the lists of one council need to know of today, before they ask the store for rows."""

from collections.abc import Collection, Mapping
from datetime import date

from practice_alerts.adapters.store.alerts import counts, late_or_waiting_sql
from practice_alerts.adapters.store.alerts.counts import FigureReader
from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.alerts.late_or_waiting_sql import DayContext, StageKey
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.domain.acts.acts import Rules
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.events import Outcome
from practice_alerts.domain.dates import DayOrMoment
from practice_alerts.domain.deadlines import stage_facts
from practice_alerts.domain.directory.office_permissions import OfficeAct, posts_that
from practice_alerts.domain.procedure.directions import RESERVE, climbed, raising_back
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import AUDITOR
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.office import Office

Found = tuple[tuple[Ladder, Stage], ...]


def figure_reader(office: Office, tx: Tx, actor: Actor) -> FigureReader:
    """For whom figures are counted: they hold what the lists hold."""
    reader = FigureReader(actor.council, actor.id)
    unread = unread_of(office, tx, actor, counts.ids(tx, reader)) if asks(office, actor) else ()
    return reader._replace(unread=frozenset(unread))


def unread_of(office: Office, tx: Tx, actor: Actor, ids: Collection[str]) -> frozenset[str]:
    """Of these alerts of the service, those about the reviewing service itself.

    Its manager and support do not read them. In reserve for that manager one reads only those that challenge
    every one of them.
    """
    if not asks(office, actor):
        return frozenset()
    alerts = load_each(office, tx, ids)
    return frozenset(name for name in ids if not alerts[name].may(actor, Act.SEE))


def asks(office: Office, actor: Actor) -> bool:
    """Must each alert be asked whether this person may open it? Columns do not tell."""
    posts = actor.posts & posts_that(OfficeAct.LIST_ALERTS)
    if not posts:
        return RESERVE in actor.posts
    return AUDITOR not in posts and bool(raising_back(office.council(actor.council).procedure))


def day_of(office: Office, tx: Tx, reader: Actor | None = None) -> DayContext:
    """What lists are told of this moment, and of the stages at which a post of their reader's has a say."""
    named = named_stages(office, tx, reader) if reader else ()
    return DayContext(office.now(), office.today, named)


def named_stages(office: Office, tx: Tx, actor: Actor) -> tuple[StageKey, ...]:
    """The stages in use at which a post of theirs reviews or escalates."""
    if not actor.posts:
        return ()
    stages = late_or_waiting_sql.stages_in_use(tx, actor.council)
    return tuple(one for one in stages if _named(office, one) & actor.posts)


def several_clocks(office: Office, tx: Tx, council: str) -> tuple[StageKey, ...]:
    """The stages at which more than the one day that a row keeps may be waited for."""
    stages = late_or_waiting_sql.stages_in_use(tx, council)
    return tuple(
        one
        for one in stages
        if any(stage_facts.has_several_clocks(stage) for _, stage in ladders_at(office, one))
    )


def moments_of(office: Office, tx: Tx, alerts: Mapping[str, StageKey]) -> dict[str, DayOrMoment]:
    """The first day of each, by its id, with the time of day that rows do not keep: where a clock runs in hours."""
    hourly = (name for name, at in alerts.items() if _is_hourly(office, at))
    known = load_each(office, tx, hourly).items()
    found = {name: _first_by(office, tx, one) for name, one in known}
    return {name: by for name, by in found.items() if by is not None}


def _is_hourly(office: Office, at: StageKey) -> bool:
    return any(stage_facts.is_hourly(stage) for _, stage in ladders_at(office, at))


def _first_by(office: Office, tx: Tx, known: Known) -> DayOrMoment | None:
    calendar = office.calendar(known.files.id, tx)
    first = running_clocks(known.alert, known.ladder, calendar).first
    return first.by if first else None


def ladders_at(office: Office, at: StageKey) -> Found:
    """Each ladder that has this stage, with the stage as it stands there."""
    return stage_facts.ladders_with(office.edition(at.edition).procedure, at.kind, at.stage)


def _named(office: Office, at: StageKey) -> frozenset[str]:
    """The posts that have a say at that stage without being asked there."""
    procedure = office.edition(at.edition).procedure
    here = (
        Rules(each, ladder).posts_at(stage).looking_on
        for ladder, stage in ladders_at(office, at)
        for each in climbed(procedure, ladder)
    )
    return frozenset(post for posts in here for post in posts)


def waits_for_answer(row: CurrentRow) -> bool:
    """Is it the turn of those asked? Not once there is something to review, an outcome or a hold."""
    return not row.to_judge and row.judged is None and row.hold_until is None


def may_go_on(row: CurrentRow, today: date) -> bool:
    """Is going to the next stage what could be done? Not while it is on hold, or put right."""
    if row.judged is not None:  # by then a hold has served its turn
        return row.judged != Outcome.PUT_RIGHT
    return row.hold_until is None or row.hold_until < today
