"""Views and ready-made questions of the alert log. What depends on today is worked out here, never stored."""

from dataclasses import dataclass

from practice_alerts.domain.alert.choices import EndingKind
from practice_alerts.domain.log.columns import Column
from practice_alerts.domain.log.measures.all_measures import MEASURES
from practice_alerts.domain.standing.standings import Pile, Standing


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
        Column("counts_as", "What figures count it as: concern, partner, good practice."),
        Column("stage", "The stage it stands at."),
        Column("stage_place", "That stage's place on its ladder, from 1 on.", "number", "place"),
        Column(
            "standing_today",
            "What it waits for today. Late only where a day has passed that is more than an aim.",
        ),
        Column("response_due", "The answer is due by the end of this day.", unit=_DAY),
        Column("hold_until", "The agreed date of the hold in force.", unit=_DAY),
        Column("cap_due", "The last day of the time limit.", unit=_DAY),
        Column("cap_passed", "Whether that day has passed: yes, no, no time limit."),
        Column("raised_on", "The day it was raised.", unit=_DAY),
        Column("summary", "What it is about, in the one line without names of whoever raised it."),
    ),
    """\
select
  reference,
  kind_title,
  counts_as,
  alerts.stage,
  alerts.stage_place,
  coalesce((
    select standings.standing from standings
    where standings.reference = alerts.reference and standings.since_on <= today.day
    order by standings.since_on desc limit 1
  ), alerts.standing) as standing_today,
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
where closed_on is null""",
)

VIEWS = (TODAY, OPEN_ALERTS)
"""In the order in which they are made: a view rests on those before it."""

FIRST_SQL = """\
select reference, raised_on, stage, standing, summary from alerts
order by raised_on desc limit 100"""
"""What stands in the box until somebody types their own."""

_LATE = ", ".join(f"'{one.value}'" for one in Standing if one.pile is Pile.LATE)

_OF_TODAY = (
    SavedQuery(
        "open_by_stage",
        "Open alerts by stage",
        "How many alerts are open at each stage today, what they wait for, and how many are past the time limit."
        " Good practice, which nobody answers, is left out.",
        """\
select
  kind_title as kind,
  coalesce(stage, 'no stage') as stage,
  standing_today,
  count(*) as alerts,
  min(raised_on) as oldest_raised_on,
  sum(cap_passed = 'yes') as past_the_time_limit
from open_alerts
where counts_as <> 'good practice'
group by 1, 2, 3
order by counts_as, 1, min(stage_place), 2, 3""",
    ),
    SavedQuery(
        "overdue_today",
        "What is overdue today",
        "Open alerts with something late today, whom it was asked of, and since when; the oldest first. Aims are"
        " never late.",
        f"""\
select open_alerts.reference, kind_title as kind, open_alerts.stage, posts_asked, standing_today,
  since_on as late_since,
  (select number from working_days where working_days.day = today.day)
    - (select number from working_days where working_days.day = since_on) + 1 as working_days_late,
  cap_due
from open_alerts
join today
join standings on standings.reference = open_alerts.reference and since_on <= today.day
  and (until_on is null or until_on > today.day)
left join stages on stages.reference = open_alerts.reference
  and stage_order = (select max(stage_order) from stages where stages.reference = open_alerts.reference)
where standing_today in ({_LATE})
order by since_on, open_alerts.reference""",  # noqa: S608 - only words of our own stand in it
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
        "Children with more than one concern within a year",
        "Pseudonyms with two concerns or more, of which one was raised within 365 days after another, without"
        " those raised in error or twice. Small numbers: not for publishing.",
        f"""\
with concerns as (
  select *, lag(raised_on) over child as before_it, lead(raised_on) over child as after_it from alerts
  where counts_as = 'concern' and pseudonym <> 'not given'
    and coalesce(ending, '') <> '{EndingKind.RAISED_IN_ERROR.words}'
  window child as (partition by pseudonym order by raised_on)
)
select
  pseudonym,
  count(*) as alerts,
  sum(closed_on is null) as still_open,
  min(raised_on) as first_raised_on,
  max(raised_on) as last_raised_on
from concerns
where before_it >= date(raised_on, '-365 days') or after_it <= date(raised_on, '+365 days')
group by pseudonym
order by alerts desc, last_raised_on desc""",  # noqa: S608 - only words of our own stand in it
    ),
    SavedQuery(
        "teams",
        "How teams fare, year by year",
        "Of each team's children the concerns raised in a year that is over, how answers came, and good practice. Rounded;"
        " teams with few concerns stand together, and no alert's row says whose it is.",
        """\
select year, team, concerns, in_time, late, no_answer, good_practice from team_years
order by year desc, team""",
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

QUESTIONS = (
    *(SavedQuery(one.name, one.title, one.counted, one.sql) for one in MEASURES),
    *_OF_TODAY,
)
"""The measures, and what is asked about today."""
