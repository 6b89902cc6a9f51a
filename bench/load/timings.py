"""What was seen while people worked: how long each page took, what went wrong, and what was acknowledged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import quantiles
from time import perf_counter
from typing import NamedTuple


class Page(StrEnum):
    TRAY = "The work tray"
    ALERT = "An alert, opened"
    STEP = "The next step of a form"
    TYPED = "An answer typed in the app"
    SENT = "An alert raised, reviewed or escalated"
    ANSWER = "The answer page"
    ANSWER_TYPED = "A text typed there"
    ANSWER_SENT = "An answer sent"
    LOG = "A page of the log"
    GUIDE = "A page of the guide"


class Done(NamedTuple):
    """An act that somebody was told is done; `text` stands in no other."""

    reference: str
    event: str
    text: str


class Draft(NamedTuple):
    """What the server said it has kept of what somebody typed."""

    person: str
    id: str
    text: str


@dataclass
class Seen:
    """Written to from many threads: each adds to a list, which takes no lock."""

    errors: list[str] = field(default_factory=list)
    took: dict[Page, list[float]] = field(default_factory=lambda: defaultdict(list))
    done: list[Done] = field(default_factory=list)
    drafts: dict[tuple[str, str], Draft] = field(default_factory=dict)

    @contextmanager
    def timed(self, page: Page) -> Iterator[None]:
        began = perf_counter()
        yield
        self.took[page].append(perf_counter() - began)

    def keep(self, draft: Draft) -> None:
        self.drafts[draft.person, draft.id] = draft

    @property
    def pages(self) -> int:
        return sum(map(len, self.took.values()))


def table(idle: Seen, busy: Seen) -> Iterator[str]:
    """One line a kind of page: half and ninety-five in a hundred of them took at most so long, and that to the idle run's."""
    yield f"{'':40}{'idle, ms':>14}{'busy, ms':>16}{'busy to idle':>16}{'':>8}"
    yield f"{'':40}{'p50':>7}{'p95':>7}{'p50':>8}{'p95':>8}{'p50':>8}{'p95':>8}{'many':>8}"
    for page in Page:
        if busy.took[page]:
            yield _line(page, idle.took[page], busy.took[page])


def _line(page: Page, idle: list[float], busy: list[float]) -> str:
    now = _of(busy)
    shown = f"{now[0] * 1e3:>8.0f}{now[1] * 1e3:>8.0f}"
    if not idle:
        return f"{page:40}{'-':>7}{'-':>7}{shown}{'-':>8}{'-':>8}{len(busy):>8}"
    was = _of(idle)
    ratios = "".join(f"{one / other:>8.1f}" for one, other in zip(now, was, strict=True))
    return f"{page:40}{was[0] * 1e3:>7.0f}{was[1] * 1e3:>7.0f}{shown}{ratios}{len(busy):>8}"


def ratio(page: Page, idle: Seen, busy: Seen) -> float:
    """At ninety-five in a hundred."""
    return _of(busy.took[page])[1] / _of(idle.took[page])[1]


def _of(taken: list[float]) -> tuple[float, float]:
    if len(taken) == 1:
        return taken[0], taken[0]
    cuts = quantiles(taken, n=20, method="inclusive")
    return cuts[9], cuts[18]
