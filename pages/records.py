"""The records: what falls due to be destroyed, what holds it up, and what is gone."""

import streamlit as st

from practice_alerts.casework.directory import destruction_certificate, record_keeping, redaction
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.ui.office import office_act
from practice_alerts.ui.page import frame, html, session
from practice_alerts.ui.records import records_screen, take_out_screen

here, actor = session.office(), session.actor()
council = actor.council
keeps = may_run(actor, OfficeAct.KEEP_RECORDS, council)

redacts = may_run(actor, OfficeAct.REDACT, council)
act = st.query_params.get("act", "")
acts = records_screen.acts()
if act in acts:
    of = take_out_screen.come_from()  # what was begun about another alert stays with that one
    about = f"{act}:{of}" if of else act
    screen = office_act.for_whom(records_screen.takes(act), acts[act])
    office_act.act_form(screen, about, frame.RECORDS, "Records", back={})

found = record_keeping.of_council(here, actor, council)
html.title("Records")
office_act.done_lately()
asked = redaction.of_council(here, actor, council)
take_out_screen.to_take_out(asked, carries_out=redacts)
st.write(
    "Closed alerts by how long they are kept. Records of looked-after children are kept until the 75th birthday, or"
    " 15 years from a death before 18; others as the council's file says. The longest wins, and nothing is guessed."
)
if keeps:
    records_screen.ways_of_keeping()
if redacts:
    html.heading("What is written")  # above the lists, which are long
    records_screen.ways_of_writing(keeps=keeps)
confirms = may_run(actor, OfficeAct.CONFIRM_DESTRUCTION, council)
waits = destruction_certificate.proposed(here, actor, council)
records_screen.waiting(waits, confirms=confirms)
records_screen.records(found)
take_out_screen.redactions(asked, council)
records_screen.destroyed(destruction_certificate.every(here, actor, council), council)
