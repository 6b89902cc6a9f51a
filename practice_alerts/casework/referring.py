"""Ways out of the authority: taken at any time beside the ladder, each followed up to its outcome."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework.acting import checked, day, others, text
from practice_alerts.casework.known import Known
from practice_alerts.casework.recording import Doing, act
from practice_alerts.domain.beside import FollowedUp
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.events import Event, Referred
from practice_alerts.domain.permissions import Act
from practice_alerts.office import Office


def refer(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """Take it to a way out of the authority, whatever the stage."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.REFER, answers)
        return (
            Referred(
                route=given["route"],
                reason=text(given, "reason"),
                consulted=text(given, "consulted"),
                answers=others(Act.REFER, given),
            ),
        )

    return act(office, alert_id, Act.REFER, doing, decide)


def follow_up(office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing) -> Known:
    """What became of a referral: sent, received, decided, or taken back."""

    def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
        given = checked(office, tx, found, Act.FOLLOW_UP, answers)
        on, number = day(given, "on"), int(given["referral"])
        referred = next(one for one in found.alert.referrals if one.number == number)
        if on > office.today:
            raise BadAnswers({"on": "When: choose a day that has come."})
        if on < london_date(referred.at):
            made = in_full(london_date(referred.at))
            raise BadAnswers({"on": f"When: it was referred on {made}; choose that day or later."})
        return (
            FollowedUp(
                referral=number,
                happened=given["happened"],
                on=on,
                text=text(given, "text"),
                answers=others(Act.FOLLOW_UP, given),
            ),
        )

    return act(office, alert_id, Act.FOLLOW_UP, doing, decide)
