"""Once a week: that the list of formal alerts is there to be read. The e-mail says nothing of any alert."""

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.core.actors import who_may_run
from practice_alerts.casework.jobs.when_to_send import is_morning
from practice_alerts.casework.views.formal_alerts import listed
from practice_alerts.domain.directory.office_permissions import OfficeAct
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.office import Office


def write_weekly_lists(office: Office) -> int:
    """Write to each who gets it, on the first working day of their council's week; how many."""
    if not is_morning(office):
        return 0
    with office.database.reading() as tx:
        due = [
            (council, person)
            for council in office.councils
            if office.calendar(council, tx).is_working(office.today)
            for person in sorted(_unwritten(office, tx, council))
        ]
    return sum(_write(office, council, person) for council, person in due)


def _unwritten(office: Office, tx: Tx, council: str) -> set[str]:
    """Who has none of this week yet; nobody where no formal alert is open."""
    readers = who_may_run(office, tx, council, OfficeAct.HEAR_WEEKLY)
    names = {_once(office, council, one): one for one in readers}
    left = {names[name] for name in names.keys() - outbox.written(tx, names)}
    return left if left and listed(office, tx, council) else set()


def _write(office: Office, council: str, person: str) -> bool:
    facts = NoticeFacts(link=f"{office.settings.base_url}/app/formal-alerts")
    text = office.notices(council).write("formal_alerts", facts)
    with office.database.writing() as tx:
        new = NewNotice(person, "formal_alerts", text.subject, text.body)
        return outbox.write_once(tx, new, _once(office, council, person), office.now())


def _once(office: Office, council: str, person: str) -> str:
    year, week, _ = office.today.isocalendar()
    return f"formal:{council}:{person}:{year}-{week}"
