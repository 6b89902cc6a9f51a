"""A fictional alert as its Word document is given it, told in days with their weekday."""

from datetime import date
from typing import Any

from practice_alerts.domain.dates import in_full
from tests.helpers.days import day

IRO = "Nadia Sample, Independent Reviewing Officer"
MANAGER = "Chidi Example, Team Manager"
SERVICE = "Rosalind Specimen, Service Manager"


def words(text: str) -> str:
    when: date = day(text)
    return in_full(when)


def answer(on: str, by: str, kind: str, response: str, **more: Any) -> dict[str, Any]:
    given = {"on": words(on), "by": by, "kind": kind, "response": response}
    return given | {"promise_by": None, "task_owner": None} | more


def stage(label: str, sent: str, asked: str, due: str, **more: Any) -> dict[str, Any]:
    dates = {"sent_on": words(sent), "due": words(due), "due_clause": "4 working days, Stage Two"}
    begun: dict[str, Any] = {
        "label": label,
        "asked": asked,
        "received_by": asked,
        "copied": "",
        "invited": "",
        "by_hand": "",
        "answers": [],
        "steps": [],
        "actions": "",
        "rationale": None,
    }
    open_ends = dict.fromkeys(
        (
            "verdict",
            "verdict_on",
            "verdict_reason",
            "verdict_by",
            "hold_until",
            "hold_owner",
            "put_right_on",
            "due_agreed",
            "settle_by",
            "settle_clause",
        )
    )
    left = {"escalated_on": None, "escalated_to": None, "left": None}
    return begun | dates | open_ends | left | more


STAGE_ONE = stage(
    "Stage One",
    "Mon 2025-03-03",
    MANAGER,
    "Fri 2025-03-07",
    due_clause="4 working days, section 5",
    actions=(
        "1. Name a permanent social worker for Amina by Monday 10 March.\n"
        "2. Hold the care planning meeting that the review of 14 January asked for.\n"
        "3. Write to Amina, in words she can use, to say what has been decided and why."
    ),
    rationale=(
        "The informal talk on 24 February ended with a promise for the same week. Nothing has "
        "reached the record since, and the next review is five weeks away."
    ),
    answers=[
        answer(
            "Thu 2025-03-06",
            MANAGER,
            "will be done by a date",
            "Recruitment is under way. Until then the duty worker covers Amina's visits.\n\nWe "
            "agree that this is not what the plan says.",
            promise_by=words("Mon 2025-04-07"),
            task_owner="Team Manager",
        )
    ],
    verdict="not satisfactory",
    verdict_on=words("Fri 2025-03-07"),
    verdict_reason=(
        "A rota of duty workers is the very thing Amina complains about. The date lies after the "
        "review, so the review could not be told what is going to happen."
    ),
    verdict_by=IRO,
    escalated_on=words("Fri 2025-03-07"),
    escalated_to="Stage Two",
)
STAGE_TWO = stage(
    "Stage Two",
    "Fri 2025-03-07",
    SERVICE,
    "Thu 2025-03-13",
    due_clause="4 working days, section 5",
    actions=(
        "Agree today who will be Amina's social worker, and give the planning meeting a date "
        "before the end of March."
    ),
    rationale="Stage One offered a date but no plan, and named nobody who would carry it out.",
    answers=[
        answer(
            "Tue 2025-03-11",
            SERVICE,
            "other",
            "I have asked for the file and shall answer in full tomorrow.",
        ),
        answer(
            "Wed 2025-03-12",
            SERVICE,
            "will be done by a date",
            "Tomasz Placeholder takes the case on Monday 17 March. The planning meeting is booked "
            "for Wednesday 19 March, and Amina has been asked where she would like to sit in.",
            promise_by=words("Wed 2025-03-19"),
            task_owner=SERVICE,
        ),
    ],
    verdict="put right and verified",
    verdict_on=words("Thu 2025-03-20"),
    verdict_reason="The record and Amina herself say so: the meeting took place and she was there.",
    verdict_by=IRO,
    hold_until=words("Wed 2025-03-19"),
    hold_owner=SERVICE,
    put_right_on=words("Thu 2025-03-20"),
)
CATEGORIES = (
    ("Statutory responsibilities not met", True),
    ("Unacceptable drift in care planning", True),
    ("Dispute about the provision of services", False),
    ("Safeguarding concern", False),
)
HISTORY = (
    ("Mon 2025-03-03", "09.42", IRO, "Raised the alert and sent it at Stage One."),
    ("Thu 2025-03-06", "16.05", MANAGER, "Answered: will be done by a date."),
    (
        "Fri 2025-03-07",
        "11.20",
        IRO,
        "Reviewed the response: not satisfactory; went on to Stage Two.",
    ),
    ("Tue 2025-03-11", "17.51", SERVICE, "Answered: other."),
    ("Wed 2025-03-12", "14.30", SERVICE, "Answered: will be done by a date."),
    ("Wed 2025-03-12", "15.10", IRO, "Accepted the promise; on hold until Wednesday 19 March."),
    ("Thu 2025-03-20", "10.00", IRO, "Verified that it was put right, and closed the alert."),
)


def alert(**changed: Any) -> dict[str, Any]:
    """Return the sample's fields, some of them changed."""
    return {
        "council": "Lambeth",
        "title": "Practice alert",
        "reference": "LAM-2025-0042",
        "subject": "No worker of her own for eight weeks",
        "stands": "Closed on Thursday 20 March 2025. Put right.",
        "with_whom": "",
        "marking": "OFFICIAL-SENSITIVE",
        "printed_on": words("Mon 2025-03-24"),
        "procedure_edition": "1",
        "level": "Stage Two",
        "alert_kind": "Practice alert",
        "copied": "",
        "by_hand": "",
        "raiser": "Nadia Sample",
        "officer": "Nadia Sample",
        "standstill": "",
        "raiser_role": "Independent Reviewing Officer",
        "raised_on": words("Mon 2025-03-03"),
        "entry_reason": "",
        "cap": words("Mon 2025-03-31"),
        "child_name": "Amina Fictitious",
        "case_number": "M-000042",
        "date_of_birth": words("Sun 2012-07-01"),
        "raised_as": "Independent Reviewing Officer, for a looked-after child",
        "case_status": "looked after",
        "social_worker": "none allocated since 6 January 2025",
        "team_manager": "Chidi Example",
        "team": "Children Looked After, team 3",
        "category": [{"text": text, "ticked": ticked} for text, ticked in CATEGORIES],
        "statutory_examples": "No social worker allocated",
        **dict.fromkeys(("drift_examples", "services_examples", "safeguarding_examples"), ""),
        "arose": "At a review of the child's plan",
        "concerns": (
            "Amina has had no social worker of her own for eight weeks. In that time four "
            "different duty workers have visited, none of them twice, and none saw her alone.\n\n"
            "The review on 14 January decided on a care planning meeting within twenty days, "
            "because the placement ends in May. It has not been held, and no reason is on record."
        ),
        "discussed": "yes",
        "discussed_with": "I spoke with Chidi Example by telephone on Monday 24 February.",
        "child_view": "“I tell it all again each time, and then a new one comes.”",
        "stages": [STAGE_ONE, STAGE_TWO],
        "ending": "put right",
        "ended_on": words("Thu 2025-03-20"),
        "what_changed": (
            "Amina has a social worker whom she has met three times, and knows where she will "
            "live after May. She chose to sit in at the planning meeting."
        ),
        "child_view_at_end": "",
        "referrals": [],
        "history": [
            {"on": f"{words(on)}, {at}", "who": who, "what": what} for on, at, who, what in HISTORY
        ],
    } | changed
