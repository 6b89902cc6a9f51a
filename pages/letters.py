"""Letters that did not arrive: what, to whom, why not, and sending them again."""

import streamlit as st

from practice_alerts.casework import letters
from practice_alerts.ui import letter_lines, office_form, session, show

here, actor = session.office(), session.actor()
found = letters.not_arrived(here, actor)
show.title("Letters that did not arrive")
office_form.done_lately()
if found:
    show.lead(
        f"{len(found)} {'letter has' if len(found) == 1 else 'letters have'} been given up."
        " Nobody gets them until you mend the cause and send them again."
    )
else:
    show.lead("Every letter has gone out, or is still being tried.")
st.write(
    "A letter is tried for most of a day and then left here; one that the mail server refuses for good"
    " comes here at once. It goes to the address that the directory holds when it is sent."
)
letter_lines.lines(found)
