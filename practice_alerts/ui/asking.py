"""A question above one of Streamlit's own fields: label, hint and error in our words.

Streamlit shows hints only to a mouse and knows no errors. Here they stand in the page, and
static/app.js ties them to the field for a screen reader. Text has a field of its own: saving_text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from markupsafe import Markup

from practice_alerts.ui import show
from practice_alerts.ui.saving_text import field_id


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
        words = show.unseen("Error: ") + error
        above += Markup('<p class="pa-fault" id="{}-error">{}</p>').format(name, words)
    with st.container(key=f"pa-field-{key}", gap=None):
        show.html(above)
        yield
