"""How a date was arrived at, day by day, and what happens if nobody answers."""

import streamlit as st

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Due
from practice_alerts.domain.deadlines.forecast import Forecast
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.text import working_days
from practice_alerts.domain.wording import receipts as words
from practice_alerts.domain.wording.clock_lines import ESCALATE_BY
from practice_alerts.ui.page import html
from practice_alerts.ui.page.as_written import as_written


def receipt(title: str, due: Due, clause: str, *, of: str = "") -> None:
    """Open with "why?": each day counted or skipped with its reason, and the clause.

    `of` says whose day it is, where several stand one below the other.
    """
    why = f"{of}: why {in_full(due.by)}?" if of else f"Why {in_full(due.by)}?"
    with st.expander(as_written(why)):
        st.write(as_written(f"{clause}: {in_words(due.clock)}."))
        st.write(as_written(words.counted_from(due)))
        html.table(
            title,
            ("Day", "Counted"),
            ((in_full(day.day), words.day_said(day)) for day in due.receipt.days),
        )
        for remark in (*words.remarks(due), words.clocks_moved(due.receipt)):
            if remark:
                st.write(as_written(remark))


def forecast_table(forecast: Forecast, title: str = "If nobody answers") -> None:
    """What happens then: every stage with its day, and where the time limit falls."""
    rows = []
    for one in forecast.stages:
        if one.sent_on is None:
            rows.append((one.stage.label, "not known beforehand", "", ""))
            continue
        ends = in_full(one.due.by) if one.due else "no time set"
        leave = in_full(one.escalate_by) if one.escalate_by else ""
        leave = f"{leave}, gone by then" if one.is_reached_too_late else leave
        past = " (past the time limit)" if one.past_time_limit else ""
        rows.append((one.stage.label, in_full(one.sent_on), ends + past, leave))
    html.table(
        title,
        ("Stage", "Reached on", "Its clock ends", ESCALATE_BY),
        rows,
    )
    if forecast.time_limit is not None:
        st.write(as_written(f"The time limit is {in_full(forecast.time_limit.by)}."))
    if forecast.aim_for_whole is not None:
        st.write(as_written(f"The aim for the whole is {in_full(forecast.aim_for_whole.by)}."))
    if forecast.days_to_spare is not None:
        st.write(as_written(_days_to_spare(forecast.days_to_spare)))


def _days_to_spare(days: int) -> str:
    if days < 0:
        return f"The stages do not fit the time limit: {working_days(-days)} too few."
    if days == 0:
        return "The stages fit the time limit exactly, without a day to spare."
    return f"{working_days(days)} to spare."
