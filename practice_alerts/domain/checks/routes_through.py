"""Rules about the way through a ladder: in, on, and out at the top."""

from collections.abc import Iterator

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.files.faults import hinted, nearest
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.procedure.beside_text import StandingRuleId
from practice_alerts.domain.procedure.entry import ANY_STAGE, may_begin, may_enter
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import PARTNERS, Procedure
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
        way_in = stage in may_begin(subject.procedure, ladder)
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
            stages = (stage.id for ladder in own.values() for stage in ladder.stages)
            what = hinted(what, nearest(answer.then, (ANY_STAGE, *stages)))
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


@lint_rule("PA315", "warning", _FORMAT)
def _gate_for_nothing(subject: Subject) -> Iterator[Hit]:
    """A gate that limits nothing.

    Where an alert may begin at any stage, or both answers open the same, it comes in alike whatever is answered:
    the question is put, those it names are told, and where the alert may begin does not depend on it.
    """
    gate = subject.procedure.gate
    climbed = {kind.ladder for kind in subject.procedure.kinds.values()}
    for name, ladder in subject.procedure.ladders.items():
        if gate is None or name not in climbed or len(ladder.stages) == 1:
            continue
        if may_enter(ladder, gate, "yes") == may_enter(ladder, gate, "no"):
            says = f"on the ladder {name} yes and no at the gate open the same stages"
            anywhere = "write entry: {any_stage: false} there, or leave the gate out"
            hint = anywhere if ladder.entry.any_stage else "let them lead to different stages"
            yield Hit(("gate",), f"{says}: {hint}", (f"{name}.entry", "gate"))


@lint_rule("PA317", "warning", _FORMAT)
def _opened_by_nothing(subject: Subject) -> Iterator[Hit]:
    """A stage marked for an alert to begin at, where none ever does.

    An answer at the gate that leads above the first stage leads there alone. Where both do, what is marked
    elsewhere is open to nobody.
    """
    for path, ladder, stage in subject.stages:
        is_marked = stage.entry is not None and stage.entry.direct
        if is_marked and stage not in may_begin(subject.procedure, ladder):
            says = f"both answers at the gate lead past {stage.label}, so no alert begins there"
            hint = "leave entry out, or let an answer lead to it or to the first stage"
            yield Hit((*path, "entry"), f"{says}: {hint}", (f"{stage.id}.entry",))


@lint_rule("PA309", "warning", _FORMAT)
def _never_climbed(subject: Subject) -> Iterator[Hit]:
    """A ladder that no kind of alert climbs, or a case type that nobody raises.

    What is written there never happens. A kind names its ladder, or partners for a choice among those of the
    agencies; raised_by says who raises for which case type.
    """
    procedure = subject.procedure
    climbed = {kind.ladder for kind in procedure.kinds.values()}
    for name in procedure.ladders:
        if name not in climbed:
            yield Hit(
                ("ladders", name), f"no kind climbs the ladder '{name}', so no alert does", (name,)
            )
    if procedure.partners and PARTNERS not in climbed:
        says = "no kind climbs the partner ladders, so no alert does: write ladder: partners in one"
        yield Hit((PARTNERS,), says, (PARTNERS,))
    for case in procedure.case_types:
        if case not in procedure.raised_by:
            says = f"nobody raises alerts for {procedure.case_titles[case]}: name who does under raised_by"
            yield Hit(("case_types", case), says, (f"case_types.{case}",))


@lint_rule("PA310", "warning", _FORMAT)
def _never_prompted(subject: Subject) -> Iterator[Hit]:
    """A way out to which no alert is ever led.

    What follows a stage, or is prompted after it, or is a ground for using it, is for case types of which none
    climbs that ladder.
    """
    procedure = subject.procedure
    yield from _grounds_of_others(subject)
    for path, ladder, stage in subject.stages:
        for place, way in enumerate(stage.then):
            referral = procedure.referrals.get(way)
            cases = _cases_on(procedure, path)
            if (
                not ladder.has(way)
                and referral
                and cases
                and referral.raised_as
                and not cases & {*referral.raised_as}
            ):
                says = f"{_title(ladder, way)} is for none of those whose alerts climb this ladder"
                yield Hit((*path, "then", place), says, (f"{stage.id}.then",))
    for name, referral in procedure.referrals.items():
        if referral.prompted_after is None or not referral.raised_as:
            continue
        paths = [path for path, ladder in subject.ladders if ladder.has(referral.prompted_after)]
        if paths and not any(_cases_on(procedure, path) & {*referral.raised_as} for path in paths):
            says = f"no alert that it is for comes to '{referral.prompted_after}', so nobody is reminded of it"
            yield Hit(("referrals", name, "prompted_after"), says, (f"referrals.{name}",))


@lint_rule("PA313", "warning", _FORMAT)
def _round_and_round(subject: Subject) -> Iterator[Hit]:
    """A stage that leads nowhere but back.

    Whoever goes on from there comes to a stage that the alert has been at, and none is the last.
    """
    for path, ladder, stage in subject.stages:
        on, ways = ladder.next_stages(stage.id), [way for way in stage.then if not ladder.has(way)]
        back = [one for one in on if ladder.place(one.id) < ladder.place(stage.id)]
        if back and len(back) == len(on) and not ways:
            says = f"{stage.label} leads back to {joined([one.label for one in back])} and nowhere else"
            yield Hit((*path, "then"), says, (f"{stage.id}.then",))


@lint_rule("PA314", "warning", _FORMAT)
def _means_the_raiser(subject: Subject) -> Iterator[Hit]:
    """A post that raises alerts named to review them or take them on beside whoever raised it.

    One officer has no say over another's alert: such a post means whoever raised the alert, and adds nobody.
    """
    raising = set(subject.procedure.raising_posts)
    for path, _, stage in subject.stages:
        for key in ("judged_by", "escalated_by"):
            who = getattr(stage, key)
            for role in (one for one in who.roles if one in raising and len(who.roles) > 1):
                says = f"{subject.procedure.title_of(role)} raises alerts, and here means whoever raised this one"
                yield Hit(
                    (*path, key),
                    f"{says}: leave it out, or name a post that raises none",
                    (f"{stage.id}.{key}",),
                )


@lint_rule("PA316", "warning", _FORMAT)
def _asked_of_nobody(subject: Subject) -> Iterator[Hit]:
    """Somebody to be spoken to before leaving a stage that nothing leads on from.

    It is asked on the form for going on, and there is none from there.
    """
    for path, ladder, stage in subject.stages:
        asked = stage.consult
        if asked is not None and asked.is_on_leaving and not ladder.next_stages(stage.id):
            says = f"nobody goes on from {stage.label}, so it is never asked who was spoken to"
            hint = "say before what it is when the alert comes to the stage, or write a step"
            yield Hit((*path, "consult", "before"), f"{says}: {hint}", (f"{stage.id}.consult",))


def _grounds_of_others(subject: Subject) -> Iterator[Hit]:
    procedure = subject.procedure
    for path, _, stage in subject.stages:
        for place, ground in enumerate(stage.criteria):
            cases = _cases_on(procedure, path)
            if ground.cases and cases and not cases & {*ground.cases}:
                says = (
                    f"the ground '{ground.id}' is for none of those whose alerts climb this ladder"
                )
                yield Hit((*path, "criteria", place, "cases"), says, (f"{stage.id}.criteria",))


def _cases_on(procedure: Procedure, path: Path) -> set[str]:
    """The case types whose alerts climb the ladder at that path."""
    room, name = str(path[0]), str(path[1])
    if room != PARTNERS:
        return set(procedure.cases_on(name))
    kinds = [kind for kind in procedure.kinds.values() if kind.ladder == PARTNERS]
    return {
        case for kind in kinds for case in procedure.cases_of_kind(kind, procedure.partners[name])
    }


@lint_rule("PA312", "warning", "The format: docs/procedure-format.md, standing_rules")
def _nearly_known(subject: Subject) -> Iterator[Hit]:
    """A standing rule whose id comes close to a known one.

    By the known ids screens and forms go; under any other id a rule is only shown.
    """
    for place, rule in enumerate(subject.procedure.standing_rules):
        known = tuple(one.value for one in StandingRuleId)
        hint = nearest(rule.id, known) if rule.id not in known else None
        if hint:
            says = f"'{rule.id}' is none of the ids by which anything goes, so the rule is only shown ({hint})"
            yield Hit(("standing_rules", place, "id"), says, (f"standing_rules.{rule.id}",))


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


RULES = (
    *(_no_way_in, _by_choice_only, _no_way_on, _dead_end, _gate, _gate_of_some, _gate_for_nothing),
    *(_never_climbed, _never_prompted, _nearly_known, _round_and_round, _means_the_raiser),
    *(_asked_of_nobody, _opened_by_nothing),
)
