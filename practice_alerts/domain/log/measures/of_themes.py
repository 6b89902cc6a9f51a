"""Measures of what concerns are about: categories, their examples, and the themes that all councils share."""

from practice_alerts.domain.log.measures.measure import CountedIn, InPeriod, Measure, per_cent

NO_THEME, NONE_TICKED = "none of these", "none ticked"

_RAISED = """raised as (
  select nth, period, reference from periods
  join alerts on raised_on between since and until and counts_as = 'concern'
)"""


def _share_of(rows: str) -> str:
    """Of all concerns of the period: each once, however many rows it has."""
    return per_cent(
        "count(distinct reference)", f"(select count(*) from raised where raised.nth = {rows}.nth)"
    )


THEMES = Measure(
    "M4",
    "themes",
    "What concerns are about",
    "Of the concerns raised in the period, those with each category ticked. One with two counts in both, so the"
    " shares add up to more than all.",
    "concerns with that category",
    "concerns raised in the period",
    InPeriod.ACT,
    ("category",),
    CountedIn.ALERTS,
    f"""\
, {_RAISED}, ticked as (
  select nth, period, reference, coalesce(title, '{NONE_TICKED}') as category
  from raised left join categories using (reference)
  where is_theme = 'yes' or not exists
    (select 1 from categories as other where other.reference = raised.reference and is_theme = 'yes')
)
select period, category, count(distinct reference) as alerts,
  {_share_of("ticked")} as per_cent_of_concerns
from ticked group by nth, category order by nth, alerts desc, category""",
    rows=("alerts", "raised_on"),
)

EXAMPLES = Measure(
    "M4 examples",
    "examples_ticked",
    "What concerns are about, more closely",
    "Of the concerns raised in the period, those with each of a category's examples ticked, as the procedure gives them."
    " Ticking one is left to whoever raises; a concern with two counts in both.",
    "concerns with that example",
    "",
    InPeriod.ACT,
    ("category", "example"),
    CountedIn.ALERTS,
    """\
select period, part_of as category, title as example, count(distinct reference) as alerts
from periods join alerts on raised_on between since and until join categories using (reference)
where counts_as = 'concern' and part_of is not null
group by nth, part_of, title order by nth, part_of, alerts desc, title""",
    rows=("alerts", "raised_on"),
    may_leave=False,
)

SHARED = Measure(
    "M4 shared",
    "shared_themes",
    "What concerns are about, as all councils are counted",
    "The same by the themes that all councils share, to which each procedure file assigns its own categories and examples:"
    " by these, and by no others, one council can be laid beside another. One with two themes counts in both; what the file"
    " assigns to none stands by itself.",
    "concerns with that theme",
    "concerns raised in the period",
    InPeriod.ACT,
    ("theme",),
    CountedIn.ALERTS,
    f"""\
, {_RAISED}, held as (
  select nth, period, raised.reference, coalesce(shared_theme, '{NO_THEME}') as theme
  from raised left join categories on categories.reference = raised.reference and shared_theme is not null
)
select period, theme, count(distinct reference) as alerts,
  {_share_of("held")} as per_cent_of_concerns
from held group by nth, theme order by nth, alerts desc, theme""",
    rows=("alerts", "raised_on"),
    may_leave=False,
)

OF_THEMES = (THEMES, EXAMPLES, SHARED)
