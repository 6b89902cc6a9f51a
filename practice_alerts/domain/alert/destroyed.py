"""What destroys what was typed, in events that name by whom and why; and what is said of how long an alert is kept."""

from datetime import date
from typing import Any, Literal

from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.definition import Definition, Said


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


class DestroyedRecord(Definition):
    """An alert of which nothing is left but that it was there."""

    alert_id: str
    reference: str
    rule: str = ""
    """By which it was due, in words."""
    due: str = ""
    """Since when it could be destroyed, as an ISO date; empty where that was not the reason."""


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


class Kept(Definition):
    """Something on which it rests how long the alert is kept. It changes nothing else of it."""

    kind: Literal["kept"] = "kept"
    said: KeptSaid
    reason: str
    reference: str = ""
    """Of the complaint, the claim or the inquiry that a hold is for."""
    on: date | None = None
    """The day of birth, of death or of the adoption."""

    @property
    def in_words(self) -> str:
        day = f", {in_full(self.on)}" if self.on else ""
        return f"{self.said.words}{day}{f' ({self.reference})' if self.reference else ''}"


REDACTED = str(Redacted.model_fields["kind"].default)
RECORDS_DESTROYED = str(RecordsDestroyed.model_fields["kind"].default)
