"""What Markdown makes of a page of the guide, whoever wrote it: no attribute but the name of a heading, and links that lead on.

The usual extension for such names gives any attribute to any element: a look, a handler, a part in the theme's scripts.
"""

import re
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE
from typing_extensions import override

from practice_alerts.domain.files.html_in_pages import is_picture_of_ours, leads_on

_HEADINGS: Final = {"h1", "h2", "h3", "h4", "h5", "h6"}
_NAME: Final = re.compile(r" +\{#(?P<name>[a-z0-9][a-z0-9_-]*)\} *$")

# By number, those of the library among them: names of headings before the table of contents (5), and links once their
# addresses are as a browser gets them (0).
_BEFORE_CONTENTS: Final = 8
_LAST: Final = -1


class _Names(Treeprocessor):  # type: ignore[misc] # Markdown says no types
    @override
    def run(self, root: Element) -> None:
        for heading in (one for one in root.iter() if one.tag in _HEADINGS):
            said = heading[-1].tail if len(heading) else heading.text
            if found := _NAME.search(said or ""):
                heading.set("id", found["name"])
                before = (said or "")[: found.start()]
                if len(heading):
                    heading[-1].tail = before
                else:
                    heading.text = before


class _Addresses(Treeprocessor):  # type: ignore[misc] # Markdown says no types
    """Of a link or a picture that does not stand, its words do."""

    @override
    def run(self, root: Element) -> None:
        for one in root.iter():
            if one.tag == "a" and not leads_on(_address(one, "href")):
                one.attrib.clear()
            elif one.tag == "img" and not is_picture_of_ours(_address(one, "src")):
                one.text = one.get("alt")
                one.attrib.clear()
                one.tag = "span"


def _address(element: Element, attribute: str) -> str:
    return element.get(attribute, "").replace(AMP_SUBSTITUTE, "&")


class PageMarkdown(Extension):  # type: ignore[misc] # Markdown says no types
    @override
    def extendMarkdown(self, md: Markdown) -> None:
        md.treeprocessors.register(_Names(md), "names-of-headings", _BEFORE_CONTENTS)
        md.treeprocessors.register(_Addresses(md), "addresses", _LAST)


def makeExtension(**_: object) -> PageMarkdown:  # noqa: N802 - the name that MkDocs and Zensical ask for
    return PageMarkdown()
