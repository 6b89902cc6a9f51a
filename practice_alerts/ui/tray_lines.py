"""Alerts in a list: what stands, what to do next and why, in one sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from practice_alerts.casework.seeing import InTray, Tray
from practice_alerts.domain.clock_lines import days_left, working_days
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.standing import Standing, Where
from practice_alerts.ui import frame, session, show

_TONES = {
    Standing.WAITING: "plain",
    Standing.NO_ANSWER: "late",
    Standing.TO_JUDGE: "due",
    Standing.TO_ESCALATE: "due",
    Standing.ON_HOLD: "hold",
    Standing.HOLD_ENDED: "due",
    Standing.PUT_RIGHT: "good",
    Standing.SENT: "plain",
    Standing.CLOSED: "good",
}


def counts(tray: Tray) -> None:
    """How much there is, each number a link to what it counts."""
    parts = (
        (len(tray.needs_you), "need you", "needs-you"),
        (len(tray.to_answer), "for you to answer", "for-you-to-answer"),
        (len(tray.waiting), "waiting on others", "waiting-on-others"),
        (len(tray.on_hold), "on hold", "on-hold"),
    )
    items = "".join(
        f'<li><a href="#{anchor}" target="_self"><strong>{number}</strong> {words}</a></li>'
        for number, words, anchor in parts
        if number
    )
    st.html(f'<ul class="pa-counts">{items}</ul>')


def lines(title: str, alerts: Iterable[InTray], *, nothing: str = "") -> None:
    """One part of the tray under its heading; left out when empty and nothing is to be said then."""
    alerts = tuple(alerts)
    if not alerts and not nothing:
        return
    anchor = title.lower().replace(" ", "-")
    st.header(f"{title} ({len(alerts)})" if alerts else title, anchor=anchor)
    if not alerts:
        st.write(nothing)
    for one in alerts:
        line(one)


def line(one: InTray) -> None:
    """One alert. Reference, initials and case number; the full name stands on its own page."""
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                frame.ALERT, label=one.row.reference, query_params={"reference": one.row.reference}
            )
            child = f"{one.row.child}, {one.row.case_number}" if one.shows_child else one.kind_title
            state = show.state(one.where.standing.value, tone(one.where))
            st.html(f'{state} <span class="pa-quiet">{escape(child)}</span>')
        st.html(
            f'<p class="pa-tray-line">{escape(one.where.sentence)}</p>'
            f'<p class="pa-tray-line pa-quiet">{escape(_more(one))}</p>'
        )


def tone(where: Where) -> str:
    """The colour that goes with the words."""
    return "late" if where.cap_passed and where.stage else _TONES[where.standing]


def _more(one: InTray) -> str:
    said = [one.row.about] if one.row.about else []
    cap = one.clocks.cap
    if cap is not None and one.row.is_open:
        here = session.office()
        left = cap.working_days_left(here.now(), here.calendar(one.row.council))
        said.append(f"The total limit is {in_full(cap.by_day)}, {days_left(left)}.")
    if one.clocks.slack is not None and one.clocks.slack < 0 and one.row.is_open:
        days = working_days(-one.clocks.slack)
        said.append(f"The stages still to come no longer fit it, by {days}.")
    return " ".join(part if part.endswith(".") else f"{part}." for part in said)
