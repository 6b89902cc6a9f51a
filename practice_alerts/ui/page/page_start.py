"""Where a new screen begins, for whoever does not see that it is new.

Streamlit changes a page in place: the window stays scrolled where the button was, and nothing is read
out. A screen that changes its name is taken for a new one by static/app.js, which goes to its top.
"""

import streamlit as st
from markupsafe import Markup

from practice_alerts.ui.page import html

_TIMES = "practice_alerts.arrivals"


def arrive() -> None:
    """What is shown next is a new screen, although the address stays the same."""
    st.session_state[_TIMES] = int(st.session_state.get(_TIMES, 0)) + 1


def say_where(page: str) -> None:
    """Name the screen for the script, once at the end of each run. Nothing typed belongs in the name."""
    mark = Markup(
        '<i hidden data-pa-screen="{}-{}"></i><script type="module" src="/static/app.js"></script>'
    )
    html.html(mark.format(page, st.session_state.get(_TIMES, 0)), with_script=True)
