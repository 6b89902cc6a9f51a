"""An interest in a child: whose it is, and whether an alert is about that child.

In doubt it is the same child: whoever is shut out by mistake is let in again by two people, and what was read
stays read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, Protocol

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.destroyed import REMOVED, Redacted, TakenOut
from practice_alerts.domain.dates import read_day
from practice_alerts.domain.definition import Definition
from practice_alerts.domain.forms.names_in_text import plain_words
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.text import plain_number


class InterestDeclared(Definition):
    """Somebody has an interest in a child, such as their own family, and reads nothing about it.

    A kind of its own, so that the child stands in no entry that whoever keeps the directory reads.
    """

    kind: Literal["interest_declared"] = "interest_declared"
    person: str
    """Whose it is, by id."""
    name: str
    """As they were called then."""
    case_number: str = ""
    child: str = ""
    """The child's name, with the date of birth."""
    born: date | None = None
    reason: str = ""
    waits: bool = False
    """Entered for somebody who reviews or oversees: it shuts nobody out until a second person has confirmed it."""
    waited: int | None = None
    """The number of the one that waited, of which this says that it is confirmed."""


class InterestEnded(Definition):
    """Two people have said that it is no longer so."""

    kind: Literal["interest_ended"] = "interest_ended"
    number: int
    """That of the event that declared it."""


DECLARED = str(InterestDeclared.model_fields["kind"].default)
ENDED = str(InterestEnded.model_fields["kind"].default)

_LONGEST = 200
_LONGEST_REASON = 500
_FEWEST = 2  # a first name and a date of birth are many children's
_BY = ("case_number", "child_name", "date_of_birth")


@dataclass(frozen=True, slots=True)
class Interest:
    """One that holds, by its number in the directory, entered by whom (an id)."""

    number: int
    at: datetime
    by: str
    what: InterestDeclared


def whose(every: Iterable[Interest], answers: Mapping[str, Any]) -> frozenset[str]:
    """The ids of those with an interest in the child of whom a form says this."""
    return frozenset(one.what.person for one in every if is_about(one.what, answers))


def shut_out(every: Iterable[Interest], alert: Alert) -> frozenset[str]:
    """The ids of those with an interest in the child of this alert."""
    return frozenset(one.what.person for one in every if rests_on(one.what, one.number, alert))


def rests_on(declared: InterestDeclared, number: int | None, alert: Alert) -> bool:
    """Is it about the child of this alert, or was it before somebody took out what said so? None: not declared yet."""
    return bool({number, declared.waited} & kept_without(alert)) or is_about(
        declared, _said_last(alert)
    )


def kept_without(alert: Alert) -> frozenset[int | None]:
    """The numbers of the interests that rested on what was taken out of it since."""
    redacted = (event.what for event in alert.happened if isinstance(event.what, Redacted))
    return frozenset(number for what in redacted for number in what.interests)


def says_which_child(one: TakenOut) -> bool:
    """Does what is taken out tell whose child it is, for all that anybody says?"""
    return one.place.rpartition(".")[2] in _BY and not (one.another or one.former)


def _said_last(alert: Alert) -> Mapping[str, Any]:
    """What says which child it is; where somebody emptied that, as it stood before: a blank names no other child."""
    said = {name: alert.answers.get(name) for name in _BY}
    for _, one in reversed(alert.corrections):
        if said.get(one.field, "") in (None, "", REMOVED) and one.field in said:
            said[one.field] = one.was
    return said


class ChildOf(Protocol):
    """How a child is named where none of its alerts is."""

    @property
    def case_number(self) -> str: ...
    @property
    def child(self) -> str: ...
    @property
    def born(self) -> date | None: ...


def is_about(declared: ChildOf, answers: Mapping[str, Any]) -> bool:
    """Is it this child: by the case number, or by name and date of birth?"""
    number = plain_number(declared.case_number)
    if number and number == plain_number(str(answers.get("case_number") or "")):
        return True
    born = read_day(str(answers.get("date_of_birth") or ""))
    if declared.born is None or born != declared.born:
        return False
    return is_same_name(declared.child, str(answers.get("child_name") or ""))


def is_same_name(one: str, other: str) -> bool:
    """A child's, in any order, and with a middle name or without."""
    these, those = ({*plain_words(name).split()} for name in (one, other))
    fewer = min(these, those, key=len)
    return these == those != set() or (len(fewer) >= _FEWEST and fewer == these & those)


def faults_of(declared: InterestDeclared, today: date) -> Faults:
    """What is wrong with one as it is declared, by field."""
    faults: Faults = {}
    for name, label, most in (
        ("case_number", "Case number", _LONGEST),
        ("child", "Child’s name", _LONGEST),
        ("reason", "Why", _LONGEST_REASON),
    ):
        said = str(getattr(declared, name))
        if len(said) > most or control_characters(said):
            faults[name] = f"{label}: write plain text, in under {most} characters."
    says_number = any(letter.isalnum() for letter in declared.case_number)
    if not (says_number or declared.child or declared.born):
        faults["case_number"] = "Case number: give it, or the child’s name and date of birth."
    elif declared.child and declared.born is None:
        faults["born"] = "Date of birth: give it with the name, since several children may have it."
    elif declared.born is not None and not plain_words(declared.child):
        faults["child"] = "Child’s name: give it with the date of birth."
    if declared.born is not None and declared.born > today:
        faults["born"] = "Date of birth: this day is still to come."
    return faults
