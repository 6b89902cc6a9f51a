"""The list of formal alerts as a table. It leads to no alert: whoever reads it may open none for that."""

from collections.abc import Sequence

from practice_alerts.casework.views.formal_alerts import FormalAlert
from practice_alerts.ui.page import html


def show(found: Sequence[FormalAlert]) -> None:
    heads = ("Alert", "Stage", "About", "Team", "Working days since it was raised")
    rows = ((one.reference, one.stage, one.theme, one.team, f"{one.days:,}") for one in found)
    none = "No formal alert is open."
    html.table("Formal alerts that are open", heads, rows, none=none)
