"""How long records are kept: what falls due, what holds it up, and destroying it, which takes two people."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import actor_in, title_of, writing_as
from practice_alerts.casework.core.loaded_alert import Known, load_in_turn
from practice_alerts.casework.core.record import Doing, new_act_key, record
from practice_alerts.casework.core.shutting_out import lists_restricted
from practice_alerts.casework.directory import directory_acts
from practice_alerts.casework.records import destroying, drafts_gone
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.casework.records.reasons import LONGEST, faults_of_reason
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.destroyed import DestroyedRecord, Kept, KeptSaid
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.standing.how_long_kept import (
    TimeKept,
    held_for,
    is_disputed,
    time_kept,
    why_no_such_day,
)
from practice_alerts.domain.text import can_be_seen, joined, plural, small
from practice_alerts.office import Office

_LONGEST_STATEMENT = 4_000
_WITH_A_DAY = frozenset({KeptSaid.BORN, KeptSaid.DIED, KeptSaid.ADOPTED})
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
    sees_all = lists_restricted(by, council)
    with office.database.reading() as tx:
        every = [
            one
            for one in _lines(office, council, _every(office, tx, by, council))
            if sees_all or not one.is_restricted
        ]
    return tuple(sorted(every, key=lambda one: (one.kept.due or date.max, one.reference)))


def _lines(office: Office, council: str, every: Iterable[Known]) -> Iterator[RecordLine]:
    for found in every:
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
    names_nobody: bool = False
    """Whoever says it has made sure that the reason names nobody."""


def say(office: Office, by: Actor, wanted: KeptWanted) -> tuple[str, ...]:
    """Set or lift a hold, record a day of birth or of death, or ask to lock apart; of which alerts it is said now.

    Raises NotYours, BadAnswers, NotFound, and NotPossible for whoever an alert challenges.
    """
    must_run(by, OfficeAct.KEEP_RECORDS, by.council)
    if faults := _faults(office, wanted):
        raise BadAnswers(faults)
    why, of = wanted.reason.strip(), wanted.reference.strip()
    what = Kept(said=wanted.said, reason=why, reference=of, on=wanted.on)
    with writing_as(office, by) as tx:
        every = _meant(office, tx, by, wanted)
        for found in every:
            found.must_not_challenge(by)
            _must_fit(found, what)
        if what.said.takes_two:
            _ask(office, tx, by, every, what)
        else:
            _record(office, tx, by, every, what)
        if what.said.is_shared:
            directory_acts.tell_who_has_it(office, tx, by, every, directory_acts.ACCURACY)
    return tuple(one.alert.reference for one in every)


def _record(office: Office, tx: Tx, by: Actor, every: Iterable[Known], what: Kept) -> None:
    for found in every:
        record(office, tx, found.id, (what,), Doing(by, new_act_key(), found.alert.version))


def _must_fit(found: Known, what: Kept) -> None:
    """Could it be so? What would open or shut a record, or let it fall due, for nobody's saying so."""
    reference, is_open = found.alert.reference, found.alert.is_open
    if what.said is KeptSaid.ADOPTED and is_open:
        raise NotPossible(
            f"{reference} is open, and goes on. It is locked apart once it is closed; until then its officer may"
            " restrict who opens it."
        )
    if fault := why_no_such_day(found.alert, what):
        raise BadAnswers({"on": f"The day, for {reference}: {fault}"})


def _ask(office: Office, tx: Tx, by: Actor, every: tuple[Known, ...], what: Kept) -> None:
    records = tuple(
        DestroyedRecord(alert_id=one.id, reference=one.alert.reference) for one in every
    )
    asked = DirectoryChanged(
        change=DirectoryChange.APART,
        person="",
        name=joined([one.reference for one in records]),
        after=what.said.value,
        since=what.on,
        reason=what.reason,
        records=records,
        waits=True,
    )
    directory_acts.record(office, tx, by, (by.council,), asked)
    if what.said is KeptSaid.ADOPTED:
        directory_acts.tell_who_has_it(office, tx, by, every, "lock_apart_asked")


def set_apart(office: Office, tx: Tx, by: Actor, entry: DirectoryEntry) -> None:
    """What was asked for, now that a second person has confirmed it, by whoever asked for it."""
    asked, said = entry.what, KeptSaid(entry.what.after)
    what = Kept(said=said, reason=asked.reason, on=asked.since)
    asker = actor_in(office, tx, entry.by, by.council)
    every = _found(office, tx, by, asked)
    for found in every:
        found.must_not_challenge(by)
        _must_fit(found, what)
    _record(office, tx, asker, every, what)


def must_be_for(office: Office, tx: Tx, by: Actor, what: DirectoryChanged) -> None:
    """Raises NotPossible for whoever one of the records challenges, or has an interest in its child."""
    references = [one.reference for one in what.records]
    if by.shut_out_of.intersection(references):
        raise NotPossible("One of these records is not for you to decide about.")
    for found in _every(office, tx, by, by.council, references):
        found.must_not_challenge(by)


def _found(office: Office, tx: Tx, by: Actor, asked: DirectoryChanged) -> tuple[Known, ...]:
    """Raises NotPossible where one of them is gone, or they have an interest in its child."""
    references = [one.reference for one in asked.records]
    every = {one.id: one for one in _every(office, tx, by, by.council, references)}
    if any(one.alert_id not in every for one in asked.records):
        raise NotPossible("One of these records is gone, or is not for you to decide about.")
    return tuple(every[one.alert_id] for one in asked.records)


def told_of(office: Office, by: Actor, entry: DirectoryEntry) -> tuple[str, ...]:
    """Of each record that is to be destroyed what whoever confirms it has to know: its days, and who said them."""
    if entry.what.change is not DirectoryChange.DESTRUCTION:
        return ()
    must_run(by, OfficeAct.SEE_RECORDS, by.council)
    with office.database.reading() as tx:
        every = _every(office, tx, by, by.council, [one.reference for one in entry.what.records])
        each = tuple(_told(office, tx, by, found) for found in every)
    return (*each, "Confirmed, it is done at once, and nothing brings them back")


def _told(office: Office, tx: Tx, by: Actor, found: Known) -> str:
    alert = found.alert
    kept = time_kept(alert, office.councils.get(by.council, found.files).procedure)
    closed = f"closed on {in_full(alert.closed_at)}" if alert.closed_at else "open"
    rule = f"kept until {in_full(kept.due)}, {kept.rule}" if kept and kept.due else "no day"
    names = directory.names(tx, {event.by for event in alert.happened})
    said = [
        f"{small(event.what.in_words)}, said by {names.get(event.by, '')} on {in_full(event.at)}"
        for event in alert.happened
        if isinstance(event.what, Kept) and event.what.on
    ]
    return "; ".join(
        (f"{alert.reference}, raised on {in_full(alert.raised_at)}", closed, rule, *said)
    )


def _faults(office: Office, wanted: KeptWanted) -> Faults:
    is_statement = wanted.said is KeptSaid.DISAGREED
    faults: Faults = (
        fault_of_statement(wanted.reason)
        if is_statement
        else faults_of_reason(office, wanted.reason, names_nobody=wanted.names_nobody)
    )
    if is_statement and not wanted.reference.strip():
        faults["reference"] = "Who disagrees: say who they are, such as “the child’s father”."
    if len(wanted.reference) > LONGEST or control_characters(wanted.reference):
        faults["reference"] = "Reference: write it as plain text."
    is_day = wanted.said in _WITH_A_DAY
    if is_day and (wanted.on is None or wanted.on > office.today):
        faults["on"] = "The day: give one that is not still to come."
    lifts = wanted.said is KeptSaid.RELEASED and wanted.reference.strip()
    if not wanted.references and not lifts:
        faults["references"] = "Which: give at least one reference."
    return faults


def fault_of_statement(text: str) -> Faults:
    """What somebody said about themselves, in their own words."""
    if can_be_seen(text) and len(text) <= _LONGEST_STATEMENT:
        return {}
    return {"reason": f"What they say: write it in under {_LONGEST_STATEMENT:,} characters."}


def _meant(office: Office, tx: Tx, by: Actor, wanted: KeptWanted) -> tuple[Known, ...]:
    every = {
        one.alert.reference: one for one in _every(office, tx, by, by.council, wanted.references)
    }
    if wanted.said is KeptSaid.RELEASED:
        of = wanted.reference.strip()
        every = {name: one for name, one in every.items() if of in held_for(one.alert)}
    if wanted.said is KeptSaid.SETTLED:
        every = {name: one for name, one in every.items() if is_disputed(one.alert)}
    if wanted.said is KeptSaid.RETURNED:
        every = {name: one for name, one in every.items() if _is_apart(one)}
    names = tuple(dict.fromkeys(wanted.references or every))
    if not names or not every.keys() >= set(names):
        raise NotFound("record of that reference of which this could be said")
    return tuple(every[name] for name in names)


def _is_apart(found: Known) -> bool:
    return found.alert.restriction is not None and found.alert.restriction.is_locked


def propose(
    office: Office,
    by: Actor,
    references: Iterable[str],
    reason: str,
    *,
    names_nobody: bool = False,
) -> int:
    """Ask that these are destroyed; how many. Raises NotYours, BadAnswers, NotPossible."""
    must_run(by, OfficeAct.KEEP_RECORDS, by.council)
    wanted = tuple(dict.fromkeys(references))
    faults = faults_of_reason(office, reason, names_nobody=names_nobody)
    if not wanted:
        faults["references"] = "Which: choose at least one."
    if faults:
        raise BadAnswers(faults)
    with writing_as(office, by) as tx:
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
    every = tuple(_every(office, tx, by, by.council, wanted))
    lines = _lines(office, by.council, every)
    due = {line.reference: line for line in lines if line.kept.is_due(office.today)}
    if left := [name for name in wanted if name not in due]:
        raise NotPossible(f"{joined(left)}: not due, or held. Look at the list of records again.")
    for found in every:
        found.must_not_challenge(by)
    return due


def _as_record(line: RecordLine) -> DestroyedRecord:
    """Without the day since which it is due: with the rule it would tell for good when the child was born or died."""
    return DestroyedRecord(alert_id=line.alert_id, reference=line.reference, rule=line.kept.rule)


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
    drafts_gone.tell_writers(office, tx, (one.alert_id for one in records), "draft_destroyed")
    destroying.destroy(tx, by.council, records, two, office.now())


def as_person(procedure: Procedure, who: str, name: str, post: str) -> Person:
    return Person(id=who, name=name, post=title_of(procedure, post))
