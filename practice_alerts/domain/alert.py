"""An alert is what happened to it: a pure fold of its events into its state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from practice_alerts.domain.events import (
    Answered,
    Closed,
    Escalated,
    Event,
    Happened,
    Held,
    Judged,
    Noted,
    Person,
    Raised,
    Referred,
    Sent,
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and when it came."""

    at: datetime
    answer: Answered


@dataclass(frozen=True, slots=True)
class Judgement:
    at: datetime
    judged: Judged


@dataclass(frozen=True, slots=True)
class Holding:
    at: datetime
    held: Held

    @property
    def until(self) -> date:
        return self.held.until


@dataclass(frozen=True, slots=True)
class StageRun:
    """One stay at one stage, from being sent to being left."""

    sent_at: datetime
    sent: Sent
    answers: tuple[Given, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    holds: tuple[Holding, ...] = ()
    left_at: datetime | None = None
    escalated: Escalated | None = None

    @property
    def stage(self) -> str:
        return self.sent.stage

    @property
    def hold(self) -> Holding | None:
        """The hold in force: the latest, unless the promise was judged after it."""
        if not self.holds:
            return None
        latest = self.holds[-1]
        if self.judgements and self.judgements[-1].at > latest.at:
            return None
        return latest

    @property
    def unjudged(self) -> Given | None:
        """The latest answer that nobody has judged, held or acted on yet."""
        if not self.answers:
            return None
        latest = self.answers[-1]
        acted = [judgement.at for judgement in self.judgements] + [hold.at for hold in self.holds]
        return None if any(at >= latest.at for at in acted) else latest

    @property
    def verdict(self) -> Judgement | None:
        """The verdict that stands: the latest, unless an answer or a hold came after it."""
        if not self.judgements:
            return None
        latest = self.judgements[-1]
        later = [given.at for given in self.answers] + [hold.at for hold in self.holds]
        return None if any(at > latest.at for at in later) else latest


@dataclass(frozen=True, slots=True)
class Alert:
    """The state of one alert at some moment."""

    happened: tuple[Happened, ...]
    raised_at: datetime
    raised: Raised
    runs: tuple[StageRun, ...] = ()
    referrals: tuple[tuple[datetime, Referred], ...] = ()
    notes: tuple[tuple[datetime, Noted], ...] = ()
    closed_at: datetime | None = None
    closed: Closed | None = None

    @property
    def reference(self) -> str:
        return self.raised.reference

    @property
    def raiser(self) -> Person:
        return self.raised.raiser

    @property
    def version(self) -> int:
        """How many events there are; an act names the version it was decided on."""
        return len(self.happened)

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def run(self) -> StageRun | None:
        """The stay at the present (or last) stage; none for good practice."""
        return self.runs[-1] if self.runs else None

    def run_at(self, stage: str) -> StageRun | None:
        """The latest stay at that stage."""
        return next((run for run in reversed(self.runs) if run.stage == stage), None)

    @property
    def people_asked(self) -> tuple[Person, ...]:
        """Everybody asked at any stage, once each."""
        return tuple({person.id: person for run in self.runs for person in run.sent.asked}.values())


def fold(happened: Iterable[Happened]) -> Alert:
    """The state that these events, in order, amount to.

    The first must be `Raised`. A destroyed payload leaves nothing to fold: `ValueError`.
    """
    alert: Alert | None = None
    for event in happened:
        if event.what is None:
            raise ValueError(f"event {event.number} has no payload any more")
        if alert is None:
            if not isinstance(event.what, Raised):
                raise ValueError("an alert begins by being raised")
            alert = Alert(happened=(event,), raised_at=event.at, raised=event.what)
        else:
            alert = _after(replace(alert, happened=(*alert.happened, event)), event.at, event.what)
    if alert is None:
        raise ValueError("no events, so no alert")
    return alert


def as_it_stood(alert: Alert, moment: datetime) -> Alert | None:
    """The alert as it was at that moment; None before it was raised."""
    earlier = [event for event in alert.happened if event.at <= moment]
    return fold(earlier) if earlier else None


def _after(alert: Alert, at: datetime, what: Event) -> Alert:
    match what:
        case Sent():
            return replace(alert, runs=(*alert.runs, StageRun(sent_at=at, sent=what)))
        case Answered() | Judged() | Held() | Escalated():
            run = _run_of(alert, what.stage)
            return _with_run(alert, run, _run_after(run, at, what))
        case Referred():
            return replace(alert, referrals=(*alert.referrals, (at, what)))
        case Noted():
            return replace(alert, notes=(*alert.notes, (at, what)))
        case Closed():
            return replace(alert, closed=what, closed_at=at)
        case Raised():
            raise ValueError("an alert is raised once")


def _run_after(run: StageRun, at: datetime, what: Answered | Judged | Held | Escalated) -> StageRun:
    match what:
        case Answered():
            return replace(run, answers=(*run.answers, Given(at, what)))
        case Judged():
            return replace(run, judgements=(*run.judgements, Judgement(at, what)))
        case Held():
            return replace(run, holds=(*run.holds, Holding(at, what)))
        case Escalated():
            return replace(run, left_at=at, escalated=what)


def _run_of(alert: Alert, stage: str) -> StageRun:
    run = alert.run_at(stage)
    if run is None:
        raise ValueError(f"nothing was ever sent to {stage}")
    return run


def _with_run(alert: Alert, old: StageRun, new: StageRun) -> Alert:
    return replace(alert, runs=tuple(new if run is old else run for run in alert.runs))
