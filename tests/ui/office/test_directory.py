"""The directory, the calendar and the e-mails on the screen: seen and changed by those who may."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts.adapters.store.office import closures, directory, outbox, security_rows
from practice_alerts.adapters.store.office.closures import Closure
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.adapters.store.office.security_rows import EntriesSought
from practice_alerts.casework.directory import office_view, partner_contacts, staff
from practice_alerts.casework.directory.in_bulk import people_import
from practice_alerts.casework.directory.in_bulk.people_import import PeopleList, SavedTable
from practice_alerts.casework.directory.office_view import Directory
from practice_alerts.domain.dates import why_no_day
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.seeing.security_entries import SecurityKind
from practice_alerts.ui.page import frame, session
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.days import day
from tests.helpers.product.office import LONG_AGO, TEAM, Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def seen(desk: Desk) -> Directory:
    return office_view.look(desk.office, desk.actor("admin"), "lambeth")


def number_of(desk: Desk, who: str) -> str:
    lines = (*seen(desk).posts, *seen(desk).office_posts)
    return str(next(one.held.id for one in lines if one.held and one.held.person_id == who))


def links(screen: Screen) -> list[str]:
    return [str(one.proto.label) for one in screen.test.get("page_link")]


def menu(desk: Desk, who: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(session._here, "office", desk.office)
    return [title for _, title in frame._menu(desk.actor(who))]


# --------------------------------------------------------------------------------------------- menu


@pytest.mark.parametrize(
    ("who", "theirs"),
    [
        ("admin", {"Directory", "Calendar", "E-mails that did not arrive"}),
        ("boss", {"Directory", "E-mails that did not arrive"}),
        ("qa", set()),
        ("iro", set()),
        ("manager", set()),
    ],
)
def test_each_menu_holds_what_this_post_may_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, who: str, theirs: set[str]
) -> None:
    running = {"Directory", "Calendar", "E-mails that did not arrive"}
    assert running & set(menu(desk, who, monkeypatch)) == theirs


# -------------------------------------------------------------------------------------------- posts


def test_posts_come_first_with_vacancies_and_gaps_in_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.office.database.writing() as tx:
        directory.end_post(tx, int(number_of(desk, "service")), day("Fri 2025-05-30"))
    screen = open_screen(desk, "admin", "directory", monkeypatch)
    assert "Where nobody would be asked" in screen.words
    assert "since Saturday 31 May 2025; before: Service Sample" in screen.words
    assert "Team Manager" in screen.words
    assert "Named GP" not in screen.words, "whom one writes to outside holds no post here"


def test_a_post_is_given_to_somebody_from_a_day_to_a_day(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "boss", "directory", monkeypatch, act="give_post", of="iro")
    screen.pick("Who holds it", "qa").write("Team (optional)", "sample team north")
    screen.day("Last day (optional)", day("Fri 2025-07-04")).press("Give the post")
    assert "This post is asked for." not in screen.words
    assert "Qa Sample as Independent Reviewing Officer (sample team north): asked" in screen.words
    confirm = open_screen(desk, "admin", "directory", monkeypatch, act="confirm", of="1")
    confirm.press("Confirm it")
    (line,) = [one for one in seen(desk).posts if one.held and one.held.person_id == "qa"]
    assert line.held is not None
    assert (line.team, line.held.until) == (TEAM, day("Fri 2025-07-04"))


def test_a_refusal_is_said_at_the_top_and_at_the_field_and_nothing_typed_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "boss", "directory", monkeypatch, act="give_post")
    screen.write("Team (optional)", "Sample Team West")
    screen.day("Last day (optional)", day("Fri 2025-05-30")).press("Give the post")
    assert "There is something to put right" in screen.words
    assert "comes before the first" in screen.words
    assert "Post: choose one." in screen.words
    assert "Who holds it: choose somebody" in screen.words
    again = open_screen(desk, "boss", "directory", monkeypatch, act="give_post")
    assert again.field("Team (optional)") == "Sample Team West"
    assert again.days()["Last day (optional)"] == day("Fri 2025-05-30")


@pytest.mark.parametrize("typed", ["31/04/2026", "4/7/25", "soon"])
def test_a_day_that_is_none_is_a_fault_and_stays_as_it_was_typed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    screen = open_screen(desk, "boss", "directory", monkeypatch, act="give_post", of="iro")
    screen.pick("Who holds it", "qa").write("Last day (optional)", typed).press("Give the post")
    assert f"Last day (optional): {why_no_day(typed)}" in screen.words
    assert screen.field("Last day (optional)") == typed
    assert not [
        one for one in seen(desk).posts if one.held and one.held.person_id == "qa" and one.team
    ]


def test_a_vacancy_leads_to_a_form_that_knows_post_and_team(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.office.database.writing() as tx:
        directory.end_post(tx, int(number_of(desk, "elsewhere")), day("Fri 2025-05-30"))
        holding = directory.PostHolding("worker", "lambeth", "social_worker", "Sample Team South")
        directory.give_post(tx, holding, day("Mon 2025-06-02"))
    screen = open_screen(desk, "boss", "directory", monkeypatch)
    assert "act=give_post&amp;of=team_manager.1" in screen.words
    filled = open_screen(
        desk, "boss", "directory", monkeypatch, act="give_post", of="team_manager.1"
    )
    filled.pick("Who holds it", "manager").press("Give the post")
    assert "Manager Sample is entered as Team Manager (Sample Team South)." in filled.words
    assert seen(desk).gaps == ()


def test_a_post_is_ended_on_a_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    of = number_of(desk, "service")
    screen = open_screen(desk, "admin", "directory", monkeypatch, act="end_post", of=of)
    screen.press("End the post")
    assert "Last day: give a day." in screen.words
    screen.day("Last day", day("Fri 2025-06-06")).press("End the post")
    assert (
        "The last day of Service Sample as Service Manager is Friday 6 June 2025." in screen.words
    )


def test_the_last_administrator_s_post_is_not_ended_on_the_screen_either(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = number_of(desk, "admin")
    screen = open_screen(desk, "admin", "directory", monkeypatch, act="end_post", of=of)
    screen.day("Last day", day("Fri 2025-06-06")).press("End the post")
    assert "This is about yourself, so somebody else has to enter it" in screen.words
    assert seen(desk).no_administrator_from is None


def test_the_iro_manager_is_offered_no_post_of_the_office(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "boss", "directory", monkeypatch, act="give_post")
    assert not {"Administrator", "QA lead", "IRO manager"} & set(screen.choices("Post"))
    words = open_screen(desk, "boss", "directory", monkeypatch).words
    assert f"of={number_of(desk, 'admin')}" not in words
    assert f"of={number_of(desk, 'iro')}" in words
    of = number_of(desk, "admin")
    screen = open_screen(desk, "boss", "directory", monkeypatch, act="end_post", of=of)
    screen.day("Last day", day("Fri 2025-06-06")).press("End the post")
    assert (
        "Your post may not give, end or change who holds a post of running the office"
        in screen.words
    )


FORMS = {
    "directory": (
        *("give_post", "add_person", "confirm", "refuse", "leave", "sign_out", "set_duty"),
        *("add_contact", "interest_of", "withdraw_interest", "set_cover", "made_up"),
    ),
    "calendar": ("close", "reopen", "confirm"),
    "records": ("propose", "take_out", "carry_out", "let_stand", "adopted", "died"),
}
READS_ALONE = {"directory": "auditor", "calendar": "auditor", "records": "auditor"}


@pytest.mark.parametrize("page", FORMS)
def test_no_form_is_shown_by_its_address_to_whoever_may_not_press_it(
    desk: Desk, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.with_readers()
    for act in FORMS[page]:
        screen = open_screen(desk, READS_ALONE[page], page, monkeypatch, act=act, of="iro")
        assert "Your post may not" in screen.words, act
        assert "That is for the" in screen.words, act
        assert not screen.test.text_area, act
        assert {one.label for one in screen.test.button} <= {"Not now"}, act
    look = EntriesSought(kinds=frozenset({SecurityKind.REFUSED}))
    with desk.office.database.reading() as tx:
        put_down = security_rows.latest(tx, look, None, 100)
    assert len(put_down) == len(FORMS[page])


# ------------------------------------------------------------------------------------------- people


def test_somebody_new_is_entered_with_a_first_post(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "admin", "directory", monkeypatch, act="add_person")
    screen.write("Name", "Nia Fiction").write("Work e-mail address", "nia").pick("Post", "iro")
    screen.press("Enter them")
    assert "is no mail address" in screen.words
    screen.write("Work e-mail address", "nia@practice.invalid").press("Enter them")
    assert "Nia Fiction as Independent Reviewing Officer: asked for." in screen.words
    confirm = open_screen(desk, "boss", "directory", monkeypatch, act="confirm", of="2")
    assert "Nia Fiction reads e-mails at nia@practice.invalid" in confirm.words
    confirm.press("Confirm it")
    screen = open_screen(desk, "admin", "directory", monkeypatch, part="people")
    assert "nia@practice.invalid" in screen.words, "the list of people follows"


def test_whoever_confirms_reads_under_which_name_they_are_by_now(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name under which it was asked for may have been a colleague's."""
    mail = "nia@practice.invalid"
    screen = open_screen(desk, "admin", "directory", monkeypatch, act="add_person")
    screen.write("Name", "Nia Fiction").write("Work e-mail address", mail).pick("Post", "iro")
    screen.press("Enter them")
    with desk.office.database.reading() as tx:
        (new,) = directory.by_mail(tx, mail)
    staff.change(desk.office, COMMAND_LINE, new.id, "Other Name", mail)
    confirm = open_screen(desk, "boss", "directory", monkeypatch, act="confirm", of="2")
    assert f"Other Name reads e-mails at {mail}" in confirm.words


def test_an_address_is_corrected(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = open_screen(desk, "admin", "directory", monkeypatch, act="change_person", of="iro")
    assert screen.field("Name") == "Iro Sample"
    screen.write("Work e-mail address", "iro.sample@practice.invalid").press("Keep the correction")
    assert "Iro Sample, iro.sample@practice.invalid: asked for." in screen.words
    assert "iro.sample@practice.invalid in place of iro@practice.invalid" in screen.words
    boss = open_screen(desk, "boss", "directory", monkeypatch, act="confirm", of="1")
    boss.press("Confirm it")
    assert "Confirmed: Iro Sample: iro.sample@practice.invalid" in boss.words
    with desk.office.database.reading() as tx:
        assert directory.person(tx, "iro").mail == "iro.sample@practice.invalid"  # type: ignore[union-attr]


def test_many_changes_at_once_are_shown_one_by_one_to_whoever_confirms_them(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "name,mail,post\nAsh Fiction,ash@council.example,iro\nBea <b>,bea@council.example,iro\n"
    wanted = PeopleList("lambeth", SavedTable("people.csv", lines.encode()))
    asked = people_import.take_over(desk.office, replace(COMMAND_LINE, name="Ola Sample"), wanted)
    listed = open_screen(desk, "boss", "directory", monkeypatch, part="record")
    words = f"people import people.csv: 4 changes at once, known as {asked.mark}"
    assert words in listed.words
    assert "Ola Sample, by a command" in listed.words
    boss = open_screen(desk, "boss", "directory", monkeypatch, act="confirm", of="1")
    assert "Ash Fiction is entered, ash@council.example" in boss.words
    assert "Bea &lt;b&gt;: Independent Reviewing Officer, from" in boss.words
    boss.press("Confirm it")
    assert f"Confirmed: {words}" in boss.words
    assert "Ola Sample, confirmed by Boss Sample, by a command" in boss.words


def test_leaving_says_what_stays_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.raised("stage-1")
    screen = open_screen(desk, "boss", "directory", monkeypatch, act="leave", of="manager")
    assert "Manager Sample: Team Manager (Sample Team North)." in screen.words
    screen.press("Yes, they have left")
    assert "1 alert waits for their answer. Let somebody stand in" in screen.words
    cover = open_screen(desk, "boss", "directory", monkeypatch, part="cover")
    assert "Gone, with alerts still in their name: Manager Sample." in cover.words


@pytest.mark.parametrize("act", ["leave", "change_person", "end_post", "end_cover", "end_contact"])
def test_what_is_no_longer_there_is_said_plainly(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    screen = open_screen(desk, "admin", "directory", monkeypatch, act=act, of="999")
    assert "There is no" in screen.words
    assert "Back to the directory" in links(screen)


def test_not_now_leads_back_and_keeps_what_was_typed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = open_screen(desk, "admin", "directory", monkeypatch, act="add_person")
    screen.write("Name", "Nia Fiction").press("Not now")
    assert "Everybody with a post here" in screen.words
    again = open_screen(desk, "admin", "directory", monkeypatch, act="add_person")
    assert again.field("Name") == "Nia Fiction"


# -------------------------------------------------------------------------------------------- cover


def test_cover_is_set_seen_and_ended_early(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = open_screen(desk, "boss", "directory", monkeypatch, act="set_cover", of="iro")
    screen.pick("Who stands in", "other_iro").press("Set the cover")
    assert "Last day: give one." in screen.words
    screen.day("Last day", day("Fri 2025-06-13")).press("Set the cover")
    assert "Other_Iro Sample stands in for Iro Sample, from Monday 2 June 2025" in screen.words
    assert "Other_Iro Sample stands in until Friday 13 June 2025" in (
        open_screen(desk, "boss", "directory", monkeypatch).words
    )
    of = str(seen(desk).covers[0].id)
    end = open_screen(desk, "boss", "directory", monkeypatch, act="end_cover", of=of)
    end.day("Last day", day("Wed 2025-06-04")).press("End the cover")
    assert seen(desk).covers[0].until == day("Wed 2025-06-04")


# ----------------------------------------------------------------------------------------- partners


def test_a_partner_contact_is_added_looked_over_and_ended(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = open_screen(desk, "boss", "directory", monkeypatch, act="add_contact", of="gp.gp")
    add.write("Name", "Robin Outside").press("Add the contact")
    assert "give a day after today" in add.words
    add.day("To be looked over on", day("Tue 2025-06-03")).press("Add the contact")
    assert "Robin Outside is entered." in add.words
    desk.at("Wed 2025-06-04")
    late = open_screen(desk, "boss", "directory", monkeypatch, part="partners")
    assert "1 contact is to be looked over." in late.words
    assert "Look it over</span> since Tuesday 3 June 2025" in late.words
    posts = partner_contacts.overview(desk.office, desk.actor("boss"), "lambeth")
    of = next(one.id for post in posts for one in post.contacts)
    change = open_screen(desk, "boss", "directory", monkeypatch, act="change_contact", of=of)
    change.day("To be looked over on", day("Thu 2026-06-04")).press("Keep the change")
    assert "kept, to be looked over on Thursday 4 June 2026." in change.words
    end = open_screen(desk, "boss", "directory", monkeypatch, act="end_contact", of=of)
    end.press("End the contact")
    assert "Robin Outside is no longer offered." in end.words


def test_a_council_without_partner_ladders_has_no_such_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merton = open_desk(tmp_path / "merton", council="merton")
    screen = open_screen(merton, "admin", "directory", monkeypatch, part="partners")
    assert "Partner contacts" not in links(screen)
    assert "Posts of the procedure" in screen.words
    merton.office.database.close()


# ----------------------------------------------------------------------------------------- calendar


def test_a_day_is_closed_and_taken_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = open_screen(desk, "admin", "calendar", monkeypatch, act="close")
    screen.day("First day", day("Sat 2025-06-07")).press("Close it")
    assert "does not count as it is: Saturday" in screen.words
    assert "Reason: say it in one line" in screen.words
    screen.day("First day", day("Thu 2025-06-12")).write("Reason", "Snow & ice").press("Close it")
    assert "Thursday 12 June 2025: no longer counts." in screen.words
    assert "Admin Sample, Monday 2 June 2025" in screen.words
    assert "Snow &amp; ice" in screen.words
    back = open_screen(
        desk, "admin", "calendar", monkeypatch, act="reopen", of=day("Thu 2025-06-12").isoformat()
    )
    back.press("Take it back")
    assert "Thursday 12 June 2025 counts again." in back.words
    with desk.office.database.reading() as tx:
        assert closures.every(tx, "lambeth") == ()


def test_a_day_closed_late_waits_for_another_administrator(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = directory.DirectoryPerson("admin_b", "Bo Second", "b@practice.invalid")
    with desk.office.database.writing() as tx:
        directory.add_person(tx, second, [("lambeth", "administrator", "")], LONG_AGO)
    screen = open_screen(desk, "admin", "calendar", monkeypatch, act="close")
    assert "fewer than 5 working days ahead" in screen.words
    screen.day("First day", day("Thu 2025-06-05")).write("Reason", "Snow & ice").press("Close it")
    said = "Thursday 5 June 2025: waits for another administrator to confirm it."
    assert said in screen.words
    assert "Waiting to be confirmed by another administrator" in screen.words
    assert "act=confirm" not in screen.words
    theirs = open_screen(desk, "admin_b", "calendar", monkeypatch)
    assert "act=confirm&amp;of=2025-06-05" in theirs.words
    theirs = open_screen(desk, "admin_b", "calendar", monkeypatch, act="confirm", of="2025-06-05")
    assert "put down by Admin Sample, Monday 2 June 2025" in theirs.words
    theirs.press("Confirm it")
    assert "Thursday 5 June 2025: confirmed" in theirs.words
    assert "put down late, confirmed by Bo Second, Monday 2 June 2025" in theirs.words
    assert "Waiting to be confirmed" not in theirs.words


def test_nobody_confirms_on_the_screen_what_they_put_down_themselves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.office.database.writing() as tx:
        mine = Closure("lambeth", day("Thu 2025-06-05"), "Snow", "admin", is_late=True)
        closures.put_down(tx, [mine])
    screen = open_screen(desk, "admin", "calendar", monkeypatch, act="confirm", of="2025-06-05")
    screen.press("Confirm it")
    assert "You put this closure down, so another administrator has to confirm it." in screen.words
    back = open_screen(desk, "admin", "calendar", monkeypatch, act="reopen", of="2025-06-05")
    back.press("Take it back")
    assert "Thursday 5 June 2025 is taken back." in back.words


def test_the_calendar_lists_closures_and_bank_holidays_to_come(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with desk.office.database.writing() as tx:
        days = {day("Thu 2025-05-01"): "Election", day("Wed 2025-12-24"): "Christmas"}
        closures.put_down(tx, [Closure("lambeth", when, said) for when, said in days.items()])
    words = open_screen(desk, "admin", "calendar", monkeypatch).words
    assert words.index("Closed from today on") < words.index("Wednesday 24 December 2025")
    assert words.index("Closed before today") < words.index("Thursday 1 May 2025")
    assert "Monday 25 August 2025" in words
    assert "Monday 26 May 2025" not in words
    gone = open_screen(desk, "admin", "calendar", monkeypatch, act="reopen", of="2025-07-01")
    assert "There is no day that is closed" in gone.words


# ------------------------------------------------------------------------------------------ e-mails


def give_up(desk: Desk, *readers: str) -> None:
    found = desk.raised("stage-1")
    now = desk.office.now()
    with desk.office.database.writing() as tx:
        for notice in outbox.waiting(tx, now, most=100):
            outbox.went_out(tx, notice.id, now)
        for who in readers:
            outbox.write(tx, NewNotice(who, "asked", f"About {who}", "Text.\n", found.id), now)
        for notice in outbox.waiting(tx, now, most=100):
            trouble = "The address was refused (550)."
            outbox.did_not_go_out(tx, notice, trouble, now, for_good=True)


def test_emails_that_did_not_arrive_are_counted_in_the_menu_and_sent_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_up(desk, "manager", "service")
    assert "E-mails that did not arrive (2)" in menu(desk, "boss", monkeypatch)
    screen = open_screen(desk, "boss", "letters", monkeypatch)
    assert "2 e-mails have been given up." in screen.words
    assert "Manager Sample, manager@practice.invalid" in screen.words
    assert "The address was refused (550)." in screen.words
    assert "/app/alert?reference=LAM-2025-0001" in screen.words
    screen.press("Send again")
    assert "Sample waits to be sent again." in screen.words
    assert "1 e-mail has been given up." in screen.words
    screen.press("Send again")
    assert "Every e-mail has gone out, or is still being tried." in screen.words


def test_all_emails_are_sent_again_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    give_up(desk, "manager", "service", "chief")
    screen = open_screen(desk, "admin", "letters", monkeypatch)
    assert "/app/alert?" not in screen.words, "an administrator sees no case"
    screen.press("Send all 3 again")
    assert "3 e-mails wait to be sent again." in screen.words


def test_an_email_that_somebody_else_has_sent_already_is_said(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_up(desk, "manager")
    screen = open_screen(desk, "admin", "letters", monkeypatch)
    with desk.office.database.writing() as tx:
        (email,) = outbox.given_up(tx, "lambeth")
        assert outbox.try_again(tx, email.id, desk.office.now())
    screen.run()
    assert "Every e-mail has gone out" in screen.words
