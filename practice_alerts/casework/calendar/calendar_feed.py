"""Somebody's dates as a calendar, at an address that nobody can guess and that can be taken back."""

import hashlib
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from practice_alerts.adapters.calendar.ics import CalendarEntry, calendar_file
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.alerts.current_state import CurrentRow
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import calendar_feeds, directory
from practice_alerts.casework.core.actors import actors
from practice_alerts.casework.core.list_status import may_go_on, waits_for_answer
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.notice_facts import alert_page
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import LONDON, DayOrMoment
from practice_alerts.domain.deadlines.stage_clocks import ClockKind, Times
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.office import Office

NAME: Final = "Practice alerts"
_NAMES: Final = complete(
    Times, {Times.ANSWER: "answer", Times.STEP: "step", Times.SETTLE: "settle"}
)
"""By which a calendar program knows an entry again."""
_OWN: Final = complete(
    Times,
    {
        Times.ANSWER: ("answer due", "aim for the answer"),
        Times.STEP: ("step due", "aim for a step"),
        Times.SETTLE: ("to be put right", "aim to put it right"),
    },
)
_ASKED: Final = complete(
    Times, {**_OWN, Times.ANSWER: ("your answer is due", "aim for your answer")}
)
"""What a day is called, and what an aim."""
_BYTES: Final = 32
_LONGEST: Final = 100
"""Characters of what may be a token; a longer one is not even looked for."""


def make(office: Office, person_id: str) -> str:
    """A fresh address for this person's dates; the one they had is worth nothing from now on.

    It is told this once: the store keeps its digest alone.
    """
    token = secrets.token_urlsafe(_BYTES)
    with office.database.writing() as tx:
        calendar_feeds.hand_out(tx, person_id, _digest(token), office.now())
    return f"{office.settings.base_url}/calendar/{token}.ics"


def revoke(office: Office, person_id: str) -> bool:
    """Take the address back; False where there is none."""
    with office.database.writing() as tx:
        return calendar_feeds.take_back(tx, person_id, office.now())


def made_at(office: Office, person_id: str) -> datetime | None:
    """When the address was made that works now; None while there is none."""
    with office.database.reading() as tx:
        return calendar_feeds.made_at(tx, person_id)


def read(office: Office, token: str) -> bytes | None:
    """The calendar at that address; None for one that never was, was taken back or is nobody's any more."""
    if len(token) > _LONGEST:
        return None
    with office.database.reading() as tx:
        person_id = calendar_feeds.whose(tx, _digest(token))
        if person_id is None:
            return None
        return calendar_file(_Feed(office, tx, person_id).entries(), NAME)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class _Feed:
    """The dates of one person and of those they stand in for, by reference alone."""

    office: Office
    tx: Tx
    person_id: str

    def entries(self) -> Iterator[CalendarEntry]:
        whose = {self.person_id, *directory.covers_for(self.tx, self.person_id, self.office.today)}
        raised = current_state.raised_by(self.tx, whose)
        asked = current_state.asked_of(self.tx, whose)
        able = self._that_open((*raised, *asked))
        for row in raised:
            if row.id in able:
                yield from self._awaited(row, able[row.id], _OWN)
                yield from self._own(row)
        for row in asked:
            if row.id in able and row.officer_id not in whose:
                yield from self._awaited(row, able[row.id], _ASKED, whose)
                yield from self._entry(row, "hold", row.hold_until, "to be done by today")

    def _that_open(self, rows: Iterable[CurrentRow]) -> Mapping[str, Known | None]:
        """Those that the page would show them, by id: of whom they stand in for, nothing that a cover may not read.

        Read already, but for their own of which nothing is waited for.
        """
        posts = actors(self.office, self.tx, self.person_id)
        by = {
            one.council: one for one in posts if one.posts and one.council in self.office.councils
        }
        here = {
            row.id: row
            for row in rows
            if row.council in by and row.reference not in by[row.council].shut_out_of
        }
        own = {name: None for name, row in here.items() if row.officer_id == self.person_id}
        wanted = (name for name, row in here.items() if name not in own or waits_for_answer(row))
        read = load_each(self.office, self.tx, wanted)
        able = {
            name: known
            for name, known in read.items()
            if name in own or known.may(by[here[name].council], Act.SEE)
        }
        return {**own, **able}

    def _awaited(
        self,
        row: CurrentRow,
        known: Known | None,
        words: Mapping[Times, tuple[str, str]],
        asked: Collection[str] = (),
    ) -> Iterator[CalendarEntry]:
        """Every day that is waited for, named for what it is the day of; None where nothing is.

        `asked`: of those who are asked, without the day of an answer that they have given.
        """
        if known is None or not waits_for_answer(row):
            return
        calendar = self.office.calendar(row.council, self.tx)
        try:
            clocks = running_clocks(known.alert, known.ladder, calendar)
        except (BeyondCalendar, BeforeCalendar):
            return
        left = {one.id for one in known.run.yet_to_answer} if asked else set()
        for one in clocks.awaited:
            if asked and one.times is Times.ANSWER and not left & set(asked):
                continue
            step = f".{one.step.id}" if one.step else ""
            said = words[one.times][one.kind is ClockKind.AIM]
            what = f"{said}: {one.step.what}" if one.step else said
            yield from self._entry(row, f"{_NAMES[one.times]}{step}", one.by, what)

    def _own(self, row: CurrentRow) -> Iterator[CalendarEntry]:
        yield from self._entry(row, "hold", row.hold_until, "hold ends")
        yield from self._entry(row, "limit", row.cap_due, "time limit")
        if may_go_on(row, self.office.today):
            yield from self._entry(row, "escalate", row.escalate_by, "last day to go on")

    def _entry(
        self, row: CurrentRow, what: str, day: DayOrMoment | None, words: str
    ) -> Iterator[CalendarEntry]:
        if day is None:
            return
        at = f", {day.astimezone(LONDON):%H:%M}" if isinstance(day, datetime) else ""
        host = urlsplit(self.office.settings.base_url).hostname
        yield CalendarEntry(
            uid=f"{row.reference}.{row.stage or 'none'}.{what}@{host}",
            day=day,
            title=f"{row.reference}: {words}{at}",
            link=alert_page(self.office, row.reference),
            changed_at=row.changed_at,
        )
