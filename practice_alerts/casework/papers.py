"""Documents of an alert: the Word file from the council's template, and the same read on the screen."""

from __future__ import annotations

from dataclasses import dataclass

from practice_alerts.adapters.documents import read_on_screen
from practice_alerts.casework.known import Known
from practice_alerts.domain.paper import Sources, paper
from practice_alerts.office import Office

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand over. Its name holds the reference only."""

    name: str
    body: bytes


def word_document(office: Office, known: Known) -> Document:
    """The alert's Word document, from the template of the edition it was raised under."""
    raised = known.alert.raised
    form = office.form(known.files, raised.form)
    calendar = office.calendar(known.files.id)
    sources = Sources(known.files.procedure, form, known.ladder, calendar)
    template = office.word_template(known.files.digest, raised.form)
    body = template.render(paper(known.alert, sources, office.today))
    return Document(f"{known.alert.reference}.docx", body)


def document_on_screen(office: Office, known: Known) -> str:
    """The same document as an HTML fragment, everything typed escaped."""
    return read_on_screen(word_document(office, known).body)
