"""What a measure is: the sentence that says what is counted, and the SQL that counts it in any period."""

from dataclasses import dataclass

from practice_alerts.domain.definition import Said


class InPeriod(Said):
    """What puts a thing into a period. It is counted once, so that twelve months add up to their year."""

    ACT = "act", "it happened in the period"
    DUE = "due", "its day lies in the period and had passed by its end"
    AT_END = "at_end", "it stood so at the end of the period's last day"


class CountedIn(Said):
    ALERTS = "alerts", "alerts"
    STAYS = "stays", "times that an alert came to a stage"
    STEPS = "steps", "steps"
    HOLDS = "holds", "promises"
    CLOSINGS = "closings", "closings"
    CHILDREN = "children", "children"
    WORKING_DAYS = "working_days", "working days"
    REFERRALS = "referrals", "referrals"
    TIMES = "times", "times"


FROM, TO = "from_day", "to_day"
"""What a measure asks for. Empty: from the beginning, until today."""

DAYS = {FROM: "From", TO: "To"}
"""Each with the label of its field."""

THIS_PERIOD = "this period"


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of the figures that everything reads: ready-made questions, overview, metadata and docs.

    `body` selects from `periods`: this one, the one before and the same a year earlier, each with `period` (its
    name), `nth`, `since`, `until` and `over`, the last day that was over by then.
    """

    id: str
    name: str
    """By which it stands in addresses."""
    title: str
    counted: str
    numerator: str
    denominator: str
    rule: InPeriod
    by: tuple[str, ...]
    unit: CountedIn
    body: str
    rows: tuple[str, str] | None = None
    """The table whose rows it counts, and the column of the day that puts them into the period; None where no table has one."""
    may_leave: bool = True
    """May it be shown outside the service at all? Small numbers are hidden there in any case."""

    @property
    def sql(self) -> str:
        return f"{PERIODS}{self.body}"

    @property
    def sql_of_this_period(self) -> str:
        return f"{SPAN_OF_THIS_PERIOD}{self.body}"


_SPANS = f"""\
with asked as (
  select nullif(:{FROM}, '') as since, coalesce(nullif(:{TO}, ''), day) as until, day from today
), ahead as (
  select *, date(until, '+1 day') as after from asked
), spans (named, nth, since, until, day) as (
  select '{THIS_PERIOD}', 1, coalesce(since, '0000-01-01'), until, day from ahead
  union all
  select 'the one before', 2, case
      when substr(since, 9) = '01' and substr(after, 9) = '01' then date(since,
        ((substr(since, 1, 4) - substr(after, 1, 4)) * 12 + substr(since, 6, 2) - substr(after, 6, 2)) || ' months')
      else date(since, cast(julianday(since) - julianday(after) as integer) || ' days')
    end, date(since, '-1 day'), day from ahead where since is not null
  union all
  select 'a year earlier', 3, date(since, '-1 year'), date(after, '-1 year', '-1 day'), day
  from ahead where since is not null
), periods as (
  select nth, since, until, min(until, date(day, '-1 day')) as over,
    named || iif(since = '0000-01-01', ', until ', ', ' || since || ' to ') || until as period
  from spans"""
PERIODS = f"{_SPANS}\n)\n"
SPAN_OF_THIS_PERIOD = f"{_SPANS} where nth = 1\n)\n"


def middle(value: str, rank: str = "rank", of: str = "known") -> str:
    """The median by nearest rank: the smallest value with at least half at or below it."""
    return f"min(case when 2 * {rank} >= {of} then {value} end)"


def ninth_decile(value: str, rank: str = "rank", of: str = "known") -> str:
    return f"min(case when 10 * {rank} >= 9 * {of} then {value} end)"


def per_cent(part: str, whole: str) -> str:
    """To one place; empty where the whole is nothing."""
    return f"round(100.0 * {part} / nullif({whole}, 0), 1)"
