"""Which documents of an alert have been handed out: when, to whom, as of when, and what they held."""

from dataclasses import dataclass
from datetime import datetime

from practice_alerts.adapters.store.alerts import issued_documents
from practice_alerts.adapters.store.office import directory
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE_POST
from practice_alerts.office import Office

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
    """Every one of the alert, the earliest first. The caller has seen to it that the reader may see the alert."""
    with office.database.reading() as tx:
        found = issued_documents.of_alert(tx, alert_id)
        names = directory.names(tx, {one.person_id for one in found if one.person_id})
    to = (names.get(one.person_id or "", COMMAND_LINE_POST) for one in found)
    return tuple(
        HandedOut(one.at, name, one.form, one.as_of, one.parts[:_SHORT])
        for one, name in zip(found, to, strict=True)
    )
