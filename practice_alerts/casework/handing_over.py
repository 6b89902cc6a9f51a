"""Papers handed over: everything about one alert in one zip, and the documents of a span of days."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from practice_alerts.adapters.documents import as_printed
from practice_alerts.adapters.parcels import in_one_zip
from practice_alerts.adapters.store import directory, issues
from practice_alerts.adapters.store.issues import RaisedIn
from practice_alerts.casework.known import Known, load
from practice_alerts.casework.papers import Document, issue, sources
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.file_note import file_note
from practice_alerts.domain.history_file import history_file
from practice_alerts.office import Office

ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class Span:
    """A council's alerts raised from one London day to another, both counted in."""

    council: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Made:
    """One alert's document, or in plain words why there is none."""

    reference: str
    document: Document | None
    trouble: str = ""


def whole_file(office: Office, known: Known, person_id: str) -> Document:
    """Word document, history and file note in one zip, to be put on the case system.

    Handing over the Word document is recorded as always. An edition without a Word template for
    this form makes the other two.
    """
    reference, now = known.alert.reference, office.now()
    files: list[tuple[str, bytes]] = []
    if known.files.template(known.alert.form) is not None:
        word = issue(office, known, person_id)
        files.append((word.name, word.body))
    history = history_file(known.alert, known.files.procedure, _names(office, known), now)
    note = file_note(known.alert, sources(office, known), now)
    files += [
        (f"{reference}-history.json", _utf8(json.dumps(history, indent=2, ensure_ascii=False))),
        (f"{reference}-file-note.txt", _utf8(note)),
    ]
    return Document(f"{reference}.zip", in_one_zip(files, now))


def how_many(office: Office, span: Span) -> int:
    """How many alerts were raised in the span."""
    with office.database.reading() as tx:
        return issues.count_raised(tx, _raised_in(span))


def documents(office: Office, span: Span) -> Iterator[Made]:
    """The Word document of every alert raised in the span, by reference, one at a time.

    Memory does not grow with their number. What cannot be made is said, and the rest goes on.
    """
    for alert_id in issues.raised(office.database, _raised_in(span)):
        with office.database.reading() as tx:
            known = load(office, tx, alert_id)
        reference = known.alert.reference
        try:
            yield Made(reference, issue(office, known, person_id=None))
        except Expected as error:
            yield Made(reference, None, str(error))


def _raised_in(span: Span) -> RaisedIn:
    return RaisedIn(span.council, _midnight(span.first), _midnight(span.last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _names(office: Office, known: Known) -> dict[str, str]:
    """The names, as the directory has them, of everybody who acted."""
    with office.database.reading() as tx:
        found = [directory.person(tx, one) for one in {event.by for event in known.alert.happened}]
    return {person.id: person.name for person in found if person is not None}


def _utf8(text: str) -> bytes:
    return as_printed(text).encode()
