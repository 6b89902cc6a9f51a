"""A page with somebody's words in whatever Streamlit would read as Markdown."""

import json
import os
from pathlib import Path

import streamlit as st  # noqa: TID251 - a page
from markupsafe import Markup

from practice_alerts.ui.page import html
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.question import choose

WORDS = json.loads((Path(os.environ["KEPT"]) / "words.json").read_text("utf-8"))

html.html(Markup('<script type="module" src="/static/app.js"></script>'), with_script=True)
for place, typed in enumerate(WORDS):
    with st.container(key=f"words-{place}"):
        st.checkbox(as_written(typed), key=f"box-{place}")
        st.button(as_written(typed), key=f"button-{place}")
        with st.expander(as_written(typed)):
            st.text("inside")
        st.warning(as_written(typed))
        choose(st.radio, "Which", f"which-{place}", {"typed": typed, "other": "other"})
html.title("All is drawn")
