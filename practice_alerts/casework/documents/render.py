"""Documents of an alert: Word files from the council's templates, and the same read on the screen."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from practice_alerts.adapters.documents import parts_digest, read_on_screen
from practice_alerts.adapters.store.alerts import issued_documents
from practice_alerts.adapters.store.alerts.issued_documents import Issue
from practice_alerts.adapters.store.office import directory, security_rows
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import initials
from practice_alerts.domain.acts.act_answers import printed_form
from practice_alerts.domain.acts.act_forms import with_own_block
from practice_alerts.domain.alert.alert import Alert, as_it_stood
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.documents.act_document import ActSources, act_paper
from practice_alerts.domain.documents.alert_document import Sources, form_at, forms_used, paper_on
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.domain.procedure.file_name import filled
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.office import Office

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BLOCK = {"response": "answerer", "verdict": "judge"}
"""Whose block of the paper form is filled by the act of that form."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file to hand over. Its name holds the reference, and the day where it shows an earlier one."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Which:
    """That of an act, by the number of its event; else the alert's own, on `form` or the last form used."""

    form: str | None = None
    act: int | None = None


MAIN = Which()


def word_document(
    office: Office, known: Known, as_of: datetime | None = None, form: str | None = None
) -> Document:
    """The alert's Word document as it stood at that moment; without one, as it stands.

    `form` is one of the forms it was filled on; without one, the last. Made with the template of the
    edition it was raised under, and bearing the date of that moment, so that it is what would have
    been printed then. Raises NotPossible for a moment before it was raised or was on that form.
    Dates follow the closures known today.
    """
    moment = moment_of(office, as_of)
    alert = stood(known, moment)
    used = forms_used(alert)
    name = form or used[-1]
    if name not in used:
        raise NotPossible("There is no document on that form: the alert was not on it.")
    template = office.word_template(known.files.digest, name)
    told = paper_on(alert, name, sources(office, known, name), london_date(moment))
    earlier = "" if name == used[-1] else f"-{name}"
    return Document(file_name(office, known, f"{earlier}.docx", as_of), template.render(told))


def act_document(
    office: Office, known: Known, number: int, as_of: datetime | None = None
) -> Document:
    """The Word document of one act, by the number of its event; as of a moment, as it was known then.

    Raises NotPossible where there is none, or not yet at that moment; NotFound without a template.
    """
    moment = moment_of(office, as_of)
    alert = stood(known, moment)
    form = printed_form_of(alert, number)
    edition = edition_with_template(office, known, form)
    if edition is None:
        raise NotFound("Word template for this form")
    template = office.word_template(edition, form)
    used = _act_sources(office, known, number, form, template.tags())
    told = act_paper(alert, number, used, london_date(moment))
    named = file_name(office, known, f"-{form}-{number}.docx", as_of)
    return Document(named, template.render(told))


def printed_form_of(alert: Alert, number: int) -> str:
    """The form whose document tells of that event. Raises NotPossible where there is none."""
    kinds = (event.kind for event in alert.happened if event.number == number)
    form = printed_form(next(kinds, ""))
    if not form:
        raise NotPossible("There is no document of such an act.")
    return form


def issue(
    office: Office,
    known: Known,
    person_id: str | None,
    as_of: datetime | None = None,
    which: Which = MAIN,
) -> Document:
    """A Word document handed to somebody (None: to the command line), which is recorded.

    What was in it is recorded once, and in the security log that it was handed over, each time. Nothing of it
    is an act on the alert: nobody who is deciding on it meanwhile is disturbed.
    """
    document = made(office, known, as_of, which)
    handed(office, known, person_id, document, as_of=as_of, which=which)
    return document


def handed(
    office: Office,
    known: Known,
    person_id: str | None,
    document: Document,
    *,
    as_of: datetime | None,
    which: Which,
) -> None:
    """Record that this Word document, or what was made from it, was handed to somebody."""
    at, moment = office.now(), moment_of(office, as_of)
    alert, parts = stood(known, moment), parts_digest(document.body)
    form = which.form or forms_used(alert)[-1]
    if which.act is not None:
        form = printed_form_of(alert, which.act)
    with office.database.writing() as tx:
        issued_documents.record(tx, Issue(known.id, person_id, form, at, moment, parts))
        entry = SecurityEntry(SecurityKind.DOCUMENT, person_id, known.files.id, known.id, form)
        security_rows.add(tx, entry, at)


def made(
    office: Office, known: Known, as_of: datetime | None = None, which: Which = MAIN
) -> Document:
    """Any of the alert's documents; raises as `word_document` and `act_document` do."""
    if which.act is not None:
        return act_document(office, known, which.act, as_of)
    return word_document(office, known, as_of, which.form)


def as_pdf(office: Office, document: Document) -> Document:
    """The same as PDF. Raises NotPossible where no program makes any, and PdfNotMade."""
    if office.pdf is None:
        raise NotPossible("No PDF is made here: print the document's page from your browser.")
    body = office.pdf.made_of({document.name: document.body})[document.name]
    return Document(pdf_name(document.name), body)


def pdf_name(word: str) -> str:
    return f"{word.removesuffix('.docx')}.pdf"


def document_on_screen(
    office: Office, known: Known, as_of: datetime | None = None, which: Which = MAIN
) -> Markup:
    """The same document as an HTML fragment, everything typed escaped."""
    return read_on_screen(made(office, known, as_of, which).body)


def sources(office: Office, known: Known, form: str | None = None) -> Sources:
    """What the papers of an alert are made from, all of its own edition; `form` or the last one used."""
    asked = office.form(known.files, form or known.alert.form)
    return Sources(known.files.procedure, asked, known.ladder, office.calendar(known.files.id))


def names_of(office: Office, known: Known) -> dict[str, str]:
    """The names, as the directory has them, of everybody who acted."""
    with office.database.reading() as tx:
        return directory.names(tx, {event.by for event in known.alert.happened})


def edition_with_template(office: Office, known: Known, form: str) -> str | None:
    """The alert's own edition; for one from before acts had documents, the council's present one."""
    present = office.councils.get(known.files.id, known.files)
    each = (files for files in (known.files, present) if files.template(form) is not None)
    return next((files.digest for files in each), None)


def _act_sources(
    office: Office, known: Known, number: int, name: str, named: frozenset[str]
) -> ActSources:
    alert = known.alert
    run = next((run for run in reversed(alert.runs) if run.number <= number), None)
    raising = form_at(alert, run) if run else alert.raised.form
    form = office.form(known.files, name)
    if name in _BLOCK:
        form = with_own_block(form, office.form(known.files, raising), _BLOCK[name])
    return ActSources(sources(office, known, raising), form, named, names_of(office, known))


def file_name(office: Office, known: Known, which: str, as_of: datetime | None = None) -> str:
    """As the council calls its files now, whatever the alert's edition; `which` says which file it is."""
    pattern = office.councils.get(known.files.id, known.files).procedure.file_name
    answers, day = known.alert.answers, london_date(moment_of(office, as_of)).isoformat()
    said = {
        "reference": known.alert.reference,
        "date": day,
        "kind": known.files.procedure.kinds[known.alert.raised.alert_kind].title,
        "initials": initials(str(answers.get("child_name", ""))).replace(".", "").replace(" ", ""),
        "case_number": str(answers.get("case_number", "")),
    }
    part, dot, ending = which.rpartition(".")
    earlier = f"-{day}" if as_of is not None and "{date}" not in pattern else ""
    return f"{filled(pattern, said)}{part}{earlier}{dot}{ending}"


def moment_of(office: Office, as_of: datetime | None) -> datetime:
    now = office.now()
    return now if as_of is None else min(as_of, now)


def stood(known: Known, moment: datetime) -> Alert:
    alert = as_it_stood(known.alert, moment)
    if alert is None:
        raised = in_full(london_date(known.alert.raised_at))
        raise NotPossible(f"This alert was raised on {raised}: there is no document from before.")
    return alert
