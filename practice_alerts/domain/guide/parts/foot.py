"""What stands below each page of a council and on each sheet of it: edition, reviews, and where mistakes go."""

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.guide.parts.markup import Markup, element, link, paragraph, text
from practice_alerts.domain.guide.parts.only_shown import only_shown
from practice_alerts.domain.guide.parts.writing import GuideWriter, issued_in_words
from practice_alerts.domain.procedure.procedure import Procedure


def foot(writing: GuideWriter, title: str) -> Markup:
    """Left out of the search, since it is the same below each page."""
    edition = writing.procedure.edition
    marks = only_shown("Printing.issued") if edition.issued else ""
    last = f"issued {issued}" if (issued := issued_in_words(edition)) else "day of issue not stated"
    by = in_full(edition.review_by) if edition.review_by else "not stated"
    named = link(f"Edition {text(edition.version)}", writing.links.to("edition"))
    said = f"{text(writing.council.name)}: {text(writing.procedure.title)}. {named}, {text(last)}.{marks}"
    lines = (paragraph(said), paragraph(f"Next review by: {text(by)}."), _mistakes(writing, title))
    inside = "".join(lines) + element("style", _on_each_sheet(writing.procedure), media="print")
    return "\n" + element("footer", inside, class_="page-foot", data_search_exclude="") + "\n"


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
