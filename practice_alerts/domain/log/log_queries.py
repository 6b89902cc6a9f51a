"""Views and ready-made questions of the alert log. What depends on today is worked out here, never stored."""

from dataclasses import dataclass

from practice_alerts.domain.log.log_tables import Column
from practice_alerts.domain.standing.standings import Standing


@dataclass(frozen=True, slots=True)
class LogView:
    name: str
    title: str
    says: str
    columns: tuple[Column, ...]
    sql: str


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A ready-made question. A `:name` in its SQL is asked for; all but `words` may be left empty."""

    name: str
    title: str
    says: str
    sql: str


_DAY = "year-month-day"

# SQLite knows only UTC. London is an hour ahead from 01:00 UTC on the last Sunday of March to 01:00 UTC on
# the last Sunday of October; the last Sunday of a month of 31 days is the first from the 25th on.
TODAY = LogView(
    "today",
    "Today",
    "The day it is in London, for questions about what is overdue.",
    (Column("day", "Today's date in London.", unit=_DAY),),
    """\
select case
  when datetime('now') >= datetime(strftime('%Y-03-25', 'now'), 'weekday 0', '+1 hour')
   and datetime('now') < datetime(strftime('%Y-10-25', 'now'), 'weekday 0', '+1 hour')
  then date('now', '+1 hour')
  else date('now')
end as day""",
)

OPEN_ALERTS = LogView(
    "open_alerts",
    "Open alerts, as they stand today",
    "Alerts that are not closed, with what today's date makes of their clocks.",
    (
        Column("reference", "The alert's number. The alert itself is opened in the app."),
        Column("kind_title", "Kind of alert, as the procedure calls it."),
        Column("stage", "The stage it stands at."),
        Column("stage_place", "That stage's place on its ladder, from 1 on.", "number", "place"),
        Column(
            "standing_today",
            "What it waits for today. No answer: the day has passed without one; never said of an aim.",
        ),
        Column("response_due", "The answer is due by the end of this day.", unit=_DAY),
        Column("hold_until", "The agreed date of the hold in force.", unit=_DAY),
        Column("cap_due", "The last day of the time limit.", unit=_DAY),
        Column("cap_passed", "Whether that day has passed: yes, no, no time limit."),
        Column("raised_on", "The day it was raised.", unit=_DAY),
        Column("summary", "What it is about, in the one line without names of whoever raised it."),
    ),
    f"""\
select
  reference,
  kind_title,
  stage,
  stage_place,
  case
    when standing = '{Standing.WAITING.value}' and response_due < today.day
     and response_clock not like 'aim %' then '{Standing.NO_ANSWER.value}'
    when standing = '{Standing.ON_HOLD.value}' and hold_until < today.day then '{Standing.HOLD_ENDED.value}'
    else standing
  end as standing_today,
  response_due,
  hold_until,
  cap_due,
  case
    when cap_due is null then 'no time limit'
    when cap_due < today.day then 'yes'
    else 'no'
  end as cap_passed,
  raised_on,
  summary
from alerts, today
where closed_on is null""",  # noqa: S608 - only words of our own stand in it
)

VIEWS = (TODAY, OPEN_ALERTS)
"""In the order in which they are made: a view rests on those before it."""

QUESTIONS = (
    SavedQuery(
        "open_by_stage",
        "Open alerts by stage",
        "How many alerts are open at each stage today, what they wait for, and how many are past the time limit.",
        """\
select
  coalesce(stage, 'no stage') as stage,
  standing_today,
  count(*) as alerts,
  min(raised_on) as oldest_raised_on,
  sum(cap_passed = 'yes') as past_the_time_limit
from open_alerts
group by 1, 2
order by min(stage_place), 1, 2""",
    ),
    SavedQuery(
        "timeliness_by_stage",
        "Answers in time, by stage",
        "Of the times a stage was asked and had to answer by a date: in time, late, never, not yet. The"
        " percentage leaves out what is still waiting and what has no clock. Days as year-month-day.",
        """\
select
  label as stage,
  count(*) as times_asked,
  sum(answered_in_time = 'yes') as in_time,
  sum(answered_in_time = 'no') as late,
  sum(answered_in_time = 'no answer') as no_answer,
  sum(answered_in_time = 'not yet') as not_yet,
  sum(answered_in_time = 'no clock') as no_clock,
  round(
    100.0 * sum(answered_in_time = 'yes')
    / nullif(sum(answered_in_time in ('yes', 'no', 'no answer')), 0), 1
  ) as per_cent_in_time,
  round(avg(working_days_to_answer), 1) as mean_working_days_to_answer
from stages
where (:sent_from = '' or sent_on >= :sent_from)
  and (:sent_to = '' or sent_on <= :sent_to)
group by label
order by min(place), label""",
    ),
    SavedQuery(
        "no_answer_by_post",
        "No answer, by post",
        "How often each post was asked with a clock and gave no answer, or owes one today. Posts asked"
        " together are counted each. It says something about a post, its cover and vacancies, not about"
        " a person.",
        """\
select
  posts_asked.post,
  count(*) as times_asked,
  sum(stages.answered_in_time = 'no answer') as never_answered,
  sum(stages.answered_in_time = 'not yet' and stages.due_on < today.day
      and stages.clock not like 'aim %') as overdue_today
from posts_asked
join stages using (reference, stage_order)
join today
where stages.answered_in_time <> 'no clock'
  and (:sent_from = '' or stages.sent_on >= :sent_from)
  and (:sent_to = '' or stages.sent_on <= :sent_to)
group by posts_asked.post
order by never_answered + overdue_today desc, posts_asked.post""",
    ),
    SavedQuery(
        "holds_ending",
        "Holds that end soon or have ended",
        "Open alerts whose agreed date lies within the next 14 days or has passed: was it done?",
        """\
select reference, stage, hold_until, standing_today, cap_due, summary
from open_alerts, today
where hold_until <= date(today.day, '+14 days')
order by hold_until, reference""",
    ),
    SavedQuery(
        "endings",
        "How alerts ended",
        "Closed alerts by calendar quarter and how they ended, within the time limit and after it.",
        """\
select
  substr(closed_on, 1, 4) || ' quarter ' || ((substr(closed_on, 6, 2) + 2) / 3) as closed_in,
  ending,
  count(*) as alerts,
  sum(closed_within_cap = 'yes') as within_the_time_limit,
  sum(closed_within_cap = 'no') as after_the_time_limit,
  round(avg(working_days_to_close), 1) as mean_working_days_to_close
from alerts
where closed_on is not null
  and (:closed_from = '' or closed_on >= :closed_from)
  and (:closed_to = '' or closed_on <= :closed_to)
group by 1, 2
order by 1 desc, 3 desc""",
    ),
    SavedQuery(
        "themes",
        "What alerts are about",
        "Alerts by category, for those raised in a time. An alert with two categories counts in both.",
        """\
select
  categories.title as category,
  count(*) as alerts,
  sum(alerts.closed_on is null) as still_open,
  round(avg(alerts.stages_used), 1) as mean_stages_used
from categories
join alerts using (reference)
where (:raised_from = '' or alerts.raised_on >= :raised_from)
  and (:raised_to = '' or alerts.raised_on <= :raised_to)
group by categories.title
order by alerts desc, category""",
    ),
    SavedQuery(
        "referrals",
        "Ways out that were taken",
        "How often alerts were taken to CAFCASS, the safeguarding partnership and other routes.",
        """\
select detail as route, count(*) as times, count(distinct reference) as alerts
from happenings
where kind = 'Referred'
  and (:from_day = '' or happened_at >= :from_day)
  and (:to_day = '' or happened_at < date(:to_day, '+1 day'))
group by detail
order by times desc, route""",
    ),
    SavedQuery(
        "past_the_cap",
        "Open alerts past the time limit",
        "Alerts that are still open after the last day of the time limit.",
        """\
select reference, stage, standing_today, cap_due, raised_on, summary
from open_alerts
where cap_passed = 'yes'
order by cap_due, reference""",
    ),
    SavedQuery(
        "more_than_one_alert",
        "Children with more than one alert",
        "Pseudonyms that stand in two alerts or more. Small numbers: not for publishing.",
        """\
select
  pseudonym,
  count(*) as alerts,
  sum(closed_on is null) as still_open,
  min(raised_on) as first_raised_on,
  max(raised_on) as last_raised_on
from alerts
group by pseudonym
having count(*) > 1 and pseudonym <> 'not given'
order by alerts desc, last_raised_on desc""",
    ),
    SavedQuery(
        "search_summaries",
        "Search the summaries",
        "Alerts whose one line has these words in it, the newest 200.",
        """\
select reference, kind_title, stage, standing, raised_on, summary
from alerts
where summary like '%' || :words || '%'
order by raised_on desc, reference desc
limit 200""",
    ),
    SavedQuery(
        "withheld",
        "Lines that were withheld",
        "Alerts whose one line named somebody and was therefore kept out of this log.",
        """\
select reference, raised_on, summary
from alerts
where summary like '(withheld:%'
order by raised_on desc""",
    ),
)
