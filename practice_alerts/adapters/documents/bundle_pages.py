"""Everything about one person as a Word document: first what it is and its certificate, then alert by alert."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docx.shared import RGBColor

from practice_alerts.adapters.documents.docx.package import MOST_UNPACKED, opened, zipped
from practice_alerts.adapters.documents.plain_document import Margins, entitled
from practice_alerts.adapters.documents.starter.blank_page import FactTable, Rows, WordPage
from practice_alerts.adapters.documents.template.typed_text import as_printed
from practice_alerts.domain.disclosure.bundle import BundleAlert, BundleEntry, Piece
from practice_alerts.domain.disclosure.requesters import Mark

_BLACK = "█" * 12  # of one length, whatever stood there
_CONTENTS = (1.2, 4.4, 8.2, 3.2)  # cm


@dataclass(frozen=True, slots=True)
class BundleTexts:
    """What stands around the alerts, in words."""

    title: str
    margins: Margins
    facts: Sequence[tuple[str, str]]
    certificate: Sequence[tuple[str, str]]


def bundle_pages(texts: BundleTexts, alerts: Sequence[BundleAlert]) -> bytes:
    """The same values make the same bytes. What is kept back has to be out of them already."""
    page = entitled(texts.title, texts.margins)
    _facts(page.facts("What this is"), texts.facts)
    _facts(page.facts("Certificate"), texts.certificate)
    page.heading("What is in it", 1)
    rows = Rows(page, "The alerts in it", ("No.", "Reference", "Kind", "Entries"), _CONTENTS)
    for number, one in enumerate(alerts, start=1):
        rows.add(str(number), one.reference, as_printed(one.title), str(len(one.entries)))
    for number, one in enumerate(alerts, start=1):
        page.heading(f"{number}. {one.reference}", 1)
        page.word.paragraphs[-1].paragraph_format.page_break_before = True
        _facts(page.fact_table(one.reference), one.facts)
        for entry in one.entries:
            _entry(page, entry)
    return zipped(opened(page.saved(), MOST_UNPACKED))


def _facts(table: FactTable, facts: Iterable[tuple[str, str]]) -> None:
    for label, said in facts:
        table.fact(as_printed(label), as_printed(said))


def _entry(page: WordPage, entry: BundleEntry) -> None:
    kept_to = f" ({entry.kept_to})" if entry.kept_to else ""
    page.heading(as_printed(f"{entry.when}: {entry.who}{kept_to}"), 2)
    for piece in entry.pieces:
        _piece(page, piece)


def _piece(page: WordPage, piece: Piece) -> None:
    paragraph = page.word.add_paragraph()
    if piece.label:
        stop = " " if piece.label.endswith(("?", ":")) else ": "
        label = paragraph.add_run(f"{as_printed(piece.label)}{stop}")
        label.bold = True
    if piece.mark is None:
        paragraph.add_run(as_printed(piece.text))
        return
    bar = paragraph.add_run(_BLACK)
    bar.font.color.rgb = RGBColor(0, 0, 0)
    paragraph.add_run(f" {kept_back_words(piece.mark)}")


def kept_back_words(mark: Mark) -> str:
    return f"[kept back: {mark.words}]"
