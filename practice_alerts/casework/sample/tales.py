"""How a sample alert is told: by the same verbs as a real one, on working days before today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.casework.acts import escalate, notes_and_corrections, raise_alert
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.casework.core.who_gets_it import Recipients, by_hand
from practice_alerts.casework.sample.form_texts import Typist
from practice_alerts.casework.sample.made_up_children import MadeUpChild, made_up_child
from practice_alerts.casework.sample.past_office import PastOffice
from practice_alerts.casework.sample.sample_people import TEAMS, SamplePerson
from practice_alerts.casework.sample.themes import PRAISE, THEMES, Theme, said_at_closing
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.acts import Rules, own_side_of
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.alert.choices import ChangeForChild
from practice_alerts.domain.deadlines.working_days import Calendar, add_working_days
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.procedure.entry import gate_before, may_enter
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.posts import Who
from practice_alerts.domain.procedure.procedure import PARTNERS, Procedure
from practice_alerts.office import Office

OUTSIDER = "Robin Platzhalter"
"""Stands on forms for somebody whom the directory does not hold."""
_REASON = "It was talked over twice before, without result."
_TOLD = "Both by telephone, at nine in the morning."

_LOOK_AGAIN = 10
_DIFFERENT: Sequence[Sequence[ChangeForChild]] = (
    (ChangeForChild.PLAN_CARRIED_OUT,),
    (ChangeForChild.PROVIDED, ChangeForChild.SAFER),
    (ChangeForChild.SEEN,),
    (ChangeForChild.NOT_KNOWN,),
    (ChangeForChild.PLAN_CARRIED_OUT, ChangeForChild.SEEN),
    (ChangeForChild.EXPLAINED,),
    (ChangeForChild.NOTHING,),
)
"""What was ticked as changed for the child, one after the other."""


class NoSuchState(Expected):
    """This council's procedure does not have it, so there is nothing to tell."""


@dataclass
class CouncilAtWork:
    """One council's office in those weeks; it gives each alert a child and a theme of its own."""

    past: PastOffice
    files: CouncilFiles
    people: Sequence[SamplePerson]
    first_theme: int = 0
    told: int = 0

    @property
    def procedure(self) -> Procedure:
        return self.files.procedure

    @cached_property
    def _calendar(self) -> Calendar:
        return self.past.office.calendar(self.files.id)

    def day(self, ago: int) -> date:
        """That many working days before today; of a negative number, after."""
        return add_working_days(self.past.today, -ago, self._calendar)

    def on(self, ago: int) -> Office:
        """The office as it was that many working days before today."""
        return self.past.on(self.day(ago))

    def holders(self, post: str, team: str = "") -> list[SamplePerson]:
        held = [one for one in self.people if one.post == post]
        return [one for one in held if team and one.team == team] or held

    def must_know(self, act: Act) -> None:
        """Raises NoSuchState where such a thing is not done on the main ladder."""
        if act not in Rules(self.procedure, self.main).known():
            _not_here(ACTS[act].title)

    def begin(self) -> Tale:
        """An alert to be told, about another child and another matter than the ones before."""
        number, self.told = self.told, self.told + 1
        theme = THEMES[(self.first_theme + number) % len(THEMES)]
        return Tale(self, theme, made_up_child(self.first_theme, number), number)

    # ----------------------------------------------------------------------------- where it comes in

    @cached_property
    def kinds_with_ladder(self) -> tuple[str, ...]:
        ladders = self.procedure.ladders
        return tuple(name for name, one in self.procedure.kinds.items() if one.ladder in ladders)

    @cached_property
    def main_kind(self) -> str:
        return next(iter(self.kinds_with_ladder), "") or _not_here("a ladder of its own")

    @property
    def main(self) -> Ladder:
        return self.procedure.ladders[self.procedure.kinds[self.main_kind].ladder or ""]

    def stages(self, fits: Callable[[Stage], object]) -> tuple[Stage, ...]:
        """Those of the main ladder at which an alert may begin, and that fit; never none."""
        gate = gate_before(self.procedure, self.main_kind)
        opened = [*may_enter(self.main, gate, "no"), *may_enter(self.main, gate, "yes")]
        found = tuple(
            one for one in dict.fromkeys(one.id for one in opened) if fits(self.main.stage(one))
        )
        return tuple(map(self.main.stage, found)) or _not_here("such a stage")


def _not_here(what: str) -> Any:
    raise NoSuchState(what)


@dataclass
class Tale:
    """One alert, from its raising on. Days are working days before today."""

    council: CouncilAtWork
    theme: Theme
    child: MadeUpChild
    number: int
    known: Known | None = None

    @property
    def found(self) -> Known:
        if self.known is None:
            raise NoSuchState("an alert that was raised")
        return self.known

    @property
    def officer(self) -> str:
        return self.found.alert.officer.id

    def said(self, text: str) -> str:
        """A sentence of the theme, of this child."""
        return text.format(child=self.child.first_name)

    # ------------------------------------------------------------------------------------ raising

    def raised(
        self, ago: int, stage: Stage | None = None, *, kind: str = "", **changes: Any
    ) -> Tale:
        """By one of those who raise such cases (`raised_as`), at that stage, else at the first."""
        kind = kind or self.council.main_kind
        then, procedure = self.council.on(ago), self.council.procedure
        partner = self._partner(kind)
        ladder = procedure.ladder_of(kind, partner)
        at = stage or (ladder.stages[0] if ladder else None)
        posts = procedure.kinds[kind].raised_by or procedure.raising_posts
        case = changes.pop("raised_as", None) or procedure.cases_of(posts)[0]
        form = then.form(self.council.files, form_used(kind, procedure.kinds[kind], ladder, at))
        answers = self._typist(case, kind, ago).fill(form.fields(filled_by="raiser"), changes)
        gate = self._gate(kind, ladder, at)
        wanted = raise_alert.Raising(
            council=self.council.files.id,
            kind=kind,
            answers=answers,
            entry_stage=at.id if at else None,
            entry_reason=_REASON if at else "",
            partner=partner,
            gate=gate,
            gate_told=_TOLD if gate == "yes" else "",
            settle_by=self.council.day(ago - 8) if at and at.settle else None,
        )
        doing = self._doing(self._officer(posts, case))
        self.known = raise_alert.raise_alert(then, self._sent_to(then, wanted, at, doing), doing)
        return self

    def _officer(self, posts: Sequence[str], case: str) -> str:
        post = next(one for one in self.council.procedure.raised_by[case] if one in posts)
        held = self.council.holders(post)
        return held[self.number % len(held)].id

    def _partner(self, kind: str) -> str | None:
        if self.council.procedure.kinds[kind].ladder != PARTNERS:
            return None
        return list(self.council.procedure.partners)[
            self.number % len(self.council.procedure.partners)
        ]

    def _gate(self, kind: str, ladder: Ladder | None, stage: Stage | None) -> str:
        gate = gate_before(self.council.procedure, kind)
        if gate is None or ladder is None:
            return ""
        return "no" if stage in may_enter(ladder, gate, "no") else "yes"

    def _sent_to(
        self, then: Office, wanted: raise_alert.Raising, stage: Stage | None, doing: Doing
    ) -> raise_alert.Raising:
        """With somebody chosen where the procedure leaves open who is asked or gets a copy."""
        if stage is None or not _leaves_open(self.council.procedure, stage):
            return wanted
        with then.database.reading() as tx:
            reached = raise_alert.prepare(then, tx, doing.actor, wanted).reached
        return replace(wanted, asked=_asked(reached), copied=_copied(reached))

    # ---------------------------------------------------------------------------------- what follows

    def do(self, act: Act, ago: int, who: str = "", /, **said: Any) -> Tale:
        then = self.council.on(ago)
        doing = self._doing(who or self.officer)
        self.known = VERBS[act](then, self.found.id, said, doing)
        return self

    @property
    def asked(self) -> str:
        """Somebody of the office who is asked. Raises NoSuchState where nobody is."""
        asked = [one.id for one in self.found.run.sent.asked if one.id]
        return next(iter(asked), "") or str(_not_here("somebody asked who is in the directory"))

    @property
    def colleague(self) -> SamplePerson:
        """Somebody of the other side who is not asked. Raises NoSuchState where there is nobody."""
        procedure, asked = self.council.procedure, {one.id for one in self.found.run.sent.asked}
        posts = set(procedure.roles) - own_side_of(procedure)
        able = (one for one in self.council.people if one.post in posts and one.id not in asked)
        return next(able, None) or _not_here("anybody else of that side")

    def answered(self, ago: int, text: str, response: str = "other", **more: str) -> Tale:
        """By somebody who is asked; where that is nobody of the office, written down by the officer."""
        asked = [one.id for one in self.found.run.sent.asked if one.id]
        who = next(iter(asked), self.officer)
        return self.do(Act.ANSWER, ago, who, text=self.said(text), response=response, **more)

    def promised(self, ago: int, until: int) -> Tale:
        by = self.council.day(until).isoformat()
        return self.answered(ago, self.theme.promise, "will_be_done", promise_by=by)

    def not_satisfactory(self, ago: int) -> Tale:
        why = self.said(self.theme.why_poor)
        return self.do(Act.REVIEW_RESPONSE, ago, verdict="not_satisfactory", reason=why)

    def put_right(self, ago: int) -> Tale:
        right = self.said(self.theme.right)
        return self.do(Act.REVIEW_RESPONSE, ago, verdict="put_right", reason=right)

    def held(self, ago: int, until: int) -> Tale:
        said = {"task_owner": "whoever promised it", "reason": "The day suits the child."}
        return self.do(Act.HOLD, ago, until=self.council.day(until).isoformat(), **said)

    def took_place(self, ago: int, step: str, **more: str) -> Tale:
        said = {
            "on": self.council.day(ago).isoformat(),
            "at": "09:30",
            "text": "All who were asked came.",
        }
        return self.do(Act.STEP, ago, step=step, took_place="yes", **said, **more)

    def escalated(self, ago: int) -> Tale:
        """To the next stage, for what was poor about the answer."""
        then, found = self.council.on(ago), self.found
        stage = next(iter(found.ways_up), None) or _not_here("a stage above")
        form = escalate.form_at(then, found, stage)
        stood = escalate.said_before(found, form)
        typist = self._typist(found.alert.raised.raised_as, found.alert.raised.alert_kind, ago)
        climb = escalate.Climb(stage.id, typist.fill(form.fields(), {}, stood))
        if _leaves_open(self.council.procedure, stage):
            with then.database.reading() as tx:
                reached = escalate.reached(then, tx, found, climb)
            climb = replace(climb, asked=_asked(reached), copied=_copied(reached))
        doing = self._doing(self.officer)
        self.known = escalate.escalate(then, found.id, climb, doing)
        return self

    def corrected(self, ago: int, field_id: str, now: Any) -> Tale:
        then, first = self.council.on(ago), self.found.alert.happened[0].number
        said = {"question": f"{first}:{field_id}", "reason": "Two figures were exchanged."}
        doing = self._doing(self.officer)
        self.known = notes_and_corrections.correct(then, self.found.id, said, now, doing)
        return self

    def closed(self, ago: int, ending: str, changed: str = "", **more: str) -> Tale:
        changed = self.said(changed or self.theme.right)
        ticked = _DIFFERENT[self.number % len(_DIFFERENT)]
        told: dict[str, Any] = {"what_changed": changed, "changes": [one.value for one in ticked]}
        told |= said_at_closing(self.number, more)
        if ChangeForChild.NOT_KNOWN in ticked:
            told["look_again"] = self.council.day(ago - _LOOK_AGAIN).isoformat()
        return self.do(Act.CLOSE, ago, ending=ending, **told, **more)

    def _typist(self, case: str, kind: str, ago: int) -> Typist:
        team, at_work = TEAMS[self.number % len(TEAMS)], self.council

        def named(post: str) -> str:
            held = at_work.holders(post, team)
            return held[self.number % len(held)].name if held else OUTSIDER

        return Typist(
            theme=self.theme,
            praise=PRAISE[self.number % len(PRAISE)],
            child=self.child.name,
            case_number=self.child.case_number,
            born=self.child.born.isoformat(),
            raised_as=case,
            is_praise=at_work.procedure.kinds[kind].ladder is None,
            team=team,
            named=named,
            by=at_work.day(ago - 6).isoformat(),
        )

    def _doing(self, who: str) -> Doing:
        actor = self.council.past.actor(who, self.council.files.id)
        return Doing(actor, new_act_key(), self.known.alert.version if self.known else 0)


def _leaves_open(procedure: Procedure, stage: Stage) -> bool:
    asked = procedure.asked_at(stage)
    return not asked.posts or any(one.how == "any_of" for one in (asked, *_groups(stage.copy_)))


def _groups(who: Who | None) -> Iterator[Who]:
    if who is not None:
        yield who
        for one in who.posts:
            yield from _groups(one) if isinstance(one, Who) else ()


def _asked(reached: Recipients) -> tuple[str, ...]:
    """Those meant, and the first of those among whom somebody has to choose."""
    lines = [line for line in reached.lines if line.is_asked]
    each = (line.people or (line.seat.options or line.seat.candidates)[:1] for line in lines)
    return tuple(one.id or by_hand(one.name) for people in each for one in people)


def _copied(reached: Recipients) -> tuple[str, ...]:
    lines = (line for line in reached.lines if not line.is_asked and line.seat.is_open)
    each = ((line.seat.options or line.seat.candidates)[:1] for line in lines)
    return tuple(one.id for people in each for one in people if one.id)
