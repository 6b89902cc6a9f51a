"""When an e-mail may leave: not before seven in the morning, and on no day on which its council does not work."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Final

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.outbox import Waiting
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.deadlines.due_date import add_working_days
from practice_alerts.domain.deadlines.stage_clocks import ClockKind
from practice_alerts.domain.notices.urgency import Urgency, urgency
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.office import Office

MORNING: Final = time(7)
"""Nothing that may wait is written or sent before, London time."""


def is_morning(office: Office) -> bool:
    return office.now().astimezone(LONDON).time() >= MORNING


def works_today(office: Office, tx: Tx, councils: Iterable[str]) -> bool:
    """Does any of them work today? Where none is known here, nothing says that it does not."""
    known = [one for one in councils if one in office.councils]
    return not known or any(office.calendar(one, tx).is_working(office.today) for one in known)


def councils_for(office: Office, tx: Tx, council: str | None, person_id: str) -> frozenset[str]:
    """Whose days count for a notice: its alert's council, else every one in which its reader holds a post."""
    return frozenset({council} if council else directory.councils_of(tx, person_id, office.today))


def wait_until(office: Office, tx: Tx, notice: Waiting, about: Known | None) -> datetime | None:
    """When a notice may leave that may not leave now; None where it may.

    In the sample office nothing waits: whoever tries it at a weekend wants to see the e-mail.
    """
    if urgency(notice.notice) is not Urgency.AT_ONCE or office.settings.sample:
        return None
    if about is not None and runs_in_hours(office, tx, about):
        return None
    councils = councils_for(office, tx, notice.council, notice.person_id)
    day = office.today
    if works_today(office, tx, councils):
        is_of_today = london_date(notice.written_at) == day
        if is_of_today or notice.tries or is_morning(office):
            return None
    else:
        known = (office.calendar(one, tx) for one in councils if one in office.councils)
        day = min(add_working_days(day, 1, calendar) for calendar in known)
    return datetime.combine(day, MORNING, LONDON)


def runs_in_hours(office: Office, tx: Tx, found: Known) -> bool:
    """Is anything awaited there by an hour, or at once?"""
    clocks = running_clocks(found.alert, found.ladder, office.calendar(found.files.id, tx))
    return any(
        isinstance(one.by, datetime) or one.kind is ClockKind.AT_ONCE for one in clocks.awaited
    )
