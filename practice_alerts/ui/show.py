"""Small pieces of HTML, everything that somebody typed escaped. No script, no picture, no address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

import streamlit as st

from practice_alerts.office import ROOT

_STYLE = Path(__file__).parent / "app.css"
_LOOK = ROOT / "practice_alerts" / "web" / "static" / "look.css"


@lru_cache
def _rules() -> str:
    """The colours that every face shares, then the app's own rules."""
    return f"<style>{_LOOK.read_text('utf-8')}\n{_STYLE.read_text('utf-8')}</style>"


def style() -> None:
    """Our own rules, once a page."""
    st.html(_rules())


def facts(pairs: Iterable[tuple[str, str]], *, look: str = "") -> None:
    """Questions and answers, one under the other; with the look "pa-clocks" side by side."""
    rows = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(words)}</dd></div>"
        for label, words in pairs
        if words
    )
    if rows:
        st.html(f'<dl class="pa-facts {look}">{rows}</dl>')


def said(text: str) -> None:
    """What somebody typed, line for line."""
    if text:
        st.html(f'<p class="pa-said" dir="auto">{escape(text)}</p>')


def lead(text: str) -> None:
    """The one sentence that matters most on the screen."""
    st.html(f'<p class="pa-lead">{escape(text)}</p>')


def quiet(text: str) -> None:
    st.html(f'<p class="pa-quiet">{escape(text)}</p>')


def state(words: str, tone: str) -> str:
    """A word in a box; the colour only repeats what the word says. Tones: good, due, late, hold, plain."""
    return f'<span class="pa-state pa-{tone}">{escape(words)}</span>'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A plain table that a screen reader reads row by row; it scrolls by itself where it is wide."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{escape(cell)}</th>' if place == 0 else f"<td>{escape(cell)}</td>"
            for place, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    st.html(
        f'<div class="pa-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def faults(sentences: Iterable[str]) -> None:
    """What to put right, at the top of the screen, announced at once."""
    items = "".join(f"<li>{escape(one)}</li>" for one in sentences)
    if items:
        st.html(
            '<div class="pa-faults" role="alert"><h2>There is something to put right</h2>'
            f"<ul>{items}</ul></div>"
        )


def link(words: str, address: str) -> str:
    """A link to one of our own addresses outside the app."""
    return f'<a href="{escape(address, quote=True)}" target="_self">{escape(words)}</a>'
