"""What may leave the building: a closed set of yearly tables, each number in it once, rounded.

Whatever is published is made from rounded numbers alone, shares and wholes too. No whole is printed beside all of its
parts, and where numbers would narrow one another's spans all the same, one is printed lower. Each row that there may be is
printed, whatever was counted, in the order of the council's files: `possible_rows`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from practice_alerts.domain.log.measures.measure import THIS_PERIOD
from practice_alerts.domain.log.measures.of_acts import ALL_CLOSINGS, ENDED_AGAIN
from practice_alerts.domain.log.measures.of_themes import NONE_TICKED
from practice_alerts.domain.reports.contents import BOARD
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES, MEASURE_CALLED, NOW
from practice_alerts.domain.reports.possible_rows import RowName
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
    by_itself: str = ""
    """The row of those that are in no other: with any one of the others it still adds up to the whole at most."""
    of_another: Mapping[str, str] = field(default_factory=dict)
    """Rows that are of another whole, by what they are called."""
    called: Mapping[str, str] = field(default_factory=dict)
    """What a column is called that says less where what stands beside it is not printed."""
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
    "themes": PublicTable(("alerts",), "raised", AddsUp.TO_IT_OR_MORE, by_itself=NONE_TICKED),
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
        called={"yes": "Recorded as yes"},
    ),
    "referrals": PublicTable(("referrals",), "referrals", keeps=lambda row: row["referrals"] > 0),
    "good_practice": PublicTable(
        ("alerts",), "good practice", keeps=lambda row: row["subject"] == "all"
    ),
}
"""The closed set. What is not in it is not published, whoever asks."""


@dataclass(frozen=True, slots=True)
class Publication:
    tables: tuple[ShownTable, ...]
    left_out: tuple[str, ...]
    """Titles of those in which something was counted that no row is for."""


def published(
    counted: Mapping[str, Sequence[CountedRow]],
    possible: Mapping[str, Sequence[RowName]],
    rule: SmallNumbers,
    year_before: Mapping[str, ShownTable],
) -> Publication:
    """By the names of the measures; `year_before` is what was published then, which alone stands beside.

    A table in which a row was counted that is none of the `possible` ones is left out.
    """
    figures, left_out = [], []
    for name in BOARD.figures:
        now = [row for row in counted[name] if _is_now(row) and PUBLIC[name].keeps(row)]
        rows = _every(name, now, possible[name]) if name in possible else now
        if rows is None:
            left_out.append(MEASURE_CALLED[name].title)
        else:
            figures.append(_Rounded.of(name, rows, rule))
    _fit(figures, rule)
    tables = (_table(one, rule, year_before.get(one.name)) for one in figures)
    return Publication(tuple(tables), tuple(left_out))


def _every(
    name: str, rows: Sequence[CountedRow], possible: Sequence[RowName]
) -> list[CountedRow] | None:
    """Those that there may be, in their order, whatever was counted; None where another was counted."""
    table = FIGURE_TABLES[name]
    found = {tuple(str(row[one]) for one in table.by): row for row in rows}
    if not found.keys() <= {*possible}:
        return None
    nothing = {**dict.fromkeys(table.numbers, 0), "period": THIS_PERIOD}
    return [
        found.get(one, {**nothing, **dict(zip(table.by, one, strict=True))}) for one in possible
    ]


def _is_now(row: CountedRow) -> bool:
    return str(row["period"]).startswith(THIS_PERIOD)


_Place = tuple[dict[str, int], str]
"""A printed number, by the row it stands in and its column."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Printed numbers that stand to a whole, by its name, as `adds_up` says."""

    whole: str
    adds_up: AddsUp
    places: Sequence[_Place]


@dataclass(frozen=True, slots=True)
class _Rounded:
    """A figure's rows as they were counted, and of each what is printed."""

    name: str
    rows: Sequence[CountedRow]
    printed: Sequence[dict[str, int]]

    @classmethod
    def of(cls, name: str, rows: Sequence[CountedRow], rule: SmallNumbers) -> "_Rounded":
        cells = (*filter(None, (PUBLIC[name].is_whole,)), *PUBLIC[name].cells)
        printed = [{cell: rule.rounded(row[cell] or 0) for cell in cells} for row in rows]
        return cls(name, rows, printed)

    def parts(self) -> Iterable[_Parts]:
        """Its numbers, together or each alone, with the whole of which they are parts."""
        public, by = PUBLIC[self.name], FIGURE_TABLES[self.name].by
        found: dict[str, list[_Place]] = {}
        alone: list[_Place] = []
        others: list[_Place] = []
        for row, printed in zip(self.rows, self.printed, strict=True):
            which = str(row[by[0]]) if by else ""
            places = [(printed, cell) for cell in public.cells]
            found.setdefault(public.of_another.get(which, public.whole), []).extend(places)
            (alone if which == public.by_itself else others).extend(places)
        for whole, them in found.items():
            for each in [[one] for one in them] if public.each_alone else [them]:
                yield _Parts(whole, public.adds_up, each)
        for other in others if public.by_itself and alone else ():
            yield _Parts(public.whole, AddsUp.TO_IT_OR_LESS, [*alone, other])


def _fit(figures: Sequence[_Rounded], rule: SmallNumbers) -> None:
    """Lowers what is printed until no number says more of another than that is printed to say.

    Were a table left out in its place, that alone would say why. So a whole is printed lower, or, of what it only bounds,
    the largest part: a step at a time, and as the printed numbers alone decide.
    """
    wholes = {
        PUBLIC[one.name].whole: (row, PUBLIC[one.name].is_whole)
        for one in figures
        for row in one.printed
        if PUBLIC[one.name].is_whole
    }
    order = list(AddsUp)
    parts = [each for one in figures for each in one.parts() if each.places]
    parts.sort(key=lambda one: order.index(one.adds_up))
    while (narrows := _first_that_narrows(parts, wholes, rule)) is not None:
        is_bounded = narrows.adds_up is AddsUp.TO_IT_OR_LESS
        _lower(narrows.places if is_bounded else [wholes[narrows.whole]], rule)


def _first_that_narrows(
    every: Sequence[_Parts], wholes: Mapping[str, _Place], rule: SmallNumbers
) -> _Parts | None:
    held = {name: Whole(_span(place, rule)) for name, place in wholes.items()}
    for one in every:
        whole = held.setdefault(one.whole, Whole())
        parts = PublishedParts(one.adds_up, tuple(_span(place, rule) for place in one.places))
        if not whole.keeps_with(parts):
            return one
        whole.parts.append(parts)
    return None


def _span(place: _Place, rule: SmallNumbers) -> Between:
    printed, cell = place
    return rule.span(printed[cell])


def _lower(places: Sequence[_Place], rule: SmallNumbers) -> None:
    """The largest by a step."""
    printed, cell = max(places, key=lambda one: one[0][one[1]])
    if not printed[cell]:
        raise ValueError("nothing is left that could be printed lower")
    printed[cell] -= rule.round_to


def _table(figure: _Rounded, rule: SmallNumbers, before: ShownTable | None) -> ShownTable:
    name, rows = figure.name, figure.rows
    public, made, heads = PUBLIC[name], shown(name, rows), public_heads(name)
    if FIGURE_TABLES[name].is_turned:
        turned = _turned(figure, rule)
        found = tuple(
            replace(row, cells={**row.cells, EARLIER_KEY: _then(before, row, NOW)})
            for row in (ShownRow(words, {NOW: text}, words) for words, text in turned)
        )
        return replace(made, heads=heads, rows=found)
    found = tuple(
        _row(public, one, printed, rule, before)
        for one, printed in zip(made.rows, figure.printed, strict=True)
    )
    return replace(made, heads=heads, rows=found)


def _row(
    public: PublicTable,
    called: ShownRow,
    printed: Mapping[str, int],
    rule: SmallNumbers,
    before: ShownTable | None,
) -> ShownRow:
    cells = {cell: f"{printed[cell]:,}" for cell in public.cells}
    if public.share_of:
        cells[_SHARE] = _share(public, printed, rule)
    cells[EARLIER_KEY] = _then(before, called, _compared(public))
    return ShownRow(called.which, cells, called.key)


def public_heads(name: str) -> dict[str, str]:
    """The columns of that table as it is published, by their keys."""
    public, table = PUBLIC[name], FIGURE_TABLES[name]
    if table.is_turned:
        return {NOW: THIS_YEAR, EARLIER_KEY: LAST_YEAR}
    heads = {cell: public.called.get(cell, table.numbers[cell]) for cell in public.cells}
    if public.share_of:
        heads[_SHARE] = "In time, per cent"
    beside = f"{LAST_YEAR}: {heads[_compared(public)].lower()}" if len(heads) > 1 else LAST_YEAR
    return {**heads, EARLIER_KEY: beside}


def _compared(public: PublicTable) -> str:
    return _SHARE if public.share_of else public.cells[0]


def _turned(figure: _Rounded, rule: SmallNumbers) -> Iterable[tuple[str, str]]:
    public = PUBLIC[figure.name]
    for row, printed in zip(figure.rows[:1], figure.printed, strict=False):
        for column, called in FIGURE_TABLES[figure.name].numbers.items():
            if column == public.exact:
                enough = rule.rounded(row[public.of_enough]) >= rule.share_base
                yield called, said(column, row[column]) if enough else NOTHING
            elif column.startswith("per_cent"):
                yield called, _share(public, printed, rule)
            elif column in printed:
                yield called, f"{printed[column]:,}"


def _share(public: PublicTable, printed: Mapping[str, int], rule: SmallNumbers) -> str:
    """Of printed numbers alone."""
    every = sum(printed[cell] for cell in public.cells)
    base = every if public.share_of == _SUM else printed[public.share_of]
    share = rule.share_of_rounded(printed[public.cells[0]], base)
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
