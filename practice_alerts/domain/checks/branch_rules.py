"""Rules about branches: does each clock get its day on every way through a stage, and is there time for the longest?"""

from collections.abc import Iterator

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.deadlines.branches import Branch, branches, in_words
from practice_alerts.domain.deadlines.stage_clocks import anchors_of, events_of, total_event
from practice_alerts.domain.files.references import name_of, timed_parts
from practice_alerts.domain.procedure.clock import Span, Untimed
from practice_alerts.domain.procedure.ladder import Answer, Ladder, Stage, Step, Timed
from practice_alerts.domain.standing.anchors import AFTER_THE_STAGE, RECORDED, startable
from practice_alerts.domain.text import joined

_REVIEWED = "judged"
_FORMAT = "The format: docs/procedure-format.md, counted_from"


@lint_rule("PA216", "error", _FORMAT)
def _not_on_every_way(subject: Subject) -> Iterator[Hit]:
    """A clock that gets no day on one of the ways through its stage.

    What it is counted from belongs to a branch that need not be taken, or comes only after what is timed: a
    review follows the answer, or the last step where no answer is asked for. A day in any case comes of sent, or
    of a step on each branch, the earlier of which is that of the branch taken.
    """
    for path, ladder, stage in subject.stages:
        ways = branches(stage)
        for where, timed in timed_parts(stage):
            if not isinstance(timed.within, Span) or not _is_known(timed, stage, ladder):
                continue
            with_it = [one for one in ways if not isinstance(timed, Step) or timed in one.steps]
            without = [one for one in with_it if not _starts(timed, stage, one, ladder)]
            if without:
                yield Hit((*path, *where, "counted_from"), _says(timed, stage, without, with_it))
    yield from _time_limits(subject)


def _time_limits(subject: Subject) -> Iterator[Hit]:
    for path, ladder in subject.ladders:
        said = total_event(ladder.cap.counted_from) if ladder.cap else ""
        before, _, event = said.rpartition(".")
        if not ladder.has(before) or all(one.id != event for one in ladder.stage(before).steps):
            continue
        ways = branches(ladder.stage(before))
        without = [one for one in ways if said not in _come(ladder.stage(before), one)]
        if without:
            which = in_words(ladder.stage(before), without)
            says = f"where {which}, '{said}' never comes" if which else f"'{said}' need not come"
            wanted = "first formal stage sent, raised, or a step that takes place in any case"
            yield Hit(
                (*path, "cap", "counted_from"),
                f"{says}, so the time limit gives no day: write {wanted}",
            )


def _is_known(timed: Timed, stage: Stage, ladder: Ladder) -> bool:
    """Is everything it is counted from recorded at all? What is not has its own finding."""
    return all(event in startable(event, stage, ladder) for event in events_of(timed))


def _says(timed: Timed, stage: Stage, without: list[Branch], ways: list[Branch]) -> str:
    names = joined([f"'{one}'" for one in events_of(timed)], "or")
    where = in_words(stage, without) if len(without) < len(ways) else ""
    when = (
        f"where {where}, nothing of {names} comes"
        if where
        else f"{names} comes too late, or not on every way"
    )
    return f"{when}, so this clock gives no day: {_in_any_case(timed, stage)}"


def _in_any_case(timed: Timed, stage: Stage) -> str:
    """What to write. Within a stage its sending comes first, so that the earlier of it and a step is no step's."""
    events = events_of(timed)
    if any(not name.startswith(f"{stage.id}.") for name in anchors_of(timed, stage)):
        return f"write {{earlier_of: [{', '.join(dict.fromkeys((*events, 'sent')))}]}}"
    steps = [one for one in events if any(step.id == one for step in stage.steps)]
    if not steps:
        return "count it from sent"
    names = ", ".join(steps)
    return f"count it from sent, or write a step for the other way and {{earlier_of: [{names}, ITS-ID]}}"


def _starts(timed: Timed, stage: Stage, way: Branch, ladder: Ladder) -> bool:
    here = f"{stage.id}."
    come = _come(stage, way, timed)
    return any(
        name in come if name.startswith(here) else _comes_elsewhere(name, ladder, timed)
        for name in anchors_of(timed, stage)
    )


def _comes_elsewhere(name: str, ladder: Ladder, asked_for: Timed) -> bool:
    """Does it come at its stage on every way through that?"""
    before, dot, event = name.rpartition(".")
    if event == "held":
        return not isinstance(asked_for, Answer)
    if not dot or not ladder.has(before) or event in {"sent", *AFTER_THE_STAGE}:
        return True
    at = ladder.stage(before)
    return all(name in _come(at, way) for way in branches(at))


def _come(stage: Stage, way: Branch, asked_for: Timed | None = None) -> set[str]:
    """What comes at the stage on this way, one after another; for a clock, without what follows from it.

    A hold may be agreed or not: what is due in any case cannot rest on one.
    """
    here = f"{stage.id}."
    come = {f"{here}sent"} | (set() if isinstance(asked_for, Answer) else {f"{here}held"})
    parts: dict[str, Timed] = {f"{here}{step.id}": step for step in way.steps}
    if stage.answer is not None:
        parts[f"{here}answered"] = stage.answer
    while True:
        more = {
            name for name, one in parts.items() if name not in come and _can_come(one, stage, come)
        }
        to_review = (
            {f"{here}answered"}
            if stage.answer is not None
            else {f"{here}{one.id}" for one in way.steps}
        )
        if to_review <= come | more:
            more |= {here + _REVIEWED}
        if more <= come:
            return come
        come |= more


def _can_come(timed: Timed, stage: Stage, come: set[str]) -> bool:
    """Without an amount it can come at any time; else once what it is counted from has, or that is elsewhere."""
    names = anchors_of(timed, stage)
    elsewhere = any(not name.startswith(f"{stage.id}.") for name in names)
    return not isinstance(timed.within, Span) or elsewhere or not come.isdisjoint(names)


@lint_rule("PA217", "note", _FORMAT)
def _left_before(subject: Subject) -> Iterator[Hit]:
    """A clock without a day for alerts that went on before what starts it.

    A stage is left without an answer, a review or a step often enough: that is what most go on for. Until it is
    recorded later, no day follows.
    """
    for path, ladder, stage in subject.stages:
        for where, timed in timed_parts(stage):
            waits = [
                name for name in anchors_of(timed, stage) if _may_be_left_out(name, stage, ladder)
            ]
            if isinstance(timed.within, Span) and len(waits) == len(anchors_of(timed, stage)):
                wanted = f"{{earlier_of: [{', '.join(events_of(timed))}, sent]}}"
                says = f"an alert that goes on before '{joined(waits, 'or')}' gets no day here: {wanted} gives one"
                yield Hit((*path, *where, "counted_from"), says)


def _may_be_left_out(name: str, stage: Stage, ladder: Ladder) -> bool:
    before, dot, event = name.rpartition(".")
    if not dot or before == stage.id or not ladder.has(before):
        return False
    is_step = any(event == step.id for step in ladder.stage(before).steps)
    return is_step or (event in RECORDED and event not in {"sent", *AFTER_THE_STAGE})


@lint_rule("PA218", "warning", _FORMAT)
def _starts_at_leisure(subject: Subject) -> Iterator[Hit]:
    """An answer counted from what has no time of its own.

    As long as that is not recorded nobody is late, neither with it nor with what is counted from it.
    """
    for path, _, stage in subject.stages:
        parts: dict[str, Timed] = {f"{stage.id}.{step.id}": step for step in stage.steps}
        if stage.answer is not None:
            parts[f"{stage.id}.answered"] = stage.answer
        for where, timed in timed_parts(stage):
            if isinstance(timed, Step) or not isinstance(timed.within, Span):
                continue
            names = anchors_of(timed, stage)
            slow = [parts[name] for name in names if name in parts and _has_no_time(parts[name])]
            if len(slow) == len(names):
                what = joined([f"'{one}'" for one in events_of(timed)], "or")
                says = f"no time is set for {what}, so the clock of {name_of(stage, where)} may never start"
                yield Hit(
                    (*path, *where, "counted_from"),
                    f"{says}: give it a time, or count from sent",
                )


def _has_no_time(timed: Timed) -> bool:
    return not isinstance(timed.within, Span) and timed.within is not Untimed.IMMEDIATELY


@lint_rule("PA222", "note", _FORMAT)
def _always_from_sent(subject: Subject) -> Iterator[Hit]:
    """The earlier of the sending and of what comes after it at the same stage.

    That is the sending, always: the clock has nothing to do with the rest. The earlier of several tells apart what
    comes on different branches, and a stage that is left without what it was waiting for.
    """
    for path, _, stage in subject.stages:
        for where, timed in timed_parts(stage):
            here, sent = f"{stage.id}.", f"{stage.id}.sent"
            names = anchors_of(timed, stage)
            later = [one for one in names if one.startswith(here) and one != sent]
            if sent in names and later:
                which = joined([f"'{one.removeprefix(here)}'" for one in later])
                says = f"'sent' always comes before {which}, so this clock runs from sent: write sent alone"
                yield Hit((*path, *where, "counted_from"), says)


RULES = (_always_from_sent, _not_on_every_way, _left_before, _starts_at_leisure)
