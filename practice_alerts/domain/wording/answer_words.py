"""Answers in words: whose each is, how it came, its evidence, and who of several is still awaited."""

from collections.abc import Iterator
from datetime import datetime
from typing import assert_never

from practice_alerts.domain.alert.events import (
    AnswerGiven,
    AnswerRecorded,
    DrafterNamed,
    Escalated,
    NotTheirs,
    Person,
    QuestionAnswered,
    QuestionAsked,
    Raised,
    Referred,
    ResponseReviewed,
    StepDone,
    Talk,
)
from practice_alerts.domain.alert.stage_run import StageRun, posts_of
from practice_alerts.domain.dates import LONDON, in_full, london_date
from practice_alerts.domain.deadlines.stage_clocks import StageClock
from practice_alerts.domain.text import joined, small


def given_by(answer: AnswerGiven) -> str:
    """Who gave it; of one that came another way, how it came and who wrote it down."""
    by = answer.by.in_words
    if not isinstance(answer, AnswerRecorded):
        return by
    return f"{by} ({came(answer)}; recorded by {recorder(answer)})"


def recorder(answer: AnswerRecorded) -> str:
    return f"the reviewing officer, {answer.recorded_by.in_words}"


def reviewer(run: StageRun, person: Person) -> str:
    """Whoever reviews it; and that it was they who had written an answer down, where it was."""
    written = (one.answer for one in run.answers if isinstance(one.answer, AnswerRecorded))
    too = any(one.recorded_by.id == person.id for one in written)
    return f"{person.in_words}{', who had recorded the answer' if too else ''}"


def came(answer: AnswerRecorded) -> str:
    """How and when it came: with the time of day where it was given."""
    here = answer.received.astimezone(LONDON)
    at = f" at {here:%H:%M}" if answer.at else ""
    return f"{small(answer.channel.words)}, received on {in_full(london_date(here))}{at}"


def said_in_full(answer: AnswerGiven) -> str:
    """What it says, where the evidence lies, and why it came late."""
    where = f"Evidence in the case system: {answer.evidence}" if answer.evidence else ""
    why = f"Why it came after its day: {small(answer.late_why.words)}." if answer.late_why else ""
    return in_lines(answer.text, where, why)


def in_lines(*said: str) -> str:
    """What was said at all, a line each."""
    return "\n".join(filter(None, said))


def spoken_to_first(event: Raised | Escalated | Referred) -> str:
    """What came of speaking to somebody first, and with whom it was; empty where nothing was recorded of it."""
    return ": ".join(filter(None, (event.consultation, event.consulted)))


def spoken_line(event: Raised | Escalated | Referred) -> str:
    spoken = spoken_to_first(event)
    return f"Spoken to first: {spoken}" if spoken else ""


def step_said(step: StepDone) -> str:
    """What it led to, who was there, and what was said of it."""
    named = {"Result": step.outcome, "Chair": step.chair, "Present": step.present}
    return in_lines(*(f"{label}: {said}" for label, said in named.items() if said), step.text)


def talk_told(said: Talk) -> tuple[str, str]:
    """What passed beside the answer, and in which words."""
    match said:
        case NotTheirs():
            who = f"\nWho it should be: {said.who_else}" if said.who_else else ""
            return f"Said that it is not theirs to answer: {said.by.in_words}", f"{said.text}{who}"
        case DrafterNamed():
            return f"Has the answer drafted by {said.to.in_words}: {said.by.in_words}", said.text
        case QuestionAsked():
            return f"Asked a question: {said.by.in_words}", said.text
        case QuestionAnswered():
            return f"Answered question {said.question}", said.text
        case _:
            assert_never(said)


def each_answer(
    run: StageRun, clock: StageClock | None, now: datetime
) -> Iterator[tuple[str, str]]:
    """The post of each with how it stands with their answer; nothing where one answer is enough."""
    if not run.sent.each:
        return
    for one in run.sent.asked:
        yield posts_of([one], run.sent.asked), _stands(one, run, clock, now)


def _stands(person: Person, run: StageRun, clock: StageClock | None, now: datetime) -> str:
    came = run.answered_at(person)
    if came is not None:
        return f"answered on {in_full(london_date(came))}{_in_time(clock, came)}"
    if run.left_at is not None:
        return "had not answered when the stage was left"
    if clock is None or clock.day is None:
        return "not answered yet"
    if clock.is_late(now):
        return f"not answered; it was due {in_full(clock.day)}"
    due = "due" if clock.is_binding else "the aim is"
    return f"not answered yet; {due} {in_full(clock.day)}"


def _in_time(clock: StageClock | None, came: datetime) -> str:
    if clock is None or clock.day is None or not clock.is_binding:
        return ""
    return f", late: it was due {in_full(clock.day)}" if clock.is_late(came) else ", in time"


def verdict_in_words(event: ResponseReviewed) -> str:
    """The verdict and, where several judge together, who had not said the same."""
    others = joined(list(event.awaited))
    still = f", without waiting for {others}" if event.stands else f"; {others} still to say so"
    apart = f"; otherwise than {joined(list(event.apart))}" if event.apart else ""
    return event.verdict.words.lower() + (still if others else "") + apart
