"""The list of formal alerts: what a director reads of it, and the e-mail that it is there."""

from __future__ import annotations

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.calendar import closures
from practice_alerts.casework.jobs import weekly_list
from practice_alerts.casework.views import formal_alerts, work_tray
from practice_alerts.casework.views.formal_alerts import FormalAlert
from practice_alerts.casework.views.tray_parts import Wanted
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.standing.list_filters import Filters
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, TEAM, Desk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """With a second director, and one of another council."""
    with desk.office.database.writing() as tx:
        for name, council in (("informed_two", "lambeth"), ("away_informed", "merton")):
            person = DirectoryPerson(name, f"{name} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, person, [(council, "informed_director", "")], LONG_AGO)
    return desk.with_readers()


def listed(desk: Desk, who: str = "informed") -> tuple[FormalAlert, ...]:
    return formal_alerts.formal_alerts(desk.office, desk.actor(who))


def told(desk: Desk) -> list[str]:
    return sorted(who for who, what, _ in desk.mails() if what == "formal_alerts")


def test_it_has_reference_stage_theme_team_and_days_of_formal_alerts_alone(desk: Desk) -> None:
    old = desk.at("Mon 2025-06-02").raised("stage-2", category=["statutory"]).alert.reference
    desk.raised("informal")
    new = desk.at("Thu 2025-06-05").raised("stage-1", "other_iro", team="Sample Team South")
    desk.at("Mon 2025-06-09")
    first, second = listed(desk)
    assert (first.reference, first.stage, first.team, first.days) == (old, "Stage Two", TEAM, 5)
    assert (second.reference, second.days) == (new.alert.reference, 2)
    assert second.team == "Sample Team South"
    assert first.theme != second.theme
    said = repr(listed(desk))
    for word in ("Kit", "Muster", "S-100001", "Iro Sample", "Manager Sample", "K. M."):
        assert word not in said


def test_what_is_closed_is_not_in_it(desk: Desk) -> None:
    found = desk.raised("stage-1")
    ending = act_answers.ending("withdrawn", "It was settled.")
    VERBS[Act.CLOSE](desk.office, found.id, ending, desk.doing("iro", found))
    assert listed(desk) == ()


@pytest.mark.parametrize("who", ["iro", "manager", "boss", "qa", "admin", "support", "director"])
def test_nobody_else_reads_it_but_an_auditor(desk: Desk, who: str) -> None:
    desk.raised("stage-1")
    assert listed(desk, "informed_two") == listed(desk, "auditor") == listed(desk)
    with pytest.raises(NotYours):
        listed(desk, who)


def test_another_council_s_alerts_are_not_in_it(desk: Desk) -> None:
    desk.raised("stage-1")
    desk.council = "merton"
    assert listed(desk, "away_informed") == ()


def test_a_director_opens_and_lists_what_is_put_to_them_and_nothing_else(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert not desk.can_open("informed", found)
    assert work_tray.offered(desk.office, desk.actor("informed")) == ("mine",)
    wanted = Wanted(Filters(whose="service"))
    assert work_tray.tray(desk.office, desk.actor("informed"), wanted).parts == ()
    desk.give("team_manager", "informed_two")
    asked = desk.raised("stage-1", manager="Informed_Two Sample")
    assert desk.can_open("informed_two", asked) == (
        "informed_two" in {one.id for one in asked.alert.people_asked}
    )


def test_each_director_is_told_once_a_week_on_its_first_working_day(desk: Desk) -> None:
    desk.raised("stage-1")
    desk.at("Mon 2025-06-09 06:59")
    assert weekly_list.write_weekly_lists(desk.office) == 0
    desk.at("Mon 2025-06-09 07:00")
    assert weekly_list.write_weekly_lists(desk.office) == 2
    assert told(desk) == ["informed", "informed_two"]
    for when in ("Mon 2025-06-09 07:05", "Tue 2025-06-10", "Fri 2025-06-13", "Sat 2025-06-14"):
        assert weekly_list.write_weekly_lists(desk.at(when).office) == 0
    snow = closures.Closing(day("Mon 2025-06-16"), None, "Training.")
    closures.close(desk.office, COMMAND_LINE, "lambeth", snow)
    assert weekly_list.write_weekly_lists(desk.at("Mon 2025-06-23").office) == 2


def test_the_e_mail_says_where_the_list_is_and_nothing_of_any_alert(desk: Desk) -> None:
    found = desk.raised("stage-1")
    weekly_list.write_weekly_lists(desk.at("Mon 2025-06-09 08:00").office)
    texts = [text for _, what, text in desk.mails() if what == "formal_alerts"]
    assert len(texts) == 2
    for text in texts:
        assert "/app/formal-alerts" in text
        for word in (found.alert.reference, "Kit", "S-100001", TEAM, "Stage"):
            assert word not in text


def test_where_no_formal_alert_is_open_nobody_is_told(desk: Desk) -> None:
    desk.raised("informal")
    assert weekly_list.write_weekly_lists(desk.at("Mon 2025-06-09 08:00").office) == 0


def test_the_week_is_taken_up_on_its_first_working_day_whichever_that_is(desk: Desk) -> None:
    """Monday 25 August 2025 is a bank holiday."""
    desk.at("Mon 2025-06-02").raised("stage-1")
    assert weekly_list.write_weekly_lists(desk.at("Mon 2025-08-25 09:00").office) == 0
    assert weekly_list.write_weekly_lists(desk.at("Tue 2025-08-26 09:00").office) == 2
