"""Rules that keep the reviewing officer independent: nobody challenged may hold an alert back."""

import re
from collections.abc import Iterator

from practice_alerts.domain.checks.rule import Hit, Subject, consults, lint_rule
from practice_alerts.domain.procedure.directions import climbed, raisers_on, raising_back
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import OFFICE_POSTS, RAISER, Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital, joined

_REFER = (
    "Children Act 1989, section 25B(3), and regulation 45 of SI 2010/959: the IRO refers whenever "
    "the IRO considers it appropriate"
)
_INDEPENDENT = (
    "Children Act 1989, section 25B, and the IRO Handbook: activating the process is the IRO's "
    "personal responsibility"
)
_LOCKS = re.compile(r"\b(?:only (?:after|once|if|when)|not (?:before|until))\b", re.IGNORECASE)
_REFUSALS = re.compile(r"\b(?:agreed|approved|allowed|permitted|refused|declined)\b", re.IGNORECASE)
_SILENCE = re.compile(
    r"(?:silence|no (?:answer|reply|response)|not (?:answered|replied|responded)|unanswered)"
    r"(?:(?!\b(?:no|not|never)\b).)*\b(?:accept|agree|consent|settle|resolve|close|put right)"
    r"|\b(?:accept|agree|consent|settle|resolve|close|deemed)\w*\b[^.]*"
    r"\b(?:by|if|when|where|after) (?:there is )?(?:silence|no (?:answer|reply|response|objection))",
    re.IGNORECASE,
)
_MARK = "side: challenging, or in_iro_service: true, marks a post of the side that raises"
_MARK_OTHER = "side: challenged marks a post of the side that is asked"
_SAY_WHO = (
    "say answer: {from: ...}, or {from: not stated} where the text leaves it to whoever raises it"
)
_OFFICE = "What runs the product is kept apart from what a procedure says (docs/procedure-format.md, roles)"
_GOOD = re.compile(r"good[ _-]practice|excellent[ _-]practice", re.IGNORECASE)


@lint_rule("PA401", "error", _REFER, needs_reading=True)
def _locked_referral(subject: Subject) -> Iterator[Hit]:
    """A referral locked behind a stage.

    Referrals stand beside the ladder and are open at any time. A stage may prompt for one; it may
    not be the only door to it.
    """
    referrals = subject.procedure.referrals
    for path, ladder, stage in subject.stages:
        for number, way in enumerate(stage.then):
            if not ladder.has(way) and way not in referrals:
                says = f"{way} is open only after {stage.label}: it is not among the referrals"
                yield Hit((*path, "then", number), says, (f"{stage.id}.then", f"referrals.{way}"))
    for name, referral in referrals.items():
        if referral.wording and (found := _LOCKS.search(referral.wording)):
            says = f"the wording says '{found.group()}', which reads as a lock"
            yield Hit(("referrals", name, "wording"), says, (f"referrals.{name}", name))


@lint_rule("PA402", "warning", _INDEPENDENT, needs_reading=True)
def _could_block(subject: Subject) -> Iterator[Hit]:
    """A consultation that could block the IRO.

    Who was asked and what they said is kept. No line manager's agreement is ever waited for,
    whatever the procedure prints.
    """
    for path, about, consult in consults(subject):
        refusals = [word for word in consult.record if _REFUSALS.search(word)]
        if refusals:
            says = (
                f"a consultation may be recorded as {', '.join(repr(word) for word in refusals)}; "
                "it is a record and holds nothing up"
            )
            yield Hit((*path, "record"), says, about)


@lint_rule("PA403", "error", _INDEPENDENT)
def _in_the_wrong_hands(subject: Subject) -> Iterator[Hit]:
    """The challenged chain escalates or reviews the response.

    Only whoever raised it, their cover, and posts of the side that challenges (side: challenging, or
    in_iro_service: true where no side is said) review responses, take an alert further and close it.
    No reading changes that: whoever else is named would be refused.
    """
    for path, ladder, stage in subject.stages:
        ways = climbed(subject.procedure, ladder)
        own = {RAISER}.union(*(one.own_side for one in ways))
        for key in ("escalated_by", "judged_by"):
            others = [role for role in getattr(stage, key).roles if role not in own]
            if others:
                says = f"{subject.procedure.title_of(others[0])} is of the side that is challenged"
                yield Hit((*path, key), f"{says}; {_MARK}")


@lint_rule("PA406", "error", _INDEPENDENT)
def _raised_from_both_sides(subject: Subject) -> Iterator[Hit]:
    """A ladder raised on from a side that it asks, or looked-after children left to the challenged side.

    A post that raises and is said to be challenged raises from the other side: for its alerts the sides
    are exchanged. Then it needs a ladder that asks the other side, and alerts about looked-after
    children have a post of the side that challenges as well.
    """
    yield from _without_the_officer(subject)
    for path, ladder, stage in subject.stages:
        ways = climbed(subject.procedure, ladder)
        for one in ways if len(ways) > 1 else ():
            if stage.answer is not None and _asks_only_own_side(stage, one):
                yield Hit((*path, "answer", "from"), _says_mixed(stage, one, ladder))


def _without_the_officer(subject: Subject) -> Iterator[Hit]:
    procedure = subject.procedure
    raising = procedure.raised_by.get("looked_after", ())
    if raising and set(raising) <= raising_back(procedure):
        who = joined([procedure.roles[name].title for name in raising], "or")
        says = (
            f"alerts about looked-after children are raised by {who} alone, of the challenged side"
        )
        do = "name the reviewing officer's post there as well, or mark this one side: challenging"
        yield Hit(("raised_by", "looked_after"), f"{says}; {do}")


def _says_mixed(stage: Stage, procedure: Procedure, ladder: Ladder) -> str:
    raising = [role for role in raisers_on(procedure, ladder) if role in procedure.raising_posts]
    who = joined([procedure.title_of(role) for role in raising], "or")
    return (
        f"{who} may raise here too, and {stage.label} asks nobody but their own side: give them a kind"
        " and a ladder that asks the other side, and say raised_by on each of the two ladders"
    )


@lint_rule("PA409", "error", _REFER)
def _referral_taken_away(subject: Subject) -> Iterator[Hit]:
    """A referral to CAFCASS that is not for looked-after children.

    It is the reviewing officer's of every looked-after child, and no key takes it from them.
    """
    procedure = subject.procedure
    referral = procedure.referrals.get("cafcass")
    if referral is None or "looked_after" not in procedure.raised_by or not referral.raised_as:
        return
    if "looked_after" not in referral.raised_as:
        says = "looked-after children are raised here, and the referral to CAFCASS is not for them"
        yield Hit(("referrals", "cafcass", "raised_as"), says)


@lint_rule(
    "PA405",
    "error",
    "Good practice is reported, not disputed; none of the procedures sets a time for it",
    needs_reading=True,
)
def _clock_on_good_practice(subject: Subject) -> Iterator[Hit]:
    """A clock on good practice.

    A good-practice alert has no ladder and nothing to be overdue.
    """
    for name, kind in subject.procedure.kinds.items():
        if _GOOD.search(f"{name} {kind.title}") and kind.ladder is not None:
            says = f"{kind.title} climbs the ladder '{kind.ladder}'"
            yield Hit(("kinds", name, "ladder"), says, (f"kinds.{name}", name))


@lint_rule("PA404", "error", _INDEPENDENT)
def _answers_alone(subject: Subject) -> Iterator[Hit]:
    """Alerts answered by those who raise them.

    Whoever raises an alert, and whoever else is of their side, cannot be the one to answer it. A
    stage without an answer asks whoever of the challenged side has a task there: who is to do a
    step, else with whom it is, who chairs it, or who attends. No reading changes that.
    """
    for path, ladder, stage in subject.stages:
        ways = climbed(subject.procedure, ladder)
        if stage.answer is not None and len(ways) == 1 and _asks_only_own_side(stage, ways[0]):
            says = f"{stage.label} is answered by those who raise alerts; {_MARK_OTHER}"
            yield Hit((*path, "answer", "from"), says)
        elif stage.answer is None and any(_only_own_side_acts(stage, one) for one in ways):
            says = f"{stage.label}: its steps name only the side that raises, so nobody is asked"
            yield Hit((*path, "steps"), f"{says}; {_SAY_WHO}")


def _asks_only_own_side(stage: Stage, procedure: Procedure) -> bool:
    asked = stage.answer.by.roles if stage.answer else ()
    return bool(asked) and set(asked) <= {RAISER, *procedure.own_side}


def _only_own_side_acts(stage: Stage, procedure: Procedure) -> bool:
    named = any(who.posts for who in stage.with_a_task)
    return named and not procedure.asked_at(stage).posts


@lint_rule("PA407", "error", _OFFICE)
def _office_posts(subject: Subject) -> Iterator[Hit]:
    """A role with the id of a post of the office, or of whoever raised the alert.

    iro_manager, reserve_manager, qa_lead, administrator, auditor and the like are posts of whoever runs this
    product: their holders have its rights, whatever a procedure calls them. iro_manager may stand among the roles where the text
    means the manager of the reviewing service and a reading says so; the others need another id.
    """
    for name, role in subject.procedure.roles.items():
        may_be_meant = name == "iro_manager" and role.own_side
        said = may_be_meant and subject.reading_of(("roles", name), f"roles.{name}") is not None
        if name == RAISER:
            says = f"{name} means whoever raised the alert, wherever a post is named; choose another id"
            yield Hit(("roles", name), says)
        if name in OFFICE_POSTS and not said:
            says = f"{name} is a post of the office, and whoever holds it has its rights"
            other = f"; choose another id, such as {name}_of_the_procedure"
            reading = f", or say in a reading about roles.{name} that this is meant"
            yield Hit(("roles", name), says + other + (reading if may_be_meant else ""))


@lint_rule("PA410", "error", _INDEPENDENT)
def _stand_in_of_the_other_side(subject: Subject) -> Iterator[Hit]:
    """A post for which somebody of the other side stands in, or it for itself, at once or by way of others.

    Whoever raises alerts would answer them, or whoever is challenged would review. Where such a post is empty nobody
    stands in: somebody is chosen, or it is reached by hand.
    """
    procedure = subject.procedure
    for name, role in procedure.roles.items():
        ring = _ring(procedure, name)
        if role.stands_in == name:
            yield Hit(("roles", name, "stands_in"), f"{role.title} stands in for itself")
        elif ring:
            each = " for ".join([*(procedure.title_of(one) for one in ring), role.title])
            says = f"{each}: when all of them are empty nobody is left, and none is the last"
            yield Hit(("roles", name, "stands_in"), f"{says}; leave one stands_in out")
        elif role.stands_in is not None and procedure.stand_in_of(name) is None:
            other = procedure.title_of(role.stands_in)
            says = f"{other} is of the other side than {role.title}, and cannot act for it"
            yield Hit(("roles", name, "stands_in"), says)


def _ring(procedure: Procedure, name: str) -> list[str]:
    """The posts that stand in for one another in a ring, from this one on, told where the first of them stands."""
    passed, at = [name], procedure.roles[name].stands_in
    while at in procedure.roles and at not in passed:
        passed.append(at)
        at = procedure.roles[at].stands_in
    first = next(one for one in procedure.roles if one in passed)
    return passed[::-1] if at == name == first else []


@lint_rule("PA411", "error", _INDEPENDENT)
def _never_asked(subject: Subject) -> Iterator[Hit]:
    """A post named for the answer that is never asked.

    Whoever raises an alert, and whoever else is of their side, answers nothing: beside others such a post is
    left out without anybody noticing. Name it as copy or to, or in the step that is theirs.
    """
    for path, ladder, stage in subject.stages:
        named = stage.answer.by.roles if stage.answer else ()
        asked = {
            role for one in climbed(subject.procedure, ladder) for role in one.asked_at(stage).roles
        }
        for role in (one for one in named if asked and one not in asked):
            who = capital(subject.procedure.title_of(role))
            says = f"{who} is of the side that raises, and is left out of those asked"
            yield Hit(
                (*path, "answer", "from"), f"{says}; name it as copy, or in a step. {_MARK_OTHER}"
            )


@lint_rule("PA412", "warning", _INDEPENDENT)
def _half_asked(subject: Subject) -> Iterator[Hit]:
    """An answer wanted of several, of whom some are of the side of whoever raised it.

    On a ladder that both sides climb, one of several (any_of) leaves out whoever is of the raising side. Where all
    are to answer, fewer do than the file says.
    """
    for path, ladder, stage in subject.stages:
        if stage.answer is None or "all_of" not in _groups(stage.answer.by):
            continue
        each = [set(one.asked_at(stage).roles) for one in climbed(subject.procedure, ladder)]
        for role in stage.answer.by.roles:
            if len({role in asked for asked in each}) > 1:
                who = capital(subject.procedure.title_of(role))
                says = (
                    f"{who} is asked only where the other side raised it, though all are to answer"
                )
                yield Hit(
                    (*path, "answer", "from"), f"{says}; write any_of, or a ladder for each side"
                )


def _groups(who: Who) -> Iterator[str]:
    yield who.how
    for post in who.posts:
        if isinstance(post, Who):
            yield from _groups(post)


@lint_rule("PA408", "error", _INDEPENDENT)
def _settled_by_silence(subject: Subject) -> Iterator[Hit]:
    """Silence that settles.

    That nobody answers never settles an alert: it is a ground for taking it further.
    """
    for path, _, stage in subject.stages:
        for place, step in enumerate(stage.steps):
            said = (*step.outcomes, step.if_ or "", step.what, step.ask or "")
            if any(_SILENCE.search(one) for one in said):
                says = f"{stage.label} lets silence settle the matter; silence is no acceptance"
                yield Hit((*path, "steps", place), says)


RULES = (
    _locked_referral,
    _could_block,
    _in_the_wrong_hands,
    _answers_alone,
    _clock_on_good_practice,
    _raised_from_both_sides,
    _office_posts,
    _stand_in_of_the_other_side,
    _settled_by_silence,
    _never_asked,
    _half_asked,
    _referral_taken_away,
)
