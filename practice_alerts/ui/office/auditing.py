"""What is there for an auditor to read: who looked at what, and how the service is set."""

from collections.abc import Sequence

from practice_alerts.casework.views.who_looked import MOST, LookLine
from practice_alerts.domain.dates import in_full
from practice_alerts.ui.page import frame, html


def looks(found: Sequence[LookLine]) -> None:
    """The latest first."""
    heads = ("When", "Who", "Alert", "What")
    none = "Nobody has looked at an alert like that."
    html.table("Who looked at which alert, the latest first", heads, map(_look, found), none=none)
    if len(found) >= MOST:
        html.quiet(f"The {MOST} latest. Narrow it down to see earlier ones.")


def _look(one: LookLine) -> html.Row:
    what = f"was handed a document: {one.form}" if one.form else "opened it"
    alert = frame.to_alert(one.reference)
    return in_full(one.at), one.who, alert, what


def settings(found: Sequence[tuple[str, str]]) -> None:
    html.table("What is set", ("Setting", "Set to"), found)
