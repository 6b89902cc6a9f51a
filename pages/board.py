"""The board: is the service in time, and what comes of its alerts?"""

import streamlit as st

from practice_alerts.casework import board as casework
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.text import small
from practice_alerts.ui import board_tables, service_table, session, show

here, actor = session.office(), session.actor()
board = casework.board(here, actor)
show.title("The board")
st.write(
    "Is the service in time, and what comes of its alerts? How many there are says neither: more alerts are"
    " a sign that somebody is looking, so no team, post or person is ranked by them."
)

show.heading("Open now")
board_tables.stages(board)
service_table.limits(board.limits)
show.heading("Without an answer longest")
board_tables.longest(board)

figures = board.figures
if figures is None:
    show.quiet("The alert log of this council is being made. Look again in a minute.")
    st.stop()
since = f"Since {in_full(board.since)}"
show.heading("Answers in time")
show.quiet(f"{since}, from the alert log.")
board_tables.answers(figures)
show.heading("What came of them")
show.quiet(f"Closed {small(since)}, from the alert log.")
board_tables.endings(figures)
show.heading("Ways out of the authority")
show.quiet(f"{since}, from the alert log.")
board_tables.ways_out(figures)

show.heading("Before you pass a figure on")
show.quiet(
    "These figures are exact, for those who may see the alerts behind them. A number below five may point to"
    " one child: outside the service, say fewer than five."
)
