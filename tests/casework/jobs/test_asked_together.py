"""Whoever is asked on several alerts that were raised together gets one e-mail, of what they may open when it leaves."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.adapters.mail import Email, NotSent
from practice_alerts.adapters.store.office import outbox
from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.jobs.send_mail import send_waiting
from practice_alerts.casework.together.raise_together import Child, raise_together
from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.words_of_asking import WORDS
from tests.casework.jobs.test_send_mail import Postbag
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.family import WORDS as SAID
from tests.helpers.stories.family import of, raised_together
from tests.helpers.stories.restricting import enter_seconds, restricted
from tests.helpers.stories.story import Story


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two in each post at Lambeth, in three teams, and each of the three kinds of cover."""
    enter_seconds(desk)
    return desk


@pytest.fixture
def merton(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "merton", council="merton")
    yield opened
    opened.office.database.close()


def to(bag: Postbag, who: str) -> list[Email]:
    return [one for one in bag.taken if one.to == f"{who}@practice.invalid"]


def waiting(desk: Desk) -> int:
    with desk.office.database.reading() as tx:
        return len(outbox.waiting(tx, desk.at("Wed 2025-06-04").office.now()))


def test_one_email_names_each_alert_with_its_day_and_its_page(desk: Desk) -> None:
    kit, lou, anna = raised_together(desk)
    bag = Postbag()
    send_waiting(desk.office, bag)
    (email,) = to(bag, "manager")
    for one in (kit, lou):
        page = desk.see("manager", one).asking_id
        due = f"{one.alert.reference}: please answer by "
        assert due in email.body
        assert f"/respond/{page}" in email.body
    assert anna.alert.reference not in email.body
    assert email.body.count("please answer by") == 2
    assert email.subject.startswith(f"Practice alert {kit.alert.reference} and others: ")


def test_nothing_of_a_child_is_in_it(desk: Desk) -> None:
    raised_together(desk)
    bag = Postbag()
    send_waiting(desk.office, bag)
    for email in bag.taken:
        for name, said in SAID.items():
            assert not [one for one in (*name.split(), said, "S-10000") if one in email.body]
            assert "brother" not in email.body


def test_who_is_asked_about_one_of_them_gets_the_usual_one(desk: Desk) -> None:
    elsewhere = of("anna", team="Team West", team_manager="West Sample")
    _, _, anna = raised_together(desk, **elsewhere)
    written = [body for who, _, body in desk.mails() if who == "west"]
    bag = Postbag()
    send_waiting(desk.office, bag)
    (email,) = to(bag, "west")
    assert [f"{email.subject}\n{email.body}"] == written
    assert anna.alert.reference in email.subject


def test_whoever_stands_in_gets_one_as_well_and_is_told_for_whom_it_was_written(
    desk: Desk,
) -> None:
    """The manager elsewhere stands in for the manager of the two, and is asked for the third herself."""
    kit, lou, anna = raised_together(desk)
    bag = Postbag()
    send_waiting(desk.office, bag)
    (email,) = to(bag, "elsewhere")
    assert all(one.alert.reference in email.body for one in (kit, lou, anna))


def test_all_count_as_sent_and_none_goes_again(desk: Desk) -> None:
    raised_together(desk)
    assert send_waiting(desk.office, Postbag()) > 0
    assert waiting(desk) == 0
    assert send_waiting(desk.office, Postbag()) == 0


def test_what_was_restricted_meanwhile_is_neither_counted_nor_named(desk: Desk) -> None:
    kit, lou, _ = raised_together(desk)
    restricted(desk, lou, second="boss_2", stand_in="iro_3")
    bag = Postbag()
    send_waiting(desk.office, bag)
    (email,) = to(bag, "manager")  # asked by name, who answers it still
    assert lou.alert.reference in email.body
    covers = to(bag, "elsewhere")
    assert covers
    assert not [one for one in covers if lou.alert.reference in one.body]
    assert [one for one in covers if kit.alert.reference in one.body]


def test_nor_is_one_in_whose_child_the_reader_has_an_interest(desk: Desk) -> None:
    kit, lou, _ = raised_together(desk)
    meant = ChildMeant(case_number="S-100002", reason="My nephew.")
    declare_interest.declare(desk.office, desk.actor("manager"), meant)
    bag = Postbag()
    send_waiting(desk.office, bag)
    (email,) = to(bag, "manager")
    assert kit.alert.reference in email.subject  # one alone goes as it was written
    assert lou.alert.reference not in email.body


def test_what_is_closed_meanwhile_is_left_out(desk: Desk) -> None:
    kit, lou, _ = raised_together(desk)
    Story(desk, "iro", lou).closed("withdrawn", "It was raised in error.")
    bag = Postbag()
    send_waiting(desk.office, bag)
    asking = [one for one in to(bag, "manager") if "please answer by" in one.body.lower()]
    assert any(kit.alert.reference in one.subject for one in asking)
    assert not any("and others" in one.subject for one in asking)


def test_what_did_not_leave_waits_as_one_and_leaves_as_one(desk: Desk) -> None:
    kit, lou, _ = raised_together(desk)
    mail = "manager@practice.invalid"
    send_waiting(desk.office, Postbag({mail: NotSent("The mail server could not be reached.")}))
    desk.at("Mon 2025-06-02 09:05")
    bag = Postbag()
    send_waiting(desk.office, bag)
    (email,) = to(bag, "manager")
    assert all(one.alert.reference in email.body for one in (kit, lou))


def test_two_alerts_raised_one_after_the_other_are_written_of_apart(desk: Desk) -> None:
    desk.raised("stage-1")
    desk.raised("stage-1", case_number="S-100009", child_name="Jo Somebody")
    bag = Postbag()
    send_waiting(desk.office, bag)
    assert len(to(bag, "manager")) == 2


def test_at_another_council_as_well(merton: Desk) -> None:
    """Its form has other posts, and copies go to two more."""
    raising = wanted(merton, "practice_alert", "stage-1", case_number="M-1", child_name="Kit One")
    further = {
        name: said for name, said in raising.answers.items() if name not in {"concerns", "actions"}
    }
    further |= {"case_number": "M-2", "child_name": "Lou Two", "child_view": "Mine."}
    answers = {**raising.answers, **of("lou", **further)}
    asked = replace(raising, answers=answers)
    raise_together(merton.office, asked, (Child("lou"),), merton.doing("iro"))
    bag = Postbag()
    send_waiting(merton.office, bag)
    gathered = [one for one in bag.taken if "and others" in one.subject]
    assert len(gathered) == len({one.to for one in gathered}) > 0


def test_each_way_of_asking_has_words_for_a_list() -> None:
    asking = {name for name in KINDS if name.startswith("asked")}
    assert {*WORDS} == asking - {"asked_together"}
