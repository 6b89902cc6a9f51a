"""The overview: is the service in time, and what comes of its alerts?"""

import streamlit as st

from practice_alerts.casework.views import overview as casework
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.text import capital
from practice_alerts.ui.lists import overview_tables, service_table
from practice_alerts.ui.page import html, session

here, actor = session.office(), session.actor()
overview = casework.overview(here, actor)
html.title("Overview")
st.write(
    "Is the service in time, and what comes of its alerts? How many there are says neither: more alerts are"
    " a sign that somebody is looking, so no team, post or person is ranked by them."
)
if may_run(actor, OfficeAct.READ_LOG, actor.council):
    html.ways(
        [
            html.link("The alert log, a row for each alert", f"/log/{actor.council}"),
            html.link("Reports, to be passed on", f"/reports/{actor.council}"),
        ]
    )

html.heading("Open now")
overview_tables.stages(overview)
service_table.limits(overview.limits, leads=overview.leads)
service_table.restricted(overview.restricted)
html.heading("Without an answer longest")
overview_tables.longest(overview)

figures = overview.figures
if figures is None:
    html.quiet("The alert log of this council is being made. Look again in a minute.")
    st.stop()
since = f"since {in_full(overview.since)}"
html.heading("In time?")
html.quiet(f"{capital(since)}, concerns only, from the alert log.")
overview_tables.kept(figures)
html.heading("What came of them")
html.quiet(f"Closed {since}, from the alert log.")
overview_tables.endings(figures)
html.heading("Ways out of the authority")
html.quiet(f"{capital(since)}, from the alert log.")
overview_tables.ways_out(figures)

html.heading("Before you pass a figure on")
html.quiet(
    "These figures are exact, for those who may see the alerts behind them. A number below five may point to"
    " one child: outside the service, pass on the annual report for publication, whose numbers are rounded."
)
