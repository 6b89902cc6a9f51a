"""Definitions said in words: who, how long, from when, on what ground."""

from collections.abc import Iterable, Sequence

from practice_alerts.domain.complete import complete
from practice_alerts.domain.deadlines.stage_clocks import RAISED, total_event
from practice_alerts.domain.procedure.clock import Clock, Direction, Hours, Span, Strength, Untimed
from practice_alerts.domain.procedure.ladder import (
    EarlierOf,
    Ground,
    Ladder,
    Start,
    Timed,
    TimeLimit,
)
from practice_alerts.domain.procedure.posts import Of, Post, Who
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.anchors import RECORDED
from practice_alerts.domain.text import joined, plural

_STARTS = complete(
    (*RECORDED, RAISED),
    {
        "sent": "being sent",
        "answered": "the answer",
        "judged": "the response being reviewed",
        "held": "a hold being agreed",
        "escalated": "its going on",
        RAISED: "the alert being raised",
    },
)
EXCEPTIONAL = "where it is recorded as exceptional"
"""Said of a longer time limit, after its clock."""

_UNTIMED = complete(
    Untimed,
    {
        Untimed.IMMEDIATELY: "immediately",
        Untimed.BY_AGREEMENT: "by an agreed date",
        Untimed.NOT_STATED: "no time stated",
    },
)
_STRENGTHS = complete(
    Strength, {Strength.DEADLINE: "", Strength.AIM: "aim: ", Strength.MAXIMUM: "at most "}
)


def who_in_words(
    who: Who | None, procedure: Procedure, *, silent: str = "not named in the source"
) -> str:
    """Everybody meant, with how they stand to one another; `silent` where the source names nobody."""
    if who is None or who.how == "not_stated" or not who.posts:
        return silent
    of_each = {_whose(post, procedure) for post in who.posts}
    whose = of_each.pop() if len(of_each) == 1 else ""  # said once, behind the last
    each = [_post(post, procedure).removesuffix(whose) for post in who.posts]
    if who.how == "any_of":
        return joined(each, "or") + whose
    return ("normally " if who.how == "normally" else "") + joined(each) + whose


def everybody_in_words(whos: Iterable[Who], procedure: Procedure) -> str:
    """Several who are meant side by side, as one list; empty where there are none."""
    apart = (one for who in whos for one in (who.posts if who.how == "all_of" else (who,)))
    posts = tuple(
        one.posts[0] if isinstance(one, Who) and one.how == "one" else one for one in apart
    )
    return who_in_words(Who(how="all_of", posts=posts), procedure, silent="")


def _post(post: Post | Who, procedure: Procedure) -> str:
    if isinstance(post, Who):
        return who_in_words(post, procedure)
    if not post.ask:
        return procedure.title_of(post.role) + _whose(post, procedure)
    return f"{procedure.title_of(post.role)}{post.of.words} (if the answer is yes: {post.ask})"


def _whose(post: Post | Who, procedure: Procedure) -> str:
    """Whose post it is, to follow its title; nothing where the title says it already."""
    if isinstance(post, Who) or post.ask:
        return ""
    is_said = procedure.title_of(post.role).endswith("where the child is placed")
    return "" if is_said and post.of is Of.PLACEMENT_AREA else post.of.words


def clock_in_words(clock: Clock) -> str:
    """How long, as a reader wants it: ``within 4 working days``, ``aim: 5 working days``."""
    if isinstance(clock, Untimed):
        return _UNTIMED[clock]
    said = f"{clock.amount} {plural(clock.amount, clock.facts.in_guide)}"
    if not clock.facts.is_stated:
        said += " (working or calendar days: not said)"
    if clock.direction is Direction.BEFORE:
        return f"{said} before"
    return _STRENGTHS[clock.strength] + said


def clock_with(clock: Clock, what: str = "") -> str:
    """The same inside a sentence, with what it is for: an aim says behind it what it is."""
    said = clock_in_words(clock)
    aim = _STRENGTHS[Strength.AIM]
    behind = " (an aim)" if said.startswith(aim) else ""
    return f"{said.removeprefix(aim)}{what and f' {what}'}{behind}"


def total_in_words(limit: TimeLimit) -> str:
    """``20 working days, or 30 working days where it is recorded as exceptional``."""
    usual = clock_in_words(limit.within)
    if limit.exceptional is Untimed.NOT_STATED:
        return usual
    return f"{usual}, or {clock_in_words(limit.exceptional)} {EXCEPTIONAL}"


def start_in_words(start: Start, ladder: Ladder | None = None, at: str = "") -> str:
    """``being sent at Stage 1``; a step by what it is, and an event that nothing records as it is written.

    `at` is the id of the stage whose clock it is: of steps of one id, its own is meant.
    """
    if isinstance(start, EarlierOf):
        each = [start_in_words(one, ladder, at) for one in start.earlier_of]
        return f"whichever comes first: {joined(each, 'or')}"
    stage, dot, event = start.rpartition(".")
    said = (
        _STARTS.get(event)
        or _step(stage or at, event, ladder)
        or event.replace("_", " ").replace("-", " ")
    )
    return f"{said} at {_label(stage, ladder)}" if dot else said


def total_start_in_words(limit: TimeLimit, ladder: Ladder) -> str:
    """From when a total runs: in the file's words, or what the event it names is called."""
    said = total_event(limit.counted_from)
    return start_in_words(said, ladder) if "." in said else limit.counted_from


def counted_in_words(timed: Timed, ladder: Ladder, at: str) -> str:
    """How its days are counted, to follow the clock: from which event, and which days count. `at`: its stage."""
    if not isinstance(timed.within, Span):
        return ""
    sent = timed.counted_from == "sent"
    start = "sending" if sent else start_in_words(timed.counted_from, ladder, at)
    if isinstance(timed.within.facts.way, Hours):
        return f". The hours run from {start}, through nights and days off"
    rest = "; weekends and bank holidays do not count" if timed.within.facts.way.working else ""
    return f". The day after {start} is the first day{rest}"


def _label(stage: str, ladder: Ladder | None) -> str:
    return ladder.stage(stage).label if ladder and ladder.has(stage) else stage.replace("-", " ")


def _step(stage: str, event: str, ladder: Ladder | None) -> str | None:
    if ladder is None:
        return None
    stages = (ladder.stage(stage),) if ladder.has(stage) else ladder.stages
    steps = (step for one in stages for step in one.steps if step.id == event)
    return next((f"“{step.what}”" for step in steps), None)


def grounds_in_words(grounds: Sequence[Ground]) -> str:
    return joined([ground.words for ground in grounds], "or")


def cases_in_words(cases: Sequence[str], procedure: Procedure) -> str:
    """``only for a looked-after child``; nothing where it holds for all."""
    titles = procedure.case_titles
    return f"only for {joined([titles[case] for case in cases], 'or')}" if cases else ""


def raisers_in_words(procedure: Procedure) -> dict[str, str]:
    """Who raises, by the type of case: ``Independent Reviewing Officer, for a looked-after child``."""
    titles = procedure.case_titles
    return {
        case: f"{joined([procedure.title_of(role) for role in roles], 'or')}, for {titles[case]}"
        for case, roles in procedure.raised_by.items()
    }
