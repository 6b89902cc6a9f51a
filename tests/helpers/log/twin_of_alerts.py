"""The second count of alerts."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from practice_alerts.domain.alert import events
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.choices import AroseAt
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines.working_days import working_days_between
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.log.pseudonyms import age_band
from practice_alerts.domain.text import capital
from tests.helpers.log.twin import (
    Row,
    Told,
    Twin,
    cap_of,
    end_of,
    share,
    stood,
)

_AROSE = {one.value: one.words for one in AroseAt}


def _begun(one: Told) -> str:
    assert one.ladder is not None
    assert one.alert.raised.entry_stage is not None
    formal = one.ladder.stage(one.alert.raised.entry_stage).formal
    return "at a formal stage" if formal else "informally"


def raised(twin: Twin, period: Period) -> list[Row]:
    some = twin.raised_in(period)
    found: Counter[tuple[str, str]] = Counter({("all", "all"): len(some)})
    for one in some:
        found["kind", one.kind] += 1
        found["begun", _begun(one)] += 1
        found["raised as", one.alert.raised.raised_as] += 1
        asked = any(field.id == "arose" for field in one.form.fields())
        arose = _AROSE.get(one.alert.answers["arose"], "not answered")
        found["came up", arose if asked else "not asked"] += 1
        found["age", age_band(date(2012, 7, 1), one.raised_on)] += 1
        fields = {field.id: field.options or {} for field in one.form.fields()}
        for case in one.alert.answers["case_status"]:
            if case in fields.get("case_status", {}):
                found["case type", fields["case_status"][case]] += 1
    return [(*key, number) for key, number in found.items()]


def raised_by_month(twin: Twin, period: Period) -> list[Row]:
    months: dict[str, list[Told]] = {}
    for one in twin.raised_in(period):
        months.setdefault(f"{one.raised_on:%Y-%m}", []).append(one)
    rows = []
    for month, some in months.items():
        informal = sum(_begun(one) == "informally" for one in some)
        rows.append((month, len(some), informal, len(some) - informal))
    return rows


def ever_formal(twin: Twin, period: Period) -> list[Row]:
    some = twin.raised_in(period)
    formal = 0
    for one in some:
        assert one.ladder is not None
        state = one.by(end_of(period.until))
        formal += any(one.ladder.stage(run.stage).formal for run in state.runs)
    return [(len(some), formal, share(formal, len(some)))]


def themes(twin: Twin, period: Period) -> list[Row]:
    some = twin.raised_in(period)
    found: Counter[str] = Counter()
    for one in some:
        found.update(set(one.themes.values()) or {"none ticked"})
    return [(theme, number, share(number, len(some))) for theme, number in found.items()]


def examples_ticked(twin: Twin, period: Period) -> list[Row]:
    found: Counter[Row] = Counter()
    for one in twin.raised_in(period):
        found.update(
            {(category.title, capital(example.text)) for category, example in one.examples}
        )
    return [((*key, number)) for key, number in found.items()]


def shared_themes(twin: Twin, period: Period) -> list[Row]:
    some = twin.raised_in(period)
    found: Counter[str] = Counter()
    for one in some:
        found.update(one.shared_themes or {"none of these"})
    return [(theme, number, share(number, len(some))) for theme, number in found.items()]


def highest_stage(twin: Twin, period: Period) -> list[Row]:
    last: dict[str, tuple[Told, Alert]] = {}
    for one, _, _, then in twin.closed_in(period):
        last[one.alert.reference] = (one, then)
    found: Counter[Row] = Counter()
    for one, then in last.values():
        assert one.ladder is not None
        place = max(one.ladder.place(run.stage) for run in then.runs)
        found[one.kind, one.ladder.stages[place].label] += 1
    return [(*key, number) for key, number in found.items()]


def change_for_the_child(twin: Twin, period: Period) -> list[Row]:
    last: dict[str, tuple[events.Closed, int]] = {}
    for one, _, what, then in twin.closed_in(period):
        last[one.alert.reference] = (what, len(then.happened))
    found: Counter[str] = Counter()
    for one in twin.of():
        if one.alert.reference not in last:
            continue
        what, number = last[one.alert.reference]
        if what.ending not in _ASKS_CHANGE or not one.is_about_child:
            found["not asked"] += 1
            continue
        ticked = what.changes
        for later in one.alert.happened[number:]:
            if isinstance(later.what, events.Closed) or london_date(later.at) > period.until:
                break
            if isinstance(later.what, events.ChangeRecorded):
                ticked = later.what.changes
        found.update([change.words for change in ticked] or ["not recorded"])
    asked = len(last) - found["not asked"]
    return [
        (change, number, None if change == "not asked" else share(number, asked))
        for change, number in found.items()
        if number
    ]


_ASKS_CHANGE = (
    *("put_right", "explanation_accepted", "decided_not_satisfied", "decided_by_court"),
    "taken_on",
)


def childs_voice(twin: Twin, period: Period) -> list[Row]:
    said: dict[str, list[str]] = {}
    for one in twin.raised_in(period):
        if any(field.id == "child_view" for field in one.form.fields()):
            given = "yes" if one.alert.answers.get("child_view") else "no"
            said.setdefault("view given when raised", []).append(given)
    rights = {
        "told of an advocate": "advocacy_told",
        "told how to complain": "complaints_told",
        "done against their wishes": "against_wishes",
    }
    for one, _, what, _ in twin.closed_in(period):
        if what.ending in {"withdrawn", "raised_in_error"} or not one.is_about_child:
            continue
        view = "yes" if what.child_view else "no"
        said.setdefault("view given at the end", []).append(view)
        how = dict.fromkeys(("heard", "observed", "by_advocate"), "yes")
        how |= dict.fromkeys(("declined", "too_young", "not_asked"), "no")
        known = how.get(what.answers.get("child_view_how", ""), "not answered")
        said.setdefault("heard, observed or through an advocate", []).append(known)
        for question, name in rights.items():
            if name == "advocacy_told" and one.alert.raised.raised_as != "looked_after":
                continue
            said.setdefault(question, []).append(what.answers.get(name, "not answered"))
    return [
        (question, len(all_), *(all_.count(one) for one in ("yes", "no", "not answered")))
        for question, all_ in said.items()
    ]


def raised_again(twin: Twin, period: Period) -> list[Row]:
    concerns = [one for one in twin.of() if not _in_error(one, period)]
    some = [one for one in concerns if period.since <= one.raised_on <= period.until]
    children, again, shared = set(), set(), set()
    for one in some:
        if one.child == "not given":
            continue
        children.add(one.child)
        for other in concerns:
            days = (one.raised_on - other.raised_on).days
            if other.child == one.child and 0 < days <= 365:
                again.add(one.child)
                if one.themes.keys() & other.themes.keys():
                    shared.add(one.child)
    first = min((one.raised_on for one in twin.every), default=None)
    enough = first is not None and first + timedelta(days=365) <= period.since
    nameless = sum(one.child == "not given" for one in some)
    reaches = "yes" if enough else "not enough history"
    return [(len(children), len(again), len(shared), nameless, reaches)]


def _in_error(one: Told, period: Period) -> bool:
    if one.raised_on > period.until:
        return False
    closed = one.by(end_of(period.until)).closed
    return closed is not None and closed.ending == "raised_in_error"


def good_practice(twin: Twin, period: Period) -> list[Row]:
    some = twin.raised_in(period, "good practice")
    found: Counter[str] = Counter()
    for one in some:
        for field in one.form.fields(repeats="never"):
            if field.type.facts.is_several and field.id != "case_status":
                for key, title in (field.options or {}).items():
                    found[title] += key in (one.alert.answers.get(field.id) or ())
    return [("all", len(some)), *((title, n) for title, n in found.items() if n)]


def partner_alerts(twin: Twin, period: Period) -> list[Row]:
    rows: dict[str, list[int]] = {}
    for one in twin.of("partner"):
        assert one.ladder is not None
        counts = rows.setdefault(one.ladder.title or "no name", [0, 0])
        counts[0] += period.since <= one.raised_on <= period.until
        counts[1] += any(
            what.ending is events.EndingKind.PUT_RIGHT
            and period.since <= london_date(at) <= period.until
            for at, what, _ in one.closings()
        )
    return [(agency, *counts) for agency, counts in rows.items()]


def open_at_end(twin: Twin, period: Period) -> list[Row]:
    found: dict[Row, list[Told]] = {}
    for one in twin.of():
        if one.raised_on <= period.until and one.by(end_of(period.until)).is_open:
            label, standing, _ = stood(one, period.until)
            found.setdefault((one.kind, label, standing), []).append(one)
    rows = []
    for key, some in found.items():
        caps = [cap_of(one, one.by(end_of(period.until))) for one in some]
        past = sum(cap is not None and cap < period.until for cap in caps)
        ages = [working_days_between(o.raised_on, period.until, o.calendar) for o in some]
        rows.append((*key, len(some), past, max(ages)))
    return rows
