"""The log follows the store. Each log file says itself how far it goes, in the same transaction as its rows.

So a file that was lost, restored from a backup or made by an older version catches up by itself, and so does
one whose store was restored: the hash of its last event is no longer in the chain. The same holds when
what the rows rest on beside the events has changed: the council's closures, or the key of the pseudonyms.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator

from practice_alerts.adapters.log.alert_log import Position
from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.records import destruction
from practice_alerts.casework.each_by_itself import each_by_itself, told
from practice_alerts.casework.jobs.team_years import count_years
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.log.log_rows import case_number, log_rows
from practice_alerts.domain.log.pseudonyms import pseudonym
from practice_alerts.domain.log.redaction import LogRows
from practice_alerts.office import Office

_log = logging.getLogger(__name__)

_MANY = 5000
"""Alerts that changed since: so many are not held in memory together, and the log is made anew, one after the other."""


def catch_up(office: Office) -> int:
    """Write anew every alert that changed since each log last looked; how many alerts were written.

    Cheap when nothing happened: to be called several times a second, by one thread. One council's trouble
    stops no other's log.
    """
    office.log.settle()
    trouble = "logs that could not be written"

    def followed(council: str) -> int:
        written = _follow(office, council)
        count_years(office, council)
        return written

    return each_by_itself(_councils(office), followed, trouble)


def _follow(office: Office, council: str) -> int:
    with office.database.reading() as tx:
        head = _head(office, tx, council)
        position = office.log.position(council, mending=True)
        if position is not None and _would_lose(office, tx, council, position, head):
            return 0
        if position is None or not _continues(tx, position, head):
            return _rebuild(office, tx, council, head)
        if position.event == head.event:
            return 0
        changed = event_store.alerts_changed_after(tx, position.event)
        if len(changed) > _MANY:
            return _rebuild(office, tx, council, head)
        rows, left = _of_council(office, tx, council, changed)
        gone = destruction.gone_after(tx, position.event)
        counted = _restricted(tx, council)
    left += [one.reference for where, one in gone.records if where == council]
    if left:
        office.log.remove(council, *left)  # together: each time the whole file is laid anew
    _report(office.log.write(council, *rows, reached=head, counted=counted))
    return len(rows)


def rebuild_log(office: Office) -> int:
    """Make every council's log anew; how many alerts they hold."""
    with office.database.reading() as tx:
        each = ((council, _head(office, tx, council)) for council in _councils(office))
        return sum(_rebuild(office, tx, council, head) for council, head in each)


def _councils(office: Office) -> tuple[str, ...]:
    """Those with files today, and those that only have a log by now."""
    return tuple(sorted({*office.councils, *office.log.files()}))


def _head(office: Office, tx: Tx, council: str) -> Position:
    """How far the store goes, and what rows made now would rest on."""
    event, digest = event_store.head(tx)
    calendar = office.calendar(council, tx).version
    key_check = pseudonym("check of the key", council, office.keys.pseudonym)
    return Position(event, digest, f"{calendar}; key {key_check}")


def _would_lose(office: Office, tx: Tx, council: str, position: Position, head: Position) -> bool:
    """Does the store know of fewer alerts than the log, and nobody has accepted that by name? Told once."""
    if position.event <= head.event or seals.accepted(tx):
        return False
    kept, logged = len(current_state.ids(tx, council)), office.log.number_of_alerts(council)
    if kept >= logged:
        return False
    if council not in office.log.ahead:
        office.log.ahead.add(council)
        _log.error(
            "The log of %s has %s alerts, to event %s, and the store %s, to event %s. It stays as it is: put the"
            " newer store back, or go on with this one by name (practice-alerts seals accept).",
            council, logged, position.event, kept, head.event,
        )  # fmt: skip
    return True


def _continues(tx: Tx, position: Position, head: Position) -> bool:
    """Does what the log holds still stand, but for what happened since?"""
    if position.made_with != head.made_with or position.event > head.event:
        return False
    return position.event == 0 or event_store.hash_at(tx, position.event) == position.hash


def _rebuild(office: Office, tx: Tx, council: str, head: Position) -> int:
    """Make this council's log anew, one alert in memory at a time."""
    written = 0

    def rows() -> Iterator[LogRows]:
        nonlocal written
        every = told(f"The log of {council} made anew", current_state.ids(tx, council))
        for alert in (_alert(tx, alert_id) for alert_id in every):
            if alert is not None:
                written += 1
                yield _rows(office, tx, alert)

    counted = _restricted(tx, council)
    days = office.calendar(council, tx).working_days
    _report(office.log.rebuild(council, rows(), reached=head, counted=counted, days=days))
    return written


def _of_council(
    office: Office, tx: Tx, council: str, changed: Iterable[str]
) -> tuple[list[LogRows], list[str]]:
    """The rows of these alerts, and the references of those that have no place in the log."""
    found: list[LogRows] = []
    left: list[str] = []
    for alert_id in changed:
        row = current_state.by_id(tx, alert_id)
        if row is None or row.council != council:
            continue
        alert = _alert(tx, alert_id)
        if alert is not None:
            found.append(_rows(office, tx, alert))
        else:
            left.append(row.reference)
    return found, left


def _alert(tx: Tx, alert_id: str) -> Alert | None:
    """The alert, or None where it has no place in the log: what was typed is destroyed, or it is restricted."""
    happened = event_store.happened(tx, alert_id)
    if any(event.what is None for event in happened):
        return None
    alert = fold(happened)
    return None if alert.restriction else alert


def _rows(office: Office, tx: Tx, alert: Alert) -> LogRows:
    raised = alert.raised
    files = office.edition(raised.edition)
    form = files.forms[alert.form]
    calendar = office.calendar(raised.council, tx)
    child = pseudonym(case_number(alert, form), raised.council, office.keys.pseudonym)
    return log_rows(alert, files.procedure, form, calendar, child)


def _restricted(tx: Tx, council: str) -> dict[str, int]:
    """How many alerts of each month only named people may open: all that the log says of them."""
    raised = (f"{london_date(at):%Y-%m}" for at in current_state.restricted_raised_at(tx, council))
    return dict(Counter(raised))


def _report(held_back: dict[str, list[str]]) -> None:
    for reference, places in held_back.items():
        _log.warning("%s: withheld from the log: %s", reference, ", ".join(places))
