"""Steps inside a stage: discussions, meetings, records and plans, each recorded once it has taken place."""

from __future__ import annotations

from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event
from practice_alerts.domain.errors import BadAnswers


@verb(Act.STEP)
def record_step(doing: Deciding) -> Event:
    """It took place, then and there; or the procedure's question whether it is needed was answered no."""
    needed = doing.yes("took_place")
    if not needed:
        _must_be_a_choice(doing.found, doing.given["step"])
    return doing.event(needed=needed, took_place=doing.moment_past() if needed else None)


def _must_be_a_choice(found: Known, step_id: str) -> None:
    """What the procedure wants without asking cannot be found unnecessary; it can be escalated past."""
    steps = found.ladder.stage(found.run.stage).steps if found.ladder else ()
    step = next(one for one in steps if one.id == step_id)
    if step.ask is None and step.if_ is None:
        raise BadAnswers(
            {
                "took_place": "Did it take place? The procedure asks for this step in any case:"
                " record it once it has, or go on without it and say why."
            }
        )
