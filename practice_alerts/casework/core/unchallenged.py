"""What is done with an alert as a record is done by nobody whom it challenges."""

from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Actor, is_challenged
from practice_alerts.domain.errors import NotPossible


def must_not_challenge(found: Known, *everybody: Actor) -> None:
    """Raises NotPossible. A command is nobody."""
    named = found.rules.named(found.alert)
    for who in everybody:
        if who.id and is_challenged(who, found.alert, named):
            raise NotPossible(
                f"{found.alert.reference} challenges {'you' if who is everybody[0] else who.name}, so somebody"
                " else decides what becomes of it as a record: another IRO manager, or the information"
                " governance officer."
            )
