"""Telling whoever stands in for somebody that it begins. Not for whom: the page says that."""

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.directory import Covering
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.jobs.when_to_send import councils_for, is_morning, works_today
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.office import Office


def tell_covers(office: Office) -> int:
    """Write to each whose cover has begun, on the first working day of it; how many."""
    if not is_morning(office):
        return 0
    with office.database.reading() as tx:
        running = [
            one for one in directory.coverings(tx, office.today) if one.since <= office.today
        ]
        told = outbox.written(tx, map(_once, running))
        due = [one for one in running if _once(one) not in told and _works(office, tx, one)]
    return sum(_write(office, one) for one in due)


def _works(office: Office, tx: Tx, one: Covering) -> bool:
    return works_today(office, tx, councils_for(office, tx, None, one.cover_id))


def _write(office: Office, one: Covering) -> bool:
    facts = NoticeFacts(due=one.until, link=f"{office.settings.base_url}/app/tray")
    text = office.notices().write("cover_begins", facts)
    with office.database.writing() as tx:
        new = NewNotice(one.cover_id, "cover_begins", text.subject, text.body)
        return outbox.write_once(tx, new, _once(one), office.now())


def _once(one: Covering) -> str:
    return f"cover:{one.id}"
