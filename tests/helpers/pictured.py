"""An alert filled in for a picture: made-up people, and sentences that somebody might write."""

from typing import Any

from practice_alerts.domain.form import FormField
from tests.helpers.days import day
from tests.helpers.told_alerts import Told, form_of

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
    "operations_manager_said": "On Monday; there is no appointment before the summer.",
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
