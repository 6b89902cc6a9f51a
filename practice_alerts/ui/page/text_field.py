"""A text field that keeps what is typed: it goes to the server a second after the last key.

Streamlit's own fields send only when they are left, so that a refresh or a restart loses a long
answer. The browser's half lies in saving_text/, in files because the content security policy
refuses scripts that Streamlit would make out of text.

What somebody types wins over the caller's `value` until that has caught up with it; from then on a
changed `value` is shown, unless they type again. So a text stands whichever run of the page is cut
short by the next, and a page may still empty a field.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from practice_alerts.domain.dates import HOW_TO_TYPE_A_DAY, as_answer, as_typed
from practice_alerts.domain.text import sentences

# "practice-alerts" is the project's name in pyproject.toml, where the folder of the files is named too.
_mount = st.components.v2.component(
    "practice-alerts.saving_text",
    js="saving_text.js",
    css="saving_text.css",
    isolate_styles=False,  # links from a summary of errors lead to a field only outside a shadow tree
)

_SETTLED = "practice_alerts.saving_text.settled"  # in the session: stamp by key
# A whole report pasted by mistake is kept until it has been shortened; more than that nobody types.
_LONGEST, _LONGEST_STAMP = 1_100_000, 100
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")  # no database keeps these


@dataclass(frozen=True, slots=True)
class _Typed:
    """What the browser sent last. `stamp` names this state of this field and comes back to it."""

    text: str
    stamp: str


def saving_text(  # noqa: PLR0913 - a field has this many sides, and all but two are named
    label: str,
    value: str,
    *,
    key: str,
    lines: int = 1,
    hint: str = "",
    error: str = "",
    most: int | None = None,
    required: bool = False,
    offers: Sequence[str] = (),
    means: Callable[[str], str] = str,
    save: Callable[[str], None] | None = None,
) -> str:
    """Show the field and give its text as it stands now, longer than `most` if they typed more.

    `value` is what the server holds; what is typed belongs to the `key`, draft and all. `save` gets the text
    before the page runs, perhaps again: with it no click away and no other window loses anything. Of `offers`
    one may be chosen. `means`: what a text amounts to where several are written for one; it stays as typed.
    """
    key = key.replace(
        "__", "_."
    )  # Streamlit takes no two side by side, and ids of before may hold them
    look = {"label": label, "lines": lines, "hint": hint, "error": error, "most": most}
    value = _as_written(key, value, means)
    state = _state(key, value)
    data = look | {"required": required, "offers": list(offers)} | state
    shown = _mount(key=key, data=data, on_typed_change=partial(_came_in, key, save))
    return _told(save, value, _stands(value, _typed(shown), state["settled"]))


def _told(save: Callable[[str], None] | None, value: str, text: str) -> str:
    if save is not None and text != value:
        save(text)
    return text


def _as_written(key: str, value: str, means: Callable[[str], str]) -> str:
    """The server's text as it stands in the field, where that is another way of writing it."""
    typed = _typed(st.session_state.get(key))
    is_same = typed is not None and means(typed.text) == means(value)
    return typed.text if typed is not None and is_same else value


def saving_day(label: str, kept: str, *, key: str, hint: str = "", **more: Any) -> str:
    """The same for a day, typed in figures or words: as year-month-day, or as typed where it is no day."""
    hints = sentences((hint, HOW_TO_TYPE_A_DAY))
    value = as_typed(kept)
    return as_answer(saving_text(label, value, key=key, hint=hints, means=as_answer, **more))


def _came_in(key: str, save: Callable[[str], None] | None) -> None:
    typed = _typed(st.session_state.get(key))
    if save is not None and typed is not None:
        save(typed.text)


def field_id(key: str) -> str:
    """The field's id in the page, so that a summary of errors can link to it."""
    return "field-" + re.sub(r"[^A-Za-z0-9-]", "-", key)


def _state(key: str, value: str) -> dict[str, str]:
    """What the browser is told of the text; `settled` names the last that `value` caught up with."""
    settled: dict[str, str] = st.session_state.setdefault(_SETTLED, {})
    # Known before the field is shown, but for the first run after a restart of the server.
    typed = _typed(st.session_state.get(key))
    if typed is not None and typed.text == value:
        settled[key] = typed.stamp
    return {
        "id": field_id(key),
        "key": key,
        "value": _stands(value, typed, settled.get(key, "")),
        "seen": typed.stamp if typed else "",
        "settled": settled.get(key, ""),
    }


def _stands(value: str, typed: _Typed | None, settled: str) -> str:
    return value if typed is None or typed.stamp == settled else typed.text


def _typed(state: Any) -> _Typed | None:
    """Read the component's state, which is whatever a browser cares to send."""
    sent = state.get("typed") if isinstance(state, dict) else None
    if not isinstance(sent, dict):
        return None
    text, stamp = sent.get("text"), sent.get("stamp")
    if not isinstance(text, str) or not isinstance(stamp, str):
        return None
    text = text[:_LONGEST]
    return _Typed(_NOT_TEXT.sub("\N{REPLACEMENT CHARACTER}", text), stamp[:_LONGEST_STAMP])
