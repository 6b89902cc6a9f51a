"""The tables of what became of an alert: its holds, closings, ways out, and where it stood from when to when."""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache

from practice_alerts.domain.log.columns import (
    NUMBER,
    REFERENCE,
    STAGE_ORDER,
    Column,
    Table,
    count,
    day,
    day_or_none,
    each_time,
    number_or_none,
    text_or_none,
)

CASE_TYPES = Table(
    "case_types",
    "Case types",
    "One row for each reason why the council is involved with the child. A child may have two.",
    ("reference", "case_type"),
    (
        REFERENCE,
        Column("case_type", "The reason, by its id in the form."),
        Column("title", "The reason, as the form says it."),
    ),
    of="alerts",
    facets=("title",),
    indexed=("title",),
)

HOLDS = each_time(
    "holds",
    "Holds",
    "One row for each promise that was accepted until a date, and what came of it.",
    columns=(
        REFERENCE,
        NUMBER,
        STAGE_ORDER,
        Column("label", "The stage, as the procedure prints it."),
        day("agreed_on", "The day it was agreed."),
        day("until", "The date that was promised."),
        Column(
            "outcome",
            "What came next at that stage: kept, kept late, broken, extended, closed otherwise, not looked at.",
        ),
        day_or_none("outcome_on", "The day of that."),
    ),
    facets=("outcome",),
    indexed=("outcome", "until"),
    sort="until",
)

CLOSINGS = each_time(
    "closings",
    "Closings",
    "One row for each time an alert was closed, also where it was opened again afterwards.",
    columns=(
        REFERENCE,
        NUMBER,
        day("closed_on", "The day it was closed."),
        Column("ending", "How it ended."),
        Column("is_put_right", "Whether it ended as put right: yes or no."),
        day_or_none("reopened_on", "The day it was opened again; empty where it was not."),
        number_or_none(
            "working_days",
            "From the day after it was raised to that day.",
            unit="working days",
        ),
        text_or_none("highest_stage", "The highest stage at which it had stood by then."),
        number_or_none("highest_place", "That stage's place on its ladder.", unit="place"),
        Column(
            "change_asked",
            "Whether what changed for the child is asked where it ended so: yes or no.",
        ),
        Column(
            "view_at_end",
            "Whether what the child says was written down at the end: yes, no, not asked.",
        ),
        Column(
            "view_how",
            "How that is known: heard, observed, through an advocate, declined, too young, they were not asked; not"
            " answered, not asked.",
        ),
        Column(
            "advocacy_told",
            "Whether the child was told of an advocate: yes, no, not answered, not asked.",
        ),
        Column(
            "complaints_told",
            "Whether the child was told how to complain: yes, no, not answered, not asked.",
        ),
        Column(
            "against_wishes",
            "Whether something was done against their wishes: yes, no, not answered, not asked.",
        ),
    ),
    facets=("ending", "view_how"),
    indexed=("ending", "view_how", "closed_on"),
    sort="closed_on",
)

CHANGES = Table(
    "changes",
    "What changed for the child",
    "One row for each thing that was ticked as changed for the child, when an alert was closed or afterwards.",
    ("reference", "number", "change"),
    (
        REFERENCE,
        NUMBER,
        Column("change", "What changed."),
        count("closing", "Of which closing, by its place in the alert's history."),
        day("recorded_on", "The day that was recorded."),
    ),
    of="alerts",
    facets=("change",),
    indexed=("change", "recorded_on"),
    sort="recorded_on",
    newest_first=True,
)

REFERRALS = each_time(
    "referrals",
    "Referrals",
    "One row for each way out of the council that was taken, and what was last heard of it.",
    columns=(
        REFERENCE,
        NUMBER,
        Column("route", "Where it was taken."),
        day("referred_on", "The day it was taken there."),
        Column("outcome", "What was last heard of it; nothing known, where nothing was."),
        day_or_none("outcome_on", "The day that was recorded."),
    ),
    facets=("route", "outcome"),
    indexed=("route", "outcome", "referred_on"),
    sort="referred_on",
)

FOLLOW_UPS = each_time(
    "follow_ups",
    "What was heard of referrals",
    "One row for each time something was heard of a referral.",
    columns=(
        REFERENCE,
        NUMBER,
        count("referral", "Which referral, by its place in the alert's history."),
        Column("what", "What was heard."),
        day("recorded_on", "The day that was recorded."),
    ),
    facets=("what",),
    indexed=("what", "recorded_on"),
    sort="recorded_on",
)

STANDSTILLS = each_time(
    "standstills",
    "Nothing to change meanwhile",
    "One row for each time something was not to happen to the child until the alert was settled.",
    columns=(
        REFERENCE,
        NUMBER,
        day("begun_on", "The day from which on."),
        day_or_none("ended_on", "The day it ended; empty while it is in force."),
        text_or_none("ended", "How: lifted, or it happened all the same."),
    ),
    facets=("ended",),
    indexed=("ended", "begun_on"),
    sort="begun_on",
)

OVERRIDES = each_time(
    "overrides",
    "Told past the ladder",
    "One row for each time the procedure's posts were told at once, past the ladder; never what had happened.",
    columns=(REFERENCE, NUMBER, day("recorded_on", "The day that was recorded.")),
    indexed=("recorded_on",),
    sort="recorded_on",
)

STANDINGS = Table(
    "standings",
    "Where alerts stood, and when",
    "One row for each run of days at whose end an alert stood the same. Days to come are worked out from its"
    " clocks as they are: they change with what happens.",
    ("reference", "since_on"),
    (
        REFERENCE,
        day("since_on", "The first day at whose end it stood so."),
        day_or_none(
            "until_on", "The first day at whose end it did no longer; empty for the latest."
        ),
        text_or_none("stage", "The stage it stood at."),
        number_or_none("stage_place", "That stage's place on its ladder.", unit="place"),
        Column("standing", "What it waited for."),
        Column("turn", "Whose turn it was: the officer's side, those asked, nobody."),
        day("turn_since_on", "Since when it was theirs."),
    ),
    of="alerts",
    facets=("standing", "turn"),
    indexed=("standing", "until_on"),
    # Where alerts stood on a day: of the rows begun by then, those that had not ended, read from the index alone.
    together=(("since_on", "until_on"), ("turn", "until_on", "since_on")),
    sort="since_on",
    newest_first=True,
)

WORKING_DAYS = Table(
    "working_days",
    "Working days",
    "One row for each day that the council's calendar knows. The difference between the numbers of two days"
    " is how many working days lie after the first, up to the second.",
    ("day",),
    (
        day("day", "The day."),
        count("number", "How many working days the calendar has had by then."),
    ),
    sort="day",
)


@lru_cache(maxsize=8)
def working_day_rows(working: tuple[date, ...]) -> tuple[tuple[str, int], ...]:
    """Every day of the calendar, with how many of the working ones it has had by then."""
    length = (working[-1] - working[0]).days + 1 if working else 0
    each = (working[0] + timedelta(days=number) for number in range(length))
    return tuple((day.isoformat(), bisect_right(working, day)) for day in each)
