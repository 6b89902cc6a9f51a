"""What guards the child meanwhile: a standstill of the disputed action, and events told past every stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework.acting import checked, moment, others, text
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, act
from practice_alerts.domain.beside import Overridden, StandstillBegun, StandstillEnded
from practice_alerts.domain.events import Event
from practice_alerts.domain.permissions import Act
from practice_alerts.office import Office


def begin_standstill(
    office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing
) -> Known:
    """Say what must not happen until the alert is settled, and who was told."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.STANDSTILL, answers)
        return (
            StandstillBegun(
                action=text(given, "action"),
                told=text(given, "told"),
                answers=others(Act.STANDSTILL, given),
            ),
        )

    return act(office, alert_id, Act.STANDSTILL, doing, decide)


def end_standstill(
    office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing
) -> Known:
    """Lift it, or record that the action happened all the same."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.LIFT_STANDSTILL, answers)
        return (
            StandstillEnded(
                happened_anyway=given["happened_anyway"] == "yes",
                reason=text(given, "reason"),
                answers=others(Act.LIFT_STANDSTILL, given),
            ),
        )

    return act(office, alert_id, Act.LIFT_STANDSTILL, doing, decide)


def override(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """Record an event so grave that those at the top were told at once: who, when, by whom."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.OVERRIDE, answers)
        return (
            Overridden(
                event=given["event"],
                told=text(given, "told"),
                told_at=moment(given, found, office.now()),
                by=text(given, "by"),
                text=text(given, "text"),
                answers=others(Act.OVERRIDE, given),
            ),
        )

    return act(office, alert_id, Act.OVERRIDE, doing, decide)
