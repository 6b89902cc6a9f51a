"""What to warn of while the clocks run: short sentences without a capital or full stop."""

from __future__ import annotations

from datetime import date

from practice_alerts.domain.ladder import Ladder
from practice_alerts.domain.standing import Clocks

CAP_PASSED = "the cap has passed"
CAP_BEFORE_HOLD = "the cap passes before the hold ends"
CAP_BEFORE_ANSWER = "the answer is due after the cap"


def cautions(ladder: Ladder, stage_id: str, clocks: Clocks, today: date) -> tuple[str, ...]:
    """All that is to be said on `today`; nothing where no cap runs."""
    cap = clocks.cap
    if cap is None:
        return ()
    if today > cap.by_day:
        return (CAP_PASSED,)
    found = [CAP_BEFORE_HOLD] if clocks.hold is not None and clocks.hold > cap.by_day else []
    ends = clocks.response or clocks.settle
    if ends is not None and ends.by_day > cap.by_day:
        found.append(CAP_BEFORE_ANSWER)
    elif clocks.slack is not None and clocks.slack < 0:
        top = ladder.straight_path(stage_id)[-1].label
        found.append(f"the stages left up to {top} no longer fit the cap")
    return tuple(found)
