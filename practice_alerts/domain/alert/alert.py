"""An alert is what happened to it: a pure fold of its events into its state."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.restricted import (
    Restriction,
    RestrictionEvent,
    SetBy,
    restriction_after,
)
from practice_alerts.domain.alert.stage_run import StageRun, run_after
from practice_alerts.domain.forms.form import with_new


@dataclass(frozen=True, slots=True)
class Referral:
    """A way out of the authority that was taken, and what became of it."""

    at: datetime
    number: int
    """The number of the event, by which a follow-up names it."""
    referred: events.Referred
    followed: tuple[tuple[datetime, events.FollowedUp], ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """The state of one alert at some moment."""

    happened: tuple[events.Happened, ...]
    raised_at: datetime
    """When it was raised: of one that was raised on paper when it was there."""
    raised: events.Raised
    runs: tuple[StageRun, ...] = ()
    referrals: tuple[Referral, ...] = ()
    notes: tuple[tuple[datetime, events.Noted], ...] = ()
    standstills: tuple[tuple[datetime, events.StandstillEvent], ...] = ()
    corrections: tuple[tuple[datetime, events.Corrected], ...] = ()
    beside: tuple[tuple[datetime, events.SideEvent | RestrictionEvent], ...] = ()
    reopened: tuple[tuple[datetime, events.Reopened], ...] = ()
    closed_at: datetime | None = None
    closed: events.Closed | None = None
    restriction: Restriction | None = None
    """While it is in force, nobody but named people may open the alert."""
    withheld: int = 0
    """How many events its reader may not see: as it is read, it lacks them."""

    @property
    def reference(self) -> str:
        return self.raised.reference

    @property
    def raiser(self) -> events.Person:
        return self.raised.raiser

    @property
    def officer(self) -> events.Person:
        """Whose alert it is now: the raiser, until it is given to somebody else."""
        given = [what.to for _, what in self.beside if isinstance(what, events.Reassigned)]
        return given[-1] if given else self.raiser

    @property
    def form(self) -> str:
        """The form filled last: some stages have one of their own."""
        return next(
            (run.sent.form for run in reversed(self.runs) if run.sent.form), self.raised.form
        )

    @property
    def answers(self) -> Mapping[str, Any]:
        """What was answered once and not at each stage, on whichever form, with later forms on top."""
        found = dict(self.raised.answers)
        for run in self.runs:
            found |= run.sent.details
        return found

    @property
    def standstill(self) -> events.StandstillBegun | None:
        """The action that must not happen now."""
        latest = self.standstills[-1][1] if self.standstills else None
        return latest if isinstance(latest, events.StandstillBegun) else None

    @property
    def version(self) -> int:
        """How many events there are; an act names the version it was decided on."""
        return len(self.happened) + self.withheld

    @property
    def filed(self) -> events.Filed | None:
        """The filing that reaches furthest, the latest of several."""
        every = [one for _, one in self.beside if isinstance(one, events.Filed)]
        return max(reversed(every), key=lambda one: one.up_to, default=None)

    @property
    def is_filed(self) -> bool:
        """Did nothing happen that is not filed on the record, but filing it, or saying how long it is kept?"""
        others = (one.number for one in self.happened if not events.is_of_keeping(one.what))
        return self.filed is not None and max(others) <= self.filed.up_to

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def is_exceptional(self) -> bool:
        """Was it recorded that it is, so that the longer total of its ladder holds?"""
        return any(one.exceptional for run in self.runs for _, one in run.agreed)

    @property
    def run(self) -> StageRun | None:
        """The stay at the present (or last) stage; none for good practice."""
        return self.runs[-1] if self.runs else None

    def run_at(self, stage: str) -> StageRun | None:
        """The latest stay at that stage."""
        return next((run for run in reversed(self.runs) if run.stage == stage), None)

    @property
    def people_asked(self) -> tuple[events.Person, ...]:
        """Everybody asked at any stage, once each; those too who were let go when others were asked."""
        gone = [one for _, what in self.moves for one in what.gone]
        every = [*gone, *(person for run in self.runs for person in run.sent.asked)]
        return tuple({person.id: person for person in every}.values())

    @property
    def moves(self) -> tuple[tuple[datetime, events.AskedAnew], ...]:
        """How often the case moved, or was sent on, in order."""
        return tuple((at, one) for at, one in self.beside if isinstance(one, events.AskedAnew))

    @property
    def people_copied(self) -> tuple[events.Person, ...]:
        """Everybody sent a copy, invited or told, with or without an address, once each."""
        steps = events.Occasion.STEP
        return self._reached([one for one in self.told if one.occasion is not steps])

    @property
    def people_told(self) -> tuple[events.Person, ...]:
        """The same, and whoever was asked for a step."""
        return self._reached(self.told)

    def _reached(self, every: Iterable[events.Told]) -> tuple[events.Person, ...]:
        sent = [one for run in self.runs for one in run.sent.copied]
        told = [one for what in every for one in what.people]
        joined = [one.joined for _, one in self.beside if isinstance(one, events.DoneByHand)]
        return tuple(dict.fromkeys((*sent, *told, *filter(None, joined))))

    @property
    def told(self) -> tuple[events.Told, ...]:
        """Who was told of anything, the earliest first."""
        every = (event.what for event in self.happened if event.what)
        return tuple(told for what in every for told in events.heard_of(what))

    @property
    def people_named(self) -> dict[str, events.Person]:
        """Everybody whom an event names, by id, as they were named last."""
        told = (event.what for event in self.happened if event.what)
        return {person.id: person for what in told for person in events.people_in(what)}


def fold(happened: Iterable[events.Happened]) -> Alert:
    """The state that these events, in order, amount to.

    The first must be `Raised`. A destroyed payload leaves nothing to fold: `ValueError`.
    """
    alert: Alert | None = None
    for event in happened:
        if event.what is None:
            raise ValueError(f"event {event.number} has no payload any more")
        if alert is None:
            if not isinstance(event.what, events.Raised):
                raise ValueError("an alert begins by being raised")
            begun = event.what.paper.raised_at if event.what.paper else event.at
            alert = Alert(happened=(event,), raised_at=begun, raised=event.what)
        else:
            alert = _after(replace(alert, happened=(*alert.happened, event)), event, event.what)
    if alert is None:
        raise ValueError("no events, so no alert")
    return alert


def as_it_stood(alert: Alert, moment: datetime) -> Alert | None:
    """The alert as it was at that moment; None before it was raised."""
    earlier = [event for event in alert.happened if event.at <= moment]
    return fold(earlier) if earlier else None


def _after(  # noqa: C901, PLR0911, PLR0912 - one line for each kind of event, and nothing else
    alert: Alert, happened: events.Happened, what: events.Event
) -> Alert:
    at = happened.at
    match what:
        case events.Raised():
            raise ValueError("an alert is raised once")
        case events.Sent():
            return replace(alert, runs=(*alert.runs, _begun(alert, happened, what)))
        case events.Closed():
            return replace(alert, closed=what, closed_at=at)
        case events.Reopened():
            return _reopened(alert, at, what)
        case events.Corrected():
            return _corrected(alert, at, what)
        case events.FollowedUp():
            return _followed(alert, at, what)
        case events.Referred():
            new = Referral(at, happened.number, what)
            return replace(alert, referrals=(*alert.referrals, new))
        case events.Noted():
            return replace(alert, notes=(*alert.notes, (at, what)))
        case events.StandstillBegun() | events.StandstillEnded():
            return replace(alert, standstills=(*alert.standstills, (at, what)))
        case events.CaseMoved() | events.Redirected():
            return _moved(replace(alert, beside=(*alert.beside, (at, what))), what)
        case _ if isinstance(what, events.SideEvent | RestrictionEvent):
            return _beside(alert, happened, what)
        case _:
            return _at_stage(alert, at, what)


def _begun(alert: Alert, happened: events.Happened, sent: events.Sent) -> StageRun:
    """From its sending on; where that was on paper, from then and with the day given there."""
    paper, run = alert.raised.paper, StageRun(happened.at, happened.number, sent)
    if paper is None or alert.runs:
        return run
    return replace(run, sent_at=paper.sent, entered_at=happened.at, given_due=paper.due)


def _at_stage(alert: Alert, at: datetime, what: events.StageEvent) -> Alert:
    run = alert.run_at(what.stage)
    if run is None:
        raise ValueError(f"nothing was ever sent to {what.stage}")
    new = run_after(run, at, what)
    return replace(alert, runs=tuple(new if one is run else one for one in alert.runs))


def _reopened(alert: Alert, at: datetime, what: events.Reopened) -> Alert:
    """Open again where it stood: what was reviewed before has to be looked at anew."""
    runs = alert.runs
    if runs:
        runs = (*runs[:-1], replace(runs[-1], reopened_at=at))
    reopened = (*alert.reopened, (at, what))
    return replace(alert, runs=runs, reopened=reopened, closed=None, closed_at=None)


def _corrected(alert: Alert, at: datetime, what: events.Corrected) -> Alert:
    """The new answer in its place; the event it stood in stays as it was."""
    alert = replace(alert, corrections=(*alert.corrections, (at, what)))
    if what.number == alert.happened[0].number:
        answers = with_new(alert.raised.answers, {what.field: what.now})
        return replace(alert, raised=alert.raised.model_copy(update={"answers": answers}))
    runs = tuple(
        _run_corrected(run, what) if run.number == what.number else run for run in alert.runs
    )
    return replace(alert, runs=runs)


def _moved(alert: Alert, what: events.AskedAnew) -> Alert:
    """The new names wherever the old ones stood, and the new people in their place at the present stage."""
    new = what.answers if isinstance(what, events.CaseMoved) else {}
    raised = alert.raised.model_copy(update={"answers": {**alert.raised.answers, **new}})
    runs = [_with_details(run, new) for run in alert.runs]
    if runs:
        runs[-1] = _handed_over(runs[-1], what)
    return replace(alert, raised=raised, runs=tuple(runs))


def _handed_over(run: StageRun, what: events.AskedAnew) -> StageRun:
    """With the new people in their place, among those asked, copied and invited alike."""
    gone = {one.id for one in what.gone}

    def stay(heard: tuple[events.Told, ...]) -> tuple[events.Told, ...]:
        left = ((one, tuple(p for p in one.people if p.id not in gone)) for one in heard)
        return tuple(one.model_copy(update={"people": people}) for one, people in left if people)

    run = _heard_by(run, stay)
    heard = (*run.sent.heard, *what.heard)
    people = {"asked": what.asked, "copied": what.copied, "heard": heard}
    return replace(run, sent=run.sent.model_copy(update=people))


def _heard_by(
    run: StageRun, now: Callable[[tuple[events.Told, ...]], tuple[events.Told, ...]]
) -> StageRun:
    """With whoever was told on account of this stage as it is from now on."""
    return replace(
        run,
        sent=run.sent.model_copy(update={"heard": now(run.sent.heard)}),
        answers=tuple(
            replace(one, answer=one.answer.model_copy(update={"heard": now(one.answer.heard)}))
            for one in run.answers
        ),
        steps=tuple(
            (at, one.model_copy(update={"heard": now(one.heard)})) for at, one in run.steps
        ),
    )


def _with_details(run: StageRun, new: Mapping[str, Any]) -> StageRun:
    details = {name: new.get(name, said) for name, said in run.sent.details.items()}
    return replace(run, sent=run.sent.model_copy(update={"details": details}))


def _run_corrected(run: StageRun, what: events.Corrected) -> StageRun:
    part = "details" if what.field in run.sent.details else "answers"
    new = with_new(getattr(run.sent, part), {what.field: what.now})
    if part == "details":  # left there open, so that it can be put in again
        new.setdefault(what.field, what.now)
    return replace(run, sent=run.sent.model_copy(update={part: new}))


def _beside(
    alert: Alert, happened: events.Happened, what: events.SideEvent | RestrictionEvent
) -> Alert:
    if isinstance(what, RestrictionEvent | events.Kept):
        entry = SetBy(happened.number, happened.at, happened.by)
        asked = alert.run.sent.asked if alert.run and alert.is_open else ()
        now = restriction_after(alert.restriction, what, entry, asked)
        alert = replace(alert, restriction=now)
    if isinstance(what, events.DoneByHand):
        alert = replace(alert, runs=tuple(_joined(run, what) for run in alert.runs))
    return replace(alert, beside=(*alert.beside, (happened.at, what)))


def _joined(run: StageRun, what: events.DoneByHand) -> StageRun:
    """Whoever is in the directory by now, in the place of the name that stood there."""
    if run.number != what.sent or what.joined is None:
        return run
    joined = what.joined

    def each(people: tuple[events.Person, ...]) -> tuple[events.Person, ...]:
        old = events.Person(id="", name=what.name, post=what.post)
        return tuple(joined if one == old else one for one in people)

    sent = {"asked": each(run.sent.asked), "copied": each(run.sent.copied)}
    joined_run = replace(run, sent=run.sent.model_copy(update=sent))
    return _heard_by(
        joined_run,
        lambda heard: tuple(one.model_copy(update={"people": each(one.people)}) for one in heard),
    )


def _followed(alert: Alert, at: datetime, what: events.FollowedUp) -> Alert:
    referrals = (
        replace(one, followed=(*one.followed, (at, what))) if one.number == what.referral else one
        for one in alert.referrals
    )
    return replace(alert, referrals=tuple(referrals))
