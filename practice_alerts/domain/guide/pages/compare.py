"""Councils side by side: one table of all, with a choice of columns, and a page for each two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.guide.pages.aspects import ASPECTS, Aspect, Compared, column_head
from practice_alerts.domain.guide.parts.markup import Markup, element, link, paragraph, text
from practice_alerts.domain.guide.parts.page import Council, GuidePage

MOST_IN_PAIRS = 8
"""With more councils than this the pages for each two would outnumber all others; the table has a choice."""
SHOWN_AT_FIRST = 5


def table_of_all(compared: Sequence[Compared]) -> Markup:
    """The table with its choice of columns, which works without script (`chooser_style`)."""
    return element("div", _chooser(compared) + side_by_side(compared), class_="compare") + "\n"


def side_by_side(compared: Sequence[Compared]) -> Markup:
    heads = "".join(
        element(
            "th", column_head(one), scope="col", role="columnheader", class_=f"of-{one.council.id}"
        )
        for one in compared
    )
    corner = element("td", "", role="cell")
    rows = "\n".join(_row(aspect, compared) for aspect in ASPECTS)
    inside = (
        element("caption", "Side by side")
        + f'<thead role="rowgroup"><tr role="row">{corner}{heads}</tr></thead>'
        + f'\n<tbody role="rowgroup">\n{rows}\n</tbody>'
    )
    table = element("table", inside, class_="cards side-by-side", role="table")
    return element(
        "div", table, class_="wide", role="region", aria_label="Councils side by side", tabindex="0"
    ) + _small_print(compared)


def _row(aspect: Aspect, compared: Sequence[Compared]) -> Markup:
    title, saying = aspect
    cells = "".join(_cell(one, saying(one)) for one in compared)
    return element(
        "tr", element("th", text(title), scope="row", role="rowheader") + cells, role="row"
    )


def _cell(one: Compared, said: Markup) -> Markup:
    inside = element("div", said)
    of = one.council
    return "\n" + element("td", inside, role="cell", class_=f"of-{of.id}", data_column=of.name)


def _small_print(compared: Sequence[Compared]) -> Markup:
    if not compared:
        return ""
    said = (
        "Slack: working days left to the total when every stage uses all its time, for a first formal stage sent on"
        f" {in_full(compared[0].sent_on)}. Each answer read a day later takes a day of it."
    )
    return paragraph(text(said), "aside")


def _chooser(compared: Sequence[Compared]) -> Markup:
    boxes = "".join(_box(one, place) for place, one in enumerate(compared))
    return (
        element("fieldset", element("legend", "Councils to show") + boxes, class_="chooser") + "\n"
    )


def _box(one: Compared, place: int) -> Markup:
    checked = " checked" if place < SHOWN_AT_FIRST else ""
    box = f'<input type="checkbox" id="show-{one.council.id}" autocomplete="off"{checked}>'
    return element("label", f"{box} {text(one.council.name)}")


def chooser_style(councils: Sequence[Council]) -> str:
    """The style sheet that hides a council's column while its box is empty."""
    rules = (
        f".compare:has(#show-{council.id}:not(:checked)) .of-{council.id} {{ display: none !important; }}"
        for council in councils
    )
    return (
        "/* Compiled: one rule for each council of the comparison. */\n" + "\n".join(rules) + "\n"
    )


def pair_name(one: str, other: str) -> str:
    """``knowsley-and-lambeth``, whichever is named first."""
    return "-and-".join(sorted((one, other)))


def pair_pages(compared: Sequence[Compared]) -> Iterator[GuidePage]:
    """A page for each two councils, while there are few enough. `to` is taken as seen from /compare/."""
    if len(compared) > MOST_IN_PAIRS:
        return
    for one, other in combinations(compared, 2):
        title = f"{one.council.name} and {other.council.name}"
        lower = tuple(
            Compared(each.council, f"../{each.to}", each.sent_on, each.calendar)
            for each in (one, other)
        )
        body = (
            f"# {text(title)}\n\n" + side_by_side(lower) + paragraph(link("Compare others", "../"))
        )
        yield GuidePage(
            f"compare/{pair_name(one.council.id, other.council.id)}", title, body, in_search=False
        )


def pair_links(council: Council, councils: Sequence[Council]) -> Markup:
    """The way from a council's first page to each comparison with another."""
    others = [other for other in councils if other.id != council.id]
    if not others or len(councils) > MOST_IN_PAIRS:
        return link("Compare councils side by side", "../compare/")
    return ", ".join(
        link(text(other.name), f"../compare/{pair_name(council.id, other.id)}/") for other in others
    )
