"""What the store counts, sorts and cuts of a whole service is what reading every alert comes to."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from practice_alerts.adapters.store.alerts import current_state, tray_rows
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.views import overview, service, work_tray
from practice_alerts.casework.views.tray_parts import ORDER, Tray, Wanted
from practice_alerts.domain.standing.list_filters import Filters, Order
from practice_alerts.domain.standing.running_clocks import Clocks, running_clocks
from practice_alerts.domain.standing.standings import NEEDS_OFFICER, Pile
from practice_alerts.domain.standing.status import where
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.alerts.large_store import Stories
from tests.helpers.product.office import LONG_AGO, TEAM, Desk, open_desk

DAYS = ("Mon 2025-06-02", "Tue 2025-06-03", "Sat 2025-06-07 00:00", "Mon 2025-06-16 16:30")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Open alerts of every standing, some of another council; an officer and a manager who are covered for."""
    opened = open_desk(tmp_path_factory.mktemp("cut"))
    assert tuple(Stories(opened).open())
    elsewhere = Desk(opened.office, opened.clock, "knowsley")
    with opened.office.database.writing() as tx:
        for post in opened.office.council("knowsley").procedure.roles:
            person = directory.DirectoryPerson(f"k_{post}", f"{post} K.", f"{post}@k.invalid")
            directory.add_person(tx, person, [("knowsley", post, "")], LONG_AGO)
        directory.add_cover(tx, "iro", "other_iro", LONG_AGO, date(2025, 12, 1))
        directory.add_cover(tx, "manager", "elsewhere", LONG_AGO, date(2025, 12, 1))
    kind = next(iter(elsewhere.office.council("knowsley").procedure.kinds))
    raising = next(iter(elsewhere.office.council("knowsley").procedure.raising_posts))
    raise_alert(opened.office, wanted(elsewhere, kind, None), elsewhere.doing(f"k_{raising}"))
    yield opened
    opened.office.database.close()


def every_alert(desk: Desk) -> list[tuple[Known, Pile, Clocks]]:
    """Each open one of the council, with its pile and clocks by its events."""
    office, found = desk.office, []
    with office.database.reading() as tx:
        calendar = office.calendar(desk.council, tx)
        for known in load_each(office, tx, current_state.ids(tx, desk.council)).values():
            clocks = running_clocks(known.alert, known.ladder, calendar)
            stood = where(known.alert, known.ladder, clocks, office.now())
            if known.alert.is_open:
                found.append((known, stood.standing.pile, clocks))
    return found


def part_of(pile: Pile) -> str:
    apart = {Pile.ON_HOLD: "on-hold", Pile.NO_LADDER: "without-ladder"}
    return "needs-officer" if pile in NEEDS_OFFICER else apart.get(pile, "waiting")


def first_due(desk: Desk, pile: Pile, clocks: Clocks) -> date:
    if pile in {Pile.REVIEW, Pile.CLOSE}:
        return desk.office.today
    if pile in {Pile.ESCALATE, Pile.LATE}:
        return clocks.escalate_by or clocks.answer_by or desk.office.today
    return clocks.hold or clocks.answer_by or date.max


def by_events(desk: Desk, order: Order) -> dict[str, list[str]]:
    """The references of each part of the service's list, in the order that is wanted."""

    def key(one: tuple[Known, Pile, Clocks]) -> tuple[Any, ...]:
        known, pile, clocks = one
        ladder, run = known.ladder, known.alert.run
        height = -ladder.place(run.stage) if ladder and run else 1
        place: dict[Order, Any] = {"due": 0, "stage": height, "open": known.alert.raised_at}
        return place[order], first_due(desk, pile, clocks), known.alert.reference

    found: dict[str, list[str]] = {}
    for known, pile, _ in sorted(every_alert(desk), key=key):
        found.setdefault(part_of(pile), []).append(known.alert.reference)
    return {name: found[name] for name in ORDER if name in found}


def listed(tray: Tray) -> dict[str, list[str]]:
    return {part.id: [line.row.reference for line in part.lines] for part in tray.parts}


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize("order", ["due", "stage", "open"])
def test_the_services_list_is_cut_from_what_events_say(desk: Desk, when: str, order: Order) -> None:
    desk.at(when)
    expected, filters = by_events(desk, order), Filters(whose="service", order=order)
    whole = work_tray.tray(
        desk.office, desk.actor("boss"), Wanted(filters, dict.fromkeys(ORDER, 99))
    )
    assert listed(whole) == expected
    some = work_tray.tray(desk.office, desk.actor("boss"), Wanted(filters, dict.fromkeys(ORDER, 3)))
    assert listed(some) == {name: every[:3] for name, every in expected.items()}
    assert {part.id: part.count for part in some.parts} == {
        name: len(every) for name, every in expected.items()
    }


@pytest.mark.parametrize("when", DAYS)
def test_every_pile_is_filtered_and_counted_as_events_have_it(desk: Desk, when: str) -> None:
    desk.at(when)
    boss, piles = desk.actor("boss"), Counter(pile for _, pile, _ in every_alert(desk))
    for pile in Pile:
        filters = Filters(whose="service", pile=pile)
        found = work_tray.tray(desk.office, boss, Wanted(filters))
        assert sum(part.count for part in found.parts) == piles[pile]
    seen = service.service(desk.office, boss)
    assert sum(one.needs for one in seen.loads) == sum(piles[one] for one in NEEDS_OFFICER)
    assert sum(one.on_hold for one in seen.loads) == piles[Pile.ON_HOLD] == seen.limits.on_hold
    assert sum(one.count for one in seen.silent) == piles[Pile.LATE]
    most = overview.overview(desk.office, boss)
    assert len(most.longest) == min(10, piles[Pile.LATE])


@pytest.mark.parametrize("when", DAYS)
def test_what_each_officer_carries_and_what_limits_are_past_is_as_events_have_it(
    desk: Desk, when: str
) -> None:
    desk.at(when)
    every, expected = every_alert(desk), dict[str, Counter[str]]()
    for known, pile, _ in every:
        part = "needs" if pile in NEEDS_OFFICER else pile.value
        expected.setdefault(known.alert.officer.id, Counter())[part] += 1
    seen = service.service(desk.office, desk.actor("boss"))
    for one in seen.loads:
        counted = expected.get(one.officer_id, Counter())
        parts = (counted["needs"], counted[Pile.WAITING.value], counted[Pile.ON_HOLD.value])
        assert (one.needs, one.waiting, one.on_hold) == parts
        assert one.open == counted.total()
    past = [
        known
        for known, _, clocks in every
        if known.alert.run and clocks.time_limit and clocks.time_limit.by_day < desk.office.today
    ]
    assert (seen.limits.open, seen.limits.past_time_limit) == (len(every), len(past))
    assert seen.limits == overview.overview(desk.office, desk.actor("boss")).limits
    assert service.own_load(desk.office, desk.actor("iro")) == next(
        one for one in seen.loads if one.officer_id == "iro"
    )


@pytest.mark.parametrize("when", DAYS)
@pytest.mark.parametrize(("who", "own"), [("iro", "iro"), ("other_iro", "iro")])
def test_an_officer_and_their_cover_have_to_do_what_events_say(
    desk: Desk, when: str, who: str, own: str
) -> None:
    desk.at(when)
    needs = [
        known
        for known, pile, _ in every_alert(desk)
        if pile in NEEDS_OFFICER and known.alert.officer.id == own
    ]
    tray = work_tray.tray(desk.office, desk.actor(who))
    assert tray.part("needs-you").count == len(needs)
    assert work_tray.to_do(desk.office, desk.actor(who)) == len(needs)


@pytest.mark.parametrize("who", ["manager", "elsewhere"])
def test_a_team_lists_what_its_manager_sees_of_it_in_the_same_order(desk: Desk, who: str) -> None:
    desk.at(DAYS[0])
    filters = Filters(whose="team")
    found = work_tray.tray(desk.office, desk.actor(who), Wanted(filters, dict.fromkeys(ORDER, 99)))
    team = {
        known.alert.reference
        for known, *_ in every_alert(desk)
        if known.alert.answers.get("team") == TEAM
    }
    every = {
        name: [one for one in some if one in team] for name, some in by_events(desk, "due").items()
    }
    if who == "manager":
        assert listed(found) == {name: some for name, some in every.items() if some}
    else:  # of another team, who stands in for its manager: what was asked, beside nothing of a team of theirs
        assert not found.parts


SOUGHT = ("home", "foster home", "s 100001", "sample", "review", "manager sample", "K. M.", "zebra")


@pytest.mark.parametrize("who", ["boss", "iro", "other_iro", "manager", "elsewhere", "director"])
def test_a_search_finds_the_same_whichever_it_begins_with(
    desk: Desk, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the words that few alerts hold, or with the alerts as they are shown: in a large store it is either."""
    desk.at(DAYS[1])
    found: dict[int, list[list[str]]] = {}
    for few in (tray_rows._FEW, -1):
        monkeypatch.setattr(tray_rows, "_FEW", few)
        found[few] = [
            [
                line.row.reference
                for line in work_tray.search(desk.office, actor, words, 20, closed=closed)
            ]
            for actor in (desk.actor(who),)
            for words in SOUGHT
            for closed in (False, True)
        ]
    by_words, by_alerts = found.values()
    assert by_words == by_alerts
    assert not by_words[-1]
    assert who == "director" or any(by_words)
