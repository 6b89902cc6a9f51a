"""Which edition this is, what is to be known of it before it is read, and what each edition changed."""

from collections.abc import Iterator
from itertools import pairwise

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.guide.pages.editions.changes import changes
from practice_alerts.domain.guide.parts.markup import (
    Markup,
    facts,
    heading,
    listed,
    note,
    paragraph,
    text,
)
from practice_alerts.domain.guide.parts.only_shown import marked, only_shown
from practice_alerts.domain.guide.parts.page import EarlierEdition
from practice_alerts.domain.guide.parts.writing import GuideWriter, issued_in_words
from practice_alerts.domain.procedure.procedure import Printing
from practice_alerts.domain.text import joined, sentence


def edition_page(writing: GuideWriter) -> str:
    procedure, edition = writing.procedure, writing.procedure.edition
    review_by = in_full(edition.review_by) if edition.review_by else "not stated"
    pairs = [
        ("Document", text(procedure.title)),
        (
            "Also called",
            marked(text(joined(procedure.also_called)), "Procedure.also_called") or "No other name",
        ),
        ("Version", text(edition.version)),
        ("Issued", marked(text(issued_in_words(edition)), "Printing.issued") or "not stated"),
        ("Status", marked(text(edition.status), "Printing.status")),
        ("To be reviewed by", text(review_by)),
    ]
    about = paragraph(marked(text(edition.note), "Printing.note")) if edition.note else ""
    signs = writing.marks.on("edition", "also_called")
    how_read = paragraph(f"How we read it:{signs}") if signs else ""
    changed = heading(2, "What changed", "changes") + "".join(_history(writing))
    return past_review(writing) + facts(pairs) + about + how_read + changed


_FIRST = "Of the editions kept here this is the first, so there is none to compare it with."
_NO_FORMS = "The forms of the edition before are not kept here, so what they asked is not compared."
_FOR_LIFE = (
    "Worked out from the files of both editions. An alert stays for life on the edition it was raised"
    " under: what a later one changed does not touch it."
)


def _history(writing: GuideWriter) -> Iterator[Markup]:
    """Each edition against the one before, the newest first."""
    editions = writing.council.editions
    yield paragraph(_FOR_LIFE) if len(editions) > 1 else ""
    for old, new in reversed([*pairwise(editions)]):
        now, before = new.procedure.edition, old.procedure.edition
        yield heading(3, f"{_named(now)}, after {_named(before)}", _anchor(editions, new))
        yield _own_words(now)
        asked = (old.forms, new.forms) if old.forms else ({}, {})
        both = (
            writing.of(one.procedure, forms) for one, forms in zip((old, new), asked, strict=True)
        )
        said = listed(map(text, changes(*both)))
        yield said or paragraph("Nothing of what this guide prints of the procedure.")
        yield "" if old.forms else paragraph(_NO_FORMS, "aside")
    first = editions[0].procedure.edition
    if len(editions) > 1:
        yield heading(3, _named(first), _anchor(editions, editions[0]))
    yield _own_words(first) + paragraph(_FIRST)


def _own_words(edition: Printing) -> Markup:
    """What the document itself says that it changed."""
    said = marked(text(sentence(edition.amended or "")), "Printing.amended")
    return paragraph(f"As the document itself tells it: {said}") if said else ""


def _named(edition: Printing) -> str:
    issued = issued_in_words(edition)
    return f"Edition {edition.version}" + (f", issued {issued}" if issued else "")


def _anchor(editions: tuple[EarlierEdition, ...], one: EarlierEdition) -> str:
    return f"edition-{editions.index(one) + 1}"


def past_review(writing: GuideWriter) -> Markup:
    """What is to be known of the document before it is read: overtaken, or past its review."""
    edition = writing.procedure.edition
    if edition.overtaken:
        said = paragraph(text(edition.overtaken) + only_shown("Printing.overtaken"))
        return note("Overtaken", said, "warning")
    if not edition.past_review(writing.today) or edition.review_by is None:
        return ""
    said = f"This edition was to be reviewed by {in_full(edition.review_by)}. Ask the council which one is in force."
    inside = paragraph(said + writing.marks.on("edition.review_by"))
    return note("Past its review date", inside, "warning")
