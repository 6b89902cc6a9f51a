"""An empty page to build a Word template on: its styles, margins, tables and ticked lists.

Everything is an ordinary Word style or table, so that the result can be edited in Word.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

TYPEFACE = "Arial"
INK, ACCENT, QUIET, LINE, TINT = "1A1A1A", "1F3B5C", "505A64", "B8C2CC", "E9EEF3"
TEXT_WIDTH = Cm(17)

_Looks = tuple[float, bool, str, int, int, bool]
"""Size in points, bold, colour, space before and after in points, kept with what follows."""

_STYLES: dict[str, _Looks] = {
    "Normal": (10.5, False, INK, 0, 6, False),
    "Title": (22, True, ACCENT, 0, 2, True),
    "Subtitle": (12, False, QUIET, 0, 6, True),
    "Heading 1": (15, True, ACCENT, 22, 8, True),
    "Heading 2": (11.5, True, INK, 14, 4, True),
    "Status": (10.5, True, INK, 0, 0, False),
    "Label": (10.5, True, INK, 3, 3, False),
    "Entry": (10.5, False, INK, 3, 3, False),
    "Column": (9, True, QUIET, 2, 2, True),
    "Ticked": (10.5, True, INK, 0, 4, False),
    "Not ticked": (10.5, False, INK, 0, 4, False),
    "Answer lead": (10.5, True, ACCENT, 8, 2, True),
    "Answer": (10.5, False, INK, 0, 2, False),
    "Note": (9, False, QUIET, 4, 6, False),
    "Header": (9, False, QUIET, 0, 0, False),
    "Footer": (9, False, QUIET, 0, 0, False),
}


_AFTER_COMPAT = ("w:rsids", "m:mathPr", "w:themeFontLang", "w:clrSchemeMapping", "w:decimalSymbol")


class Page:
    """A Word document being written, top to bottom."""

    def __init__(self) -> None:
        self.word: WordDocument = Document()
        _drop_thumbnail(self.word)
        for name, looks in _STYLES.items():
            _dress(_style(self.word, name), looks)
        _indent(self.word)
        _speak_english(self.word)
        _be_present(self.word)
        section = self.word.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
        section.header_distance = section.footer_distance = Cm(1)

    def write(self, text: str, style: str = "Normal") -> Paragraph:
        return self.word.add_paragraph(text, style)

    def heading(self, text: str, level: int, note: str = "") -> None:
        _note(self.word.add_heading(text, level), note)

    def margins(self, left: str, right: str, foot: str) -> None:
        """Print the header's two ends, and the footer with the page's number at its right."""
        section = self.word.sections[0]
        head, tail = section.header.paragraphs[0], section.footer.paragraphs[0]
        head.add_run(f"{left}\t")
        head.add_run(right).bold = True
        tail.add_run(f"{foot}\tPage ")
        for joint, field in (("", "PAGE"), (" of ", "NUMPAGES")):
            tail.add_run(joint)
            _add_field(tail, field)
        for paragraph, edge in ((head, "bottom"), (tail, "top")):
            paragraph.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
            _border(_xml(paragraph).get_or_add_pPr(), edge, 4, LINE, 6)

    def table(self, name: str, columns: Sequence[str], widths: Sequence[float]) -> Table:
        """Begin a table with a header row; `name` is its alternative text, widths in cm."""
        table: Table = self.word.add_table(1, len(columns))
        _set_table(table, name, widths)
        header = table.rows[0]
        _xml(header).get_or_add_trPr().append(_element("w:tblHeader"))
        _fill_row(header, columns, ["Column"] * len(columns), widths)
        return table

    def saved(self) -> bytes:
        buffer = io.BytesIO()
        self.word.save(buffer)
        return buffer.getvalue()


def add_row(table: Table, texts: Iterable[str], style: str, widths: Sequence[float]) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    _fill_row(row, texts, [style] * len(widths), widths)
    return row


def _fill_row(
    row: _Row, texts: Iterable[str], styles: Iterable[str], widths: Iterable[float]
) -> None:
    _xml(row).get_or_add_trPr().insert(0, _element("w:cantSplit"))
    for cell, text, style, width in zip(row.cells, texts, styles, widths, strict=True):
        cell.width = Cm(width)
        cell.paragraphs[0].text = text
        cell.paragraphs[0].style = style


def add_fact(table: Table, label: str, entry: str, widths: Sequence[float], note: str = "") -> None:
    """Add a row: what is asked, and what was entered."""
    row = add_row(table, (label, entry), "Entry", widths)
    row.cells[0].paragraphs[0].style = "Label"
    _note(row.cells[0].paragraphs[0], note)
    _xml(row.cells[0]).get_or_add_tcPr().append(
        _element("w:shd", val="clear", color="auto", fill=TINT)
    )


def add_tag_row(table: Table, tag: str, widths: Sequence[float]) -> None:
    """Add a row that vanishes with its tag, such as `{%tr endif %}`."""
    add_row(table, [tag, *[""] * (len(widths) - 1)], "Entry", widths)


def keep_together(table: Table) -> None:
    """Keep a short table on one page with what stands above it."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            _kept(cell)


def _kept(cell: _Cell) -> None:
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.keep_with_next = True


def _note(paragraph: Paragraph, note: str) -> None:
    if note:
        run = paragraph.add_run(f" ({note})")
        run.bold = False
        run.font.size = Pt(9)
        run.font.color.rgb = RGBColor.from_string(QUIET)


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    if name in word.styles:
        style = word.styles[name]
    else:
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = word.styles["Normal"]
        style.quick_style = True
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    return style


def _dress(style: ParagraphStyle, looks: _Looks) -> None:
    size, bold, colour, before, after, kept = looks
    style.element.get_or_add_rPr().clear()
    style.paragraph_format.tab_stops.clear_all()
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), TYPEFACE)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), 1.15
    shape.keep_with_next, shape.widow_control = kept, True
    for old in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.get_or_add_pPr().remove(old)


def _indent(word: WordDocument) -> None:
    for name in ("Ticked", "Not ticked"):
        shape = _style(word, name).paragraph_format
        shape.left_indent, shape.first_line_indent = Cm(0.8), Cm(-0.8)
        shape.tab_stops.add_tab_stop(Cm(0.8))
    for name in ("Answer lead", "Answer"):
        style = _style(word, name)
        style.paragraph_format.left_indent = Cm(0.4)
        _border(style.element.get_or_add_pPr(), "left", 18, ACCENT, 8)
    _border(_style(word, "Heading 1").element.get_or_add_pPr(), "bottom", 6, LINE, 3)


def _speak_english(word: WordDocument) -> None:
    for language in word.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    word.core_properties.language = "en-GB"


def _be_present(word: WordDocument) -> None:
    """Say that the page is made for Word 2013 and later, or Word opens it in compatibility mode."""
    settings = word.settings.element
    for old in settings.findall(qn("w:compat")):
        settings.remove(old)
    compat = _element("w:compat")
    office = "http://schemas.microsoft.com/office/word"
    compat.append(_element("w:compatSetting", name="compatibilityMode", uri=office, val="15"))
    following = next(each for each in settings if each.tag in map(qn, _AFTER_COMPAT))
    following.addprevious(compat)


def _drop_thumbnail(word: WordDocument) -> None:
    """Take out the picture of an empty page that python-docx brings along."""
    relations = word.part.package.rels
    for key in [key for key, each in relations.items() if each.reltype.endswith("/thumbnail")]:
        relations.pop(key)


def _set_table(table: Table, name: str, widths: Sequence[float]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    properties = _xml(table).tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.remove(old)
    properties.insert(1, _element("w:tblW", w=str(Cm(sum(widths)).twips), type="dxa"))
    borders = _element("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        borders.append(_element(f"w:{edge}", val="single", sz="4", space="0", color=LINE))
    properties.find(qn("w:tblLayout")).addprevious(borders)
    for tag in ("w:tblCaption", "w:tblDescription"):
        properties.append(_element(tag, val=name))


def _border(properties: BaseOxmlElement, edge: str, width: int, colour: str, gap: int) -> None:
    borders = _element("w:pBdr")
    borders.append(_element(f"w:{edge}", val="single", sz=str(width), space=str(gap), color=colour))
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
    following = next((each for tag in after for each in properties.findall(qn(tag))), None)
    if following is None:
        properties.append(borders)
    else:
        following.addprevious(borders)


def _add_field(paragraph: Paragraph, instruction: str) -> None:
    field = _element("w:fldSimple", instr=instruction)
    run = _element("w:r")
    text = _element("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    _xml(paragraph).append(field)


def _xml(proxy: Any) -> Any:
    return proxy._element  # noqa: SLF001 - python-docx has no public way to what it cannot say


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
