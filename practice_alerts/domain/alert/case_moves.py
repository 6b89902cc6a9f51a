"""What follows from a case that moved for those who had to do with it before."""

from collections.abc import Mapping

from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import CaseMoved, Sent


def former(alert: Alert) -> Mapping[str, int]:
    """Whoever was let go when the case moved and was not asked or copied again, with the number of that event."""
    found: dict[str, int] = {}
    if not alert.moves:
        return found
    for happened in alert.happened:
        if isinstance(happened.what, CaseMoved):
            found |= {one.id: happened.number for one in happened.what.gone}
        if isinstance(happened.what, CaseMoved | Sent):
            for one in (*happened.what.asked, *happened.what.copied):
                found.pop(one.id, None)
    return found


def as_it_was_for(alert: Alert, person_id: str) -> Alert:
    """The alert as it stood when this person was let go; for anybody else as it stands."""
    number = former(alert).get(person_id)
    if number is None:
        return alert
    return fold(one for one in alert.happened if one.number < number)
