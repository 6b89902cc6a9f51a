"""Councils side by side: one table of all, with a choice of columns, and a page for each two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.guide.pages.aspects import Compared, aspects
from practice_alerts.domain.guide.parts.markup import Markup, element, link, paragraph, text
from practice_alerts.domain.guide.parts.page import Council, GuidePage

MOST_IN_PAIRS = 8
"""With more councils than this the pages for each two would outnumber all others; the table has a choice."""
SHOWN_AT_FIRST = 2
"""Mine and one other: guide.js puts in the place of the first the council whose page was left for this one."""


def table_of_all(compared: Sequence[Compared]) -> Markup:
    """The table with its choice of columns, which works without script (`chooser_style`)."""
    return element("div", _chooser(compared) + side_by_side(compared), class_="compare") + "\n"


def side_by_side(compared: Sequence[Compared]) -> Markup:
    heads = "".join(map(_head, compared))
    corner = element("td", "", role="cell")
    by_aspect = zip(*map(aspects, compared), strict=True)
    rows = "\n".join(_row(compared, aspect) for aspect in by_aspect)
    inside = (
        element("caption", "Side by side")
        + f'<thead role="rowgroup"><tr role="row">{corner}{heads}</tr></thead>'
        + f'\n<tbody role="rowgroup">\n{rows}\n</tbody>'
    )
    table = element("table", inside, class_="cards side-by-side", role="table")
    about = {"class_": "wide", "role": "region", "aria_label": "Councils side by side"}
    return element("div", table, **about, tabindex="0") + _small_print(compared)


def _head(one: Compared) -> Markup:
    name = link(text(one.council.name), one.to)
    return element("th", name, scope="col", role="columnheader", class_=f"of-{one.council.id}")


def _row(compared: Sequence[Compared], aspect: Sequence[tuple[str, Markup]]) -> Markup:
    """One aspect, with what is said of each council under the same title."""
    head = element("th", text(aspect[0][0]), scope="row", role="rowheader")
    cells = (_cell(one.council, said) for one, (_, said) in zip(compared, aspect, strict=True))
    return element("tr", head + "".join(cells), role="row")


def _cell(of: Council, said: Markup) -> Markup:
    inside = element("div", said)
    return "\n" + element("td", inside, role="cell", class_=f"of-{of.id}", data_column=of.name)


def _small_print(compared: Sequence[Compared]) -> Markup:
    if not compared:
        return ""
    said = (
        "Days to spare: working days left to the time limit when every stage uses all its time, for a first formal stage sent on"
        f" {in_full(compared[0].sent_on)}. Each answer read a day later takes a day of it."
    )
    return paragraph(text(said), "aside")


def _chooser(compared: Sequence[Compared]) -> Markup:
    boxes = "".join(_box(one, place) for place, one in enumerate(compared))
    inside = element("legend", "Councils to show") + boxes
    return element("fieldset", inside, class_="chooser") + "\n"


def _box(one: Compared, place: int) -> Markup:
    checked = " checked" if place < SHOWN_AT_FIRST else ""
    box = f'<input type="checkbox" id="show-{one.council.id}" autocomplete="off"{checked}>'
    return element("label", f"{box} {text(one.council.name)}")


def chooser_style(councils: Sequence[Council]) -> str:
    """The style sheet that hides a council's column while its box is empty."""
    rules = [
        f".compare:has(#show-{council.id}:not(:checked)) .of-{council.id} {{ display: none !important; }}\n"
        for council in councils
    ]
    return "/* Compiled: one rule for each council of the comparison. */\n" + "".join(rules)


def pair_name(one: str, other: str) -> str:
    """``knowsley-and-lambeth``, whichever is named first."""
    return "-and-".join(sorted((one, other)))


def pair_pages(compared: Sequence[Compared]) -> Iterator[GuidePage]:
    """A page for each two councils, while there are few enough. `to` is taken as seen from /compare/."""
    if len(compared) > MOST_IN_PAIRS:
        return
    for one, other in combinations(compared, 2):
        title = f"{one.council.name} and {other.council.name}"
        lower = [replace(each, to=f"../{each.to}") for each in (one, other)]
        others = paragraph(link("Compare others", "../"))
        path = f"compare/{pair_name(one.council.id, other.council.id)}"
        body = f"# {text(title)}\n\n{side_by_side(lower)}{others}"
        yield GuidePage(path, title, body, in_search=False)


def pair_links(council: Council, councils: Sequence[Council]) -> Markup:
    """The way from a council's first page to each comparison with another."""
    others = [other for other in councils if other.id != council.id]
    if not others or len(councils) > MOST_IN_PAIRS:
        return link("Compare councils side by side", "../compare/")
    return ", ".join(
        link(text(other.name), f"../compare/{pair_name(council.id, other.id)}/") for other in others
    )
