"""Proving that nothing was altered: the chain of events, what is sealed, and the rows that must follow."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from practice_alerts.adapters.files.procedures import digest_of
from practice_alerts.adapters.store.alerts import (
    current_state,
    editions,
    event_store,
    let_in_rows,
    shut_out_rows,
)
from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.alerts.event_store import Broken
from practice_alerts.adapters.store.core import seals
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import security_rows
from practice_alerts.adapters.witness_file import WitnessLine
from practice_alerts.casework.core import shutting_out
from practice_alerts.casework.core.loaded_alert import Known, known
from practice_alerts.casework.core.record import current_row
from practice_alerts.casework.proof import old_entries, witness
from practice_alerts.casework.proof.came_back import tampered
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.hash_chain import START
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.standing.let_in import who_is_let_in
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.office import Office

_NO_SUCH_TYPE = (TypeError, AttributeError)
"""A column holds something of another type than it was made for: SQLite takes whatever is written by hand."""
_BY_CALENDAR = {
    *("response_due", "due_is_aim", "cap_due", "slack", "calendar"),
    *("pile", "turns_at", "escalate_by"),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that cannot be what the product wrote."""

    alert: str
    """The reference of the alert; its id where no row gives one; the table where it is of no alert."""
    says: str


@dataclass(frozen=True, slots=True)
class Proof:
    """`head` is the last event's hash. `noted_at` is the event of a head written down before."""

    events: int
    head: str
    broken: tuple[Broken, ...]
    alerts: int
    differences: tuple[Difference, ...]
    noted_at: int | None = None
    accepted: tuple[dict[str, str], ...] = ()
    """By whom, when and why somebody went on with what could not be proved."""
    clocks: tuple[dict[str, str], ...] = ()
    """The same of a clock that had jumped and was said to be right; `was` is what was believed until then."""

    @property
    def holds(self) -> bool:
        return not self.broken and not self.differences


def prove(office: Office, noted: str | None = None, *, is_copy: bool = False) -> Proof:
    """Walk the chain, and fold every alert anew. Reads only, and from one consistent view.

    Of a copy the witness says nothing: the store itself went on meanwhile.
    """
    told = office.settings.witness.last()  # before the store, which may be moving on
    with office.database.reading() as tx:
        events, head = event_store.head(tx)
        alerts = event_store.alerts_changed_after(tx, 0)
        return Proof(
            events,
            head,
            tuple(event_store.verify(tx)),
            len(alerts),
            (
                *(() if is_copy else _witnessed(office, tx, told)),
                *_unsealed(office, tx),
                *_removed(tx),
                *_editions(tx),
                *_differences(office, tx, alerts),
            ),
            None if noted is None else _place(tx, noted),
            seals.accepted(tx),
            seals.clocks_said(tx),
        )


def _witnessed(office: Office, tx: Tx, told: WitnessLine | None) -> Iterator[Difference]:
    if says := witness.apart(tx, office.settings.witness, told):
        yield Difference("witness", says)
    for forged in tampered(tx, office.settings.witness):
        yield Difference("witness", forged)


def _unsealed(office: Office, tx: Tx) -> Iterator[Difference]:
    for one in office.database.altered(tx):
        alert = current_state.reference_of(tx, one.alert_id) or one.alert_id
        yield Difference(str(alert or one.table), f"{one.table}: {one.says}")


def _removed(tx: Tx) -> Iterator[Difference]:
    """An entry of the security log that is gone is believed only with the event that says so; the guards ask for it too."""
    try:
        last = max((one.last for one in old_entries.removed(tx)), default=0)
        is_whole = security_rows.is_whole(tx, last)
    except (ValueError, *_NO_SUCH_TYPE) as unreadable:
        yield Difference("security_log", f"what was removed of it cannot be read: {unreadable}")
        return
    if not is_whole:
        yield Difference(
            "security_log",
            f"its entries are not those after number {last}, up to which an event says that they were removed",
        )


def _editions(tx: Tx) -> Iterator[Difference]:
    for digest in editions.digests(tx):
        if not _are_as_kept(tx, digest):
            yield Difference(
                "edition_files", f"the rules of edition {digest} are not those that were kept"
            )


def _are_as_kept(tx: Tx, digest: str) -> bool:
    try:
        return digest_of(editions.files(tx, digest)) == digest
    except _NO_SUCH_TYPE:
        return False


def _place(tx: Tx, noted: str) -> int | None:
    return 0 if noted == START else event_store.event_with(tx, noted)


def _differences(office: Office, tx: Tx, alerts: tuple[str, ...]) -> Iterator[Difference]:
    for alert_id in dict.fromkeys((*alerts, *current_state.ids(tx))):
        says = _says(office, tx, alert_id)
        if says is not None:
            yield Difference(current_state.reference_of(tx, alert_id) or str(alert_id), says)


def _says(office: Office, tx: Tx, alert_id: str) -> str | None:
    """What differs. Whoever altered a payload or a row need not have left one that can be read."""
    try:
        row = current_state.by_id(tx, alert_id)
    except (ValueError, *_NO_SUCH_TYPE) as unreadable:
        return f"its row cannot be read: {unreadable}"
    try:
        return _difference(office, tx, alert_id, row)
    except (ValueError, LookupError, Expected, *_NO_SUCH_TYPE) as unreadable:
        return f"its events cannot be read: {unreadable}"


def _difference(office: Office, tx: Tx, alert_id: str, row: CurrentRow | None) -> str | None:
    happened = event_store.happened(tx, alert_id)
    if not happened:
        return "it has a row and no events"
    if any(event.what is None for event in happened):
        left = "what was typed was destroyed, but its row is still there"
        return None if row is None else left
    found = known(office, alert_id, fold(happened))
    calendar = office.calendar(found.files.id, tx)
    clocks = running_clocks(found.alert, found.ladder, calendar)
    if row is None:
        return "it has events and no row"
    return _readers_apart(tx, found) or _columns_apart(
        row, current_row(found, clocks, calendar.version)
    )


def _readers_apart(tx: Tx, found: Known) -> str:
    if let_in_rows.of_alert(tx, found.id) != who_is_let_in(found.alert):
        return "who may open it differs from its events"
    if shut_out_rows.of_alert(tx, found.id) != shutting_out.out_of(tx, found):
        return "who is shut out of it differs from the interests that were declared"
    return ""


def _columns_apart(row: CurrentRow, fresh: CurrentRow) -> str | None:
    """Dates worked out with another calendar than today's may rightly differ from today's."""
    names = {field.name for field in fields(CurrentRow)}
    names -= _BY_CALENDAR if row.calendar != fresh.calendar else set()
    apart = sorted(name for name in names if getattr(row, name) != getattr(fresh, name))
    return f"its row differs from its events in: {', '.join(apart)}" if apart else None
