"""The whole guide: every council's pages, and those that lie across councils, in the order of the menu."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.guide.pages.aspects import Compared
from practice_alerts.domain.guide.pages.audiences import (
    asked_of_managers,
    asked_of_social_workers,
    oversight_everywhere,
    ways_of_raisers,
    whom_to_ring,
)
from practice_alerts.domain.guide.pages.compare import chooser_style, pair_pages, table_of_all
from practice_alerts.domain.guide.pages.council import council_section, moved_pages
from practice_alerts.domain.guide.pages.law_page import law_page
from practice_alerts.domain.guide.pages.terms import words_for_the_same
from practice_alerts.domain.guide.parts.found_by import Findable, findable
from practice_alerts.domain.guide.parts.markup import Markup, element, link, text
from practice_alerts.domain.guide.parts.moved import MovedPage
from practice_alerts.domain.guide.parts.page import Council, GuidePage, GuideSection, with_ours
from practice_alerts.domain.site_words import Synonyms

Texts = Mapping[str, str]
"""The pages people wrote for all councils, by name ("home", "social-worker"), as Markdown."""

Pictures = Mapping[str, str]
"""Screenshots by name, with their address from the guide's first page."""

SENT_ON = date(2025, 3, 3)
"""The day from which the comparison counts the days to spare: a Monday, with a bank holiday only after four weeks."""

_MARKER = re.compile(r"^<!-- (.+) -->$", re.MULTILINE)
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_PICTURE = "picture "


@dataclass(frozen=True)
class Guide:
    """Pages and their order; `style` is what the comparison needs beside the guide's own style sheet."""

    menu: tuple[GuidePage | GuideSection, ...]
    style: str
    councils: Sequence[Council] = ()
    synonyms: Sequence[Synonyms] = ()
    """Those that come with the product."""
    moved: Sequence[MovedPage] = ()

    @property
    def pages(self) -> tuple[GuidePage, ...]:
        return tuple(_pages(self.menu))

    def findable(self, location: str, title: Markup, said: Markup) -> Findable:
        """A part of a page, or its head, as the search keeps it. Heads of pages name their council themselves."""
        page, _, anchor = location.partition("#")
        folder = page.split("/", 1)[0]
        council = next((one for one in self.councils if one.id == folder), None)
        if council is None:
            return findable(title, said, self.synonyms, "")
        own = council.procedure.site.synonyms
        return findable(title, said, (*self.synonyms, *own), council.name if anchor else "")


@dataclass(frozen=True)
class Compiler:
    """Everything the pages are made from. `today` decides which review dates have passed."""

    councils: Sequence[Council]
    texts: Texts
    calendar: Calendar
    today: date
    pictures: Pictures
    synonyms: Sequence[Synonyms] = ()

    def guide(self) -> Guide:
        councils = tuple(council_section(one, self.councils, self.today) for one in self.councils)
        menu = (
            self._written("", "home"),
            GuideSection("Start here", self._folder("start", DOORS)),
            GuideSection("Councils", (self._opening("councils"), *councils)),
            GuideSection("Across councils", tuple(self._across())),
            GuideSection("Using practice alerts", self._folder("using", USING)),
        )
        moved = [one for council in self.councils for one in moved_pages(council, self.today)]
        style = chooser_style(self.councils)
        return Guide(menu, style, self.councils, self.synonyms, moved)

    def _across(self) -> Iterator[GuidePage | GuideSection]:
        compare = self._opening("compare")
        pairs = tuple(pair_pages(self.compared("../")))
        yield GuideSection(compare.title, (compare, *pairs)) if pairs else compare
        yield self._written("law", "law")
        yield self._written("words", "words")
        yield self._written("glossary", "glossary")

    def compared(self, up: str) -> tuple[Compared, ...]:
        return tuple(
            Compared(one, f"{up}{one.id}/", SENT_ON, self.calendar) for one in self.councils
        )

    def _folder(self, folder: str, names: Sequence[str]) -> tuple[GuidePage, ...]:
        return tuple(self._written(f"{folder}/{name}", name) for name in names)

    def _opening(self, name: str) -> GuidePage:
        return replace(self._written(name, name), opens_folder=True)

    def _written(self, path: str, name: str) -> GuidePage:
        text_ = _MARKER.sub(lambda found: self._part(found[1]), with_ours(self.texts[name]))
        found = _TITLE.search(text_)
        title = "Home" if not path else (found[1] if found else name)
        return GuidePage(path, title, text_)

    def _part(self, name: str) -> Markup:
        if name.startswith(_PICTURE):
            return self._picture(name.removeprefix(_PICTURE))
        return PARTS[name](self)

    def _picture(self, name: str) -> Markup:
        """The screenshot with that name and what is seen on it; nothing while there is no such picture."""
        file, _, seen = name.partition(": ")
        if file not in self.pictures:
            return ""
        at = self.pictures[file]
        return f'<img class="picture" src="../../{at}" alt="{seen}" loading="lazy">'


DOORS = ("danger", "social-worker", "team-manager", "iro", "qa-lead")
USING = ("raise-an-alert", "read-the-log", "accessibility")


def _councils(councils: Sequence[Council], up: str) -> Markup:
    cards = ""
    for one in councils:
        to = link(text(one.name), f"{up}{one.id}/")
        cards += element("li", to + element("span", text(one.procedure.title)))
    return element("ul", cards, class_="cards-list") + "\n"


PARTS: Mapping[str, Callable[[Compiler], Markup]] = {
    "councils from home": lambda on: _councils(on.councils, ""),
    "councils": lambda on: _councils(on.councils, "../"),
    "asked of social workers": lambda on: asked_of_social_workers(on.councils),
    "asked of managers": lambda on: asked_of_managers(on.councils),
    "ways of whoever raises": lambda on: ways_of_raisers(on.councils),
    "oversight": lambda on: oversight_everywhere(on.councils),
    "comparison": lambda on: table_of_all(on.compared("../")),
    "words": lambda on: words_for_the_same(on.councils),
    "law": lambda on: law_page(on.councils),
    "whom to ring": lambda on: whom_to_ring(on.councils),
}
"""What stands in for each marker (``<!-- councils -->``) of a written page; an unknown one is a bug."""


def _pages(entries: Sequence[GuidePage | GuideSection]) -> Iterator[GuidePage]:
    for entry in entries:
        if isinstance(entry, GuidePage):
            yield entry
        else:
            yield from _pages(entry.entries)
