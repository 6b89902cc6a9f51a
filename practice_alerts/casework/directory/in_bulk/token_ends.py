"""Telling those who keep the directory that the token of the council's own system ends, before it does."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox, scim_records
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.adapters.store.office.scim_records import ScimToken
from practice_alerts.casework.core.actors import who_may_run
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.directory.office_permissions import OfficeAct
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.office import Office

_BEFORE: Final = (30, 7, 1)
"""Days ahead of the last one, each told once; of a token that is made for less, those that are left."""


def tell(office: Office) -> int:
    """Write to each of them on the first of these days that they have not been told of; how many."""
    with office.database.reading() as tx:
        due = [
            (council, one, person, once)
            for council in office.councils
            for one in _ending(office, tx, council)
            for person, once in _untold(office, tx, council, one)
        ]
    return sum(_write(office, *each) for each in due)


def last_day(token: ScimToken) -> date:
    """The last on which it holds."""
    return london_date(token.expires_at - timedelta(seconds=1))


def _ending(office: Office, tx: Tx, council: str) -> tuple[ScimToken, ...]:
    """What holds and ends within the month, and has nothing that holds for longer in its place."""
    live = [one for one in scim_records.tokens_of(tx, council) if one.holds(office.now())]
    latest = max((one.expires_at for one in live), default=None)
    soon = office.today + timedelta(days=_BEFORE[0])
    return tuple(one for one in live if one.expires_at == latest and last_day(one) <= soon)


def _untold(office: Office, tx: Tx, council: str, token: ScimToken) -> Iterator[tuple[str, str]]:
    left = (last_day(token) - office.today).days
    ahead = min(days for days in _BEFORE if left <= days)
    readers = sorted(who_may_run(office, tx, council, OfficeAct.KEEP_DIRECTORY))
    names = {f"token:{token.id}:{ahead}:{person}": person for person in readers}
    told = outbox.written(tx, names)
    yield from ((person, once) for once, person in names.items() if once not in told)


def _write(office: Office, council: str, token: ScimToken, person: str, once: str) -> bool:
    facts = NoticeFacts(
        due=last_day(token), link=f"{office.settings.base_url}/app/service-settings"
    )
    text = office.notices(council).write("token_ends", facts)
    with office.database.writing() as tx:
        new = NewNotice(person, "token_ends", text.subject, text.body)
        return outbox.write_once(tx, new, once, office.now())
