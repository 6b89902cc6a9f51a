"""Taking something out of an alert that goes on: asked for by one person, carried out by another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import actor_in, writing_as
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.shutting_out import known_to
from practice_alerts.casework.directory import directory_acts
from practice_alerts.casework.directory.record_keeping import as_person
from practice_alerts.casework.records import copies, drafts_gone, redacting
from practice_alerts.casework.records.destroying import TwoPeople
from practice_alerts.casework.records.reasons import faults_of_reason
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.destroyed import AlsoIn, DestroyedRecord, same_places
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


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """On which other alerts the same stands, in the same words."""

    references: tuple[str, ...]
    """Those out of which this person may have it taken."""
    others: int
    """How many more, which are closed to them or challenge them; none about a child in whom they have an interest."""


def elsewhere(office: Office, by: Actor, reference: str, texts: Iterable[Removable]) -> Elsewhere:
    """Raises as `choices` does."""
    must_run(by, OfficeAct.REDACT, by.council)
    with office.database.reading() as tx:
        found = _reached(office, tx, by, reference)
        each = [one for text in texts for one in copies.of(office, tx, found, text)]
    every = {one.known.id: one.known for one in each if one.known.id != found.id}.values()
    able = [one.alert.reference for one in every if _is_able(one, by)]
    hidden = sum(copies.has_interest(one, by) for one in every)
    return Elsewhere(tuple(able), len(every) - len(able) - hidden)


def _is_able(found: Known, by: Actor) -> bool:
    try:
        _must_be_able(found, by)
    except NotPossible:
        return False
    return not copies.has_interest(found, by)


@dataclass(frozen=True, slots=True)
class SaidOfIt:
    """What whoever asks says besides."""

    another: bool = False
    """The child whom it names is another one, so that whoever has an interest in that one is let in."""
    everywhere: bool = False
    """Also from each other alert where the same stands, and out of which this person may have it taken."""
    names_nobody: bool = False
    """They have made sure that the reason names nobody."""


def ask(
    office: Office,
    by: Actor,
    reference: str,
    key: str,
    reason: str,
    *,
    said: SaidOfIt = SaidOfIt(),
) -> tuple[str, ...]:
    """Ask that it goes; of which alerts, each a request by itself. Raises as `choices` does, and BadAnswers, NotPossible."""
    must_run(by, OfficeAct.REDACT, by.council)
    faults = faults_of_reason(office, reason, names_nobody=said.names_nobody)
    with writing_as(office, by) as tx:
        found = _reached(office, tx, by, reference)
        form_of = partial(office.form, found.files)
        every = {one.key: one for one in removable(found.alert, form_of)}
        faults |= {} if key in every else {"what": "What is to go: choose one."}
        if faults:
            raise BadAnswers(faults)
        each = _each(office, tx, found, _said(every[key], another=said.another))
        asks = [one for one in each[1:] if said.everywhere and _is_able(one.known, by)]
        for one in (each[0], *asks):
            also = tuple(other.also() for other in each if other is not one)
            _ask(office, tx, by, _request(one, reason.strip(), also))
    return tuple(one.known.alert.reference for one in (each[0], *asks))


def _each(office: Office, tx: Tx, found: Known, what: Removable) -> list[copies.Copies]:
    """Where it stands: on this alert first, with whatever says the same there, then on others."""
    same = {one.known.id: one for one in copies.of(office, tx, found, what)}
    own = same.pop(found.id, copies.Copies(found, ()))
    return [copies.Copies(found, (what, *own.texts)), *same.values()]


def _said(what: Removable, *, another: bool) -> Removable:
    taken = (
        one.model_copy(update={"another": another and says_which_child(one)}) for one in what.taken
    )
    return replace(what, taken=tuple(taken))


def _request(one: copies.Copies, reason: str, also: tuple[AlsoIn, ...]) -> DirectoryChanged:
    found = one.known
    record = DestroyedRecord(alert_id=found.id, reference=found.alert.reference)
    return DirectoryChanged(
        change=DirectoryChange.REDACTION,
        person="",
        name=found.alert.reference,
        reason=reason,
        waits=True,
        records=(record,),
        taken=tuple(place for text in one.texts for place in text.taken),
        also=also,
    )


def _ask(office: Office, tx: Tx, by: Actor, what: DirectoryChanged) -> None:
    waiting = _waiting(tx, by.council, what.records[0].alert_id)
    if any(same_places(each.what.taken, what.taken) for each in waiting):
        raise NotPossible(f"{what.name}: it is asked for already, and waits for a second person.")
    directory_acts.record(office, tx, by, (by.council,), what)


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
    also: Elsewhere
    """Where else the same stood when it was asked for, of which nobody has asked for it with this."""


def of_council(office: Office, by: Actor, council: str) -> tuple[RedactionLine, ...]:
    """Those that wait or were carried out, the latest first; nothing of an alert that is closed to them."""
    must_run(by, OfficeAct.SEE_RECORDS, council)
    with office.database.reading() as tx:
        asked = (one for one in _every(tx, council) if one.waits or one.is_made)
        found = known_to(office, tx, by, asked)
        ids = {one.by for one in found} | {one.ended.by for one in found if one.ended}
        names = directory.names(tx, ids)
        left = _not_asked_for(_every(tx, council))
        also = copies.stood_in(office, tx, by, frozenset().union(*left.values()))
    return tuple(
        RedactionLine(
            one,
            names.get(one.by, ""),
            names.get(one.ended.by, "") if one.ended else "",
            one.by == by.id,
            Elsewhere(*also.of(left[one.number])),
        )
        for one in reversed(found)
    )


def _not_asked_for(every: Iterable[DirectoryEntry]) -> dict[int, frozenset[str]]:
    """By the number of each request the ids of the alerts in which the same stood, and out of which it was not asked for."""
    asked: dict[frozenset[str], set[str]] = {}
    for one in (live := [one for one in every if one.waits or one.is_made]):
        asked.setdefault(_together(one), set()).add(one.what.records[0].alert_id)
    return {one.number: _together(one) - asked[_together(one)] for one in live}


def _together(one: DirectoryEntry) -> frozenset[str]:
    return frozenset({one.what.records[0].alert_id, *(each.alert_id for each in one.what.also)})


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
    places = {(one.number, one.place) for one in entry.what.taken}
    return entry, tuple(
        one for one in every if {(each.number, each.place) for each in one.taken} <= places
    )


def carry_out(office: Office, tx: Tx, by: Actor, entry: DirectoryEntry) -> None:
    """What was asked for, by somebody who has made sure that they are a second person."""
    found = _reached(office, tx, by, entry.what.name)
    asker = actor_in(office, tx, entry.by, by.council)
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
