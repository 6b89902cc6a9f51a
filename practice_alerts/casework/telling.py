"""Who is asked and who is told when something happens: askings and notices, written with the event."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from practice_alerts.adapters.store import current, directory, outbox
from practice_alerts.adapters.store.database import Tx
from practice_alerts.casework.known import Known
from practice_alerts.domain import notices
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.events import Answered, Closed, Event, Sent
from practice_alerts.domain.standing import Clocks
from practice_alerts.office import Office


@dataclass(frozen=True)
class Telling:
    """What follows from one event of one alert."""

    office: Office
    tx: Tx
    found: Known
    clocks: Clocks
    event_id: int

    def follow(self, event: Event) -> None:
        """Write the askings and notices that this event calls for; most call for none."""
        if isinstance(event, Sent):
            self._ask(event)
            self._tell_all((person.id for person in event.copied), "copied", self._copied)
        elif isinstance(event, Answered):
            text = notices.answered(self._reference, self.found.stage_label, self._alert_page)
            self._tell_all([self.found.alert.officer.id], "answered", text)
        elif isinstance(event, Closed):
            run = self.found.alert.run
            asked = [person.id for person in run.sent.asked] if run else []
            self._tell_all(asked, "closed", notices.closed(self._reference, self._alert_page))
            current.leave_stage(self.tx, self.found.id)

    @property
    def _reference(self) -> str:
        return self.found.alert.reference

    @property
    def _alert_page(self) -> str:
        return f"{self.office.settings.base_url}/app/alert?reference={self._reference}"

    @property
    def _copied(self) -> notices.Text:
        return notices.copied(self._reference, self.found.stage_label, self._alert_page)

    def _ask(self, sent: Sent) -> None:
        number = self.found.alert.version
        askings = tuple(
            current.Asking(
                secrets.token_urlsafe(16), self.found.id, sent.stage, number, person.id, True
            )
            for person in sent.asked
            if person.id
        )
        current.put_askings(self.tx, self.found.id, askings)
        due = self.clocks.response.by_day if self.clocks.response else self.clocks.settle_by
        for asking in askings:
            self._ask_one(asking, in_full(due) if due else "")

    def _ask_one(self, asking: current.Asking, due: str) -> None:
        link = f"{self.office.settings.base_url}/respond/{asking.id}"
        stage = self.found.stage_label
        self._tell(asking.person_id, "asked", notices.asked(self._reference, stage, due, link))
        cover_text = notices.asked(self._reference, stage, due, link, cover=True)
        for cover in directory.covered_by(self.tx, asking.person_id, self.office.today):
            self._tell(cover.id, "asked", cover_text)

    def _tell_all(self, people: Iterable[str], notice: str, text: notices.Text) -> None:
        """Everybody named and whoever stands in for them, once each."""
        readers: dict[str, None] = {}
        for person in filter(None, people):
            readers[person] = None
            for cover in directory.covered_by(self.tx, person, self.office.today):
                readers[cover.id] = None
        for reader in readers:
            self._tell(reader, notice, text)

    def _tell(self, person_id: str, notice: str, text: notices.Text) -> None:
        new = outbox.NewNotice(
            person_id, notice, text.subject, text.body, self.found.id, self.event_id
        )
        outbox.write(self.tx, new, self.office.now())
