"""The pages of one council, in the order they are read."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from re import MULTILINE, sub

from practice_alerts.domain.guide.pages.clocks import clocks_page
from practice_alerts.domain.guide.pages.compare import pair_links
from practice_alerts.domain.guide.pages.editions.edition_page import edition_page, past_review
from practice_alerts.domain.guide.pages.forms import forms_page
from practice_alerts.domain.guide.pages.outside import partners_page, routes_page
from practice_alerts.domain.guide.pages.stages import stages_page
from practice_alerts.domain.guide.pages.subjects import categories_page, changes_page, posts_page
from practice_alerts.domain.guide.parts.foot import foot
from practice_alerts.domain.guide.parts.ladder_figure import Figure
from practice_alerts.domain.guide.parts.markup import (
    SILENCE,
    Markup,
    element,
    facts,
    heading,
    link,
    listed,
    paragraph,
    silent,
    text,
)
from practice_alerts.domain.guide.parts.moved import MovedPage, moved_from, without_marks
from practice_alerts.domain.guide.parts.only_shown import all_only_shown, marked, only_shown
from practice_alerts.domain.guide.parts.page import (
    Council,
    GuidePage,
    GuideSection,
    Links,
    chapter_name,
    chapter_on_one_page,
    chapter_text,
    chapter_title,
    under_its_council,
    with_ours,
    with_signs,
)
from practice_alerts.domain.guide.parts.prose import as_the_file_says
from practice_alerts.domain.guide.parts.writing import (
    GuideWriter,
    edition_in_words,
)
from practice_alerts.domain.procedure.procedure import Reading
from practice_alerts.domain.text import capital, sentence
from practice_alerts.domain.wording.definitions import raisers_in_words


def readings_page(writing: GuideWriter) -> str:
    readings = writing.procedure.readings
    if not readings:
        return silent("anything that needed to be read in one way rather than another")
    intro = (
        "Where the document is silent or contradicts itself, this is what it says, what we use, and why."
        " Nothing is hidden, and nothing is borrowed from another council."
    )
    asked = [reading for reading in readings if reading.ask]
    shown = ("Reading.says", "Reading.used", "Reading.why", "Reading.ask")
    parts = [paragraph(intro, "lead"), all_only_shown("what readings say.", *shown)]
    if asked:
        to_ask = listed(link(f"{one.id}: {text(one.says)}", f"#{one.id.lower()}") for one in asked)
        parts += [heading(2, "Open questions for the council", "open-questions"), to_ask]
    parts += [heading(2, "All readings", "all-readings"), *map(_reading, readings)]
    return "\n".join(parts)


def _reading(reading: Reading) -> Markup:
    pairs = [("The document", text(reading.says)), ("What we use", text(reading.used))]
    pairs += [("Why", text(reading.why))] if reading.why else []
    pairs += [("Open", "The council is to be asked.")] if reading.ask else []
    number = element("p", element("strong", reading.id), class_="readings__id")
    inside = number + facts(pairs)
    return element("div", inside, id=reading.id.lower(), class_="readings__one") + "\n"


def _not_said(writing: GuideWriter) -> str:
    """One line for each page on which the source would be silent, where old addresses lead."""
    lines = (
        element(
            "li", f"{element('strong', title)}<br>{' '.join(SILENCE.findall(written))}", id=name
        )
        for name, title, written in _silent_ones(writing)
    )
    inside = "\n".join(lines)
    return element("ul", f"\n{inside}\n") + "\n" if inside else ""


NOT_SAID = "not-said"
"""Where everything stands of which a whole page would say only that the source is silent."""

PAGES: dict[str, tuple[str, Callable[[GuideWriter], str]]] = {
    "stages": ("Stages: who answers, by when", stages_page),
    "clocks": ("Clocks and duties", clocks_page),
    "forms": ("Forms and blank documents", forms_page),
    "categories": ("Kinds and categories of alert", categories_page),
    "significant-changes": ("Significant changes to be told", changes_page),
    "outside-routes": ("Ways out: CAFCASS and others", routes_page),
    "partner-agencies": ("Partner agencies", partners_page),
    "posts": ("Posts and their names", posts_page),
    "readings": ("Readings and open questions", readings_page),
    "edition": ("Edition and amendments", edition_page),
    NOT_SAID: ("What the text does not say", _not_said),
}
"""What follows from the procedure, by address: the title, and who writes it."""

ALL_ON_ONE = "print"


def council_section(council: Council, councils: Sequence[Council], today: date) -> GuideSection:
    """All pages of a council, the first of them its own, with the way to compare it with the others."""
    council = as_the_file_says(council)
    writing = GuideWriter(council, Links(""), today)
    written = _first_page(writing, pair_links(council, councils))
    written += foot(writing, council.name)
    first = GuidePage(council.id, council.name, written, opens_folder=True)
    manual = GuideSection("The manual", tuple(_chapters(writing)))
    generated = GuideSection("From the procedure", tuple(_generated(writing)))
    return GuideSection(council.name, (first, manual, generated))


def moved_pages(council: Council, today: date) -> Iterator[MovedPage]:
    """Where pages of this council stood: chapters that others took in, and pages on which the source is silent."""
    yield from _taken_in(council)
    for name, title, _ in _silent_ones(GuideWriter(council, Links(""), today)):
        yield MovedPage(f"{council.id}/{name}", f"../{NOT_SAID}/#{name}", title, council.name)


def _taken_in(council: Council) -> Iterator[MovedPage]:
    chapters = {chapter_name(file): written for file, written in council.chapters.items()}
    return moved_from(council.id, council.name, chapters)


def _chapters(writing: GuideWriter) -> Iterator[GuidePage]:
    """The chapters people wrote; one that bears the address of a generated page brings it along."""
    council = writing.council
    for file, written in council.chapters.items():
        name, title = chapter_name(file), chapter_title(written, file)
        followed = _following(writing.at(name), name)
        text_ = with_signs(without_marks(chapter_text(written)), "readings.md") + followed
        whole = under_its_council(text_, _whose(writing)) + foot(writing.at(name), title, text_)
        yield GuidePage(f"{council.id}/{name}", title, whole, of=council.name)


def _following(writing: GuideWriter, name: str) -> str:
    """What the procedure adds below a chapter of the same address; nothing where it is silent."""
    if name not in PAGES:
        return ""
    title, write = PAGES[name]
    if _is_silent(added := write(writing)):
        return ""
    below = heading(2, f"{title.split(':')[0]}, one by one", "from-the-procedure")
    return below + _one_lower(added)


def _is_silent(written: str) -> bool:
    """Does a page say nothing but that the source is silent?"""
    return not any(tag in written for tag in ("<table", "<li", "<dl"))


def _generated(writing: GuideWriter) -> Iterator[GuidePage]:
    council = writing.council
    for name, title, written in _left_over(writing):
        head = under_its_council(f"# {title}\n\n", _whose(writing))
        below = foot(writing.at(name), title, written)
        yield GuidePage(f"{council.id}/{name}", title, head + written + below, of=council.name)
    whole = _on_one_page(writing)
    path = f"{council.id}/{ALL_ON_ONE}"
    yield GuidePage(path, "All on one page", whole, in_search=False, of=council.name)


def _left_over(writing: GuideWriter) -> Iterator[tuple[str, str, str]]:
    """The generated pages that no chapter brings along, written, but for those that say nothing."""
    return (one for one in _unchaptered(writing) if not _is_silent(one[2]))


def _silent_ones(writing: GuideWriter) -> Iterator[tuple[str, str, str]]:
    """What no chapter took in either, and what is written of it."""
    taken_in = {one.path.rpartition("/")[2] for one in _taken_in(writing.council)}
    for name, title, written in _unchaptered(writing, {*taken_in, NOT_SAID}):
        if _is_silent(written):
            yield name, title, written


def _unchaptered(
    writing: GuideWriter, but_for: Collection[str] = ()
) -> Iterator[tuple[str, str, str]]:
    taken = {*but_for, *map(chapter_name, writing.council.chapters)}
    for name, (title, write) in PAGES.items():
        if name not in taken:
            yield name, title, write(writing.at(name))


def _on_one_page(writing: GuideWriter) -> str:
    council = writing.council
    one = replace(writing, links=Links(ALL_ON_ONE, all_on_one=True))
    parts = [f"# {text(council.name)}: the whole procedure {{#top}}\n", _opening(one)]
    for file, written in council.chapters.items():
        name = chapter_name(file)
        shown = without_marks(chapter_on_one_page(written))
        below = with_signs(shown, "") + _following(one, name)
        parts.append(f'<div id="{name}"></div>\n\n' + _one_lower(below))
    for name, title, written in _left_over(one):
        parts.append(heading(2, title, name) + _one_lower(written))
    parts.append(foot(one, "All on one page"))
    return "\n".join(parts)


def _one_lower(written: str) -> str:
    return sub(r"^(#{1,5} )", r"#\1", written, flags=MULTILINE)


def _first_page(writing: GuideWriter, compare: Markup) -> str:
    council, to = writing.council, writing.links.to
    chapters = [
        link(text(chapter_title(written, file)), to(chapter_name(file)))
        for file, written in council.chapters.items()
    ]
    pages = [link(title, to(name)) for name, title, _ in _left_over(writing)]
    pages.append(link("All on one page", to(ALL_ON_ONE)))
    whose = paragraph("The manual retells the council's document in our words. " + OURS)
    manual = heading(2, "The manual", "the-manual") + whose + listed(chapters, "contents")
    parts = (
        f"# {text(council.name)}\n\n{_opening(writing)}",
        paragraph(f"Compare with: {compare}"),
        manual if chapters else "",
        heading(2, "From the procedure", "from-the-procedure") + listed(pages, "contents"),
    )
    return "".join(parts)


OURS = with_ours(
    "What is marked (ours) rests on no council's text: it is advice of those who wrote this guide."
)


def _opening(writing: GuideWriter) -> Markup:
    procedure = writing.procedure
    figures = "".join(Figure(procedure, name, writing.marks).drawn() for name in procedure.ladders)
    title = paragraph(text(procedure.title), "of-council")
    return title + past_review(writing) + figures + facts(_at_a_glance(writing))


def _whose(writing: GuideWriter) -> Markup:
    """The council under each title, and in a word what its first page says of the document before it is read."""
    edition, name = writing.procedure.edition, text(writing.council.name)
    if edition.overtaken:
        return f"{name} (overtaken)"
    return f"{name} (past its review date)" if edition.past_review(writing.today) else name


def _at_a_glance(writing: GuideWriter) -> Iterator[tuple[str, Markup]]:
    procedure, edition, council = writing.procedure, writing.procedure.edition, writing.council
    raised = raisers_in_words(procedure).values()
    if procedure.about:
        yield "Scope", marked(text(sentence(procedure.about)), "Procedure.about")
    yield "Raised by", "<br>".join(text(capital(one)) for one in raised)
    yield "Recorded in", marked(text(procedure.case_system), "Procedure.case_system")
    yield "Kinds of alert", "<br>".join(text(kind.title) for kind in procedure.kinds.values())
    if procedure.gate is not None:
        yield "First question", text(procedure.gate.question)
    printed = link(text(edition_in_words(edition)), writing.links.to("edition"))
    yield "Edition", printed + only_shown("Printing.issued", "Printing.status")
    if related := procedure.site.related:
        named = (link(text(one.title), one.at) if one.at else text(one.title) for one in related)
        yield "Related chapters", "<br>".join(named) + only_shown("Site.related")
    to_law = writing.links.out("law")
    cited = [
        link(text(one.today(council.book)), f"{to_law}#{one.id}")
        for one in procedure.law
        if one.id in council.book.entries
    ]
    if cited:
        yield "Law and guidance", "<br>".join(cited)
    if procedure.readings:
        number = f"{len(procedure.readings)} places where we had to choose how to read it"
        yield "Readings", link(number, writing.links.to("readings"))
