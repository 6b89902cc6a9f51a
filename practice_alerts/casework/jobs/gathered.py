"""Which of the notices that wait for somebody's message of the day may be in it."""

from collections.abc import Iterable
from datetime import datetime

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import Gathered
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.jobs.when_to_send import MORNING, councils_for, works_today
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.dates import LONDON
from practice_alerts.office import Office

Some = tuple[Gathered, ...]


def today(office: Office, tx: Tx, who: str, written_at: datetime) -> tuple[Some, Some]:
    """Those that go today, and those that need not: their reader cannot open the alert, or has acted on it since.

    What was done after seven is for the next morning, and so is what was written after the message: a second
    try says what the first did.
    """
    seven = datetime.combine(office.today, MORNING, LONDON)
    waiting = (
        one
        for one in outbox.gathered(tx, who)
        if one.written_at <= written_at and (one.once or one.written_at < seven)
    )
    here = tuple(
        one
        for one in waiting
        if works_today(office, tx, councils_for(office, tx, one.council, who))
    )
    known = load_each(office, tx, {one.alert_id for one in here if one.alert_id})
    councils = {one.files.id for one in known.values()}
    actors = {council: actor_in(office, tx, who, council) for council in councils}
    able = {name for name, one in known.items() if one.may(actors[one.files.id], Act.SEE)}
    news = tuple(
        one
        for one in here
        if one.alert_id is None
        or (one.alert_id in able and not _has_acted(known[one.alert_id], who, one.written_at))
    )
    return news, tuple(one for one in here if one not in news)


def _has_acted(found: Known, who: str, since: datetime) -> bool:
    """Whoever has done something to the alert has seen how it stands."""
    return any(one.by == who and one.at > since for one in found.alert.happened)


def ids(these: Iterable[Gathered]) -> tuple[str, ...]:
    return tuple(one.id for one in these)
