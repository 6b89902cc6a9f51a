"""E-mails that did not arrive: what, to whom, why not, and sending them again."""

import streamlit as st

from practice_alerts.casework.jobs import undelivered
from practice_alerts.ui.office import office_act, undelivered_list
from practice_alerts.ui.page import html, session

here, actor = session.office(), session.actor()
found = undelivered.not_arrived(here, actor)
html.title("E-mails that did not arrive")
office_act.done_lately()
if found:
    html.lead(
        f"{len(found)} {'e-mail has' if len(found) == 1 else 'e-mails have'} been given up."
        " Nobody gets them until you mend the cause and send them again."
    )
else:
    html.lead("Every e-mail has gone out, or is still being tried.")
st.write(
    "An e-mail is tried for as long as the mail server is away. It comes here once its reader is refused for"
    " good while others are not. It goes to the address that the directory holds when it is sent."
)
undelivered_list.lines(found)
