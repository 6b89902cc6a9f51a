"""The overview: is the service in time, what comes of its alerts, and what has waited longest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.log import log_figures
from practice_alerts.adapters.log.log_figures import LogFigures
from practice_alerts.adapters.store.alerts import counts
from practice_alerts.adapters.store.alerts.counts import FigureReader, Late, Limits
from practice_alerts.adapters.store.alerts.late_or_waiting_sql import StageKey
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.list_status import day_of, figure_reader, moments_of
from practice_alerts.casework.views.service import at_filter, in_words, of_editions
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import DayOrMoment
from practice_alerts.domain.deadlines import stage_facts
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, must_run
from practice_alerts.office import Office

_LONGEST_WAITING = 10
_FEBRUARY_29 = (2, 29)


@dataclass(frozen=True, slots=True)
class StageCount:
    """Open alerts at one stage of one kind."""

    kind_title: str
    stage_label: str
    at: str
    """Kind and stage as a filter names them."""
    count: int


@dataclass(frozen=True, slots=True)
class Longest:
    """An alert that is late: what it waits for, and the day that was due."""

    reference: str
    post: str
    stage_label: str
    due: DayOrMoment | None


@dataclass(frozen=True)
class Overview:
    """`figures` of the last twelve months; None while the council's log is being made."""

    since: date
    limits: Limits
    stages: tuple[StageCount, ...]
    longest: tuple[Longest, ...]
    figures: LogFigures | None
    leads: bool
    """May its reader list the alerts that it counts?"""
    restricted: int = 0
    """How many open alerts others alone may open, by name; they are in no other figure here."""


def overview(office: Office, actor: Actor) -> Overview:
    """For those who may. Raises NotYours for anybody else."""
    must_run(actor, OfficeAct.SEE_OVERVIEW, actor.council)
    since = year_before(office.today)
    log = office.log.files().get(actor.council)
    with office.database.reading() as tx:
        day = day_of(office, tx)
        reader = figure_reader(office, tx, actor)
        late = counts.oldest_late(tx, reader, day, _LONGEST_WAITING)
        return Overview(
            since=since,
            limits=counts.carried(tx, reader, day).limits,
            stages=_stages(office, tx, reader),
            longest=_longest(office, tx, late),
            restricted=counts.restricted(tx, reader),
            figures=log_figures.figures(log, since, office.today) if log else None,
            leads=may_run(actor, OfficeAct.LIST_ALERTS, actor.council),
        )


def year_before(today: date) -> date:
    """The same day a year ago; of a 29 February the day before."""
    day = 28 if (today.month, today.day) == _FEBRUARY_29 else today.day
    return date(today.year - 1, today.month, day)


def _stages(office: Office, tx: Tx, reader: FigureReader) -> tuple[StageCount, ...]:
    """In the order of the ladders; alerts of several editions together, as a list has them."""
    found: dict[str, list[tuple[StageKey, int]]] = {}
    for at, count in counts.open_by_stage(tx, reader):
        found.setdefault(at_filter(at), []).append((at, count))
    rows = []
    for name, some in found.items():
        _, kind, label = of_editions(in_words(office, at) for at, _ in some)
        place = min(_place(office, at) for at, _ in some)
        rows.append((kind, place, label, name, sum(number for _, number in some)))
    return tuple(StageCount(kind, label, at, n) for kind, _, label, at, n in sorted(rows))


def _place(office: Office, at: StageKey) -> int:
    procedure = office.edition(at.edition).procedure
    found = stage_facts.ladders_with(procedure, at.kind, at.stage)
    return min((ladder.place(stage.id) for ladder, stage in found), default=0)


def _longest(office: Office, tx: Tx, late: Iterable[Late]) -> tuple[Longest, ...]:
    late = tuple(late)
    moments = moments_of(office, tx, {one.id: one.at for one in late})
    found = ((one, in_words(office, one.at)) for one in late)
    return tuple(
        Longest(one.reference, post, label, moments.get(one.id, one.due))
        for one, (post, _, label) in found
    )
