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
from practice_alerts.domain.acts.form_by_rule import mark
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.events import Occasion
from practice_alerts.domain.complete import complete
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.domain.standing.running_clocks import Clocks
from practice_alerts.office import Office

_NOTICE_OF = complete(
    Occasion,
    {
        Occasion.LEARNING: "good_practice",
        Occasion.GATE: "told_at_once",
        Occasion.CONSULTED: "told",
        Occasion.OVERRIDE: "told_at_once",
        Occasion.REFERRAL: "told",
        Occasion.ANSWER: "answer_copied",
        Occasion.JUDGING: "answered",
        Occasion.ENDING: "closed_copied",
    },
    without=(Occasion.MEETING,),
)


@dataclass(frozen=True)
class Telling:
    """What follows from one event of one alert."""

    office: Office
    tx: Tx
    found: Known
    clocks: Clocks
    event_id: int
    reached: set[str]
    """Whoever has been written to because of the same act: nobody is twice."""

    def follow(self, event: events.Event) -> None:  # noqa: C901 - one line for each kind of event
        """Write the askings and notices that this event calls for; most call for none."""
        officer, run = [self.found.alert.officer.id], self.found.alert.run
        match event:
            case events.Sent():
                self._ask(event)
            case events.Answered():
                self._tell_all(officer, "answered")
            case events.DateAgreed():
                self._tell_agreed(event)
            case _ if isinstance(event, events.SideEvent):
                self._follow_beside(event)
            case events.Closed():
                self._tell_all(self._asked, "closed")
                current_state.leave_stage(self.tx, self.found.id)
            case events.Reopened() if run is not None:
                # Open again where it stood: whoever was asked there last is asked still.
                current_state.back_to_stage(self.tx, self.found.id, run.stage, self._asked)
                self._tell_all(self._asked, "reopened")
            case _:
                pass
        for told in events.heard_of(event):
            if told.occasion is Occasion.MEETING:
                self._invite(told)

    def copy(self, event: events.Event) -> None:
        """The notices that only inform, once those are written that ask something."""
        alert, run = self.found.alert, self.found.alert.run
        everybody = _ids((*run.copied, *run.invited)) if run else []
        told = [one for one in everybody if one != alert.officer.id]
        match event:
            case events.Sent():
                self._tell_all(_ids(event.copied), "copied")
            case events.Closed():
                self._tell_all(told, "closed_copied")
            case events.Reopened():
                self._tell_all(told, "reopened_copied")
            case _:
                pass
        for one in events.heard_of(event):
            if one.occasion is not Occasion.MEETING:
                self._tell_all(_ids(one.people), self._notice_of(one.occasion))

    def _tell_agreed(self, event: events.DateAgreed) -> None:
        """Those asked, and the officer where somebody else of their side has recorded it."""
        if event.exceptional:
            limit = self.clocks.time_limit.by_day if self.clocks.time_limit else None
            officer, by = self.found.alert.officer.id, self.found.alert.happened[-1].by
            told = [*self._asked, *((officer,) if officer != by else ())]
            facts = replace(self._facts, due=event.until, limit=limit)
            self._tell_all(told, "exceptional_and_date" if event.until else "exceptional", facts)
        elif event.until:
            facts = replace(self._facts, due=event.until)
            self._tell_all(self._asked, "date_agreed", facts, Act.AGREE_DATE)

    def _follow_beside(self, event: events.SideEvent) -> None:
        officer = [self.found.alert.officer.id]
        match event:
            case events.Redated():
                facts = replace(self._facts, due=self.clocks.answer_by)
                notice = "redated" if event.moved or not event.beside else "closed_late"
                self._tell_all([*officer, *self._asked], notice, facts)
            case events.Reassigned():
                self._tell_all(officer, "handed_on")
            case events.CaseMoved():
                self._hand_over(event)
            case events.DoneByHand() if event.joined is not None:
                self._join(event, event.joined)

    @property
    def _facts(self) -> NoticeFacts:
        alert, title = self.found.alert.reference, self.found.kind_title
        page = f"{self.office.settings.base_url}/app/alert?reference={alert}"
        return NoticeFacts(alert, self.found.stage_label, link=page, alert=title)

    def _notice_of(self, occasion: Occasion) -> str:
        """What climbs a ladder as well is told as a copy of it."""
        is_copy = occasion is Occasion.LEARNING and self.found.ladder is not None
        return "copied" if is_copy else _NOTICE_OF[occasion]

    def _invite(self, told: events.Told) -> None:
        ladder = self.found.ladder
        steps = ladder.stage(self.found.run.stage).steps if ladder else ()
        step = next(one for one in steps if one.id == told.step)
        name = "invited" if step.ask is None else "invited_if_held"
        self._tell_all(_ids(told.people), name, replace(self._facts, step=step.what))

    @property
    def _asked(self) -> list[str]:
        """Whoever is asked at the present stage, as far as the directory knows them."""
        run = self.found.alert.run
        return [person.id for person in run.sent.asked] if run else []

    def _ask(self, sent: events.Sent) -> None:
        askings = tuple(self._asking(one, sent.stage) for one in sent.asked if one.id)
        current_state.put_askings(self.tx, self.found.id, askings)
        self._write_to(askings)

    def _asking(self, person: events.Person, stage: str) -> Asking:
        number, token = self.found.alert.version, secrets.token_urlsafe(16)
        return Asking(token, self.found.id, stage, number, person.id, True)

    def _write_to(self, askings: Iterable[Asking]) -> None:
        """One e-mail each: whoever is asked, too, or stands in for two of them, hears of it once."""
        name, due = asked_notice(self.clocks)
        askings = tuple(askings)
        reached = {asking.person_id for asking in askings}
        for asking in askings:
            link = f"{self.office.settings.base_url}/respond/{asking.id}"
            facts = replace(self._facts, due=due, link=link)
            self._tell(asking.person_id, name, facts)
            for cover in directory.covered_by(self.tx, asking.person_id, self.office.today):
                if cover.id not in reached:
                    reached.add(cover.id)
                    self._tell(cover.id, name, facts, cover=True)

    def _hand_over(self, moved: events.CaseMoved) -> None:
        """The new ones are asked or get their copy; those who stay are told nothing anew."""
        before = fold(self.found.alert.happened[:-1]).run
        if before is None:
            return
        asked, copied = (
            {one.id for one in them} for them in (before.sent.asked, before.sent.copied)
        )
        stage = self.found.run.stage
        new = tuple(
            self._asking(one, stage) for one in moved.asked if one.id not in asked and one.id
        )
        current_state.hand_over(self.tx, self.found.id, asked & {*self._asked}, new)
        given = {one.answer.by.post for one in self.found.run.answers}
        answered = {one.id for one in moved.asked if {one.post, f"for the {one.post}"} & given}
        self._write_to(one for one in new if one.person_id not in answered)
        told = (*(one.person_id for one in new), *_ids(moved.copied))
        self._tell_all((one for one in told if one not in asked | copied), "copied")

    def _join(self, event: events.DoneByHand, person: events.Person) -> None:
        """They get now what they would have got had they been in the directory."""
        run = self.found.alert.run
        if run is None or run.number != event.sent or person not in run.sent.asked:
            self._tell_all([person.id], "copied")
        elif self.found.alert.is_open:
            asking = self._asking(person, run.stage)
            current_state.add_asking(self.tx, asking)
            self._write_to([asking])

    def _tell_all(
        self,
        people: Iterable[str],
        name: str,
        facts: NoticeFacts | None = None,
        act: Act | None = None,
    ) -> None:
        """Everybody named and whoever stands in for them, once each, and nobody a second time."""
        meant = dict.fromkeys(filter(None, people), False)
        covers = {
            cover.id: True
            for person in meant
            for cover in directory.covered_by(self.tx, person, self.office.today)
        }
        for reader, stands_in in {**covers, **meant}.items():
            if reader not in self.reached:
                self._tell(reader, name, facts or self._facts, cover=stands_in, act=act)

    def _tell(
        self,
        person_id: str,
        name: str,
        facts: NoticeFacts,
        *,
        cover: bool = False,
        act: Act | None = None,
    ) -> None:
        self.reached.add(person_id)
        text = self.office.notices(self.found.files.id).write(name, facts, cover=cover)
        if act is not None:
            text = text.marked(mark(act, self.found.files.procedure, self.found.ladder))
        kind, about = "asked" if name.startswith("asked") else name, (self.found.id, self.event_id)
        new = outbox.NewNotice(person_id, kind, text.subject, text.body, *about)
        outbox.write(self.tx, new, self.office.now())


def _ids(people: Iterable[events.Person]) -> list[str]:
    return [one.id for one in people if one.id]
