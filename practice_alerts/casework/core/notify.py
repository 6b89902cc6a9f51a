"""Who is asked and who is told when something happens: askings and notices, written with the event."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import assert_never

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.alerts.current_state import Asking
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.notice_facts import (
    AskedNotice,
    asked_notice,
    dated_now,
    facts_about,
    for_reader,
    step_notice,
    wanted_beside,
    with_steps,
)
from practice_alerts.domain.acts.form_by_rule import mark
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.alert.events import Occasion, Part
from practice_alerts.domain.alert.restricted import RestrictionEvent
from practice_alerts.domain.complete import complete
from practice_alerts.domain.notices.of_outcomes import told_of_outcome
from practice_alerts.domain.notices.of_restrictions import told_of_restriction
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.domain.notices.words_of_asking import WORDS
from practice_alerts.domain.procedure.ladder import Step, label_of
from practice_alerts.domain.seeing.parts import part_of
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
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
    without=(Occasion.MEETING, Occasion.STEP),
)


_ENTERED = 2  # events of an alert that was just raised: that it was, and to whom it went


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

    def follow(self, event: events.Event) -> None:
        """Write the askings and notices that this event calls for; most call for none."""
        run = self.found.alert.run
        match event:
            case events.Sent():
                self._ask(event)
            case _ if isinstance(event, events.StageEvent):
                self._follow_at_stage(event)
            case _ if isinstance(event, events.SideEvent):
                self._follow_beside(event)
            case events.Closed():
                self._tell_all(self._asked, "closed")
                current_state.leave_stage(self.tx, self.found.id)
            case _ if isinstance(event, RestrictionEvent):
                for name, people in told_of_restriction(self.found.alert, event):
                    self._tell_all(_ids(people), name)
            case events.Reopened() if run is not None:
                # Open again where it stood: whoever was asked there last is asked still.
                current_state.back_to_stage(self.tx, self.found.id, run.stage, self._addressed)
                self._tell_all(self._asked, "reopened")
        self._ask_beside(events.heard_of(event))
        self._tell_new_days(event)

    def _tell_new_days(self, event: events.Event) -> None:
        """Whoever was asked for what had no day yet, of the day that this gives it; not whoever acts, who sees it there."""
        alert, calendar = self.found.alert, self.clocks.calendar
        if calendar is None or not (alert.is_open and isinstance(event, events.StageEvent)):
            return
        by = alert.happened[-1].by
        others = [one for one in self._askings_here.values() if one.person_id != by]
        if not others:
            return
        before = fold(alert.happened[:-1])
        then = running_clocks(before, self.found.ladder, calendar)
        for asking in others:
            for notice in dated_now(self.found, before, then, self.clocks, asking.person_id):
                self._write_to([asking], notice)
                self.reached.add(asking.person_id)

    def _ask_beside(self, heard: Iterable[events.Told]) -> None:
        """Whoever is to do a step, and whoever is to attend one."""
        heard = tuple(heard)
        steps = [one for one in heard if one.occasion is Occasion.STEP]
        here = self._askings_here if steps else {}
        for told in steps:
            self._ask_for_step(told)
        for told in (one for one in heard if one.occasion is Occasion.MEETING):
            self._invite(told)
        for told in steps:
            self._tell_of_their_step(told, here)

    def _follow_at_stage(self, event: events.StageEvent) -> None:
        match event:
            case events.Answered():
                officer, name = self.found.alert.officer.id, self._notice_of(Occasion.JUDGING)
                self._tell_all([officer], name, self._who_answered)
            case _ if isinstance(event, events.Talk):
                self._tell_of_talk(event)
            case events.AnswerRecorded():
                self._tell_of_their_answer(event)
            case events.ResponseReviewed():
                self._tell_judges(event)
            case events.StepDone():
                self._tell_of_step(event)
            case events.DateAgreed():
                self._tell_agreed(event)
            case _:
                pass

    def copy(self, event: events.Event) -> None:
        """The notices that only inform, once those are written that ask something."""
        alert, run = self.found.alert, self.found.alert.run
        everybody = _ids((*run.copied, *run.invited, *run.doing)) if run else []
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
            if one.occasion not in {Occasion.MEETING, Occasion.STEP}:
                facts = self._who_answered if one.occasion is Occasion.JUDGING else None
                self._tell_all(_ids(one.people), self._notice_of(one.occasion), facts)

    def tell_outcome(self, event: events.Event) -> None:
        """What became of their answer, to whoever hears nothing else of the act; of what they do not read, nothing."""
        if part_of(self.found.alert, event)[0] is not Part.SHARED:
            return
        for of in told_of_outcome(self.found.alert, event):
            act = Act.HOLD if isinstance(event, events.Held) else None
            self._tell_all(_ids(of.people), of.notice, replace(self._facts, due=of.due), act)

    def _tell_agreed(self, event: events.DateAgreed) -> None:
        """Those asked, and the officer where somebody else of their side has recorded it."""
        if event.exceptional:
            limit = self.clocks.time_limit.by if self.clocks.time_limit else None
            officer, by = self.found.alert.officer.id, self.found.alert.happened[-1].by
            told = [*self._asked, *((officer,) if officer != by else ())]
            facts = replace(self._facts, due=event.until, limit=limit)
            name, act = (
                ("exceptional_and_date", Act.AGREE_DATE) if event.until else ("exceptional", None)
            )
            self._tell_all(told, name, facts, act)
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
            case events.Reassigned() if not event.with_others:
                self._tell_all(officer, "handed_on")
            case events.CaseMoved() | events.Redirected():
                self._hand_over(event)
            case events.DoneByHand() if event.joined is not None:
                self._join(event, event.joined)
            case events.ReminderSent():
                self._write_here(_ids(event.people), "reminded")
            case _:
                pass

    @cached_property
    def _facts(self) -> NoticeFacts:
        return facts_about(self.office, self.tx, self.found)

    def _notice_of(self, occasion: Occasion) -> str:
        """What climbs a ladder as well is told as a copy of it."""
        run = self.found.alert.run
        if occasion is Occasion.JUDGING and run is not None and run.waits_for_others:
            return "answered_in_part"
        is_copy = occasion is Occasion.LEARNING and self.found.ladder is not None
        return "copied" if is_copy else _NOTICE_OF[occasion]

    @property
    def _who_answered(self) -> NoticeFacts:
        """Of several who were each asked, whose answer has come and whose is awaited."""
        run = self.found.alert.run
        if run is None:
            return self._facts
        return replace(self._facts, answered=run.answered_posts, awaited=run.awaited_posts)

    def _tell_of_their_answer(self, recorded: events.AnswerRecorded) -> None:
        """Whoever it is the answer of, that they may say it in their own words; and the officer, if a cover wrote it."""
        self._write_here(_ids([recorded.whose] if recorded.whose else []), "answer_recorded")
        self._tell_officer(self._notice_of(Occasion.JUDGING), self._who_answered)

    def _tell_of_talk(self, said: events.Talk) -> None:
        """The officer, of what those asked say; whoever asked a question, and their cover, that it is answered."""
        officer = [self.found.alert.officer.id]
        match said:
            case events.NotTheirs():
                self._tell_all(officer, "not_theirs")
            case events.QuestionAsked():
                self._tell_all(officer, "question_asked")
            case events.DrafterNamed():
                # An address to draft at, and no place among those who are asked: no list and no reminder has them.
                asking = replace(self._asking(said.to, said.stage), is_present=False)
                current_state.add_asking(self.tx, asking)
                self._write_to([asking], AskedNotice("drafting"))
            case events.QuestionAnswered():
                asked = self.found.run.questions[said.question - 1][1]
                self._write_here(_ids([asked.whose]), "question_answered")
            case _:
                assert_never(said)

    def _tell_judges(self, said: events.ResponseReviewed) -> None:
        """Whoever judges together and has not spoken is asked for their word; the officer hears of another's."""
        stage = self.found.stage
        if stage is not None and self.found.rules.together(stage):
            self._tell_officer("voice_recorded", self._facts)
        self._ask_to_judge(said)

    def _ask_to_judge(self, event: events.Event) -> None:
        every = (one for one in events.heard_of(event) if one.occasion is Occasion.JUDGING)
        self._tell_all((one.id for told in every for one in told.people), "judge_together")

    def _tell_of_step(self, done: events.StepDone) -> None:
        """The officer, where nobody of their side has recorded it; and who judges once all are recorded."""
        ladder = self.found.ladder
        steps = ladder.stage(done.stage).steps if ladder and ladder.has(done.stage) else ()
        facts = replace(self._facts, stage=label_of(ladder, done.stage))
        facts = with_steps(facts, self.found, (one for one in steps if one.id == done.step))
        by = self.found.alert.happened[-1].by
        if not self.found.is_of_officers_side(
            actor_in(self.office, self.tx, by, self.found.files.id)
        ):
            self._tell_officer("step_recorded", facts)
        self._ask_to_judge(done)

    def _tell_officer(self, name: str, facts: NoticeFacts) -> None:
        """Where it was somebody else, or somebody who stands in for them."""
        alert = self.found.alert
        if alert.officer.id != alert.happened[-1].by:
            self._tell_all([alert.officer.id], name, facts)

    def _invite(self, told: events.Told) -> None:
        step = self._step_of(told)
        name = "invited" if step.ask is None else "invited_if_held"
        self._tell_all(_ids(told.people), name, replace(self._facts, step=step.what))

    def _step_of(self, told: events.Told) -> Step:
        ladder = self.found.ladder
        steps = ladder.stage(self.found.run.stage).steps if ladder else ()
        return next(one for one in steps if one.id == told.step)

    @property
    def _askings_here(self) -> dict[str, Asking]:
        """By whom, the present address of each who has one."""
        every = current_state.askings_of(self.tx, self.found.id)
        return {one.person_id: one for one in every if one.is_present}

    def _ask_for_step(self, told: events.Told) -> None:
        """Whoever is to do a step and is not asked for the answer gets an address of their own to record it."""
        here, stage = self._askings_here, self.found.run.stage
        new = tuple(
            self._asking(one, stage) for one in told.people if one.id and one.id not in here
        )
        for one in new:
            current_state.add_asking(self.tx, one)
        self._write_to(new, self._as_it_came(step_notice(self._step_of(told), self.clocks)))

    def _as_it_came(self, asked: AskedNotice) -> AskedNotice:
        """Of what was asked on paper before: that it stands here now, and no day, which may be gone."""
        return AskedNotice("now_here") if self._is_entered else asked

    @property
    def _is_entered(self) -> bool:
        """Is it entered here at this moment, and was sent on paper before?"""
        alert = self.found.alert
        return alert.raised.paper is not None and alert.version == _ENTERED

    def _tell_of_their_step(self, told: events.Told, here: Mapping[str, Asking]) -> None:
        """Whoever had an address before hears that a step is theirs too; not whoever acts, who sees it there."""
        by = self.found.alert.happened[-1].by
        theirs = [here[one.id] for one in told.people if one.id in here and one.id != by]
        self._write_to(theirs, step_notice(self._step_of(told), self.clocks))

    @property
    def _addressed(self) -> list[str]:
        """The same, and whoever is to do a step there."""
        run = self.found.alert.run
        return [*self._asked, *_ids(run.doing if run else ())]

    @property
    def _asked(self) -> list[str]:
        """Whoever is asked at the present stage, as far as the directory knows them."""
        run = self.found.alert.run
        return [person.id for person in run.sent.asked] if run else []

    def _ask(self, sent: events.Sent) -> None:
        askings = tuple(self._asking(one, sent.stage) for one in sent.asked if one.id)
        current_state.put_askings(self.tx, self.found.id, askings)
        self._write_to(askings, self._as_it_came(asked_notice(self.clocks)))
        if self._is_entered:
            self.reached.add(self.found.alert.happened[-1].by)
            self._tell_officer("entered_for", self._facts)

    def _asking(self, person: events.Person, stage: str) -> Asking:
        number, token = self.found.alert.version, secrets.token_urlsafe(16)
        return Asking(token, self.found.id, stage, number, person.id, True)

    def _write_here(self, people: Iterable[str], name: str) -> None:
        """Those of them who have a present address, each to their own."""
        here = self._askings_here
        self._write_to([here[one] for one in people if one in here], AskedNotice(name))

    def _write_to(self, askings: Iterable[Asking], notice: AskedNotice) -> None:
        """One e-mail each: whoever is asked, too, or stands in for two of them, hears of it once."""
        askings = tuple(one for one in askings if one.person_id not in self.reached)
        of_step = with_steps(self._facts, self.found, [notice.step] if notice.step else [])
        reached = {*self.reached, *(asking.person_id for asking in askings)}
        for asking in askings:
            link = f"{self.office.settings.base_url}/respond/{asking.id}"
            facts = replace(of_step, due=notice.due, link=link, wanted=self._wanted(asking, notice))
            self._tell(asking.person_id, notice.name, facts)
            for cover in directory.covered_by(self.tx, asking.person_id, self.office.today):
                if cover.id not in reached:
                    reached.add(cover.id)
                    self._tell(cover.id, notice.name, facts, cover=True)

    def _wanted(self, asking: Asking, notice: AskedNotice) -> tuple[str, ...]:
        if notice.name not in WORDS:
            return ()
        return wanted_beside(self.found, self.clocks, asking.person_id, notice)

    def _hand_over(self, moved: events.AskedAnew) -> None:
        """The new ones are asked or get their copy; those who stay are told nothing anew."""
        before = fold(self.found.alert.happened[:-1]).run
        if before is None:
            return
        asked, copied, doing = (
            {one.id for one in them}
            for them in (before.sent.asked, before.sent.copied, before.doing)
        )
        stage = self.found.run.stage
        new = tuple(
            self._asking(one, stage) for one in moved.asked if one.id not in asked and one.id
        )
        stay = (asked | doing) & {*self._addressed}
        current_state.hand_over(self.tx, self.found.id, stay, new)
        # One of several in a post who is asked now has answered nothing; whoever gets a case may find it answered.
        answers = self.found.run.answers if isinstance(moved, events.CaseMoved) else ()
        given = {one.answer.by.post for one in answers}
        answered = {one.id for one in moved.asked if {one.post, f"for the {one.post}"} & given}
        still = (one for one in new if one.person_id not in answered)
        self._write_to(still, asked_notice(self.clocks))
        told = (*(one.person_id for one in new), *_ids(moved.copied))
        self._tell_all((one for one in told if one not in asked | copied), "copied")

    def _join(self, event: events.DoneByHand, person: events.Person) -> None:
        """They get now what they would have got had they been in the directory."""
        run = self.found.alert.run
        if all(one.number != event.sent for one in self.found.alert.runs):
            self._tell_all([person.id], "told")
        elif run is None or run.number != event.sent or person not in run.sent.asked:
            self._tell_all([person.id], "copied")
        elif self.found.alert.is_open:
            asking = self._asking(person, run.stage)
            current_state.add_asking(self.tx, asking)
            self._write_to([asking], asked_notice(self.clocks))

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
        """Nobody is written to who could not open it, such as whoever stands in for somebody with a copy."""
        reader = actor_in(self.office, self.tx, person_id, self.found.files.id)
        if not self.found.may(reader, Act.SEE):
            return
        self.reached.add(person_id)
        facts = for_reader(self.office, self.tx, facts, person_id)
        text = self.office.notices(self.found.files.id).write(name, facts, cover=cover)
        if act is not None:
            text = text.marked(mark(act, self.found.files.procedure, self.found.ladder))
        kind, about = "asked" if name.startswith("asked") else name, (self.found.id, self.event_id)
        new = outbox.NewNotice(person_id, kind, text.subject, text.body, *about)
        outbox.write(self.tx, new, self.office.now())


def _ids(people: Iterable[events.Person]) -> list[str]:
    return [one.id for one in people if one.id]
