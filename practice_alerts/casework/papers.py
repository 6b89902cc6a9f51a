"""Documents of an alert: the Word file from the council's template, and the same read on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from practice_alerts.adapters.documents import parts_digest, read_on_screen
from practice_alerts.adapters.store import issues
from practice_alerts.casework.known import Known
from practice_alerts.domain.alert import Alert, as_it_stood
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.paper import Sources, paper
from practice_alerts.office import Office

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand over. Its name holds the reference, and the day where it shows an earlier one."""

    name: str
    body: bytes


def word_document(office: Office, known: Known, as_of: datetime | None = None) -> Document:
    """The alert's Word document as it stood at that moment; without one, as it stands.

    Made with the template of the edition it was raised under, and bearing the date of that moment,
    so that it is what would have been printed then. Raises NotPossible for a moment before it was
    raised. Dates follow the closures known today.
    """
    moment = _moment(office, as_of)
    alert = _stood(known, moment)
    template = office.word_template(known.files.digest, alert.form)
    body = template.render(paper(alert, sources(office, known), london_date(moment)))
    day = "" if as_of is None else f"-{london_date(moment).isoformat()}"
    return Document(f"{alert.reference}{day}.docx", body)


def issue(
    office: Office, known: Known, person_id: str | None, as_of: datetime | None = None
) -> Document:
    """The Word document handed to somebody (None: to the command line), which is recorded.

    The same content handed to the same person again is not recorded again, and nothing of it is an
    act on the alert: nobody who is deciding on it meanwhile is disturbed.
    """
    document = word_document(office, known, as_of)
    at = office.now()
    handed = issues.Issue(
        known.id,
        person_id,
        known.alert.form,
        at,
        _moment(office, as_of),
        parts_digest(document.body),
    )
    with office.database.writing() as tx:
        issues.record(tx, handed)
    return document


def document_on_screen(office: Office, known: Known, as_of: datetime | None = None) -> str:
    """The same document as an HTML fragment, everything typed escaped."""
    return read_on_screen(word_document(office, known, as_of).body)


def sources(office: Office, known: Known) -> Sources:
    """What the papers of an alert are made from, all of its own edition."""
    form = office.form(known.files, known.alert.form)
    return Sources(known.files.procedure, form, known.ladder, office.calendar(known.files.id))


def _moment(office: Office, as_of: datetime | None) -> datetime:
    now = office.now()
    return now if as_of is None else min(as_of, now)


def _stood(known: Known, moment: datetime) -> Alert:
    alert = as_it_stood(known.alert, moment)
    if alert is None:
        raised = in_full(london_date(known.alert.raised_at))
        raise NotPossible(f"This alert was raised on {raised}: there is no document from before.")
    return alert
