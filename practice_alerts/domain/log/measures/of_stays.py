"""Measures of stays: what was due by the end of the period, and what came of it. What is not due yet is in none."""

from practice_alerts.domain.log.measures.day_counts import (
    ANSWER_DAY,
    ANSWERS,
    THINGS,
    days_of,
)
from practice_alerts.domain.log.measures.day_counts import PUT_RIGHT as DAYS_TO_PUT_RIGHT
from practice_alerts.domain.log.measures.day_counts import STEPS as ALL_STEPS
from practice_alerts.domain.log.measures.measure import (
    CountedIn,
    InPeriod,
    Measure,
    middle,
    per_cent,
)

ENDED = "'ended before it was due'"


def _kept(words: tuple[str, str, str], state: str = "came", day: str = "came_on") -> str:
    """Three columns that add up to what was due: in time, later but by the end, not by the end.

    Of counts kept by day, unless other columns are named: of rows that are one thing each.
    """
    in_time, later, missing = words
    each = f"{THINGS} * " if state == "came" else ""

    def how_many(condition: str) -> str:
        return f"sum({each}({condition}))"

    base = how_many(f"{state} <> {ENDED}")
    was_late = f"{state} = 'no' and {day} <= until"
    return f"""\
  {base} as due,
  {how_many(f"{state} = 'yes'")} as {in_time},
  {how_many(was_late)} as {later},
  {how_many(f"{state} not in ('yes', {ENDED}) and not ({was_late})")} as {missing},
  {per_cent(how_many(f"{state} = 'yes'"), base)} as per_cent_in_time,
  {how_many(f"{state} = {ENDED}")} as ended_before_it_was_due"""


_ANSWERED = ("in_time", "late", "no_answer")


def _answers(counts_as: str) -> str:
    return f"""\
select period, kind, stage, day_is as the_day_is,
{_kept(_ANSWERED)}
from periods {days_of(ANSWERS, "between since and over", counts_as)}
group by nth, kind, stage, day_is
order by nth, kind, min(place), stage, day_is"""


_IN_TIME = "those answered before the time was up"
_DUE_ANSWERS = (
    "stays whose day for the answer lies in the period and had passed by its end, without those that"
    " had ended unanswered before it"
)
_OF_ANSWERS = (
    "Each stay of a concern at a stage whose day for the answer, the agreed one if there was one, lies in the"
    " period and had passed by its end. In time, late and no answer add up to those due. A stay that was left or"
    " closed without an answer before its time was up is no silence and stands apart. What comes after an aim is"
    " not overdue."
)

IN_TIME = Measure(
    "M6",
    "timeliness_by_stage",
    "Answers in time, by stage",
    _OF_ANSWERS,
    _IN_TIME,
    _DUE_ANSWERS,
    InPeriod.DUE,
    ("kind", "stage", "deadline or aim"),
    CountedIn.STAYS,
    _answers("concern"),
    rows=("stages", "due_on"),
)

BY_POST = Measure(
    "M7",
    "no_answer_by_post",
    "Late answers and none, by post",
    f"{_OF_ANSWERS} Posts asked together are counted each: where one answer is enough, it is that of all, and"
    " where each is to answer, each by its own. Counted are those asked when the time was up. It says something about a post, its cover and vacancies, not about a person.",
    "those answered late, and those unanswered at the end",
    _DUE_ANSWERS,
    InPeriod.DUE,
    ("post", "deadline or aim"),
    CountedIn.STAYS,
    f"""\
select period, post, {ANSWER_DAY} as the_day_is,
{_kept(_ANSWERED, "posts_asked.in_time", "posts_asked.answered_on")}
from periods join stages on due_on between since and over
join posts_asked using (reference, stage_order) join alerts using (reference)
where counts_as = 'concern' and answered_in_time <> 'no clock'
group by nth, post, the_day_is order by nth, post, the_day_is""",
    rows=("stages", "due_on"),
    may_leave=False,
)

PARTNERS_IN_TIME = Measure(
    "M21 answers",
    "partner_timeliness",
    "Answers of partner agencies in time",
    "The same as answers in time, of the ladders into other agencies, which stand in no other figure.",
    _IN_TIME,
    _DUE_ANSWERS,
    InPeriod.DUE,
    ("agency", "stage", "deadline or aim"),
    CountedIn.STAYS,
    _answers("partner"),
    rows=("stages", "due_on"),
)

LATE = "answered_in_time = 'no' and answered_on <= until and late_why is not null"

WHY_LATE = Measure(
    "M7 why",
    "why_answers_came_late",
    "Why answers came late",
    "Late answers to concerns, by the reason that whoever gave one chose from a closed list, if any: what lay in a"
    " post or its work, and never in a person. Their day lies in the period and had passed by its end, and they had"
    " come by then; what comes after an aim is not late. Whether to say it is left to whoever answers.",
    "late answers with that reason",
    "late answers",
    InPeriod.DUE,
    ("reason",),
    CountedIn.STAYS,
    f"""\
, late as (
  select nth, period, late_why as reason from periods
  join stages on due_on between since and over join alerts using (reference)
  where counts_as = 'concern' and {LATE}
)
select period, reason, count(*) as answers,
  {per_cent("count(*)", "(select count(*) from late as every where every.nth = late.nth)")} as per_cent_of_late
from late group by nth, reason order by nth, answers desc, reason""",
    rows=("stages", "due_on"),
    may_leave=False,
)

PUT_RIGHT = Measure(
    "M8",
    "put_right_in_time",
    "Put right by its day, by stage",
    "Each stay of a concern whose day for putting it right lies in the period and had passed by its end: found to"
    " be put right at that stay by the day, later, or not. Aims, and days that people set, stand apart from"
    " deadlines: nobody is late by them. A stay left, or closed otherwise, before the day stands apart.",
    "those put right by the day",
    "stays whose day for putting it right lies in the period, without those that had ended before it",
    InPeriod.DUE,
    ("kind", "stage", "deadline, aim or people's own day"),
    CountedIn.STAYS,
    f"""\
select period, kind, stage, day_is as the_day_is,
{_kept(("by_the_day", "after_it", "not_put_right"))}
from periods {days_of(DAYS_TO_PUT_RIGHT, "between since and over")}
group by nth, kind, stage, day_is
order by nth, kind, min(place), stage, day_is""",
    rows=("stages", "put_right_by"),
)

STEPS = Measure(
    "M8 steps",
    "steps_in_time",
    "Steps in time",
    "Each step of a stage of a concern that was due in the period, by a day that had passed by its end: whether"
    " it took place by the day, later, or is not recorded. One found not to be needed is left out.",
    "those that took place by the day",
    "steps whose day lies in the period, without those whose stage had ended before it",
    InPeriod.DUE,
    ("kind", "stage", "step", "deadline or aim"),
    CountedIn.STEPS,
    f"""\
select period, kind, stage, step, day_is as the_day_is,
{_kept(("by_the_day", "after_it", "not_recorded"))}
from periods {days_of(ALL_STEPS, "between since and over")}
group by nth, kind, stage, step, day_is
order by nth, kind, stage, step, day_is""",
    rows=("steps", "due_on"),
)

TIMED = Measure(
    "M25",
    "what_is_timed",
    "Which times the procedure sets",
    "Stays of concerns begun in the period, by the time to answer, how strictly it is meant, and how the day for"
    " putting it right is. Where nothing is timed nothing can be late, and no share in time can be had.",
    "stays begun",
    "",
    InPeriod.ACT,
    ("kind", "stage", "clock"),
    CountedIn.STAYS,
    """\
select period, kind_title as kind, label as stage, clock as time_to_answer,
  coalesce(put_right_kind, 'no day') as day_to_put_right,
  iif(exists (select 1 from steps where steps.reference = stages.reference
    and steps.stage_order = stages.stage_order and steps.due_on is not null), 'yes', 'no') as steps_with_a_day,
  count(*) as stays
from periods join stages on sent_on between since and until join alerts using (reference)
where counts_as = 'concern'
group by nth, kind_title, label, time_to_answer, day_to_put_right, steps_with_a_day
order by nth, kind_title, min(place), label, time_to_answer, day_to_put_right, steps_with_a_day""",
    rows=("stages", "sent_on"),
)

PROMISES = Measure(
    "M9",
    "promises",
    "Were promises kept?",
    "Each promise accepted until a day that lies in the period and had passed by its end, by what came next at"
    " that stage by then: put right by the day, put right later, not satisfactory or escalated, another date,"
    " closed otherwise, nothing.",
    "promises by what came of them",
    "promises whose day lies in the period",
    InPeriod.DUE,
    ("what came of it",),
    CountedIn.HOLDS,
    f"""\
, looked_at as (
  select nth, iif(outcome_on <= until_day, outcome, 'not looked at') as outcome from (
    select nth, periods.until as until_day, outcome, outcome_on from periods
    join holds on holds.until between periods.since and periods.over
    join alerts using (reference) where counts_as = 'concern')
)
select period, count(outcome) as promises, {
        ", ".join(
            f"coalesce(sum(outcome = '{one}'), 0) as {one.replace(' ', '_')}"
            for one in (
                *("kept", "kept late", "broken", "extended", "closed otherwise"),
                "not looked at",
            )
        )
    }
from periods left join looked_at using (nth) group by nth order by nth""",
    rows=("holds", "until"),
)

WITHIN_LIMIT = Measure(
    "M11",
    "within_the_time_limit",
    "Closed within the time limit",
    "Concerns whose time limit ended in the period, and stood closed at the end of that day. One that never came"
    " to where the limit is counted from has none and is not in it. A longer limit that was recorded when the usual"
    " one was over undoes nothing.",
    "those closed at the end of the limit's last day",
    "concerns whose time limit ended in the period",
    InPeriod.DUE,
    (),
    CountedIn.ALERTS,
    f"""\
, limits as (
  select nth, exists (select 1 from closings where closings.reference = alerts.reference
    and closings.closed_on <= cap_held and (reopened_on is null or reopened_on > cap_held)) as closed
  from periods join alerts on cap_held between since and over where counts_as = 'concern'
)
select period, count(closed) as limits_that_ended, coalesce(sum(closed), 0) as closed_by_then,
  coalesce(sum(not closed), 0) as open_past_it, {per_cent("sum(closed)", "count(closed)")} as per_cent_within
from periods left join limits using (nth) group by nth order by nth""",
    rows=("alerts", "cap_held"),
)

ROOM_LEFT = Measure(
    "M22",
    "room_left",
    "Working days left on going on",
    "Stays of concerns left in the period while a time limit ran: working days from that day to the limit's last,"
    " below nothing past it.",
    "the middle of the working days left",
    "stays left in the period",
    InPeriod.ACT,
    ("kind", "stage"),
    CountedIn.WORKING_DAYS,
    f"""\
, ranked as (
  select nth, period, kind_title, label, place, room_left,
    row_number() over (partition by nth, kind_title, label order by room_left) as rank,
    count(*) over (partition by nth, kind_title, label) as known
  from periods join stages on left_on between since and until join alerts using (reference)
  where counts_as = 'concern' and room_left is not null
)
select period, kind_title as kind, label as stage, count(*) as stays, {middle("room_left")} as median_left,
  sum(room_left < 0) as past_the_time_limit
from ranked group by nth, kind_title, label order by nth, kind_title, min(place), label""",
    rows=("stages", "left_on"),
)

OF_STAYS = (
    *(
        IN_TIME,
        BY_POST,
        WHY_LATE,
        PARTNERS_IN_TIME,
        PUT_RIGHT,
        STEPS,
        TIMED,
        PROMISES,
        WITHIN_LIMIT,
    ),
    ROOM_LEFT,
)
