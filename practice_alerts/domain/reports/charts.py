"""Which figures are drawn, and what a chart of one holds: the very numbers of its table, and a sentence."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from practice_alerts.domain.log.measures.of_acts import ALL_CLOSINGS, ENDED_AGAIN
from practice_alerts.domain.reports.shown import EARLIER_KEY, ShownTable, count_in
from practice_alerts.domain.text import capital

_MOST_ROWS, _MOST_NAMED = 24, 3

CHARTS: Mapping[str, tuple[str, ...]] = {
    "raised_by_month": ("begun_informally", "begun_formally"),
    "themes": ("alerts", EARLIER_KEY),
    "highest_stage": ("alerts",),
    "timeliness_by_stage": ("in_time", "late", "no_answer"),
    "steps_in_time": ("by_the_day", "after_it", "not_recorded"),
    "put_right_in_time": ("by_the_day", "after_it", "not_put_right"),
    "endings": ("closings",),
}
"""By the name of the figure, the columns of its table of which each row has a bar. None ranks posts or people."""

_SUMS = {capital(ALL_CLOSINGS), capital(ENDED_AGAIN)}
"""Rows that are no part of the whole."""


@dataclass(frozen=True, slots=True)
class Bar:
    row: str
    part: str
    number: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in the order in which they stand; `parts` are the kinds of them, one or more to each row."""

    title: str
    parts: tuple[str, ...]
    bars: tuple[Bar, ...]
    noughts: tuple[str, ...] = ()
    """Rows in which everything is 0: they are named and not drawn."""

    @property
    def sentence(self) -> str:
        """What can be seen in it at a glance, for whoever does not see it."""
        most, least = (f(one.number for one in self.bars) for f in (max, min))
        none = f" 0 throughout: {'; '.join(self.noughts)}." if self.noughts else ""
        if most == least:
            only = self._those_of(most) if len(self.bars) == 1 else ""
            return f"{only}.{none}" if only else f"Each of them: {most:,}.{none}"
        few = sum(one.number == least for one in self.bars) <= _MOST_NAMED
        fewest = f" Least: {self._those_of(least)}." if few else ""
        return f"Most: {self._those_of(most)}.{fewest}{none}"

    @property
    def alternative(self) -> str:
        return f"Bar chart: {self.title}. Its numbers stand in the table beside it. {self.sentence}"

    def _those_of(self, number: int) -> str:
        found = [one for one in self.bars if one.number == number]
        named = [
            f"{one.row} ({one.part.lower()})" if len(self.parts) > 1 else one.row for one in found
        ]
        if len(named) > _MOST_NAMED:
            return f"{number:,}, in {len(named)} of {len(self.bars)} bars"
        return f"{'; '.join(named)}, {number:,}" + (" each" if len(named) > 1 else "")

    @property
    def as_text(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    def key(self, council: str) -> str:
        """Under which it is kept once it is drawn: whoever does not know its numbers cannot name it."""
        return sha256(f"{council}\n{self.as_text}".encode()).hexdigest()


def chart_of(table: ShownTable) -> Chart | None:
    """None of a figure that is not drawn, has no number, or more rows than can be read in a picture."""
    parts = {key: table.heads[key] for key in CHARTS.get(table.name, ()) if key in table.heads}
    rows = [row for row in table.rows if row.which not in _SUMS]
    bars = tuple(
        Bar(row.which, words, number)
        for row in rows
        for key, words in parts.items()
        if (number := count_in(row.cells.get(key, ""))) is not None
    )
    told = {one.row for one in bars if one.number}
    if not told or len(told) > _MOST_ROWS:
        return None
    noughts = tuple(dict.fromkeys(one.row for one in bars if one.row not in told))
    bars = tuple(one for one in bars if one.row in told)
    drawn = tuple(words for words in parts.values() if any(one.part == words for one in bars))
    return Chart(table.title, drawn, bars, noughts)
