"""Which documents of an alert have been handed out: when, to whom, as of when, and what they held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from practice_alerts.adapters.store.alerts import issued_documents
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.office import Office

COMMAND_LINE = "the command line"
_SHORT = 12  # hexadecimal digits: enough to tell two documents apart by eye


@dataclass(frozen=True, slots=True)
class HandedOut:
    """One document in somebody's hands. `digest` begins the SHA-256 over the document's parts."""

    at: datetime
    to: str
    form: str
    """The form whose document it is: of the alert, or of one of its acts."""
    as_of: datetime
    digest: str

    @property
    def shows_earlier(self) -> bool:
        """Does it show the alert as it stood at some moment before it was handed out?"""
        return self.as_of < self.at


def issued(office: Office, alert_id: str) -> tuple[HandedOut, ...]:
    """Every document of the alert that was handed out, the earliest first.

    The caller has seen to it that the reader may see the alert.
    """
    with office.database.reading() as tx:
        found = issued_documents.of_alert(tx, alert_id)
        names = {one: _name(tx, one) for one in {issue.person_id for issue in found}}
    return tuple(
        HandedOut(one.at, names[one.person_id], one.form, one.as_of, one.parts[:_SHORT])
        for one in found
    )


def _name(tx: Tx, person_id: str | None) -> str:
    person = directory.person(tx, person_id) if person_id is not None else None
    return person.name if person is not None else COMMAND_LINE
