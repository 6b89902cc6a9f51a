"""Who looked at which alert, for whoever audits that."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from practice_alerts.adapters.store.alerts import issued_documents as kept
from practice_alerts.adapters.store.office import directory
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import (
    COMMAND_LINE_POST,
    OfficeAct,
    must_run,
)
from practice_alerts.office import Office

MOST: Final = 200
"""How many lines are shown at once."""


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look: an alert was opened, or a document of it was handed out."""

    at: datetime
    who: str
    reference: str
    form: str | None
    """The form of the document that was handed out."""


def who_looked(office: Office, by: Actor, words: str = "") -> tuple[LookLine, ...]:
    """The latest first; `words` are part of a reference or of somebody's name. Raises NotYours."""
    must_run(by, OfficeAct.SEE_WHO_LOOKED, by.council)
    with office.database.reading() as tx:
        found = kept.looks(tx, by.id, by.council, words.strip(), MOST)
        names = directory.names(tx, {one.person_id for one in found if one.person_id})
    return tuple(
        LookLine(
            one.at,
            names.get(one.person_id, "") if one.person_id else COMMAND_LINE_POST,
            one.reference,
            one.form,
        )
        for one in found
    )
