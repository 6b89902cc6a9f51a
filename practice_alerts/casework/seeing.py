"""Looking: the work tray, one alert, and the forecast. Nothing here changes anything but who looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from practice_alerts.adapters.store import current, directory
from practice_alerts.adapters.store.current import CurrentRow
from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework import people
from practice_alerts.casework.known import Known, load, load_each
from practice_alerts.domain.acts import Offer, offers
from practice_alerts.domain.cautions import cautions
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.forecast import StepForecast, step_forecasts
from practice_alerts.domain.guide.wording import sentence
from practice_alerts.domain.history import Line, history
from practice_alerts.domain.openings import ways_on
from practice_alerts.domain.permissions import Act, Actor, Relation, may, relations
from practice_alerts.domain.routes import ROUTES
from practice_alerts.domain.standing import (
    UNANSWERED,
    Clocks,
    Standing,
    Where,
    anchors,
    asked_of_you,
    running_clocks,
    where,
)
from practice_alerts.domain.timing import Calendar
from practice_alerts.office import Office


@dataclass(frozen=True)
class Seen:
    """One alert as this person sees it now."""

    known: Known
    actor: Actor
    relations: frozenset[Relation]
    clocks: Clocks
    where: Where
    offers: tuple[Offer, ...]
    history: tuple[Line, ...]
    asking_id: str | None
    """The address of this person's answer page, while they are asked."""
    seen_at: datetime
    warnings: tuple[str, ...]
    """Sentences to read before anything else; none while all is well."""
    steps: tuple[StepForecast, ...]
    """What must happen inside the present stage, each with its clock where its start is known."""
    ways_out: tuple[str, ...]
    """The outside routes to which the procedure points from the present stage, in words."""


@dataclass(frozen=True)
class InTray:
    """One line of the work tray."""

    row: CurrentRow
    where: Where
    clocks: Clocks
    stage_label: str
    kind_title: str
    shows_child: bool


@dataclass(frozen=True)
class Tray:
    """The work tray, in the order in which things must be done."""

    needs_you: tuple[InTray, ...]
    to_answer: tuple[InTray, ...]
    waiting: tuple[InTray, ...]
    on_hold: tuple[InTray, ...]
    without_ladder: tuple[InTray, ...]
    closed: tuple[InTray, ...]

    @property
    def is_empty(self) -> bool:
        return not any(
            (self.needs_you, self.to_answer, self.waiting, self.on_hold, self.without_ladder)
        )


def see(office: Office, person_id: str, reference: str, *, record: bool = True) -> Seen:
    """Open one alert; that it was opened is recorded. Raises NotFound for anything not theirs."""
    with office.database.reading() as tx:
        row = current.by_reference(tx, reference)
        if row is None:
            raise NotFound("practice alert of that reference")
        actor = people.actor_in(office, tx, person_id, row.council)
        found = load(office, tx, row.id)
        if not found.may(actor, Act.SEE):
            raise NotFound("practice alert of that reference")
        calendar = office.calendar(row.council, tx)
        asking = _own_asking(current.askings_of(tx, row.id), actor)
        names = directory.names(tx, {event.by for event in found.alert.happened})
    if record:
        with office.database.writing() as tx:
            current.seen(tx, row.id, person_id, office.now())
    clocks, now = running_clocks(found.alert, found.ladder, calendar), office.now()
    return Seen(
        known=found,
        actor=actor,
        relations=relations(actor, found.alert, found.rules.named(found.alert)),
        clocks=clocks,
        where=where(found.alert, found.ladder, clocks, now),
        offers=offers(actor, found.alert, found.rules),
        history=history(found.alert, found.ladder, names),
        asking_id=asking,
        seen_at=now,
        warnings=_warnings(found, clocks, london_date(now)),
        steps=_steps(found, calendar),
        ways_out=_ways_out(found),
    )


def _warnings(found: Known, clocks: Clocks, today: date) -> tuple[str, ...]:
    run, standstill = found.alert.run, found.alert.standstill
    if found.ladder is None or run is None or not found.alert.is_open:
        return ()
    still = (f"Standstill. Not to happen: {standstill.action}",) if standstill else ()
    return still + tuple(
        sentence(said) for said in cautions(found.ladder, run.stage, clocks, today)
    )


def _steps(found: Known, calendar: Calendar) -> tuple[StepForecast, ...]:
    run = found.alert.run
    if found.ladder is None or run is None:
        return ()
    return step_forecasts(found.ladder, run.stage, anchors(found.alert), calendar)


def _ways_out(found: Known) -> tuple[str, ...]:
    run, raised = found.alert.run, found.alert.raised
    if found.ladder is None or run is None:
        return ()
    ways = ways_on(found.files.procedure, found.ladder, run.stage, raised.raised_as)
    return tuple(ROUTES[way].title for way in ways if way in ROUTES)


def tray(office: Office, actor: Actor) -> Tray:
    """What this person, and whoever they stand in for, has to do and is waiting for."""
    own = {actor.id, *actor.covers_for}
    with office.database.reading() as tx:
        raised = _lines(office, tx, actor, current.raised_by(tx, own, only_open=True))
        asked = _lines(office, tx, actor, current.asked_of(tx, own, only_open=True))
        done = current.raised_by(tx, own, only_closed=True)
        closed = _lines(office, tx, actor, done)
    asked = tuple(_for_the_asked(line) for line in asked)
    due = [line for line in asked if line.where.standing in UNANSWERED]
    with_others = [line for line in raised if line.where.turn == "asked"]
    with_others += [line for line in asked if line.where.standing not in UNANSWERED]
    held = Standing.ON_HOLD
    return Tray(
        needs_you=_first_things_first(line for line in raised if line.where.needs_raiser),
        to_answer=_first_things_first(due),
        waiting=_first_things_first(one for one in with_others if one.where.standing is not held),
        on_hold=_first_things_first(one for one in with_others if one.where.standing is held),
        without_ladder=tuple(line for line in raised if line.where.turn == "nobody"),
        closed=closed,
    )


def _for_the_asked(line: InTray) -> InTray:
    sentence = asked_of_you(line.where, line.stage_label, line.clocks)
    return replace(line, where=replace(line.where, sentence=sentence))


def service(office: Office, actor: Actor) -> tuple[InTray, ...]:
    """Every open alert of the council, for those who manage or review the service."""
    if not actor.posts & {"iro_manager", "qa_lead"}:
        raise NotFound("view of the whole service")
    with office.database.reading() as tx:
        rows = current.of_council(tx, actor.council, only_open=True)
        return _first_things_first(_lines(office, tx, actor, rows))


def search(office: Office, actor: Actor, words: str) -> tuple[InTray, ...]:
    """Alerts this person may see, by reference, case number or the line without names."""
    if not words.strip():
        return ()
    own = {actor.id, *actor.covers_for}
    whole = actor.council if actor.posts & {"iro_manager", "qa_lead"} else None
    with office.database.reading() as tx:
        rows = current.search(tx, words, raisers=own, asked=own, council=whole)
        return _lines(office, tx, actor, (row for row in rows if row.council == actor.council))


def teams(office: Office, council: str) -> tuple[str, ...]:
    with office.database.reading() as tx:
        return directory.teams(tx, council, office.today)


def holders(office: Office, council: str, post: str) -> tuple[str, ...]:
    """The names of whoever holds a post, for a person field of a form."""
    with office.database.reading() as tx:
        found = directory.holders(tx, council, post, office.today)
    return tuple(person.name for person in found)


def _lines(office: Office, tx: Tx, actor: Actor, rows: Iterable[CurrentRow]) -> tuple[InTray, ...]:
    rows = tuple(rows)
    alerts = load_each(office, tx, (row.id for row in rows))
    calendars = {council: office.calendar(council, tx) for council in {row.council for row in rows}}
    found: list[InTray] = []
    for row in rows:
        known = alerts[row.id]
        if not may(actor, Act.SEE, known.alert):
            continue
        clocks = running_clocks(known.alert, known.ladder, calendars[row.council])
        stands = where(known.alert, known.ladder, clocks, office.now())
        kind = known.files.procedure.kinds[row.kind].title
        # The QA lead reads the log by reference; a child's initials are for those who work the case.
        shows = relations(actor, known.alert) != {Relation.QA_LEAD}
        found.append(InTray(row, stands, clocks, known.stage_label, kind, shows))
    return tuple(found)


def _first_things_first(lines: Iterable[InTray]) -> tuple[InTray, ...]:
    return tuple(
        sorted(lines, key=lambda one: (one.where.by is None, one.where.by, one.row.reference))
    )


def _own_asking(askings: Iterable[current.Asking], actor: Actor) -> str | None:
    for asking in askings:
        if asking.is_present and asking.person_id in {actor.id, *actor.covers_for}:
            return asking.id
    return None
