"""Which notice asks somebody to act: by the kind of the day that it tells."""

from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import DayOrMoment
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, Times
from practice_alerts.domain.standing.running_clocks import Clocks

_DATED = complete(
    Times,
    {Times.ANSWER: "asked", Times.STEP: "asked_for_step", Times.SETTLE: "asked_to_put_right"},
)
_AIMS = {Times.ANSWER: "asked_aim", Times.SETTLE: "asked_to_put_right_aim"}
_UNDATED = {ClockKind.AT_ONCE: "asked_at_once", ClockKind.AGREED: "asked_by_agreement"}


def asked_notice(clocks: Clocks) -> tuple[str, DayOrMoment | None]:
    """The notice and its day: that of the answer, else of putting it right, else of a step."""
    answer = clocks.of(Times.ANSWER)
    for one in (answer, clocks.of(Times.SETTLE), clocks.step):
        if one is not None and one.by is not None:
            aims = _AIMS if one.kind is ClockKind.AIM else {}
            return aims.get(one.times, _DATED[one.times]), one.by
    if answer is not None and answer.waits_for_start:
        return "asked_before_start", None
    return _UNDATED.get(answer.kind if answer else ClockKind.NOT_STATED, "asked_without_date"), None
