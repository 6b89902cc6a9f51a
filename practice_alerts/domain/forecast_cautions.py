"""What to beware of before an alert is raised: said of a forecast, in whole sentences."""

from __future__ import annotations

from collections.abc import Iterator

from practice_alerts.domain.clock_lines import working_days
from practice_alerts.domain.forecast import Forecast, StageForecast


def forecast_cautions(found: Forecast) -> tuple[str, ...]:
    """All that silence would bring about and nobody would want; nothing where all is well."""
    return (*_limit_missed(found), *_not_known(found), *_not_worked(found))


def _limit_missed(found: Forecast) -> Iterator[str]:
    missed = [one for one in found.stages if one.past_cap]
    if found.slack is not None and found.slack < 0:
        short = working_days(-found.slack)
        yield f"The stages do not fit the total limit: they need {short} more than it gives."
    surely = [one for one in missed if not one.by_choice]
    if surely:
        yield f"{_labels(surely)} would end after the total limit. Leave the stages before it sooner."
    chosen = [one for one in missed if one.by_choice]
    if chosen:
        yield f"{_labels(chosen)} would end after the total limit, if somebody chooses to go there."


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
        if one.due is not None and one.due.falls_on_non_working is not None:
            why = one.due.falls_on_non_working
            yield f"The answer at {one.stage.label} falls due on a day nobody works ({why})."


def _labels(stages: list[StageForecast]) -> str:
    *others, last = (one.stage.label for one in stages)
    return f"{', '.join(others)} and {last}" if others else last
