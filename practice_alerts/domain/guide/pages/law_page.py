"""The law, kept once for all councils, and the way to it from what each document prints."""

from collections.abc import Iterator, Sequence

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.guide.parts.markup import (
    Markup,
    element,
    facts,
    heading,
    link,
    listed,
    paragraph,
    text,
)
from practice_alerts.domain.guide.parts.page import Council
from practice_alerts.domain.procedure.law_book import NO_LAW, LawBook, LawEntry
from practice_alerts.domain.procedure.procedure import Law
from practice_alerts.domain.text import capital

_NOT_CONFIRMED = element("span", "not confirmed", class_="tag")


def law_in_words(book: LawBook, law: Law, to: str) -> Markup:
    """What it is called today, leading to its place on the page of the law where the book has it."""
    named = text(capital(law.today(book)))
    if law.id is None or law.id not in book.entries:
        return f"{named} {_NOT_CONFIRMED}"
    entry = book.entries[law.id]
    state = f"<br>{text(capital(entry.state))}." if entry.state else ""
    return link(named, f"{to}#{law.id}") + _mark(entry) + state


def law_page(councils: Sequence[Council]) -> str:
    """Every entry of the councils' book, with who cites it and how."""
    book = next((one.book for one in councils if one.book is not NO_LAW), NO_LAW)
    if not book.entries:
        return paragraph("No law is kept here.", "silent")
    said = (
        f"Looked over on {in_full(book.looked_over)}. What was read in a text of the law, or of guidance, says in"
        f" which; what was not is marked {_NOT_CONFIRMED}. Nothing here is legal advice."
    )
    return paragraph(said) + "".join(
        heading(2, entry.now, law_id) + facts(_of(law_id, entry, councils))
        for law_id, entry in book.entries.items()
    )


def _of(law_id: str, entry: LawEntry, councils: Sequence[Council]) -> Iterator[tuple[str, Markup]]:
    yield "In a sentence", text(entry.says)
    if entry.at:
        yield "Its text", link(text(entry.at.removeprefix("https://")), entry.at)
    if entry.since:
        yield "Since", text(capital(entry.since))
    if entry.was:
        yield "What it was", text(capital("; ".join(entry.was)))
    if entry.state:
        yield "State", text(capital(entry.state))
    confirmed = text(capital(entry.confirmed)) if entry.confirmed else _NOT_CONFIRMED
    yield "Confirmed from", confirmed
    if entry.announced:
        yield "Known from announcements", text(capital(entry.announced))
    cited = listed(_cited(law_id, councils))
    if cited:
        yield "Cited by", cited


def _cited(law_id: str, councils: Sequence[Council]) -> Iterator[Markup]:
    for council in councils:
        for one in council.procedure.law:
            if one.id == law_id:
                to = link(text(council.name), f"../{council.id}/outside-routes/#law")
                yield f"{to}: {text(one.as_printed or 'without a name')}"


def _mark(entry: LawEntry) -> Markup:
    return "" if entry.confirmed else f" {_NOT_CONFIRMED}"
