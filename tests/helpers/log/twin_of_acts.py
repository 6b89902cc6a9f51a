"""The second count of acts."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from practice_alerts.domain.alert import events
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.working_days import add_working_days, working_days_between
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.procedure.routes import ROUTES
from tests.helpers.log.twin import (
    Row,
    Stay,
    Told,
    Twin,
    end_of,
    limit,
    nearest,
    stood,
)


def endings(twin: Twin, period: Period) -> list[Row]:
    ended = Counter(_said_of(what) for _, _, what, _ in twin.closed_in(period))
    again = sum(
        period.since <= london_date(at) <= period.until
        for one in twin.of()
        for at in one.reopened()
    )
    return [("all closings", ended.total()), *ended.items(), ("opened again", again)]


def _said_of(what: events.Closed) -> str:
    died = what.ending == "died"
    return (events.EndingKind.NO_LONGER_OURS if died else what.ending).words


def time_to_put_right(twin: Twin, period: Period) -> list[Row]:
    days = []
    for one in twin.of():
        first = next(
            (at for at, what, _ in one.closings() if what.ending is events.EndingKind.PUT_RIGHT),
            None,
        )
        if first is not None and period.since <= london_date(first) <= period.until:
            days.append(working_days_between(one.raised_on, london_date(first), one.calendar))
    ninth = min((d for d in days if 10 * sum(o <= d for o in days) >= 9 * len(days)), default=None)
    return [(len(days), nearest(days, 2), ninth, 0)]


def referrals(twin: Twin, period: Period) -> list[Row]:
    rows: dict[str, Counter[str]] = {}
    for one in twin.of():
        for made in one.alert.referrals:
            if not period.since <= london_date(made.at) <= period.until:
                continue
            route = made.referred.route
            known = route in one.procedure.referrals and route in ROUTES
            heard = [w.happened.value for at, w in made.followed if london_date(at) <= period.until]
            said = rows.setdefault(ROUTES[route].title if known else "another way out", Counter())
            said[heard[-1] if heard else "nothing"] += 1
    kinds = (*(kind.value for kind in events.FollowUpKind), "nothing")
    rows = rows or {"any": Counter()}
    return [(route, said.total(), *(said[kind] for kind in kinds)) for route, said in rows.items()]


def standstills(twin: Twin, period: Period) -> list[Row]:
    begun = lifted = anyway = in_force = 0
    for one in twin.of():
        for at, what in one.alert.standstills:
            inside = period.since <= london_date(at) <= period.until
            if isinstance(what, events.StandstillBegun):
                begun += inside
            else:
                anyway += inside and what.happened_anyway
                lifted += inside and not what.happened_anyway
        if london_date(one.alert.happened[0].at) <= period.until:
            in_force += one.by(end_of(period.until)).standstill is not None
    return [(begun, lifted, anyway, in_force)]


def overrides(twin: Twin, period: Period) -> list[Row]:
    each = (at for one in twin.every for at in one.acts(events.Overridden))
    return [(sum(period.since <= london_date(at) <= period.until for at in each),)]


_MEETS = (events.ResponseReviewed, events.Held, events.Escalated, events.Closed)
_OURS = (
    *_MEETS,
    *(events.HoldReviewed, events.DateAgreed, events.Referred, events.StandstillBegun),
    *(events.StandstillEnded, events.Overridden),
)


def our_own_side(twin: Twin, period: Period) -> list[Row]:
    answers = [_followed(stay, period) for stay in twin.stays()]
    met = [days for days, _ in answers if days is not None]
    missed, third = [], Counter[str]()
    for stay in twin.stays():
        days, came = _missed(stay, period, twin.over(period))
        missed += [days] if days is not None else []
        third[came] += 1
    return [
        ("answers followed up", len(met)),
        ("working days until then, the middle", nearest(met, 2)),
        ("answers not followed up at the end", sum(waits for _, waits in answers)),
        ("missed days acted on", len(missed)),
        ("working days until then, the middle, after a missed day", nearest(missed, 2)),
        ("missed days acted on within 3 working days", third["acted"]),
        ("missed days answered within 3 working days", third["answered"]),
        ("missed days with neither", third["neither"]),
        (
            "open concerns whose turn was ours for 10 working days",
            sum(_long_ours(one, period.until) for one in twin.of()),
        ),
    ]


def _followed(stay: Stay, period: Period) -> tuple[int | None, bool]:
    """Working days from the answer to what followed in the period; and does it wait for that at the end?"""
    first, told = stay.answered_at(), stay.told
    if first is None:
        return None, False
    after = [london_date(at) for at in told.acts(*_MEETS, stay=stay.order) if at >= first]
    left = stay.run.left_at
    stayed = left is None or london_date(left) > period.until
    waits = london_date(first) <= period.until and stayed
    if not after:
        return None, waits
    inside = period.since <= after[0] <= period.until
    days = working_days_between(london_date(first), after[0], told.calendar)
    return (days if inside else None), waits and after[0] > period.until


def _missed(stay: Stay, period: Period, over: date) -> tuple[int | None, str]:
    """Working days from a missed day to what our side did in the period; and what came within three of them."""
    first, clock = stay.answered_at(), stay.told_clock()
    if clock is None or clock.day is None or clock.kind.value == "aim":
        return None, ""
    if stay.kept(clock, first, date.max) not in {"later", "none"}:
        return None, ""
    acts = [london_date(at) for at in _acts_from(stay) if at > limit(clock)]
    acted = acts[0] if acts else date.max
    inside = period.since <= acted <= period.until
    days = working_days_between(clock.day, acted, stay.told.calendar) if inside else None
    third = add_working_days(clock.day, 3, stay.told.calendar)
    if not period.since <= third <= over:
        return days, ""
    answered = first is not None and london_date(first) <= third
    return days, "acted" if acted <= third else "answered" if answered else "neither"


def _acts_from(stay: Stay) -> list[datetime]:
    """What our side did about the alert at that stay and later ones."""
    orders = range(stay.order, len(stay.told.alert.runs) + 1)
    return sorted(at for order in orders for at in stay.told.acts(*_OURS, stay=order))


def _long_ours(one: Told, end: date) -> bool:
    """Day by day backwards from the end: was it our turn all the while?"""
    day = end
    if one.raised_on > end:
        return False
    while working_days_between(day, end, one.calendar) < 10:
        if day < one.raised_on or stood(one, day)[2] != "raiser":
            return False
        day -= timedelta(days=1)
    return day >= one.raised_on and stood(one, day)[2] == "raiser"
