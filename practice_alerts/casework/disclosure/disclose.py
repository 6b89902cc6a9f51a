"""A disclosure from its beginning to its issue: one person prepares it, another looks at it and issues it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.alerts import issued_documents, shut_out_rows
from practice_alerts.adapters.store.alerts.issued_documents import Issue
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, security_rows
from practice_alerts.casework.core.actors import actor_in, who_may_run, writing_as
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.disclosure import whose_alerts
from practice_alerts.casework.disclosure.whose_alerts import AlertsFound, is_shut
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.casework.records.reasons import must_name_nobody
from practice_alerts.domain.acts.permissions import Actor, is_challenged
from practice_alerts.domain.alert.alert import Alert, as_it_stood
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_be_another, must_run
from practice_alerts.domain.disclosure import bundle
from practice_alerts.domain.disclosure.bundle import BundleAlert, Rests, entries_of
from practice_alerts.domain.disclosure.disclosed import (
    KINDS,
    ChainCertificate,
    Disclosure,
    DisclosureBegun,
    DisclosureDropped,
    DisclosureEvent,
    DisclosureIssued,
    DisclosureMarked,
    PersonMeant,
    disclosures,
)
from practice_alerts.domain.disclosure.requesters import REQUESTERS, AboutWhom, Mark, Requester
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible, SomeoneWasFaster
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.seeing.parts import part_of
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.domain.wording.restriction_words import dispute_lines
from practice_alerts.office import Office

FORM = "disclosure"
"""Under what it stands among the documents that were handed out of an alert."""
_LONGEST = 200
_OTHERS = "the information governance officer, or another IRO manager"
_ONE_VISIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class DisclosureWanted:
    """What somebody asks for: `as_of` is the last day that counts, `also` further references."""

    requester: str
    meant: PersonMeant
    their_number: str
    as_of: date | None
    parts: tuple[Part, ...] = ()
    """Empty: those of the requester's row."""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PreparedDisclosure:
    """One as it stands, with everything in it and what of it is kept back."""

    disclosure: Disclosure
    alerts: tuple[BundleAlert, ...]
    names: Mapping[str, str]
    """Of whoever prepared and issued it, by id."""
    council: str
    lacks: str = ""
    """Whom to ask, where nobody is left here who could issue it."""


def begin(office: Office, by: Actor, wanted: DisclosureWanted) -> tuple[int, AlertsFound]:
    """Find everything about the person; the number of the new disclosure. Raises NotYours, BadAnswers, NotPossible."""
    must_run(by, OfficeAct.DISCLOSE, by.council)
    must_be_another(by, wanted.meant.person, OfficeAct.DISCLOSE, _OTHERS)
    if (faults := _faults(wanted, office.today)) or wanted.as_of is None:
        raise BadAnswers(faults)
    requester = Requester(wanted.requester)
    with office.database.reading() as tx:  # nobody else's writing waits for it
        seen = whose_alerts.look(office, tx, by, wanted.meant, wanted.also)
    with writing_as(office, by) as tx:
        found = whose_alerts.find(office, tx, by, seen)
        event = DisclosureBegun(
            requester=requester,
            meant=wanted.meant,
            their_number=wanted.their_number.strip(),
            as_of=wanted.as_of,
            parts=tuple(sorted(wanted.parts or REQUESTERS[requester].parts, key=list(Part).index)),
            alerts=found.alerts,
            hidden=found.hidden,
        )
        _, alerts = _stood(office, tx, by, event)
        if not alerts:
            raise NotPossible(_nothing(found))
        return kept.append(tx, by.council, event, by.id, office.now()), found


def _nothing(found: AlertsFound) -> str:
    perhaps = (
        f" The name alone agrees in {', '.join(found.perhaps)}: give it as well."
        if found.perhaps
        else ""
    )
    return f"Nothing that you may hand out stands here about this person on that day.{perhaps}"


def _faults(wanted: DisclosureWanted, today: date) -> Faults:
    faults: Faults = {}
    meant = wanted.meant
    rows = {one.value: row for one, row in REQUESTERS.items()}
    if wanted.requester not in rows or meant.about not in rows[wanted.requester].about:
        faults["requester"] = f"For whom: choose who asks for everything about {meant.about.words}."
    if meant.about is AboutWhom.STAFF and not meant.person:
        faults["person"] = "Member of staff: give the e-mail address of somebody of the directory."
    if meant.about is AboutWhom.CHILD and not (
        meant.case_number.strip() or (meant.child.strip() and meant.born)
    ):
        faults["case_number"] = "Case number: give it, or the child’s name and date of birth."
    if (
        not wanted.their_number.strip()
        or len(wanted.their_number) > _LONGEST
        or control_characters(wanted.their_number)
    ):
        faults["their_number"] = (
            "Number of the request: give the one under which it is kept, without a name."
        )
    if wanted.as_of is None or wanted.as_of > today:
        faults["as_of"] = f"As it stood on: choose {in_full(today)} or an earlier day."
    return faults


def listed(office: Office, by: Actor) -> tuple[tuple[Disclosure, str], ...]:
    """Every one of the council, the latest first, each with who began it; none that is hidden from them. Raises NotYours."""
    must_run(by, OfficeAct.DISCLOSE, by.council)
    with office.database.reading() as tx:
        every = tuple(one for one in _every(tx, by.council) if not _is_hidden(tx, by, one))
        names = directory.names(tx, {one.by for one in every})
    return tuple((one, names.get(one.by, "")) for one in reversed(every))


def see(office: Office, by: Actor, number: int) -> PreparedDisclosure:
    """One with all that is in it, for whoever may read all of it. Raises NotYours, NotFound, NotPossible."""
    must_run(by, OfficeAct.DISCLOSE, by.council)
    found = look(office, by, number)
    for alert_id in found.disclosure.begun.alerts:
        opened = SecurityEntry(SecurityKind.ALERT_OPENED, by.id, by.council, alert_id, FORM)
        office.security_log.note(opened, once_in=_ONE_VISIT)
    return found


def look(office: Office, by: Actor, number: int) -> PreparedDisclosure:
    """The same for whoever has made sure of who asks."""
    with office.database.reading() as tx:
        return _prepared(office, tx, by, number)


def mark(office: Office, by: Actor, number: int, marks: Mapping[str, str], seen: int) -> None:
    """Keep back these pieces and no others, by their places. Raises as `see` does; SomeoneWasFaster."""
    must_run(by, OfficeAct.DISCLOSE, by.council)
    with writing_as(office, by) as tx:
        found = _open(office, tx, by, number, seen)
        there = bundle.places(found.alerts)
        now = {
            place: Mark(why) for place, why in marks.items() if place in there and why in set(Mark)
        }
        _add(office, tx, by, DisclosureMarked(number=number, marks=now))


def drop(
    office: Office, by: Actor, number: int, reason: str, *, names_nobody: bool = False
) -> None:
    """It is not made after all. Raises as `see` does, and BadAnswers."""
    must_run(by, OfficeAct.DISCLOSE, by.council)
    must_name_nobody(office, reason, names_nobody=names_nobody)
    with writing_as(office, by) as tx:
        _open(office, tx, by, number, None)
        _add(office, tx, by, DisclosureDropped(number=number, reason=reason.strip()))


def issue(office: Office, by: Actor, number: int, seen: int) -> PreparedDisclosure:
    """Hand it out as it was seen, with a certificate of the chain; by somebody who did not prepare it.

    Raises as `see` does; NotPossible; SomeoneWasFaster where it was marked anew meanwhile.
    """
    must_run(by, OfficeAct.DISCLOSE, by.council)
    with office.database.reading() as tx:
        _may_issue(office, tx, by, number, seen)
    proof = prove(office)  # by itself: it reads the whole store
    found = (
        *(one.says for one in proof.broken),
        *(f"{one.alert}: {one.says}" for one in proof.differences),
    )
    certificate = ChainCertificate(
        events=proof.events, head=proof.head, verified_at=office.now(), found=found
    )
    with writing_as(office, by) as tx:
        prepared = _may_issue(office, tx, by, number, seen)
        back = bundle.kept_back(prepared.alerts)
        _add(
            office, tx, by, DisclosureIssued(number=number, certificate=certificate, kept_back=back)
        )
        return _prepared(office, tx, by, number)


def _may_issue(office: Office, tx: Tx, by: Actor, number: int, seen: int) -> PreparedDisclosure:
    prepared = _open(office, tx, by, number, seen)
    if by.id in prepared.disclosure.prepared_by:
        raise NotPossible(
            prepared.lacks
            or "You prepared it, so somebody else looks at it and issues it: whoever may hand out as you may."
        )
    return prepared


def handed_to(office: Office, by: Actor, prepared: PreparedDisclosure, parts: str) -> None:
    """Record, with each alert in it, that this person took the bundle of that content away."""
    at, as_of = office.now(), _end_of(prepared.disclosure.begun.as_of)
    with writing_as(office, by) as tx:
        for alert_id in prepared.disclosure.begun.alerts:
            who = by.id or None
            issued_documents.record(tx, Issue(alert_id, who, FORM, at, min(as_of, at), parts))
            handed = SecurityEntry(SecurityKind.DOCUMENT, who, by.council, alert_id, FORM)
            security_rows.add(tx, handed, at)


def _open(office: Office, tx: Tx, by: Actor, number: int, seen: int | None) -> PreparedDisclosure:
    found = _prepared(office, tx, by, number)
    if not found.disclosure.is_open:
        raise NotPossible("It is issued, or will not be made: begin another.")
    if seen is not None and seen != found.disclosure.version:
        raise SomeoneWasFaster
    return found


def _is_hidden(tx: Tx, by: Actor, one: Disclosure) -> bool:
    """Is it about them, or about a child in whom they have an interest? It is nothing to them, not even that it is there."""
    if not by.id:
        return False  # a command is nobody, and fetches what two people have issued
    shut_out = shut_out_rows.of_each(tx, one.begun.alerts).values()
    return by.id == one.begun.meant.person or any(by.id in each for each in shut_out)


def _prepared(office: Office, tx: Tx, by: Actor, number: int) -> PreparedDisclosure:
    one = next((one for one in _every(tx, by.council) if one.number == number), None)
    if one is None or _is_hidden(tx, by, one):
        raise NotFound("disclosure of that number")
    every, alerts = _stood(office, tx, by, one.begun)
    if len(every) < len(one.begun.alerts) or any(is_shut(known, by) for known in every):
        raise NotPossible(
            "Something in it is restricted to others, or was destroyed: you may not read all of it. Begin another"
            " for what is left."
        )
    if one.marks is not None:
        alerts = bundle.marked(alerts, one.marks)
    names = directory.names(tx, {one.by, one.issued_by, *one.marked_by} - {""})
    council = office.council(by.council).procedure.council
    return PreparedDisclosure(one, alerts, names, council, _lacks(office, tx, by, one, every))


def _lacks(office: Office, tx: Tx, by: Actor, one: Disclosure, every: tuple[Known, ...]) -> str:
    """Whom to ask, where nobody is left who did not prepare it, is not whom it is about, and may open all of it."""
    able = who_may_run(office, tx, by.council, OfficeAct.DISCLOSE) - one.prepared_by
    others = (actor_in(office, tx, who, by.council) for who in able - {one.begun.meant.person})
    if not one.is_open or any(_may_read(who, every) for who in others):
        return ""
    return (
        "Nobody else here could issue it: whoever else may hand out is whom it is about, or may not open all that"
        " is in it. Ask an administrator to name another information governance officer."
    )


def _may_read(who: Actor, every: tuple[Known, ...]) -> bool:
    return not any(is_shut(one, who) or is_challenged(who, one.alert, one.named) for one in every)


def _stood(
    office: Office, tx: Tx, by: Actor, begun: DisclosureBegun
) -> tuple[tuple[Known, ...], tuple[BundleAlert, ...]]:
    """The alerts of it, and each as it stood on the day; those raised later are not in it."""
    found = load_each(office, tx, begun.alerts)
    every = tuple(found[one] for one in begun.alerts if one in found)
    names = directory.names(tx, {event.by for one in every for event in one.alert.happened})
    alerts = []
    for place, known in enumerate(every, start=1):
        stood = as_it_stood(known.alert, _end_of(begun.as_of))
        if stood is None:
            continue
        if not is_shut(known, by):  # of which whoever may not open it learns nothing by this
            known.must_not_challenge(by)
        _must_read(by, known, stood, begun)
        rests = Rests(place, known.ladder, partial(office.form, known.files), names)
        alerts.append(_told(known, stood, begun, rests))
    return every, tuple(alerts)


def _must_read(by: Actor, known: Known, stood: Alert, begun: DisclosureBegun) -> None:
    """Legal advice is handed out by nobody who may not read it where it stands."""
    if Part.LEGAL not in begun.parts:
        return
    reader = known.reader(by)
    for event in stood.happened:
        part, named = part_of(stood, event.what) if event.what else (Part.SHARED, ())
        if part is Part.LEGAL and not reader.reads(part, event.by, named):
            raise NotPossible(
                f"{stood.reference} holds legal advice that you may not read. Leave legal advice out, or let"
                " somebody who is named there prepare and issue it."
            )


def _told(known: Known, stood: Alert, begun: DisclosureBegun, rests: Rests) -> BundleAlert:
    entries = entries_of(stood, begun, rests)
    ended = f"Closed on {in_full(stood.closed_at)}" if stood.closed_at else "Open"
    facts = (
        ("Kind", known.kind_title),
        ("Raised on", in_full(stood.raised_at)),
        ("On that day", ended),
        *(("Disputed", one) for one in dispute_lines(stood)),
        (
            "Procedure",
            f"{known.files.procedure.title}, edition {known.files.procedure.edition.version}",
        ),
    )
    left = len(stood.happened) - len(entries)
    return BundleAlert(stood.reference, known.kind_title, facts, entries, left)


def _every(tx: Tx, council: str) -> tuple[Disclosure, ...]:
    every = (one for kind in KINDS for one in kept.happened(tx, council, kind))
    return disclosures(sorted(every, key=lambda one: one.number))


def _add(office: Office, tx: Tx, by: Actor, event: DisclosureEvent) -> None:
    kept.append(tx, by.council, event, by.id, office.now())


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max, tzinfo=LONDON)
