"""A page in two pieces, of which the browser is told nothing while the file `kept back` lies beside it."""

import os
import time
from pathlib import Path
from typing import Any

import streamlit as st  # noqa: TID251 - a page
from streamlit.runtime.app_session import AppSession  # noqa: TID251 - what tells the browser

from practice_alerts.ui.page.question import piece

KEPT_BACK = Path(os.environ["KEPT"]) / "kept back"

if not hasattr(AppSession, "told_at_once"):
    AppSession.told_at_once = AppSession.flush_browser_queue  # type: ignore[attr-defined]

    def tell(self: Any) -> Any:
        return [] if KEPT_BACK.exists() else self.told_at_once()

    AppSession.flush_browser_queue = tell  # type: ignore[method-assign]


def ask(question: str) -> None:
    ticked = st.checkbox(question)
    if not st.session_state["whole"]:
        st.write(f"{question}: answered {ticked}")
        KEPT_BACK.unlink(
            missing_ok=True
        )  # it has run again before the browser was told of the page


if st.button("Draw it all"):
    KEPT_BACK.touch()
    time.sleep(1)  # so that somebody can answer meanwhile
st.session_state["whole"] = True
for question in ("First question", "Second question"):
    piece(ask, question)
st.session_state["whole"] = False
st.button("Go on")
