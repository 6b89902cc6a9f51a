"""Rules about the way through a ladder: in, on, and out at the top."""

from collections.abc import Iterator

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.procedure.entry import ANY_STAGE
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.text import joined

_FORMAT = "The format: a ladder is climbed from stage to stage (docs/procedure-format.md, then)"
_OUT = (
    "Children Act 1989, section 25B(3), and regulation 45 of SI 2010/959 for looked-after children;"
    " Working Together to Safeguard Children for plans"
)
_TOPS = ("cafcass", "lscp")
_WITH_LAW = frozenset({"looked_after", "child_protection"})
"""The case types for which law or guidance has somebody outside who can be turned to."""


@lint_rule("PA301", "error", _FORMAT, needs_reading=True)
def _no_way_in(subject: Subject) -> Iterator[Hit]:
    """A stage that cannot be reached.

    A stage no alert can ever come to is either a slip in the file or a gap in the procedure.
    """
    for path, ladder, stage in subject.stages:
        direct = stage.entry is not None and stage.entry.direct
        way_in = ladder.entry.any_stage or direct or stage is ladder.stages[0]
        if not way_in and all(stage not in ladder.next_stages(one.id) for one in ladder.stages):
            says = f"{stage.label} cannot be entered, and no stage leads to it"
            yield Hit(path, says, _about(ladder, stage))


@lint_rule("PA302", "warning", _FORMAT, needs_reading=True)
def _by_choice_only(subject: Subject) -> Iterator[Hit]:
    """A formal stage off the usual way up.

    The stage before it leads elsewhere by rule. The app offers the stage as a choice, and leaves it
    out of the days to spare and 'escalate by'.
    """
    for path, ladder, stage in subject.stages:
        usual = ladder.usual_way_up()
        if stage.formal and stage not in usual and stage is not ladder.stages[0]:
            before = usual[-1]
            ways = ", ".join(_title(ladder, way) for way in before.then) or "nowhere"
            says = (
                f"{stage.label} is not reached by going on: {before.label} leads to {ways}, "
                f"so somebody has to choose it"
            )
            yield Hit(path, says, (f"{before.id}.then", *_about(ladder, stage)))


@lint_rule("PA303", "error", _FORMAT, needs_reading=True)
def _no_way_on(subject: Subject) -> Iterator[Hit]:
    """Nothing sends an alert on.

    Without a ground for going on an alert stays where it is, and the child waits.
    """
    for path, ladder, stage in subject.stages:
        if stage is not ladder.stages[-1] and not ladder.grounds(stage):
            says = f"nothing sends an alert on from {stage.label}"
            yield Hit((*path, "goes_on_when"), says, (f"{stage.id}.goes_on_when",))


@lint_rule("PA304", "warning", _OUT, needs_reading=True)
def _dead_end(subject: Subject) -> Iterator[Hit]:
    """No way out at the top.

    When the highest post has not put it right, somebody outside the authority must be able to.
    Where the procedure names nobody, that is shown and nothing is borrowed.
    """
    procedure = subject.procedure
    for name, ladder in procedure.ladders.items():
        top = ladder.stages[-1]
        for case in _WITH_LAW & set(procedure.cases_on(name)):
            if not _has_way_out(procedure, case):
                what = f"after {top.label} there is no way out of the authority"
                path = ("ladders", name, "stages", len(ladder.stages) - 1)
                routes = (f"referrals.{way}" for way in _TOPS)
                about = (f"{top.id}.then", *routes, "referrals")
                yield Hit(path, f"{what} for {procedure.case_titles[case]}", about)


@lint_rule("PA305", "error", _FORMAT)
def _gate(subject: Subject) -> Iterator[Hit]:
    """The gate leads nowhere.

    What follows from an answer is a stage's id or 'any stage'. The question stands before each of the council's
    own ladders: on one that lacks the stage an alert would begin at the first, whatever the file says.
    """
    gate = subject.procedure.gate
    if gate is None:
        return
    climbed = {kind.ladder for kind in subject.procedure.kinds.values()}
    own = {name: one for name, one in subject.procedure.ladders.items() if name in climbed}
    for name, answer in (("yes", gate.yes), ("no", gate.no)):
        lacking = [each for each, ladder in own.items() if not ladder.has(answer.then)]
        if answer.then != ANY_STAGE and len(lacking) == len(own):
            says = f"after {name} the gate leads to '{answer.then}', which is no stage"
            what = f": write '{ANY_STAGE}', or a stage that each of its ladders has"
            yield Hit(("gate", name, "then"), says + what, (f"gate.{name}", "gate"))


@lint_rule("PA307", "warning", _FORMAT)
def _gate_of_some(subject: Subject) -> Iterator[Hit]:
    """The gate leads to a stage that not each of its ladders has.

    On one that lacks the stage an alert begins at the first.
    """
    gate = subject.procedure.gate
    climbed = {kind.ladder for kind in subject.procedure.kinds.values()}
    own = {name: one for name, one in subject.procedure.ladders.items() if name in climbed}
    for name, answer in (("yes", gate.yes), ("no", gate.no)) if gate else ():
        lacking = [each for each, ladder in own.items() if not ladder.has(answer.then)]
        if answer.then != ANY_STAGE and 0 < len(lacking) < len(own):
            says = f"after {name} the gate leads to '{answer.then}', which is no stage of the ladder {joined(lacking)}"
            what = ": there an alert begins at the first stage"
            yield Hit(("gate", name, "then"), says + what, (f"gate.{name}", "gate"))


def _has_way_out(procedure: Procedure, case: str) -> bool:
    tops = [referral for name, referral in procedure.referrals.items() if name in _TOPS]
    return any(not one.raised_as or case in one.raised_as for one in tops)


def _title(ladder: Ladder, way: str) -> str:
    if ladder.has(way):
        return ladder.stage(way).label
    return ROUTES[way].title if way in ROUTES else way


def _about(ladder: Ladder, stage: Stage) -> tuple[str, ...]:
    before = ladder.stages[ladder.place(stage.id) - 1]
    return (f"{before.id}.then", stage.id)


RULES = (_no_way_in, _by_choice_only, _no_way_on, _dead_end, _gate, _gate_of_some)
