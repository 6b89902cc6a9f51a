"""A Word document of facts and tables that is written at once, without a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from practice_alerts.adapters.documents.starter.blank_page import WIDTH, Rows, WordPage


@dataclass(frozen=True, slots=True)
class PlainTable:
    """Columns in parts of the page's width."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


def plain_document(
    title: str, facts: Sequence[tuple[str, str]], table: PlainTable, closing: str
) -> bytes:
    page = WordPage("")
    page.write(title, "Title")
    details = page.fact_table(title)
    for label, said in facts:
        details.fact(label, said)
    page.heading(table.name, 1)
    rows = Rows(page, table.name, table.columns, [WIDTH * part for part in table.widths])
    for row in table.rows:
        rows.add(*row)
    page.write(closing)
    return page.saved()
