"""Taking something out of an alert that goes on: asked for by one person, carried out by another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.shutting_out import known_to
from practice_alerts.casework.directory import directory_acts
from practice_alerts.casework.directory.record_keeping import as_person, fault_of_reason
from practice_alerts.casework.records import drafts_gone, redacting
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.destroyed import DestroyedRecord, same_places
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
    entries,
)
from practice_alerts.domain.directory.office_permissions import (
    OfficeAct,
    must_run,
    posts_that,
)
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.seeing.interests import says_which_child
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.seeing.taking_out import Removable, removable
from practice_alerts.office import Office

LEGAL_ADVICE: Final = "(Legal advice, which you may not read.)"
_ONE_LOOK = timedelta(minutes=1)


def choices(office: Office, by: Actor, reference: str) -> tuple[Removable, ...]:
    """What can be taken out of this alert, one by one; that it was read is recorded.

    Raises NotYours, NotFound, and NotPossible for whoever the alert challenges.
    """
    must_run(by, OfficeAct.REDACT, by.council)
    with office.database.reading() as tx:
        found = _reached(office, tx, by, reference)
    _note_read(office, by, found)
    return tuple(_as_read(office, found, by))


def _note_read(office: Office, by: Actor, found: Known) -> None:
    about = (by.id or None, by.council, found.id, "what can be taken out")
    office.security_log.note(SecurityEntry(SecurityKind.ALERT_OPENED, *about), once_in=_ONE_LOOK)


def _reached(office: Office, tx: Tx, by: Actor, reference: str) -> Known:
    """The alert, for whoever may say that something of it goes."""
    ids = current_state.ids(tx, by.council, (reference.strip().upper(),))
    found = next(iter(load_each(office, tx, ids).values()), None)
    if found is None or by.id in found.shut_out:
        raise NotFound("record of that reference")
    _must_be_able(found, by)
    return found


def _must_be_able(found: Known, by: Actor) -> None:
    if found.alert.restriction is not None and not found.may(by, Act.SEE):
        raise NotPossible(
            f"{found.alert.reference} is restricted to others, so it is for those named there. Whoever may take"
            " something out of an alert has to be let in first."
        )
    found.must_not_challenge(by)


def _as_read(office: Office, found: Known, by: Actor) -> Iterator[Removable]:
    """Legal advice is read where it stands by those named there, and by nobody here."""
    reader = found.reader(by)
    for one in removable(found.alert, partial(office.form, found.files)):
        part, named = one.belongs
        hidden = part is Part.LEGAL and not reader.reads(part, one.by, named)
        yield replace(one, text=LEGAL_ADVICE) if hidden else one


def ask(
    office: Office, by: Actor, reference: str, key: str, reason: str, *, another: bool = False
) -> str:
    """Ask that it goes; of which alert. Raises as `choices` does, and BadAnswers, NotPossible.

    `another`: it says which child it is, and that is another one, so that whoever has an interest in that one is
    let in; otherwise they stay shut out.
    """
    must_run(by, OfficeAct.REDACT, by.council)
    faults = fault_of_reason(reason)
    with office.database.writing() as tx:
        found = _reached(office, tx, by, reference)
        form_of = partial(office.form, found.files)
        every = {one.key: one for one in removable(found.alert, form_of)}
        if key not in every:
            faults["what"] = "What is to go: choose one."
        if faults:
            raise BadAnswers(faults)
        taken = tuple(
            one.model_copy(update={"another": another and says_which_child(one)})
            for one in every[key].taken
        )
        waiting = _waiting(tx, by.council, found.id)
        if any(same_places(one.what.taken, taken) for one in waiting):
            raise NotPossible("It is asked for already, and waits for a second person.")
        record = DestroyedRecord(alert_id=found.id, reference=found.alert.reference)
        what = DirectoryChanged(
            change=DirectoryChange.REDACTION,
            person="",
            name=found.alert.reference,
            reason=reason.strip(),
            waits=True,
            records=(record,),
            taken=taken,
        )
        directory_acts.record(office, tx, by, (by.council,), what)
    return found.alert.reference


def _waiting(tx: Tx, council: str, alert_id: str) -> Iterator[DirectoryEntry]:
    for one in _every(tx, council):
        if one.waits and one.what.records[0].alert_id == alert_id:
            yield one


def _every(tx: Tx, council: str) -> Iterator[DirectoryEntry]:
    for one in entries(kept.happened(tx, council)):
        if one.what.change is DirectoryChange.REDACTION:
            yield one


@dataclass(frozen=True, slots=True)
class RedactionLine:
    """Something that is to be taken out, or was."""

    entry: DirectoryEntry
    asked_by: str
    """By name."""
    ended_by: str
    is_own: bool
    """Asked for by whoever reads this, so somebody else carries it out."""


def of_council(office: Office, by: Actor, council: str) -> tuple[RedactionLine, ...]:
    """Those that wait or were carried out, the latest first; nothing of an alert that is closed to them."""
    must_run(by, OfficeAct.SEE_RECORDS, council)
    with office.database.reading() as tx:
        asked = (one for one in _every(tx, council) if one.waits or one.is_made)
        found = known_to(office, tx, by, asked)
        ids = {one.by for one in found} | {one.ended.by for one in found if one.ended}
        names = directory.names(tx, ids)
    return tuple(
        RedactionLine(
            one,
            names.get(one.by, ""),
            names.get(one.ended.by, "") if one.ended else "",
            one.by == by.id,
        )
        for one in reversed(found)
    )


def to_go(office: Office, by: Actor, number: int) -> tuple[DirectoryEntry, tuple[Removable, ...]]:
    """What waits under that number, with the texts that go. Raises NotYours, NotFound, NotPossible."""
    must_run(by, OfficeAct.CONFIRM_REDACTION, by.council)
    with office.database.reading() as tx:
        waiting = (one for one in _every(tx, by.council) if one.waits and one.number == number)
        entry = next(waiting, None)
        if entry is None:
            raise NotFound("request that waits to be carried out")
        found = _reached(office, tx, by, entry.what.name)
    _note_read(office, by, found)
    every = _as_read(office, found, by)
    return entry, tuple(one for one in every if same_places(one.taken, entry.what.taken))


def carry_out(office: Office, tx: Tx, by: Actor, entry: DirectoryEntry) -> None:
    """What was asked for, by somebody who has made sure that they are a second person."""
    found = _reached(office, tx, by, entry.what.name)
    asker = actor_in(office, tx, entry.by, by.council)
    _must_be_able(found, asker)
    procedure = office.council(by.council).procedure
    two = TwoPeople(
        as_person(procedure, asker.id, asker.name, _post_of(asker)),
        as_person(procedure, by.id, by.name, _post_of(by)),
        entry.what.reason,
    )
    drafts_gone.tell_writers(office, tx, (found.id,), "draft_taken_out")
    redacting.take_out(office, tx, found, entry.what.taken, two)


def _post_of(who: Actor) -> str:
    held = who.posts & posts_that(OfficeAct.REDACT)
    return min(held, default="information_officer")
