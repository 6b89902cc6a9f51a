"""Cover: somebody stands in for somebody, from a day to a day, and no clock stops for it."""

from datetime import date

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import Covering
from practice_alerts.casework.acts import answer
from practice_alerts.casework.directory import post_holders, staff
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from tests.helpers.alerts.act_answers import reply
from tests.helpers.days import day
from tests.helpers.product.office import Desk

TODAY, FRIDAY = day("Mon 2025-06-02"), day("Fri 2025-06-06")
NEXT_WEEK = day("Mon 2025-06-09")


def cover(
    desk: Desk,
    away: str = "manager",
    stands_in: str = "elsewhere",
    since: date | None = None,
    until: date | None = FRIDAY,
    by: str = "boss",
) -> Covering:
    wanted = Cover(away, stands_in, since, until)
    return absence_cover.set_cover(desk.office, desk.actor(by), wanted)


def covers(desk: Desk) -> list[tuple[str, str, date, date]]:
    found = absence_cover.covers(desk.office, desk.actor("boss"))
    return [(one.away_id, one.cover_id, one.since, one.until) for one in found]


@pytest.mark.parametrize("who", ["iro", "manager", "qa"])
def test_only_administrator_and_iro_manager_say_who_stands_in(desk: Desk, who: str) -> None:
    found = cover(desk, by="admin")
    with pytest.raises(NotYours):
        cover(desk, by=who)
    with pytest.raises(NotYours):
        absence_cover.end_cover(desk.office, desk.actor(who), found.id, FRIDAY)
    with pytest.raises(NotYours):
        absence_cover.covers(desk.office, desk.actor(who))


def test_whoever_stands_in_answers_from_the_first_day_to_the_last(desk: Desk) -> None:
    found = desk.raised("stage-1")
    cover(desk, since=day("Tue 2025-06-03"), until=day("Wed 2025-06-04"))
    waits = [
        work_tray.tray(desk.at(when).office, desk.actor("elsewhere")).part("to-answer").count
        for when in ("Mon 2025-06-02", "Tue 2025-06-03", "Wed 2025-06-04", "Thu 2025-06-05")
    ]
    assert waits == [0, 1, 1, 0]
    assert desk.dates(found)[0] == FRIDAY


def test_a_cover_to_come_is_listed_and_one_that_is_over_is_not(desk: Desk) -> None:
    cover(desk, since=NEXT_WEEK, until=day("Fri 2025-06-13"))
    assert covers(desk) == [("manager", "elsewhere", NEXT_WEEK, day("Fri 2025-06-13"))]
    desk.at("Sat 2025-06-14")
    assert covers(desk) == []


def test_a_cover_ends_early_or_is_taken_back_before_it_begins(desk: Desk) -> None:
    now, later = cover(desk), cover(desk, "iro", "other_iro", NEXT_WEEK, day("Fri 2025-06-13"))
    end = absence_cover.end_cover
    end(desk.office, desk.actor("boss"), now.id, TODAY)
    end(desk.office, desk.actor("boss"), later.id, TODAY)
    assert covers(desk) == [("manager", "elsewhere", TODAY, TODAY)]
    with pytest.raises(NotFound):
        end(desk.office, desk.actor("boss"), later.id, TODAY)
    with pytest.raises(BadAnswers, match="it ends on Monday 2 June 2025 already"):
        end(desk.office, desk.actor("boss"), now.id, FRIDAY)
    with pytest.raises(BadAnswers, match="before the first"):
        end(desk.office, desk.actor("boss"), now.id, day("Sun 2025-06-01"))


@pytest.mark.parametrize(
    ("away", "stands_in", "since", "until", "field"),
    [
        ("manager", "manager", None, FRIDAY, "stands_in"),
        ("nobody", "manager", None, FRIDAY, "away"),
        ("manager", "nobody", None, FRIDAY, "stands_in"),
        ("manager", "elsewhere", None, None, "until"),
        ("manager", "elsewhere", NEXT_WEEK, FRIDAY, "until"),
        ("manager", "elsewhere", day("Mon 2025-05-26"), day("Fri 2025-05-30"), "until"),
        ("manager", "elsewhere", None, day("Thu 2026-06-04"), "until"),
        ("manager", "elsewhere", day("Thu 9999-12-30"), FRIDAY, "until"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    desk: Desk, away: str, stands_in: str, since: date | None, until: date | None, field: str
) -> None:
    with pytest.raises(BadAnswers) as told:
        cover(desk, away, stands_in, since, until)
    assert set(told.value.faults) == {field}
    assert covers(desk) == []


def test_a_cover_lasts_a_year_at_most(desk: Desk) -> None:
    last = day("Wed 2026-06-03")
    cover(desk, "manager", "elsewhere", None, last)
    assert [until for *_, until in covers(desk)] == [last]


def test_the_same_cover_is_not_set_twice_for_the_same_days(desk: Desk) -> None:
    cover(desk)
    with pytest.raises(BadAnswers, match="stands in for Manager Sample already"):
        cover(desk, since=day("Wed 2025-06-04"), until=NEXT_WEEK)
    assert cover(desk, since=day("Sat 2025-06-07"), until=NEXT_WEEK).until == NEXT_WEEK


def test_somebody_stands_in_for_whoever_left_while_an_alert_waits_for_them(desk: Desk) -> None:
    found = desk.raised("stage-1")
    staff.leave(desk.office, desk.actor("admin"), "manager")
    cover(desk)
    (waiting,) = work_tray.tray(desk.office, desk.actor("elsewhere")).part("to-answer").lines
    assert waiting.row.reference == found.alert.reference
    said = reply("It has been done.", "done")
    doing = desk.doing("elsewhere", found)
    assert answer.answer(desk.office, found.id, said, doing).alert.run is not None


def test_whoever_left_with_nothing_in_their_name_needs_nobody_to_stand_in(desk: Desk) -> None:
    staff.leave(desk.office, desk.actor("admin"), "manager")
    with pytest.raises(BadAnswers, match="Who is away: choose somebody"):
        cover(desk)


def test_whoever_leaves_stands_in_for_nobody_any_more(desk: Desk) -> None:
    cover(desk)
    staff.leave(desk.office, desk.actor("admin"), "elsewhere")
    assert covers(desk) == []


def test_standing_in_does_not_reach_into_other_councils(desk: Desk) -> None:
    post_holders.give_post(
        desk.office, COMMAND_LINE, "manager", PostGiven("merton", "team_manager")
    )
    with pytest.raises(NotPossible, match="posts in other councils too"):
        cover(desk)
    by_command = Cover("manager", "elsewhere", None, FRIDAY)
    assert absence_cover.set_cover(desk.office, COMMAND_LINE, by_command).away_id == "manager"


def test_another_council_sees_and_ends_none_of_ours(desk: Desk) -> None:
    found = cover(desk)
    other = desk.from_elsewhere("x", "merton", "iro_manager")
    assert absence_cover.covers(desk.office, other) == ()
    with pytest.raises(NotFound):
        absence_cover.end_cover(desk.office, other, found.id, FRIDAY)


def test_nobody_of_the_chain_that_may_be_challenged_stands_in_for_a_reviewing_officer(
    desk: Desk,
) -> None:
    """However it came about: it is refused, and would open nothing."""
    wanted = absence_cover.Cover("iro", "service", None, NEXT_WEEK)
    with pytest.raises(BadAnswers, match="holds no post of the reviewing service"):
        absence_cover.set_cover(desk.office, desk.actor("admin"), wanted)
    found = desk.raised("stage-1")
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "iro", "service", desk.office.today, NEXT_WEEK)
    assert [act for act in Act if found.may(desk.actor("service"), act)] == []
    other = absence_cover.Cover("iro", "other_iro", None, NEXT_WEEK)
    assert absence_cover.set_cover(desk.office, desk.actor("admin"), other).cover_id == "other_iro"
    assert found.may(desk.actor("other_iro"), Act.REVIEW_RESPONSE)
