"""What guards the child meanwhile: a standstill of the disputed action, and events told past every stage."""

from __future__ import annotations

from practice_alerts.casework.verb import Deciding, verb
from practice_alerts.domain.events import Event, Overridden, StandstillBegun, StandstillEnded
from practice_alerts.domain.permissions import Act


@verb(Act.STANDSTILL)
def begin_standstill(doing: Deciding) -> Event:
    """Say what must not happen until the alert is settled, and who was told."""
    action, told = doing.text("action"), doing.text("told")
    return StandstillBegun(action=action, told=told, answers=doing.others)


@verb(Act.LIFT_STANDSTILL)
def end_standstill(doing: Deciding) -> Event:
    """Lift it, or record that the action happened all the same."""
    happened, reason = doing.yes("happened_anyway"), doing.text("reason")
    return StandstillEnded(happened_anyway=happened, reason=reason, answers=doing.others)


@verb(Act.OVERRIDE)
def override(doing: Deciding) -> Event:
    """Record an event so grave that those at the top were told at once: who, when, by whom."""
    return Overridden(
        event=doing.given["event"],
        told=doing.text("told"),
        told_at=doing.moment_past(),
        by=doing.text("by"),
        text=doing.text("text"),
        answers=doing.others,
    )
