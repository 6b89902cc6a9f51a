"""When an e-mail may leave: not before seven in the morning, and on no day on which its council does not work."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.outbox import Waiting
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.domain.acts.act_rows import ACTS, Act
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.deadlines.stage_clocks import ClockKind
from practice_alerts.domain.deadlines.working_days import add_working_days
from practice_alerts.domain.notices.urgency import Urgency, urgency
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.domain.wording.telling_words import is_told
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


def leaves_on(office: Office, about: Known, notice: str, at: datetime | None = None) -> date | None:
    """The day on whose morning a notice of this alert leaves, written now or `at`; None once it has left.

    What is gathered waits for the next morning, and what goes at once for a day on which the council works.
    """
    at = at or office.now()
    today, how = london_date(at), urgency(notice)
    with office.database.reading() as tx:
        calendar = office.calendar(about.files.id, tx)
        at_once = how is Urgency.ALWAYS or (
            how is Urgency.AT_ONCE
            and (
                office.settings.sample
                or calendar.is_working(today)
                or runs_in_hours(office, tx, about)
            )
        )
    if at_once:
        return None
    is_to_come = at.astimezone(LONDON).time() < MORNING
    is_today = is_to_come and calendar.is_working(today)
    day = today if is_today else add_working_days(today, 1, calendar)
    return day if datetime.combine(day, MORNING, LONDON) > office.now() else None


def done_words(office: Office, alert_id: str, act: Act) -> str:
    """What is said once an act is done, with when those whom it speaks of are told."""
    row = ACTS[act]
    if not row.tells:
        return row.done
    with office.database.reading() as tx:
        about = load(office, tx, alert_id)
    return row.done.format(is_told=is_told(leaves_on(office, about, row.tells)))


def runs_in_hours(office: Office, tx: Tx, found: Known) -> bool:
    """Is anything awaited there by an hour, or at once?"""
    clocks = running_clocks(found.alert, found.ladder, office.calendar(found.files.id, tx))
    return any(
        isinstance(one.by, datetime) or one.kind is ClockKind.AT_ONCE for one in clocks.awaited
    )
