"""Whoever was asked or told reads a closed alert for some months, by its page and by lists alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from practice_alerts.adapters.store.alerts import current_state, tray_rows
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import answer
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.core.list_status import named_stages
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.dates import months_before
from practice_alerts.domain.errors import NotANumber, NotFound
from practice_alerts.domain.seeing.search_words import sought
from practice_alerts.office import Settings
from tests.helpers.alerts import act_answers
from tests.helpers.product.office import LONG_AGO, POSTS, Desk, open_desk
from tests.helpers.stories.played import Played

READERS = ("manager", "service", "told", "told_2")
"""Asked at the first stage, asked at the last, and sent a copy."""
ALWAYS = ("iro", "boss", "boss_2")
STRANGERS = ("qa", "qa_2", "other_iro", "iro_2", "manager_2", "service_2", "admin", "elsewhere")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two holders of each post."""
    opened = open_desk(tmp_path / "data")
    people = {f"{who}_2": post for who, post in POSTS.items()}
    people |= {"told": ("qa_service", ""), "told_2": ("qa_service", "")}
    with opened.office.database.writing() as tx:
        for who, (post, team) in people.items():
            somebody = DirectoryPerson(who, f"{who.title()} Second", f"{who}@practice.invalid")
            directory.add_person(tx, somebody, [("lambeth", post, team)], LONG_AGO)
    yield opened
    opened.office.database.close()


def closed(desk: Desk) -> Played:
    """Asked of two managers in turn, and closed on Monday 16 June."""
    tale = Played(desk, desk.at("Mon 2025-06-02").raised("stage-1"))
    tale.goes_on("iro", "stage-2", "service")
    desk.at("Mon 2025-06-16")
    tale.does("iro", Act.CLOSE, **act_answers.ending("put_right", "There is a plan."))
    return tale


def on_page(desk: Desk, found: Known) -> set[str]:
    return {who for who in everybody() if desk.can_open(who, found)}


def everybody() -> tuple[str, ...]:
    return (*READERS, *ALWAYS, *STRANGERS)


def in_search(desk: Desk, found: Known) -> set[str]:
    """Who finds it by its reference, asking columns alone."""
    listed = set()
    for who in everybody():
        actor = desk.actor(who)
        with desk.office.database.reading() as tx:
            named = named_stages(desk.office, tx, actor)
            reader = work_tray.reader_of(desk.office, actor)
            if tray_rows.search(
                tx,
                reader,
                tray_rows.Search(sought(found.alert.reference), closed=True, most=5),
                named,
            ):
                listed.add(who)
    return listed


def opens_answer_page(desk: Desk, found: Known, who: str) -> bool:
    with desk.office.database.reading() as tx:
        asking = next(one for one in current_state.askings_of(tx, found.id) if one.person_id == who)
        try:
            answer.asked(desk.office, tx, who, asking.id)
        except NotFound:
            return False
    return True


def test_they_read_to_the_last_day_of_six_months_and_no_longer(desk: Desk) -> None:
    found = closed(desk).alert
    for day, read in (
        ("Tue 2025-07-01", True),
        ("Tue 2025-12-16", True),
        ("Wed 2025-12-17", False),
    ):
        desk.at(day)
        expected = {*ALWAYS, *READERS} if read else {*ALWAYS}
        assert on_page(desk, found) == expected, day
        assert in_search(desk, found) == expected - {"told", "told_2"}, day
        for who in ("manager", "service"):
            assert opens_answer_page(desk, found, who) is read, (day, who)


def test_an_open_alert_is_read_however_long_ago_they_were_asked(desk: Desk) -> None:
    tale = Played(desk, desk.at("Mon 2025-06-02").raised("stage-1"))
    tale.goes_on("iro", "stage-2", "service")
    desk.at("Mon 2026-06-01")
    assert on_page(desk, tale.alert) == {*ALWAYS, *READERS}
    assert {"manager", "service"} <= in_search(desk, tale.alert)


def test_opened_again_it_is_read_again_and_closed_again_it_counts_anew(desk: Desk) -> None:
    tale = closed(desk)
    desk.at("Mon 2026-01-12")
    assert not desk.can_open("service", tale.alert)
    tale.does("iro", Act.REOPEN, reason="It was not put right.")
    assert on_page(desk, tale.alert) == {*ALWAYS, *READERS}
    tale.does("iro", Act.CLOSE, **act_answers.ending("put_right", "Now there is a plan."))
    for day, read in (("Sun 2026-07-12", True), ("Mon 2026-07-13", False)):
        desk.at(day)
        assert desk.can_open("service", tale.alert) is read
        assert ("service" in in_search(desk, tale.alert)) is read


def test_whoever_was_let_go_when_the_case_moved_reads_no_longer_than_the_others(
    desk: Desk,
) -> None:
    tale = Played(desk, desk.at("Mon 2025-06-02").raised("stage-1"))
    with desk.office.database.reading() as tx:
        form = act_form(desk.office, tx, tale.alert, Act.MOVE_CASE)
    stands = {**tale.alert.alert.answers, "team_manager": "Manager_2 Second"}
    typed = {one.id: stands.get(one.id) for one in form.fields() if stands.get(one.id)}
    tale.does("iro", Act.MOVE_CASE, **typed, since="2025-06-02", reason="Another has the case.")
    desk.at("Mon 2025-06-16")
    tale.does("iro", Act.CLOSE, **act_answers.ending("put_right", "There is a plan."))
    assert opens_answer_page(desk.at("Tue 2025-12-16"), tale.alert, "manager")
    assert not opens_answer_page(desk.at("Wed 2025-12-17"), tale.alert, "manager")


def test_the_months_are_a_setting(desk: Desk) -> None:
    found = closed(desk).alert
    office = desk.office
    shorter = replace(office, settings=replace(office.settings, months_after_closing=1))
    desk.office = shorter
    assert desk.at("Wed 2025-07-16").can_open("service", found)
    assert not desk.at("Thu 2025-07-17").can_open("service", found)
    name = "PRACTICE_ALERTS_MONTHS_AFTER_CLOSING"
    assert Settings.read({}).months_after_closing == 6
    assert Settings.read({name: "12"}).months_after_closing == 12
    for wrong in ("0", "121", "six"):
        with pytest.raises(NotANumber, match=name):
            Settings.read({name: wrong})


def test_months_before_ends_with_the_month() -> None:
    assert months_before(date(2025, 12, 31), 6) == date(2025, 6, 30)
    assert months_before(date(2024, 8, 31), 6) == date(2024, 2, 29)
    assert months_before(date(2025, 3, 15), 15) == date(2023, 12, 15)
    assert months_before(date(2025, 1, 1), 12) == date(2024, 1, 1)
