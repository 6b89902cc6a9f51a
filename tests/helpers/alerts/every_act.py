"""Alerts on which every act that has a document was done, and the paper of each of those documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.domain.acts.act_answers import printed_acts, printed_form
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import (
    Answered,
    Closed,
    Event,
    FollowedUp,
    FollowUpKind,
    Happened,
    Held,
    Raised,
    Referred,
    ResponseReviewed,
    Sent,
    StepDone,
)
from practice_alerts.domain.documents.act_document import ActSources, act_paper
from practice_alerts.domain.documents.alert_document import Sources
from practice_alerts.domain.forms.form import Form, FormField
from practice_alerts.domain.procedure.ladder import Ladder
from tests.helpers.alerts.every_alert import IRO, MANAGER, form_of, typed_into
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council

PRINTED = tuple(name for name, act in ACT_FORMS.items() if act.printed)
"""The acts with a document of their own."""

KINDS = {
    "lambeth": ("practice_alert", "practice_alert"),
    "unnamed-2015": ("concern", "qa_notification"),
}
"""For councils whose acts are told: the kind of alert, and the form it is on."""

BEGAN = moment("Mon 2025-03-03 09:42")
_DAYS = (0, 0, 2, 3, 4, 4, 7, 11, 14)
"""How long after the beginning each event happens: none on a weekend."""
_FREE = frozenset({"text", "long_text", "person"})


def act_form_of(council_id: str, name: str) -> Form:
    """The form of an act with the choices it takes from the procedure."""
    files = council(council_id)
    return with_choices(files.act_forms[name], files.procedure, name)


def acted(
    council_id: str,
    typed: Mapping[str, Mapping[str, Any]],
    raised: Mapping[str, Any] | None = None,
    asked: Mapping[str, Any] | None = None,
) -> Alert:
    """An alert with each printed act done once; `typed` are the answers on each act's form."""
    kind, form = KINDS[council_id]
    first = ladder_of(council_id).stages[1].id
    asks = form_of(f"{council_id}/{form}").fields(filled_by="raiser", repeats="stage")
    events: tuple[Event, ...] = (
        Raised(
            council=council_id,
            edition="",
            reference=f"{council(council_id).procedure.reference_prefix}-2025-0042",
            alert_kind=kind,
            raised_as="looked_after",
            raiser=IRO,
            form=form,
            answers=dict(raised or {}),
        ),
        Sent(stage=first, asked=(MANAGER,), answers=dict(asked or typed_into(asks, "asked"))),
        *(event_of(name, first, typed.get(name, {})) for name in PRINTED),
    )
    referred = next(n for n, one in enumerate(events, start=1) if isinstance(one, Referred))
    on = day("Mon 2025-03-17")
    after = FollowedUp(
        referral=referred, happened=FollowUpKind.ACKNOWLEDGED, on=on, text="By telephone."
    )
    return fold(
        Happened(
            number,
            BEGAN + timedelta(days=_DAYS[number - 1]),
            MANAGER.id if isinstance(event, Answered) else IRO.id,
            event.kind,
            event,
        )
        for number, event in enumerate((*events, after), start=1)
    )


def ladder_of(council_id: str) -> Ladder:
    found = council(council_id).procedure.ladder_of(KINDS[council_id][0])
    assert found is not None
    return found


def event_of(name: str, stage: str, typed: Mapping[str, Any]) -> Event:
    """The event that these answers on the form become."""
    given = dict(typed)

    def own(field: str, otherwise: Any) -> Any:
        return given.pop(field, otherwise)

    match name:
        case "response":
            return Answered(
                stage=stage,
                by=MANAGER,
                response=own("response", "will_be_done"),
                text=own("text", "We shall see to it."),
                promise_by=own("promise_by", "2025-04-07"),
                task_owner=own("task_owner", "the Team Manager"),
                answers=given,
            )
        case "verdict":
            outcome, reason = own("verdict", "not_satisfactory"), own("reason", "No date.")
            return ResponseReviewed(
                stage=stage, by=IRO, verdict=outcome, reason=reason, answers=given
            )
        case "hold":
            return Held(
                stage=stage,
                until=own("until", "2025-03-31"),
                task_owner=own("task_owner", "the Team Manager"),
                reason=own("reason", "It is under way."),
                answers=given,
            )
        case "step":
            return _step(stage, given)
        case "referral":
            return Referred(
                route=own("route", "cafcass"),
                reason=own("reason", "The plan has stood still for a year."),
                consulted=own("consulted", ""),
                answers=given,
            )
        case _:
            return Closed(
                ending=own("ending", "put_right"),
                changes=own("changes", ()),
                look_again=own("look_again", None),
                what_changed=own("what_changed", "There is a plan."),
                child_view=own("child_view", ""),
                answers=given,
            )


def _step(stage: str, given: dict[str, Any]) -> StepDone:
    given.pop("took_place", None)
    on, at = given.pop("on", "2025-03-05"), given.pop("at", "14:30")
    known = {"step": "discussion", "chair": "", "present": "", "outcome": "", "text": "Agreed."}
    own = {name: given.pop(name, otherwise) for name, otherwise in known.items()}
    took_place = moment(f"{day_name(on)} {on} {at}")
    return StepDone(stage=stage, took_place=took_place, answers=given, **own)


def day_name(iso: str) -> str:
    """The weekday of an ISO date, as `moment` wants it."""
    return f"{date.fromisoformat(iso):%a}"


def whole_act_paper(
    council_id: str,
    name: str,
    alert: Alert,
    named: frozenset[str] = frozenset(),
    form: Form | None = None,
) -> dict[str, Any]:
    """The paper of the document of that act."""
    done = next(one for one in printed_acts(alert) if printed_form(one.kind) == name)
    printed = day("Mon 2025-03-24")
    _, raising = KINDS[council_id]
    base = Sources(
        council(council_id).procedure,
        form_of(f"{council_id}/{raising}"),
        ladder_of(council_id),
        england(today=printed),
    )
    sources = ActSources(base, form or act_form_of(council_id, name), named, {})
    return act_paper(alert, done.number, sources, printed)


def typed_on_each(council_id: str, text: str) -> dict[str, dict[str, Any]]:
    """An answer to every question of every printed act's form, what is free text ending in `text`."""
    return {name: _filled(act_form_of(council_id, name).fields(), text) for name in PRINTED}


def _filled(fields: tuple[FormField, ...], text: str) -> dict[str, Any]:
    """What is offered at the time only, or by some councils only, is answered as this council might."""
    of_the_moment = {"step": "discussion", "outcome": "something else", "at": "14:30"}
    of_the_moment["consultation"] = "discussed"
    given = {one.id: of_the_moment[one.id] for one in fields if one.id in of_the_moment}
    return {**typed_into(tuple(one for one in fields if one.id not in given), text), **given}


def free_texts(answers: Mapping[str, Any], form: Form) -> dict[str, str]:
    """The answers in somebody's own words, by field."""
    return {
        one.id: str(answers[one.id])
        for one in form.fields()
        if one.type in _FREE and one.id in answers
    }
