"""The duty IRO: one at a time, named on every open alert and where managers answer, with no right of its own."""

from datetime import date

import pytest

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.adapters.store.office.duties import DutyTurn
from practice_alerts.casework.acts import close
from practice_alerts.casework.core import on_duty as today
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import second_person, staff
from practice_alerts.casework.directory.cover import duty_rota, own_cover
from practice_alerts.casework.directory.cover.duty_rota import OnDuty
from practice_alerts.casework.views import service
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.directory_acts import DirectoryChange
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound
from tests.helpers.alerts.act_answers import ending
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, Desk

TODAY, SUNDAY = day("Mon 2025-06-02"), day("Sun 2025-06-08")
NEXT_WEEK, END_OF_IT = day("Mon 2025-06-09"), day("Sun 2025-06-15")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Three officers and two managers of the service; and a second council with its own."""
    more = (
        ("third_iro", "lambeth", "iro"),
        ("boss_two", "lambeth", "iro_manager"),
        ("merton_iro", "merton", "iro"),
        ("merton_boss", "merton", "iro_manager"),
    )
    with desk.office.database.writing() as tx:
        for name, council, post in more:
            one = DirectoryPerson(name, f"{name.title()} Sample", f"{name}@practice.invalid")
            directory.add_person(tx, one, [(council, post, "")], LONG_AGO)
    return desk


def put(
    desk: Desk, who: str, since: date | None = None, until: date | None = None, by: str = "boss"
) -> DutyTurn:
    return duty_rota.set_duty(desk.office, desk.actor(by), OnDuty(desk.council, who, since, until))


def now(desk: Desk, council: str = "lambeth") -> str:
    with desk.office.database.reading() as tx:
        return today.on_duty(desk.office, tx, council)


def on_duty(desk: Desk, who: str, found: Known) -> str:
    return " ".join(desk.see(who, found).of_service)


def test_without_days_it_is_from_today_for_a_week_and_the_next_follows(desk: Desk) -> None:
    put(desk, "iro")
    put(desk, "other_iro", NEXT_WEEK)
    rota = duty_rota.rota(desk.office, "lambeth")
    assert [(one.person_id, one.since, one.until) for one in rota] == [
        ("iro", TODAY, SUNDAY),
        ("other_iro", NEXT_WEEK, END_OF_IT),
    ]
    assert "Iro Sample, iro@practice.invalid" in now(desk)
    assert "until Sunday 8 June 2025" in now(desk)
    desk.at("Mon 2025-06-09")
    assert "Other_Iro Sample" in now(desk)
    desk.at("Mon 2025-06-16")
    assert (now(desk), duty_rota.rota(desk.office, "lambeth")) == ("", ())


def test_it_stands_on_every_open_alert_for_whoever_may_open_it(desk: Desk) -> None:
    found, other = desk.raised("stage-1"), desk.raised("stage-2", "other_iro")
    assert on_duty(desk, "manager", found) == ""
    put(desk, "third_iro")
    for who in ("iro", "manager", "boss"):
        assert "Third_Iro Sample" in on_duty(desk, who, found)
    assert "Third_Iro Sample" in on_duty(desk, "service", other)
    found = close.close(desk.office, found.id, ending("withdrawn", "x"), desk.doing("iro", found))
    assert on_duty(desk, "iro", found) == ""


def test_it_lets_nobody_see_or_do_more_than_before(desk: Desk) -> None:
    found = desk.raised("stage-1")
    put(desk, "third_iro")
    with desk.office.database.reading() as tx:
        known = load(desk.office, tx, found.id)
    assert not [act for act in Act if known.may(desk.actor("third_iro"), act)]
    assert not desk.can_open("third_iro", found)


def test_it_is_kept_told_to_them_and_listed_for_the_service(desk: Desk) -> None:
    done = put(desk, "third_iro")
    duty_rota.end_duty(desk.office, desk.actor("admin"), ("lambeth", done.id), TODAY, reason="Ill.")
    entries = second_person.of_person(desk.office, "lambeth", "third_iro").entries
    assert [(one.what.change, one.by) for one in entries] == [
        (DirectoryChange.DUTY_ENDED, "admin"),
        (DirectoryChange.DUTY_SET, "boss"),
    ]
    assert [to for to, name, _ in desk.mails() if name == "directory_changed"] == ["third_iro"] * 2
    seen = service.service(desk.office, desk.actor("boss_two")).duties
    assert [(one.person_id, one.until) for one in seen] == [("third_iro", TODAY)]


def test_whoever_is_on_duty_hears_who_stands_in_for_managers(desk: Desk) -> None:
    put(desk, "third_iro")
    put(desk, "iro", NEXT_WEEK)
    own_cover.name(desk.office, desk.actor("manager"), "elsewhere", (None, SUNDAY))
    told = {to for to, name, _ in desk.mails() if name == "cover_named"}
    assert told == {"boss", "boss_two", "third_iro"}


def test_one_that_has_not_begun_is_taken_back(desk: Desk) -> None:
    done = put(desk, "iro", NEXT_WEEK)
    duty_rota.end_duty(desk.office, desk.actor("boss"), ("lambeth", done.id), TODAY)
    assert duty_rota.rota(desk.office, "lambeth") == ()
    with pytest.raises(NotFound):
        duty_rota.end_duty(desk.office, desk.actor("boss"), ("lambeth", done.id), TODAY)


@pytest.mark.parametrize(
    ("who", "since", "until", "field"),
    [
        ("manager", None, None, "person"),
        ("boss", None, None, "person"),
        ("merton_iro", None, None, "person"),
        ("", None, None, "person"),
        ("other_iro", NEXT_WEEK, TODAY, "until"),
        ("other_iro", day("Mon 2025-05-05"), None, "until"),
        ("other_iro", day("Fri 2025-06-20"), day("Mon 2025-06-30"), "since"),
        ("other_iro", day("Tue 2025-06-10"), None, "since"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    desk: Desk, who: str, since: date | None, until: date | None, field: str
) -> None:
    put(desk, "iro", day("Mon 2025-06-16"), day("Sun 2025-06-22"))
    with pytest.raises(BadAnswers) as fault:
        put(desk, who, since, until)
    assert set(fault.value.faults) == {field}
    assert len(duty_rota.rota(desk.office, "lambeth")) == 1


@pytest.mark.parametrize("last", [day("Fri 2025-05-30"), day("Mon 2025-06-30")])
def test_a_last_day_outside_it_is_refused(desk: Desk, last: date) -> None:
    done = put(desk, "iro")
    with pytest.raises(BadAnswers, match="Choose one of these days"):
        duty_rota.end_duty(desk.office, desk.actor("boss"), ("lambeth", done.id), last)


@pytest.mark.parametrize("who", ["iro", "manager", "qa", "director"])
def test_only_administrator_and_iro_manager_keep_the_rota(desk: Desk, who: str) -> None:
    done = put(desk, "iro", by="admin")
    actor = desk.actor(who)
    with pytest.raises(NotYours):
        duty_rota.set_duty(desk.office, actor, OnDuty("lambeth", "other_iro", NEXT_WEEK))
    with pytest.raises(NotYours):
        duty_rota.end_duty(desk.office, actor, ("lambeth", done.id), TODAY)
    with pytest.raises(NotYours):
        duty_rota.able(desk.office, actor, "lambeth")


def test_each_council_has_a_rota_of_its_own(desk: Desk) -> None:
    done = put(desk, "iro")
    there = Desk(desk.office, desk.clock, "merton")
    put(there, "merton_iro", by="merton_boss")
    assert "Merton_Iro Sample" in now(desk, "merton")
    assert "Merton" not in now(desk)
    with pytest.raises(NotYours):
        duty_rota.end_duty(desk.office, there.actor("merton_boss"), ("lambeth", done.id), TODAY)
    with pytest.raises(NotFound):
        duty_rota.end_duty(desk.office, there.actor("merton_boss"), ("merton", done.id), TODAY)


def test_whoever_has_left_or_holds_no_post_here_any_more_is_not_named(desk: Desk) -> None:
    put(desk, "third_iro")
    put(desk, "iro", NEXT_WEEK)
    staff.leave(desk.office, COMMAND_LINE, "third_iro")
    assert now(desk) == ""
    with desk.office.database.writing() as tx:
        held = next(one for one in directory.holdings_of(tx, "lambeth") if one.person_id == "iro")
        directory.end_post(tx, held.id, SUNDAY)
    desk.at("Mon 2025-06-09")
    assert now(desk) == ""
