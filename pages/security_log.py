"""The security log: who signed in, looked, searched, took away and was refused."""

import streamlit as st

from practice_alerts.casework.views import security_log as casework
from practice_alerts.ui.office import auditing
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.as_written import as_written

here, actor = session.office(), session.actor()
html.title("Security log")
days = here.settings.kept_for.typed
st.write(
    as_written(
        "Who signed in, opened alerts and answer pages, was handed documents, searched, read or queried the log, took"
        f" lists away, and was refused. It is only ever added to. What was typed stands here for {days} days and is then"
        " destroyed; the rest stays."
    )
)
wanted = auditing.narrowed(here.today)
auditing.entries(casework.read(here, actor, wanted), wanted, actor.council)
