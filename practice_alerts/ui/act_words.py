"""What the buttons of the acts say, and what is said once they are done."""

from __future__ import annotations

from collections.abc import Mapping

from practice_alerts.domain.permissions import Act

BUTTONS: Mapping[Act, str] = {
    Act.ANSWER: "Record their answer",
    Act.JUDGE: "Record the verdict",
    Act.STEP: "Record the step",
    Act.HOLD: "Agree the hold",
    Act.REVIEW: "Record the review",
    Act.ESCALATE: "Escalate now",
    Act.AGREE_DATE: "Agree this date",
    Act.REFER: "Record the referral",
    Act.FOLLOW_UP: "Record what happened",
    Act.STANDSTILL: "Ask for the standstill",
    Act.LIFT_STANDSTILL: "End the standstill",
    Act.OVERRIDE: "Record the event",
    Act.SIGN_OFF: "Record the manager's view",
    Act.NOTE: "Keep the note",
    Act.CORRECT: "Correct the answer",
    Act.HAND_ON: "Give it on",
    Act.CLOSE: "Close the alert",
    Act.REOPEN: "Reopen the alert",
}
DONE: Mapping[Act, str] = {
    Act.ANSWER: "Their answer is recorded.",
    Act.JUDGE: "The verdict is recorded.",
    Act.STEP: "The step is recorded.",
    Act.HOLD: "The hold is agreed.",
    Act.REVIEW: "The review of the hold is recorded.",
    Act.ESCALATE: "The alert has been escalated, and whoever is asked has been written to.",
    Act.AGREE_DATE: "The date is agreed. The total limit runs on as it was.",
    Act.REFER: "The referral is recorded. The ladder goes on beside it.",
    Act.FOLLOW_UP: "What became of the referral is recorded.",
    Act.STANDSTILL: "The standstill is recorded.",
    Act.LIFT_STANDSTILL: "The end of the standstill is recorded.",
    Act.OVERRIDE: "The event is recorded. It does not replace telling those it names.",
    Act.SIGN_OFF: "The manager's view is recorded.",
    Act.NOTE: "The note is kept.",
    Act.CORRECT: "The answer is corrected. What stood there before is kept in the history.",
    Act.HAND_ON: "The alert is theirs from now on.",
    Act.CLOSE: "The alert is closed.",
    Act.REOPEN: "The alert is open again. The old dates run on as they were.",
}
