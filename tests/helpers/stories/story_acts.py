"""Every act on an alert by its name: which verb does it, and how many events it adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from practice_alerts.casework.acts import by_act, escalate, notes_and_corrections
from practice_alerts.casework.acts.escalate import Climb
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.office import Office

NOW = "now"
"""Among the answers of a correction: what is to stand there from now on."""
TO, ASKED = "to", "asked"
"""Among the answers of an escalation: the stage, and the ids of those to ask there."""


def _correct(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    form = {name: value for name, value in answers.items() if name != NOW}
    return notes_and_corrections.correct(office, alert_id, form, answers.get(NOW), doing)


def _escalate(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    form = {name: value for name, value in answers.items() if name not in {TO, ASKED}}
    asked = tuple(answers.get(ASKED, ()))
    why = "They know the child." if asked else ""
    climb = Climb(answers[TO], form, asked, instead_reason=why)
    return escalate.escalate(office, alert_id, climb, doing)


VERBS: Mapping[Act, Callable[[Office, str, Mapping[str, Any], Doing], Known]] = {
    **by_act.VERBS,
    Act.ESCALATE: _escalate,
    Act.CORRECT: _correct,
}
"""All but raising and seeing, which are not done to an alert that is there."""


def events_of(act: Act, before: Alert, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The kinds of event that this act adds, by what the act says of itself."""
    if act is Act.ESCALATE:
        return ("escalated", "sent")
    if act is not Act.CLOSE:
        return (_KIND[act],)
    run = before.run
    outcome = run.review.reviewed.verdict if run and run.review else None
    is_news = answers.get("ending") == "put_right" and run is not None and outcome != "put_right"
    return ("judged", "closed") if is_news else ("closed",)


_KIND: Mapping[Act, str] = {
    Act.ANSWER: "answered",
    Act.RECORD_ANSWER: "answer_recorded",
    Act.NOT_THEIRS: "not_theirs",
    Act.NAME_DRAFTER: "drafter_named",
    Act.REDIRECT: "redirected",
    Act.ASK_QUESTION: "question_asked",
    Act.ANSWER_QUESTION: "question_answered",
    Act.REVIEW_RESPONSE: "judged",
    Act.STEP: "step_done",
    Act.HOLD: "held",
    Act.REVIEW_HOLD: "hold_reviewed",
    Act.AGREE_DATE: "date_agreed",
    Act.REFER: "referred",
    Act.FOLLOW_UP: "followed_up",
    Act.BY_HAND: "done_by_hand",
    Act.STANDSTILL: "standstill_begun",
    Act.LIFT_STANDSTILL: "standstill_ended",
    Act.OVERRIDE: "overridden",
    Act.SIGN_OFF: "signed_off",
    Act.NOTE: "noted",
    Act.REMIND: "reminded",
    Act.FILE: "filed",
    Act.CORRECT: "corrected",
    Act.HAND_ON: "reassigned",
    Act.MOVE_CASE: "case_moved",
    Act.LINK: "linked",
    Act.REOPEN: "reopened",
    Act.RECORD_CHANGE: "change_recorded",
    Act.RESTRICT: "restricted",
    Act.CONFIRM_RESTRICTION: "restriction_confirmed",
    Act.LIFT_RESTRICTION: "restriction_lifted",
}
