"""A page of whose runs the last moment lasts, so that a press can come while one is at its end."""

import time
from typing import Any

import streamlit as st  # noqa: TID251 - a page
from streamlit.runtime.state import SafeSessionState  # noqa: TID251 - where the moment is

SECONDS = 1.0

if not hasattr(SafeSessionState, "ended_at_once"):
    SafeSessionState.ended_at_once = SafeSessionState.on_script_finished  # type: ignore[attr-defined]

    def end_slowly(self: Any, *widgets: Any, **how: Any) -> None:
        time.sleep(SECONDS)
        self.ended_at_once(*widgets, **how)

    SafeSessionState.on_script_finished = end_slowly  # type: ignore[method-assign]

words = st.text_input("Words")
time.sleep(SECONDS)
if st.button("Count"):
    st.session_state["pressed"] = st.session_state.get("pressed", 0) + 1
st.write(f"Pressed {st.session_state.get('pressed', 0)} times. Heard {words!r}.")
