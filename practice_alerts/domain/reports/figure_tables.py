"""Each measure as a table of a report: what its rows are called, and what its columns say in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from practice_alerts.domain.alert.choices import FollowUpKind
from practice_alerts.domain.complete import complete
from practice_alerts.domain.log.measures.all_measures import MEASURES
from practice_alerts.domain.log.measures.measure import Measure

THIS, BEFORE, YEAR_EARLIER = "This period", "The period before", "A year earlier"
NOW, WHICH = "now", "which"
"""Under which a template finds them: the number of this period, and what a row is called."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """`by` are the columns that say which row it is, together one; `numbers` those that count, each with its words.

    `compared` is the number that stands beside that of the period before and of a year earlier. Where there is
    nothing to break down by, each number is a row, and all of them are compared.
    """

    of: str
    """What its rows are."""
    by: tuple[str, ...]
    numbers: Mapping[str, str]
    compared: str = ""
    aside: frozenset[str] = frozenset({"kind"})
    """Of `by` what is said only where it is not the same in every row."""
    largest_first: bool = False
    """Are its rows in no order but that of their numbers? Else what there only was before stands in its place."""

    @property
    def is_turned(self) -> bool:
        return not self.by


_DUE = {"due": "Due"}
_SHARE = {"per_cent_in_time": "In time, per cent"}
_ENDED = {"ended_before_it_was_due": "Ended before its day"}
_ANSWERS = {**_DUE, "in_time": "In time", "late": "Late", "no_answer": "No answer", **_SHARE}
_KEPT = {**_DUE, "by_the_day": "By its day", "after_it": "Later"}
_STAGE = ("kind", "stage", "the_day_is")

_TABLES: Mapping[str, FigureTable] = {
    "raised": FigureTable("Concerns", ("broken_down_by", "value"), {"alerts": "Raised"}, "alerts"),
    "raised_by_month": FigureTable(
        "Month",
        ("month",),
        {
            "alerts": "Raised",
            "begun_informally": "Begun informally",
            "begun_formally": "Begun at a formal stage",
        },
    ),
    "ever_formal": FigureTable(
        "Concerns",
        (),
        {
            "raised": "Raised",
            "formal_by_the_end": "Of these, had come to a formal stage",
            "per_cent_formal": "The same, per cent",
        },
    ),
    "themes": FigureTable(
        "Category",
        ("category",),
        {"alerts": "Concerns", "per_cent_of_concerns": "Of all concerns, per cent"},
        "alerts",
        largest_first=True,
    ),
    "examples_ticked": FigureTable(
        "Category and example",
        ("category", "example"),
        {"alerts": "Concerns"},
        "alerts",
        largest_first=True,
    ),
    "shared_themes": FigureTable(
        "Theme",
        ("theme",),
        {"alerts": "Concerns", "per_cent_of_concerns": "Of all concerns, per cent"},
        "alerts",
        largest_first=True,
    ),
    "change_for_the_child": FigureTable(
        "What changed",
        ("change",),
        {"alerts": "Concerns", "per_cent_of_concerns": "Of all that were asked, per cent"},
        "alerts",
    ),
    "highest_stage": FigureTable(
        "Highest stage", ("kind", "highest_stage"), {"alerts": "Concerns closed"}, "alerts"
    ),
    "timeliness_by_stage": FigureTable("Stage", _STAGE, {**_ANSWERS, **_ENDED}, "per_cent_in_time"),
    "no_answer_by_post": FigureTable("Post", ("post", "the_day_is"), _ANSWERS, "no_answer"),
    "why_answers_came_late": FigureTable(
        "Reason",
        ("reason",),
        {"answers": "Late answers", "per_cent_of_late": "Of all late answers, per cent"},
        "answers",
        largest_first=True,
    ),
    "partner_timeliness": FigureTable(
        "Agency", _STAGE, _ANSWERS, "per_cent_in_time", aside=frozenset()
    ),
    "put_right_in_time": FigureTable(
        "Stage", _STAGE, {**_KEPT, "not_put_right": "Not put right", **_SHARE}, "per_cent_in_time"
    ),
    "steps_in_time": FigureTable(
        "Step",
        ("kind", "stage", "step", "the_day_is"),
        {**_KEPT, "not_recorded": "Not recorded", **_SHARE},
        "per_cent_in_time",
    ),
    "what_is_timed": FigureTable(
        "Stage",
        ("kind", "stage"),
        {
            "time_to_answer": "Time to answer",
            "day_to_put_right": "Day for putting right",
            "steps_with_a_day": "Steps with a day",
            "stays": "Times begun",
        },
    ),
    "promises": FigureTable(
        "Promises",
        (),
        {
            "promises": "Promises whose day had come",
            "kept": "Kept",
            "kept_late": "Kept late",
            "broken": "Broken",
            "extended": "Given another day",
            "closed_otherwise": "Closed otherwise",
            "not_looked_at": "Not looked at",
        },
    ),
    "time_to_put_right": FigureTable(
        "Concerns",
        (),
        {
            "alerts": "First closed as put right",
            "median": "Half took no more working days than",
            "ninth_decile": "Nine in ten took no more than",
            "not_known": "Not known, because the calendar does not reach so far",
        },
    ),
    "within_the_time_limit": FigureTable(
        "Time limits",
        (),
        {
            "limits_that_ended": "Time limits that ended",
            "closed_by_then": "Closed by then",
            "open_past_it": "Open past it",
            "per_cent_within": "Closed by then, per cent",
        },
    ),
    "endings": FigureTable(
        "How it ended", ("how_it_ended",), {"closings": "Closings"}, "closings", largest_first=True
    ),
    "childs_voice": FigureTable(
        "Question",
        ("question",),
        {"asked": "Asked", "yes": "Yes", "no": "No", "not_answered": "Not answered"},
        "yes",
    ),
    "raised_again": FigureTable(
        "Children",
        (),
        {
            "children": "Children with a concern",
            "raised_again": "Of these, with another in the year before it",
            "with_a_shared_category": "Of these, with a category that both have",
            "alerts_without_a_number": "Alerts without a case number, left out",
            "reaches_back_a_year": "Does the log reach back a year?",
        },
    ),
    "our_own_side": FigureTable("What we did", ("line",), {"number": "Number"}, "number"),
    "referrals": FigureTable(
        "Way out",
        ("route",),
        {
            "referrals": "Referrals",
            FollowUpKind.DECIDED.value: FollowUpKind.DECIDED.words,
            "nothing_heard": "Nothing heard",
        },
        "referrals",
        largest_first=True,
    ),
    "standstills": FigureTable(
        "Not to change meanwhile",
        (),
        {
            "begun": "Begun",
            "lifted": "Lifted",
            "it_happened_all_the_same": "It happened all the same",
            "in_force_at_the_end": "In force at the end",
        },
    ),
    "overrides": FigureTable("Told past the ladder", (), {"times": "Times"}),
    "good_practice": FigureTable("What it praises", ("subject",), {"alerts": "Alerts"}, "alerts"),
    "partner_alerts": FigureTable(
        "Agency",
        ("agency",),
        {"raised": "Raised", "closed_as_put_right": "Closed as put right"},
        "raised",
    ),
    "room_left": FigureTable(
        "Stage",
        ("kind", "stage"),
        {
            "stays": "Times left",
            "median_left": "Working days left, the middle",
            "past_the_time_limit": "Past the time limit",
        },
        "median_left",
    ),
    "open_at_end": FigureTable(
        "Stage and what it waits for",
        ("kind", "stage", "standing"),
        {
            "alerts": "Open",
            "past_the_time_limit": "Past the time limit",
            "oldest_in_working_days": "Oldest, in working days",
        },
        "alerts",
    ),
}
_NAMES = tuple(one.name for one in MEASURES)
FIGURE_TABLES: Mapping[str, FigureTable] = complete(_NAMES, _TABLES)
"""By the name of the measure."""

MEASURE_CALLED: Mapping[str, Measure] = {one.name: one for one in MEASURES}
