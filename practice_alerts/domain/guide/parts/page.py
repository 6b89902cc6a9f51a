"""One page of the guide, and how pages point at one another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.guide.parts.markup import Markup
from practice_alerts.domain.procedure.law_book import NO_LAW, LawBook
from practice_alerts.domain.procedure.procedure import Procedure

RESERVED = frozenset(
    {
        *("app", "log", "dates", "documents", "calendar", "respond", "sign-in", "sign-out"),
        *(
            "healthz",
            "readyz",
            "metrics",
            "static",
            "assets",
            "search",
            "compare",
            "councils",
            "start",
            "using",
        ),
        *("words", "glossary", "law", "look", "screens"),
    }
)
"""First words of addresses that are taken, so that no council's folder may bear them."""


@dataclass(frozen=True)
class GuidePage:
    """A page as Markdown. `path` is its address without slashes at the ends; ``""`` is the home page."""

    path: str
    title: str
    text: str
    in_search: bool = True
    opens_folder: bool = False
    of: str | None = None
    """The council it is about, where its title does not say."""

    @property
    def full_title(self) -> str:
        """As it stands on a browser's tab and among the results of a search."""
        return f"{self.title} ({self.of})" if self.of else self.title

    @property
    def file(self) -> str:
        """Where the compiled page lies below the guide's folder."""
        if not self.path:
            return "index.md"
        return f"{self.path}/index.md" if self.opens_folder else f"{self.path}.md"


@dataclass(frozen=True)
class GuideSection:
    """Pages under one heading of the menu; a page or a section within it, in order."""

    title: str
    entries: tuple[GuidePage | GuideSection, ...]


@dataclass(frozen=True)
class EarlierEdition:
    """A procedure as it was before, with what its forms asked; without forms nobody kept them."""

    procedure: Procedure
    forms: Mapping[str, Form] = field(default_factory=dict)


@dataclass(frozen=True)
class Council:
    """What the guide knows of a council: its procedure, its forms and the chapters people wrote.

    `chapters` maps a file name (``02-duties.md``) to its Markdown, in the order of reading.
    """

    id: str
    procedure: Procedure
    forms: Mapping[str, Form]
    chapters: Mapping[str, str]
    acts: Mapping[str, Form] = field(default_factory=dict)
    """The forms of later acts, by the names of `act_forms.ACT_FORMS`."""
    book: LawBook = NO_LAW
    blanks: frozenset[str] = frozenset()
    """The forms whose document there is to download with nothing filled in."""
    earlier: tuple[EarlierEdition, ...] = ()
    """The editions before this one that are kept beside it, the oldest first."""

    @property
    def name(self) -> str:
        return self.procedure.council

    @property
    def editions(self) -> tuple[EarlierEdition, ...]:
        """Every one that is kept, the oldest first, this one last."""
        return (*self.earlier, EarlierEdition(self.procedure, self.forms))


def address(council: str, page: str = "", anchor: str = "") -> str:
    """The address on this product's own origin: ``/lambeth/stages/#stage-2``."""
    return "".join(f"/{part}" for part in (council, page) if part) + "/" + (anchor and f"#{anchor}")


def calculator(clock: str) -> str:
    """The date calculator's address with this clock phrase filled in."""
    return "/dates?clock=" + clock.replace(" ", "+").replace("(", "%28").replace(")", "%29")


@dataclass(frozen=True)
class Links:
    """Writes the way from the page at `here` to others of the same council, as a browser reads it.

    On the page that holds everything (`all_on_one`) the way is always down the same page. From a
    page outside the council's folder every way begins with `base`, which leads into it.
    """

    here: str
    all_on_one: bool = False
    base: str | None = None

    def to(self, page: str, anchor: str = "") -> str:
        """`page` is the council's page ("stages", "" for its first), `anchor` a place on it."""
        if self.all_on_one:
            return f"#{anchor or page or 'top'}"
        place = anchor and f"#{anchor}"
        if page == self.here and self.base is None:
            return place
        up = self.base if self.base is not None else "../" if self.here else ""
        return up + (page and f"{page}/") + place or "./"

    def file(self, name: str) -> str:
        """The way to a file beside the council's pages, from one of those."""
        return f"{'../' if self.here or self.all_on_one else ''}{name}"

    def out(self, page: str) -> str:
        """The way to a page that is about no council, from this one in its council's folder."""
        up = "/" if self.all_on_one else "../../" if self.here else "../"
        return f"{up}{page}/"


def blank_form(form: str) -> str:
    """Where a form's blank document lies in its council's folder."""
    return f"blank/{form}.docx"


_CHAPTER = re.compile(r"^(?P<order>[0-9]+)-(?P<name>[a-z0-9-]+)\.md$")
_HEADING = re.compile(r"^#\s+(.+?)\s*(?:\{[^}]*\})?\s*$", re.MULTILINE)
_TO_CHAPTER = re.compile(r"\]\((?:\./)?(?:[0-9]+-)?([a-z0-9-]+)\.md(#[a-z0-9_-]+)?\)")


def chapter_name(file: str) -> str:
    """``02-duties.md`` is the page ``duties``: its order can change without breaking its address."""
    found = _CHAPTER.match(file)
    return found["name"] if found else file.removesuffix(".md")


def chapter_title(text: str, file: str) -> str:
    found = _HEADING.search(text)
    return found[1] if found else chapter_name(file).replace("-", " ").capitalize()


def chapter_text(text: str) -> str:
    """A chapter with its links to other chapters leading to their addresses."""
    return _TO_CHAPTER.sub(lambda found: f"]({found[1]}.md{found[2] or ''})", text)


def chapter_on_one_page(text: str) -> str:
    """The same chapter as a part of the page that holds everything."""
    return _TO_CHAPTER.sub(lambda found: f"]({found[2] or '#' + found[1]})", text)


_FIRST = re.compile(r"^# (?P<words>.+?)(?P<anchor>\s*\{[^}]*\})?$", re.MULTILINE)


def under_its_council(text: str, council: Markup) -> str:
    """A page whose title says of which council it is: below it on the page, behind it in a search."""
    whose = f'<span class="unseen">, </span><span class="of-council">{council}</span>'
    return _FIRST.sub(lambda found: f"# {found['words']}{whose}{found['anchor'] or ''}", text, 1)


_READING = re.compile(r"\b(readings? (?:[A-Z][0-9]+(?:, | and | or )?)+)")
_READING_ID = re.compile(r"[A-Z][0-9]+")


def with_signs(text: str, readings: str) -> str:
    """A chapter in which each "reading L21" leads to that reading on the page `readings`, and "(ours)" is marked."""

    def linked(found: re.Match[str]) -> str:
        return _READING_ID.sub(lambda one: f"[{one[0]}]({readings}#{one[0].lower()})", found[1])

    return with_ours(_READING.sub(linked, text))


def with_ours(text: str) -> str:
    """A text in which each "(ours)" is the mark of what rests on no council's text, as on forms."""
    return text.replace(" (ours)", ' <span class="tag">ours</span>')
