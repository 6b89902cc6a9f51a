"""Pages that stand in another page now: their old addresses lead there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from practice_alerts.domain.guide.parts.markup import Markup, element, link, text

_FORMERLY = re.compile(
    r"^#{1,3} (?P<title>.+?) \{#(?P<anchor>[a-z0-9_-]+)\}\n+<!-- formerly (?P<name>[a-z0-9-]+) -->$",
    re.MULTILINE,
)
_MARK = re.compile(r"^<!-- formerly [a-z0-9-]+ -->\n", re.MULTILINE)


@dataclass(frozen=True)
class MovedPage:
    """`path` is where the page stood, `to` the way from there to its text, `title` what that is called, of whom."""

    path: str
    to: str
    title: str
    of: str

    def page(self) -> Markup:
        """A page that goes on by itself, and says so to whoever it does not take along."""
        title = element("title", f"{text(self.title)} ({text(self.of)}) has moved")
        on = f'<meta http-equiv="refresh" content="0; url={self.to}">'
        said = element("p", f"It stands in another page now: {link(text(self.title), self.to)}.")
        body = element("main", element("h1", "This page has moved") + said)
        head = f'<meta charset="utf-8">{on}{title}'
        return (
            f'<!doctype html>\n<html lang="en-GB"><head>{head}</head><body>{body}</body></html>\n'
        )


def moved_from(council: str, name: str, pages: Mapping[str, str]) -> Iterator[MovedPage]:
    """What pages of a council, by name, say that they have taken in: a heading with its anchor, and whence below it."""
    for page, written in pages.items():
        for found in _FORMERLY.finditer(written):
            to = f"../{page}/#{found['anchor']}"
            yield MovedPage(f"{council}/{found['name']}", to, found["title"], name)


def without_marks(written: str) -> str:
    return _MARK.sub("", written)
