"""Why a restriction cannot be confirmed or lifted now."""

from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.alert import Alert


def said_already(actor: Actor, act: Act, alert: Alert) -> str | None:
    restriction = alert.restriction
    if act is Act.LIFT_RESTRICTION and restriction and restriction.lifted_by == actor.id:
        return "You have said so already. It ends once a second person has said the same."
    return None


_OF_RESTRICTION = frozenset({Act.CONFIRM_RESTRICTION, Act.LIFT_RESTRICTION})


def of_restriction(act: Act, alert: Alert) -> str | None:
    if act in _OF_RESTRICTION and alert.restriction is None:
        return "The alert is not restricted."
    confirmed = alert.restriction is not None and alert.restriction.confirmed_at is not None
    if act is Act.CONFIRM_RESTRICTION and confirmed:
        return "The restriction is confirmed already."
    return None
