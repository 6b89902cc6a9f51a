"""Alerts in a list: what stands, what to do next and why, in one sentence each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from practice_alerts.adapters.store.drafts import Draft
from practice_alerts.casework.seeing import InTray, Tray
from practice_alerts.domain.clock_lines import days_left, working_days
from practice_alerts.domain.dates import LONDON, in_full, london_date
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


def counts(tray: Tray, drafts: Sequence[Draft]) -> None:
    """Today, and how much there is, each number a link to what it counts."""
    needs = len(tray.needs_you)
    parts = (
        (len(tray.to_answer), "for you to answer", "for-you-to-answer"),
        (needs, "needs you" if needs == 1 else "need you", "needs-you"),
        (len(tray.waiting), "waiting on others", "waiting-on-others"),
        (len(tray.on_hold), "on hold", "on-hold"),
        (len(drafts), "draft" if len(drafts) == 1 else "drafts", "drafts"),
    )
    items = "".join(
        f'<li><a href="#{anchor}"><strong>{number}</strong> {words}</a></li>'
        for number, words, anchor in parts
        if number
    )
    show.lead(in_full(session.office().today))
    if items:
        st.html(f'<ul class="pa-counts">{items}</ul>')


def lines(title: str, alerts: Iterable[InTray], *, nothing: str = "", aloud: bool = False) -> None:
    """One part of the tray under its heading; left out when empty and nothing is to be said then.

    `aloud`: a screen reader says how many there are, because they came without a new screen.
    """
    alerts = tuple(alerts)
    if not alerts and not nothing:
        return
    with st.container(key="pa-found" if aloud else None, gap=None):
        words = f"{title} ({len(alerts)})" if alerts else title
        show.heading(words, anchor=title.lower().replace(" ", "-"))
        if not alerts:
            show.quiet(nothing)
    for one in alerts:
        line(one)


def line(one: InTray) -> None:
    """One alert. Reference, initials and case number; the full name stands on its own page."""
    child = f"{one.row.child}, {one.row.case_number}" if one.shows_child else ""
    about = " · ".join(part for part in (one.kind_title, one.row.about, child) if part)
    with st.container(border=True, gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.page_link(
                frame.ALERT,
                label=f"**{one.row.reference}**",
                query_params={"reference": one.row.reference},
            )
            st.html(show.state(one.where.standing.value, tone(one.where)), width="content")
        st.html(
            f'<p class="pa-tray-line pa-quiet">{escape(about)}</p>'
            f'<p class="pa-tray-line pa-tray-says">{escape(one.where.sentence)}</p>'
            f'<p class="pa-tray-line pa-quiet">{escape(limit(one))}</p>'
        )


def tone(where: Where) -> str:
    """The colour that goes with the words."""
    return "late" if where.cap_passed and where.stage else _TONES[where.standing]


def limit(one: InTray) -> str:
    """What the total limit is, and whether the stages still fit it; empty where there is none."""
    cap = one.clocks.cap
    if cap is None or not one.row.is_open:
        return ""
    here = session.office()
    left = cap.working_days_left(here.now(), here.calendar(one.row.council))
    said = f"Total limit: {in_full(cap.by_day)}, {days_left(left)}."
    if one.clocks.slack is not None and one.clocks.slack < 0:
        said += f" The stages still to come no longer fit it, by {working_days(-one.clocks.slack)}."
    return said


def draft_label(draft: Draft, kinds: dict[str, str]) -> str:
    """What is begun, how far it is and when it was last kept; nothing of what was typed."""
    kind = kinds.get(str(draft.body.get("kind", "")), "Alert")
    step = int(draft.body.get("step", 1))
    at = f"{in_full(london_date(draft.saved_at))} at {draft.saved_at.astimezone(LONDON):%H:%M}"
    return f"{kind}, step {step} of 4, kept on {at}"
