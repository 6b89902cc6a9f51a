"""Who is asked and who is told when something happens: askings and notices, written with the event."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.alerts.current_state import Asking
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.casework.core.asked_notice import asked_notice
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.status import Clocks
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.office import Office


@dataclass(frozen=True)
class Telling:
    """What follows from one event of one alert."""

    office: Office
    tx: Tx
    found: Known
    clocks: Clocks
    event_id: int

    def follow(self, event: events.Event) -> None:
        """Write the askings and notices that this event calls for; most call for none."""
        officer, run = [self.found.alert.officer.id], self.found.alert.run
        match event:
            case events.Sent():
                self._ask(event)
                self._tell_all((person.id for person in event.copied), "copied")
            case events.Answered():
                self._tell_all(officer, "answered")
            case events.DateAgreed():
                self._tell_all(self._asked, "date_agreed", replace(self._facts, due=event.until))
            case events.Redated():
                facts = replace(self._facts, due=self.clocks.answer_by)
                self._tell_all([*officer, *self._asked], "redated", facts)
            case events.Reassigned():
                self._tell_all(officer, "handed_on")
            case events.Closed():
                self._tell_all(self._asked, "closed")
                current_state.leave_stage(self.tx, self.found.id)
            case events.Reopened() if run is not None:
                # Open again where it stood: whoever was asked there last is asked still.
                current_state.back_to_stage(self.tx, self.found.id, run.stage)
                self._tell_all(self._asked, "reopened")

    @property
    def _facts(self) -> NoticeFacts:
        alert = self.found.alert.reference
        page = f"{self.office.settings.base_url}/app/alert?reference={alert}"
        return NoticeFacts(reference=alert, stage=self.found.stage_label, link=page)

    @property
    def _asked(self) -> list[str]:
        """Whoever is asked at the present stage, as far as the directory knows them."""
        run = self.found.alert.run
        return [person.id for person in run.sent.asked] if run else []

    def _ask(self, sent: events.Sent) -> None:
        name, due = asked_notice(self.clocks)
        alert_id, number = self.found.id, self.found.alert.version
        askings = tuple(
            Asking(secrets.token_urlsafe(16), alert_id, sent.stage, number, person.id, True)
            for person in sent.asked
            if person.id
        )
        current_state.put_askings(self.tx, alert_id, askings)
        for asking in askings:
            link = f"{self.office.settings.base_url}/respond/{asking.id}"
            facts = replace(self._facts, due=due, link=link)
            self._tell(asking.person_id, name, facts)
            for cover in directory.covered_by(self.tx, asking.person_id, self.office.today):
                self._tell(cover.id, name, facts, cover=True)

    def _tell_all(self, people: Iterable[str], name: str, facts: NoticeFacts | None = None) -> None:
        """Everybody named and whoever stands in for them, once each."""
        meant = dict.fromkeys(filter(None, people), False)
        covers = {
            cover.id: True
            for person in meant
            for cover in directory.covered_by(self.tx, person, self.office.today)
        }
        for reader, stands_in in {**covers, **meant}.items():
            self._tell(reader, name, facts or self._facts, cover=stands_in)

    def _tell(self, person_id: str, name: str, facts: NoticeFacts, *, cover: bool = False) -> None:
        text = self.office.notices(self.found.files.id).write(name, facts, cover=cover)
        kind, about = "asked" if name.startswith("asked") else name, (self.found.id, self.event_id)
        new = outbox.NewNotice(person_id, kind, text.subject, text.body, *about)
        outbox.write(self.tx, new, self.office.now())
