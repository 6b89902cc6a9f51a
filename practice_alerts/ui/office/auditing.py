"""What is there for an auditor to read: the security log, and how the service is set."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

import streamlit as st

from practice_alerts.casework.views.security_log import MOST, EntriesWanted, LogLine
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.seeing.security_entries import KIND_WORDS, SecurityKind
from practice_alerts.domain.text import sentence
from practice_alerts.ui.page import frame, html

_EVERYTHING: Final = ""
_SPANS: Final[Mapping[int, str]] = {
    0: "From the first entry on",
    1: "Yesterday and today",
    7: "The last week",
    31: "The last month",
    366: "The last year",
}
_HEADS: Final = ("When", "Who", "What", "Alert", "Typed")


def narrowed(today: date) -> EntriesWanted:
    """What the reader narrows it down to. Nothing of it stands in the address."""
    words = st.text_input("Narrow it down: part of a reference, or of a name", key="security-words")
    kinds = [_EVERYTHING, *SecurityKind]
    said = {_EVERYTHING: "Everything"} | {
        one: sentence(words).rstrip(".") for one, words in KIND_WORDS.items()
    }
    kind = st.selectbox("What was done", kinds, format_func=said.__getitem__, key="security-kind")
    days = st.selectbox("Since when", _SPANS, format_func=_SPANS.__getitem__, key="security-since")
    since = today - timedelta(days=days) if days else None
    return EntriesWanted(words, since, None, SecurityKind(kind) if kind else None)


def entries(found: Sequence[LogLine], wanted: EntriesWanted, council: str) -> None:
    """The latest first, and the way to the file."""
    none = "There is no entry like that."
    html.table("The security log, the latest first", _HEADS, map(_entry, found), none=none)
    if len(found) >= MOST:
        html.quiet(f"The {MOST} latest. Narrow it down to see earlier ones.")
    asked = {"council": council, "kind": wanted.kind or "", "since": wanted.since or ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    html.ways([html.link("Take it away as a table (CSV)", f"/security-log.csv?{query}")])
    html.quiet(
        "The table has every entry of that kind and time, whoever it is of, and nothing typed."
    )


def _entry(one: LogLine) -> html.Row:
    alert = frame.to_alert(one.reference) if one.reference else "–"
    what = f"{one.did}: {one.which}" if one.which else one.did
    return in_full(one.at), one.who, what, alert, one.typed or "–"


def settings(found: Sequence[tuple[str, str]]) -> None:
    html.table("What is set", ("Setting", "Set to"), found)
