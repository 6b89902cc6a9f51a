"""What stands behind a number: each thing that a measure counts in a period, a row each, with the alert it is of.

A row has the columns by which the measure breaks down, and for each of its numbers 1 where it counts there. Added up they
give the number itself; a test holds every measure to that.
"""

from collections.abc import Mapping

from practice_alerts.domain.log.cells import NOT_ASKED
from practice_alerts.domain.log.measures.day_counts import ANSWER_DAY, PUT_RIGHT_DAY
from practice_alerts.domain.log.measures.measure import SPAN_OF_THIS_PERIOD
from practice_alerts.domain.log.measures.of_acts import ALL_CLOSINGS, ENDED_AGAIN
from practice_alerts.domain.log.measures.of_alerts import (
    HEARD,
    NOT_RECORDED,
    PAST_THE_LIMIT,
    RAISED_BY,
)
from practice_alerts.domain.log.measures.of_stays import ENDED, LATE
from practice_alerts.domain.log.measures.of_themes import NO_THEME, NONE_TICKED

_ALERTS = "join alerts using (reference) where counts_as = 'concern'"
_CLOSED = f"periods join closings on closings.closed_on between since and until {_ALERTS}"


def _raised(beside: str = "", *, every: bool = False) -> str:
    """The concerns of the period, with the rows beside them; `every`: also those that have none."""
    joined = f"{'left ' if every else ''}join {beside} " if beside else ""
    return f"periods join alerts on raised_on between since and until {joined}where counts_as = 'concern'"


def _kept(state: str, day: str, three: tuple[str, str, str]) -> str:
    later = f"({state} = 'no' and {day} <= until)"
    says = (f"{state} = 'yes'", later, f"{state} not in ('yes', {ENDED}) and not {later}")
    return ", ".join(
        f"{what} as {name}"
        for name, what in {
            "due": f"{state} <> {ENDED}",
            **dict(zip(three, says, strict=True)),
            "ended_before_it_was_due": f"{state} = {ENDED}",
        }.items()
    )


_ANSWERED = _kept("answered_in_time", "answered_on", ("in_time", "late", "no_answer"))
_ANSWERED_BY_POST = _kept(
    "posts_asked.in_time", "posts_asked.answered_on", ("in_time", "late", "no_answer")
)
_DONE = ("by_the_day", "after_it")
_STAYS = "periods join stages on due_on between since and over"


def _answers(counts_as: str, kind: str) -> str:
    return f"""\
select {kind} as kind, label as stage, {ANSWER_DAY} as the_day_is, reference, {_ANSWERED}
from {_STAYS} join alerts using (reference)
where counts_as = '{counts_as}' and answered_in_time <> 'no clock'"""


def _ticked(value: str, extra: str = "") -> str:
    return f"""\
select distinct {value}, reference, 1 as alerts
from {_raised("categories using (reference)", every=True)}{extra}"""


_VOICE = {
    "view given at the end": ("view_at_end", ""),
    "heard, observed or through an advocate": (HEARD, ""),
    "told of an advocate": ("advocacy_told", " and raised_as_id = 'looked_after'"),
    "told how to complain": ("complaints_told", ""),
    "done against their wishes": ("against_wishes", ""),
}


def _said(answer: str) -> str:
    said = {"yes": "yes", "no": "no", "not_answered": "not answered"}
    return "1 as asked, " + ", ".join(f"{answer} = '{w}' as {n}" for n, w in said.items())


_BODIES = {
    "raised": " union all ".join(
        f"select '{name}' as broken_down_by, {value} as value, reference, 1 as alerts from {_raised()}"
        for name, value in RAISED_BY.items()
    )
    + " union all select 'case type', case_types.title, reference, 1"
    f" from {_raised('case_types using (reference)')}",
    "raised_by_month": f"""\
select substr(raised_on, 1, 7) as month, reference, 1 as alerts, entered_formal <> 'yes' as begun_informally,
  entered_formal = 'yes' as begun_formally from {_raised()}""",
    "ever_formal": f"""\
select reference, 1 as raised, coalesce(first_formal_on <= until, 0) as formal_by_the_end from {_raised()}""",
    "themes": _ticked(
        f"iif(is_theme = 'yes', title, '{NONE_TICKED}') as category",
        " and (is_theme = 'yes' or not exists (select 1 from categories as other"
        " where other.reference = alerts.reference and is_theme = 'yes'))",
    ),
    "examples_ticked": f"""\
select distinct part_of as category, title as example, reference, 1 as alerts
from {_raised("categories using (reference)")} and part_of is not null""",
    "shared_themes": f"""\
select distinct coalesce(shared_theme, '{NO_THEME}') as theme, alerts.reference, 1 as alerts
from {_raised("categories on categories.reference = alerts.reference and shared_theme is not null", every=True)}""",
    "highest_stage": f"""\
select kind_title as kind, closings.highest_stage, reference, 1 as alerts from {_CLOSED}
  and number = (select max(number) from closings as other where other.reference = closings.reference
    and other.closed_on between since and until)""",
    "timeliness_by_stage": _answers("concern", "kind_title"),
    "partner_timeliness": _answers("partner", "coalesce(partner, 'no name')"),
    "no_answer_by_post": f"""\
select post, {ANSWER_DAY} as the_day_is, reference, {_ANSWERED_BY_POST} from {_STAYS}
join posts_asked using (reference, stage_order) {_ALERTS} and answered_in_time <> 'no clock'""",
    "why_answers_came_late": f"""\
select late_why as reason, reference, 1 as answers from {_STAYS} {_ALERTS} and {LATE}""",
    "put_right_in_time": f"""\
select kind_title as kind, label as stage, {PUT_RIGHT_DAY} as the_day_is, reference,
  {_kept("put_right_in_time", "put_right_on", (*_DONE, "not_put_right"))}
from periods join stages on stages.put_right_by between since and over {_ALERTS}""",
    "steps_in_time": f"""\
select kind_title as kind, steps.label as stage, steps.title as step, {ANSWER_DAY} as the_day_is, reference,
  {_kept("in_time", "took_place_on", (*_DONE, "not_recorded"))}
from periods join steps on due_on between since and over {_ALERTS} and in_time not in ('not needed', 'no clock')""",
    "promises": f"""\
select reference, 1 as promises, {
        ", ".join(
            f"outcome = '{one}' and outcome_on <= periods.until as {one.replace(' ', '_')}"
            for one in ("kept", "kept late", "broken", "extended", "closed otherwise")
        )
    }, coalesce(outcome_on > periods.until, 1) or outcome = 'not looked at' as not_looked_at
from periods join holds on holds.until between periods.since and periods.over {_ALERTS}""",
    "within_the_time_limit": """\
select reference, 1 as limits_that_ended, closed as closed_by_then, not closed as open_past_it from (
  select reference, exists (select 1 from closings where closings.reference = alerts.reference
    and closings.closed_on <= cap_held and (reopened_on is null or reopened_on > cap_held)) as closed
  from periods join alerts on cap_held between since and over where counts_as = 'concern')""",
    "time_to_put_right": f"""\
select reference, 1 as alerts from {_CLOSED} and is_put_right = 'yes' and number = (
  select min(number) from closings as other where other.reference = closings.reference and is_put_right = 'yes')""",
    "endings": f"""\
select '{ALL_CLOSINGS}' as how_it_ended, reference, 1 as closings from {_CLOSED}
union all select closings.ending, reference, 1 from {_CLOSED}
union all select '{ENDED_AGAIN}', reference, 1
  from periods join closings on reopened_on between since and until {_ALERTS}""",
    "change_for_the_child": f"""\
select iif(change_asked = 'yes', coalesce(change, '{NOT_RECORDED}'), '{NOT_ASKED}') as change, closings.reference,
  1 as alerts
from {_CLOSED.replace("where", "left join changes on changes.reference = closings.reference and changes.number = (select max(latest.number) from changes as latest where latest.reference = closings.reference and latest.closing = closings.number and latest.recorded_on <= until) where")}
  and closings.number = (select max(number) from closings as other where other.reference = closings.reference
    and other.closed_on between since and until)""",
    "childs_voice": f"""\
select 'view given when raised' as question, reference, {_said("view_given")}
from {_raised()} and view_given <> 'not asked'"""
    + "".join(
        f" union all select '{question}', reference, {_said(answer)} from {_CLOSED}{also} and {answer} <> 'not asked'"
        for question, (answer, also) in _VOICE.items()
    ),
    "referrals": f"""\
select coalesce(route, 'any') as route, reference, 1 as referrals
from periods join referrals on referred_on between since and until {_ALERTS}""",
    "standstills": f"""\
select reference, begun_on between since and until as begun,
  coalesce(ended_on between since and until and ended = 'lifted', 0) as lifted,
  coalesce(ended_on between since and until and ended <> 'lifted', 0) as it_happened_all_the_same,
  begun_on <= until and (ended_on is null or ended_on > until) as in_force_at_the_end
from periods join standstills {_ALERTS}""",
    "good_practice": """\
select 'all' as subject, reference, 1 as alerts
from periods join alerts on raised_on between since and until where counts_as = 'good practice'
union all select title, reference, 1 from periods
join alerts on raised_on between since and until join categories using (reference) where counts_as = 'good practice'""",
    "partner_alerts": """\
select coalesce(partner, 'no name') as agency, reference, raised_on between since and until as raised,
  exists (select 1 from closings where closings.reference = alerts.reference and is_put_right = 'yes'
    and closings.closed_on between since and until) as closed_as_put_right
from periods join alerts on counts_as = 'partner'""",
    "open_at_end": f"""\
select kind_title as kind, coalesce(standings.stage, 'no stage') as stage, standings.standing, reference, 1 as alerts,
  {PAST_THE_LIMIT} as past_the_time_limit
from periods join standings on since_on <= until and (until_on is null or until_on > until)
{_ALERTS} and standings.standing <> 'closed' and raised_on <= until""",
    "room_left": f"""\
select kind_title as kind, label as stage, reference, 1 as stays, room_left < 0 as past_the_time_limit
from periods join stages on left_on between since and until {_ALERTS} and room_left is not null""",
}

BEHIND: Mapping[str, str] = {
    name: f"{SPAN_OF_THIS_PERIOD}\n{body}" for name, body in _BODIES.items()
}
"""By the name of the measure. Of middles, of what was told past the ladder and of what we did ourselves there is none."""
