"""A question above one of Streamlit's own fields: label, hint and error in our words.

Streamlit shows hints only to a mouse and knows no errors. Here they stand in the page, and
static/app.js ties them to the field for a screen reader. Text has a field of its own: saving_text.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

import streamlit as st

from practice_alerts.ui.saving_text import field_id


@contextmanager
def asking(label: str, key: str, *, hint: str = "", error: str = "") -> Iterator[None]:
    """Ask; the field comes inside, with the same label and `label_visibility="collapsed"`.

    Several boxes to tick inside make one group. `key` as for saving_text; links from a summary of
    errors lead to `field_id(key)`.
    """
    name = field_id(key)
    parts = [f'<p class="pa-label" id="{name}">{escape(label)}</p>']
    if hint:
        parts.append(f'<p class="pa-hint" id="{name}-hint">{escape(hint)}</p>')
    if error:
        words = f'<span class="pa-unseen">Error: </span>{escape(error)}'
        parts.append(f'<p class="pa-fault" id="{name}-error">{words}</p>')
    with st.container(key=f"pa-field-{key}", gap=None):
        st.html("".join(parts))
        yield
