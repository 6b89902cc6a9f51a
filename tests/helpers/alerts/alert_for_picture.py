"""An alert filled in for a picture: made-up people, and sentences that somebody might write."""

from typing import Any

from practice_alerts.domain.forms.form import FormField
from tests.helpers.alerts.every_alert import Told, form_of
from tests.helpers.days import day

_WORDS = {
    "actions": "Begin the search for a home nearby, and say by when it will be found.",
    "agency": "Sample Health Trust",
    "case_number": "S-100001",
    "child_name": "Kit Muster",
    "child_view": "“Nobody tells me anything.”",
    "concerns": "The plan agreed at the last review has not moved on. No foster home has been looked"
    " for, although all agreed that the present one ends in the summer.",
    "difference": "Kit knew somebody would come, and said so at the review.",
    "discussed_with": "By telephone with the social worker, a week ago.",
    "good_work": "Weekly visits, always alone, and every one of them written up the same day.",
    "consulted": "On Monday; there is no appointment before the summer.",
    "placement_area": "Sample Town",
    "rationale": "A talk about it a week ago changed nothing.",
    "sent_to": "Ada Example, Sample Health Trust",
    "social_worker": "Sid Sample",
    "team": "Sample Team North",
    "team_manager": "Chidi Example",
}
_DAYS = {"date_of_birth": day("Sun 2014-03-09"), "reply_by": day("Fri 2025-03-14")}


def pictured(name: str) -> Told:
    """What is typed on the form `council/form` for its picture."""
    form = form_of(name)
    at_stage = _typed(form.fields(filled_by="raiser", repeats="stage"))
    return Told(
        answers=_typed(form.fields(filled_by="raiser", repeats="never")),
        stages=(at_stage, at_stage),
    )


def _typed(fields: tuple[FormField, ...]) -> dict[str, Any]:
    return {each.id: _value(each) for each in fields if each.goes_to is None}


def _value(each: FormField) -> Any:
    if each.type == "group":
        return [_typed(each.fields)]
    chosen = list(each.options or {})[:1]
    return {
        "yes_no": "yes",
        "one_of": next(iter(chosen), ""),
        "many_of": chosen,
        "date": _DAYS.get(each.id, day("Mon 2025-03-31")).isoformat(),
        "person": _WORDS.get(each.id, "Pat Example"),
    }.get(each.type, _WORDS.get(each.id, "As it was told at the last review."))


ACTS: dict[str, dict[str, Any]] = {
    "response": {
        "text": "The search for a home nearby has begun. Three carers are being visited this week, and Kit has been"
        " told so by the social worker.",
        "response": "will_be_done",
        "promise_by": "2025-04-07",
        "task_owner": "Sid Sample, social worker",
    },
    "verdict": {
        "verdict": "not_satisfactory",
        "reason": "There is a search, and no day by which it ends. Kit cannot be told where they will live.",
    },
    "hold": {
        "until": "2025-04-07",
        "task_owner": "Chidi Example, Team Manager",
        "task": "A home nearby is found and Kit has seen it.",
        "reason": "The day lies before the summer, and Kit agreed to it.",
    },
    "step": {
        "step": "discussion",
        "on": "2025-03-06",
        "at": "14:30",
        "chair": "Deputy Head of Service",
        "present": "Nadia Sample, Independent Reviewing Officer\nChidi Example, Team Manager",
        "outcome": "something else",
        "text": "The search begins this week. The reviewing officer looks at it again in ten days.",
    },
    "referral": {
        "route": "cafcass",
        "reason": "The plan agreed at two reviews has stood still for a year. The present home ends in July, nothing"
        " has been found, and three managers in turn have promised a date and kept none.",
        "asked_for": "That the case be taken to the court, so that somebody decides where Kit is to live.",
        "urgent": "yes",
        "urgent_why": "The present home ends on Thursday 31 July 2025.",
        "consultation": "discussed",
        "consulted": "The IRO manager on Monday 3 March, who agreed. The director knows.",
        "child_view": "“I want to stay near my school and see my brother.”",
        "child_told": "yes",
        "pack": ["alert", "plan", "child"],
        "sent_to": "Court team, Sample Town",
    },
    "closing": {
        "ending": "put_right",
        "changes": ["provided", "seen"],
        "what_changed": "Kit lives ten minutes from school and sees their brother each week.",
        "child_view": "“It took ages. I like it here.”",
        "advocacy_told": "yes",
        "advocacy_on": "2025-03-03",
        "advocacy_by": "Nadia Sample",
        "complaints_told": "yes",
        "complaints_on": "2025-03-03",
        "complaints_by": "Nadia Sample",
        "against_wishes": "no",
    },
}
"""What is typed on the form of each act for its picture."""
