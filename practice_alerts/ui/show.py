"""Small pieces of HTML, everything that somebody typed escaped. No script, no picture, no address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape

import streamlit as st

from practice_alerts import PACKAGE

PRODUCT = "Practice alerts"

_OURS = PACKAGE / "ui" / "app.css"
_SHARED = PACKAGE / "web" / "static"


@lru_cache
def _rules() -> str:
    """The colours and the header that every face shares, then the app's own rules."""
    sheets = (_SHARED / "look.css", _SHARED / "header.css", _OURS)
    return f"<style>{''.join(sheet.read_text('utf-8') for sheet in sheets)}</style>"


def style() -> None:
    """Our own rules, once a page."""
    st.html(_rules())


def title(words: str, *, tab: str = "") -> None:
    """The screen's one main heading; the browser's tab says it too, or what `tab` says instead."""
    st.set_page_config(page_title=f"{tab or words} – {PRODUCT}")
    st.html(f"<h1>{escape(words)}</h1>")


def heading(words: str, *, level: int = 2, anchor: str = "", begins: bool = False) -> None:
    """A heading below the main one. `begins`: whoever asked for what follows is taken to it."""
    name = f' id="{escape(anchor, quote=True)}"' if anchor else ""
    mark = ' class="pa-begin"' if begins else ""
    st.html(f"<h{level}{name}{mark}>{escape(words)}</h{level}>")


def facts(pairs: Iterable[tuple[str, str]], *, look: str = "") -> None:
    """Questions and answers, one under the other; with the look "pa-clocks" side by side."""
    rows = "".join(
        f'<div><dt>{escape(label)}</dt><dd dir="auto">{escape(words)}</dd></div>'
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


def told(title: str, texts: Iterable[str] = ()) -> None:
    """Something to know before going on: a title and sentences, in a box."""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    sentences = f"<ul>{items}</ul>" if items else ""
    st.html(f'<div class="pa-told" role="status"><h2>{escape(title)}</h2>{sentences}</div>')


def examples(texts: Iterable[str]) -> None:
    """What else falls under the choice above."""
    st.html(f'<p class="pa-examples">For example: {escape("; ".join(texts))}</p>')


def bullets(texts: Iterable[str], title: str = "") -> None:
    """Sentences one below the other, under a title where there is one; nothing for none."""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    if items:
        head = f"<p><strong>{escape(title)}</strong></p>" if title else ""
        st.html(f'{head}<ul class="pa-list">{items}</ul>')


def done(text: str) -> None:
    """An act has been done: said at the top, and read out."""
    st.html(f'<p class="pa-done" role="status">{escape(text)}</p>')


def state(words: str, tone: str) -> str:
    """A word in a box; the colour only repeats what the word says. Tones: good, due, late, hold, plain."""
    return f'<span class="pa-state pa-{tone}">{escape(words)}</span>'


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A plain table that a screen reader reads row by row; it scrolls by itself where it is wide."""
    html_table(caption, heads, ([escape(cell) for cell in row] for row in rows))


def html_table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """The same with cells that are HTML already: links and states, made here.

    On a telephone each row becomes a card. The roles say that it is a table all the same, because
    browsers forget it when cells are laid out as anything else.
    """
    top = "".join(f'<th scope="col" role="columnheader">{escape(head)}</th>' for head in heads)
    body = "".join(f'<tr role="row">{_cells(heads, row)}</tr>' for row in rows)
    st.html(
        f'<div class="pa-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _cells(heads: Sequence[str], row: Sequence[str]) -> str:
    first, *others = row
    return f'<th scope="row" role="rowheader">{first}</th>' + "".join(
        f'<td role="cell" data-head="{escape(head)}">{cell}</td>'
        for head, cell in zip(heads[1:], others, strict=True)
        if cell or head
    )


def faults(found: Iterable[tuple[str, str]], *, level: int = 2) -> None:
    """What to put right, each as the id of its field ("" where there is none) and a sentence.

    `level` of the heading: one below that of what is to be put right.
    """
    items = "".join(
        f'<li><a href="#{escape(field, quote=True)}">{escape(sentence)}</a></li>'
        if field
        else f"<li>{escape(sentence)}</li>"
        for field, sentence in found
    )
    if items:
        st.html(
            f'<div class="pa-faults" role="alert"><h{level}>There is something to put right</h{level}>'
            f"<ul>{items}</ul></div>"
        )


def link(words: str, address: str) -> str:
    """A link to one of our own addresses outside the app."""
    return f'<a href="{escape(address, quote=True)}" target="_self">{escape(words)}</a>'
