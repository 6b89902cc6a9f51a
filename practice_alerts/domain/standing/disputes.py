"""Who says that an alert is not right: statements that stand with it, and whether its accuracy is disputed now."""

from datetime import datetime

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.destroyed import Kept, KeptSaid


def statements(alert: Alert) -> tuple[tuple[datetime, Kept], ...]:
    """Each with when it was recorded, the earliest first."""
    every = ((at, what) for at, what in alert.beside if isinstance(what, Kept))
    return tuple((at, what) for at, what in every if what.said is KeptSaid.DISAGREED)


def is_disputed(alert: Alert) -> bool:
    """Is it restricted, because it is not settled whether it is right?"""
    about = {KeptSaid.DISPUTED, KeptSaid.SETTLED}
    said = [what.said for _, what in alert.beside if isinstance(what, Kept) and what.said in about]
    return said[-1:] == [KeptSaid.DISPUTED]
