"""What stands below each page of a council and on each sheet of it: edition, reviews, and where mistakes go."""

import re
from collections.abc import Iterator

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.guide.parts.markup import Markup, element, link, paragraph, text
from practice_alerts.domain.guide.parts.only_shown import only_shown
from practice_alerts.domain.guide.parts.writing import GuideWriter, issued_in_words
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import capital


def foot(writing: GuideWriter, title: str, said: str = "") -> Markup:
    """Left out of the search, since it is the same below each page."""
    edition = writing.procedure.edition
    marks = only_shown("Printing.issued") if edition.issued else ""
    last = issued_in_words(edition) or "not stated"
    by = in_full(edition.review_by) if edition.review_by else "not stated"
    named = link(f"Edition {text(edition.version)}", writing.links.to("edition"))
    changed = link("what changed", writing.links.to("edition", "changes"))
    whose = f"{text(writing.council.name)}: {text(writing.procedure.title)}. {named} ({changed})."
    reviews = f"Last issued or reviewed: {text(last)}.{marks} Next review by: {text(by)}."
    lines = (paragraph(whose), paragraph(reviews), _mistakes(writing, title))
    inside = "".join((*_beside(writing, said), *lines)) + element(
        "style", _on_each_sheet(writing.procedure), media="print"
    )
    return "\n" + element("footer", inside, class_="page-foot", data_search_exclude="") + "\n"


def _beside(writing: GuideWriter, said: str) -> Iterator[Markup]:
    """The pages that tell more of what this one is about, and the law that it names."""
    here, links = writing.links.here, writing.links
    if not links.all_on_one and (related := _related(here)):
        to = (link(words, links.to(page)) for page, words in related.items())
        yield paragraph(f"Related: {'; '.join(to)}.")
    to_law = links.out("law")
    law = [
        link(text(capital(entry.now)), f"{to_law}#{law_id}")
        for law_id, entry in writing.council.book.named_in(said)
    ]
    if law:
        yield paragraph(f"Law and guidance named here: {'; '.join(law)}.")


_TELLS_OF: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("law", ("readings", "edition")),
    ("alert", ("categories", "forms")),
    ("officer|iro|chair", ("stages", "posts")),
    ("worker|manager", ("stages", "clocks")),
    ("ladder|stages", ("stages", "clocks")),
    ("time|hold", ("clocks", "stages")),
    ("record|oversight|good-practice", ("clocks", "forms")),
    ("partner", ("posts", "forms")),
    ("posts|clocks", ("stages",)),
    ("forms", ("categories",)),
    ("categories|changes", ("forms", "clocks")),
    ("edition|not-said", ("readings",)),
    ("readings", ("edition",)),
)
"""By what stands in a page's address, the pages from the procedure that tell more of it."""
_CALLED = {
    "stages": "who answers, by when",
    "clocks": "clocks and duties",
    "forms": "forms",
    "categories": "kinds and categories",
    "posts": "posts and their names",
    "readings": "readings and open questions",
    "edition": "edition and amendments",
}


def _related(here: str) -> dict[str, str]:
    found = (pages for words, pages in _TELLS_OF if re.search(words, here))
    return {page: _CALLED[page] for pages in found for page in pages if page != here}


def _mistakes(writing: GuideWriter, title: str) -> Markup:
    to = writing.procedure.site.mistakes_to
    if not to:
        return ""
    subject = _in_address(f"{writing.council.name}, {title}")
    there = to if to.startswith("https://") else f"mailto:{to}?subject={subject}"
    return paragraph(link("Report a mistake on this page", there))


def _on_each_sheet(procedure: Procedure) -> Markup:
    """The margins of a printed sheet, for browsers that print what a page says of them; guide.js adds the day."""
    edition = procedure.edition
    issued = f", issued {said}" if (said := issued_in_words(edition)) else ""
    head = _quoted(f"{procedure.council}: {procedure.title}. Edition {edition.version}{issued}")
    below = _quoted("Valid on the day printed")
    pages = '"Page " counter(page) " of " counter(pages)'
    return (
        f"@page {{ @top-left {{ content: {head} }}"
        f" @bottom-left {{ content: {below} }} @bottom-right {{ content: {pages} }} }}"
    )


def _in_address(words: str) -> str:
    kept = (c if c.isascii() and c.isalnum() else c.encode() for c in words)
    return "".join(c if isinstance(c, str) else "".join(f"%{b:02X}" for b in c) for c in kept)


def _quoted(words: str) -> str:
    """A string of a style sheet within HTML: whatever could end it is written by its number."""
    return f'"{"".join(c if c.isalnum() or c in " .,:()" else f"{chr(92)}{ord(c):06x}" for c in words)}"'
