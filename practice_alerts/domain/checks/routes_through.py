"""Rules about the way through a ladder: in, on, and out at the top."""

from __future__ import annotations

from collections.abc import Iterator

from practice_alerts.domain.checks.rule import Hit, LintRule, Subject
from practice_alerts.domain.procedure.entry import ANY_STAGE
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import CASE_TYPES, Procedure
from practice_alerts.domain.procedure.routes import ROUTES

_FORMAT = "The format: a ladder is climbed from stage to stage (docs/procedure-format.md, then)"
_OUT = (
    "Children Act 1989, section 25B(3), and regulation 45 of SI 2010/959 for looked-after children;"
    " Working Together to Safeguard Children for plans"
)
_TOPS = ("cafcass", "lscp")


def _no_way_in(subject: Subject) -> Iterator[Hit]:
    for path, ladder in subject.ladders:
        for place, stage in enumerate(ladder.stages):
            if place and not _may_enter(ladder, stage) and not _ways_to(ladder, stage):
                says = f"{stage.label} cannot be entered, and no stage leads to it"
                yield Hit((*path, "stages", place), says, _about(ladder, place))


def _by_choice_only(subject: Subject) -> Iterator[Hit]:
    for path, ladder in subject.ladders:
        straight = ladder.straight_path()
        for place, stage in enumerate(ladder.stages):
            if stage.formal and stage not in straight and place:
                before = straight[-1]
                ways = ", ".join(_title(ladder, way) for way in before.then) or "nowhere"
                says = (
                    f"{stage.label} is not reached by going on: {before.label} leads to {ways}, "
                    f"so somebody has to choose it"
                )
                about = (f"{before.id}.then", *_about(ladder, place))
                yield Hit((*path, "stages", place), says, about)


def _no_way_on(subject: Subject) -> Iterator[Hit]:
    for path, ladder in subject.ladders:
        for place, stage in enumerate(ladder.stages[:-1]):
            if not ladder.grounds(stage):
                says = f"nothing sends an alert on from {stage.label}"
                here = (*path, "stages", place, "goes_on_when")
                yield Hit(here, says, (f"{stage.id}.goes_on_when",))


def _dead_end(subject: Subject) -> Iterator[Hit]:
    procedure = subject.procedure
    for name, ladder in subject.own_ladders:
        top = ladder.stages[-1]
        for case in procedure.raised_by:
            if not _ways_out(procedure, case):
                says = (
                    f"after {top.label} there is no way out of the authority for a "
                    f"{CASE_TYPES[case]}"
                )
                path = ("ladders", name, "stages", len(ladder.stages) - 1)
                routes = (f"referrals.{way}" for way in _TOPS)
                yield Hit(path, says, (f"{top.id}.then", *routes, "referrals"))


def _gate(subject: Subject) -> Iterator[Hit]:
    gate = subject.procedure.gate
    if gate is None:
        return
    stages = [stage.id for _, ladder in subject.ladders for stage in ladder.stages]
    for name, answer in (("yes", gate.yes), ("no", gate.no)):
        if answer.then not in (ANY_STAGE, *stages):
            says = f"after {name} the gate leads to '{answer.then}', which is no stage"
            yield Hit(("gate", name, "then"), says, (f"gate.{name}", "gate"))


def _may_enter(ladder: Ladder, stage: Stage) -> bool:
    return ladder.entry.any_stage or (stage.entry is not None and stage.entry.direct)


def _ways_to(ladder: Ladder, stage: Stage) -> list[Stage]:
    return [one for one in ladder.stages if stage in ladder.next_stages(one.id)]


def _ways_out(procedure: Procedure, case: str) -> list[str]:
    return [
        name
        for name, referral in procedure.referrals.items()
        if name in _TOPS and (not referral.raised_as or case in referral.raised_as)
    ]


def _title(ladder: Ladder, way: str) -> str:
    if ladder.has(way):
        return ladder.stage(way).label
    return ROUTES[way].title if way in ROUTES else way


def _about(ladder: Ladder, place: int) -> tuple[str, ...]:
    stage, before = ladder.stages[place], ladder.stages[place - 1]
    return (f"{before.id}.then", stage.id)


RULES = (
    LintRule(
        "PA301",
        "A stage that cannot be reached",
        "error",
        _FORMAT,
        "A stage no alert can ever come to is either a slip in the file or a gap in the procedure.",
        _no_way_in,
        needs_reading=True,
    ),
    LintRule(
        "PA302",
        "A formal stage off the straight path",
        "warning",
        _FORMAT,
        "The stage before it leads elsewhere by rule. The app offers the stage as a choice, and "
        "leaves it out of slack and 'escalate by'.",
        _by_choice_only,
        needs_reading=True,
    ),
    LintRule(
        "PA303",
        "Nothing sends an alert on",
        "error",
        _FORMAT,
        "Without a ground for going on an alert stays where it is, and the child waits.",
        _no_way_on,
        needs_reading=True,
    ),
    LintRule(
        "PA304",
        "No way out at the top",
        "warning",
        _OUT,
        "When the highest post has not put it right, somebody outside the authority must be able "
        "to. Where the procedure names nobody, that is shown and nothing is borrowed.",
        _dead_end,
        needs_reading=True,
    ),
    LintRule(
        "PA305",
        "The gate leads nowhere",
        "error",
        _FORMAT,
        f"What follows from an answer is a stage's id or '{ANY_STAGE}'.",
        _gate,
    ),
)
