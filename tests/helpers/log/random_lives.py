"""Lives of alerts told at random, event by event, in any council; who is asked, and how many, is at random too."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.domain.acts.options import with_choices
from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.choices import AroseAt
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import PARTNERS
from tests.helpers.days import moment
from tests.helpers.files.real_councils import council

BEGINS = moment("Wed 2025-01-08 09:00")
OFFICER = events.Person(id="iro", name="Iro Specimen", post="Independent Reviewing Officer")
_HOURS = (0, 1, 5, 20, 26, 50, 75, 120, 200, 400)
_ACTS = (
    *(
        "answer",
        "answer",
        "answer",
        "review",
        "review",
        "hold",
        "escalate",
        "escalate",
        "close",
        "close",
    ),
    *("step", "step", "refer", "follow", "standstill", "agree", "note", "override", "hold_review"),
    "redirect",
)


@dataclass
class Life:
    """One alert on its way; everything that is left open comes from `rng`."""

    council: str
    number: int
    rng: Random
    told: list[events.Happened] = field(default_factory=list)
    at: datetime = BEGINS

    @property
    def files(self) -> CouncilFiles:
        return council(self.council)

    @property
    def alert(self) -> Alert:
        return fold(self.told)

    @property
    def ladder(self) -> Ladder | None:
        raised = self.alert.raised
        return self.files.procedure.ladder_of(raised.alert_kind, raised.partner)

    def lived(self, acts: int) -> Alert:
        self.at += timedelta(hours=self.rng.randrange(24 * 120))
        self._raised()
        for _ in range(acts):
            self.at += timedelta(hours=self.rng.choice(_HOURS), minutes=self.rng.randrange(60))
            self._act()
        return self.alert

    def _tell(self, what: Any) -> None:
        self.told.append(events.Happened(len(self.told) + 1, self.at, OFFICER.id, what.kind, what))

    def _raised(self) -> None:
        procedure = self.files.procedure
        kind = self.rng.choice(sorted(procedure.kinds))
        partner = None
        if procedure.kinds[kind].ladder == PARTNERS:
            partner = self.rng.choice(sorted(procedure.partners))
        ladder = procedure.ladder_of(kind, partner)
        stage = self.rng.choice(ladder.stages) if ladder else None
        form = procedure.kinds[kind].form or (stage.form if stage else None) or kind
        self._tell(
            events.Raised(
                council=self.council,
                edition=self.files.digest,
                reference=f"X-2025-{self.number:04d}",
                alert_kind=kind,
                partner=partner,
                raised_as=self.rng.choice(sorted(procedure.raised_by)),
                raiser=OFFICER,
                form=form,
                answers={
                    "case_number": self.rng.choice(["", "1", "2", "3", "4"]),
                    "date_of_birth": "2012-07-01",
                    "child_view": self.rng.choice(["", "She wants to stay."]),
                    **(self._ticked(form) if ladder else {}),
                    "good_about": ["planning"],
                    "case_status": self.rng.sample(["looked_after", "child_protection"], 1),
                },
                entry_stage=stage.id if stage else None,
            )
        )
        if stage is not None:
            self._sent(stage)

    def _ticked(self, form: str) -> dict[str, Any]:
        """What it is about, with examples also of what was not ticked, and where it came up."""
        asked = with_choices(self.files.forms[form], self.files.procedure, form).fields()
        found: dict[str, Any] = {"arose": self.rng.choice(["", "odd", *AroseAt])}
        for one in asked:
            if one.id == "category" or one.examples_of:
                offered = sorted(one.options or {})
                found[one.id] = self.rng.sample(offered, min(len(offered), self.rng.randrange(3)))
        return found

    def _sent(self, stage: Stage) -> None:
        asked = tuple(self._asked(f"p{n}") for n in range(self.rng.choice((1, 1, 2, 3))))
        day = self._soon() if stage.settle is not None and self.rng.random() < 0.7 else None
        each = self.rng.random() < 0.3
        self._tell(events.Sent(stage=stage.id, asked=asked, answers={}, settle_by=day, each=each))

    def _asked(self, who: str) -> events.Person:
        titles = [role.title for role in self.files.procedure.roles.values()]
        return events.Person(id=who, name=f"Robin {who}", post=self.rng.choice(titles))

    def _soon(self) -> date:
        return london_date(self.at) + timedelta(days=self.rng.randrange(20))

    def _act(self) -> None:
        alert = self.alert
        if not alert.is_open:
            drawn = self.rng.random()
            if drawn < 0.4:
                self._tell(events.Reopened(reason="Too early."))
            elif drawn < 0.7:
                ticked = self.rng.sample(list(events.ChangeForChild), 2)
                self._tell(events.ChangeRecorded(changes=tuple(ticked)))
            return
        act = self.rng.choice(_ACTS)
        if alert.run is None and act not in {"close", "refer", "note", "override"}:
            return
        getattr(self, f"_{act}")(alert)

    def _redirect(self, alert: Alert) -> None:
        assert alert.run is not None
        sent = alert.run.sent
        to, gone = self._asked("later"), sent.asked[:1]
        asked = (to, *sent.asked[1:])
        self._tell(events.Redirected(whose=gone[0], to=to, asked=asked, gone=gone))

    def _answer(self, alert: Alert) -> None:
        run = alert.run
        assert run is not None
        by = self.rng.choice(run.sent.asked)
        said: dict[str, Any] = {"stage": run.stage, "by": by, "text": "Words."}
        said["response"] = self.rng.choice(list(events.Response))
        said["late_why"] = self.rng.choice([None, *events.LateReason])
        if run.sent.settle_by is not None and self.rng.random() < 0.3:
            said["settle_by"] = self._soon()
        if self.rng.random() < 0.3:
            came = max(run.sent_at, self.at - timedelta(hours=self.rng.randrange(60)))
            self._tell(
                events.AnswerRecorded(
                    **said, received=came, channel=events.Channel.EMAIL, recorded_by=OFFICER
                )
            )
        else:
            self._tell(events.Answered(**said))

    def _review(self, alert: Alert) -> None:
        assert alert.run is not None
        outcome = self.rng.choice(list(events.Outcome))
        self._tell(
            events.ResponseReviewed(
                stage=alert.run.stage,
                by=OFFICER,
                verdict=outcome,
                reason="Seen.",
                stands=self.rng.random() < 0.8,
            )
        )

    def _hold(self, alert: Alert) -> None:
        assert alert.run is not None
        self._tell(events.Held(stage=alert.run.stage, until=self._soon(), task_owner="Toni"))

    def _hold_review(self, alert: Alert) -> None:
        assert alert.run is not None
        if alert.run.holds:
            self._tell(events.HoldReviewed(stage=alert.run.stage, on_track=True, text="Yes."))

    def _agree(self, alert: Alert) -> None:
        assert alert.run is not None
        stage, until = alert.run.stage, self.rng.choice([None, self._soon()])
        self._tell(
            events.DateAgreed(
                stage=stage, until=until, exceptional=until is None, agreed_with="x", reason="x"
            )
        )

    def _escalate(self, alert: Alert) -> None:
        ladder, run = self.ladder, alert.run
        if ladder is None or run is None:
            return
        to = self.rng.choice(ladder.stages[ladder.place(run.stage) :])
        self._tell(events.Escalated(stage=run.stage, to=to.id, rationale="On."))
        self._sent(to)

    def _step(self, alert: Alert) -> None:
        ladder, run = self.ladder, alert.run
        if ladder is None or run is None or not ladder.stage(run.stage).steps:
            return
        step = self.rng.choice(ladder.stage(run.stage).steps)
        needed = self.rng.random() < 0.8
        at = max(run.sent_at, self.at - timedelta(hours=self.rng.randrange(50)))
        self._tell(
            events.StepDone(
                stage=run.stage,
                step=step.id,
                needed=needed,
                took_place=at if needed else None,
                outcome=self.rng.choice([*step.outcomes, ""]),
            )
        )

    def _refer(self, _alert: Alert) -> None:
        routes = sorted(self.files.procedure.referrals) or ["elsewhere"]
        self._tell(events.Referred(route=self.rng.choice(routes), reason="x"))

    def _follow(self, alert: Alert) -> None:
        if alert.referrals:
            which = self.rng.choice(alert.referrals).number
            kind = self.rng.choice(list(events.FollowUpKind))
            self._tell(events.FollowedUp(referral=which, happened=kind, on=london_date(self.at)))

    def _standstill(self, alert: Alert) -> None:
        if alert.standstill is None:
            self._tell(events.StandstillBegun(action="x", told="x"))
        else:
            anyway = self.rng.random() < 0.5
            self._tell(events.StandstillEnded(happened_anyway=anyway, reason="x"))

    def _override(self, _alert: Alert) -> None:
        self._tell(events.Overridden(event="x", told="x", told_at=self.at, by="x"))

    def _note(self, _alert: Alert) -> None:
        self._tell(events.Noted(text="x"))

    def _close(self, _alert: Alert) -> None:
        rights = ("advocacy_told", "complaints_told", "against_wishes")
        answers = {one: self.rng.choice(["yes", "no"]) for one in rights if self.rng.random() < 0.7}
        if self.rng.random() < 0.8:
            hows = ("heard", "observed", "by_advocate", "declined", "too_young", "not_asked", "odd")
            answers["child_view_how"] = self.rng.choice(hows)
        ticked = self.rng.sample(list(events.ChangeForChild), self.rng.randrange(3))
        self._tell(
            events.Closed(
                ending=self.rng.choice(list(events.EndingKind)),
                changes=tuple(ticked),
                what_changed="x",
                child_view=self.rng.choice(["", "Better."]),
                answers=answers,
            )
        )
