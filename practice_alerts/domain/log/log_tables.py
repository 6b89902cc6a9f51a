"""The tables of the alert log, said once: they make the file, and tell its readers what stands in it.

What is not here is left out on purpose. No names of officers, no case number, no narrative. No team in any row of
an alert: a team may look after three children, and then team, age and date say who is meant; whoever needs the team
opens the alert, where reading is recorded. How teams fare stands apart, by year and rounded. Nothing that changes by itself as days go by, such as overdue:
the views work that out from today's date.
"""

from practice_alerts.domain.log.act_tables import (
    CASE_TYPES,
    CHANGES,
    CLOSINGS,
    FOLLOW_UPS,
    HOLDS,
    OVERRIDES,
    REFERRALS,
    STANDINGS,
    STANDSTILLS,
    WORKING_DAYS,
)
from practice_alerts.domain.log.columns import (
    LONDON_UNIT,
    NUMBER,
    REFERENCE,
    Column,
    Table,
    count,
    day,
    day_or_none,
    each_time,
    number_or_none,
    text_or_none,
)
from practice_alerts.domain.log.measures.day_counts import DAY_COUNTS
from practice_alerts.domain.log.stay_tables import POSTS_ASKED, STAGES, STEPS

FORMAT = 12
"""Raised with every change to tables, views or the meaning of a column; an older file is then made anew."""

ALERTS = Table(
    "alerts",
    "Alerts",
    "One row for each alert, open or closed.",
    ("reference",),
    (
        Column("reference", "The alert's number. The alert itself is opened in the app."),
        Column("council", "Whose procedure it was raised under."),
        Column("kind", "Kind of alert, by its id in the procedure."),
        Column("kind_title", "Kind of alert, as the procedure calls it."),
        text_or_none(
            "partner", "The partner agency it was taken to; empty for the council's own ladder."
        ),
        Column(
            "counts_as",
            "What figures count it as: a concern, on the council's own ladder; partner, with another agency;"
            " good practice, which climbs no ladder.",
        ),
        Column("raised_as", "In which post it was raised, and for which kind of case."),
        Column("raised_as_id", "The same by its id in the procedure: one spelling on every form."),
        Column("case_types", "Why the council is involved with the child."),
        Column(
            "pseudonym",
            "Stands for the case number: the same child has the same one in all alerts of this council.",
        ),
        Column("age_band", "The child's age on the day it was raised.", unit="years"),
        Column(
            "view_given",
            "Whether what the child says was written down when it was raised: yes, no; not asked, where the"
            " form has no such question.",
        ),
        Column(
            "arose",
            "Where the concern came up, in words of ours: a review, a conference, midway, another meeting, the record,"
            " somebody who said so; not answered; not asked, where the form has no such question.",
        ),
        day("raised_on", "The day it was raised, here or on paper."),
        Column("from_paper", "Whether it was sent on paper before it stood here: yes or no."),
        day("entered_on", "The day it was entered here; where it was raised here, the same."),
        text_or_none("entry_stage", "The stage it came in at; empty without a ladder."),
        Column("entered_formal", "Whether that stage is formal: yes, no, no ladder."),
        day_or_none("first_formal_on", "The day it first came to a formal stage."),
        text_or_none("highest_stage", "The highest stage at which it has stood."),
        number_or_none("highest_place", "That stage's place on its ladder.", unit="place"),
        text_or_none(
            "stage", "The stage it stands at, or stood at when it closed; empty without a ladder."
        ),
        number_or_none(
            "stage_place",
            "That stage's place on its ladder, from 1 on; empty without a ladder.",
            unit="place",
        ),
        Column("standing", "What it waits for, by what has happened and whatever today's date."),
        text_or_none(
            "response_clock", "The time to answer at the present stage, as the procedure says it."
        ),
        day_or_none(
            "response_due",
            "The answer of the present stage is due by the end of this day; empty once closed.",
        ),
        day_or_none(
            "put_right_by", "The present stage wants it put right by this day; empty once closed."
        ),
        day_or_none(
            "hold_until",
            "The agreed date of the hold in force; it moves neither the answer's date nor the time limit.",
        ),
        day_or_none(
            "cap_due",
            "The last day of the time limit, counted from the first formal stage; empty without one.",
        ),
        day_or_none(
            "cap_held",
            "The last day of the time limit that held when it was up: a longer one recorded afterwards changes"
            " nothing.",
        ),
        day_or_none(
            "cap_longer_from",
            "The day on which a longer time limit was recorded when the usual one was over; empty where none was.",
        ),
        day_or_none("closed_on", "The day it was closed."),
        Column(
            "closed_within_cap",
            "Whether it was closed by the last day of the time limit: yes, no, still open, no time limit.",
        ),
        number_or_none(
            "working_days_to_close",
            "From the day after it was raised to the day it was closed.",
            unit="working days",
        ),
        text_or_none("ending", "How it ended."),
        count("stages_used", "How many stages it has been at."),
        count("referrals", "How often it was taken to a way out of the council."),
        count("officers_before", "How often it was given to another reviewing officer."),
        Column("summary", "What it is about, in the one line without names of whoever raised it."),
        Column("edition", "Version of the procedure it was raised under, and stays under."),
    ),
    few=(
        *("reference", "raised_on", "stage", "standing", "response_due", "cap_due", "ending"),
        "summary",
    ),
    facets=("standing", "stage", "counts_as", "age_band", "arose", "ending"),
    indexed=(
        *("standing", "stage", "kind_title", "age_band", "ending", "raised_as"),
        *("counts_as", "first_formal_on", "highest_stage", "arose"),
        *(
            "raised_on",
            "closed_on",
            "hold_until",
            "cap_due",
            "cap_held",
            "response_due",
            "closed_within_cap",
        ),
    ),
    together=(("pseudonym", "raised_on"),),
    sort="raised_on",
    newest_first=True,
)

CATEGORIES = Table(
    "categories",
    "Categories",
    "One row for each tick in a list of the form, of which the themes are one. Other questions of the form are"
    " not in the log.",
    ("reference", "question", "category"),
    (
        REFERENCE,
        Column("question", "The form's question, by its id."),
        Column("category", "The category, by its id in the procedure or form."),
        Column("title", "The category, as procedure or form says it."),
        Column("is_theme", "Whether it says what the alert is about: yes or no."),
        text_or_none(
            "part_of",
            "Of an example that was ticked: the category it is given for; empty for all else.",
        ),
        text_or_none(
            "shared_theme",
            "What it comes to among the themes that all councils share. A category whose ticked examples say it leaves"
            " it to them; empty where the procedure counts it under none.",
        ),
    ),
    of="alerts",
    facets=("title", "is_theme", "shared_theme"),
    indexed=("title", "is_theme", "part_of", "shared_theme"),
)

HAPPENINGS = each_time(
    "happenings",
    "What happened",
    "One row for each thing that happened to an alert, without who did it and what was written.",
    columns=(
        REFERENCE,
        NUMBER,
        Column("kind", "What happened."),
        text_or_none("detail", "Which answer, outcome, stage or route, or how it ended."),
        text_or_none("stage", "The stage the alert stood at."),
        Column("happened_at", "When.", unit=LONDON_UNIT),
    ),
    facets=("kind",),
    indexed=("kind", "happened_at"),
    sort="happened_at",
)

RESTRICTED = Table(
    "restricted",
    "Restricted alerts",
    "How many alerts of a month only named people may open. They have no row in any other table.",
    ("month",),
    (
        Column("month", "The month in which they were raised.", unit="year-month"),
        count("alerts", "How many are restricted today, open or closed."),
    ),
    sort="month",
    newest_first=True,
)

TEAM_YEARS = Table(
    "team_years",
    "Teams, year by year",
    "One row for each team and year from April to March that is over, rounded; teams with few concerns in it stand"
    " together. Counted once a day, by the team that has the child now.",
    ("year", "team"),
    (
        Column("year", "From April to March, such as 2025/26."),
        Column("team", "The child's team; or the smaller ones, together."),
        count("concerns", "Concerns raised about its children, rounded."),
        count("in_time", "Answers due in the year that came in time, rounded."),
        count("late", "Those that came later, rounded."),
        count("no_answer", "Those that had not come by the end of the year, rounded."),
        count("good_practice", "Alerts of good practice raised about its children, rounded."),
    ),
    sort="year",
    newest_first=True,
)

ABOUT = Table(
    "about",
    "About this log",
    "What this file is, and how it may be used.",
    ("topic",),
    (Column("topic", "What the sentence is about."), Column("text", "The sentence.")),
)

FOLLOWED = Table(
    "followed",
    "How far this log goes",
    "For the product itself: up to which event this file follows the store, and what it was made with.",
    ("event",),
    (
        count("event", "The last event taken in."),
        Column("hash", "That event's hash in the store's chain."),
        Column("made_with", "What else the rows rest on: calendar and a check of the key."),
    ),
    hidden=True,
)

OF_AN_ALERT = (
    *(ALERTS, STAGES, POSTS_ASKED, CATEGORIES, CASE_TYPES, STEPS, HOLDS, CLOSINGS, CHANGES),
    *(REFERRALS, FOLLOW_UPS, STANDSTILLS, OVERRIDES, STANDINGS, HAPPENINGS),
)
"""The tables in which an alert has its rows, each after the one it belongs to."""

TABLES = (*OF_AN_ALERT, DAY_COUNTS, RESTRICTED, TEAM_YEARS, WORKING_DAYS, ABOUT, FOLLOWED)

STATEMENT = (
    ("What this is", "The alert log of one council: where each alert stands and how it went."),
    (
        "Personal data",
        (
            "This is personal data, pseudonymised. There is no name and no case number in it, but whoever"
            " knows the case, or holds the key, can still tell which child is meant. Treat it as such."
        ),
    ),
    (
        "What it is for",
        (
            "Quality assurance: themes, timeliness and outcomes. It is not for rating one worker, and a"
            " high number of alerts is no fault."
        ),
    ),
    (
        "What is not in it",
        (
            "No names, no case number, no date of birth, of no alert the team, and no narrative. To read an alert, open"
            " it in the app, where reading is recorded. Of an alert that is restricted nothing but the month."
        ),
    ),
    (
        "Small numbers",
        (
            "A count below five may point to a child. Nothing counted here is published: what leaves the building is the"
            " report for publication, whose numbers are rounded."
        ),
    ),
)
