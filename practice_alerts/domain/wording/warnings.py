"""What to warn of: while an alert's clocks run, and before one is raised."""

from collections.abc import Iterator
from datetime import date

from practice_alerts.domain.complete import complete
from practice_alerts.domain.deadlines.forecast import Forecast
from practice_alerts.domain.deadlines.stage_clocks import Times
from practice_alerts.domain.procedure.clock import Span
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.domain.text import joined, working_days

_AFTER = complete(
    (Times.ANSWER, Times.SETTLE),
    {
        Times.ANSWER: "the answer is due after the time limit",
        Times.SETTLE: "it is to be put right after the time limit",
    },
)


def cautions(ladder: Ladder, stage_id: str, clocks: Clocks, today: date) -> tuple[str, ...]:
    """Short, without a capital or full stop, as worked examples say it; nothing where no time limit runs."""
    time_limit = clocks.time_limit
    if time_limit is None:
        return ()
    if today > time_limit.by_day:
        return ("the time limit has passed",)
    on_hold = clocks.hold is not None and clocks.hold > time_limit.by_day
    found = ["the time limit passes before the hold ends"] if on_hold else []
    paced_by = clocks.of(Times.ANSWER) if clocks.response else clocks.of(Times.SETTLE)
    ends = paced_by.due if paced_by else None
    if paced_by is not None and ends is not None and ends.by_day > time_limit.by_day:
        found.append(_AFTER[paced_by.times])
    elif clocks.without_hold is not None and clocks.without_hold < 0:  # a hold has its price told
        top = ladder.usual_way_up(stage_id)[-1].label
        found.append(f"the stages left up to {top} no longer fit the time limit")
    return tuple(found)


def forecast_cautions(found: Forecast) -> tuple[str, ...]:
    """In whole sentences, all that silence would bring about and nobody would want."""
    return (*_limit_missed(found), *_not_known(found), *_not_worked(found))


def _limit_missed(found: Forecast) -> Iterator[str]:
    if found.days_to_spare is not None and found.days_to_spare < 0:
        short = working_days(-found.days_to_spare)
        yield f"The stages do not fit the time limit: they need {short} more than it gives."
    for by_choice, what_then in (
        (False, ". Leave the stages before it sooner."),
        (True, ", if somebody chooses to go there."),
    ):
        missed = (one for one in found.stages if one.past_time_limit and one.by_choice is by_choice)
        if labels := joined([one.stage.label for one in missed]):
            yield f"{labels} would end after the time limit{what_then}"


def _not_known(found: Forecast) -> Iterator[str]:
    unknown = [one for one in found.stages if one.sent is None]
    if unknown:
        last = found.stages[found.stages.index(unknown[0]) - 1].stage.label
        yield (
            f"No day can be known from {unknown[0].stage.label} on, because the procedure gives no"
            f" time for an answer at {last}. Silence does not end that stage: decide yourself when to"
            " go on."
        )


def _not_worked(found: Forecast) -> Iterator[str]:
    for one in found.stages:
        if one.due is not None and (why := one.due.falls_on_non_working) is not None:
            answers = one.stage.answer is not None and isinstance(one.stage.answer.within, Span)
            what = "The answer" if answers else "Putting it right"
            yield f"{what} at {one.stage.label} falls due on a day nobody works ({why})."
