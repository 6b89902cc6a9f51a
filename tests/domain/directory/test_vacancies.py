"""A post stands empty from the day after its holder's last, and some empty posts leave nobody to ask."""

from datetime import date

import pytest

from practice_alerts.domain.directory.vacancies import (
    Gap,
    HeldPost,
    first_empty_day,
    gaps,
    posts_inside,
    teams_of,
    vacancies,
)
from tests.helpers.days import day
from tests.helpers.files.real_councils import council

LONG_AGO = day("Mon 2020-01-06")
TODAY = day("Mon 2025-06-02")


def held(
    post: str, team: str = "", since: date = LONG_AGO, until: date | None = None, who: str = "Toni"
) -> HeldPost:
    return HeldPost(1, who.lower(), who, post, team, since, until)


def test_a_post_is_held_from_its_first_day_to_its_last() -> None:
    one = held("iro", since=day("Mon 2025-06-02"), until=day("Fri 2025-06-06"))
    days = ("Sun 2025-06-01", "Mon 2025-06-02", "Fri 2025-06-06", "Sat 2025-06-07")
    assert [one.on(day(text)) for text in days] == [False, True, True, False]


def test_a_post_stands_empty_since_the_day_after_the_last() -> None:
    past = held("iro", until=day("Fri 2025-05-30"))
    later = held("iro", since=day("Mon 2025-06-09"), who="Vera")
    (empty,) = vacancies(["iro"], [past, later], TODAY)
    assert empty.empty_since == day("Sat 2025-05-31")
    assert (empty.last, empty.next) == (past, later)


def test_a_post_that_nobody_ever_held_is_empty_since_nobody_knows_when() -> None:
    (empty,) = vacancies(["iro"], [], TODAY)
    assert (empty.post, empty.empty_since, empty.next) == ("iro", None, None)


def test_a_post_held_for_teams_is_empty_for_each_team_without() -> None:
    here = [
        held("team_manager", "North"),
        held("social_worker", "South"),
        held("social_worker", "North"),
    ]
    found = vacancies(["team_manager", "social_worker"], here, TODAY)
    assert [(one.post, one.team) for one in found] == [("team_manager", "South")]


def test_whoever_holds_a_post_for_the_whole_council_holds_it_for_each_team() -> None:
    here = [
        held("team_manager", "North"),
        held("team_manager"),
        held("social_worker", "South"),
    ]
    assert [one.post for one in vacancies(["team_manager"], here, TODAY)] == []


def test_a_team_is_one_for_which_somebody_works_or_will() -> None:
    here = [
        held("iro", "West", until=day("Fri 2025-05-30")),
        held("iro", "east", since=day("Mon 2025-06-09")),
        held("iro", "North"),
    ]
    assert teams_of(here, TODAY) == ("east", "North")


@pytest.mark.parametrize(
    ("spans", "empty"),
    [
        ([], "Mon 2025-06-02"),
        ([("Mon 2025-06-09", None)], "Mon 2025-06-02"),
        ([("Mon 2020-01-06", None)], None),
        ([("Mon 2020-01-06", "Fri 2025-06-13")], "Sat 2025-06-14"),
        ([("Mon 2020-01-06", "Fri 2025-06-13"), ("Sat 2025-06-14", None)], None),
        ([("Mon 2020-01-06", "Fri 2025-06-13"), ("Mon 2025-06-16", None)], "Sat 2025-06-14"),
        ([("Mon 2025-06-02", None), ("Mon 2020-01-06", "Fri 2025-05-30")], None),
    ],
)
def test_the_first_day_without_anybody(
    spans: list[tuple[str, str | None]], empty: str | None
) -> None:
    here = [held("a", since=day(a), until=day(b) if b else None) for a, b in spans]
    assert first_empty_day(here, TODAY) == (day(empty) if empty else None)


LAMBETH = council("lambeth").procedure
ABOVE = [
    held(post)
    for post in (
        "service_manager",
        "assistant_director",
        "director_csc",
        "strategic_director",
        "chief_executive",
    )
]


def test_a_team_without_its_manager_is_a_gap_at_the_stage_that_asks_the_manager() -> None:
    here = [*ABOVE, held("team_manager", "North"), held("social_worker", "South")]
    assert gaps(LAMBETH, here, TODAY) == (Gap(("team_manager",), "South", ("Stage One",)),)


def test_one_of_several_posts_is_enough() -> None:
    here = [*ABOVE, held("team_manager", "North")]
    assert gaps(LAMBETH, here, TODAY) == ()


def test_a_post_that_nobody_holds_at_all_is_a_gap_for_every_child() -> None:
    without = [one for one in ABOVE if one.post != "chief_executive"]
    found = gaps(LAMBETH, [*without, held("team_manager")], TODAY)
    assert found == (Gap(("chief_executive",), "", ("Stage Six",)),)


def test_a_holder_to_come_fills_no_gap_today() -> None:
    to_come = held("team_manager", since=day("Mon 2025-06-09"))
    found = gaps(LAMBETH, [*ABOVE, to_come, held("social_worker")], TODAY)
    assert found == (Gap(("team_manager",), "", ("Stage One",)),)


def test_agencies_outside_hold_no_posts_here() -> None:
    inside = posts_inside(LAMBETH)
    assert "named_gp" not in inside
    assert "clinical_director" not in inside
    assert "statutory_dcs" not in inside, "a setting, and nobody's post"
    assert {"iro", "team_manager", "chief_executive"} <= set(inside)


@pytest.mark.parametrize("where", ["knowsley", "merton", "northamptonshire", "unnamed-2015"])
def test_where_there_are_no_partner_ladders_every_post_is_inside(where: str) -> None:
    procedure = council(where).procedure
    assert posts_inside(procedure) == tuple(procedure.roles)
