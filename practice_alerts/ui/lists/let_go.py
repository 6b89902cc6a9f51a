"""Readers of open alerts whom the rules would not let in today, with one press for each alert."""

import streamlit as st

from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.casework.views import wrong_readers
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.errors import ToldPlainly
from practice_alerts.office import Office
from practice_alerts.ui.page import html
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.who_gets_it import named

_WHY = (
    "These alerts were raised before this product told apart who is meant. Whoever is named here got the"
    " alert, and neither its form nor the procedure means them. Let go, they keep what they were asked."
)


def ask(here: Office, actor: Actor) -> None:
    """Nothing where nobody reads what they should not."""
    found = wrong_readers.wrongly_let_in(here, actor)
    if not found:
        return
    html.heading("Readers to look at")
    st.write(_WHY)
    for one in found:
        names = ", ".join(named(person) for person in one.people)
        with st.container(horizontal=True, vertical_alignment="center"):
            html.paragraph(f"{one.reference}: {names}", width="content")
            if st.button(as_written(f"Let go: {one.reference}"), key=f"let-go-{one.alert_id}"):
                _let_go(here, actor, one)


def _let_go(here: Office, actor: Actor, one: wrong_readers.WronglyLetIn) -> None:
    try:
        wrong_readers.let_go(here, one.alert_id, Doing(actor, new_act_key(), one.version))
    except ToldPlainly as error:
        html.faults([("", str(error))])
    else:
        st.rerun()
