"""Who is written to when an alert is restricted, or when somebody says that it need not be."""

from collections.abc import Iterator

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.alert.restricted import (
    Restricted,
    RestrictionEvent,
    RestrictionLifted,
)


def told_of_restriction(
    alert: Alert, event: RestrictionEvent
) -> Iterator[tuple[str, tuple[Person, ...]]]:
    """Each notice by its name, with those it goes to. The alert stands as it does after the event."""
    by = alert.happened[-1].by
    match event:
        case Restricted():
            yield "restriction_to_confirm", (event.second,)
            yield "restriction_named", (event.stand_in, *event.named)
        case RestrictionLifted() if alert.restriction is not None:
            what = alert.restriction.what
            every = (alert.officer, what.second, what.stand_in)
            yield "restriction_to_lift", tuple(one for one in every if one.id != by)
        case _:
            pass
