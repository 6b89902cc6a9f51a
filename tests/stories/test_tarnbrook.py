"""A council that uses every key, played from raising to closing: each day, each e-mail and each reader at each moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.dates import LONDON
from practice_alerts.domain.deadlines.stage_clocks import StageClock
from practice_alerts.domain.errors import NotFound
from practice_alerts.office import Office
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk
from tests.helpers.stories.odd_councils import files_of, people_of
from tests.helpers.stories.tarnbrook import ID, bent, open_tarnbrook

MAIN = ("ladders", "main", "stages")
JUDGED_TOGETHER = ((*MAIN, 2, "judged_by"), ["raiser", "iro_lead"], "")
COPIED_OF_TALK = ((*MAIN, 0, "answer", "to"), ["social_worker", "empty_post"], "")
BESIDE = "harbour"
"""Another council in the same office; its people bear the same names and hold posts of the same teams."""


@dataclass
class Played:
    """One alert; what each act brings is asked once after it."""

    desk: Desk
    found: Known | None = None
    mails_before: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    everybody: tuple[str, ...] = field(default_factory=tuple)

    @property
    def alert(self) -> Known:
        assert self.found is not None
        return self.found

    def on(self, when: str) -> Played:
        self.desk.at(when)
        remind(self.desk.office)
        return self

    def does(self, who: str, act: Act, **answers: Any) -> Played:
        self.found = VERBS[act](
            self.desk.office, self.alert.id, answers, self.desk.doing(who, self.alert)
        )
        return self

    def goes_on(
        self, who: str, to: str, *asked: str, copied: Iterable[str] = (), **answers: Any
    ) -> Played:
        stage = next(one for one in self.alert.ways_up if one.id == to)
        form = escalate.form_at(self.desk.office, self.alert, stage)
        before = escalate.said_before(self.alert, form)
        typed = {**filled(form), **before, "ground": "not_satisfactory", **answers}
        kept = {name: said for name, said in typed.items() if said is not None}
        climb = escalate.Climb(to, kept, asked, tuple(copied))
        doing = self.desk.doing(who, self.alert)
        self.found = escalate.escalate(self.desk.office, self.alert.id, climb, doing)
        return self

    def heard(self) -> set[tuple[str, str, str]]:
        """Who was written to since this was last asked: what it is headed, and what it says is asked, by when."""
        every = Counter(self.desk.mails())
        new, self.mails_before = [*(every - self.mails_before).elements()], every
        said = {(who, *_essence(text, self.alert.alert.reference)) for who, _, text in new}
        assert len(said) == len(new), "somebody was told twice"
        return said

    def readers(self) -> set[str]:
        """Everybody of both councils who can open it now."""
        return {who for who in self.everybody if self._opens(who)}

    def _opens(self, who: str) -> bool:
        try:
            self.desk.see(who, self.alert)
        except NotFound:
            return False
        return True

    def days(self) -> dict[str, str]:
        """Every clock that runs, by what it times."""
        seen = self.desk.see("iro_a", self.alert)
        clocks = seen.clocks
        found = {_name(one): _when(one) for one in clocks.awaited}
        asked = {one.step.id for one in seen.steps if one.step.ask and one.due}
        whole = {
            "hold": clocks.hold,
            "total": clocks.time_limit and clocks.time_limit.by_day,
            "escalate by": clocks.escalate_by,
            **{
                one.step.id: one.due and one.due.by_day
                for one in seen.steps
                if one.step.id in asked
            },
        }
        return found | {name: f"{on:%a %Y-%m-%d}" for name, on in whole.items() if on}

    def by_hand(self) -> set[str]:
        return {person.in_words for _, person in to_do_by_hand(self.alert.alert)}


def _name(clock: StageClock) -> str:
    return clock.step.id if clock.step else clock.times.name.lower()


def _when(clock: StageClock) -> str:
    by = clock.due.by if clock.due else clock.day
    said = (
        f"{by.astimezone(LONDON):%a %Y-%m-%d %H:%M}"
        if hasattr(by, "hour")
        else f"{by:%a %Y-%m-%d}"
        if by
        else "none yet"
    )
    return f"{clock.kind.value} {said}"


def _essence(text: str, reference: str) -> tuple[str, str]:
    """The subject, and the sentence with the day; else what it says first."""
    subject, _, body = text.partition("\n")
    parts = [" ".join(one.split()) for one in body.strip().split("\n\n")]
    said = next((one for one in parts if " 2026" in one), parts[0])
    names = f"Concern {reference}"
    return subject.replace(names, "").strip(" :"), said.replace(names, "It")


@pytest.fixture
def played(tmp_path: Path) -> Played:
    desk = open_tarnbrook(tmp_path, bent(JUDGED_TOGETHER, COPIED_OF_TALK))
    office = desk.office
    both = {**office.councils, BESIDE: files_of(BESIDE)}
    desk.office = Office(office.settings, both, office.database, office.keys, office.now)
    with office.database.writing() as tx:
        for who, (post, team) in people_of(BESIDE).items():
            name = f"{who.title()} Sample"
            person = DirectoryPerson(f"h_{who}", name, f"h_{who}@practice.invalid")
            directory.add_person(tx, person, [(BESIDE, post, team)], LONG_AGO)
        every = [*directory.everybody(tx, ID), *directory.everybody(tx, BESIDE)]
    return Played(desk, everybody=tuple(one.id for one in every))


def test_from_raising_to_closing(played: Played) -> None:
    desk = played.desk
    form = desk.office.form(desk.office.council(ID), "concern")
    answers = {
        **filled(form),
        "raised_as": "looked_after",
        "case_number": "1234",
        "risk": "low",
        "social_worker": "Tess Typed",
        "council": "Tarnbrook",
    }
    wish = Raising(
        ID,
        "concern",
        answers,
        "talk",
        gate="no",
        asked=("tm_b",),
        copied=("service_manager_b",),
        settle_by=day("Fri 2026-06-05"),
    )
    played.found = raise_alert(desk.office, wish, desk.doing("iro_a"))

    def show(what):
        print("==", what)
        print(sorted(played.heard()))
        print(sorted(played.readers()))
        print(played.days(), played.by_hand())
        print(desk.see("iro_a", played.alert).where)

    show("raised")
    played.on("Tue 2026-06-02").does("tm_b", Act.ANSWER, text="We talked.", response="other")
    show("answered")
    played.on("Wed 2026-06-03").does(
        "iro_a", Act.REVIEW_RESPONSE, verdict="not_satisfactory", reason="No date."
    )
    show("judged")
    played.on("Thu 2026-06-04").goes_on(
        "iro_a",
        "step-1",
        "tm_a",
        copied=("head_a", "other_a"),
        copy_to_head="yes",
        rationale="No date.",
    )
    show("step-1")
    played.on("Wed 2026-06-10")
    show("wed 10")
    played.on("Thu 2026-06-11").does(
        "tm_a",
        Act.ANSWER,
        text="It will be.",
        response="will_be_done",
        promise_by="2026-06-26",
        task_owner="The worker",
    )
    show("answer 2")
    played.on("Fri 2026-06-12").does(
        "iro_a", Act.HOLD, until="2026-06-26", task_owner="the team manager", reason="It can wait."
    )
    show("hold")
    played.on("Mon 2026-06-15").does(
        "iro_a",
        Act.MOVE_CASE,
        since="2026-06-15",
        team="Sample Team South",
        social_worker="Sw_C Sample",
        reason="Moved.",
    )
    show("moved")
    played.on("Thu 2026-06-25")
    show("thu 25")
    played.on("Mon 2026-06-29")
    show("mon 29")
    played.does(
        "iro_a", Act.REVIEW_RESPONSE, verdict="not_satisfactory", reason="Not done."
    ).goes_on("lead_a", "step-2", "head_b", copied=("lead_a",), rationale="", remarks="None.")
    show("step-2")
    played.on("Tue 2026-06-30").does(
        "lead_a",
        Act.STEP,
        step="discussion",
        took_place="yes",
        on="2026-06-30",
        at="08:30",
        text="x",
        outcome="not settled",
    )
    show("discussion")
    played.does(
        "lead_a", Act.STEP, step="note", took_place="yes", on="2026-06-30", at="08:45", text="x"
    )
    show("note")
    played.does(
        "iro_a",
        Act.REFER,
        route="cafcass",
        reason="Long.",
        consulted="The lead",
        consultation="discussed",
    )
    show("refer")
    played.on("Mon 2026-07-06").does(
        "iro_a", Act.STEP, step="meeting", took_place="yes", on="2026-07-06", at="08:45", text="x"
    )
    show("meeting")
    played.does("lead_a", Act.REVIEW_RESPONSE, verdict="put_right", reason="It is.")
    show("lead says")
    played.on("Tue 2026-07-07").does(
        "iro_a", Act.REVIEW_RESPONSE, verdict="put_right", reason="It is."
    )
    show("iro says")
    played.does("iro_a", Act.CLOSE, ending="put_right", what_changed="All.")
    show("closed")
