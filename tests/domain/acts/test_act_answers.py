"""What was answered on the form of an act can be read back from the event that it became."""

from typing import Any, get_args

import pytest

from practice_alerts.domain.acts.act_answers import answers_of, printed_form
from practice_alerts.domain.acts.act_forms import ACT_FORMS
from practice_alerts.domain.acts.act_rows import ACT_OF_KIND
from practice_alerts.domain.alert.events import (
    Answered,
    AnswerRecorded,
    CaseMoved,
    ChangeForChild,
    ChangeRecorded,
    Channel,
    Closed,
    Corrected,
    DateAgreed,
    DoneByHand,
    DrafterNamed,
    EndingKind,
    Escalated,
    Event,
    Filed,
    FollowedUp,
    FollowUpKind,
    Held,
    HoldReviewed,
    Linked,
    Noted,
    NotTheirs,
    Outcome,
    Overridden,
    Person,
    QuestionAnswered,
    QuestionAsked,
    Raised,
    Reassigned,
    Redirected,
    Referred,
    ReminderSent,
    Reopened,
    Replaced,
    Response,
    ResponseReviewed,
    Sent,
    SignedOff,
    StandstillBegun,
    StandstillEnded,
    StepDone,
)
from practice_alerts.domain.alert.restricted import (
    Restricted,
    RestrictionConfirmed,
    RestrictionLifted,
)
from tests.helpers.alerts.every_alert import IRO
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council

OVER = day("Mon 2025-04-07")
HALF_PAST_TWO = moment("Tue 2025-06-03 14:30")
FILED = moment("Mon 2025-04-07 09:30")
MORE = {"asked_besides": "a word more"}

ANSWERED: dict[str, tuple[Event, dict[str, Any]]] = {
    "response": (
        Answered(
            stage="s",
            by=IRO,
            response=Response.WILL_BE_DONE,
            text="Soon.",
            promise_by=OVER,
            task_owner="the team",
            answers=MORE,
        ),
        {
            "text": "Soon.",
            "response": "will_be_done",
            "promise_by": "2025-04-07",
            "task_owner": "the team",
            **MORE,
        },
    ),
    "verdict": (
        ResponseReviewed(
            stage="s", by=IRO, verdict=Outcome.PUT_RIGHT, reason="It is.", answers=MORE
        ),
        {"verdict": "put_right", "reason": "It is.", **MORE},
    ),
    "hold": (
        Held(stage="s", until=OVER, task_owner="the team", reason="It will do.", answers=MORE),
        {"until": "2025-04-07", "task_owner": "the team", "reason": "It will do.", **MORE},
    ),
    "hold_review": (
        HoldReviewed(stage="s", on_track=False, text="Nothing yet.", answers=MORE),
        {"on_track": "no", "text": "Nothing yet.", **MORE},
    ),
    "agreed_date": (
        DateAgreed(stage="s", until=OVER, agreed_with="the head", reason="Leave.", answers=MORE),
        {"until": "2025-04-07", "agreed_with": "the head", "reason": "Leave.", **MORE},
    ),
    "step": (
        StepDone(
            stage="s",
            step="meeting",
            took_place=HALF_PAST_TWO,
            chair="the head",
            present="all",
            outcome="go on",
            text="Talked.",
            answers=MORE,
        ),
        {
            "step": "meeting",
            "took_place": "yes",
            "on": "2025-06-03",
            "at": "14:30",
            "chair": "the head",
            "present": "all",
            "outcome": "go on",
            "text": "Talked.",
            **MORE,
        },
    ),
    "sign_off": (
        SignedOff(agreement="agreed", who="the lead", on=OVER, text="Yes.", answers=MORE),
        {"agreement": "agreed", "who": "the lead", "on": "2025-04-07", "text": "Yes.", **MORE},
    ),
    "rationale": (
        Escalated(stage="s", to="t", rationale="Nobody came."),
        {"rationale": "Nobody came."},
    ),
    "referral": (
        Referred(route="cafcass", reason="Stuck.", consulted="the lead", answers=MORE),
        {"route": "cafcass", "reason": "Stuck.", "consulted": "the lead", **MORE},
    ),
    "restriction": (
        Restricted(
            reason="A colleague's.", second=IRO, stand_in=IRO, look_again=OVER, named=(IRO,)
        ),
        {
            "reason": "A colleague's.",
            "second": IRO.id,
            "stand_in": IRO.id,
            "look_again": "2025-04-07",
            "named": [IRO.id],
        },
    ),
    "restriction_confirmation": (RestrictionConfirmed(text="It is."), {"text": "It is."}),
    "restriction_lifting": (RestrictionLifted(reason="Over."), {"reason": "Over."}),
    "by_hand": (
        DoneByHand(sent=2, name="T", post="Team Manager", on=OVER, text="Rang.", answers=MORE),
        {
            "whom": "2:T, Team Manager",
            "on": "2025-04-07",
            "text": "Rang.",
            "entered": "no",
            **MORE,
        },
    ),
    "follow_up": (
        FollowedUp(
            referral=7, happened=FollowUpKind.DECIDED, on=OVER, text="They take it.", answers=MORE
        ),
        {
            "referral": "7",
            "happened": "decided",
            "on": "2025-04-07",
            "text": "They take it.",
            **MORE,
        },
    ),
    "standstill": (
        StandstillBegun(action="the move", told="the head", answers=MORE),
        {"action": "the move", "told": "the head", **MORE},
    ),
    "standstill_end": (
        StandstillEnded(happened_anyway=True, reason="Moved at night.", answers=MORE),
        {"happened_anyway": "yes", "reason": "Moved at night.", **MORE},
    ),
    "override": (
        Overridden(
            event="a death", told="the head", told_at=HALF_PAST_TWO, by="the IRO", answers=MORE
        ),
        {
            "event": "a death",
            "told": "the head",
            "on": "2025-06-03",
            "at": "14:30",
            "by": "the IRO",
            **MORE,
        },
    ),
    "closing": (
        Closed(
            ending=EndingKind.PUT_RIGHT,
            changes=(ChangeForChild.PROVIDED, ChangeForChild.SEEN),
            look_again=day("Tue 2025-06-17"),
            what_changed="A home.",
            child_view="Good.",
            answers=MORE,
        ),
        {
            "ending": "put_right",
            "changes": ["provided", "seen"],
            "look_again": "2025-06-17",
            "what_changed": "A home.",
            "child_view": "Good.",
            **MORE,
        },
    ),
    "correction": (
        Corrected(number=1, field="child_name", was="Kit", now="Kid", reason="A slip."),
        {"question": "1:child_name", "reason": "A slip."},
    ),
    "handing_on": (
        Reassigned(to=Person(id="other", name="Ros"), reason="Leave."),
        {"to": "other", "reason": "Leave."},
    ),
    "case_move": (
        CaseMoved(
            since=day("Tue 2025-06-03"),
            replaced=(Replaced(label="Team", was="North", now="South"),),
            answers={},
            reason="They moved house.",
        ),
        {"since": "2025-06-03", "reason": "They moved house."},
    ),
    "link": (Linked(others=("other",), stands=False, answers=MORE), {"said": "apart", **MORE}),
    "redirection": (
        Redirected(
            whose=IRO, to=Person(id="", name="Ros Sample"), reason="They moved.", answers=MORE
        ),
        {"whose": IRO.id, "name": "Ros Sample", "reason": "They moved.", **MORE},
    ),
    "change": (
        ChangeRecorded(changes=(ChangeForChild.SAFER,), text="Seen.", answers=MORE),
        {"changes": ["safer"], "text": "Seen.", **MORE},
    ),
    "reopening": (Reopened(reason="Too early."), {"reason": "Too early."}),
    "recorded_answer": (
        AnswerRecorded(
            stage="s",
            by=Person(id="", name="Ada Sample", post="for the Team Manager"),
            whose=Person(id="", name="Ros Sample", post="Team Manager"),
            response=Response.DONE,
            text="Done, she said.",
            evidence="CS-77",
            received=HALF_PAST_TWO,
            at="14:30",
            channel=Channel.TELEPHONE,
            recorded_by=IRO,
        ),
        {
            "answered_by": "Ada Sample",
            "channel": "telephone",
            "on": "2025-06-03",
            "at": "14:30",
            "text": "Done, she said.",
            "response": "done",
            "evidence": "CS-77",
        },
    ),
    "drafting": (
        DrafterNamed(stage="s", by=IRO, whose=IRO, to=IRO, text="The plan of May.", answers=MORE),
        {"name": IRO.name, "text": "The plan of May.", **MORE},
    ),
    "not_theirs": (
        NotTheirs(stage="s", by=IRO, whose=IRO, text="They moved.", who_else="Ada", answers=MORE),
        {"text": "They moved.", "who_else": "Ada", **MORE},
    ),
    "question": (
        QuestionAsked(stage="s", by=IRO, whose=IRO, text="Which plan?"),
        {"text": "Which plan?"},
    ),
    "question_answer": (
        QuestionAnswered(stage="s", question=2, text="That of May."),
        {"question": "2", "text": "That of May."},
    ),
    "reminder": (
        ReminderSent(people=(IRO,), text="No word for a week.", answers=MORE),
        {"text": "No word for a week.", **MORE},
    ),
    "filing": (
        Filed(on=OVER, document="D-12", up_to=3, until=FILED, text="By post.", answers=MORE),
        {"on": OVER.isoformat(), "document": "D-12", "text": "By post.", **MORE},
    ),
    "note": (Noted(text="The father rang."), {"text": "The father rang."}),
}


def test_there_is_a_form_for_each_kind_of_event_that_somebody_brings_about() -> None:
    kinds = {get_args(one.model_fields["kind"].annotation)[0] for one in get_args(Event)}
    assert set(ACT_OF_KIND) == kinds - {"raised", "sent", "redated", "redacted", "kept"}
    assert {act.form for act in ACT_OF_KIND.values()} == set(ACT_FORMS) == set(ANSWERED)


@pytest.mark.parametrize("name", ANSWERED)
def test_the_answers_come_back_as_they_were_sent(name: str) -> None:
    event, answers = ANSWERED[name]
    assert ACT_OF_KIND[event.kind].form == name
    assert answers_of(event) == answers


@pytest.mark.parametrize("name", ANSWERED)
def test_they_stand_under_the_ids_of_the_common_form(name: str) -> None:
    form = council("lambeth").act_forms[name]
    _, answers = ANSWERED[name]
    assert set(answers) - set(MORE) <= {field.id for field in form.fields()}


def test_what_was_not_said_is_left_out() -> None:
    not_needed = StepDone(stage="s", step="meeting", needed=False, text="No need.")
    assert answers_of(not_needed) == {"step": "meeting", "took_place": "no", "text": "No need."}
    assert answers_of(Closed(ending=EndingKind.WITHDRAWN, what_changed="Nothing.")) == {
        "ending": "withdrawn",
        "what_changed": "Nothing.",
    }


def test_raising_and_sending_have_forms_of_their_own_and_no_act_form() -> None:
    assert answers_of(Sent(stage="s", asked=(), answers={"actions": "x"})) == {}
    raised = Raised(
        council="c",
        edition="",
        reference="R",
        alert_kind="k",
        raised_as="looked_after",
        raiser=IRO,
        form="f",
        answers={"concerns": "x"},
    )
    assert answers_of(raised) == {}
    assert printed_form("sent") == ""


def test_six_acts_have_a_document_of_their_own() -> None:
    printed = {printed_form(kind) for kind in ACT_OF_KIND} - {""}
    assert printed == {"response", "verdict", "hold", "step", "referral", "closing"}


def test_that_an_alert_is_exceptional_is_an_answer_only_where_it_was_asked() -> None:
    said: dict[str, Any] = {"agreed_with": "the head", "reason": "Two courts."}
    exceptional = DateAgreed(stage="s", exceptional=True, **said)
    assert answers_of(exceptional) == {**said, "exceptional": "yes"}
    assert answers_of(DateAgreed(stage="s", until=OVER, **said)) == {**said, "until": "2025-04-07"}
