"""What follows from a case that moved, or was sent on, for those who had to do with it before."""

from collections.abc import Mapping

from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.events import AskedAnew, Sent, heard_of


def former(alert: Alert) -> Mapping[str, int]:
    """Whoever was let go when others were asked and was not asked, copied or told again, with the number of that event."""
    found: dict[str, int] = {}
    if not alert.moves:
        return found
    for happened in alert.happened:
        what = happened.what
        if isinstance(what, AskedAnew):
            found |= {one.id: happened.number for one in what.gone}
        again = (*what.asked, *what.copied) if isinstance(what, AskedAnew | Sent) else ()
        told = heard_of(what) if what else ()
        for one in (*again, *(person for each in told for person in each.people)):
            found.pop(one.id, None)
    return found


def as_it_was_for(alert: Alert, person_id: str) -> Alert:
    """The alert as it stood when this person was let go; for anybody else as it stands."""
    number = former(alert).get(person_id)
    if number is None:
        return alert
    return fold(one for one in alert.happened if one.number < number)
