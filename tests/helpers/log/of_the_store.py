"""A council's alerts as the store's events tell them, for the second count."""

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.core.loaded_alert import load
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.log.log_rows import case_number
from practice_alerts.domain.log.pseudonyms import pseudonym
from practice_alerts.office import Office
from tests.helpers.log.twin import Told, Twin


def twin_of(office: Office, council: str) -> Twin:
    """Of all that are not restricted."""
    with office.database.reading() as tx:
        found = [load(office, tx, one).alert for one in current_state.ids(tx, council)]
    return Twin([_told(office, council, one) for one in found if not one.restriction], office.today)


def _told(office: Office, council: str, alert: Alert) -> Told:
    files = office.edition(alert.raised.edition)
    form = files.forms[alert.form]
    child = pseudonym(case_number(alert, form), council, office.keys.pseudonym)
    return Told(alert, files.procedure, form, office.calendar(council), child)
