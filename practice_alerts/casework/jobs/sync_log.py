"""The log follows the store. Each log file says itself how far it goes, in the same transaction as its rows.

So a file that was lost, restored from a backup or made by an older version catches up by itself, and so does
one whose store was restored: the hash of its last event is no longer in the chain. The same holds when
what the rows rest on beside the events has changed: the council's closures, or the key of the pseudonyms.
"""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from practice_alerts.adapters.log.alert_log import Position
from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.records import destruction
from practice_alerts.adapters.store.records.destruction import GoneSince
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.log.log_rows import case_number, log_rows
from practice_alerts.domain.log.pseudonyms import pseudonym
from practice_alerts.domain.log.redaction import LogRows
from practice_alerts.office import Office

_log = logging.getLogger(__name__)


def catch_up(office: Office) -> int:
    """Write anew every alert that changed since each log last looked; how many alerts were written.

    Cheap when nothing happened: to be called several times a second, by one thread.
    """
    office.log.settle()
    with office.database.reading() as tx:
        heads = {council: _head(office, tx, council) for council in _councils(office)}
        known = {council: office.log.position(council) for council in heads}
        behind = {
            council: position.event
            for council, position in known.items()
            if position and _continues(tx, position, heads[council])
        }
        written = _rebuild(office, tx, {c: head for c, head in heads.items() if c not in behind})
        behind = {c: event for c, event in behind.items() if event < heads[c].event}
        changed = event_store.alerts_changed_after(tx, min(behind.values())) if behind else ()
        rows = _by_council(office, tx, changed)
        gone = destruction.gone_after(tx, min(behind.values())) if behind else None
        counted = {council: _restricted(tx, council) for council in behind}
    for council, references in _destroyed(gone).items():
        office.log.remove(council, *references)
    for council, count in counted.items():
        alerts = rows.get(council, ())
        _report(office.log.write(council, *alerts, reached=heads[council], counted=count))
        written += len(alerts)
    return written


def _destroyed(gone: GoneSince | None) -> dict[str, list[str]]:
    """The references of what was destroyed, by council."""
    found: dict[str, list[str]] = {}
    for council, one in gone.records if gone else ():
        found.setdefault(council, []).append(one.reference)
    return found


def rebuild_log(office: Office) -> int:
    """Make every council's log anew; how many alerts they hold."""
    with office.database.reading() as tx:
        return _rebuild(office, tx, {c: _head(office, tx, c) for c in _councils(office)})


def _councils(office: Office) -> tuple[str, ...]:
    """Those with files today, and those that only have a log by now."""
    return tuple(sorted({*office.councils, *office.log.files()}))


def _head(office: Office, tx: Tx, council: str) -> Position:
    """How far the store goes, and what rows made now would rest on."""
    event, digest = event_store.head(tx)
    calendar = office.calendar(council, tx).version
    key_check = pseudonym("check of the key", council, office.keys.pseudonym)
    return Position(event, digest, f"{calendar}; key {key_check}")


def _continues(tx: Tx, position: Position, head: Position) -> bool:
    """Does what the log holds still stand, but for what happened since?"""
    if position.made_with != head.made_with or position.event > head.event:
        return False
    return position.event == 0 or event_store.hash_at(tx, position.event) == position.hash


def _rebuild(office: Office, tx: Tx, heads: Mapping[str, Position]) -> int:
    """Make these councils' logs anew, one alert in memory at a time."""
    alerts: dict[str, list[str]] = {council: [] for council in heads}
    for alert_id in event_store.alerts_changed_after(tx, 0) if heads else ():
        row = current_state.by_id(tx, alert_id)
        if row is not None and row.council in alerts:
            alerts[row.council].append(alert_id)
    written = 0

    def rows(ids: Iterable[str]) -> Iterator[LogRows]:
        nonlocal written
        for alert in (_alert(tx, alert_id) for alert_id in ids):
            if alert is not None:
                written += 1
                yield _rows(office, tx, alert)

    for council, ids in alerts.items():
        counted = _restricted(tx, council)
        days = office.calendar(council, tx).working_days
        _report(
            office.log.rebuild(
                council, rows(ids), reached=heads[council], counted=counted, days=days
            )
        )
    return written


def _by_council(office: Office, tx: Tx, changed: Iterable[str]) -> dict[str, list[LogRows]]:
    found: dict[str, list[LogRows]] = {}
    for alert_id in changed:
        alert = _alert(tx, alert_id)
        row = current_state.by_id(tx, alert_id)
        if alert is not None:
            found.setdefault(alert.raised.council, []).append(_rows(office, tx, alert))
        elif row is not None:
            office.log.remove(row.council, row.reference)
    return found


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
