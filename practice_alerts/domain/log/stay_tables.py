"""The tables of stays at a stage: who was asked by when, what came of it, and the steps within."""

from practice_alerts.domain.log.columns import (
    REFERENCE,
    STAGE_ORDER,
    Column,
    Table,
    count,
    day,
    day_or_none,
    number_or_none,
    text_or_none,
)

STAGES = Table(
    "stages",
    "Stages",
    "One row for each stay of an alert at a stage: who was asked, by when, and what came of it.",
    ("reference", "stage_order"),
    (
        REFERENCE,
        STAGE_ORDER,
        Column("stage", "The stage, by its id in the procedure."),
        Column("label", "The stage, as the procedure prints it."),
        Column("place", "Its place on its ladder, from 1 on.", "number", "place"),
        Column("formal", "Whether the stage is formal: yes or no."),
        Column("posts_asked", "The posts that were asked, never the people."),
        day("sent_on", "The day it was sent to them; the day after is day 1."),
        Column("clock", "The time to answer, as the procedure says it."),
        Column(
            "kind_of_day",
            "How strictly the time is meant: deadline, maximum, aim, agreed, at once, not stated.",
        ),
        day_or_none(
            "clock_due_on",
            "The day by the clock, whatever other day was agreed; empty without a clock.",
        ),
        day_or_none(
            "due_on",
            "The answer was due by the end of this day, the agreed one where there was one; empty without"
            " a clock. A clock in hours ends within this day. A day agreed when it was over changes nothing.",
        ),
        day_or_none(
            "answered_on",
            "The day of the first answer; where each of several was asked, of the one that made it whole.",
        ),
        text_or_none("response", "What the latest answer said."),
        Column(
            "answered_in_time",
            "Whether that answer came within its clock: yes, no, no answer (its time was up, and the stage was"
            " left or the alert closed without one), ended before it was due, not yet, no clock. Beside an"
            " aim, no is not overdue.",
        ),
        text_or_none(
            "late_why",
            "Why that answer came after its day, as a post or its work had it, by whoever gave it: one of a closed list,"
            " or not said; empty where it did not come late. Never what lay in a person.",
        ),
        number_or_none(
            "working_days_to_answer",
            "From the day after it was sent to the day of the first answer.",
            unit="working days",
        ),
        day_or_none(
            "put_right_by",
            "The day by which it was to be put right, by the procedure or else by people.",
        ),
        text_or_none(
            "put_right_kind",
            "How strictly that day is meant: deadline, maximum, aim; agreed, of people's own.",
        ),
        day_or_none(
            "put_right_own_day", "The day that people set, also where the procedure's counts."
        ),
        day_or_none("put_right_on", "The day it was found to be put right at this stage."),
        Column(
            "put_right_in_time",
            "Whether that was by the day: yes, no, not put right (the day had passed, and the stage was left or"
            " the alert closed), ended before it was due, not yet, no day.",
        ),
        Column("verdict", "What the reviewing officer's side made of it last, a hold included."),
        day_or_none("judged_on", "The day of that outcome."),
        day_or_none("hold_until", "The latest date agreed for a hold."),
        count("holds", "How many holds were agreed."),
        day_or_none(
            "met_on",
            "The day of the first outcome, hold, escalation or closing after the first answer.",
        ),
        number_or_none(
            "working_days_to_meet", "From the first answer to that day.", unit="working days"
        ),
        day_or_none("third_day_after", "The third working day after the day for the answer."),
        day_or_none(
            "missed_met_on",
            "The first day on which the officer's side did anything after the day for the answer had passed"
            " without one.",
        ),
        number_or_none(
            "working_days_to_meet_missed",
            "From the day for the answer to that day.",
            unit="working days",
        ),
        day_or_none("left_on", "The day it went on to another stage."),
        text_or_none("went_to", "The stage it went on to."),
        number_or_none(
            "room_left",
            "From the day it was left to the last day of the time limit; below nothing past it.",
            unit="working days",
        ),
    ),
    of="alerts",
    few=(
        *(
            "reference",
            "label",
            "posts_asked",
            "sent_on",
            "due_on",
            "answered_on",
            "answered_in_time",
        ),
        *("put_right_by", "put_right_in_time", "verdict", "left_on"),
    ),
    facets=("label", "answered_in_time", "verdict"),
    indexed=(
        *("label", "answered_in_time", "verdict", "sent_on", "due_on", "put_right_by"),
        *("met_on", "missed_met_on", "third_day_after", "left_on"),
    ),
    sort="sent_on",
    newest_first=True,
)

POSTS_ASKED = Table(
    "posts_asked",
    "Posts asked",
    "One row for each post that was asked at a stage when its time was up, or is asked if it is not. Silence"
    " belongs to the post, not to a person.",
    ("reference", "stage_order", "number"),
    (
        REFERENCE,
        STAGE_ORDER,
        count("number", "Its place among the posts asked together, from 1 on."),
        Column("post", "The post, as the procedure calls it."),
        day_or_none(
            "answered_on",
            "The day of its answer; where one answer is enough for all, of that.",
        ),
        Column(
            "in_time",
            "Whether that came within its time, in the words of the stage; where the officer's side went on without"
            " it before the time was up: ended before it was due.",
        ),
    ),
    of="stages",
    facets=("post",),
    indexed=("post",),
)

STEPS = Table(
    "steps",
    "Steps",
    "One row for each step of a stage that was recorded, or was still to come when the stage ended.",
    ("reference", "stage_order", "step"),
    (
        REFERENCE,
        STAGE_ORDER,
        Column("step", "The step, by its id in the procedure."),
        Column("title", "The step, as the procedure says it."),
        Column("label", "The stage, as the procedure prints it."),
        Column(
            "kind_of_day", "How strictly its time is meant: deadline, maximum, aim, not stated."
        ),
        day_or_none("due_on", "It was due by the end of this day; empty without a clock."),
        day_or_none("took_place_on", "The day it took place; empty while it has not."),
        day_or_none("recorded_on", "The day that was recorded."),
        Column(
            "in_time",
            "Whether it took place within its clock: yes, no, not recorded, ended before it was due,"
            " not yet, not needed, no clock.",
        ),
        text_or_none("result", "What it led to, in the words that the procedure offers."),
    ),
    of="stages",
    facets=("title", "in_time"),
    indexed=("title", "in_time", "due_on"),
    sort="due_on",
    newest_first=True,
)
