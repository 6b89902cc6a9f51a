"""Issued figures against what is counted now: what changed since stands beside them, and never in their place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from practice_alerts.domain.directory.directory_acts import (
    DirectoryHappened,
    FiguresIssued,
    IssuedTable,
)
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.contents import ReportName
from practice_alerts.domain.reports.figure_tables import FIGURE_TABLES, MEASURE_CALLED
from practice_alerts.domain.reports.shown import NOTHING, ShownRow, ShownTable

KIND = str(FiguresIssued.model_fields["kind"].default)


@dataclass(frozen=True, slots=True)
class IssuedFigures:
    """The event in its place in the council's directory."""

    number: int
    happened: DirectoryHappened
    what: FiguresIssued


@dataclass(frozen=True, slots=True)
class Restatement:
    """One issued number that would be another today."""

    title: str
    which: str
    column: str
    """Its key."""
    head: str
    issued: str
    now: str


def definition_of(name: str) -> str:
    """A digest of what a measure counts and how: another, and the number may be another too."""
    measure = MEASURE_CALLED[name]
    return sha256(f"{measure.counted}\n{measure.sql}".encode()).hexdigest()[:16]


def frozen(tables: Iterable[ShownTable], *, published: bool) -> tuple[IssuedTable, ...]:
    return tuple(
        IssuedTable(
            measure=one.name,
            definition=definition_of(one.name),
            heads=dict(one.heads),
            rows=tuple((row.which, dict(row.cells)) for row in one.rows),
            keys=tuple(row.key for row in one.rows),
            published=published,
        )
        for one in tables
    )


def thawed(issued: FiguresIssued, *, published: bool) -> dict[str, ShownTable]:
    """The tables as they were issued, by name; of measures that there still are."""
    found = {}
    for one in issued.tables:
        measure = MEASURE_CALLED.get(one.measure)
        if one.published is published and measure is not None:
            keys = one.keys or ("",) * len(one.rows)
            rows = tuple(ShownRow(*row, key) for row, key in zip(one.rows, keys, strict=True))
            of = FIGURE_TABLES[one.measure].of
            found[one.measure] = ShownTable(
                one.measure, measure.title, measure.counted, of, one.heads, rows
            )
    return found


def issued_of(
    happened: Iterable[DirectoryHappened], report: ReportName, period: Period
) -> IssuedFigures | None:
    """Those of that report and period. There are one at most: each is issued once."""
    asked = (report.value, period.since, period.until)
    for one in happened:
        what = one.what
        if isinstance(what, FiguresIssued) and (what.report, what.since, what.until) == asked:
            return IssuedFigures(one.number, one, what)
    return None


def restated(
    then: Mapping[str, ShownTable], now: Mapping[str, ShownTable]
) -> tuple[Restatement, ...]:
    """Every number that is another today, in the order of the report."""
    found = []
    for name, table in then.items():
        present = now.get(name)
        if present is None:
            continue
        for row, other, which in _pairs(table, present):
            for key, head in table.heads.items():
                was, is_now = (
                    one.cells.get(key, NOTHING) if one else NOTHING for one in (row, other)
                )
                if was != is_now and {was, is_now} != {"0", NOTHING}:
                    found.append(Restatement(table.title, which, key, head, was, is_now))
    return tuple(found)


def _pairs(
    then: ShownTable, now: ShownTable
) -> Iterable[tuple[ShownRow | None, ShownRow | None, str]]:
    """The rows that count the same, each two with what they are called; None where only one of them is there."""
    yield from ((row, now.like(row), row.which) for row in then.rows)
    yield from ((None, row, row.which) for row in now.rows if then.like(row) is None)
