"""The overview's tables. A bar repeats the number beside it, and no team, post or person is ranked by volume."""

from collections.abc import Sequence

from markupsafe import Markup

from practice_alerts.adapters.log.log_figures import AnswerFigures, LogFigures
from practice_alerts.casework.views.overview import Overview
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.text import plural, working_days
from practice_alerts.ui.lists import service_table
from practice_alerts.ui.page import frame, html


def stages(overview: Overview) -> None:
    """Open alerts along the ladder."""
    if not overview.stages:
        html.quiet("No alert stands at any stage.")
        return
    most = max(one.count for one in overview.stages)
    several = len({one.kind_title for one in overview.stages}) > 1
    html.table(
        "Open alerts by the stage at which they stand",
        ("Stage", "Alerts"),
        (
            (
                f"{one.kind_title}: {one.stage_label}" if several else one.stage_label,
                service_table.figure(one.count, leads=overview.leads, stage=one.at)
                + bar(one.count, most),
            )
            for one in overview.stages
        ),
    )
    html.facts([("What is counted", "Raised and not closed. Good practice stands at no stage.")])


def answers(figures: LogFigures) -> None:
    """Deadlines first; aims apart, because what comes after an aim is not late."""
    deadlines = [one for one in figures.answers if not one.aim]
    aims = [one for one in figures.answers if one.aim]
    if not figures.answers:
        html.quiet("No stage that asks for an answer by a day has ended.")
    if deadlines:
        _answers("Answers by a deadline", ("In time", "Late", "None"), deadlines)
    if aims:
        _answers("Answers where only an aim is set", ("Within it", "After it", "None"), aims)
    counted = (
        "Each time a stage asked for an answer by a day and got the first one, or ended"
        " without: the alert went on, or was closed. What still waits is left out."
    )
    share = "Of all of these, those that came in time, in whole per cent."
    html.facts([("What is counted", counted), ("The share", share)])


def _answers(caption: str, heads: tuple[str, str, str], found: Sequence[AnswerFigures]) -> None:
    several = len({one.kind for one in found}) > 1
    rows = []
    for one in found:
        asked = one.in_time + one.late + one.none
        name = f"{one.kind}: {one.stage}" if several else one.stage
        share = f"{100 * one.in_time // asked}% of {asked:,}" + bar(one.in_time, asked)
        rows.append((name, share, f"{one.in_time:,}", f"{one.late:,}", f"{one.none:,}"))
    html.table(caption, ("Stage", "Share", *heads), rows)


def endings(figures: LogFigures) -> None:
    closed = sum(count for _, count in figures.endings)
    if not closed:
        html.quiet("No alert was closed.")
        return
    html.table(
        f"How {_alerts(closed)} ended",
        ("How it ended", "Alerts", "Share"),
        (
            (words, f"{count:,}", f"{100 * count // closed}%" + bar(count, closed))
            for words, count in figures.endings
        ),
    )
    html.facts([("From raising to put right", _put_right(figures))])


def _put_right(figures: LogFigures) -> str:
    if figures.put_right_within is None:
        return "No alert was closed as put right."
    return (
        f"{working_days(figures.put_right_within)}: half of {_alerts(figures.put_right)} closed as put"
        " right took no longer. Counted from the day after it was raised to the day it was closed."
    )


def ways_out(figures: LogFigures) -> None:
    html.table(
        "Referrals to a way out of the authority",
        ("Way out", "Times"),
        ((words, f"{count:,}") for words, count in figures.ways_out),
        none="No alert was taken to a way out of the authority.",
    )


def longest(overview: Overview) -> None:
    html.table(
        "Answers and steps that are overdue, the oldest first, ten at most",
        ("Alert", "Was due", "Stage", "Waits for"),
        (
            (
                frame.to_alert(one.reference) if overview.leads else one.reference,
                in_full(one.due) if one.due else "",
                one.stage_label,
                one.post,
            )
            for one in overview.longest
        ),
        none="Nobody owes an answer that is overdue.",
    )


def bar(count: int, most: int) -> Markup:
    """As long as the share; nothing that is not in the number."""
    share = 100 * count // most if most else 0
    return Markup('<span class="pa-bar" aria-hidden="true" style="width: {}%"></span>').format(
        share
    )


def _alerts(number: int) -> str:
    return f"{number:,} {plural(number, 'alert')}"
