"""The tables of docs/notices.md: every notice, and everything that may stand in its braces."""

from __future__ import annotations

from collections.abc import Iterable

from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.placeholders import PLACEHOLDERS
from practice_alerts.domain.notices.urgency import URGENCY
from tools.docs.tables import table


def notices_table() -> str:
    """Every notice: to whom, when, how soon it leaves, what it must say and what it may."""
    rows = (
        [
            f"`{name}`",
            kind.to,
            kind.when,
            URGENCY[name].words,
            _listed(kind.must),
            _listed(kind.may) or "-",
        ]
        for name, kind in KINDS.items()
    )
    return table(("notice", "goes to", "when", "leaves", "must hold", "may hold"), rows)


def placeholders_table() -> str:
    """What each placeholder is replaced with."""
    rows = ([f"`{{{name}}}`", words] for name, words in PLACEHOLDERS.items())
    return table(("placeholder", "is replaced with"), rows)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{{{name}}}`" for name in names)
