"""Counts kept by day: how many rows of a log's tables are alike in all that a figure of them asks.

A year of a large log is hundreds of thousands of stays that differ in some thousand ways. Whoever writes an alert's rows takes
what it had out of these counts and puts in what it has, so that they are never behind the rows.
"""

from practice_alerts.domain.log.columns import Column, Table, count

WHAT = "what"
THINGS = "things"

DAY_COUNTS = Table(
    "day_counts",
    "Counts by day",
    "For figures: how many rows of the other tables are alike in all that these ask.",
    (
        WHAT,
        "day",
        "counts_as",
        "kind",
        "stage",
        "place",
        "step",
        "day_is",
        "came",
        "came_on",
        "came_until",
    ),
    (
        Column(WHAT, "What is counted: answers, days to put right, steps, closings, and so on."),
        Column("day", "The day by which it was due, or on which it happened."),
        Column("counts_as", "What figures count the alert as."),
        Column("kind", "Kind of alert, or the partner agency it was taken to."),
        Column("stage", "The stage, as the procedure prints it, or the route of a referral."),
        Column("place", "That stage's place on its ladder; 0 for all else.", "number", "place"),
        Column("step", "The step, as the procedure says it; empty for all else."),
        Column("day_is", "How strictly the day is meant; empty where nothing was due."),
        Column("came", "What came of it; how it ended; or the working days until then."),
        Column("came_on", "The day it came, where a figure asks whether it had come by then."),
        Column("came_until", "The day on which something else came in its place; empty if none."),
        count(THINGS, "How many rows are so."),
    ),
    indexed=(THINGS,),
    hidden=True,
)

ANSWERS, PUT_RIGHT, STEPS = "answers", "days to put right", "steps"
CLOSINGS, OPENED_AGAIN, FIRST_PUT_RIGHT = "closings", "opened again", "first put right"
REFERRALS, NOTHING_HEARD = "referrals", "nothing"

A_DEADLINE, AN_AIM = "a deadline", "an aim"
ANSWER_DAY = f"iif(kind_of_day = 'aim', '{AN_AIM}', '{A_DEADLINE}')"
PUT_RIGHT_DAY = (
    "case put_right_kind when 'aim' then 'an aim' when 'agreed' then 'a day that people set'"
    " else 'a deadline' end"
)
_KIND = "iif(counts_as = 'partner', coalesce(partner, 'no name'), kind_title)"


_FIRST_PUT_RIGHT = (
    "select min(first.number) from closings as first"
    " where first.reference = closings.reference and first.is_put_right = 'yes'"
)
_FIRST_HEARD = (
    "select min(recorded_on) from follow_ups as heard"
    " where heard.reference = referrals.reference and heard.referral = referrals.number"
)
_NEXT_HEARD = (
    "select min(later.recorded_on) from follow_ups as later where later.reference = follow_ups.reference"
    " and later.referral = follow_ups.referral and later.number > follow_ups.number"
)
_REFERRAL = (
    "select {} from referrals"
    " where referrals.reference = follow_ups.reference and referrals.number = follow_ups.referral"
)


def _late(state: str, day: str) -> str:
    return f"iif({state} = 'no', {day}, '')"


def _came(day: str, came: str, where: str = "''", when: str = "'', ''") -> str:
    return f"{day}, counts_as, {_KIND}, {where}, 0, '', '', {came}, {when}"


_ROWS: tuple[tuple[str, str, str, str], ...] = (
    (
        ANSWERS,
        f"due_on, counts_as, {_KIND}, label, place, '', {ANSWER_DAY}, answered_in_time, {_late('answered_in_time', 'answered_on')}, ''",
        "stages",
        "due_on is not null and answered_in_time <> 'no clock'",
    ),
    (
        PUT_RIGHT,
        f"stages.put_right_by, counts_as, {_KIND}, label, place, '', {PUT_RIGHT_DAY}, put_right_in_time, {_late('put_right_in_time', 'put_right_on')}, ''",
        "stages",
        "stages.put_right_by is not null",
    ),
    (
        STEPS,
        f"due_on, counts_as, {_KIND}, label, 0, steps.title, {ANSWER_DAY}, in_time, {_late('in_time', 'took_place_on')}, ''",
        "steps",
        "due_on is not null and in_time not in ('not needed', 'no clock')",
    ),
    (CLOSINGS, _came("closings.closed_on", "closings.ending"), "closings", "true"),
    (OPENED_AGAIN, _came("reopened_on", "''"), "closings", "reopened_on is not null"),
    (
        FIRST_PUT_RIGHT,
        _came("closings.closed_on", "coalesce(working_days, '')"),
        "closings",
        f"number = ({_FIRST_PUT_RIGHT})",
    ),
    (
        REFERRALS,
        _came("referred_on", f"'{NOTHING_HEARD}'", "route", f"'', coalesce(({_FIRST_HEARD}), '')"),
        "referrals",
        "true",
    ),
    (
        REFERRALS,
        _came(
            f"({_REFERRAL.format('referred_on')})",
            "what",
            f"({_REFERRAL.format('route')})",
            f"recorded_on, coalesce(({_NEXT_HEARD}), '')",
        ),
        "follow_ups",
        f"exists ({_REFERRAL.format('1')})",
    ),
)
"""Of each that is counted: its name, the key's other columns, the table, and which of its rows."""

OF_THESE, TIMES = "these", "times"
_KEY = ", ".join(DAY_COUNTS.key)
_PLACES = ", ".join(str(place) for place, _ in enumerate(DAY_COUNTS.key, 1))

COUNTING = tuple(
    f"insert into day_counts ({_KEY}, {THINGS}) select '{what}', {columns}, :{TIMES} * count(*)"
    f" from {table} join alerts using (reference)"
    f" where {table}.reference in (select value from json_each(:{OF_THESE})) and {condition}"
    f" group by {_PLACES} on conflict ({_KEY}) do update set {THINGS} = {THINGS} + excluded.{THINGS}"
    for what, columns, table, condition in _ROWS
)
"""Add `:times` for each row of the alerts whose references are `:these`, a JSON list."""


def days_of(what: str, of_period: str = "between since and until", as_: str = "concern") -> str:
    """Joins to `periods` what is kept of the days of each."""
    return f"join day_counts on {WHAT} = '{what}' and day {of_period} and counts_as = '{as_}'"
