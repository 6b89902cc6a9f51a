"""What the first Word templates are written with: tables of facts, lists, and tags for fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from practice_alerts.adapters.documents.blank_page import (
    Page,
    add_fact,
    add_row,
    add_tag_row,
    keep_together,
)

WIDTH = 17.0  # cm: what a table fills
FACTS = (5.4, 11.6)
_SHORT = ("Detail", "Entry")


class Facts:
    """A table with a row for each detail; `name` is its alternative text."""

    def __init__(self, page: Page, name: str) -> None:
        self._table = page.table(f"{name}: each detail and its entry", _SHORT, FACTS)

    def add(self, label: str, entry: str, note: str = "") -> None:
        add_fact(self._table, label, entry, FACTS, note)

    def add_known(self, label: str, path: str, note: str = "", more: str = "") -> None:
        """Add a row that is printed once there is something to print."""
        self.add_if(path, label, f"{{{{ {path} }}}}{more}", note)

    def add_if(self, condition: str, label: str, entry: str, note: str = "") -> None:
        self.tag(f"if {condition}")
        self.add(label, entry, note)
        self.tag("endif")

    def add_each(self, path: str) -> None:
        """Add a row for each of a list of {label, entry}."""
        self.tag(f"for item in {path}")
        self.add("{{ item.label }}", "{{ item.entry }}")
        self.tag("endfor")

    def tag(self, words: str) -> None:
        """Add a row that vanishes with its tag, such as `endif`."""
        add_tag_row(self._table, f"{{%tr {words} %}}", FACTS)

    def keep_together(self) -> None:
        """Keep the rows so far on one page with what stands above them."""
        keep_together(self._table)


def write_list(
    page: Page, name: str, path: str, columns: Mapping[str, str], widths: Sequence[float]
) -> None:
    """Write a table with a row for each item.

    `columns` leads from a heading to the item's field, or to words with tags of their own.
    """
    table = page.table(name, list(columns), widths)
    add_tag_row(table, f"{{%tr for item in {path} %}}", widths)
    entries = [said if "{{" in said else f"{{{{ item.{said} }}}}" for said in columns.values()]
    add_row(table, entries, "Entry", widths)
    add_tag_row(table, "{%tr endfor %}", widths)


def write_ticks(page: Page, path: str) -> None:
    """Write each choice of a list of {text, ticked}, with its box."""
    page.write(f"{{%p for item in {path} %}}")
    page.write("{%p if item.ticked %}")
    page.write("☒\t{{ item.text }}", "Ticked")
    page.write("{%p else %}")
    page.write("☐\t{{ item.text }}", "Not ticked")
    page.write("{%p endif %}")
    page.write("{%p endfor %}")


def write_group(page: Page, name: str, path: str, labels: Mapping[str, str]) -> None:
    """Write a table with a row for each time that a group was filled; `labels` by field."""
    columns = {label: f"{field} or 'not given'" for field, label in labels.items()}
    write_list(page, name, path, columns, (WIDTH / len(columns),) * len(columns))


def entry(path: str) -> str:
    return f"{{{{ {path} or 'not given' }}}}"


def plain(text: str) -> str:
    """Return a form's own words so that braces in them are text, not tags."""
    for written, meant in (("{{", "{_{"), ("}}", "}_}"), ("{%", "{_%"), ("%}", "%_}")):
        text = text.replace(written, meant)
    return text
