"""How long records are kept: what falls due, what holds it up, and destroying it, which takes two people."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import title_of
from practice_alerts.casework.core.loaded_alert import Known, load_in_turn
from practice_alerts.casework.core.record import Doing, new_act_key, record
from practice_alerts.casework.directory import directory_acts
from practice_alerts.casework.records import destroying
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.destroyed import DestroyedRecord, Kept, KeptSaid
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, must_run
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.falls_due import TimeKept, holds, is_disputed, time_kept
from practice_alerts.domain.text import joined, plural
from practice_alerts.office import Office

_LONGEST = 500
_LONGEST_STATEMENT = 4_000
_CONFIRMS = "iro_manager"
_PROPOSES = "information_officer"


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One closed alert, with nothing of the child."""

    alert_id: str
    reference: str
    closed: date
    kept: TimeKept
    is_restricted: bool

    @property
    def held_up(self) -> str:
        """Why it does not fall due by itself; empty where it does."""
        kept = self.kept
        held = [f"legal hold{f' ({one.reference})' if one.reference else ''}" for one in kept.held]
        apart = ["locked apart: the child was adopted"] if kept.is_apart else []
        disputed = ["its accuracy is disputed"] if kept.is_disputed else []
        return "; ".join(filter(None, (*held, *apart, *disputed, kept.lacks)))

    @property
    def due_in_words(self) -> str:
        return in_full(self.kept.due) if self.kept.due else "no day"


def of_council(office: Office, by: Actor, council: str) -> tuple[RecordLine, ...]:
    """Every closed alert, the one due first at the top, those without a day at the end. Raises NotYours.

    Whoever only looks sees no restricted ones; and nobody those about a child in whom they have an interest.
    """
    must_run(by, OfficeAct.SEE_RECORDS, council)
    acts = (OfficeAct.KEEP_RECORDS, OfficeAct.CONFIRM_DESTRUCTION)
    sees_all = not by.id or any(may_run(by, act, council) for act in acts)
    with office.database.reading() as tx:
        every = [
            one for one in _lines(office, tx, by, council) if sees_all or not one.is_restricted
        ]
    return tuple(sorted(every, key=lambda one: (one.kept.due or date.max, one.reference)))


def _lines(
    office: Office, tx: Tx, by: Actor, council: str, references: Collection[str] = ()
) -> Iterator[RecordLine]:
    for found in _every(office, tx, by, council, references):
        alert = found.alert
        kept = time_kept(alert, office.councils.get(council, found.files).procedure)
        if kept is not None and alert.closed_at is not None:
            closed, is_restricted = london_date(alert.closed_at), alert.restriction is not None
            yield RecordLine(found.id, alert.reference, closed, kept, is_restricted)


def _every(
    office: Office, tx: Tx, by: Actor, council: str, references: Collection[str] = ()
) -> Iterator[Known]:
    """Those of these references, or all."""
    for found in load_in_turn(office, tx, current_state.ids(tx, council, references)):
        if found.alert.reference not in by.shut_out_of:
            yield found


@dataclass(frozen=True, slots=True)
class KeptWanted:
    """What somebody says of some alerts, by their references."""

    references: tuple[str, ...]
    """None, to lift a hold wherever it was set for that complaint."""
    said: KeptSaid
    reason: str
    reference: str = ""
    """Of the complaint, the claim or the inquiry that a hold is for; of a statement, who disagrees."""
    on: date | None = None


def say(office: Office, by: Actor, wanted: KeptWanted) -> tuple[str, ...]:
    """Set or lift a hold, record a day of birth or of death, or lock apart; of which alerts it is said now.

    Raises NotYours, BadAnswers, NotFound.
    """
    must_run(by, OfficeAct.KEEP_RECORDS, by.council)
    if faults := _faults(office, wanted):
        raise BadAnswers(faults)
    why, of = wanted.reason.strip(), wanted.reference.strip()
    what = Kept(said=wanted.said, reason=why, reference=of, on=wanted.on)
    with office.database.writing() as tx:
        every = _meant(office, tx, by, wanted)
        for found in every:
            record(office, tx, found.id, (what,), Doing(by, new_act_key(), found.alert.version))
    return tuple(one.alert.reference for one in every)


def _faults(office: Office, wanted: KeptWanted) -> Faults:
    is_statement = wanted.said is KeptSaid.DISAGREED
    faults: Faults = (
        fault_of_statement(wanted.reason) if is_statement else fault_of_reason(wanted.reason)
    )
    if is_statement and not wanted.reference.strip():
        faults["reference"] = "Who disagrees: say who they are, such as “the child’s father”."
    if len(wanted.reference) > _LONGEST or control_characters(wanted.reference):
        faults["reference"] = "Reference: write it as plain text."
    is_day = wanted.said in {KeptSaid.BORN, KeptSaid.DIED, KeptSaid.ADOPTED}
    if is_day and (wanted.on is None or wanted.on > office.today):
        faults["on"] = "The day: give one that is not still to come."
    lifts = wanted.said is KeptSaid.RELEASED and wanted.reference.strip()
    if not wanted.references and not lifts:
        faults["references"] = "Which: give at least one reference."
    return faults


def fault_of_reason(reason: str) -> Faults:
    if reason.strip() and len(reason) <= _LONGEST and not control_characters(reason):
        return {}
    return {"reason": f"Why: say it in a sentence without names, in under {_LONGEST} characters."}


def fault_of_statement(text: str) -> Faults:
    """What somebody said about themselves, in their own words."""
    if text.strip() and len(text) <= _LONGEST_STATEMENT:
        return {}
    return {"reason": f"What they say: write it in under {_LONGEST_STATEMENT:,} characters."}


def _meant(office: Office, tx: Tx, by: Actor, wanted: KeptWanted) -> tuple[Known, ...]:
    every = {
        one.alert.reference: one for one in _every(office, tx, by, by.council, wanted.references)
    }
    if wanted.said is KeptSaid.RELEASED:
        of = wanted.reference.strip()
        every = {name: one for name, one in every.items() if of in holds(one.alert)}
    if wanted.said is KeptSaid.SETTLED:
        every = {name: one for name, one in every.items() if is_disputed(one.alert)}
    names = tuple(dict.fromkeys(wanted.references or every))
    if not names or not every.keys() >= set(names):
        raise NotFound("record of that reference of which this could be said")
    return tuple(every[name] for name in names)


def propose(office: Office, by: Actor, references: Iterable[str], reason: str) -> int:
    """Ask that these are destroyed; how many. Raises NotYours, BadAnswers, NotPossible."""
    must_run(by, OfficeAct.KEEP_RECORDS, by.council)
    wanted = tuple(dict.fromkeys(references))
    faults = fault_of_reason(reason)
    if not wanted:
        faults["references"] = "Which: choose at least one."
    if faults:
        raise BadAnswers(faults)
    with office.database.writing() as tx:
        due = _must_be_due(office, tx, by, wanted)
        records = tuple(_as_record(due[name]) for name in wanted)
        what = DirectoryChanged(
            change=DirectoryChange.DESTRUCTION,
            person="",
            name=f"{len(records)} {plural(len(records), 'record')}",
            reason=reason.strip(),
            waits=True,
            records=records,
        )
        directory_acts.record(office, tx, by, (by.council,), what)
    return len(records)


def _must_be_due(
    office: Office, tx: Tx, by: Actor, wanted: Collection[str]
) -> Mapping[str, RecordLine]:
    lines = _lines(office, tx, by, by.council, wanted)
    due = {line.reference: line for line in lines if line.kept.is_due(office.today)}
    if left := [name for name in wanted if name not in due]:
        raise NotPossible(f"{joined(left)}: not due, or held. Look at the list of records again.")
    return due


def _as_record(line: RecordLine) -> DestroyedRecord:
    due = line.kept.due.isoformat() if line.kept.due else ""
    return DestroyedRecord(
        alert_id=line.alert_id, reference=line.reference, rule=line.kept.rule, due=due
    )


def destroy(office: Office, tx: Tx, by: Actor, entry: DirectoryEntry) -> None:
    """What was proposed, now that a second person has confirmed it: all of it, where all of it is due still."""
    records = entry.what.records
    _must_be_due(office, tx, by, [one.reference for one in records])
    procedure = office.council(by.council).procedure
    asked = directory.names(tx, {entry.by}).get(entry.by, "")
    two = TwoPeople(
        as_person(procedure, entry.by, asked, _PROPOSES),
        as_person(procedure, by.id, by.name, _CONFIRMS),
        entry.what.reason,
    )
    destroying.destroy(tx, by.council, records, two, office.now())


def as_person(procedure: Procedure, who: str, name: str, post: str) -> Person:
    return Person(id=who, name=name, post=title_of(procedure, post))
