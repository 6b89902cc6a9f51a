"""A figure holds what its list holds, for each who reads it, and tells nobody of an alert that an interest hides."""

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.review_response import hold
from practice_alerts.casework.directory import declare_interest, staff
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.views import overview, service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.ui.lists.overview_tables import put_right
from tests.helpers.alerts import act_answers
from tests.helpers.app.streamlit_app import open_screen
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk
from tests.helpers.stories.restricting import enter_seconds, restricted

HIDDEN = {"case_number": "S-100002", "child_name": "Lou Beispiel", "date_of_birth": "2012-01-01"}
READERS = ("boss", "boss_2", "boss_3", "auditor", "auditor_2")
"""One who is let in by name, two with an interest in a child, and two who are neither."""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two and more in each post, three teams, alerts of every pile, some restricted, and some about one child."""
    enter_seconds(desk)
    desk.with_readers()
    with desk.office.database.writing() as tx:
        for who, post in (("boss_3", "iro_manager"), ("auditor_2", "auditor"), ("qa_3", "qa_lead")):
            somebody = DirectoryPerson(who, who.title(), f"{who}@practice.invalid")
            directory.add_person(tx, somebody, [("lambeth", post, "")], LONG_AGO)
    desk.at("Mon 2025-06-02")
    for who in ("iro", "iro_2"):
        found = desk.raised(who=who)
        answer(
            desk.office, found.id, act_answers.reply("Done.", "done"), desk.doing("manager", found)
        )
        found = desk.raised(who=who)
        promise = act_answers.promise(day("Mon 2025-06-30"), "Toni Sample")
        hold(desk.office, found.id, promise, desk.doing(who, found))
        desk.raised("informal", who=who)
        desk.raised(who=who, team="Team West")
        desk.raised(who=who, **HIDDEN)
        for child in ({}, HIDDEN):
            shut = desk.raised(who=who, **child)
            restricted(desk, shut, second="boss_2", stand_in="iro_3")
    for who in ("boss_3", "auditor_2", "qa_3"):
        niece = ChildMeant(case_number="S-100002", reason="My niece.")
        declare_interest.declare(desk.office, desk.actor(who), niece)
    return desk.at("Tue 2025-06-10")


def listed(desk: Desk, who: str, address: str) -> int:
    chosen = Filters.read(dict(parse_qsl(urlsplit(address).query)))
    assert chosen is not None
    tray = work_tray.tray(desk.office, desk.actor(who), Wanted(chosen))
    return sum(part.count for part in tray.parts)


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("page", ["service", "board"])
def test_each_figure_is_the_length_of_the_list_that_it_opens(
    desk: Desk, page: str, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = open_screen(desk, who, page, monkeypatch).words
    links = re.findall(r'href="(/app/tray\?[^"]*)"[^>]*>([\d,]+)</a>', words)
    assert len(links) >= 5
    for address, number in links:
        assert int(number) == listed(desk, who, unescape(address)), address


@pytest.mark.parametrize(
    ("who", "counted", "others"),
    # Of 14, 4 are about the child, 4 restricted, and 2 both.
    [("boss", 10, 4), ("boss_2", 14, 0), ("boss_3", 8, 2), ("auditor_2", 8, 2)],
)
def test_restricted_ones_are_a_number_to_others_and_what_an_interest_hides_is_none(
    desk: Desk, who: str, counted: int, others: int
) -> None:
    seen = service.service(desk.office, desk.actor(who))
    told = overview.overview(desk.office, desk.actor(who))
    assert (seen.limits.open, seen.restricted, seen.not_filed) == (counted, others, counted)
    assert (told.limits, told.restricted) == (seen.limits, others)
    assert sum(one.open for one in seen.loads) == counted
    assert sum(one.count for one in told.stages) == counted


def test_a_qa_lead_with_an_interest_reads_smaller_figures_than_another(desk: Desk) -> None:
    for who, counted, others in (("qa", 10, 4), ("qa_2", 10, 4), ("qa_3", 8, 2)):
        told = overview.overview(desk.office, desk.actor(who))
        assert (told.limits.open, told.restricted) == (counted, others)
        assert len(told.longest) == sum(
            one.count for one in service.service(desk.office, desk.actor("boss")).silent
        ) - (2 if who == "qa_3" else 0)


def test_what_a_leaver_leaves_behind_tells_nothing_of_it_either(desk: Desk) -> None:
    for by, left in (("boss_3", 5), ("boss", 7)):
        with desk.office.database.reading() as tx:
            assert directory.unfinished(tx, "iro", by).own == left
    assert staff.leave(desk.office, desk.actor("boss_3"), "iro").unfinished.own == 5


@pytest.mark.parametrize(
    ("days", "number", "said"),
    [
        (None, 0, "No concern was closed as put right."),
        (4, 1, "The one concern that was closed as put right took 4 working days."),
        (0, 1, "The one concern that was closed as put right was put right on the day"),
        (
            0,
            2,
            "At least half of the 2 concerns that were closed as put right were put right on the day",
        ),
        (
            1,
            3,
            "At least half of the 3 concerns that were closed as put right took 1 working day or less.",
        ),
        (
            12,
            1200,
            "At least half of the 1,200 concerns that were closed as put right took 12 working days",
        ),
    ],
)
def test_how_long_it_took_is_true_of_two_as_of_many(
    days: int | None, number: int, said: str
) -> None:
    assert put_right(days, number).startswith(said)
