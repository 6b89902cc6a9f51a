"""Whom a text reached that was taken out of an alert: who opened it, was handed it, or was written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from practice_alerts.adapters.documents.plain_document import Margins, PlainTable, plain_document
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.alerts import issued_documents
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, security_rows
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.shutting_out import known_to
from practice_alerts.casework.records import copies
from practice_alerts.casework.records.copies import in_words
from practice_alerts.casework.views.security_log import LogLine, log_read_since, reached_since
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.destroyed import taken_in_words
from practice_alerts.domain.alert.events import Filed, people_in
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryEntry,
    entries,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.forms.subject import ONE_LINE
from practice_alerts.office import Office

_WIDTHS: Final = (0.3, 0.34, 0.24, 0.12)
_CLOSING: Final = (
    "From the moment when it was written until it was taken out, as far as the security log goes back. An e-mail names no child and holds nothing of what"
    " was written, but leads to it. The log holds of what is typed its one line alone: where that was taken out, whoever"
    " read, queried or took away the log is in the list, for nobody knows at which rows they looked. Not in the list: who saw the alert's line, with the child's initials and what stands there in one sentence, in a list or among what a"
    " search found; who was told by word of mouth, who reads over somebody's"
    " shoulder, what a document that was taken away became, and backups that were made before."
)

_Row = tuple[str, str, str, str]


def paper(office: Office, by: Actor, council: str, number: int) -> bytes:
    """As a Word document, of the request of that number. Raises NotYours, NotFound."""
    must_run(by, OfficeAct.SEE_RECORDS, council)
    with office.database.reading() as tx:
        entry = _entry(office, tx, by, council, number)
        record = entry.what.records[0]
        known = load_each(office, tx, (record.alert_id,)).get(record.alert_id)
        people = directory.names(tx, {entry.by} | ({entry.ended.by} if entry.ended else set()))
        also = {one.alert_id: one.number for one in entry.what.also}
        beside = copies.stood_in(office, tx, by, also)
        others = load_each(office, tx, beside.references)
        taken_there = _taken_there(tx, council, entry)
        facts = _facts(tx, entry, people, beside.of(also))
    rows = [*_of_entry(office, entry, known.alert if known else None)]
    for alert_id, other in others.items():
        until = taken_there.get(alert_id, office.now())
        rows += _of_other(office, other, entry, until)
    heads = ("Who", "What they did", "First and last", "How often")
    table = PlainTable("Whom it reached", heads, tuple(rows), _WIDTHS)
    procedure = office.council(council).procedure
    foot = f"As looked up on {in_full(office.today)}"
    margins = Margins(procedure.council, procedure.marking, foot)
    return plain_document("Who had what was taken out", margins, facts, table, _CLOSING)


def _facts(
    tx: Tx, entry: DirectoryEntry, people: dict[str, str], beside: tuple[tuple[str, ...], int]
) -> tuple[tuple[str, str], ...]:
    since = security_rows.first_moment(tx)
    return (
        ("Record", entry.what.records[0].reference),
        ("What", taken_in_words(entry.what.taken)),
        *_also_in(beside),
        ("Asked for by", f"{people.get(entry.by, 'somebody')}, {_moment(entry.at)}"),
        ("Taken out by", _taken_out_by(entry, people)),
        ("Why", entry.what.reason),
        ("The security log goes back to", _moment(since) if since else "nothing yet"),
    )


def _entry(office: Office, tx: Tx, by: Actor, council: str, number: int) -> DirectoryEntry:
    for one in entries(kept.happened(tx, council)):
        is_it = one.number == number and one.what.change is DirectoryChange.REDACTION
        if is_it and (one.waits or one.is_made) and known_to(office, tx, by, (one,)):
            return one
    raise NotFound("paper of that number")


def _taken_out_by(entry: DirectoryEntry, people: dict[str, str]) -> str:
    if entry.ended is None:
        return "not yet: it waits for a second person"
    return f"{people.get(entry.ended.by, 'somebody')}, {_moment(entry.ended.at)}"


def _of_entry(office: Office, entry: DirectoryEntry, alert: Alert | None) -> Iterator[_Row]:
    ended = entry.ended.at if entry.ended else office.now()
    since = _since({one.number for one in entry.what.taken}, alert)
    what = _Meant(entry.what.records[0].alert_id, alert, since, ended, _stood_in_log(entry))
    yield from _rows(office, what)


def _stood_in_log(entry: DirectoryEntry) -> bool:
    return any(one.place.rpartition(".")[2] == ONE_LINE for one in entry.what.taken)


def _of_other(
    office: Office, other: Known, entry: DirectoryEntry, until: datetime
) -> Iterator[_Row]:
    """The same of another alert in which it stood."""
    numbers = {one.number for one in entry.what.also if one.alert_id == other.id}
    since = _since(numbers, other.alert)
    what = _Meant(other.id, other.alert, since, until, _stood_in_log(entry))
    for who, did, when, often in _rows(office, what):
        yield who, f"of {other.alert.reference}: {did}", when, often


def _taken_there(tx: Tx, council: str, entry: DirectoryEntry) -> dict[str, datetime]:
    """When it was taken out of others in which it stood, by their ids."""
    asked = (
        one
        for one in entries(kept.happened(tx, council))
        if one.what.change is DirectoryChange.REDACTION and one.is_made and one.what.also
    )
    here = entry.what.records[0].alert_id
    return {
        one.what.records[0].alert_id: one.ended.at
        for one in asked
        if one.ended and here in {each.alert_id for each in one.what.also}
    }


def _also_in(others: tuple[tuple[str, ...], int]) -> Iterator[tuple[str, str]]:
    """As a fact of the paper; none where it stood nowhere else."""
    if any(others):
        yield "Stood in the same words in", in_words(*others)


def _since(numbers: set[int], alert: Alert | None) -> datetime | None:
    """When the first of it was written; None where the alert is destroyed since."""
    every = alert.happened if alert else ()
    return min((one.at for one in every if one.number in numbers), default=None)


@dataclass(frozen=True, slots=True)
class _Meant:
    """An alert, and from when until when what was taken out stood there."""

    alert_id: str
    alert: Alert | None
    since: datetime | None
    until: datetime
    in_log: bool
    """Also in the line for the log?"""


def _rows(office: Office, what: _Meant) -> Iterator[_Row]:
    alert_id, since, until = what.alert_id, what.since, what.until
    lines = [one for one in reached_since(office, alert_id, since) if one.at <= until]
    logged = {(one.account, one.did) for one in lines}
    lines += _handed_before_there_was_a_log(office, alert_id, since, until, logged)
    readings = log_read_since(office, alert_id, since) if what.in_log else ()
    lines += [one for one in readings if one.at <= until]
    each: dict[tuple[str, str], list[datetime]] = {}
    for line in lines:
        did = f"{line.did}: {line.which.replace('_', ' ')}" if line.which else line.did
        each.setdefault((line.who, did), []).append(line.at)
    for (who, did), times in each.items():
        days = dict.fromkeys(map(in_full, (min(times), max(times))))
        yield who, did, " and ".join(days), str(len(times))
    yield from _beside(what.alert, since, until)


def _handed_before_there_was_a_log(
    office: Office,
    alert_id: str,
    since: datetime | None,
    until: datetime,
    logged: set[tuple[str, str]],
) -> list[LogLine]:
    did = "was handed a document"
    with office.database.reading() as tx:
        issued = issued_documents.of_alert(tx, alert_id)
        names = directory.names(tx, {one.person_id for one in issued if one.person_id})
    return [
        LogLine(0, one.at, names.get(who, who or "the command line"), who, did, one.form, "")
        for one in issued
        for who in (one.person_id or "",)
        if (since is None or one.at >= since) and one.at <= until and (who, did) not in logged
    ]


def _beside(alert: Alert | None, since: datetime | None, until: datetime) -> Iterator[_Row]:
    """Whom the product does not reach, and what was filed elsewhere."""
    outside: dict[tuple[str, str], datetime] = {}
    for event in alert.happened if alert else ():
        if event.what is None or event.at > until or (since is not None and event.at < since):
            continue
        for person in people_in(event.what):
            if not person.id and person.name:
                outside.setdefault((person.name, person.post), event.at)
        if isinstance(event.what, Filed):
            did = f"holds it as document {event.what.document}"
            yield "The case system", did, in_full(event.at), "1"
    for (name, post), at in outside.items():
        who = ", ".join(filter(None, (name, post)))
        yield who, "was to be told by hand, or named elsewhere", in_full(at), "1"


def _moment(at: datetime) -> str:
    here = at.astimezone(LONDON)
    return f"{in_full(here.date())}, {here:%H:%M}"
