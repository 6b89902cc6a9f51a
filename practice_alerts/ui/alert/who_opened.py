"""Who has opened an alert, on its own page."""

from practice_alerts.casework.views.alert_view import Seen
from practice_alerts.casework.views.security_log import MOST, who_opened
from practice_alerts.domain.dates import in_full
from practice_alerts.ui.page import html, session


def openings(seen: Seen) -> None:
    """Nothing for whoever may not know."""
    found = who_opened(session.office(), seen.known, seen.actor)
    if found is None:
        return
    html.heading("Who opened it")
    rows = ((in_full(one.at), one.who, one.did) for one in found)
    html.table("Who opened this alert, the latest first", ("When", "Who", "What"), rows)
    if len(found) >= MOST:
        html.quiet(f"The {MOST} latest.")
