"""The support of the IRO service enters the service's own cover, and nobody else's."""

from __future__ import annotations

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.directory import office_view, second_person
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.views import service, work_tray
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.directory.office_permissions import NotYours, NotYourself
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk

FRIDAY = day("Fri 2025-06-06")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return desk.with_readers()


def test_support_lets_one_officer_stand_in_for_another(desk: Desk) -> None:
    by = desk.actor("support")
    done = absence_cover.set_cover(desk.office, by, Cover("iro", "other_iro", None, FRIDAY))
    found = desk.raised("stage-1")
    assert desk.can_open("other_iro", found)
    (entry,) = second_person.look(desk.office, desk.actor("boss"), "lambeth").entries
    assert (entry.by, entry.what.person, entry.what.stand_in) == ("support", "iro", "other_iro")
    absence_cover.end_cover(desk.office, by, done.id, desk.office.today)


@pytest.mark.parametrize("away", ["manager", "service", "chief", "worker", "qa", "admin"])
def test_support_enters_nobody_else_s_cover(desk: Desk, away: str) -> None:
    cover = Cover(away, "other_iro", None, FRIDAY)
    with pytest.raises(NotYours):
        absence_cover.set_cover(desk.office, desk.actor("support"), cover)


def test_support_ends_nobody_else_s_cover(desk: Desk) -> None:
    with desk.office.database.writing() as tx:
        directory.add_cover(tx, "manager", "elsewhere", LONG_AGO, FRIDAY)
        (cover,) = directory.coverings(tx, desk.office.today)
    with pytest.raises(NotYours):
        absence_cover.end_cover(desk.office, desk.actor("support"), cover.id, desk.office.today)


def test_an_officer_who_is_a_manager_of_the_chain_too_is_not_support_s_to_cover(
    desk: Desk,
) -> None:
    desk.give("team_manager", "iro")
    cover = Cover("iro", "other_iro", None, FRIDAY)
    with pytest.raises(NotYours):
        absence_cover.set_cover(desk.office, desk.actor("support"), cover)


def test_nobody_in_support_stands_in_by_their_own_hand_or_without_the_post(desk: Desk) -> None:
    by = desk.actor("support")
    with pytest.raises(NotYourself):
        absence_cover.set_cover(desk.office, by, Cover("iro", "support", None, FRIDAY))
    with pytest.raises(BadAnswers, match="holds no post of the reviewing service"):
        absence_cover.set_cover(desk.office, by, Cover("iro", "worker", None, FRIDAY))


def test_support_lists_every_alert_and_neither_loads_nor_changes(desk: Desk) -> None:
    desk.raised("stage-1")
    by = desk.actor("support")
    wanted = Wanted(Filters(whose="service"))
    assert sum(part.count for part in work_tray.tray(desk.office, by, wanted).parts) == 1
    assert office_view.look(desk.office, by, "lambeth").people
    for look in (
        lambda: service.service(desk.office, by),
        lambda: second_person.look(desk.office, by, "lambeth"),
    ):
        with pytest.raises(NotYours):
            look()
