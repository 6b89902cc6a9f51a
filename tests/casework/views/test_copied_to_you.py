"""Whoever is only copied finds the alert in their tray while it is open, and by search for as long as they read it."""

from dataclasses import replace

import pytest

from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Relation, relations
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import Desk
from tests.helpers.product.two_councils import TwoCouncils
from tests.helpers.stories.crowded import readers
from tests.helpers.stories.restricting import restricted


@pytest.fixture
def found(two: TwoCouncils) -> Known:
    """At Lambeth, at its third stage: both holders of a post that watches got a copy."""
    two.desk.give("qa_service", "elsewhere_2")
    wish = replace(two.desk.raising("stage-3"), asked=("assistant",))
    return raise_alert(two.desk.office, wish, two.desk.doing("iro"))


def only_copied(desk: Desk, found: Known) -> set[str]:
    """Who reads it for having got a copy and in no other way."""
    named = found.rules.named(found.alert)
    copied = {one.id for one in found.alert.people_told if one.id}
    return {w for w in copied if relations(desk.actor(w), found.alert, named) == {Relation.COPIED}}


def parts(desk: Desk, who: str, found: Known) -> list[str]:
    tray = work_tray.tray(desk.office, desk.actor(who))
    reference = found.alert.reference
    return [p.id for p in tray.parts if reference in [one.row.reference for one in p.lines]]


def is_found(desk: Desk, who: str, found: Known, *, closed: bool = False) -> bool:
    reference = found.alert.reference
    hits = work_tray.search(desk.office, desk.actor(who), reference, closed=closed)
    return [one.row.reference for one in hits] == [reference]


def everybody(two: TwoCouncils) -> set[str]:
    return {one.person_id for one in two.visitors() if one.person_id}


def test_it_stands_in_the_tray_under_copied_and_is_nothing_to_do(
    two: TwoCouncils, found: Known
) -> None:
    desk = two.desk
    copied = only_copied(desk, found)
    assert len(copied) >= 2
    for who in copied:
        assert parts(desk, who, found) == ["copied"]
        assert is_found(desk, who, found)
        tray = work_tray.tray(desk.office, desk.actor(who))
        assert not tray.needs_anything
        (line,) = tray.part("copied").lines
        assert line.where.sentence == "Stage Three: waiting for an answer."
        assert not line.mails
    assert parts(desk, "iro", found) == ["waiting"]


def test_nobody_finds_there_what_they_may_not_open(two: TwoCouncils, found: Known) -> None:
    desk = two.desk
    able = readers(desk, found)
    for who in everybody(two) - able:
        assert parts(desk, who, found) == []
        assert not is_found(desk, who, found)
    assert {who for who in able if "copied" in parts(desk, who, found)} >= only_copied(desk, found)


def test_restricted_or_in_whose_child_they_have_an_interest_it_is_gone(
    two: TwoCouncils, found: Known
) -> None:
    desk = two.desk
    first, *others = sorted(only_copied(desk, found))
    child = ChildMeant(case_number="S-100001", reason="My niece.")
    declare_interest.declare(desk.office, desk.actor(first), child)
    assert (parts(desk, first, found), is_found(desk, first, found)) == ([], False)
    shut = restricted(desk, found, second="boss_2", stand_in="iro_3")
    for who in others:
        assert (parts(desk, who, shut), is_found(desk, who, shut)) == ([], False)


def test_closed_it_is_found_by_search_until_reading_is_over(two: TwoCouncils, found: Known) -> None:
    desk = two.desk
    copied = only_copied(desk, found)
    ending = act_answers.ending("withdrawn", "Raised twice.")
    done = close(desk.office, found.id, ending, desk.doing("iro", found))
    for who in copied:
        assert parts(desk, who, done) == []
        assert is_found(desk, who, done, closed=True)
    desk.at("Thu 2026-12-31")
    for who in copied:
        assert not is_found(desk, who, done, closed=True)
