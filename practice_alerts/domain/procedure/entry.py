"""Where an alert may come in, whether that takes a reason, and where it may go on to by rule."""

from collections.abc import Sequence

from practice_alerts.domain.procedure.beside_text import entry_reason
from practice_alerts.domain.procedure.ladder import EntryReason, Ladder, Stage
from practice_alerts.domain.procedure.procedure import Gate, Procedure

ANY_STAGE = "any stage"
"""What the gate says where an answer opens every stage."""


def may_enter(ladder: Ladder, gate: Gate | None = None, answer: str = "no") -> tuple[Stage, ...]:
    """The stages at which an alert may begin; `answer` is the one given at the gate, yes or no.

    An answer that leads above the first stage leads there and nowhere else. From the first on, what may be begun at
    without any question may still be.
    """
    if any_stage_open(ladder, gate, answer):
        return ladder.stages
    first, leads = ladder.stages[0], "" if gate is None else gate.after(answer).then
    if ladder.has(leads) and leads != first.id:
        return (ladder.stage(leads),)
    return tuple(
        stage
        for stage in ladder.stages
        if stage is first or (stage.entry is not None and stage.entry.direct)
    )


def may_begin(procedure: Procedure, ladder: Ladder) -> tuple[Stage, ...]:
    """The stages at which an alert on this ladder of the procedure may begin, whatever is answered before."""
    gate = procedure.gate if ladder in procedure.ladders.values() else None
    opened = {one.id for answer in ("yes", "no") for one in may_enter(ladder, gate, answer)}
    return tuple(one for one in ladder.stages if one.id in opened)


def any_stage_open(ladder: Ladder, gate: Gate | None = None, answer: str = "no") -> bool:
    """May whoever raises choose any stage? Then stages may be passed over on the way up as well."""
    return ladder.entry.any_stage or (gate is not None and gate.after(answer).then == ANY_STAGE)


def usual_entry(
    ladder: Ladder, gate: Gate | None, opened: Sequence[Stage], answer: str = "no"
) -> Stage:
    """Where the answer at the gate leads, else the first it opens; without a gate the first formal stage.

    There the time limit begins.
    """
    leads = "" if gate is None else gate.after(answer).then
    usual = ladder.first_formal.id if gate is None else leads
    return next((stage for stage in opened if stage.id == usual), opened[0])


def gate_before(procedure: Procedure, kind: str) -> Gate | None:
    """The question before this kind's ladder. Partner ladders and good practice have none."""
    return procedure.gate if procedure.kinds[kind].ladder in procedure.ladders else None


def needs_reason(procedure: Procedure, ladder: Ladder, stage_id: str) -> bool:
    """Must it be said why the alert begins at this stage?"""
    asked = entry_reason(procedure, ladder)
    if asked is EntryReason.WHEN_NOT_THE_FIRST:
        return ladder.place(stage_id) > 0
    return asked is EntryReason.ALWAYS


def ways_on(procedure: Procedure, ladder: Ladder, stage_id: str, raised_as: str) -> tuple[str, ...]:
    """Stages and outside routes that follow by rule, by id; a prompt, and never the only doors.

    Routes that are not for this case type are left out.
    """
    stage = ladder.stage(stage_id)
    if not stage.then:
        return tuple(one.id for one in ladder.next_stages(stage_id))
    return tuple(way for way in stage.then if ladder.has(way) or _is_for(procedure, way, raised_as))


def routes_for(procedure: Procedure, raised_as: str) -> tuple[str, ...]:
    """The outside routes open to this case type, by id: open at every stage."""
    return tuple(route for route in procedure.referrals if _is_for(procedure, route, raised_as))


def _is_for(procedure: Procedure, route: str, raised_as: str) -> bool:
    referral = procedure.referrals.get(route)
    return referral is None or not referral.raised_as or raised_as in referral.raised_as
