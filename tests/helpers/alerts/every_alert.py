"""Alerts of every council and form to which everything happened, and the paper their documents are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import (
    Answered,
    Closed,
    EndingKind,
    Escalated,
    Event,
    Happened,
    Held,
    Outcome,
    Person,
    Raised,
    Referred,
    Response,
    ResponseReviewed,
    Sent,
)
from practice_alerts.domain.documents.alert_document import Sources, paper
from practice_alerts.domain.forms.form import Form, FormField
from practice_alerts.domain.procedure.ladder import Ladder
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import IDS, council

IRO = Person(id="iro", name="Nadia Sample", post="Independent Reviewing Officer")
MANAGER = Person(id="manager", name="Chidi Example", post="Team Manager")
SENIOR = Person(id="senior", name="Rosalind Specimen", post="Service Manager")

CLIMBING = {
    "lambeth/practice_alert": ("practice_alert", "stage-1", "stage-2"),
    "lambeth/partner_escalation": ("partner", "stage-1", "stage-2"),
    "merton/practice_alert": ("practice_alert", "stage-1", "stage-2"),
    "northamptonshire/escalation": ("escalation", "informal", "level-1"),
    "knowsley/challenge": ("challenge", "stage-1", "stage-4"),
    "unnamed-2015/issue_notification": ("concern", "issue-notification", "stage-1"),
    "unnamed-2015/qa_notification": ("concern", "stage-1", "stage-2"),
}
"""The kind of alert raised on each form, and two stages that it goes through."""

FORMS = tuple(f"{name}/{form}" for name in IDS for form in council(name).forms)


@dataclass(frozen=True)
class Told:
    """What was typed, from raising to closing; what is left out is made up."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    stages: tuple[Mapping[str, Any], ...] = ({}, {})
    responses: tuple[str, str] = ("We shall see to it.", "It has been done.")
    reasons: tuple[str, str] = ("No date and no name.", "The record says so.")
    what_changed: str = "There is a plan, and the child knows it."
    child_view: str = "It is better now."
    refers: str = "The plan has stood still for a year."


def form_of(name: str) -> Form:
    """The form of `council/form`, with the choices it takes from the procedure."""
    council_id, _, form = name.partition("/")
    files = council(council_id)
    return with_choices(files.forms[form], files.procedure)


def ladder_of_form(name: str) -> Ladder | None:
    if name not in CLIMBING:
        return None
    procedure = council(name.partition("/")[0]).procedure
    return procedure.ladder_of(CLIMBING[name][0], next(iter(procedure.partners), None))


def whole_paper(name: str, told: Told | None = None) -> dict[str, Any]:
    """The paper of an alert that was raised, escalated, held, referred, put right and closed."""
    return _paper(name, whole_alert(name, told), ladder_of_form(name))


def whole_alert(name: str, told: Told | None = None) -> Alert:
    """The alert itself, to which all of that happened."""
    told = told or Told()
    climbed = _climbed(CLIMBING[name][1:], told) if ladder_of_form(name) else ()
    closed = Closed(
        ending=EndingKind.PUT_RIGHT, what_changed=told.what_changed, child_view=told.child_view
    )
    return _alert((_raised(name, told), *climbed, closed))


def fresh_paper(name: str, told: Told | None = None) -> dict[str, Any]:
    """The paper of an alert that was raised, and sent where there is a ladder, and nothing else."""
    ladder = ladder_of_form(name)
    told = told or Told()
    raised = _raised(name, told)
    sent = (Sent(stage=CLIMBING[name][1], asked=(), answers={}),) if ladder else ()
    return _paper(name, _alert((raised, *sent)), ladder)


def without_ladder(name: str, told: Told) -> dict[str, Any]:
    """The paper where the form serves a kind without stages: excellent practice on a QA form."""
    return _paper(name, _alert((_raised(name, told),)), None)


def _raised(name: str, told: Told) -> Raised:
    council_id, _, form = name.partition("/")
    prefix = council(council_id).procedure.reference_prefix
    return Raised(
        council=council_id,
        edition="",
        reference=f"{prefix}-2025-0042",
        alert_kind="",
        raised_as="looked_after",
        raiser=IRO,
        form=form,
        answers=dict(told.answers),
        entry_reason="The talks of a month ago came to nothing.",
    )


def _climbed(stages: tuple[str, ...], told: Told) -> tuple[Event, ...]:
    first, second = stages
    return (
        Sent(
            stage=first,
            asked=(MANAGER,),
            answers=dict(told.stages[0]),
            settle_by=day("Fri 2025-03-07"),
        ),
        Answered(
            stage=first,
            by=MANAGER,
            response=Response.WILL_BE_DONE,
            text=told.responses[0],
            promise_by=day("Mon 2025-04-07"),
            task_owner="the Team Manager",
        ),
        ResponseReviewed(
            stage=first, by=IRO, verdict=Outcome.NOT_SATISFACTORY, reason=told.reasons[0]
        ),
        Escalated(stage=first, to=second, rationale="Two weeks have gone."),
        Sent(stage=second, asked=(SENIOR,), answers=dict(told.stages[1])),
        Referred(route="cafcass", reason=told.refers, consulted="the line manager"),
        Answered(stage=second, by=SENIOR, response=Response.DONE, text=told.responses[1]),
        Held(stage=second, until=day("Wed 2025-03-19"), task_owner="the Service Manager"),
        ResponseReviewed(stage=second, by=IRO, verdict=Outcome.PUT_RIGHT, reason=told.reasons[1]),
    )


_DAYS = (
    "Mon 2025-03-03 09:42",
    "Mon 2025-03-03 09:42",
    "Thu 2025-03-06 16:05",
    "Fri 2025-03-07 11:20",
    "Fri 2025-03-07 11:31",
    "Fri 2025-03-07 11:31",
    "Mon 2025-03-10 10:15",
    "Wed 2025-03-12 14:30",
    "Wed 2025-03-12 15:10",
    "Thu 2025-03-20 10:00",
    "Thu 2025-03-20 10:00",
)


def _alert(events: tuple[Event, ...]) -> Alert:
    who = [event.by.id if isinstance(event, Answered) else IRO.id for event in events]
    return fold(
        Happened(number, moment(_DAYS[number - 1]), by, event.kind, event)
        for number, (event, by) in enumerate(zip(events, who, strict=True), start=1)
    )


def _paper(name: str, alert: Alert, ladder: Ladder | None) -> dict[str, Any]:
    printed = day("Mon 2025-03-24")
    procedure = council(name.partition("/")[0]).procedure
    sources = Sources(procedure, form_of(name), ladder, england(today=printed))
    return paper(alert, sources, printed)


def typed_into(fields: tuple[FormField, ...], text: str) -> dict[str, Any]:
    """An answer to each of these fields; what is free text ends in `text`, and names its field."""
    return {each.id: _typed(each, text) for each in fields if each.goes_to is None}


def _typed(each: FormField, text: str) -> Any:
    match each.type:
        case "yes_no":
            return "yes"
        case "one_of":
            return next(iter(each.options or {}))
        case "many_of":
            return list(each.options or {})[::2]
        case "date":
            return day("Sun 2014-03-09" if each.identifies else "Mon 2025-03-31").isoformat()
        case "group":
            return [typed_into(each.fields, text), typed_into(each.fields, f"{text}, again")]
        case _:
            return f"{each.id} {text}"
