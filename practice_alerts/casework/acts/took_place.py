"""What is recorded once it has taken place: steps, what became of a referral, events told past every stage."""

from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event
from practice_alerts.domain.alert.stage_steps import may_be_unneeded
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.errors import BadAnswers


@verb(Act.STEP)
def record_step(doing: Deciding) -> Event:
    """It took place, then and there; or the procedure's question whether it is needed was answered no."""
    needed = bool(doing.given["took_place"] == "yes")
    if not needed:
        _must_be_a_choice(doing.found, doing.given["step"])
    return doing.event(needed=needed, took_place=doing.moment_past() if needed else None)


def _must_be_a_choice(found: Known, step_id: str) -> None:
    """What the procedure wants without asking cannot be found unnecessary; it can be escalated past."""
    stage = found.ladder.stage(found.run.stage) if found.ladder else None
    steps = stage.steps if stage else ()
    step = next(one for one in steps if one.id == step_id)
    if stage is not None and not may_be_unneeded(step, stage):
        anyway = "record it once it has, or go on without it and say why."
        asked = "Did it take place? The procedure asks for this step in any case"
        raise BadAnswers({"took_place": f"{asked}: {anyway}"})


@verb(Act.FOLLOW_UP)
def follow_up(doing: Deciding) -> Event:
    """What became of a referral: sent, received, decided, or taken back."""
    on, number = doing.day_past("on"), int(doing.given["referral"])
    referred = next(one for one in doing.found.alert.referrals if one.number == number)
    if on < london_date(referred.at):
        made = in_full(london_date(referred.at))
        raise BadAnswers({"on": f"When: it was referred on {made}; choose that day or later."})
    return doing.event()


@verb(Act.OVERRIDE)
def override(doing: Deciding) -> Event:
    """Record an event so grave that those at the top were told at once: who, when, by whom."""
    return doing.event(told_at=doing.moment_past())
