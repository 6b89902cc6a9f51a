"""What is said at the head of an alert when somebody it needs has an interest in the child."""

from collections.abc import Collection

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.text import joined


def interest_warnings(
    alert: Alert, shut_out: Collection[str], give_on: str, moves: str
) -> tuple[str, ...]:
    """That nobody has it now, and that somebody who is asked cannot answer; each with the act that mends it."""
    said: list[str] = []
    if alert.officer.id in shut_out:
        said.append(
            f"Nobody has this alert now: {alert.officer.name} has an interest in the child and is shut"
            f" out of it. The IRO manager gives it to somebody else: “{give_on}”."
        )
    asked = alert.run.sent.asked if alert.run else ()
    if out := [one.in_words for one in asked if one.id in shut_out]:
        have, are = ("has", "is") if len(out) == 1 else ("have", "are")
        said.append(
            f"{joined(out)} {have} an interest in the child, {are} shut out of it and cannot answer."
            f" Say who is asked instead: “{moves}”."
        )
    return tuple(said)
