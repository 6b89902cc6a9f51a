"""Who asks for everything about a person, and what each is given where nobody decides otherwise: one row each.

These are beginnings, not law: whoever prepares a disclosure decides each time, and a second person confirms.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.complete import complete
from practice_alerts.domain.definition import Said


class AboutWhom(Said):
    """Whom it is about."""

    CHILD = "child", "a child"
    STAFF = "staff", "a member of staff"


class Requester(Said):
    """For whom it is made."""

    CHILD = "child", "The child, or somebody who asks for the child"
    PARENT = "parent", "A parent, for themself"
    STAFF = "staff", "The member of staff"
    COURT = "court", "A court"
    COMPLAINT = "complaint", "Whoever looks into a complaint"
    OMBUDSMAN = "ombudsman", "The Ombudsman"
    INSPECTION = "inspection", "An inspection"


class Mark(Said):
    """Why something is kept back."""

    THIRD_PARTY = "third_party", "about somebody else"
    SERIOUS_HARM = "serious_harm", "it could do serious harm"
    PRIVILEGE = "privilege", "legal advice"
    CONFIDENCE = "confidence", "said in confidence"


class WhoIsNamed(Said):
    """Whom an answer names, by the mark in the form's file."""

    CHILD = "child", "the child"
    ADULT = "adult", "an adult"


@dataclass(frozen=True, slots=True)
class RequesterRow:
    """`kept_back`: answers that name these begin with the mark that they are about somebody else."""

    about: frozenset[AboutWhom]
    parts: frozenset[Part]
    kept_back: frozenset[WhoIsNamed] = frozenset()
    confided: bool = False
    """Is what is not to be passed on theirs, because they said it? For all others it begins with its mark."""
    told_of_more: bool = False
    """Is it said how many alerts are restricted to others? That one is there may be what keeps somebody safe."""


_BOTH = frozenset(AboutWhom)
_SHARED = frozenset({Part.SHARED})
_WITH_OWN = _SHARED | {Part.OWN}

REQUESTERS: Mapping[Requester, RequesterRow] = complete(
    Requester,
    {
        Requester.CHILD: RequesterRow(
            frozenset({AboutWhom.CHILD}), _WITH_OWN, frozenset({WhoIsNamed.ADULT}), confided=True
        ),
        # What is about the child and not about the parent is not theirs because they are the parent.
        Requester.PARENT: RequesterRow(
            frozenset({AboutWhom.CHILD}), _SHARED, frozenset({WhoIsNamed.ADULT})
        ),
        Requester.STAFF: RequesterRow(
            frozenset({AboutWhom.STAFF}), _WITH_OWN, frozenset(WhoIsNamed)
        ),
        # These may see whom it is about; what a lawyer said stays out until somebody takes it in.
        Requester.COURT: RequesterRow(_BOTH, _WITH_OWN, told_of_more=True),
        Requester.COMPLAINT: RequesterRow(_BOTH, _SHARED, frozenset({WhoIsNamed.ADULT})),
        Requester.OMBUDSMAN: RequesterRow(_BOTH, _WITH_OWN, told_of_more=True),
        Requester.INSPECTION: RequesterRow(_BOTH, _WITH_OWN, told_of_more=True),
    },
)

IN_WORDS: Mapping[Part, str] = complete(
    Part,
    {
        Part.SHARED: "the shared record",
        Part.OWN: "what the reviewing service wrote for its own side",
        Part.LEGAL: "legal advice",
    },
)


def left_out(parts: Collection[Part]) -> tuple[str, ...]:
    """The parts that are not in it, in words."""
    return tuple(IN_WORDS[one] for one in Part if one not in parts)
