"""Ways out of the authority, taken at any time beside the ladder: each is followed up to its outcome."""

from __future__ import annotations

from practice_alerts.casework.acts.verb import Deciding, verb
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.events import Event
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.errors import BadAnswers


@verb(Act.FOLLOW_UP)
def follow_up(doing: Deciding) -> Event:
    """What became of a referral: sent, received, decided, or taken back."""
    on, number = doing.day_past("on"), int(doing.given["referral"])
    referred = next(one for one in doing.found.alert.referrals if one.number == number)
    if on < london_date(referred.at):
        made = in_full(london_date(referred.at))
        raise BadAnswers({"on": f"When: it was referred on {made}; choose that day or later."})
    return doing.event()
