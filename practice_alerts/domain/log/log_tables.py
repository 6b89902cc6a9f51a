"""The tables of the alert log, said once: they make the file, and tell its readers what stands in it.

What is not here is left out on purpose. No names of officers, no case number, no narrative. No team either:
a team may look after three children, and then team, age and date say who is meant; whoever needs the team
opens the alert, where reading is recorded. Nothing that changes by itself as days go by, such as overdue:
the views work that out from today's date.
"""

from dataclasses import dataclass
from functools import partial
from typing import Literal

FORMAT = 3
"""Raised with every change to tables, views or the meaning of a column; an older file is then made anew."""

ColumnType = Literal["text", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and what it says in one sentence; `unit` where there is a number."""

    name: str
    says: str
    type: ColumnType = "text"
    unit: str = ""
    may_be_empty: bool = False

    @property
    def is_day(self) -> bool:
        return self.unit in (_DAY, _LONDON)

    @property
    def in_words(self) -> str:
        """With its unit in the sentence: Datasette's own `units` knows metres, and no working days."""
        return f"{self.says} (unit: {self.unit})" if self.unit else self.says


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` names its rows; `of` is the table it belongs to, found by that table's key.

    Every column to filter or count by is in `indexed`: without an index a count over a million rows
    comes back empty and says nothing about it.
    """

    name: str
    title: str
    says: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    of: str | None = None
    facets: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    sort: str | None = None
    newest_first: bool = False
    hidden: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


_DAY = "year-month-day"
_LONDON = "year-month-day hour:minute, London time"
_count = partial(Column, type="number", unit="count")
_day = partial(Column, unit=_DAY)
_day_or_none = partial(Column, unit=_DAY, may_be_empty=True)
_text_or_none = partial(Column, may_be_empty=True)
_number_or_none = partial(Column, type="number", may_be_empty=True)

_REFERENCE = Column("reference", "Which alert.")
_STAGE_ORDER = _count("stage_order", "The how-manyth stage of this alert, from 1 on.")

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
        _text_or_none(
            "partner", "The partner agency it was taken to; empty for the council's own ladder."
        ),
        Column("raised_as", "In which post it was raised, and for which kind of case."),
        Column("case_types", "Why the council is involved with the child."),
        Column(
            "pseudonym",
            "Stands for the case number: the same child has the same one in all alerts of this council.",
        ),
        Column("age_band", "The child's age on the day it was raised.", unit="years"),
        _day("raised_on", "The day it was raised, here or on paper."),
        Column("from_paper", "Whether it was sent on paper before it stood here: yes or no."),
        _day("entered_on", "The day it was entered here; where it was raised here, the same."),
        _text_or_none("entry_stage", "The stage it came in at; empty without a ladder."),
        _text_or_none(
            "stage", "The stage it stands at, or stood at when it closed; empty without a ladder."
        ),
        _number_or_none(
            "stage_place",
            "That stage's place on its ladder, from 1 on; empty without a ladder.",
            unit="place",
        ),
        Column("standing", "What it waits for, by what has happened and whatever today's date."),
        _text_or_none(
            "response_clock", "The time to answer at the present stage, as the procedure says it."
        ),
        _day_or_none(
            "response_due",
            "The answer of the present stage is due by the end of this day; empty once closed.",
        ),
        _day_or_none(
            "put_right_by", "The present stage wants it put right by this day; empty once closed."
        ),
        _day_or_none(
            "hold_until",
            "The agreed date of the hold in force; it moves neither the answer's date nor the time limit.",
        ),
        _day_or_none(
            "cap_due",
            "The last day of the time limit, counted from the first formal stage; empty without one.",
        ),
        _day_or_none("closed_on", "The day it was closed."),
        Column(
            "closed_within_cap",
            "Whether it was closed by the last day of the time limit: yes, no, still open, no time limit.",
        ),
        _number_or_none(
            "working_days_to_close",
            "From the day after it was raised to the day it was closed.",
            unit="working days",
        ),
        _text_or_none("ending", "How it ended."),
        _count("stages_used", "How many stages it has been at."),
        _count("referrals", "How often it was taken to a way out of the council."),
        Column("summary", "What it is about, in the one line without names of whoever raised it."),
        Column("edition", "Version of the procedure it was raised under, and stays under."),
    ),
    facets=("standing", "stage", "kind_title", "age_band", "ending"),
    indexed=(
        *("standing", "stage", "kind_title", "age_band", "ending", "pseudonym", "raised_as"),
        *("raised_on", "closed_on", "hold_until", "cap_due", "response_due", "closed_within_cap"),
    ),
    sort="raised_on",
    newest_first=True,
)

STAGES = Table(
    "stages",
    "Stages",
    "One row for each stay of an alert at a stage: who was asked, by when, and what came of it.",
    ("reference", "stage_order"),
    (
        _REFERENCE,
        _STAGE_ORDER,
        Column("stage", "The stage, by its id in the procedure."),
        Column("label", "The stage, as the procedure prints it."),
        Column("place", "Its place on its ladder, from 1 on.", "number", "place"),
        Column("formal", "Whether the stage is formal: yes or no."),
        Column("posts_asked", "The posts that were asked, never the people."),
        _day("sent_on", "The day it was sent to them; the day after is day 1."),
        Column("clock", "The time to answer, as the procedure says it."),
        _day_or_none(
            "due_on",
            "The answer was due by the end of this day; empty without a clock. A clock in hours ends"
            " within this day.",
        ),
        _day_or_none(
            "answered_on",
            "The day of the first answer; where each of several was asked, of the one that made it whole.",
        ),
        _text_or_none("response", "What the latest answer said."),
        Column(
            "answered_in_time",
            "Whether that answer came within its clock: yes, no, no answer (the stage was left or"
            " the alert closed without one), not yet, no clock. Beside an aim, no is not overdue.",
        ),
        _number_or_none(
            "working_days_to_answer",
            "From the day after it was sent to the day of the first answer.",
            unit="working days",
        ),
        _day_or_none(
            "put_right_by",
            "The day by which it was to be put right, by the procedure or whoever raised it.",
        ),
        Column("verdict", "What the reviewing officer's side made of it last, a hold included."),
        _day_or_none("judged_on", "The day of that outcome."),
        _day_or_none("hold_until", "The latest date agreed for a hold."),
        _count("holds", "How many holds were agreed."),
        _day_or_none("left_on", "The day it went on to another stage."),
        _text_or_none("went_to", "The stage it went on to."),
    ),
    of="alerts",
    facets=("label", "answered_in_time", "verdict"),
    indexed=("label", "answered_in_time", "verdict", "sent_on", "due_on"),
    sort="sent_on",
    newest_first=True,
)

POSTS_ASKED = Table(
    "posts_asked",
    "Posts asked",
    "One row for each post that was asked at a stage. Silence belongs to the post, not to a person.",
    ("reference", "stage_order", "number"),
    (
        _REFERENCE,
        _STAGE_ORDER,
        _count("number", "Its place among the posts asked together, from 1 on."),
        Column("post", "The post, as the procedure calls it."),
    ),
    of="stages",
    facets=("post",),
    indexed=("post",),
)

CATEGORIES = Table(
    "categories",
    "Categories",
    "One row for each category ticked on the form. Other questions of the form are not in the log.",
    ("reference", "question", "category"),
    (
        _REFERENCE,
        Column("question", "The form's question, by its id."),
        Column("category", "The category, by its id in the procedure or form."),
        Column("title", "The category, as procedure or form says it."),
    ),
    of="alerts",
    facets=("title",),
    indexed=("title",),
)

HAPPENINGS = Table(
    "happenings",
    "What happened",
    "One row for each thing that happened to an alert, without who did it and what was written.",
    ("reference", "number"),
    (
        _REFERENCE,
        _count("number", "Its place in the alert's history, from 1 on."),
        Column("kind", "What happened."),
        _text_or_none("detail", "Which answer, outcome, stage or route, or how it ended."),
        _text_or_none("stage", "The stage the alert stood at."),
        Column("happened_at", "When.", unit=_LONDON),
    ),
    of="alerts",
    facets=("kind",),
    indexed=("kind", "happened_at"),
    sort="happened_at",
    newest_first=True,
)

RESTRICTED = Table(
    "restricted",
    "Restricted alerts",
    "How many alerts of a month only named people may open. They have no row in any other table.",
    ("month",),
    (
        Column("month", "The month in which they were raised.", unit="year-month"),
        _count("alerts", "How many are restricted today, open or closed."),
    ),
    sort="month",
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
        _count("event", "The last event taken in."),
        Column("hash", "That event's hash in the store's chain."),
        Column("made_with", "What else the rows rest on: calendar and a check of the key."),
    ),
    hidden=True,
)

OF_AN_ALERT = (ALERTS, STAGES, POSTS_ASKED, CATEGORIES, HAPPENINGS)
"""The tables in which an alert has its rows, each after the one it belongs to."""

TABLES = (*OF_AN_ALERT, RESTRICTED, ABOUT, FOLLOWED)

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
            "No names, no case number, no date of birth, no team and no narrative. To read an alert, open"
            " it in the app, where reading is recorded. Of an alert that is restricted nothing but the month."
        ),
    ),
    (
        "Small numbers",
        "A count below five may point to a child. Do not publish it; say fewer than five.",
    ),
)
