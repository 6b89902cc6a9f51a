"""Measures of acts: closings, ways out, and what the officer's own side did and when."""

from practice_alerts.domain.alert.choices import FollowUpKind
from practice_alerts.domain.log.measures.day_counts import (
    CLOSINGS,
    FIRST_PUT_RIGHT,
    NOTHING_HEARD,
    OPENED_AGAIN,
    days_of,
)
from practice_alerts.domain.log.measures.day_counts import REFERRALS as TAKEN
from practice_alerts.domain.log.measures.measure import (
    CountedIn,
    InPeriod,
    Measure,
    middle,
    ninth_decile,
)

ENDED_AGAIN = "opened again"
ALL_CLOSINGS = "all closings"

ENDINGS = Measure(
    "M12",
    "endings",
    "How concerns ended",
    "Each closing of a concern in the period, by how it ended, also where it was opened again later; how often"
    " one was opened again in the period is a line beside. A child who has died stands under no longer looked after"
    " or on a plan: no row of this log says who died.",
    "closings by how they ended",
    "closings in the period",
    InPeriod.ACT,
    ("how it ended",),
    CountedIn.CLOSINGS,
    f"""\
, each (nth, place, period, how_it_ended, closings) as (
  select nth, 0, period, '{ALL_CLOSINGS}', coalesce(sum(things), 0) from periods
    left {days_of(CLOSINGS)} group by nth
  union all select nth, 1, period, came, sum(things) from periods
    {days_of(CLOSINGS)} group by nth, came
  union all select nth, 2, period, '{ENDED_AGAIN}', coalesce(sum(things), 0) from periods
    left {days_of(OPENED_AGAIN)} group by nth
)
select period, how_it_ended, closings from each order by nth, place, closings desc, how_it_ended""",
    rows=("closings", "closed_on"),
)

TIME_TO_PUT_RIGHT = Measure(
    "M10",
    "time_to_put_right",
    "Time until put right",
    "Concerns whose first closing as put right lies in the period: working days from the day after they were"
    " raised to that day. Half took no longer than the middle, nine in ten no longer than the ninth decile.",
    "middle and ninth decile of the working days",
    "concerns first closed as put right in the period",
    InPeriod.ACT,
    (),
    CountedIn.WORKING_DAYS,
    f"""\
, alike as (
  select nth, cast(nullif(came, '') as integer) as working_days, sum(things) as things
  from periods {days_of(FIRST_PUT_RIGHT)} group by nth, came
), ranked as (
  select nth, working_days, things,
    sum(things) over (partition by nth, working_days is null order by working_days) as rank,
    sum(iif(working_days is null, 0, things)) over (partition by nth) as known
  from alike
)
select period, coalesce(sum(things), 0) as alerts, {middle("working_days")} as median, {ninth_decile("working_days")}
    as ninth_decile, coalesce(sum(iif(working_days is null, things, 0)), 0) as not_known
from periods left join ranked using (nth) group by nth order by nth""",
    rows=("closings", "closed_on"),
)

_WAYS_OUT = {kind.words: kind.value for kind in FollowUpKind}

REFERRALS = Measure(
    "M17",
    "referrals",
    "Ways out that were taken",
    "Each time a concern was taken to a way out in the period, by route, with what had last been heard of it by"
    " the period's end. Nothing is printed as 0.",
    "referrals",
    "",
    InPeriod.ACT,
    ("route", "what was heard"),
    CountedIn.REFERRALS,
    f"""\
, made as (
  select nth, stage as route, came as heard, things from periods {days_of(TAKEN)}
    and came_on <= until and (came_until = '' or came_until > until)
)
select period, coalesce(route, 'any') as route, coalesce(sum(things), 0) as referrals, {
        ", ".join(
            f"coalesce(sum(iif(heard = '{words}', things, 0)), 0) as {value}"
            for words, value in (*_WAYS_OUT.items(), (NOTHING_HEARD, "nothing_heard"))
        )
    }
from periods left join made using (nth) group by nth, route order by nth, referrals desc, route""",
    rows=("referrals", "referred_on"),
)

STANDSTILLS = Measure(
    "M18",
    "standstills",
    "Nothing to change meanwhile",
    "How often something was put down as not to happen to the child, how often that ended in the period, and how"
    " many were in force at its end.",
    "begun, ended, in force",
    "",
    InPeriod.ACT,
    ("how it ended",),
    CountedIn.TIMES,
    """\
, of_concerns as (
  select standstills.* from standstills join alerts using (reference) where counts_as = 'concern'
)
select period,
  (select count(*) from of_concerns where begun_on between since and until) as begun,
  (select count(*) from of_concerns where ended_on between since and until and ended = 'lifted') as lifted,
  (select count(*) from of_concerns where ended_on between since and until and ended <> 'lifted')
    as it_happened_all_the_same,
  (select count(*) from of_concerns where begun_on <= until and (ended_on is null or ended_on > until))
    as in_force_at_the_end
from periods order by nth""",
    rows=("standstills", "begun_on"),
)

OVERRIDES = Measure(
    "M19",
    "overrides",
    "Told past the ladder",
    "How often posts were told at once, past the ladder, whatever had happened.",
    "times recorded",
    "",
    InPeriod.ACT,
    (),
    CountedIn.TIMES,
    """\
select period, count(overrides.reference) as times
from periods left join overrides on recorded_on between since and until
group by nth order by nth""",
    rows=("overrides", "recorded_on"),
    may_leave=False,
)

LONG = 10
"""Working days for which it has been the officer's side's turn. Ours; no council says it."""


def _stays(day: str, upto: str = "until", *, aims: bool = False) -> str:
    """Of the stays of concerns those on which this lies in the period; without those that were only an aim."""
    also = "" if aims else " and kind_of_day <> 'aim'"
    return f"""\
from periods join stages on {day} between since and {upto} join alerts using (reference)
  where counts_as = 'concern'{also}"""


def _ranked(value: str, stays: str) -> str:
    return f"""\
select nth, {value} as days, row_number() over (partition by nth order by {value}) as rank,
    count(*) over (partition by nth) as known
  {stays} and {value} is not null"""


_MISSED = "answered_in_time in ('no', 'no answer', 'not yet')"
_LINES = (
    "answers followed up",
    "working days until then, the middle",
    "answers not followed up at the end",
    "missed days acted on",
    "working days until then, the middle, after a missed day",
    "missed days acted on within 3 working days",
    "missed days answered within 3 working days",
    "missed days with neither",
    f"open concerns whose turn was ours for {LONG} working days",
)

OWN_SIDE = Measure(
    "M16",
    "our_own_side",
    "Do we ourselves act?",
    "What the officer's side did: working days from an answer to the outcome, hold, escalation or closing that"
    " followed, by the day of that; answers without any at the end; working days from a missed day to the next"
    " thing it did about the alert; missed days whose third working day after lies in the period, by whether it"
    f" had acted by then; open concerns on which it has been its turn for {LONG} working days or more at the end."
    " Never by officer.",
    "as each line says",
    "as each line says",
    InPeriod.ACT,
    ("line",),
    CountedIn.TIMES,
    f"""\
, answered as (
  {_ranked("working_days_to_meet", _stays("met_on", aims=True))}
), missed as (
  {_ranked("working_days_to_meet_missed", _stays("missed_met_on"))} and {_MISSED}
), third as (
  select nth, case when missed_met_on <= third_day_after then 6
    when answered_on <= third_day_after then 7 else 8 end as came
  {_stays("third_day_after", "over")} and {_MISSED}
), each (nth, place, number) as (
  select nth, 1, count(*) from answered group by nth
  union all select nth, 2, {middle("days")} from answered group by nth
  union all select nth, 3, count(*) from periods
    join stages on answered_on <= until and (met_on is null or met_on > until)
     and (left_on is null or left_on > until)
    join alerts using (reference) where counts_as = 'concern' group by nth
  union all select nth, 4, count(*) from missed group by nth
  union all select nth, 5, {middle("days")} from missed group by nth
  union all select nth, came, count(*) from third group by nth, came
  union all select nth, 9, count(*) from periods
    cross join standings on since_on <= until and (until_on is null or until_on > until)
    cross join alerts using (reference)
    where counts_as = 'concern' and turn = 'the officer''s side' and raised_on <= until
     and (select number from working_days where working_days.day = until)
       - (select number from working_days where working_days.day = turn_since_on) >= {LONG}
    group by nth
), lines (place, line) as (values {", ".join(f"({n}, '{line}')" for n, line in enumerate(_LINES, 1))})
select period, line, coalesce(number, iif(place in (2, 5), null, 0)) as number
from periods join lines left join each using (nth, place) order by nth, place""",
    rows=("stages", "met_on"),
)

OF_ACTS = (ENDINGS, TIME_TO_PUT_RIGHT, REFERRALS, STANDSTILLS, OVERRIDES, OWN_SIDE)
