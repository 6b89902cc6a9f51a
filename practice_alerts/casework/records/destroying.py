"""Destroying whole alerts with all that rests on them: the one place where it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from practice_alerts.adapters.store.alerts import current_state, directory_events, event_store
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.records import destruction
from practice_alerts.adapters.store.records.destruction import GoneAlert
from practice_alerts.casework.core import shutting_out
from practice_alerts.casework.core.actors import runs_commands
from practice_alerts.casework.records import of_the_office
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.destroyed import DestroyedRecord, RecordsDestroyed
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import london_date
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class TwoPeople:
    """Who asked for it and who confirmed it, as they are named from then on, and why."""

    asked: Person
    confirmed: Person
    reason: str


def destroy(
    tx: Tx, council: str, records: Iterable[DestroyedRecord], two: TwoPeople, at: datetime
) -> int:
    """The number, among what is done in the council's office, of the event that says so.

    `forget` is to be called once this transaction is over.
    """
    records = tuple(_as_it_was(tx, council, one) for one in records)
    numbers = [
        number
        for one in records
        for number in destruction.destroy_alert(tx, GoneAlert(one.alert_id, one.reference))
    ]
    beside = of_the_office.without_records(tx, council, london_date(at))
    destruction.destroy_payloads(tx, beside)
    event = RecordsDestroyed(
        destroyed=tuple(sorted({*numbers, *beside})),
        asked_by=two.asked,
        confirmed_by=two.confirmed,
        reason=two.reason,
        records=records,
    )
    who = two.confirmed.id or runs_commands(tx, at)
    return directory_events.append(tx, council, event, who, at)


def _as_it_was(tx: Tx, council: str, record: DestroyedRecord) -> DestroyedRecord:
    """With what says later to whom it was closed."""
    row = current_state.by_id(tx, record.alert_id)
    events = event_store.happened(tx, record.alert_id)
    if row is None or any(one.what is None for one in events):
        return record
    resting = shutting_out.resting_on(tx, council, fold(events))
    return record.model_copy(update={"interests": resting, "is_restricted": row.is_restricted})


def destroy_again(tx: Tx, alert_ids: Iterable[str], by: str, why: str, at: datetime) -> None:
    """Those that came back with a store that was restored."""
    person = Person(id="", name=by, post="by a command")
    again = TwoPeople(person, person, f"It was destroyed before, and came back: {why}")
    back = current_state.by_ids(tx, alert_ids).values()
    for council in sorted({one.council for one in back}):
        records = (
            DestroyedRecord(alert_id=one.id, reference=one.reference)
            for one in back
            if one.council == council
        )
        destroy(tx, council, records, again, at)


def forget(office: Office, *, in_any_case: bool = False) -> bool:
    """Leave no byte of what was destroyed in the store's files; False: it is to be tried again.

    Cheap where nothing was destroyed, unless it is to be done in any case.
    """
    with office.database.reading() as tx:
        if not (in_any_case or destruction.is_to_forget(tx)):
            return True
    if not office.database.forget():
        return False
    office.log.forget_damage()
    with office.database.writing() as tx:
        destruction.has_forgotten(tx)
    return True
