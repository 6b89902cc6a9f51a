"""Papers handed over: everything about one alert in one zip, and the documents of a span of days."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from practice_alerts.adapters.documents import as_printed
from practice_alerts.adapters.documents.as_pdf import PdfNotMade
from practice_alerts.adapters.export_files import in_one_zip
from practice_alerts.adapters.store.alerts import issued_documents
from practice_alerts.adapters.store.alerts.issued_documents import RaisedIn
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.documents import render
from practice_alerts.casework.documents.render import Document, Which
from practice_alerts.domain.acts.act_answers import printed_acts, printed_form
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.documents.alert_document import forms_used
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.documents.history_json import history_file
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.seeing.readers import NOBODY_KNOWN
from practice_alerts.office import Office

ZIP = "application/zip"


@dataclass(frozen=True, slots=True)
class DateRange:
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


def whole_file(
    office: Office, known: Known, person_id: str, as_of: datetime | None = None
) -> Document:
    """Every Word document, as PDF as well where a program makes any, history and file note in one zip, for the case system.

    One document for each form the alert was filled on, and one for each act that has any. Handing
    each of them over is recorded as always; what has no Word template is left out. `as_of`: all of it as it
    stood at that moment. Raises NotPossible for one before the alert was raised.
    """
    now, moment = office.now(), render.moment_of(office, as_of)
    known = replace(known, alert=render.stood(known, moment))
    called = partial(render.file_name, office, known, as_of=as_of)
    each = every_document(office, known)
    words = [render.issue(office, known, person_id, as_of, one) for one in each]
    files = [*((word.name, word.body) for word in words), *_as_pdf(office, words, called)]
    history = history_file(
        known.alert, known.files.procedure, render.names_of(office, known), moment
    )
    note = file_note(known.alert, render.sources(office, known), moment)
    files += [
        (called("-history.json"), _utf8(json.dumps(history, indent=2, ensure_ascii=False))),
        (called("-file-note.txt"), _utf8(note)),
    ]
    return Document(called(".zip"), in_one_zip(files, now))


def _as_pdf(
    office: Office, words: Iterable[Document], called: Callable[[str], str]
) -> Iterator[tuple[str, bytes]]:
    """All in one going; in place of those that were not made, why."""
    if office.pdf is None:
        return
    try:
        made = office.pdf.made_of({word.name: word.body for word in words})
    except PdfNotMade as error:
        yield called("-no-pdf.txt"), _utf8(f"{error}\n")
        return
    yield from ((render.pdf_name(name), body) for name, body in made.items())


def every_document(office: Office, known: Known) -> Iterator[Which]:
    """The documents that can be made of the alert as it stands: the last form first, then act by act."""
    for form in reversed(forms_used(known.alert)):
        if known.files.template(form) is not None:
            yield Which(form=form)
    for act in printed_acts(known.alert):
        if render.edition_with_template(office, known, printed_form(act.kind)):
            yield Which(act=act.number)


def how_many(office: Office, span: DateRange) -> int:
    """How many alerts were raised in the span."""
    with office.database.reading() as tx:
        return issued_documents.count_raised(tx, _raised_in(span))


def documents(office: Office, span: DateRange) -> Iterator[Made]:
    """The Word document of every alert raised in the span, by reference, one at a time.

    Memory does not grow with their number. What cannot be made is said, and the rest goes on.
    """
    for alert_id in issued_documents.raised(office.database, _raised_in(span)):
        with office.database.reading() as tx:
            known = load(office, tx, alert_id).as_read(NOBODY_KNOWN)
        reference = known.alert.reference
        try:
            yield Made(reference, render.issue(office, known, person_id=None))
        except Expected as error:
            yield Made(reference, None, str(error))


def _raised_in(span: DateRange) -> RaisedIn:
    return RaisedIn(span.council, _midnight(span.first), _midnight(span.last + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _utf8(text: str) -> bytes:
    return as_printed(text).encode()
