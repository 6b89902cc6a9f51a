"""Partner agencies have contacts, one list for each post, looked over from time to time."""

from datetime import date

import pytest

from practice_alerts.adapters.store.office.partner_contacts import Contact
from practice_alerts.casework.directory import partner_contacts
from practice_alerts.casework.directory.partner_contacts import ContactDetails
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound
from tests.helpers.days import day
from tests.helpers.product.office import Desk

IN_A_YEAR = day("Tue 2026-06-02")
GP = ("gp", "practice_manager")


def told(
    name: str = "Robin Outside",
    mail: str = "robin@practice.invalid",
    note: str = "Mornings only.",
    review_on: date | None = IN_A_YEAR,
) -> ContactDetails:
    return ContactDetails(name, mail, note, review_on)


def add(
    desk: Desk, what: ContactDetails, place: tuple[str, str] = GP, who: str = "boss"
) -> Contact:
    return partner_contacts.add(desk.office, desk.actor(who), "lambeth", place, what)


def offered(desk: Desk, place: tuple[str, str] = GP) -> list[str]:
    with desk.office.database.reading() as tx:
        found = partner_contacts.contacts_for(desk.office, tx, "lambeth", *place)
    return [one.name for one in found]


@pytest.mark.parametrize("who", ["iro", "manager", "qa"])
def test_only_administrator_and_iro_manager_keep_them(desk: Desk, who: str) -> None:
    contact, actor = add(desk, told()), desk.actor(who)
    with pytest.raises(NotYours):
        add(desk, told(), who=who)
    with pytest.raises(NotYours):
        partner_contacts.change(desk.office, actor, contact.id, told())
    with pytest.raises(NotYours):
        partner_contacts.end(desk.office, actor, contact.id)
    with pytest.raises(NotYours):
        partner_contacts.overview(desk.office, actor, "lambeth")


def test_another_council_s_administrator_keeps_none_of_ours(desk: Desk) -> None:
    contact = add(desk, told())
    other = desk.from_elsewhere("x", "merton", "administrator")
    with pytest.raises(NotYours):
        partner_contacts.end(desk.office, other, contact.id)


def test_a_contact_is_offered_at_its_post_until_it_ends(desk: Desk) -> None:
    contact = add(desk, told(), who="admin")
    assert offered(desk) == ["Robin Outside"]
    assert offered(desk, ("gp", "named_gp")) == []
    partner_contacts.end(desk.office, desk.actor("boss"), contact.id)
    assert offered(desk) == []
    with pytest.raises(NotFound):
        partner_contacts.change(desk.office, desk.actor("boss"), contact.id, told())


def test_whose_day_of_review_has_passed_is_offered_last(desk: Desk) -> None:
    add(desk, told("Alex Outside", review_on=day("Tue 2025-06-03")))
    add(desk, told("Robin Outside"))
    assert offered(desk) == ["Alex Outside", "Robin Outside"]
    desk.at("Tue 2025-06-03")
    assert offered(desk) == ["Robin Outside", "Alex Outside"]


def test_saying_that_it_still_holds_moves_the_day_of_review(desk: Desk) -> None:
    contact = add(desk, told(review_on=day("Tue 2025-06-03")))
    desk.at("Mon 2025-07-07")
    assert contact.is_to_be_reviewed(desk.office.today)
    after = partner_contacts.change(desk.office, desk.actor("boss"), contact.id, told())
    assert not after.is_to_be_reviewed(desk.office.today)
    assert (after.id, after.partner, after.post) == (contact.id, *GP)


def test_the_overview_has_every_post_of_every_partner_ladder(desk: Desk) -> None:
    add(desk, told())
    posts = partner_contacts.overview(desk.office, desk.actor("boss"), "lambeth")
    found = next(one for one in posts if (one.partner, one.post) == GP)
    assert (found.partner_title, found.title) == ("General practice", "Practice Manager")
    assert found.stages == ("Stage 2",)
    assert [one.name for one in found.contacts] == ["Robin Outside"]
    assert len({one.partner for one in posts}) == 16


@pytest.mark.parametrize(
    ("what", "field"),
    [
        (told(name=" "), "name"),
        (told(name="a\x00"), "name"),
        (told(mail="robin"), "mail"),
        (told(note="x" * 501), "note"),
        (told(review_on=None), "review_on"),
        (told(review_on=day("Mon 2025-06-02")), "review_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(desk: Desk, what: ContactDetails, field: str) -> None:
    with pytest.raises(BadAnswers) as refused:
        add(desk, what)
    assert set(refused.value.faults) == {field}
    assert offered(desk) == []


def test_a_post_that_no_partner_ladder_asks_has_no_contact(desk: Desk) -> None:
    with pytest.raises(BadAnswers, match="Post: choose one"):
        add(desk, told(), ("gp", "chief_executive"))


def test_an_address_and_a_note_may_be_left_out(desk: Desk) -> None:
    contact = add(desk, told(mail="", note=""))
    assert (contact.mail, contact.note) == ("", "")
