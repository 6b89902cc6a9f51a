"""A question above one of Streamlit's own fields: label, hint and error in our words.

Streamlit shows hints only to a mouse and knows no errors. Here they stand in the page, and
static/app.js ties them to the field for a screen reader. Text has a field of its own: saving_text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st
from markupsafe import Markup

from practice_alerts.domain.text import told_apart
from practice_alerts.ui.page import html
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.text_field import field_id


@contextmanager
def asking(label: str, key: str, *, hint: str = "", error: str = "") -> Iterator[None]:
    """Ask; the field comes inside, with the same label and `label_visibility="collapsed"`.

    Several boxes to tick inside make one group. `key` as for saving_text; links from a summary of
    errors lead to `field_id(key)`.
    """
    name = field_id(key)
    above = Markup('<p class="pa-label" id="{}">{}</p>').format(name, label)
    if hint:
        above += Markup('<p class="pa-hint" id="{}-hint">{}</p>').format(name, hint)
    if error:
        words = html.unseen("Error: ") + error
        above += Markup('<p class="pa-fault" id="{}-error">{}</p>').format(name, words)
    with st.container(key=f"pa-field-{key}", gap=None):
        html.html(above)
        yield


def piece(show: Callable[..., None], *of: object) -> None:
    """A piece of the page that runs again by itself, as `show(*of)`, when somebody answers in it.

    It lies in a place of its own. Where a piece runs again before the browser was told what the whole page has
    drawn in it, Streamlit takes the piece out, moves up what follows, and draws it anew over what has moved up: a
    question or a button was gone. In a place of its own nothing follows it.
    """
    with st.container():
        st.fragment(show)(*of)


def choices_shown(widget: object) -> Callable[[str], str]:
    """How its choices are written: a radio alone reads them as Markdown."""
    return as_written if widget is st.radio else str


def choose(
    widget: Callable[..., Any],
    label: str,
    key: str,
    options: Mapping[str, str],
    *,
    hint: str = "",
    error: str = "",
    **more: Any,
) -> Any:
    """Ask by a field of Streamlit's which of these, named and in words; `more` is told to the field.

    Streamlit knows a choice again by its words: of two in the same words it would take the first.
    """
    words = told_apart(options)
    shown = choices_shown(widget)
    with asking(label, key, hint=hint, error=error):
        return widget(
            label,
            list(options),
            format_func=lambda name: shown(str(words.get(name, name))),
            key=key,
            label_visibility="collapsed",
            **more,
        )


def place_of(kept: object, options: Iterable[str], begins: int | None = 0) -> int | None:
    """Where what is kept stands among the choices; `begins` where it is none of them."""
    names = list(options)
    return names.index(kept) if kept in names else begins
