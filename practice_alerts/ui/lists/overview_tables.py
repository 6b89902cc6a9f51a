"""The overview's tables. A bar repeats the number beside it, and no team, post or person is ranked by volume."""

from collections.abc import Sequence

from markupsafe import Markup

from practice_alerts.adapters.log.log_figures import KeptFigures, LogFigures
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


def kept(figures: LogFigures) -> None:
    """Answers, steps and putting right: deadlines first, aims apart, because what comes after an aim is not late."""
    if not (figures.answers or figures.steps or figures.put_right):
        html.quiet("Nothing that a procedure gives a day for has come due.")
        return
    for words, found in (
        ("Answers", figures.answers),
        ("Steps", figures.steps),
        ("Putting right", figures.put_right),
    ):
        for day_is in sorted(
            {one.day_is for one in found}, key=lambda one: (one != "a deadline", one)
        ):
            _kept(f"{words}, where the day is {day_is}", [o for o in found if o.day_is == day_is])
    counted = (
        "What was due on a day that has passed, by what had come of it: what is overdue today stands under none."
        " What ended before its day is in no share."
    )
    share = "Of all that were due, those in time, in whole per cent."
    html.facts([("What is counted", counted), ("The share", share)])


def _kept(caption: str, found: Sequence[KeptFigures]) -> None:
    several = len({one.kind for one in found}) > 1
    rows = []
    for one in found:
        name = f"{one.kind}: {one.stage}" if several else one.stage
        share = f"{100 * one.in_time // one.due}% of {one.due:,}" if one.due else "none was due"
        rows.append(
            (
                *(name, share + bar(one.in_time, one.due), f"{one.in_time:,}", f"{one.late:,}"),
                *(f"{one.none:,}", f"{one.ended_before:,}"),
            )
        )
    heads = ("Stage", "Share", "In time", "Later", "None", "Ended before it was due")
    html.table(caption, heads, rows)


def endings(figures: LogFigures) -> None:
    """Closings as they happened, also of what was opened again."""
    closed = sum(count for _, count in figures.endings)
    if not closed:
        html.quiet("No concern was closed.")
        return
    html.table(
        f"How {closed:,} {plural(closed, 'closing')} ended",
        ("How it ended", "Closings", "Share"),
        (
            (words, f"{count:,}", f"{100 * count // closed}%" + bar(count, closed))
            for words, count in figures.endings
        ),
    )
    again = f"{figures.reopened:,} in the same time"
    took = put_right(figures.put_right_within, figures.closed_as_put_right)
    html.facts([("From raising to put right", took), ("Opened again", again)])


def put_right(days: int | None, number: int) -> str:
    """How long it took in the middle, said so that it is true of two concerns as of two hundred."""
    if days is None:
        return "No concern was closed as put right."
    took = (
        f"took {working_days(days)} or less"
        if days
        else "were put right on the day on which they were raised"
    )
    if number == 1:
        took = (
            f"took {working_days(days)}"
            if days
            else "was put right on the day on which it was raised"
        )
        return f"The one concern that was closed as put right {took}. {_COUNTED}"
    return (
        f"At least half of the {number:,} concerns that were closed as put right {took}. {_COUNTED}"
    )


_COUNTED = "Working days are counted from the day after it was raised to the day on which it was first closed so."


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
