"""Measures of alerts: how many, about what, how far they climb, and what stands open."""

from practice_alerts.domain.alert.choices import EndingKind
from practice_alerts.domain.log.cells import NOT_ASKED
from practice_alerts.domain.log.measures.measure import CountedIn, InPeriod, Measure, per_cent

RAISED_BY = {
    "all": "'all'",
    "kind": "kind_title",
    "begun": "iif(entered_formal = 'yes', 'at a formal stage', 'informally')",
    "raised as": "raised_as_id",
    "age": "age_band",
    "came up": "arose",
}


def _raised() -> str:
    each = "\nunion all\n".join(
        f"select nth, {n}, period, '{name}', {value}, count(reference) from raised"
        f" where reference is not null or {n} = 0 group by nth, 5"
        for n, (name, value) in enumerate(RAISED_BY.items())
    )
    return f"""\
, raised as (
  select periods.nth, period, alerts.* from periods
  left join alerts on raised_on between since and until and counts_as = 'concern'
), each (nth, place, period, broken_down_by, value, alerts) as (
{each}
union all
select nth, {len(RAISED_BY)}, period, 'case type', case_types.title, count(*)
from raised join case_types using (reference) group by nth, case_types.title
)
select period, broken_down_by, value, alerts from each
order by nth, place, value = 'not given', cast(value as integer), value"""


RAISED = Measure(
    "M1",
    "raised",
    "Concerns raised",
    "Concerns, which are alerts on the council's own ladder, raised in the period. A child of two case types"
    " counts in both.",
    "concerns raised",
    "",
    InPeriod.ACT,
    ("kind", "how it began", "raised as", "age band", "where it came up", "case type"),
    CountedIn.ALERTS,
    _raised(),
    rows=("alerts", "raised_on"),
)

BY_MONTH = Measure(
    "M1 by month",
    "raised_by_month",
    "Concerns raised, month by month",
    "The same by the month in which they were raised, those begun informally and at a formal stage.",
    "concerns raised",
    "",
    InPeriod.ACT,
    ("month", "how it began"),
    CountedIn.ALERTS,
    """\
select period, substr(raised_on, 1, 7) as month, count(*) as alerts,
  sum(entered_formal <> 'yes') as begun_informally, sum(entered_formal = 'yes') as begun_formally
from periods join alerts on raised_on between since and until
where counts_as = 'concern'
group by nth, month order by nth, month""",
    rows=("alerts", "raised_on"),
)

EVER_FORMAL = Measure(
    "M3",
    "ever_formal",
    "Concerns that came to a formal stage",
    "Of the concerns raised in the period, those that had come to a formal stage by its end.",
    "those that had stood at a formal stage by the end",
    "concerns raised in the period",
    InPeriod.ACT,
    (),
    CountedIn.ALERTS,
    f"""\
select period, count(reference) as raised,
  coalesce(sum(first_formal_on <= until), 0) as formal_by_the_end,
  {per_cent("sum(coalesce(first_formal_on <= until, 0))", "count(reference)")} as per_cent_formal
from periods left join alerts on raised_on between since and until and counts_as = 'concern'
group by nth order by nth""",
    rows=("alerts", "raised_on"),
)

HIGHEST = Measure(
    "M5",
    "highest_stage",
    "How far concerns climbed",
    "Concerns closed in the period, each once, by the highest stage at which they had ever stood by then.",
    "concerns by highest stage",
    "concerns with a closing in the period, each by its last one",
    InPeriod.ACT,
    ("kind", "stage"),
    CountedIn.ALERTS,
    """\
, last as (
  select nth, period, reference, max(closings.number) as number
  from periods join closings on closings.closed_on between since and until join alerts using (reference)
  where counts_as = 'concern' group by nth, reference
)
select period, kind_title as kind, closings.highest_stage, count(*) as alerts
from last join closings using (reference, number) join alerts using (reference)
group by nth, kind_title, closings.highest_stage
order by nth, kind_title, min(closings.highest_place)""",
    rows=("closings", "closed_on"),
)

NOT_RECORDED = "not recorded"

CHANGE = Measure(
    "M13",
    "change_for_the_child",
    "What changed for the child",
    "Concerns closed in the period, each once, by what had been ticked by its end as changed for the child, when"
    " they were last closed in it or afterwards. One with two ticks counts in both, so the shares add up to more"
    " than all. Closed before this was asked, they stand as not recorded; as not asked, and in no share, where it"
    " was withdrawn, raised in error or twice, or the child is no longer looked after or another authority's.",
    "concerns with that change",
    "concerns closed in the period of which it was asked",
    InPeriod.ACT,
    ("change",),
    CountedIn.ALERTS,
    f"""\
, last as (
  select nth, period, until, reference, max(closings.number) as number
  from periods join closings on closings.closed_on between since and until join alerts using (reference)
  where counts_as = 'concern' group by nth, reference
), each as (
  select nth, period, last.reference, iif(change_asked = 'yes', coalesce(change, '{
        NOT_RECORDED
    }'), '{NOT_ASKED}') as change
  from last join closings using (reference, number)
  left join changes on changes.reference = last.reference and changes.number = (
    select max(latest.number) from changes as latest
    where latest.reference = last.reference and latest.closing = last.number and latest.recorded_on <= until)
)
select period, change, count(*) as alerts, iif(change = '{NOT_ASKED}', null, {
        per_cent(
            "count(*)",
            f"(select count(distinct reference) from each as asked where asked.nth = each.nth"
            f" and asked.change <> '{NOT_ASKED}')",
        )
    }) as per_cent_of_concerns
from each group by nth, change order by nth, alerts desc, change""",
    rows=("closings", "closed_on"),
)

HEARD = """case when view_how in ('heard', 'observed', 'through an advocate') then 'yes'
    when view_how in ('not answered', 'not asked') then view_how else 'no' end"""

WHEN_RAISED, OF_ADVOCATE = "view given when raised", "told of an advocate"
VOICE_ASKED = (
    *(WHEN_RAISED, "view given at the end", "heard, observed or through an advocate"),
    *(OF_ADVOCATE, "told how to complain", "done against their wishes"),
)
"""Each question, in the order in which they are read."""

VOICE = Measure(
    "M14",
    "childs_voice",
    "The child's voice",
    "Whether what the child says was written down when a concern was raised in the period, and at each closing"
    " in it; whether that was heard, observed or had through an advocate, and not that the child would not, is too young"
    " or was not asked; whether the child was told of an advocate (children looked after) and how to complain, and whether"
    " anything was done against their wishes. A form without the question is in no base, nor a closing that asks"
    " nothing of the child: withdrawn, or raised in error or twice.",
    "those answered with yes",
    "those asked",
    InPeriod.ACT,
    ("question",),
    CountedIn.TIMES,
    f"""\
, ended as (
  select nth, period, closings.*, raised_as_id from periods
  join closings on closings.closed_on between since and until join alerts using (reference)
  where counts_as = 'concern'
), each (nth, place, period, question, answer) as (
  select nth, 1, period, '{VOICE_ASKED[0]}', view_given from periods
  join alerts on raised_on between since and until where counts_as = 'concern'
  union all select nth, 2, period, '{VOICE_ASKED[1]}', view_at_end from ended
  union all select nth, 3, period, '{VOICE_ASKED[2]}', {HEARD} from ended
  union all select nth, 4, period, '{VOICE_ASKED[3]}', advocacy_told from ended
    where raised_as_id = 'looked_after'
  union all select nth, 5, period, '{VOICE_ASKED[4]}', complaints_told from ended
  union all select nth, 6, period, '{VOICE_ASKED[5]}', against_wishes from ended
)
select period, question, count(*) as asked, sum(answer = 'yes') as yes, sum(answer = 'no') as no,
  sum(answer = 'not answered') as not_answered
from each where answer <> 'not asked' group by nth, place order by nth, place""",
    rows=("closings", "closed_on"),
)

_IN_ERROR = f"""\
select reference from closings where ending = '{EndingKind.RAISED_IN_ERROR.words}'
    and closed_on <= until and (reopened_on is null or reopened_on > until)"""

AGAIN = Measure(
    "M15",
    "raised_again",
    "Children with a concern raised again",
    "Children with a concern raised in the period, and those of them with another raised in the 365 days before"
    " it, on an earlier day; of these again, with a category that both have. Alerts without a case number are"
    " left out and counted, and so are, uncounted, those that stood closed as raised in error or twice at the end"
    " of the period. Where the log does not reach back 365 days, that is said.",
    "children with an earlier concern",
    "children with a concern raised in the period",
    InPeriod.ACT,
    ("shared category",),
    CountedIn.CHILDREN,
    f"""\
, concerns as (
  select nth, since, until, reference, pseudonym, raised_on from periods join alerts
  on raised_on between date(since, '-365 days') and until and counts_as = 'concern' and reference not in ({_IN_ERROR})
), again as (
  select nth, now.reference, now.pseudonym, before.reference as earlier from concerns as now
  cross join alerts as before on before.pseudonym = now.pseudonym
   and before.raised_on < now.raised_on and before.raised_on >= date(now.raised_on, '-365 days')
  where now.raised_on between now.since and now.until and now.pseudonym <> 'not given'
   and before.counts_as = 'concern' and before.reference not in ({_IN_ERROR})
), shared as (
  select distinct nth, pseudonym from again
  join categories as mine using (reference)
  join categories as theirs on theirs.reference = earlier and theirs.category = mine.category
  where mine.is_theme = 'yes' and theirs.is_theme = 'yes'
)
select period,
  (select count(distinct pseudonym) from concerns where concerns.nth = periods.nth
    and raised_on >= periods.since and pseudonym <> 'not given') as children,
  (select count(distinct pseudonym) from again where again.nth = periods.nth) as raised_again,
  (select count(*) from shared where shared.nth = periods.nth) as with_a_shared_category,
  (select count(*) from concerns where concerns.nth = periods.nth
    and raised_on >= periods.since and pseudonym = 'not given') as alerts_without_a_number,
  coalesce((select iif(date(min(raised_on), '+365 days') <= since, 'yes', 'not enough history')
    from alerts), 'not enough history') as reaches_back_a_year
from periods order by nth""",
    rows=("alerts", "raised_on"),
)

GOOD_PRACTICE = Measure(
    "M20",
    "good_practice",
    "Good practice",
    "Alerts of good practice raised in the period, by what they praise. They stand in no other figure.",
    "good practice alerts",
    "",
    InPeriod.ACT,
    ("subject",),
    CountedIn.ALERTS,
    """\
, praised as (
  select nth, period, reference from periods
  left join alerts on raised_on between since and until and counts_as = 'good practice'
), each (nth, period, place, subject, alerts) as (
  select nth, period, 0, 'all', count(reference) from praised group by nth
  union all
  select nth, period, 1, title, count(*) from praised join categories using (reference) group by nth, title
)
select period, subject, alerts from each order by nth, place, subject""",
    rows=("alerts", "raised_on"),
)

PARTNERS = Measure(
    "M21",
    "partner_alerts",
    "Alerts taken to partner agencies",
    "Alerts on a ladder into another agency raised in the period, and those closed in it as put right.",
    "partner alerts raised, and closed as put right",
    "",
    InPeriod.ACT,
    ("agency",),
    CountedIn.ALERTS,
    """\
select period, coalesce(partner, 'no name') as agency,
  sum(raised_on between since and until) as raised,
  sum(exists (select 1 from closings where closings.reference = alerts.reference
    and is_put_right = 'yes' and closings.closed_on between since and until)) as closed_as_put_right
from periods join alerts on counts_as = 'partner'
group by nth, agency order by nth, agency""",
    rows=("alerts", "raised_on"),
)

PAST_THE_LIMIT = "coalesce(iif(cap_longer_from <= until, cap_due, cap_held) < until, 0)"
"""By the limit that it had then."""

OPEN_AT_END = Measure(
    "M23",
    "open_at_end",
    "Concerns open at the end of the period",
    "Concerns that were not closed at the end of the period's last day, by stage and what they waited for, those"
    " past the time limit, and the working days since they were raised.",
    "open concerns",
    "",
    InPeriod.AT_END,
    ("kind", "stage", "what it waits for"),
    CountedIn.ALERTS,
    f"""\
select period, kind_title as kind, coalesce(standings.stage, 'no stage') as stage, standings.standing,
  count(*) as alerts, sum({PAST_THE_LIMIT}) as past_the_time_limit,
  max((select number from working_days where working_days.day = until)
    - (select number from working_days where working_days.day = raised_on)) as oldest_in_working_days
from periods
cross join standings on since_on <= until and (until_on is null or until_on > until)
cross join alerts using (reference)
where counts_as = 'concern' and standings.standing <> 'closed' and raised_on <= until
group by nth, kind_title, standings.stage, standings.standing
order by nth, kind_title, min(standings.stage_place), standings.standing""",
)

OF_ALERTS = (
    *(
        RAISED,
        BY_MONTH,
        EVER_FORMAL,
        HIGHEST,
        CHANGE,
        VOICE,
        AGAIN,
        GOOD_PRACTICE,
        PARTNERS,
    ),
    OPEN_AT_END,
)
