"""A walk through an alert's life: whatever is offered is done, whatever is not is tried, and all is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.rows import tried
from practice_alerts.casework.acts import act_form, escalate
from practice_alerts.casework.acts.act_form import officers, own_side
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core import found_by
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.core.record import current_row
from practice_alerts.casework.core.who_gets_it import by_hand
from practice_alerts.casework.core.who_is_meant import asked_of, candidates, scene_of
from practice_alerts.domain.acts.acts import offers
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.acts.step_form import form_of_step, must_take_place
from practice_alerts.domain.alert.choices import CHANGES_ALONE
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.deadlines.forecast import forecast, step_forecasts
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound, NotPossible
from practice_alerts.domain.forms.form import Form, FormField
from practice_alerts.domain.procedure.entry import may_enter
from practice_alerts.domain.standing.anchors import anchors
from practice_alerts.domain.standing.running_clocks import awaited_clocks, running_clocks
from practice_alerts.domain.standing.status import where
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.office import TEAM, Desk
from tests.helpers.stories.story_acts import ASKED, NOW, TO, VERBS, events_of

APART = {Act.LINK.value}
"""Needs another alert beside the one that walks."""
PAUSES = (
    timedelta(0),
    timedelta(minutes=1),
    timedelta(hours=5),
    timedelta(days=1),
    timedelta(days=3, hours=2),
    timedelta(days=9),
    timedelta(days=40),
)
REFUSED = (NotAllowed, NotFound, NotPossible)


@dataclass
class Walk:
    """One alert at one desk; every choice comes from `rng`."""

    desk: Desk
    rng: Random
    people: Sequence[str]
    found: Known

    # ----------------------------------------------------------------------------------- what happens

    def pause(self) -> None:
        self.desk.clock[0] += self.rng.choice(PAUSES)

    def act(self) -> None:
        """Somebody does something: more often than not something that is offered to them."""
        who = self.rng.choice(self._likely())
        possible = sorted(self.possible(who) - self._without_anybody_to_choose())
        if possible and self.rng.random() < 0.7:
            self.do(who, Act(self.rng.choice(possible)))
        else:
            self.try_what_is_not_offered(who, possible)

    def _without_anybody_to_choose(self) -> set[str]:
        """An alert that nobody else may take over cannot be handed on, and the form says so."""
        with self.desk.office.database.reading() as tx:
            found = load(self.desk.office, tx, self.found.id)
            none = set() if officers(self.desk.office, tx, found) else {Act.HAND_ON.value}
            few = len(own_side(self.desk.office, tx, found)) < 2
            return none | APART | ({Act.RESTRICT.value} if few else set())

    def do(self, who: str, act: Act) -> None:
        """What is offered can be done, and adds just the events it says."""
        answers = self.answers(act, who)
        before, rows = self.found, self.rows()
        doing = self.desk.doing(who, before)
        try:
            after = VERBS[act](self.desk.office, before.id, answers, doing)
        except BadAnswers as refused:
            if not self._may_be_bad(act, refused):
                raise
            assert self.rows() == rows, act
            return
        new = after.alert.happened[before.alert.version :]
        assert tuple(one.kind for one in new) == events_of(act, before.alert, answers), act
        assert {one.by for one in new} == {who}
        self.found = after
        self.check()

    def try_what_is_not_offered(self, who: str, possible: Sequence[str]) -> None:
        """It is refused in plain words, and not a row is written."""
        act = self.rng.choice([one for one in VERBS if one.value not in {*possible, *APART}])
        answers, rows = self.answers(act, who), self.rows()
        doing = self.desk.doing(who, self.found)
        with pytest.raises(REFUSED):
            VERBS[act](self.desk.office, self.found.id, answers, doing)
        assert self.rows() == rows, act

    # ----------------------------------------------------------------------------------- what must hold

    def check(self) -> None:
        """After every act: the row, the askings, the clocks, and a way on."""
        self._the_row_follows_from_the_events()
        self._its_words_are_those_that_are_read_anew()
        self._who_is_asked_is_asked()
        self._the_clocks_are_those_of_the_ladder()
        self._there_is_a_way_on()
        self._the_chain_that_is_challenged_only_answers()

    def _the_row_follows_from_the_events(self) -> None:
        with self.desk.office.database.reading() as tx:
            found = load(self.desk.office, tx, self.found.id)
            calendar = self.desk.office.calendar(self.desk.council, tx)
            clocks = running_clocks(found.alert, found.ladder, calendar)
            row = current_state.by_id(tx, found.id)
        assert found.alert == self.found.alert
        assert row == current_row(found, clocks, calendar.version)

    def _its_words_are_those_that_are_read_anew(self) -> None:
        """Each act writes only what is read otherwise than before."""
        with self.desk.office.database.writing() as tx, tried(tx):
            kept = _words(tx, self.found.id)
            found_by.keep_words(self.desk.office, tx, load(self.desk.office, tx, self.found.id))
            assert kept == _words(tx, self.found.id)

    def _who_is_asked_is_asked(self) -> None:
        alert = self.found.alert
        with self.desk.office.database.reading() as tx:
            askings = current_state.askings_of(tx, self.found.id)
        present = sorted(one.person_id for one in askings if one.is_present)
        run = alert.run if alert.is_open else None
        asked = (*run.sent.asked, *run.doing) if run else ()
        assert present == sorted({person.id for person in asked if person.id})

    def _the_clocks_are_those_of_the_ladder(self) -> None:
        alert, ladder, run = self.found.alert, self.found.ladder, self.found.alert.run
        if ladder is None or run is None:
            return
        calendar = self.desk.office.calendar(self.desk.council)
        clocks = running_clocks(alert, ladder, calendar)
        assert awaited_clocks(alert, ladder, calendar).awaited == clocks.awaited
        ahead = forecast(ladder, run.sent_at, run.stage, calendar)
        here = ahead.stage(run.stage)
        assert here.due == (clocks.response or clocks.settle)
        steps = step_forecasts(ladder, run.stage, anchors(alert, ladder), calendar)
        dues = {one.step.id: one.due for one in steps}
        assert all(dues[one.step.id] == one.due for one in clocks.awaited if one.step)
        formal = next((one for one in alert.runs if ladder.stage(one.stage).formal), None)
        if formal is None:
            assert clocks.time_limit is None
            return
        whole = forecast(ladder, formal.sent_at, formal.stage, calendar)
        assert whole.time_limit == clocks.time_limit
        recorded = (*run.answers, *run.steps, *run.agreed, *run.response_reviews, *run.holds)
        if run is formal and not recorded:  # of which each leaves more or less
            assert whole.days_to_spare == clocks.without_hold

    def _there_is_a_way_on(self) -> None:
        """The officer can always move it or end it, and what the alert says is next is theirs to do."""
        alert = self.found.alert
        if not alert.is_open:
            return
        officer = self.possible(alert.officer.id)
        assert officer & {"close", "escalate", "judge"}
        calendar = self.desk.office.calendar(self.desk.council)
        clocks = running_clocks(alert, self.found.ladder, calendar)
        stands = where(alert, self.found.ladder, clocks, self.desk.office.now())
        if stands.next_act is not None and (stands.next_act != "refer" or self.found.routes):
            assert stands.next_act in officer, stands
        if stands.turn == "asked" and stands.next_act is None and alert.run is not None:
            able = [one.id or alert.officer.id for one in alert.run.sent.asked]
            assert any("answer" in self.possible(one) for one in able), stands

    def _the_chain_that_is_challenged_only_answers(self) -> None:
        """And records the steps that are theirs."""
        alert, rules = self.found.alert, self.found.rules
        for person in self.found.alert.people_asked:
            if person.id and person.id != self.found.alert.officer.id:
                steps = rules.for_them(self.desk.actor(person.id), alert)
                assert self.possible(person.id) <= {
                    *("answer", "not-theirs", "name-drafter", "ask-question"),
                    *(("step",) if steps else ()),
                }, person
                assert all(person.id in one.doers for one in steps)

    def possible(self, who: str) -> set[str]:
        offered = offers(self.desk.actor(who), self.found.alert, self.found.rules)
        return {offer.act.value for offer in offered if offer.possible}

    def rows(self) -> list[Any]:
        """Everything the store holds of this alert, and how much it holds of anything."""
        kept = (tables.events, tables.outbox, tables.askings, tables.alerts, tables.drafts)
        with self.desk.office.database.reading() as tx:
            found: list[Any] = [len(tx.execute(select(table)).all()) for table in kept]
            for table in kept[:3]:
                rows = tx.execute(select(table).where(table.c.alert_id == self.found.id))
                found.append(sorted(map(str, rows)))
            own = select(tables.alerts).where(tables.alerts.c.id == self.found.id)
            return [*found, str(tx.execute(own).one())]

    # ------------------------------------------------------------------------------------ what is typed

    def answers(self, act: Act, who: str) -> dict[str, Any]:
        """Something valid for every question that the act puts, at random."""
        with self.desk.office.database.reading() as tx:
            if act is Act.ESCALATE:
                return self._climb(tx)
            actor = self.desk.actor(who)
            form = act_form.act_form(self.desk.office, tx, self.found, act, actor)
            filled = self.filled(form.fields(), act_form.context(self.found))
            if act is Act.STEP and "step" in filled:
                filled = self._step(filled["step"], form, actor)
            if act is Act.CORRECT:
                return self._correction(filled)
            if act is Act.REDIRECT and self.rng.choice([True, False]):
                filled.pop("name" if "to" in filled else "reason", None)
            if act is Act.NAME_DRAFTER:
                filled["name"] = self.desk.actor(self.rng.choice(list(self.people))).name
            if act is Act.REFER and filled.get("route") in self.found.routes:
                return self._referral(filled)
        return filled

    def filled(self, fields: Sequence[FormField], around: Mapping[str, Any]) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for one in fields:
            if one.asked({**around, **answers}):
                answers[one.id] = self._typed(one)
        return answers

    def _typed(self, one: FormField) -> Any:  # noqa: C901, PLR0911 - one line for each type
        today = self.desk.office.today
        options = list(one.options or {})
        match one.type:
            case "date" if one.identifies:
                return "2014-03-09"
            case "date" if one.id in {
                "until",
                "promise_by",
                "look_again",
                "reply_by",
                "actions_by",
            }:
                return (today + timedelta(days=self.rng.randrange(60))).isoformat()
            case "date":
                return today.isoformat()
            case "yes_no":
                return self.rng.choice(["yes", "no"])
            case "one_of":
                return self.rng.choice(options or ["none"])
            case "many_of":
                drawn = self.rng.sample(options, self.rng.randint(1, len(options)))
                beside = [name for name in drawn if name not in CHANGES_ALONE]
                return beside or drawn[:1]  # of those that stand alone, one
            case "team":
                return TEAM
            case _ if one.pattern:
                return f"{self.desk.office.now().astimezone(LONDON):%H:%M}"
            case _ if one.goes_to == "log":
                return "Nothing has moved on"
            case _:
                return f"Words of {one.id}"

    def _step(self, key: str, form: Form, actor: Actor) -> dict[str, Any]:
        """Only what the procedure asks a question about can be found unnecessary, and only by the officer's side."""
        chosen = act_form.step_to_record(self.found, actor, key)
        assert chosen is not None
        choice = not must_take_place(chosen) and self.found.is_of_officers_side(actor)
        said = {"step": key, "took_place": self.rng.choice(["yes", "no"]) if choice else "yes"}
        of_step = form_of_step(form, chosen, self.found.files.procedure).fields()
        return {**self.filled([one for one in of_step if one.id not in said], said), **said}

    def _referral(self, filled: dict[str, Any]) -> dict[str, Any]:
        """What came of speaking first is as this route has it."""
        route = self.found.files.procedure.referrals[filled["route"]]
        words = route.consult.record if route.consult else ()
        return {**filled, "consultation": self.rng.choice(words)} if words else filled

    def _correction(self, filled: dict[str, Any]) -> dict[str, Any]:
        asked = act_form.questions(self.desk.office, self.found)
        question = self.rng.choice(sorted(asked))
        return {**filled, "question": question, NOW: self._typed(asked[question])}

    def _climb(self, tx: Tx) -> dict[str, Any]:
        ways = self.found.ways_up
        if not ways:
            return {TO: "stage-1", "rationale": "Up."}
        stage, office = self.rng.choice(ways), self.desk.office
        form = escalate.form_at(office, self.found, stage)
        filled = self.filled(form.fields(filled_by="raiser"), self.found.alert.answers)
        asks = self.found.files.procedure.asked_at(stage)
        if not asks.posts or asks.how == "any_of":
            scene = scene_of(office, tx, self.found)
            able = candidates(scene, asked_of(scene, asks))
            whom = self.rng.choice(able).person.id if able else by_hand("Somebody outside")
            filled[ASKED] = (whom,)
        return {**filled, TO: stage.id}

    def _may_be_bad(self, act: Act, refused: BadAnswers) -> bool:
        """What can be wrong with answers of the right kind: what changes nothing, or who is not there."""
        said = " ".join(refused.faults.values())
        if act is Act.BY_HAND:
            return "there holds a post. Ask an administrator to enter them" in said
        if act is Act.REDIRECT:
            return "one of the two" in said or "cannot be asked" in said
        if act is Act.NAME_DRAFTER:
            return "nobody of that name" in said or "several here" in said
        if act is Act.MOVE_CASE:
            return "nobody is another than before" in said
        return act is Act.CORRECT and "this is what stands there" in said

    def _likely(self) -> list[str]:
        """Those whom it concerns come up more often than the rest of the office."""
        alert = self.found.alert
        asked = [person.id for person in alert.people_asked if person.id]
        return [alert.officer.id] * len(self.people) + asked * 3 + list(self.people)


def _words(tx: Tx, alert_id: str) -> set[tuple[bytes, int, str]]:
    c = tables.search_words.c
    rows = tx.execute(select(c.word, c.event_id, c.part).where(c.alert_id == alert_id))
    return {(row.word, row.event_id, row.part) for row in rows}


def begun(desk: Desk, rng: Random, people: Sequence[str]) -> Walk:
    """An alert of any kind, raised wherever the procedure opens, by whoever raises such a case."""
    procedure = desk.office.council(desk.council).procedure
    kind = rng.choice(sorted(procedure.kinds))
    changes: dict[str, Any] = {}
    if kind == "partner":
        changes = {"partner": rng.choice(sorted(procedure.partners)), "sent_to": "Robin Outside"}
    ladder = procedure.ladder_of(kind, changes.get("partner"))
    posts = procedure.kinds[kind].raised_by or procedure.raising_posts
    cases = procedure.cases_of(posts)
    case = rng.choice(cases)
    raising = set(procedure.raised_by[case])
    officer = next(who for who in people if raising & desk.actor(who).posts)
    asking = wanted(desk, kind, None, raised_as=case, **changes)
    if ladder is not None:
        gate = rng.choice(["yes", "no"])
        opened = may_enter(ladder, procedure.gate if kind != "partner" else None, gate)
        stage = rng.choice(opened)
        asking = wanted(desk, kind, stage.id, raised_as=case, **changes)
        asking = replace(asking, gate=gate if procedure.gate else "", gate_told="The deputy head.")
        if not procedure.asked_at(stage).posts:
            asking = replace(asking, asked=("service_manager",))
        if rng.random() < 0.5 and not stage.formal:
            asking = replace(asking, settle_by=london_date(desk.clock[0]) + timedelta(days=7))
    return Walk(desk, rng, people, raise_alert(desk.office, asking, desk.doing(officer)))
