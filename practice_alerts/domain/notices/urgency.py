"""When each notice goes out: at once, or with everything else in the one message of the day."""

from collections.abc import Mapping
from typing import Final

from practice_alerts.domain.complete import complete
from practice_alerts.domain.definition import Said
from practice_alerts.domain.notices.kinds import KINDS


class Urgency(Said):
    """How long a notice may wait for its reader."""

    ALWAYS = "always", "at once, on any day"
    AT_ONCE = "at_once", "at once, on a working day; of a clock in hours on any day"
    GATHERED = "gathered", "in the message of the day"
    THE_MESSAGE = "the_message", "it is the message of the day"


_ALWAYS, _AT_ONCE, _GATHERED = Urgency.ALWAYS, Urgency.AT_ONCE, Urgency.GATHERED

URGENCY: Final[Mapping[str, Urgency]] = complete(
    KINDS,
    {
        "asked": _AT_ONCE,
        "asked_aim": _AT_ONCE,
        "asked_to_put_right": _AT_ONCE,
        "asked_to_put_right_aim": _AT_ONCE,
        "asked_for_step": _AT_ONCE,
        "asked_for_step_aim": _AT_ONCE,
        "asked_for_step_without_date": _AT_ONCE,
        "asked_at_once": _AT_ONCE,
        "asked_by_agreement": _AT_ONCE,
        "asked_before_start": _AT_ONCE,
        "asked_without_date": _AT_ONCE,
        "now_here": _GATHERED,
        "entered_for": _GATHERED,
        "asked_together": _AT_ONCE,
        "copied": _GATHERED,
        "invited": _GATHERED,
        "invited_if_held": _GATHERED,
        "good_practice": _GATHERED,
        "told_at_once": _ALWAYS,
        "told": _GATHERED,
        "answer_copied": _GATHERED,
        "closed_copied": _GATHERED,
        "reopened_copied": _GATHERED,
        "answered": _GATHERED,
        "answer_recorded": _GATHERED,
        "drafting": _AT_ONCE,
        "not_theirs": _AT_ONCE,
        "question_asked": _AT_ONCE,
        "question_answered": _GATHERED,
        "answered_in_part": _GATHERED,
        "judge_together": _GATHERED,
        "step_recorded": _GATHERED,
        "voice_recorded": _GATHERED,
        "hold_agreed": _GATHERED,
        "not_accepted": _GATHERED,
        "gone_on": _GATHERED,
        "corrected": _GATHERED,
        "date_agreed": _GATHERED,
        "exceptional": _GATHERED,
        "exceptional_and_date": _GATHERED,
        "redated": _GATHERED,
        "closed_late": _GATHERED,
        "handed_on": _GATHERED,
        "reserve_acts": _GATHERED,
        "handed_on_together": _GATHERED,
        "handed_over": _GATHERED,
        "restriction_to_confirm": _AT_ONCE,
        "restriction_named": _GATHERED,
        "restriction_to_lift": _GATHERED,
        "restriction_unconfirmed": _GATHERED,
        "restriction_look_again": _GATHERED,
        "change_look_again": _GATHERED,
        "interest_declared": _AT_ONCE,
        "lock_apart_asked": _AT_ONCE,
        "accuracy": _GATHERED,
        "draft_taken_out": _GATHERED,
        "draft_destroyed": _GATHERED,
        "draft_closed": _GATHERED,
        "closed": _GATHERED,
        "reopened": _GATHERED,
        "due_soon": _GATHERED,
        "due_today": _AT_ONCE,
        "overdue": _AT_ONCE,
        "aim_soon": _GATHERED,
        "aim_today": _AT_ONCE,
        "aim_passed": _AT_ONCE,
        "step_soon": _GATHERED,
        "step_today": _AT_ONCE,
        "step_late": _AT_ONCE,
        "step_not_recorded": _GATHERED,
        "put_right_soon": _GATHERED,
        "put_right_today": _AT_ONCE,
        "not_put_right": _AT_ONCE,
        "not_put_right_in_time": _GATHERED,
        "hold_soon": _GATHERED,
        "hold_today": _AT_ONCE,
        "no_answer": _GATHERED,
        "no_answer_to_aim": _GATHERED,
        "hold_ends": _GATHERED,
        "hold_ended": _GATHERED,
        "escalate_today": _GATHERED,
        "escalate_passed": _GATHERED,
        "reminded": _AT_ONCE,
        "cover_begins": _GATHERED,
        "digest": Urgency.THE_MESSAGE,
        "news": Urgency.THE_MESSAGE,
        "directory_changed": _ALWAYS,
        "directory_asked": _ALWAYS,
        "directory_waits": _AT_ONCE,
        "cover_named": _GATHERED,
        "closure_waits": _AT_ONCE,
        "token_ends": _AT_ONCE,
        "audit_of_alert": _GATHERED,
        "audit_drawn": _GATHERED,
        "formal_alerts": _GATHERED,
        "directory_by_command": _ALWAYS,
        "sign_in": _ALWAYS,
    },
)
"""At once goes what asks somebody to act, what is due today or late, and what guards a child or the service."""

THOSE_GATHERED: Final = frozenset(name for name, when in URGENCY.items() if when is _GATHERED)


def urgency(name: str) -> Urgency:
    """Of a notice under the name by which it was kept; one of an earlier release waits for nothing."""
    return URGENCY.get(name, _AT_ONCE)
