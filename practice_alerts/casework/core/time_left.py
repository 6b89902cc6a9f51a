"""How long an alert may stay where it stands, from its row alone: the events need not be folded."""

from datetime import date

from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.alerts.due_and_overdue import Standpoint
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.loaded_alert import load
from practice_alerts.domain.alert.events import Outcome
from practice_alerts.domain.deadlines.due_date import Calendar
from practice_alerts.domain.deadlines.stage_facts import ladders_with, last_day_to_escalate
from practice_alerts.office import Office


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
