"""Alerts about brothers and sisters: raised together, or linked since. Each goes its own way."""

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.events import Linked


def linked_to(alert: Alert) -> tuple[str, ...]:
    """The ids of the alerts that this one says are about brothers and sisters.

    Two are linked where each says so of the other: one side alone unlinks them.
    """
    found = dict.fromkeys(alert.raised.together)
    for _, what in alert.beside:
        if isinstance(what, Linked):
            for one in what.others:
                found.pop(one, None)
                found |= {one: None} if what.stands else {}
    return tuple(found)
