"""The whole guide: every council's pages, and those that lie across councils, in the order of the menu."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from practice_alerts.domain.guide.council import council_section
from practice_alerts.domain.guide.markup import Markup, element, link, text
from practice_alerts.domain.guide.page import Council, Page, Section

Texts = Mapping[str, str]
"""The pages people wrote for all councils, by name ("home", "social-worker"), as Markdown."""

_MARKER = re.compile(r"^<!-- ([a-z ]+) -->$", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Guide:
    """Pages and their order; `menu` holds the same pages as `pages`."""

    menu: tuple[Page | Section, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(_pages(self.menu))


def compile_guide(councils: Sequence[Council], texts: Texts, today: date) -> Guide:
    """Write every page. `today` decides which review dates have passed."""
    parts = {"councils": _councils(councils)}
    home = Page("", "Home", _filled(texts["home"], parts))
    every = Page("councils", "All councils", _filled(texts["councils"], parts), opens_folder=True)
    sections = tuple(council_section(council, today) for council in councils)
    return Guide((home, Section("Councils", (every, *sections))))


def _pages(entries: Sequence[Page | Section]) -> Iterator[Page]:
    for entry in entries:
        if isinstance(entry, Page):
            yield entry
        else:
            yield from _pages(entry.entries)


def _filled(written: str, parts: Mapping[str, Markup]) -> str:
    """A written page with each marker (``<!-- councils -->``) replaced; an unknown marker is a bug."""
    return _MARKER.sub(lambda found: parts[found[1]], written)


def _councils(councils: Sequence[Council]) -> Markup:
    cards = "".join(
        element(
            "li",
            link(text(council.name), f"/{council.id}/")
            + element("span", text(council.procedure.title)),
        )
        for council in councils
    )
    return element("ul", cards, class_="cards-list") + "\n"
