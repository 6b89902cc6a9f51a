"""Rules about what starts a clock: is it recorded, can it happen, and does it where an alert begins?"""

from collections.abc import Iterator

from practice_alerts.domain.checks.rule import Hit, Subject, lint_rule
from practice_alerts.domain.deadlines.stage_clocks import (
    FIRST_FORMAL,
    RAISED,
    anchors_of,
    events_of,
    time_limit_events,
    total_event,
)
from practice_alerts.domain.files.faults import hinted, nearest
from practice_alerts.domain.files.references import timed_parts
from practice_alerts.domain.files.schema import Path
from practice_alerts.domain.procedure.beside_text import is_offered
from practice_alerts.domain.procedure.clock import Span
from practice_alerts.domain.procedure.entry import may_begin
from practice_alerts.domain.procedure.ladder import Ladder, Stage, Step, Timed
from practice_alerts.domain.procedure.procedure import Ours
from practice_alerts.domain.standing.anchors import AFTER_THE_STAGE, startable
from practice_alerts.domain.standing.stage_steps import takes_place
from practice_alerts.domain.text import joined

_FORMAT = "The format: docs/procedure-format.md, counted_from"


@lint_rule("PA208", "error", _FORMAT)
def _unknown_event(subject: Subject) -> Iterator[Hit]:
    """A clock starts from an event that nothing records.

    A clock that never starts never runs out, so nobody would be reminded. What an act does not record is written
    as a step of the stage, and the clock counted from its id.
    """
    for path, ladder, stage in subject.stages:
        has_holds = is_offered(subject.procedure, ladder, Ours.HOLD)
        for where, timed in timed_parts(stage):
            here = (*path, *where, "counted_from")
            if _starts_itself(timed, stage):
                says = "it is counted from itself, at once or by way of others, so it never starts"
                yield Hit(here, says)
                continue
            for event in events_of(timed):
                yield from _event(event, stage, ladder, here)
                yield from _too_late(event, stage, ladder, here)
                says = _never_happens(event, stage, ladder, has_holds=has_holds)
                if says:
                    yield Hit(here, says)
    for path, ladder in subject.ladders:
        yield from _total(path, ladder)


def _event(event: str, stage: Stage, ladder: Ladder, path: Path) -> Iterator[Hit]:
    known = startable(event, stage, ladder)
    if event not in known:
        hint = nearest(event, known)
        says = f"nothing records '{event}', so a clock counted from it never starts"
        yield Hit(path, hinted(says, hint))


def _too_late(event: str, stage: Stage, ladder: Ladder, path: Path) -> Iterator[Hit]:
    """A later stage is reached once this one is left, unless something leads back here."""
    before, dot, _ = event.partition(".")
    if not dot or not ladder.has(before):
        return
    place = ladder.place(stage.id)
    goes_back = any(stage in ladder.next_stages(one.id) for one in ladder.stages[place:])
    if ladder.place(before) > place and not goes_back:
        says = (
            f"'{event}' comes after {stage.label} is left, so a clock of {stage.label} never starts"
        )
        yield Hit(path, says)


def _never_happens(event: str, stage: Stage, ladder: Ladder, *, has_holds: bool) -> str:
    """Why the event, which acts record, cannot happen at its stage, and what to write; else empty."""
    name, _, what = event.rpartition(".")
    if name and not ladder.has(name):
        return ""
    at = ladder.stage(name) if name else stage
    steps = {step.id: step for step in at.steps}
    waits = f"so a clock counted from '{event}' waits for what does not come"
    if what == "answered" and at.answer is None:
        return f"{at.label} asks for no answer, {waits}: give it an answer{_or_a_step(steps)}"
    if what == "judged" and not (at.answer or at.settle or steps):
        return (
            f"at {at.label} there is nothing to review, {waits}: give it an answer or steps, or count"
            " from sent"
        )
    if what == "held" and not has_holds:
        return "this procedure has no holds, so it never starts"
    if what in steps and not takes_place(steps[what], at):
        return f"no branch reaches '{what}' of {at.label}, so a clock counted from it never starts"
    return ""


def _or_a_step(steps: dict[str, Step]) -> str:
    ids = joined(list(steps), "or")
    return f", or count from a step of it ({ids})" if ids else ", or count from a step that you add"


def _starts_itself(timed: Timed, stage: Stage) -> bool:
    """Is every event that could start it an answer or a step that waits for it in turn?"""
    steps: dict[str, Timed] = {f"{stage.id}.{step.id}": step for step in stage.steps}
    if stage.answer is not None:
        steps.setdefault(f"{stage.id}.answered", stage.answer)
    starting: set[str] = set()
    while True:
        more = {
            name
            for name, step in steps.items()
            if name not in starting
            and any(one not in steps or one in starting for one in anchors_of(step, stage))
        }
        if not more:
            return not any(one not in steps or one in starting for one in anchors_of(timed, stage))
        starting |= more


def _total(path: Path, ladder: Ladder) -> Iterator[Hit]:
    if ladder.cap is None:
        return
    said, known = ladder.cap.counted_from, time_limit_events(ladder)
    here = (*path, "cap", "counted_from")
    if total_event(said) not in known:
        says = f"nothing records '{said}', so the time limit never starts; write one of: "
        hint = nearest(total_event(said), known)
        yield Hit(here, hinted(f"{says}{', '.join(known)}", hint))
        return
    name, _, what = total_event(said).rpartition(".")
    steps = {step.id: step for step in ladder.stage(name).steps} if name else {}
    if what in steps and not takes_place(steps[what], ladder.stage(name)):
        yield Hit(here, f"no branch reaches '{what}' of {name}, so the time limit never starts")


@lint_rule("PA215", "note", _FORMAT)
def _not_where_it_begins(subject: Subject) -> Iterator[Hit]:
    """A clock without a day for alerts that begin above what starts it.

    Whoever begins there was never at the stage below, so nothing was answered, reviewed or done there, and no day
    follows. Leaving that stage has something in its place: coming to the first one above it.
    """
    for path, ladder, stage in subject.stages:
        ways_in = may_begin(subject.procedure, ladder)
        for where, timed in timed_parts(stage):
            if not isinstance(timed.within, Span):
                continue
            names = anchors_of(timed, stage)
            begins = _above(names, ladder, ways_in, stage)
            if begins:
                wanted = f"{{earlier_of: [{', '.join(events_of(timed))}, sent]}}"
                says = (
                    f"an alert that begins at {begins} was never at what '{joined(list(names), 'or')}'"
                    f" belongs to, so this clock gives no day: write {wanted} to start it with the"
                    " sending"
                )
                yield Hit((*path, *where, "counted_from"), says)
    for path, ladder in subject.ladders:
        yield from _total_not_there(path, ladder, may_begin(subject.procedure, ladder))


def _total_not_there(path: Path, ladder: Ladder, ways_in: tuple[Stage, ...]) -> Iterator[Hit]:
    said = total_event(ladder.cap.counted_from) if ladder.cap else RAISED
    begins = "" if said in FIRST_FORMAL else _above((said,), ladder, ways_in, ladder.stages[-1])
    if begins:
        says = (
            f"an alert that begins at {begins} has no '{said}', so its time limit gives no day: write"
            " first formal stage sent, or raised"
        )
        yield Hit((*path, "cap", "counted_from"), says)


def _above(names: tuple[str, ...], ladder: Ladder, ways_in: tuple[Stage, ...], stage: Stage) -> str:
    """The stages, up to this one, at which an alert may begin so that none of these happens."""
    places: list[int] = []
    for name in names:
        before, _, event = name.rpartition(".")
        if not before or event in AFTER_THE_STAGE or not ladder.has(before):
            return ""
        places.append(ladder.place(before))
    last, here = max(places), ladder.place(stage.id)
    if last > here:
        return ""
    return joined([one.label for one in ways_in if last < ladder.place(one.id) <= here], "or")


RULES = (_unknown_event, _not_where_it_begins)
