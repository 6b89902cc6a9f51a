"""What people choose from when they answer, judge, close or follow up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from practice_alerts.domain.complete import complete
from practice_alerts.domain.definition import Said


class Response(Said):
    """What the manager says."""

    DONE = "done", "It has been done"
    WILL_BE_DONE = "will_be_done", "It will be done by a date"
    WILL_NOT_BE_DONE = "will_not_be_done", "It will not be done"
    OTHER = "other", "Something else"


class AroseAt(Said):
    """Where a concern came up. A council's form may say it in words of its own, under these ids."""

    REVIEW = "review", "At a review of the child's plan"
    CONFERENCE = "conference", "At a child protection conference"
    MIDWAY = "midway", "At the look midway between two reviews"
    MEETING = "meeting", "At another meeting about the child"
    RECORD = "record", "On reading the record, or from reports that came or did not"
    TOLD = "told", "The child, the family or somebody else said so"


class LateReason(Said):
    """Why an answer came after its day: what lies in posts and work, and never in a person."""

    VACANT = "vacant", "The post was vacant"
    NOBODY_COVERED = "nobody_covered", "Nobody stood in for the post"
    NOT_RECEIVED = "not_received", "It did not reach the post in time"
    UNCLEAR = "unclear", "It was not clear which post was to answer"
    WAITED = "waited", "It waited for another team or agency"
    TAKES_LONGER = "takes_longer", "What was asked takes longer than the time given"
    OTHER = "other", "Something else that lay in the post or its work"


class Channel(Said):
    """How an answer came that was not given on the answer page."""

    EMAIL = "email", "By e-mail"
    TELEPHONE = "telephone", "By telephone"
    MEETING = "meeting", "At a meeting"
    OTHER_SYSTEM = "other_system", "In another system"


class Outcome(Said):
    """What the IRO's side makes of it. Accepted until a date is a hold, an event of its own."""

    NOT_SATISFACTORY = "not_satisfactory", "Not satisfactory"
    PUT_RIGHT = "put_right", "Put right and verified"


class EndingKind(Said):
    PUT_RIGHT = "put_right", "Put right and verified"
    EXPLANATION_ACCEPTED = "explanation_accepted", "The explanation was accepted"
    DECIDED_NOT_SATISFIED = (
        "decided_not_satisfied",
        "Decided finally by the authority; the reviewing officer is not satisfied",
    )
    DECIDED_BY_COURT = "decided_by_court", "Decided by the court"
    TAKEN_ON = "taken_on", "Taken on by CAFCASS or the partnership"
    SHARED = "shared", "Shared with those whose work it praises"
    NO_LONGER_OURS = "no_longer_ours", "The child is no longer looked after or on a plan"
    MOVED_AUTHORITY = "moved_authority", "The child is another authority's now"
    DIED = "died", "The child has died"
    WITHDRAWN = "withdrawn", "Withdrawn"
    RAISED_IN_ERROR = "raised_in_error", "Raised in error, or twice"


@dataclass(frozen=True, slots=True)
class EndingFacts:
    """What follows from how an alert ended."""

    asks: Literal["change", "words", "nothing"]
    """At closing: what changed for the child from a list and in words, in words alone, or nothing of the child at all."""
    of: Literal["concern", "good practice", "either"] = "concern"
    of_child: bool = False
    """Can only an alert about a child end so?"""
    logged_as: EndingKind | None = None
    """What the log says in its place, which must not say which child has died."""


ENDINGS: Mapping[EndingKind, EndingFacts] = complete(
    EndingKind,
    {
        EndingKind.PUT_RIGHT: EndingFacts("change"),
        EndingKind.EXPLANATION_ACCEPTED: EndingFacts("change"),
        EndingKind.DECIDED_NOT_SATISFIED: EndingFacts("change"),
        EndingKind.DECIDED_BY_COURT: EndingFacts("change"),
        EndingKind.TAKEN_ON: EndingFacts("change"),
        EndingKind.SHARED: EndingFacts("words", "good practice"),
        EndingKind.NO_LONGER_OURS: EndingFacts("words", of_child=True),
        EndingKind.MOVED_AUTHORITY: EndingFacts("words", of_child=True),
        EndingKind.DIED: EndingFacts(
            "nothing", "either", of_child=True, logged_as=EndingKind.NO_LONGER_OURS
        ),
        EndingKind.WITHDRAWN: EndingFacts("nothing", "either"),
        EndingKind.RAISED_IN_ERROR: EndingFacts("nothing", "either"),
    },
)


OF_A_CHILD_ONLY = frozenset(one.value for one, facts in ENDINGS.items() if facts.of_child)


def as_logged(ending: EndingKind) -> EndingKind:
    """How the log says that it ended."""
    return ENDINGS[ending].logged_as or ending


class ChangeForChild(Said):
    """What changed for the child, as somebody ticks it."""

    PLAN_CARRIED_OUT = "plan_carried_out", "The plan is carried out now"
    PROVIDED = "provided", "A service or a placement is provided now"
    SAFER = "safer", "The child is safer"
    SEEN = "seen", "The child was seen or heard"
    EXPLAINED = "explained", "A decision was explained; nothing else changed"
    NOTHING = "nothing", "Nothing changed"
    NOT_KNOWN = "not_known", "Not known yet"


CHANGES_ALONE = (ChangeForChild.EXPLAINED, ChangeForChild.NOTHING, ChangeForChild.NOT_KNOWN)
"""Ticked with no other, which it would gainsay."""


def with_ticks(changes: Iterable[ChangeForChild], words: str) -> str:
    """What was ticked, and beneath it what was written beside it."""
    return "\n".join(filter(None, ("; ".join(one.words for one in changes), words)))


class FollowUpKind(Said):
    SENT = "sent", "It was sent"
    ACKNOWLEDGED = "acknowledged", "They have it"
    DECIDED = "decided", "They decided"
    WITHDRAWN = "withdrawn", "It was taken back"


class Part(Said):
    """Whose an entry of the record is to read."""

    SHARED = "shared", "Everybody who may open this alert"
    OWN = "own", "Our own side only: not those who are asked or get a copy"
    LEGAL = "legal", "Legal advice: only whoever has the alert, and those you name"
