"""Lists as verbs in a store of 300,000 alerts, 10,000 of them open, against one of 1,000 with a hundred open.

An officer holds some hundred open ones in either. By processor time: the pages around them are the same everywhere. The large
store is made in some ten minutes and takes 6 GB where temporary files lie.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from bench.turns import Row, milliseconds, seconds, times
from practice_alerts.casework.jobs import send_reminders
from practice_alerts.casework.views import alert_view, overview, service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import Pile
from tests.helpers.alerts.large_store import many_alerts
from tests.helpers.product.office import Desk

MANY, OPEN_OF_MANY = 300_000, 10_000
FEW, OPEN_OF_FEW = 1_000, 100
ROUNDS = 5
OFFICER, LEAD = "iro-01", "boss"
REFERENCE = "LAM-2024-10040"
"""One of the alerts that stand in both stores."""

Verb = Callable[[Desk], object]


def measure() -> list[Row]:
    with TemporaryDirectory() as folder:
        sizes = ((MANY, OPEN_OF_MANY), (FEW, OPEN_OF_FEW))
        desks = [many_alerts(Path(folder) / str(every), every, some) for every, some in sizes]
        rows = [_row(what, verb, desks) for what, verb in _verbs().items()]
        rows.append(_reminders(desks[0]))
        for desk in desks:
            desk.office.database.close()
    return rows


def _verbs() -> dict[str, Verb]:
    def listed(who: str, **filters: object) -> Verb:
        wanted = Wanted(Filters.model_validate(filters))
        return lambda desk: work_tray.tray(desk.office, desk.actor(who), wanted)

    def sought(typed: str, *, closed: bool = False) -> Verb:
        return lambda desk: work_tray.search(desk.office, desk.actor(LEAD), typed, closed=closed)

    return {
        "Work tray of an officer": listed(OFFICER),
        "Work tray, the whole service's": listed(LEAD, whose="service"),
        "The same, what is late": listed(LEAD, whose="service", pile=Pile.LATE),
        "The same, what falls within a week": listed(LEAD, whose="service", within=5),
        "The same, what has no days to spare": listed(LEAD, whose="service", no_slack=True),
        "The same, the highest stage first": listed(LEAD, whose="service", order="stage"),
        "Service view": lambda desk: service.service(desk.office, desk.actor(LEAD)),
        "Overview": lambda desk: overview.overview(desk.office, desk.actor(LEAD)),
        "One alert": lambda desk: alert_view.see(desk.office, LEAD, REFERENCE),
        "Search by a word that most have": sought("home"),
        "Search by a word that few have": sought("12"),
        "Search by a case number": sought("S 200010"),
        "Search by a person": sought("Manager-07"),
        "Search by two words, closed ones too": sought("foster home", closed=True),
    }


def _row(what: str, verb: Verb, desks: list[Desk]) -> Row:
    taken: list[list[float]] = [[] for _ in desks]
    for number in range(ROUNDS + 1):
        for desk, kept in zip(desks, taken, strict=True):
            began = process_time()
            verb(desk)
            if number:  # the first reads from the disk
                kept.append(process_time() - began)
    many, few = (median(kept) for kept in taken)
    note = f"{milliseconds(many)} to {milliseconds(few)}, of processor"
    return Row(f"{what}, {MANY:,} alerts: to {FEW:,}", times(many / few), note)


def _reminders(desk: Desk) -> Row:
    began = process_time()
    written = send_reminders.remind(desk.office)
    took = seconds(process_time() - began)
    return Row(
        f"First reminders of a day, {OPEN_OF_MANY:,} open alerts", took, f"{written} written"
    )
