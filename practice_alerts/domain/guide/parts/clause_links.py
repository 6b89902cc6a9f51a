"""Where in a procedure a clock stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from practice_alerts.domain.guide.parts.ladder_figure import stage_anchor
from practice_alerts.domain.guide.parts.page import address
from practice_alerts.domain.guide.parts.stage_times import times
from practice_alerts.domain.procedure.clock import Clock
from practice_alerts.domain.procedure.ladder import Stage
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital


@dataclass(frozen=True, slots=True)
class Clause:
    """``Stage Two: to answer, counted from being sent``, and where the guide says so."""

    words: str
    at: str


def clauses(council: str, procedure: Procedure, clock: Clock) -> Iterator[Clause]:
    """Every place where this very clock stands: stages, time limits and duties, in the order of the guide."""
    for name, ladder in procedure.ladders.items():
        for stage in ladder.stages:
            for time in times(name, ladder, stage):
                if time.clock == clock:
                    words = f"{stage.label}: {time.what}, counted from {time.start}"
                    yield Clause(words, stage_page(council, procedure, name, stage))
        if ladder.cap is not None and clock in (ladder.cap.within, ladder.cap.exceptional):
            words = f"Time limit: {ladder.cap.over}, counted from {ladder.cap.counted_from}"
            yield Clause(words, address(council, "clocks", "every-clock"))
    for duty in procedure.duties:
        if duty.within == clock:
            yield Clause(capital(duty.what), address(council, "clocks", "duties"))


def stage_page(council: str, procedure: Procedure, ladder_id: str, stage: Stage) -> str:
    """The stage's section in the guide; partner agencies have a page of their own."""
    if ladder_id not in procedure.ladders:
        return address(council, "partner-agencies")
    return address(council, "stages", stage_anchor(procedure, ladder_id, stage))
