"""The security log: for whoever audits it, for whoever has the alert, and for the council's own logs."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from practice_alerts.adapters.log.harmless_csv import harmless_row
from practice_alerts.adapters.store.alerts import current_state, issued_documents
from practice_alerts.adapters.store.office import directory, security_rows
from practice_alerts.adapters.store.office.security_rows import (
    AuditReader,
    EntriesSought,
    KeptEntry,
)
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.directory.office_permissions import (
    COMMAND_LINE_POST,
    OfficeAct,
    must_run,
)
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.log.log_tables import OF_AN_ALERT
from practice_alerts.domain.seeing.security_entries import (
    BY_STRANGERS,
    KIND_WORDS,
    SAW,
    SecurityEntry,
    SecurityKind,
)
from practice_alerts.office import Office

_OF_LOG: Final = frozenset({SecurityKind.LOG_READ, SecurityKind.LOG_QUERIED, SecurityKind.EXPORTED})
_AS_FILE: Final = "log: "
_ROWS_OF_ALERTS: Final = frozenset(one.name for one in OF_AN_ALERT)
_MAY_SHOW: Final = frozenset(
    {"", "log", *_ROWS_OF_ALERTS, *(f"{_AS_FILE}{one}" for one in _ROWS_OF_ALERTS)}
)
"""What the security log calls the log with its rows of alerts; others of its tables count, or say what it is."""
_LISTS: Final = ("list: ", "behind: ")

MOST: Final = 200
"""How many lines are shown at once."""

_ONE_READING: Final = timedelta(minutes=10)
_OPENED: Final = frozenset({SecurityKind.ALERT_OPENED, SecurityKind.ANSWER_PAGE})
_HEADS: Final = ("entry", "when", "who", "account", "did", "which", "alert")


@dataclass(frozen=True, slots=True)
class EntriesWanted:
    """What somebody narrows it down to; empty for everything. Days are London's, both counted in."""

    words: str = ""
    """A part of a name or of a reference."""
    since: date | None = None
    until: date | None = None
    kind: SecurityKind | None = None

    @property
    def sought(self) -> EntriesSought:
        kinds = frozenset({self.kind} if self.kind else ())
        last = self.until if self.until != date.max else None  # after which there is no day
        before = last + timedelta(days=1) if last else None
        return EntriesSought(_midnight(self.since), _midnight(before), kinds, self.words.strip())


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry, as it is read. `typed` is empty where nothing was, and where it is gone by now."""

    id: int
    at: datetime
    who: str
    account: str
    did: str
    which: str
    reference: str
    typed: str = ""


def read(office: Office, by: Actor, wanted: EntriesWanted) -> tuple[LogLine, ...]:
    """The latest first; that it was read is an entry too. Raises NotYours."""
    must_run(by, OfficeAct.READ_SECURITY_LOG, by.council)
    entry = SecurityEntry(SecurityKind.SECURITY_LOG_READ, by.id or None, by.council)
    office.security_log.note(entry, once_in=_ONE_READING)
    with office.database.reading() as tx:
        reader = AuditReader(by.id, by.council)
        found = security_rows.latest(tx, wanted.sought, reader, MOST)
        return _lines(found, directory.names(tx, _people(found)))


def csv(office: Office, by: Actor, wanted: EntriesWanted) -> Iterator[str]:
    """Line by line, the earliest first, without what was typed. Raises NotYours."""
    must_run(by, OfficeAct.READ_SECURITY_LOG, by.council)
    entry = SecurityEntry(SecurityKind.EXPORTED, by.id, by.council, what="security log")
    office.security_log.note(entry)
    reader = AuditReader(by.id, by.council)
    yield harmless_row(_HEADS)
    for one in _from_first(office, wanted.sought, reader):
        moment = one.at.astimezone(LONDON).isoformat(timespec="seconds")
        cells = (str(one.id), moment, one.who, one.account, one.did, one.which, one.reference)
        yield harmless_row(cells)


def who_opened(office: Office, known: Known, actor: Actor) -> tuple[LogLine, ...] | None:
    """Who has opened this alert, the latest first; None for whoever may not know."""
    if not known.reader(actor).learns_who_opened:
        return None
    with office.database.reading() as tx:
        found = security_rows.latest(
            tx, EntriesSought(kinds=_OPENED, alert_id=known.id), None, MOST
        )
        return _lines(found, directory.names(tx, _people(found)))


def seen_by(office: Office, person_id: str, since: date) -> Iterator[LogLine]:
    """All that one account saw from that day on, the earliest first. For commands."""
    sought = EntriesSought(_midnight(since), kinds=SAW, person_id=person_id)
    entry = SecurityEntry(SecurityKind.EXPORTED, what="seen by one account")
    office.security_log.note(entry)
    yield from _from_first(office, sought, None)


def reached(office: Office, reference: str, since: date | None) -> tuple[LogLine, ...]:
    """Whom an alert reached from that day on: opened, searched for, handed out, written about. For commands.

    For whoever has to say who saw what should not have stood there. Raises NotFound.
    """
    with office.database.reading() as tx:
        row = current_state.nearest(tx, reference.strip().upper())
        if row is None or row.reference != reference.strip().upper():
            raise NotFound("practice alert of that reference")
    begins = _midnight(since)
    with_log = (*reached_since(office, row.id, begins), *log_read_since(office, row.id, begins))
    found = tuple(sorted(with_log, key=lambda one: one.at))
    about = (row.council, row.id, "whom it reached")
    office.security_log.note(SecurityEntry(SecurityKind.EXPORTED, None, *about))
    return found


def reached_since(office: Office, alert_id: str, begins: datetime | None) -> tuple[LogLine, ...]:
    """The same from a moment on, by the alert's id, for whoever has made sure of who asks."""
    with office.database.reading() as tx:
        row = current_state.by_id(tx, alert_id)
        mails = issued_documents.notices_sent(tx, alert_id)
        names = directory.names(tx, {one.person_id for one in mails})
    reference = row.reference if row else ""
    written = [
        LogLine(0, at, names.get(who, who), who, "was sent an e-mail", notice, reference)
        for at, who, notice in mails
        if begins is None or at >= begins
    ]
    sought = EntriesSought(begins, kinds=SAW, alert_id=alert_id)
    return tuple(sorted((*_from_first(office, sought, None), *written), key=lambda one: one.at))


def log_read_since(office: Office, alert_id: str, begins: datetime | None) -> Iterator[LogLine]:
    """Who read, queried or took away the log of its council from a moment on, or from when it was raised: it may have shown the alert's row.

    Nobody knows which rows somebody looked at, so each reading of a table in which it has rows is one.
    """
    with office.database.reading() as tx:
        row = current_state.by_id(tx, alert_id)
    if row is None:
        return
    since = max(filter(None, (begins, row.raised_at)))
    sought = EntriesSought(since, kinds=_OF_LOG, council=row.council)
    for one in _from_first(office, sought, None):
        if one.which in _MAY_SHOW or one.which.startswith(_LISTS):
            which = one.which.removeprefix(_AS_FILE) or "as a whole, or by a query"
            yield replace(one, did=f"{one.did}, which may have shown its row", which=which)


def json_lines(office: Office, since: date | None, after: int = 0) -> Iterator[str]:
    """To be shipped: ids, and nothing that was typed. The earliest first. For commands."""
    entry = SecurityEntry(SecurityKind.EXPORTED, what="security log")
    office.security_log.note(entry)
    sought = EntriesSought(_midnight(since))
    for found in security_rows.from_first(office.database, sought, None, after):
        yield from (json.dumps(security_rows.shipped(one)) for one in found)


def _from_first(
    office: Office, sought: EntriesSought, reader: AuditReader | None
) -> Iterator[LogLine]:
    for found in security_rows.from_first(office.database, sought, reader):
        with office.database.reading() as tx:
            names = directory.names(tx, _people(found))
        yield from _lines(found, names)


def _people(found: tuple[KeptEntry, ...]) -> set[str]:
    return {one.person_id for one in found if one.person_id}


def _lines(found: tuple[KeptEntry, ...], names: dict[str, str]) -> tuple[LogLine, ...]:
    return tuple(
        LogLine(
            one.id,
            one.at,
            _who(one, names),
            one.person_id or "",
            KIND_WORDS[SecurityKind(one.kind)],
            one.what,
            one.reference,
            one.typed or "",
        )
        for one in found
    )


def _who(one: KeptEntry, names: dict[str, str]) -> str:
    if one.person_id:
        return names.get(one.person_id, one.person_id)
    return "somebody unknown" if one.kind in BY_STRANGERS else COMMAND_LINE_POST


def _midnight(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), tzinfo=LONDON) if day else None
