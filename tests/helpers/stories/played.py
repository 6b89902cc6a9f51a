"""An alert played act by act: after each, who was written to, who can read it, and which days run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.act_form import people_on_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.deadlines.stage_clocks import StageClock
from practice_alerts.domain.files.replay import written_when
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.product.office import Desk


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

    def judged(self, who: str, verdict: str) -> Played:
        return self.does(who, Act.REVIEW_RESPONSE, verdict=verdict, reason="It was looked at.")

    def took_place(self, who: str, step: str, outcome: str = "") -> Played:
        """That morning at half past eight."""
        on = {"on": self.desk.office.today.isoformat(), "at": "08:30", "text": "Held."}
        result = {"outcome": outcome} if outcome else {}
        return self.does(who, Act.STEP, step=step, took_place="yes", **on, **result)

    def moved(self, **changes: str) -> Played:
        """The answers about who has the child that are others from today on."""
        kept = {
            name: str(self.alert.alert.answers.get(name) or "")
            for name in people_on_form(self.desk.office, self.alert)
        }
        today = self.desk.office.today.isoformat()
        typed = {**kept, **changes, "since": today, "reason": "They moved house."}
        return self.does("iro_a", Act.MOVE_CASE, **typed)

    @property
    def stands(self) -> str:
        return self.desk.see("iro_a", self.alert).where.standing.value

    def heard(self) -> set[tuple[str, str, str]]:
        """Who was written to since this was last asked: what it is headed, and what it says is asked, by when."""
        every = Counter(self.desk.mails())
        new, self.mails_before = [*(every - self.mails_before).elements()], every
        said = {(who, *_essence(text, self.alert.alert.reference)) for who, _, text in new}
        assert len(said) == len(new), "somebody was told twice"
        return said

    def readers(self) -> set[str]:
        """Everybody of both councils who can open it now."""
        return {who for who in self.everybody if self.desk.can_open(who, self.alert)}

    def days(self) -> dict[str, str]:
        """Every clock that runs, by what it times."""
        seen = self.desk.see("iro_a", self.alert)
        if not self.alert.alert.is_open:
            return {}
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
    return f"{clock.kind.value} {written_when(by) if by else 'none yet'}"


def _essence(text: str, reference: str) -> tuple[str, str]:
    """The subject, and the sentence with the day; else what it says first."""
    subject, _, body = text.partition("\n")
    parts = [" ".join(one.split()) for one in body.strip().split("\n\n")]
    said = next((one for one in parts if " 2026" in one), parts[0])
    names = f"Concern {reference}"
    return subject.replace(names, "").strip(" :"), said.replace(names, "It")
