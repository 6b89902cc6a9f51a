"""How a date was arrived at, day by day, and what happens if nobody answers."""

import streamlit as st

from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.due_date import Due
from practice_alerts.domain.deadlines.forecast import Forecast
from practice_alerts.domain.procedure.clock import in_words
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.text import working_days
from practice_alerts.domain.wording import receipts as words
from practice_alerts.domain.wording.forecast_words import HEADINGS, row
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


def forecast_table(forecast: Forecast, ladder: Ladder, title: str = "If nobody answers") -> None:
    """What happens then: every stage as `ladder` prints it, and where the time limit falls."""
    html.table(title, HEADINGS, (row(one, ladder) for one in forecast.stages))
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
        return "The stages fit the time limit exactly, without a working day to spare."
    return f"{working_days(days)} to spare."
