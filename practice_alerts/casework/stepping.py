"""Steps inside a stage: discussions, meetings, records and plans, each recorded once it has taken place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework.acting import checked, moment, others, text
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, act
from practice_alerts.domain.beside import StepDone
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.events import Event
from practice_alerts.domain.permissions import Act
from practice_alerts.office import Office


def record_step(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """It took place, then and there; or the procedure's question whether it is needed was answered no."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.STEP, answers)
        needed = given["took_place"] == "yes"
        if not needed:
            _must_be_a_choice(found, given["step"])
        return (
            StepDone(
                stage=found.run.stage,
                step=given["step"],
                needed=needed,
                took_place=moment(given, found, office.now()) if needed else None,
                chair=text(given, "chair"),
                present=text(given, "present"),
                outcome=text(given, "outcome"),
                text=text(given, "text"),
                answers=others(Act.STEP, given),
            ),
        )

    return act(office, alert_id, Act.STEP, doing, decide)


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
