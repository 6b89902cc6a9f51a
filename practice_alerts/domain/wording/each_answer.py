"""Of several who are each asked: whose answer came when, and who is still awaited; each by their own day."""

from collections.abc import Iterator
from datetime import datetime

from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.alert.stage_run import StageRun, posts_of
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.deadlines.stage_clocks import StageClock


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
