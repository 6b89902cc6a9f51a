"""A page on which a first Word template is written, with the tags by which it is filled in.

Styles, margins, header and footer are those of blank_page.docx. Everything is an ordinary Word style or table, so
that the result can be edited in Word.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Row
from docx.text.paragraph import Paragraph

from practice_alerts.domain.forms.form import FormField

WIDTH = 17.0  # cm: what a table fills
FACTS = (5.4, 11.6)
_HEAD = ("What", "As recorded")
QUIET, LINE, TINT = "505A64", "B8C2CC", "E9EEF3"
_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAGv9bXAAAAABJRU5ErkJggg=="
)
"""A picture of one white dot."""
_BLANK = Path(__file__).with_suffix(".docx")


class WordPage:
    """A Word document being written, top to bottom; `about` is its note in the properties."""

    def __init__(self, about: str) -> None:
        self.word = Document(str(_BLANK))
        self.word.core_properties.comments = about
        self._fact_tables: list[FactTable] = []
        self._style_ids: dict[str, str | None] = {}

    def margins(self, left: str, right: str, foot: str) -> None:
        """What stands on each page in place of what the blank page has: above, and below before the page numbers."""
        section = self.word.sections[0]
        section.header.paragraphs[0].text = f"{left}\t{right}"
        # The words before the page numbers, which are fields of the blank page.
        section.footer.paragraphs[0].runs[0].text = f"{foot}\tPage "

    def write(self, text: str, style: str = "Normal", *, with_next: bool = False) -> None:
        """`with_next`: on one page with what comes after it."""
        written = self.styled(self.word.add_paragraph(text), style)
        if with_next:
            written.paragraph_format.keep_with_next = True

    def styled(self, paragraph: Paragraph, style: str) -> Paragraph:
        """As python-docx does it, which for each paragraph looks through all that a style could be."""
        if style not in self._style_ids:
            found = self.word.styles.get_style_id(style, WD_STYLE_TYPE.PARAGRAPH)
            self._style_ids[style] = found
        _xml(paragraph).style = self._style_ids[style]
        return paragraph

    def picture(self, name: str) -> None:
        """A place for a picture, which `with_pictures` finds by that name, on one page with what is said of it."""
        drawn = self.word.add_picture(io.BytesIO(_DOT), Cm(WIDTH))
        self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        _xml_of(drawn).docPr.set("descr", name)

    def about_what(self) -> None:
        """The one line that the alert was raised with, where it has one."""
        with self.given("subject"):
            self.write("{{ subject }}", "Subtitle")

    def heading(self, text: str, level: int, note: str = "") -> None:
        _note(self.styled(self.word.add_paragraph(text), f"Heading {level}"), note)

    @contextmanager
    def given(
        self, condition: str, title: str = "", level: int = 1, note: str = ""
    ) -> Iterator[None]:
        """The heading, and what is written inside, are printed where the condition, if any, holds."""
        if condition:
            self.write(f"{{%p if {condition} %}}")
        if title:
            self.heading(title, level, note)
        yield
        if condition:
            self.write("{%p endif %}")

    @contextmanager
    def each(self, path: str, name: str = "item") -> Iterator[None]:
        """What is written inside is printed for each item of a list."""
        self.write(f"{{%p for {name} in {path} %}}")
        yield
        self.write("{%p endfor %}")

    def facts(self, title: str, note: str = "", called: str = "") -> FactTable:
        """A heading, and a table of details beneath it; `called` names the table where the heading has tags."""
        self.heading(title, 1, note)
        return self.fact_table(called or title)

    def fact_table(self, name: str) -> FactTable:
        self._fact_tables.append(FactTable(self, name))
        return self._fact_tables[-1]

    def ticks(self, path: str) -> None:
        """Each choice of a list of {text, ticked}, with its box."""
        with self.each(path):
            self.write("{%p if item.ticked %}")
            self.write("☒\t{{ item.text }}", "Ticked")
            self.write("{%p else %}")
            self.write("☐\t{{ item.text }}", "Not ticked")
            self.write("{%p endif %}")

    def listing(
        self,
        name: str,
        path: str,
        columns: Mapping[str, str],
        widths: Sequence[float],
        *,
        together: bool = False,
    ) -> None:
        """A table with a row for each item.

        `columns` leads from a heading to the item's field, or to words with tags of their own. `together`: on one page,
        where one holds it.
        """
        rows = Rows(self, name, tuple(columns), widths)
        said = [one if "{{" in one else f"{{{{ item.{one} }}}}" for one in columns.values()]
        rows.tag(f"for item in {path}")
        if together:
            rows.tag("if not loop.last")
            rows.add(*said)
            rows.tag("else")
            rows.keep_together()
        rows.add(*said)
        if together:
            rows.tag("endif")
        rows.tag("endfor")

    def group(self, field: FormField, path: str) -> None:
        """A table with a row for each time that the group was filled."""
        columns = {plain(one.label): f"{one.id} or 'not given'" for one in field.fields}
        self.listing(plain(field.label), path, columns, (WIDTH / len(columns),) * len(columns))

    def answers(self, path: str, none: str, more: Mapping[str, str]) -> None:
        """Each answer with who gave it and what they promised, and `more`: what else, by its field."""
        owner = "{% if answer.task_owner %}, by {{ answer.task_owner }}{% endif %}"
        with self.each(path, "answer"):
            self.write("{{ answer.by }}, {{ answer.on }}: {{ answer.kind }}", "Answer lead")
            self.write("{{ answer.response }}", "Answer")
            promised = f"Promised for {{{{ answer.promise_by }}}}{owner}."
            for name, text in {"promise_by": promised, **more}.items():
                with self.given(f"answer.{name}|default('')"):
                    self.write(text, "Answer")
            self.write("{%p else %}")
            self.write(none)

    def saved(self) -> bytes:
        for facts in self._fact_tables:
            facts.leave_out_head()
        buffer = io.BytesIO()
        self.word.save(buffer)
        return buffer.getvalue()


class Rows:
    """A table that begins with a header row; `name` is its alternative text, widths are in cm."""

    def __init__(
        self, page: WordPage, name: str, columns: Sequence[str], widths: Sequence[float]
    ) -> None:
        self._page, self._widths = page, widths
        self._table = page.word.add_table(1, len(columns))
        self._shape(name)
        header = self._table.rows[0]
        _xml(header).get_or_add_trPr().append(_element("w:tblHeader"))
        self._fill(header, columns, "Column")

    def add(self, *texts: str) -> _Row:
        row: _Row = self._table.add_row()
        self._fill(row, texts, "Entry")
        return row

    def tag(self, words: str) -> None:
        """Add a row that vanishes with its tag, such as `endif`."""
        self.add(f"{{%tr {words} %}}", *[""] * (len(self._widths) - 1))

    def keep_together(self) -> None:
        """Keep the rows so far on one page with what stands above them."""
        for row in self._table.rows[:-1]:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def _fill(self, row: _Row, texts: Sequence[str], style: str) -> None:
        _xml(row).get_or_add_trPr().insert(0, _element("w:cantSplit"))
        for cell, text, width in zip(row.cells, texts, self._widths, strict=True):
            cell.width = Cm(width)
            cell.paragraphs[0].text = text
            self._page.styled(cell.paragraphs[0], style)

    def _shape(self, name: str) -> None:
        self._table.autofit = False
        for column, width in zip(self._table.columns, self._widths, strict=True):
            column.width = Cm(width)
        properties = _xml(self._table).tblPr
        for old in properties.findall(qn("w:tblW")):
            properties.remove(old)
        whole = str(Cm(sum(self._widths)).twips)
        properties.insert(1, _element("w:tblW", w=whole, type="dxa"))
        borders = _element("w:tblBorders")
        for edge in ("top", "bottom", "insideH"):
            borders.append(_element(f"w:{edge}", val="single", sz="4", space="0", color=LINE))
        properties.find(qn("w:tblLayout")).addprevious(borders)
        for tag in ("w:tblCaption", "w:tblDescription"):
            properties.append(_element(tag, val=name))


class FactTable(Rows):
    """A table with a row for each detail; `note` marks what the council's own form lacks."""

    def __init__(self, page: WordPage, name: str) -> None:
        super().__init__(page, f"{name}: each detail and what is recorded", _HEAD, FACTS)
        self._open = 0
        self._has_sure_row = False

    def tag(self, words: str) -> None:
        self._open += -1 if words.startswith("end") else 1
        super().tag(words)

    def leave_out_head(self) -> None:
        """Each row says itself what it is; the head stays where no other row is printed in any case."""
        if self._has_sure_row:
            _xml(self._table).remove(_xml(self._table.rows[0]))

    def fact(self, label: str, entry: str, condition: str = "", note: str = "") -> None:
        """Add a row: what is asked, and what was entered; printed where the condition holds."""
        self._has_sure_row = self._has_sure_row or not (condition or self._open)
        if condition:
            self.tag(f"if {condition}")
        asked = self.add(label, entry).cells[0]
        _note(self._page.styled(asked.paragraphs[0], "Label"), note)
        shade = _element("w:shd", val="clear", color="auto", fill=TINT)
        _xml(asked).get_or_add_tcPr().append(shade)
        if condition:
            self.tag("endif")

    def known(self, label: str, path: str, note: str = "", more: str = "") -> None:
        """Add a row that is printed once there is something to print."""
        self.fact(label, f"{{{{ {path} }}}}{more}", path, note)

    def each(self, path: str) -> None:
        """Add a row for each of a list of {label, entry}."""
        self.tag(f"for item in {path}")
        self.fact("{{ item.label }}", "{{ item.entry }}")
        self.tag("endfor")

    def asked(self, at: str = "", note: str = "") -> None:
        """Add rows on when and whom a stage asked, and what is due; `at` is where the stage stands."""
        by_agreement = f"{{% elif {at}due_clause == 'by agreement' %}}no day agreed"
        due = (
            f"{{% if {at}due %}}{{{{ {at}due }}}}{{% if {at}due_clause not in ('', 'not stated') %}}"
            f" ({{{{ {at}due_clause }}}}){{% endif %}}{by_agreement}"
            f"{{% else %}}{{{{ {at}due_clause or 'not stated' }}}}{{% endif %}}"
        )
        settle = (
            f"{{% if {at}settle_by %}}{{{{ {at}settle_by }}}}{{% if {at}settle_clause %}}"
            f" ({{{{ {at}settle_clause }}}}){{% endif %}}"
            f"{{% else %}}{{{{ {at}settle_clause }}}}{{% endif %}}"
        )
        self.fact("Sent on", entry(f"{at}sent_on"))
        self.fact("Sent to", entry(f"{at}received_by"))
        self.fact("Asked to answer", f"{{{{ {at}asked }}}}", f"{at}asked != {at}received_by", note)
        self.known("Copies to", f"{at}copied", note)
        self.known("To attend", f"{at}invited", note)
        self.known("To be told by hand", f"{at}by_hand", note)
        self.fact("Answer due", due, note=note)
        self.known("Another day agreed", f"{at}due_agreed", note)
        settles = f"{at}settle_by or {at}settle_clause"
        self.fact("To be put right by", settle, settles, note)
        self.keep_together()


def entry(path: str) -> str:
    return f"{{{{ {path} or 'not given' }}}}"


def plain(text: str) -> str:
    """Return a form's own words so that braces in them are text, not tags."""
    for written, meant in (("{{", "{_{"), ("}}", "}_}"), ("{%", "{_%"), ("%}", "%_}")):
        text = text.replace(written, meant)
    return text


def _note(paragraph: Paragraph, note: str) -> None:
    if note:
        run = paragraph.add_run(f" ({note})")
        run.bold = False
        run.font.size = Pt(9)
        run.font.color.rgb = RGBColor.from_string(QUIET)


def _xml(proxy: Any) -> Any:
    return proxy._element  # noqa: SLF001 - python-docx has no public way to what it cannot say


def _xml_of(shape: Any) -> Any:
    return shape._inline  # noqa: SLF001 - as above, of a picture


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
