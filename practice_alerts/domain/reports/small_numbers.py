"""Small numbers: what is published is rounded, and keeps its uncertainty whatever is added or taken away.

A rounded number stands for a span of true ones. Where other published numbers would narrow that span, because
parts add up to a whole that is published too, the parts are not published beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

ROUND_TO, SHARE_BASE = 5, 20
LEAST_BASE = 10  # of fewer a share or a middle is next to somebody's own number


@dataclass(frozen=True, slots=True)
class SmallNumbers:
    """Ours: no law or guidance that we know of states them for these figures."""

    round_to: int = ROUND_TO
    share_base: int = SHARE_BASE
    """A share is said only of a rounded number of at least so many."""

    def rounded(self, count: int) -> int:
        return (count + self.round_to // 2) // self.round_to * self.round_to

    def span(self, printed: int) -> "Between":
        """What the printed number may stand for."""
        low = max(0, printed - self.round_to // 2)
        return Between(low, printed + (self.round_to - 1) // 2)

    def share(self, part: int, whole: int) -> int | None:
        """In whole per cent, of two true counts, by their rounded ones alone; None where the whole is too small."""
        base = self.rounded(whole)
        return self.share_of_rounded(self.rounded(part), base)

    def share_of_rounded(self, part: int, base: int) -> int | None:
        return min(100, round(100 * part / base)) if base and base >= self.share_base else None


@dataclass(frozen=True, slots=True)
class Between:
    low: float
    high: float


class AddsUp(StrEnum):
    """How the parts of a table stand to the whole of which they are parts."""

    TO_IT = "to it"
    TO_IT_OR_MORE = "to it or more"
    """Each of the whole is in one part at least."""
    TO_IT_OR_LESS = "to it or less"


@dataclass(frozen=True, slots=True)
class PublishedParts:
    adds_up: AddsUp
    spans: tuple[Between, ...]

    @property
    def low(self) -> float:
        return sum(one.low for one in self.spans)

    @property
    def high(self) -> float:
        return sum(one.high for one in self.spans)


@dataclass
class Whole:
    """Everything of one sort, such as all concerns raised in the year: its span, and its parts as published."""

    span: Between = field(default_factory=lambda: Between(0, inf))
    """Of the printed number; without end where it is not printed."""
    parts: list[PublishedParts] = field(default_factory=list)

    def keeps_with(self, more: PublishedParts) -> bool:
        """Would every span stay as it is, were these parts published as well?"""
        every = [*self.parts, more]
        low, high = self._narrowed(every)
        if low > self.span.low and self.span.high < inf:
            return False
        if high < self.span.high < inf:
            return False
        return all(_keep(one, low, high) for one in every)

    def _narrowed(self, every: Sequence[PublishedParts]) -> tuple[float, float]:
        low = max(
            self.span.low, *(p.low for p in every if p.adds_up is not AddsUp.TO_IT_OR_MORE), 0
        )
        highs = (p.high for p in every if p.adds_up is not AddsUp.TO_IT_OR_LESS)
        return low, min(self.span.high, *highs, inf)


def _keep(parts: PublishedParts, low: float, high: float) -> bool:
    """Does the span of each part stay whole, the sum being held to that of everything?"""
    for one in parts.spans:
        is_least = low - (parts.high - one.high) <= one.low
        is_most = high - (parts.low - one.low) >= one.high
        if not is_least and parts.adds_up is not AddsUp.TO_IT_OR_LESS:
            return False
        if not is_most and parts.adds_up is not AddsUp.TO_IT_OR_MORE:
            return False
    return True
