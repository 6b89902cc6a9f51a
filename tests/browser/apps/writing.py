"""A page of saving fields over a folder of texts, for the tests of the field alone."""

import os
import time
from functools import partial
from pathlib import Path

import streamlit as st  # noqa: TID251 - a page

from practice_alerts.ui.page.text_field import field_id, saving_text

KEPT = Path(os.environ["KEPT"])


def folder() -> Path:
    """Each test has its own, because a window that closes still sends what was typed in it."""
    name = st.query_params.get("in") or st.session_state["in"]
    st.session_state["in"] = name
    return KEPT / name


def kept(name: str) -> str:
    path = folder() / name
    return path.read_bytes().decode("utf-8") if path.exists() else ""


def keep(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def concern() -> str:
    """A field whose text the page keeps when it has run as far as here."""
    text = saving_text(
        "What is the concern?",
        kept("concern"),
        key="concern",
        lines=6,
        hint="Say what has happened.",
        required=True,
    )
    time.sleep(float(kept("slow") or 0))
    keep(folder() / "concern", text)
    return text


def summary() -> None:
    """A field whose text is kept before the page runs."""
    if st.button("Clear the summary"):
        keep(folder() / "summary", "")
    is_wrong = kept("summary") == "wrong"
    if is_wrong:
        st.markdown(f"[Say more](#{field_id('summary')})")
    saving_text(
        "Summary for the log",
        kept("summary"),
        key="summary",
        hint="In one line, without names.",
        error="Say more about it" if is_wrong else "",
        most=50,
        save=partial(keep, folder() / "summary"),
    )


def writing() -> None:
    time.sleep(float(kept("late") or 0))
    st.title("Writing")
    text = concern()
    summary()
    st.write(f"The server has {len(text):,} characters")
    if st.button("Send"):
        keep(folder() / "sent", text)


def other() -> None:
    st.title("Another page")


st.navigation([st.Page(writing, default=True), st.Page(other)]).run()
