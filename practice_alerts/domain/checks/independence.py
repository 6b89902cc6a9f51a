"""Rules that keep the reviewing officer independent: nobody challenged may hold an alert back."""

import re
from collections.abc import Iterator

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.procedure.ladder import Consult
from practice_alerts.domain.procedure.posts import RAISER

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
    for path, about, consult in _consults(subject):
        refusals = [word for word in consult.record if _REFUSALS.search(word)]
        if refusals:
            says = (
                f"a consultation may be recorded as {', '.join(repr(word) for word in refusals)}; "
                "it is a record and holds nothing up"
            )
            yield Hit((*path, "record"), says, about)


def _consults(subject: Subject) -> Iterator[tuple[Path, tuple[str, ...], Consult]]:
    for path, _, stage in subject.stages:
        if stage.consult is not None:
            yield (*path, "consult"), (f"{stage.id}.consult",), stage.consult
    for route, referral in subject.procedure.referrals.items():
        if referral.consult is not None:
            about = (f"referrals.{route}.consult", "referrals", f"referrals.{route}")
            yield ("referrals", route, "consult"), about, referral.consult


@lint_rule("PA403", "error", _INDEPENDENT, needs_reading=True)
def _in_the_wrong_hands(subject: Subject) -> Iterator[Hit]:
    """The challenged chain escalates or judges.

    Only the raiser, their cover, and posts of the IRO service (in_iro_service: true) judge answers,
    take an alert further and close it.
    """
    procedure = subject.procedure
    own = {RAISER, *procedure.own_side}
    for path, _, stage in subject.stages:
        for key in ("escalated_by", "judged_by"):
            others = [role for role in getattr(stage, key).roles if role not in own]
            if others:
                says = f"{procedure.title_of(others[0])} does not belong to the IRO service"
                yield Hit((*path, key), says, (f"{stage.id}.{key}",))


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


@lint_rule("PA404", "error", _INDEPENDENT, needs_reading=True)
def _answers_alone(subject: Subject) -> Iterator[Hit]:
    """Alerts answered by those who raise them.

    Whoever raises an alert cannot be the one to answer it.
    """
    raisers = {RAISER, *subject.procedure.raised_by.values()}
    for path, _, stage in subject.stages:
        asked = stage.answer.by.roles if stage.answer is not None else ()
        if asked and set(asked) <= raisers:  # the raiser's side alone is asked to answer itself
            says = f"{stage.label} is answered by those who raise alerts"
            yield Hit((*path, "answer", "from"), says, (f"{stage.id}.answer",))


RULES = (
    _locked_referral,
    _could_block,
    _in_the_wrong_hands,
    _answers_alone,
    _clock_on_good_practice,
)
