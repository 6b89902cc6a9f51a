"""A Lambeth alert told event by event, full of things the log must never say."""

from typing import Any

from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.destroyed import KeptSaid
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
    Happened,
    Held,
    HoldReviewed,
    Kept,
    Linked,
    Moved,
    Noted,
    NotTheirs,
    Outcome,
    Overridden,
    Person,
    QuestionAnswered,
    QuestionAsked,
    Raised,
    Reassigned,
    Redacted,
    Redated,
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
from practice_alerts.domain.log.log_rows import case_number, log_rows
from practice_alerts.domain.log.pseudonyms import pseudonym
from practice_alerts.domain.log.redaction import LogRows
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day, moment
from tests.helpers.files.real_councils import council

KEY = "a key that only the tests know, 32+"
SUMMARY = "No social worker allocated for eight weeks"

RAISER = Person(id="p-1", name="Nadia Specimen", post="Independent Reviewing Officer")
MANAGER = Person(id="p-2", name="Chidi Placeholder", post="Team Manager")
SERVICE = Person(id="p-3", name="Rosalind Invented", post="Service Manager")

ANSWERS: dict[str, Any] = {
    "child_name": "Amina Fictitious",
    "case_number": "MX 0042-77",
    "date_of_birth": "2012-07-01",
    "raised_as": "looked_after",
    "case_status": ["looked_after", "child_protection"],
    "social_worker": "Tomasz Madeup",
    "team_manager": "Chidi Placeholder",
    "team": "Brixton Permanence Team Nine",
    "category": ["statutory", "drift"],
    "concerns": "Amina Fictitious has told her story to four duty workers.",
    "discussed": "yes",
    "discussed_with": "With Chidi Placeholder by telephone.",
    "child_view": "Zanzibar is where she wants to be.",
    "summary_for_log": SUMMARY,
}

NEVER_SAID = (
    *("Amina", "Fictitious", "0042-77", "MX 0042", "2012-07-01", "Tomasz", "Madeup", "Chidi"),
    *("Placeholder", "Brixton", "Nadia", "Specimen", "Rosalind", "Invented", "Zanzibar"),
    *("duty workers", "telephone", "Nobody has", "recruitment", "Marigold", "p-1"),
)
"""Words of the story that stand nowhere in a log."""


def raised(**changed: Any) -> Raised:
    return Raised(
        council="lambeth",
        edition=council("lambeth").digest,
        reference=changed.pop("reference", "LAM-2025-0042"),
        alert_kind=changed.pop("alert_kind", "practice_alert"),
        partner=changed.pop("partner", None),
        raised_as="looked_after",
        raiser=RAISER,
        form=changed.pop("form", "practice_alert"),
        answers={**ANSWERS, **changed},
        entry_stage="stage-1",
        entry_reason="Nobody has called back.",
    )


def sent(stage: str, *asked: Person) -> Sent:
    return Sent(stage=stage, asked=asked, answers={"actions": "Ask Amina Fictitious herself."})


def answered(stage: str, by: Person) -> Answered:
    return Answered(
        stage=stage,
        by=by,
        response=Response.WILL_BE_DONE,
        text="We are busy with recruitment for Amina.",
        promise_by=day("Wed 2025-03-19"),
        task_owner="Marigold",
    )


STORY: tuple[tuple[str, Event], ...] = (
    ("Mon 2025-03-03 09:42", raised()),
    ("Mon 2025-03-03 09:42", sent("stage-1", MANAGER)),
    ("Mon 2025-03-10 10:00", answered("stage-1", MANAGER)),
    (
        "Mon 2025-03-10 11:20",
        ResponseReviewed(
            stage="stage-1",
            by=RAISER,
            verdict=Outcome.NOT_SATISFACTORY,
            reason="Chidi Placeholder again.",
        ),
    ),
    (
        "Mon 2025-03-10 11:21",
        Escalated(stage="stage-1", to="stage-2", rationale="Amina waits."),
    ),
    ("Mon 2025-03-10 11:21", sent("stage-2", SERVICE)),
    ("Wed 2025-03-12 14:30", answered("stage-2", SERVICE)),
    (
        "Wed 2025-03-12 15:10",
        Held(stage="stage-2", until=day("Wed 2025-03-19"), task_owner="Marigold"),
    ),
    ("Thu 2025-03-13 09:00", Referred(route="cafcass", reason="Amina asks for it.")),
    ("Fri 2025-03-14 09:00", Noted(text="Tomasz Madeup has started.")),
    (
        "Thu 2025-03-20 10:00",
        ResponseReviewed(stage="stage-2", by=RAISER, verdict=Outcome.PUT_RIGHT, reason="Seen."),
    ),
    (
        "Thu 2025-03-20 10:00",
        Closed(
            ending=EndingKind.PUT_RIGHT, what_changed="Amina has met Tomasz Madeup three times."
        ),
    ),
)


_NOON = moment("Tue 2025-03-11 12:00")
BESIDE: tuple[Event, ...] = (
    StandstillBegun(action="Amina is not to be moved.", told="Chidi Placeholder"),
    StandstillEnded(happened_anyway=True, reason="Amina was moved to Zanzibar."),
    Overridden(event="a child has died", told="Marigold", told_at=_NOON, by="Nadia Specimen"),
    SignedOff(agreement="agreed", who="Marigold", on=day("Tue 2025-03-11"), text="Amina waits."),
    DateAgreed(
        stage="stage-2", until=day("Fri 2025-03-14"), agreed_with="Marigold", reason="Amina is ill."
    ),
    HoldReviewed(stage="stage-2", on_track=True, text="Tomasz Madeup was seen."),
    StepDone(stage="stage-2", step="zanzibar", took_place=_NOON, chair="Marigold", text="Amina."),
    FollowedUp(
        referral=9, happened=FollowUpKind.DECIDED, on=day("Tue 2025-03-18"), text="Amina goes home."
    ),
    Corrected(
        number=1, field="child_name", was="Amina Fictitious", now="Amina", reason="Marigold."
    ),
    AnswerRecorded(
        stage="stage-2",
        by=Person(id="", name="Marigold", post="for the Service Manager"),
        whose=SERVICE,
        response=Response.DONE,
        text="Amina was seen.",
        evidence="Amina's file",
        received=moment("Wed 2025-03-12 15:00"),
        channel=Channel.MEETING,
        recorded_by=RAISER,
    ),
    NotTheirs(
        stage="stage-2", by=SERVICE, whose=SERVICE, text="Amina has moved.", who_else="Marigold"
    ),
    DrafterNamed(stage="stage-2", by=SERVICE, whose=SERVICE, to=MANAGER, text="Amina has moved."),
    QuestionAsked(stage="stage-2", by=SERVICE, whose=SERVICE, text="Is it about Amina?"),
    QuestionAnswered(stage="stage-2", question=1, text="About Amina."),
    ReminderSent(people=(SERVICE,), text="Amina waits."),
    Kept(said=KeptSaid.HELD, reason="Amina complains.", reference="Marigold 7"),
    Redacted(
        destroyed=(4,),
        asked_by=RAISER,
        confirmed_by=SERVICE,
        reason="Amina asked for it.",
        left=(),
    ),
    Filed(
        on=day("Tue 2025-03-11"),
        document="Marigold 12",
        up_to=2,
        until=moment("Mon 2025-03-10 10:00"),
        text="Amina's file.",
    ),
    CaseMoved(
        since=day("Mon 2025-03-10"),
        replaced=(Replaced(label="Team", was="Amina Team", now="Tomasz Team"),),
        answers={},
        asked=(SERVICE,),
        reason="Amina moved.",
    ),
    Redirected(
        whose=SERVICE,
        to=Person(id="", name="Marigold", post="Service Manager"),
        asked=(Person(id="", name="Marigold", post="Service Manager"),),
        reason="Amina moved.",
    ),
    DoneByHand(sent=2, name="Marigold", post="GP", on=day("Tue 2025-03-11"), text="Amina waits."),
    Linked(others=("another",)),
    Reassigned(to=SERVICE, reason="Nadia Specimen is away."),
    Redated(calendar="2", moved=(Moved(clock="cap", was=None, now=day("Mon 2025-03-31")),)),
    ChangeRecorded(changes=(ChangeForChild.SAFER,), text="Amina is home."),
    Reopened(reason="Amina is back."),
    Restricted(
        reason="Amina is a colleague's.",
        second=SERVICE,
        stand_in=SERVICE,
        look_again=day("Mon 2025-03-31"),
        named=(SERVICE,),
    ),
    RestrictionConfirmed(text="Amina is."),
    RestrictionLifted(reason="Tomasz Madeup has left."),
)
"""One of each kind that the story itself does without."""


def happened(*events: tuple[str, Event]) -> tuple[Happened, ...]:
    return tuple(
        Happened(number, moment(at), "p-1", what.kind, what)
        for number, (at, what) in enumerate(events, start=1)
    )


def story(events: int = len(STORY), **changed: Any) -> Alert:
    """The first so many events; what is changed is changed in the form's answers (or its reference)."""
    return fold(happened((STORY[0][0], raised(**changed)), *STORY[1:events]))


def told_beside() -> Alert:
    """The story with everything that can happen beside it, before it closes."""
    *before, end = STORY
    beside = tuple(("Thu 2025-03-20 10:00", event) for event in BESIDE)
    return fold(happened(*before, *beside, end))


EACH: dict[type[Event], Event] = {
    type(one.what): one.what for one in told_beside().happened if one.what
}
"""One of each kind of event that there is."""


def rows(alert: Alert) -> LogRows:
    files = council("lambeth")
    form = files.forms[alert.raised.form]
    child = pseudonym(case_number(alert, form), "lambeth", KEY)
    return log_rows(alert, files.procedure, form, CALENDAR_2025, child)
