"""What became of an alert as the log holds it: its closings, promises, ways out, and where it stood when."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby, pairwise

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.choices import ENDINGS, as_logged
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import LONDON, london_date
from practice_alerts.domain.deadlines.working_days import Calendar
from practice_alerts.domain.errors import BeforeCalendar, BeyondCalendar
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.forms.subject import is_about_child
from practice_alerts.domain.log.cells import (
    NOT_ANSWERED,
    NOT_ASKED,
    InStay,
    as_day,
    closed_spells,
    in_stays,
    iso,
    working_days,
    yes,
)
from practice_alerts.domain.log.redaction import LogRow
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.standing.anchors import first_on_paper
from practice_alerts.domain.standing.running_clocks import Clocks, clocks_to_stand_by, set_by_people
from practice_alerts.domain.standing.status import Where, where

_DAY = timedelta(days=1)
_TURNS = complete(
    ("raiser", "asked", "nobody"),
    {"raiser": "the officer's side", "asked": "those asked", "nobody": "nobody"},
)
_NOTHING_KNOWN = "nothing known"


@dataclass(frozen=True, slots=True)
class LifeRows:
    """One alert, as what happened to it."""

    alert: Alert
    procedure: Procedure
    form: Form
    ladder: Ladder | None
    calendar: Calendar

    def tables(self) -> dict[str, tuple[LogRow, ...]]:
        """All of it, by table."""
        return {
            "holds": tuple(self.holds()),
            "closings": tuple(self.closings()),
            "changes": tuple(self.changes()),
            "referrals": tuple(self.referrals()),
            "follow_ups": tuple(self.follow_ups()),
            "standstills": tuple(self.standstills()),
            "overrides": tuple(self.overrides()),
            "standings": tuple(self.standings()),
        }

    def _row(self, one: InStay) -> LogRow:
        return {"reference": self.alert.reference, "number": one.number}

    def _of(self, *kinds: type[events.Event]) -> list[InStay]:
        return [one for one in in_stays(self.alert) if isinstance(one.what, kinds)]

    # ------------------------------------------------------------------------------ closings and holds

    def closings(self) -> Iterator[LogRow]:
        for spell in closed_spells(self.alert):
            one, what = spell.closing, spell.closed
            highest = self.highest(one.order)
            yield {
                **self._row(one),
                "closed_on": as_day(one.at),
                "ending": as_logged(what.ending).words,
                "is_put_right": yes(what.ending is events.EndingKind.PUT_RIGHT),
                "reopened_on": as_day(spell.reopened_at) if spell.reopened_at else None,
                "working_days": working_days(self.alert.raised_at, one.at, self.calendar),
                "highest_stage": highest[1] if highest else None,
                "highest_place": highest[0] if highest else None,
                "change_asked": yes(self._asks_change(what)),
                **self._of_the_child(what),
            }

    def _asks_change(self, closed: events.Closed) -> bool:
        return ENDINGS[as_logged(closed.ending)].asks == "change" and self._is_about_child

    def changes(self) -> Iterator[LogRow]:
        """Of each closing that asks, and after it: a child who has died is in none."""
        number, asks = 0, False
        for one in in_stays(self.alert):
            if isinstance(one.what, events.Closed):
                number, asks = one.number, self._asks_change(one.what)
            if isinstance(one.what, events.Closed | events.ChangeRecorded) and asks:
                for change in one.what.changes:
                    said: LogRow = {"change": change.words, "closing": number}
                    yield {**self._row(one), **said, "recorded_on": as_day(one.at)}

    def _of_the_child(self, closed: events.Closed) -> LogRow:
        """What the form asks of the child, where the ending leaves it to ask."""
        if ENDINGS[as_logged(closed.ending)].asks == "nothing" or not self._is_about_child:
            return dict.fromkeys(("view_at_end", "view_how", *_RIGHTS), NOT_ASKED)
        return {
            "view_at_end": yes(bool(closed.child_view.strip())),
            "view_how": VIEW_HOW.get(str(closed.answers.get("child_view_how")), NOT_ANSWERED),
            **{name: _said(closed.answers.get(name)) for name in _RIGHTS},
        }

    @property
    def _is_about_child(self) -> bool:
        raised_as = self.alert.raised.raised_as
        return is_about_child(self.procedure, raised_as, (self.form,), self.alert.answers)

    def highest(self, stays: int) -> tuple[int, str] | None:
        """The highest place, from 1 on, and its stage, of so many stays and of what went before on paper."""
        if self.ladder is None:
            return None
        stood = [*first_on_paper(self.alert), *(run.stage for run in self.alert.runs[:stays])]
        places = [self.ladder.place(one) for one in stood if self.ladder.has(one)]
        if not places:
            return None
        return max(places) + 1, self.ladder.stages[max(places)].label

    def holds(self) -> Iterator[LogRow]:
        every = in_stays(self.alert)
        for one in every:
            if not isinstance(one.what, events.Held):
                continue
            after = (
                other for other in every if other.order == one.order and other.number > one.number
            )
            outcome, at = next(
                filter(None, (_came_of(one.what, other) for other in after)), _UNSEEN
            )
            yield {
                **self._row(one),
                "stage_order": one.order,
                "label": self.ladder.stage(one.what.stage).label if self.ladder else one.what.stage,
                "agreed_on": as_day(one.at),
                "until": one.what.until.isoformat(),
                "outcome": outcome,
                "outcome_on": as_day(at) if at else None,
            }

    # ---------------------------------------------------------------------------------------- ways out

    def referrals(self) -> Iterator[LogRow]:
        for one in self.alert.referrals:
            followed = one.followed[-1] if one.followed else None
            yield {
                "reference": self.alert.reference,
                "number": one.number,
                "route": self._route(one.referred.route),
                "referred_on": as_day(one.at),
                "outcome": followed[1].happened.words if followed else _NOTHING_KNOWN,
                "outcome_on": as_day(followed[0]) if followed else None,
            }

    def _route(self, route: str) -> str:
        known = route in self.procedure.referrals and route in ROUTES
        return ROUTES[route].title if known else "another way out"

    def follow_ups(self) -> Iterator[LogRow]:
        for one in self._of(events.FollowedUp):
            if isinstance(one.what, events.FollowedUp):
                said: LogRow = {"referral": one.what.referral, "what": one.what.happened.words}
                yield {**self._row(one), **said, "recorded_on": as_day(one.at)}

    def standstills(self) -> Iterator[LogRow]:
        ends = self._of(events.StandstillEnded, events.StandstillBegun)
        for one in self._of(events.StandstillBegun):
            end = next((other for other in ends if other.number > one.number), None)
            how = end.what if end else None
            anyway = isinstance(how, events.StandstillEnded) and how.happened_anyway
            words = "it happened all the same" if anyway else "lifted"
            yield {
                **self._row(one),
                "begun_on": as_day(one.at),
                "ended_on": as_day(end.at) if end else None,
                "ended": words if end else None,
            }

    def overrides(self) -> Iterator[LogRow]:
        """That, and when; of what had happened nothing, which alone may say who it is."""
        for one in self._of(events.Overridden):
            yield {**self._row(one), "recorded_on": as_day(one.at)}

    # ------------------------------------------------------------------------------- where it stood when

    def standings(self) -> Iterator[LogRow]:
        """A row for each run of days at whose end it stood the same."""
        runs = groupby(self._stood(), key=lambda one: (one[1].stage, one[1].standing))
        kept = [next(run) for _, run in runs]
        turn_since = kept[0][0] if kept else None
        for n, (since, stands) in enumerate(kept):
            stage = stands.stage
            if n and kept[n - 1][1].turn != stands.turn:
                turn_since = since
            known = self.ladder if stage else None
            yield {
                "reference": self.alert.reference,
                "since_on": since.isoformat(),
                "until_on": kept[n + 1][0].isoformat() if n + 1 < len(kept) else None,
                "stage": known.stage(stage).label if known and stage else None,
                "stage_place": known.place(stage) + 1 if known and stage else None,
                "standing": stands.standing.value,
                "turn": _TURNS[stands.turn],
                "turn_since_on": iso(turn_since),
            }

    def _stood(self) -> Iterator[tuple[date, Where]]:
        """Where it stood at the end of each day on which that can have changed."""
        days = sorted({london_date(one.at) for one in self.alert.happened})
        for day, following in pairwise((*days, date.max)):
            so_far = fold(one for one in self.alert.happened if london_date(one.at) <= day)
            clocks = clocks_at(so_far, len(so_far.runs), self.ladder, self.calendar)
            for one in (day, *(when for when in _turning(clocks) if day < when < following)):
                try:
                    stands = where(so_far, self.ladder, clocks, _end_of(one))
                except (BeyondCalendar, BeforeCalendar):
                    break
                yield one, stands
                if so_far.closed is not None:
                    break


VIEW_HOW = {
    "heard": "heard",
    "observed": "observed",
    "by_advocate": "through an advocate",
    "declined": "declined",
    "too_young": "too young",
    "not_asked": "they were not asked",
}
"""By what the form of closing offers; a council's own that asks it otherwise stands as not answered."""
_UNSEEN = ("not looked at", None)
_RIGHTS = ("advocacy_told", "complaints_told", "against_wishes")


def clocks_at(alert: Alert, order: int, ladder: Ladder | None, calendar: Calendar) -> Clocks:
    """The clocks of the stay number `order`; without dates where the calendar does not reach."""
    if order == 0:
        return Clocks()
    run = alert.runs[order - 1]
    try:
        return clocks_to_stand_by(replace(alert, runs=alert.runs[:order]), ladder, calendar)
    except (BeyondCalendar, BeforeCalendar):
        return Clocks(awaited=set_by_people(run), hold=run.hold.until if run.hold else None)


def _turning(clocks: Clocks) -> list[date]:
    """The days at whose end it may stand otherwise, because a time is up; of hours that is their day itself."""
    ends = [one.day for one in clocks.awaited if one.day] + ([clocks.hold] if clocks.hold else [])
    return sorted({*ends, *(one + _DAY for one in ends)})


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), LONDON)


def _came_of(held: events.Held, after: InStay) -> tuple[str, datetime] | None:
    kept = "kept" if london_date(after.at) <= held.until else "kept late"
    match after.what:
        case events.ResponseReviewed() if after.what.stands:
            good = after.what.verdict is events.Outcome.PUT_RIGHT
            return (kept if good else "broken"), after.at
        case events.Escalated():
            return "broken", after.at
        case events.Held():
            return "extended", after.at
        case events.Closed():
            good = after.what.ending is events.EndingKind.PUT_RIGHT
            return (kept if good else "closed otherwise"), after.at
        case _:
            return None


def _said(answer: object) -> str:
    return str(answer) if answer in ("yes", "no") else NOT_ANSWERED
