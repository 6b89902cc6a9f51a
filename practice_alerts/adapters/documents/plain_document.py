"""A Word document of facts and tables that is written at once, without a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice_alerts.adapters.documents.starter.blank_page import WIDTH, Rows, WordPage
from practice_alerts.adapters.documents.template.typed_text import as_printed, as_printed_in_margin


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands on each page: above on the left and on the right, and below."""

    left: str
    right: str
    foot: str


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Columns in parts of the page's width."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


def entitled(title: str, margins: Margins) -> WordPage:
    """A page with its title, in its properties too: nothing is left in it to be filled in later."""
    page = WordPage("")
    told = page.word.core_properties
    every = (margins.left, margins.right, margins.foot)
    left, right, foot = map(as_printed_in_margin, every)
    told.title, told.subject, told.author = as_printed_in_margin(title), right, left
    page.margins(left, right, foot)
    page.write(as_printed(title), "Title")
    return page


def plain_document(
    title: str,
    margins: Margins,
    facts: Sequence[tuple[str, str]],
    table: PlainTable,
    closing: str,
) -> bytes:
    page = entitled(title, margins)
    details = page.fact_table(title)
    for label, said in facts:
        details.fact(label, as_printed(said))
    page.heading(table.name, 1)
    rows = Rows(page, table.name, table.columns, [WIDTH * part for part in table.widths])
    for row in table.rows:
        rows.add(*map(as_printed, row))
    page.write(closing)
    return page.saved()
