"""What may leave the building: a closed set of yearly tables, each number in it once, rounded.

Whatever is published is made from rounded numbers alone, shares and wholes too. No whole is printed beside all of its
parts, and a table whose parts would narrow another's span is left out for that year.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from practice_alerts.domain.log.measures.measure import THIS_PERIOD
from practice_alerts.domain.log.measures.of_acts import ALL_CLOSINGS, ENDED_AGAIN
from practice_alerts.domain.reports.contents import BOARD
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES, MEASURE_CALLED, NOW
from practice_alerts.domain.reports.shown import (
    EARLIER_KEY,
    NOTHING,
    CountedRow,
    ShownRow,
    ShownTable,
    count_in,
    said,
    shown,
)
from practice_alerts.domain.reports.small_numbers import (
    AddsUp,
    Between,
    PublishedParts,
    SmallNumbers,
    Whole,
)

THIS_YEAR, LAST_YEAR = "This year", "The year before, as published"
_SHARE = "share"


@dataclass(frozen=True, slots=True)
class PublicTable:
    """Of one measure what is published.

    `cells` are the columns whose numbers are printed, rounded; together the parts of `whole`, as `adds_up` says. A
    share is said of `share_of`: the sum of all cells of its row, as rounded, or the printed number of that column.
    """

    cells: tuple[str, ...]
    whole: str
    adds_up: AddsUp = AddsUp.TO_IT
    each_alone: bool = False
    """Is each cell a part by itself, as of a question that is answered beside others?"""
    of_another: Mapping[str, str] = field(default_factory=dict)
    """Rows that are of another whole, by what they are called."""
    is_whole: str = ""
    """The column that is itself the whole, printed."""
    share_of: str = ""
    keeps: Callable[[CountedRow], bool] = lambda _: True
    exact: str = ""
    """A column that is printed as it is, and only where enough are behind it by `of_enough`."""
    of_enough: str = ""


_SUM = "sum"
PUBLIC: Mapping[str, PublicTable] = {
    "ever_formal": PublicTable(
        ("formal_by_the_end",),
        "raised",
        AddsUp.TO_IT_OR_LESS,
        is_whole="raised",
        share_of="raised",
    ),
    "themes": PublicTable(("alerts",), "raised", AddsUp.TO_IT_OR_MORE),
    "highest_stage": PublicTable(("alerts",), "closings", AddsUp.TO_IT_OR_LESS),
    "timeliness_by_stage": PublicTable(("in_time", "late", "no_answer"), "answers", share_of=_SUM),
    "within_the_time_limit": PublicTable(
        ("closed_by_then", "open_past_it"), "limits", share_of=_SUM
    ),
    "endings": PublicTable(
        ("closings",),
        "closings",
        of_another={ENDED_AGAIN: ENDED_AGAIN},
        keeps=lambda row: row["how_it_ended"] != ALL_CLOSINGS,
    ),
    "time_to_put_right": PublicTable((), "", exact="median", of_enough="alerts"),
    "promises": PublicTable(
        ("kept", "kept_late", "broken", "extended", "closed_otherwise", "not_looked_at"),
        "promises",
    ),
    "childs_voice": PublicTable(
        ("yes",),
        "closings",
        AddsUp.TO_IT_OR_LESS,
        each_alone=True,
        of_another={"view given when raised": "raised"},
    ),
    "referrals": PublicTable(("referrals",), "referrals"),
    "good_practice": PublicTable(
        ("alerts",), "good practice", keeps=lambda row: row["subject"] == "all"
    ),
}
"""The closed set. What is not in it is not published, whoever asks."""


@dataclass(frozen=True, slots=True)
class Publication:
    tables: tuple[ShownTable, ...]
    left_out: tuple[str, ...]
    """Titles of what would have narrowed another's numbers."""


def published(
    counted: Mapping[str, Sequence[CountedRow]],
    rule: SmallNumbers,
    year_before: Mapping[str, ShownTable],
) -> Publication:
    """By the names of the measures; `year_before` is what was published then, which alone stands beside."""
    wholes: dict[str, Whole] = {}
    tables, left_out = [], []
    for name in _wholes_first(BOARD.figures):
        public = PUBLIC[name]
        rows = [row for row in counted[name] if _is_now(row) and public.keeps(row)]
        if _fits(name, rows, rule, wholes):
            tables.append(_table(name, rows, rule, year_before.get(name)))
        else:
            left_out.append(MEASURE_CALLED[name].title)
    tables.sort(key=lambda one: BOARD.figures.index(one.name))
    return Publication(tuple(tables), tuple(left_out))


def _wholes_first(names: Iterable[str]) -> list[str]:
    """Printed wholes, and what adds up to one, before what is only bounded by it."""
    order = list(AddsUp)
    return sorted(
        names, key=lambda one: (not PUBLIC[one].is_whole, order.index(PUBLIC[one].adds_up))
    )


def _is_now(row: CountedRow) -> bool:
    return str(row["period"]).startswith(THIS_PERIOD)


def _fits(
    name: str, rows: Sequence[CountedRow], rule: SmallNumbers, wholes: dict[str, Whole]
) -> bool:
    """Puts its numbers to their wholes, where each then still stands for as many true ones as it did."""
    public = PUBLIC[name]
    added: list[tuple[Whole, PublishedParts]] = []
    if public.is_whole and rows:
        wholes[public.whole] = Whole(rule.span(rule.rounded(rows[0][public.is_whole])))
    for called, parts in _parts(name, rows, rule):
        whole = wholes.setdefault(called, Whole())
        if not whole.keeps_with(parts):
            for there, one in added:
                there.parts.remove(one)
            return False
        whole.parts.append(parts)
        added.append((whole, parts))
    return True


def _parts(
    name: str, rows: Sequence[CountedRow], rule: SmallNumbers
) -> Iterable[tuple[str, PublishedParts]]:
    """Together or each alone, with the whole of which they are parts."""
    public, by = PUBLIC[name], FIGURE_TABLES[name].by
    spans: dict[str, list[Between]] = {}
    for row in rows:
        called = public.of_another.get(str(row[by[0]]), public.whole) if by else public.whole
        spans.setdefault(called, []).extend(
            rule.span(rule.rounded(row[cell] or 0)) for cell in public.cells
        )
    for called, them in spans.items():
        if public.each_alone:
            yield from ((called, PublishedParts(public.adds_up, (one,))) for one in them)
        else:
            yield called, PublishedParts(public.adds_up, tuple(them))


def _table(
    name: str, rows: Sequence[CountedRow], rule: SmallNumbers, before: ShownTable | None
) -> ShownTable:
    public, made, heads = PUBLIC[name], shown(name, rows), public_heads(name)
    if FIGURE_TABLES[name].is_turned:
        turned = _turned(public, FIGURE_TABLES[name].numbers, rows, rule)
        found = tuple(
            replace(row, cells={**row.cells, EARLIER_KEY: _then(before, row, NOW)})
            for row in (ShownRow(words, {NOW: text}, words) for words, text in turned)
        )
        return replace(made, heads=heads, rows=found)
    found = tuple(
        _row(name, one, row, rule, before) for one, row in zip(made.rows, rows, strict=True)
    )
    return replace(made, heads=heads, rows=found)


def _row(
    name: str, called: ShownRow, row: CountedRow, rule: SmallNumbers, before: ShownTable | None
) -> ShownRow:
    public = PUBLIC[name]
    cells = {cell: f"{rule.rounded(row[cell] or 0):,}" for cell in public.cells}
    if public.share_of:
        cells[_SHARE] = _share(public, row, public.cells[0], rule)
    cells[EARLIER_KEY] = _then(before, called, _compared(public))
    return ShownRow(called.which, cells, called.key)


def public_heads(name: str) -> dict[str, str]:
    """The columns of that table as it is published, by their keys."""
    public, table = PUBLIC[name], FIGURE_TABLES[name]
    if table.is_turned:
        return {NOW: THIS_YEAR, EARLIER_KEY: LAST_YEAR}
    heads = {cell: table.numbers[cell] for cell in public.cells}
    if public.share_of:
        heads[_SHARE] = "In time, per cent"
    beside = f"{LAST_YEAR}: {heads[_compared(public)].lower()}" if len(heads) > 1 else LAST_YEAR
    return {**heads, EARLIER_KEY: beside}


def _compared(public: PublicTable) -> str:
    return _SHARE if public.share_of else public.cells[0]


def _turned(
    public: PublicTable, words: Mapping[str, str], rows: Sequence[CountedRow], rule: SmallNumbers
) -> Iterable[tuple[str, str]]:
    for row in rows[:1]:
        for column, called in words.items():
            if column == public.exact:
                enough = rule.rounded(row[public.of_enough]) >= rule.share_base
                yield called, said(column, row[column]) if enough else NOTHING
            elif column.startswith("per_cent"):
                yield called, _share(public, row, public.cells[0], rule)
            elif column in {public.is_whole, *public.cells}:
                yield called, f"{rule.rounded(row[column] or 0):,}"


def _share(public: PublicTable, row: CountedRow, part: str, rule: SmallNumbers) -> str:
    base = (
        sum(rule.rounded(row[cell] or 0) for cell in public.cells)
        if public.share_of == _SUM
        else rule.rounded(row[public.share_of])
    )
    share = rule.share_of_rounded(rule.rounded(row[part] or 0), base)
    return NOTHING if share is None else f"{share}%"


def _then(before: ShownTable | None, row: ShownRow, key: str) -> str:
    found = before.like(row) if before else None
    return found.cells.get(key, NOTHING) if found else NOTHING


def mostly_small(tables: Iterable[ShownTable], rule: SmallNumbers) -> bool:
    """Does more than half of what is printed stand for so few that it says hardly anything?"""
    printed = [
        number
        for table in tables
        for row in table.rows
        for key, text in row.cells.items()
        if key != EARLIER_KEY and (number := count_in(text)) is not None
    ]
    return 2 * sum(one <= rule.round_to for one in printed) > len(printed)
