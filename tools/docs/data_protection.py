"""Each column of the alert log and of the security log: why it is there, and what it says of whom.

A column that nobody has said this of stops `make docs`, and a test.
"""

from collections.abc import Mapping
from typing import NamedTuple

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.domain.complete import complete
from practice_alerts.domain.directory.office_permissions import OfficeAct, posts_that
from practice_alerts.domain.log.log_tables import TABLES
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from tools.docs.tables import table


class ColumnFacts(NamedTuple):
    """Why a column is there, and what somebody could learn from it who tries to."""

    purpose: str
    says_of: str


_NOBODY = "nobody by itself"
_PATH = "nobody by itself; the whole path of one alert may be known to those who worked on it"
_DAY = "with an age band and a category, a child whom the reader has worked with: readers already work for the council"
_STAFF = "no person; where one post has one holder, that holder, to whoever knows the staff"


def _for(purpose: str, says_of: str, *names: str) -> dict[str, ColumnFacts]:
    return dict.fromkeys(names, ColumnFacts(purpose, says_of))


LOG_COLUMNS: Mapping[str, ColumnFacts] = complete(
    sorted({one.name for table in TABLES for one in table.columns}),
    {
        **_for(
            "the way to the alert, which only its readers open, and each opening is in the security log",
            "a child, to whoever may open that alert, and to nobody else",
            "reference",
        ),
        **_for(
            "the same child raised again is one child, and repeated drift shows",
            "a child, to whoever holds the key of pseudonyms and the store: they lie apart",
            "pseudonym",
        ),
        **_for("whether alerts are about one age more than another", _DAY, "age_band"),
        **_for(
            "what alerts are about, where a category is too coarse",
            "possibly a child: it is the one thing typed. The form refuses names, initials, dates, numbers and"
            " addresses it knows, and a last guard withholds the line",
            "summary",
        ),
        **_for(
            "how long it took, and what was in time",
            _DAY,
            *("raised_on", "entered_on", "sent_on", "answered_on", "judged_on", "left_on"),
            *(
                "closed_on",
                "happened_at",
                "first_formal_on",
                "met_on",
                "missed_met_on",
                "third_day_after",
            ),
            *("recorded_on", "took_place_on", "agreed_on", "begun_on", "ended_on", "reopened_on"),
            *(
                "referred_on",
                "outcome_on",
                "cap_longer_from",
                "since_on",
                "until_on",
                "turn_since_on",
            ),
        ),
        **_for(
            "what is due and what is overdue",
            _NOBODY,
            *(
                "response_due",
                "put_right_by",
                "hold_until",
                "cap_due",
                "cap_held",
                "due_on",
                "clock",
            ),
            *(
                "response_clock",
                "kind_of_day",
                "clock_due_on",
                "put_right_kind",
                "put_right_own_day",
            ),
            *("put_right_on", "until", "room_left", "turn"),
        ),
        **_for(
            "what makes answers late: vacancies, cover, ways of asking",
            f"{_STAFF}; a word from a closed list that says nothing of a person, and not said where nobody said it",
            "late_why",
        ),
        **_for(
            "whether times are kept",
            _NOBODY,
            *("closed_within_cap", "working_days_to_close", "answered_in_time"),
            *("working_days_to_answer", "in_time", "put_right_in_time", "working_days"),
            *("working_days_to_meet", "working_days_to_meet_missed"),
        ),
        **_for(
            "how far up alerts go, and where they stop",
            _PATH,
            *("entry_stage", "stage", "stage_place", "stage_order", "place", "label", "formal"),
            *("stages_used", "holds", "went_to", "standing"),
            *("entered_formal", "highest_stage", "highest_place", "step", "officers_before"),
        ),
        **_for(
            "what came of them",
            _PATH,
            *("ending", "response", "verdict", "referrals", "detail", "is_put_right", "outcome"),
            *("result", "route", "referral", "what", "ended"),
        ),
        **_for(
            "whether anything changed for the child",
            f"{_DAY}; ticks from a closed list, and never the words beside them",
            *("change", "change_asked"),
        ),
        **_for(
            "whether the child was heard, and told of an advocate and of complaining",
            f"{_DAY}; yes or no, or a word from a closed list, and never what the child said",
            *(
                "view_given",
                "view_at_end",
                "view_how",
                "advocacy_told",
                "complaints_told",
                "against_wishes",
            ),
        ),
        **_for(
            "whether one team's children are raised about, and its answers late, more than others'",
            "no alert: a count of a whole year, rounded, of a team with ten concerns or more in it; who works in that team"
            " may guess at one of their own",
            *("team", "year", "concerns", "late", "no_answer", "good_practice"),
        ),
        **_for(
            "which kind of alert, of case or of event",
            _DAY,
            *("kind", "kind_title", "case_types", "partner", "question", "category", "title"),
            *("counts_as", "case_type", "is_theme"),
        ),
        **_for(
            "which posts leave questions unanswered",
            _STAFF,
            "posts_asked",
            "post",
            "raised_as",
            "raised_as_id",
        ),
        **_for(
            "what alerts are about more closely, and the same for all councils",
            f"{_DAY}; an example from the procedure's own list, and never what was found",
            *("part_of", "shared_theme"),
        ),
        **_for(
            "where concerns come up: whether reviews find them, or somebody has to say so",
            f"{_DAY}; a word from a closed list, and never who said it",
            "arose",
        ),
        **_for(
            "figures of a large log are there at once: how many rows are alike, counted by day",
            _DAY,
            *("day_is", "came", "came_on", "came_until", "things"),
        ),
        **_for("which rules held", _NOBODY, "council", "edition"),
        **_for("what ran on paper before is told apart", _NOBODY, "from_paper"),
        **_for("the place of a row among others", _NOBODY, "number", "closing"),
        **_for("working days are counted in the file itself", _NOBODY, "day"),
        **_for(
            "that there are alerts which this log does not show",
            "nobody: a month and a count. Where a month has one, it says that there was one",
            *("month", "alerts"),
        ),
        **_for("what this file is, said in the file", _NOBODY, "topic", "text"),
        **_for("how far the file follows the store", _NOBODY, "event", "hash", "made_with"),
    },
)
"""Of the alert log, by a column's name: the same name says the same of whom in each table."""

_APART = "destroyed with what was typed"

SECURITY_COLUMNS: Mapping[str, ColumnFacts] = complete(
    sorted({*t.security_log.columns.keys(), *t.security_typed.columns.keys()} - {"entry_id"}),
    {
        **_for("a missing entry shows", _NOBODY, "id"),
        **_for(
            "when it was",
            "somebody on a rota, to whoever knows it; `person_id` says it anyway",
            "at",
        ),
        **_for("what was done", _NOBODY, "kind"),
        **_for(
            "who did it",
            "a member of staff, to whoever has the directory; empty for strangers and commands",
            "person_id",
        ),
        **_for("whose auditors read it", _NOBODY, "council"),
        **_for(
            "which alert was seen",
            "a child, to whoever has the store: the id is random, and stands beside a reference in certificates, proposals and disclosures alone",
            "alert_id",
        ),
        **_for(
            "which document, page or reason",
            "nobody: a word of ours, never one that was typed",
            "what",
        ),
        **_for(
            "what was typed can be proved",
            "nobody: without the salt, which is destroyed with it, no guess can be tried",
            "digest",
        ),
        **_for("no guess can be tried against the digest", f"nobody; {_APART}", "salt"),
        **_for(
            "what was sought, should the use of an account have to be looked into",
            "perhaps a child or a member of staff, by name: never exported, and destroyed in time",
            "typed",
        ),
    },
)
"""Of the security log, and of what lies apart from it."""


def alert_log_columns() -> str:
    """Every column of every table, with its readers."""
    readers = _posts(OfficeAct.READ_LOG)
    rows = (
        (f"`{table.name}.{one.name}`", one.says, *LOG_COLUMNS[one.name], readers)
        for table in TABLES
        for one in table.columns
    )
    return table(("column", "what it says", "purpose", "of whom it could tell", "readers"), rows)


def security_log_columns() -> str:
    auditors = _posts(OfficeAct.READ_SECURITY_LOG)
    exported = f"{auditors}; whoever keeps the council's own logs"
    rows = (
        (
            f"`{table.name}.{name}`",
            *SECURITY_COLUMNS[name],
            exported if table is t.security_log else auditors,
        )
        for table in (t.security_log, t.security_typed)
        for name in (one.name for one in table.columns)
        if name in SECURITY_COLUMNS
    )
    return table(("column", "purpose", "of whom it could tell", "readers"), rows)


def _posts(act: OfficeAct) -> str:
    held = posts_that(act)
    return ", ".join(title for post, title in OFFICE_POSTS.items() if post in held)
