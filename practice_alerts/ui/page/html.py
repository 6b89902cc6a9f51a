"""Small pieces of HTML, and the only place that puts any into a page. No script of ours stands in them.

A piece is Markup: what is put into it is escaped by its type, so that nobody can forget to. Whatever is a
plain str is taken for words that somebody typed.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal
from urllib.parse import quote

import streamlit as st
from markupsafe import Markup
from streamlit.delta_generator import DeltaGenerator

from practice_alerts import PACKAGE

PRODUCT = "Practice alerts"

_OURS = PACKAGE / "ui" / "app.css"
_SHARED = PACKAGE / "web" / "static"

Width = Literal["stretch", "content"]
Row = Sequence[str]
"""The cells of a table, each words or a piece."""


def html(piece: Markup, *, width: Width = "stretch", with_script: bool = False) -> None:
    """Put a piece into the page. Raises TypeError for a str, which nobody has escaped."""
    if not isinstance(piece, Markup):
        raise TypeError(f"HTML is Markup, which escapes what is put into it, not {type(piece)}")
    st.html(piece, width=width, unsafe_allow_javascript=with_script)


@lru_cache
def _rules() -> Markup:
    """The colours and the header that every face shares, then the app's own rules."""
    sheets = (_SHARED / "look.css", _SHARED / "header.css", _OURS)
    rules = "".join(sheet.read_text("utf-8") for sheet in sheets)
    return Markup("<style>{}</style>").format(Markup(rules))  # noqa: S704 - files of our own


def style() -> None:
    """Our own rules, once a page."""
    html(_rules())


def title(words: str, *, tab: str = "") -> None:
    """The screen's one main heading; the browser's tab says it too, or what `tab` says instead."""
    st.set_page_config(page_title=f"{tab or words} – {PRODUCT}")
    html(Markup("<h1>{}</h1>").format(words))


def heading(words: str, *, level: int = 2, anchor: str = "", begins: bool = False) -> None:
    """A heading below the main one. `begins`: whoever asked for what follows is taken to it."""
    name = Markup(' id="{}"').format(anchor) if anchor else ""
    look = _look("pa-begin" if begins else "")
    html(Markup("<h{0}{1}{2}>{3}</h{0}>").format(level, name, look, words))


def _look(name: str) -> Markup:
    return Markup(' class="{}"').format(name) if name else Markup()


def side_by_side() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Places for the buttons "back" and "on", side by side where there is room."""
    row = st.container(horizontal=True)
    return row.container(width="content"), row.container(width="content")


def paragraph(words: str, look: str = "", *, width: Width = "stretch") -> None:
    html(Markup("<p{}>{}</p>").format(_look(look), words), width=width)


def lead(words: str) -> None:
    """The one sentence that matters most on the screen."""
    paragraph(words, "pa-lead")


def quiet(words: str, *, width: Width = "stretch") -> None:
    paragraph(words, "pa-quiet", width=width)


def ways(links: Iterable[str], *, width: Width = "stretch") -> None:
    """Links, side by side where there is room."""
    paragraph(Markup(" ").join(links), "pa-ways", width=width)


def said(text: str) -> None:
    """What somebody typed, line for line."""
    if text:
        html(Markup('<p class="pa-said" dir="auto">{}</p>').format(text))


def done(text: str) -> None:
    """An act has been done: said at the top, and read out."""
    html(Markup('<p class="pa-done" role="status">{}</p>').format(text))


def facts(pairs: Iterable[tuple[str, str]], *, look: str = "") -> None:
    """Questions and answers, one under the other; with the look "pa-clocks" side by side."""
    row = Markup('<div><dt>{}</dt><dd dir="auto">{}</dd></div>')
    rows = Markup().join(row.format(*pair) for pair in pairs if pair[1])
    if rows:
        html(Markup('<dl class="pa-facts {}">{}</dl>').format(look, rows))


def listed(items: Iterable[str], look: str = "") -> Markup:
    """One below the other; nothing for none."""
    inside = Markup().join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<ul{}>{}</ul>").format(_look(look), inside) if inside else inside


def bullets(items: Iterable[str], title: str = "", *, look: str = "pa-list") -> None:
    """Sentences one below the other, under a title where there is one; nothing for none."""
    if found := listed(items, look):
        head = Markup("<p><strong>{}</strong></p>").format(title) if title else ""
        html(Markup("{}{}").format(head, found))


def told(title: str, texts: Iterable[str] = ()) -> None:
    """Something to know before going on: a title and sentences, in a box."""
    box = Markup('<div class="pa-told" role="status"><h2>{}</h2>{}</div>')
    html(box.format(title, listed(texts)))


def faults(found: Iterable[tuple[str, str]], *, level: int = 2) -> None:
    """What to put right, each as the id of its field ("" where there is none) and a sentence.

    `level` of the heading: one below that of what is to be put right.
    """
    way = Markup('<a href="#{}">{}</a>')
    if items := listed(way.format(name, fault) if name else fault for name, fault in found):
        title = Markup("<h{0}>There is something to put right</h{0}>").format(level)
        html(Markup('<div class="pa-faults" role="alert">{}{}</div>').format(title, items))


def table(caption: str, heads: Sequence[str], rows: Iterable[Row], *, none: str = "") -> None:
    """A plain table that a screen reader reads row by row; `none` says that there are no rows.

    On a telephone each row becomes a card. The roles say that it is a table all the same, because
    browsers forget it when cells are laid out as anything else.
    """
    top = Markup().join(map(Markup('<th scope="col" role="columnheader">{}</th>').format, heads))
    body = Markup().join(_row(heads, row) for row in rows)
    if none and not body:
        quiet(none)
        return
    whole = Markup(
        '<div class="pa-scroll" tabindex="0" role="region" aria-label="{0}">'
        '<table role="table"><caption>{0}</caption>'
        '<thead role="rowgroup"><tr role="row">{1}</tr></thead>'
        '<tbody role="rowgroup">{2}</tbody></table></div>'
    )
    html(whole.format(caption, top, body))


def _row(heads: Sequence[str], row: Row) -> Markup:
    first, *others = row
    cell = Markup('<td role="cell" data-head="{}">{}</td>')
    cells = (cell.format(*one) for one in zip(heads[1:], others, strict=True) if any(one))
    top = Markup('<th scope="row" role="rowheader">{}</th>').format(first)
    return Markup('<tr role="row">{}{}</tr>').format(top, Markup().join(cells))


def lines(*pieces: str) -> Markup:
    """Pieces one below the other, those that are empty left out."""
    return Markup("<br>").join(filter(None, pieces))


def state(words: str, tone: str) -> Markup:
    """A word in a box; the colour only repeats what the word says. Tones: good, due, late, hold, plain."""
    return Markup('<span class="pa-state pa-{}">{}</span>').format(tone, words)


def aside(words: str) -> Markup:
    """Words of less weight; nothing for none."""
    return Markup('<span class="pa-quiet">{}</span>').format(words) if words else Markup()


def unseen(words: str) -> Markup:
    """Words that are heard and not seen, because the page shows them by where they stand."""
    return Markup('<span class="pa-unseen">{}</span>').format(words)


def mail_link(words: str, address: str) -> Markup:
    """A link that begins an e-mail, to nobody else and with nothing in it."""
    to = quote(address, safe="@")
    return Markup('<a href="mailto:{}">{}</a>').format(to, words)


def link(words: str, address: str, look: str = "") -> Markup:
    """A link to one of our own addresses outside the app; with the look "pa-button" a button."""
    way = Markup('<a{} href="{}" target="_self">{}</a>')
    return way.format(_look(look), address, words)
