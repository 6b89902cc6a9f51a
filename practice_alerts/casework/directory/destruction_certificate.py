"""What was destroyed, with a certificate of each time: references, rules, days and who, and nothing of any child."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from practice_alerts.adapters.documents.plain_document import Margins, PlainTable, plain_document
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.shutting_out import destroyed_closed_to, known_to
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.destroyed import RECORDS_DESTROYED, RecordsDestroyed
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryEntry,
    entries,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import NotFound
from practice_alerts.office import Office

_WIDTHS = (0.3, 0.7)
_DAY_OF_DEATH: Final = re.compile(r"(?<=the death) on [^,]+(?=,)")
_TITLE: Final = "Certificate of destruction"
_CLOSING: Final = (
    "All that was typed in these records is destroyed, and with it their current state, drafts, e-mails, documents"
    " handed out, words of the search, and lines of the log. What is left is that they were there: who acted and"
    " when, in a chain that practice-alerts verify goes through. With the last record about a child goes whom a"
    " disclosure about it was about, and an interest that somebody declared in it, once that can shut nobody out any"
    " more: withdrawn, of somebody who has left, or of a child who is 25."
)


@dataclass(frozen=True, slots=True)
class Destroyed:
    """One time that records were destroyed, by its number among what is done in the council's office."""

    number: int
    at: datetime
    what: RecordsDestroyed


def every(office: Office, by: Actor, council: str) -> tuple[Destroyed, ...]:
    """The latest first, without those in which a record was closed to them. Raises NotYours."""
    must_run(by, OfficeAct.SEE_RECORDS, council)
    with office.database.reading() as tx:
        return tuple(reversed(_every(tx, by, council)))


def _every(tx: Tx, by: Actor, council: str) -> list[Destroyed]:
    closed = destroyed_closed_to(tx, by, council)
    return [
        Destroyed(one.number, one.at, one.what)
        for one in kept.happened(tx, council, RECORDS_DESTROYED)
        if isinstance(one.what, RecordsDestroyed)
        and not closed.intersection(record.reference for record in one.what.records)
    ]


def proposed(office: Office, by: Actor, council: str) -> tuple[DirectoryEntry, ...]:
    """What waits for a second person to confirm it; none with a record that is closed to them. Raises NotYours."""
    must_run(by, OfficeAct.SEE_RECORDS, council)
    with office.database.reading() as tx:
        found = (
            one
            for one in entries(kept.happened(tx, council))
            if one.waits and one.what.change is DirectoryChange.DESTRUCTION
        )
        return known_to(office, tx, by, found)


def certificate(office: Office, by: Actor, council: str, number: int) -> bytes:
    """As a Word document. Raises NotYours, NotFound."""
    must_run(by, OfficeAct.SEE_RECORDS, council)
    with office.database.reading() as tx:
        found = next((one for one in _every(tx, by, council) if one.number == number), None)
        if found is None:
            raise NotFound("certificate of that number")
        event, its_hash = kept.place(tx, council, number)
    procedure = office.council(council).procedure
    what, here = found.what, found.at.astimezone(LONDON)
    facts = (
        ("Council", procedure.council),
        ("Destroyed", f"{in_full(here.date())}, {here:%H:%M}"),
        ("Records", str(len(what.records))),
        ("Proposed by", what.asked_by.in_words),
        ("Confirmed by", what.confirmed_by.in_words),
        ("Why", what.reason),
        ("Place in the chain", f"event {event}"),
        ("Its hash", its_hash),
    )
    rows = tuple((one.reference, _without_day(one.rule)) for one in what.records)
    table = PlainTable("The records", ("Reference", "Kept by which rule"), rows, _WIDTHS)
    margins = Margins(procedure.council, procedure.marking, f"{_TITLE} {number}")
    return plain_document(_TITLE, margins, facts, table, _CLOSING)


def _without_day(rule: str) -> str:
    """As rules were written once, the day of a child's death stood in them."""
    return _DAY_OF_DEATH.sub("", rule)
