"""What destroys what was typed, in events that name by whom and why; and what is said of how long an alert is kept."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final, Literal

from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.definition import Definition, Said
from practice_alerts.domain.text import joined


class Destroys(Definition):
    """Whatever was typed in these events of the chain is gone from now on: asked for by one person, confirmed by another."""

    destroyed: tuple[int, ...]
    """Their numbers in the chain, each lower than that of this event."""
    asked_by: Person
    confirmed_by: Person
    reason: str

    @property
    def by_two(self) -> str:
        """Who asked for it and who confirmed it."""
        return f"asked for by {self.asked_by.in_words}; confirmed by {self.confirmed_by.in_words}"


REMOVED: Final = "[removed]"
"""What is read in the place of a text that was taken out."""


class TakenOut(Definition):
    """One text of an alert that is taken out: where it stands, and nothing of what it says."""

    number: int
    """Of the event of the alert."""
    place: str
    """In the event: ``text``, ``answers.concerns``, ``paper.answers.0.text``."""
    label: str
    """The question, or what such a text is called."""
    instead: Literal["", "[removed]"] = REMOVED
    """Empty for what is no text, or says which child it is: it is then as if nobody had answered."""
    former: bool = False
    """Only what stood there before it was corrected, of another child: what stands there now takes its place."""
    another: bool = False
    """It says which child it is, and two people say that this is another one: it shuts nobody out any more."""


def same_places(some: Iterable[TakenOut], others: Iterable[TakenOut]) -> bool:
    """Is it the same that is taken out, whoever's child it is said to be of?"""
    every = ([one.model_copy(update={"another": False}) for one in each] for each in (some, others))
    return next(every) == next(every)


class AlsoIn(Definition):
    """Another alert in which the same stood when it was asked for: in the event of that number first."""

    alert_id: str
    number: int


class Left(Definition):
    """What stands in place of what was destroyed, in the event of that number of the alert."""

    number: int
    what: dict[str, Any]
    """As it was written, without what had to go."""


class Redacted(Destroys):
    """Something had to be taken out of an alert, which goes on without it.

    Each event it destroys has what is left of it here, and is read as that from then on, whatever moment is asked
    for. One that redacts a former redaction takes over what that left of others.
    """

    kind: Literal["redacted"] = "redacted"
    left: tuple[Left, ...]
    taken: tuple[TakenOut, ...] = ()
    """What had to go."""
    interests: tuple[int, ...] = ()
    """The numbers of the interests in this child that rested on it: they go on shutting out without it."""

    @property
    def in_words(self) -> str:
        return taken_in_words(self.taken) or "something that had to go"


def taken_in_words(taken: Iterable[TakenOut]) -> str:
    """What was called so, each once."""
    every = tuple(taken)
    labels = joined([f"“{one}”" for one in dict.fromkeys(one.label for one in every)])
    if any(one.former for one in every):
        return f"what stood there of another child: {labels}"
    return f"{labels}, of another child" if any(one.another for one in every) else labels


class DestroyedRecord(Definition):
    """An alert of which nothing is left but that it was there."""

    alert_id: str
    reference: str
    rule: str = ""
    """By which it was due, in words."""
    due: str = ""
    """As it was written once: since when it could be destroyed, which told with the rule when a child was born. Never shown."""
    interests: tuple[int, ...] = ()
    """Of what is destroyed: the numbers of the interests in its child, for whose holders it goes on being nothing."""
    is_restricted: bool = False
    """Of what is destroyed: was it for named people alone?"""


class RecordsDestroyed(Destroys):
    """Whole alerts are destroyed, with all that rests on them. It stands among what is done in the office."""

    kind: Literal["records_destroyed"] = "records_destroyed"
    records: tuple[DestroyedRecord, ...]


class KeptSaid(Said):
    """What somebody who looks after records says of one."""

    HELD = "held", "Set a legal hold"
    RELEASED = "released", "Lifted the legal hold"
    BORN = "born", "Recorded the date of birth"
    DIED = "died", "Recorded that the child died"
    ADOPTED = "adopted", "Locked the record apart: the child was adopted"
    RETURNED = "returned", "Put the record back among the others"
    DISAGREED = "disagreed", "Recorded that somebody disagrees with what is written"
    DISPUTED = "disputed", "Restricted it while its accuracy is disputed"
    SETTLED = "settled", "Settled the dispute over its accuracy"

    @property
    def is_shared(self) -> bool:
        """For everybody who reads the alert to know?"""
        return self in {KeptSaid.DISAGREED, KeptSaid.DISPUTED, KeptSaid.SETTLED}

    @property
    def takes_two(self) -> bool:
        """Does it decide who opens the record, so that somebody else has to confirm it?"""
        return self in {KeptSaid.ADOPTED, KeptSaid.RETURNED}


class Kept(Definition):
    """Something said of the record as a record: how long it is kept, or that somebody disagrees with it."""

    kind: Literal["kept"] = "kept"
    said: KeptSaid
    reason: str
    reference: str = ""
    """Of the complaint, the claim or the inquiry that a hold is for; of a statement, who disagrees."""
    on: date | None = None
    """The day of birth, of death or of the adoption."""

    @property
    def in_words(self) -> str:
        day = f", {in_full(self.on)}" if self.on else ""
        return f"{self.said.words}{day}{f' ({self.reference})' if self.reference else ''}"


REDACTED = str(Redacted.model_fields["kind"].default)
KEPT = str(Kept.model_fields["kind"].default)
RECORDS_DESTROYED = str(RecordsDestroyed.model_fields["kind"].default)
