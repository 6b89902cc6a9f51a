"""What guards the child meanwhile: a standstill of the disputed action, and events told past every stage."""

from __future__ import annotations

from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event


@verb(Act.STANDSTILL)
def begin_standstill(doing: Deciding) -> Event:
    """Say what must not happen until the alert is settled, and who was told."""
    return doing.event()


@verb(Act.LIFT_STANDSTILL)
def end_standstill(doing: Deciding) -> Event:
    """Lift it, or record that the action happened all the same."""
    return doing.event()


@verb(Act.OVERRIDE)
def override(doing: Deciding) -> Event:
    """Record an event so grave that those at the top were told at once: who, when, by whom."""
    return doing.event(told_at=doing.moment_past())
