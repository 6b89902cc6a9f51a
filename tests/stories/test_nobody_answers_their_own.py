"""Whoever raises an alert is never asked to answer it, in whatever other post they are, or stand in for."""

from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import PostHolding
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.standings import Standing
from tests.helpers.alerts.filled_forms import climbing, wanted
from tests.helpers.product.office import LONG_AGO, Desk
from tests.helpers.stories.sampleford import hire, sampleford

ANSWER = {"answer": {"from": "team_manager", "within": "5 working days"}}
ABOVE = {"answer": {"from": "head", "within": "5 working days"}}
HEAD = {"head": {"title": "Head of Service"}}


def gives(desk: Desk, who: str, post: str) -> None:
    with desk.office.database.writing() as tx:
        directory.give_post(tx, PostHolding(who, desk.council, post), LONG_AGO)


def empties(desk: Desk, post: str) -> None:
    with desk.office.database.writing() as tx:
        tx.execute(tables.holdings.delete().where(tables.holdings.c.post == post))


def raised(desk: Desk, **changes: object) -> Known:
    asked = wanted(desk, "concern", "stage-1", **changes)
    return raise_alert(desk.office, asked, desk.doing("iro"))


def asked(found: Known) -> list[str]:
    return [one.id or one.name for one in found.run.sent.asked]


def test_a_raiser_who_is_the_manager_on_the_form_is_not_asked(tmp_path: Path) -> None:
    desk = sampleford(tmp_path, ANSWER, ABOVE, roles=HEAD)
    empties(desk, "team_manager")
    gives(desk, "iro", "team_manager")
    found = raised(desk, team_manager="Iro Sample")
    assert asked(found) == ["Team Manager"]
    assert [person.name for _, person in to_do_by_hand(found.alert)] == ["Team Manager"]
    assert desk.mails() == []


def test_where_others_hold_the_post_one_of_them_is_chosen(tmp_path: Path) -> None:
    desk = sampleford(tmp_path, ANSWER, ABOVE, roles=HEAD)
    gives(desk, "iro", "team_manager")
    with pytest.raises(BadAnswers) as refused:
        raised(desk, team_manager="Iro Sample")
    assert "choose who is meant by Team Manager" in refused.value.faults["asked"]


def test_two_holders_of_whom_one_raised_it_leave_the_other(tmp_path: Path) -> None:
    desk = sampleford(tmp_path, ANSWER, ABOVE, roles=HEAD)
    empties(desk, "head")
    gives(desk, "iro", "head")
    hire(desk, "head_3", "head")
    found = raised(desk, team_manager="Team_Manager Sample")
    desk.at("Tue 2025-06-10")
    climb = climbing(desk, found, "stage-2", "No answer came.")
    for chosen in ((), ("iro",)):
        with pytest.raises(BadAnswers):
            escalate(desk.office, found.id, replace(climb, asked=chosen), desk.doing("iro", found))
    climb = replace(climb, asked=("head_3",))
    assert asked(escalate(desk.office, found.id, climb, desk.doing("iro", found))) == ["head_3"]


@pytest.mark.parametrize("officers", [1, 2])
def test_nobody_of_the_raisers_side_stands_in_for_an_empty_post(
    tmp_path: Path, officers: int
) -> None:
    head = {"head": {"title": "Head of Service", "stands_in": "iro"}}
    desk = sampleford(tmp_path, {**ANSWER, "answer": {"from": "head"}}, ABOVE, roles=head)
    empties(desk, "head")
    if officers == 1:
        empties(desk, "iro")
        gives(desk, "iro", "iro")
    found = raised(desk)
    assert asked(found) == ["Head of Service"]
    assert desk.mails() == []


def test_what_is_missed_by_less_than_a_working_day_says_no_number(tmp_path: Path) -> None:
    hours = {"answer": {"from": "team_manager", "within": "30 hours"}}
    above = {"answer": {"from": "head", "within": "480 hours"}}
    desk = sampleford(tmp_path, hours, above, roles=HEAD)
    desk.at("Fri 2025-06-06 16:00")
    found = raised(desk, team_manager="Team_Manager Sample")
    for when in ("Sun 2025-06-08 10:00", "Sat 2025-06-14 10:00", "Sun 2025-06-15 10:00"):
        where = desk.at(when).see("iro", found).where
        assert where.standing is Standing.NO_ANSWER
        assert "by 0 working days" not in where.sentence
