"""When holidays, closures or our rules change: open alerts are worked out anew, and both dates are kept."""

from collections.abc import Iterator
from dataclasses import replace

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.record import Doing, current_row, record
from practice_alerts.casework.each_by_itself import told
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import ClosedLate, Moved, Redated, kind_of
from practice_alerts.domain.deadlines.due_date import RULES_SAID, Beside
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.office import Office

PRODUCT = directory.DirectoryPerson("practice-alerts", "The calendar", "")
"""In whose name dates move when nobody closed a day: the bank holidays themselves were put right."""


def redate_all(office: Office) -> int:
    """Every council's open alerts, where the calendar is another than their dates rest on."""
    return sum(redate(office, council) for council in office.councils)


def redate(office: Office, council: str, person_id: str = PRODUCT.id) -> int:
    """One council's open alerts, in the name of whoever changed the calendar; how many were touched.

    Where no day moves, only the row learns which calendar it rests on. Each alert by itself: what was
    done stays done if the next one fails, and doing it again does nothing twice.
    """
    with office.database.reading() as tx:
        version = office.calendar(council, tx).version
        outdated = current_state.with_another_calendar(tx, council, version)
    for alert_id in told(f"Days and standings worked out anew, {council}", outdated):
        with office.database.writing() as tx:
            _redate(office, tx, alert_id, person_id)
    return len(outdated)


def _redate(office: Office, tx: Tx, alert_id: str, person_id: str) -> None:
    found, row = load(office, tx, alert_id), current_state.by_id(tx, alert_id)
    calendar = office.calendar(found.files.id, tx)
    try:
        clocks = running_clocks(found.alert, found.ladder, calendar)
    except (BeyondCalendar, BeforeCalendar):
        return  # nothing can be said; it is asked again at the next start
    fresh = current_row(found, clocks, calendar.version)
    is_open = row is not None and row.is_open
    moved = _moved(row, fresh, clocks) if row is not None and is_open else ()
    beside = _beside(clocks)
    if not moved and (not is_open or beside == _told_beside(found.alert)):
        current_state.put(tx, fresh)
        return
    key = f"redated:{alert_id}:{found.alert.version}:{calendar.version}"
    doing = _doing(tx, found, person_id, key)
    kind = kind_of(Redated)
    if event_store.done_before(tx, key, person_id, kind, alert_id) is None:
        rules = row is not None and _days_of(row.calendar) == _days_of(calendar.version)
        told = Redated(
            calendar=calendar.version,
            moved=moved,
            rules=rules and bool(moved),
            beside=beside,
            closed=_closed_late(clocks),
        )
        record(office, tx, alert_id, (told,), doing)


def _days_of(version: str) -> str:
    """The calendar alone, whatever the rules; a version from before rules had numbers names nothing else."""
    return version.partition(RULES_SAID)[0]


def _moved(row: CurrentRow, fresh: CurrentRow, clocks: Clocks) -> tuple[Moved, ...]:
    """What is due on another day than before; nothing where the row says that it was never worked out."""
    what = clocks.first.called if clocks.first else ""
    answer = Moved(clock="answer", was=row.response_due, now=fresh.response_due, what=what)
    time_limit = Moved(clock="cap", was=row.cap_due, now=fresh.cap_due)
    return tuple(one for one in (answer, time_limit) if one.was != one.now)


def _late(clocks: Clocks) -> Iterator[tuple[Moved, Beside]]:
    """Every day of the stage, and the time limit, beside which another stands."""
    for one in clocks.awaited:
        if one.beside is not None:
            yield (
                Moved(clock="answer", was=one.day, now=one.beside.day, what=one.called),
                one.beside,
            )
    limit = clocks.time_limit
    if limit is not None and limit.beside is not None:
        yield Moved(clock="cap", was=limit.by_day, now=limit.beside.day), limit.beside


def _beside(clocks: Clocks) -> tuple[Moved, ...]:
    return tuple(moved for moved, _ in _late(clocks))


def _closed_late(clocks: Clocks) -> tuple[ClosedLate, ...]:
    days = {day: reason for _, beside in _late(clocks) for day, reason in beside.closed}
    return tuple(ClosedLate(day=day, reason=days[day]) for day in sorted(days))


def _told_beside(alert: Alert) -> tuple[Moved, ...]:
    """What those concerned were told last, at the present stage."""
    since = alert.run.sent_at if alert.run else alert.raised_at
    told = [one.beside for at, one in alert.beside if isinstance(one, Redated) and at >= since]
    return told[-1] if told else ()


def _doing(tx: Tx, found: Known, person_id: str, act_key: str) -> Doing:
    if person_id == PRODUCT.id and directory.person(tx, PRODUCT.id) is None:
        sample = directory.anybody(tx, sample=True)
        directory.add_person(tx, replace(PRODUCT, sample=sample), (), found.alert.raised_at.date())
        directory.remove_person(tx, PRODUCT.id, found.alert.raised_at)
    actor = Actor(person_id, "", found.files.id, frozenset())
    return Doing(actor, act_key, found.alert.version)
