"""Posts first, people second: given, ended and left empty; nobody is locked out by accident."""

from datetime import date, timedelta

import pytest

from practice_alerts.adapters.links_and_sessions import Entered
from practice_alerts.casework.directory import office_view, post_holders, second_person, staff
from practice_alerts.casework.directory.office_view import Directory
from practice_alerts.casework.directory.post_holders import PostGiven
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE, NotYours
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from tests.helpers.days import day
from tests.helpers.product.office import TEAM, Desk

SOUTH = "Sample Team South"


def seen(desk: Desk, who: str = "admin") -> Directory:
    return office_view.look(desk.office, desk.actor(who), desk.council)


def holding(desk: Desk, who: str, post: str) -> int:
    lines = (*seen(desk).posts, *seen(desk).office_posts)
    return next(
        one.held.id for one in lines if one.held and one.held.person_id == who and one.post == post
    )


def end(desk: Desk, who: str, post: str, last: date, by: Actor | None = None) -> None:
    actor = by or desk.actor("admin")
    post_holders.end_post(desk.office, actor, holding(desk, who, post), last)


def enter(desk: Desk, name: str, post: str, team: str = "", by: str = "admin") -> str:
    mail = f"{name.lower()}@practice.invalid"
    new = PostGiven(desk.council, post, team)
    return staff.add(desk.office, desk.actor(by), name, mail, new).id


# ------------------------------------------------------------------------------------------ who may


@pytest.mark.parametrize("who", ["iro", "manager", "chief", "qa"])
def test_nobody_else_looks_at_the_directory_or_changes_it(desk: Desk, who: str) -> None:
    other, office = desk.actor(who), desk.office
    post, number = PostGiven("lambeth", "iro"), holding(desk, "iro", "iro")
    with pytest.raises(NotYours):
        office_view.look(office, other, "lambeth")
    with pytest.raises(NotYours):
        staff.add(office, other, "Nia", "nia@practice.invalid", post)
    with pytest.raises(NotYours):
        staff.change(office, other, "iro", "Other", "other@practice.invalid")
    with pytest.raises(NotYours):
        staff.leave(office, other, "iro")
    with pytest.raises(NotYours):
        post_holders.give_post(office, other, "iro", post)
    with pytest.raises(NotYours):
        post_holders.end_post(office, other, number, office.today)


def test_an_administrator_elsewhere_reaches_nobody_here(desk: Desk) -> None:
    office, number = desk.office, holding(desk, "iro", "iro")
    elsewhere = desk.from_elsewhere("admin", "merton", "administrator")
    with pytest.raises(NotYours):
        office_view.look(office, elsewhere, "lambeth")
    with pytest.raises(NotYours):
        staff.add(office, elsewhere, "Nia", "nia@c.invalid", PostGiven("lambeth", "iro"))
    with pytest.raises(NotPossible, match="Nobody in this council's directory"):
        staff.leave(office, elsewhere, "iro")
    with pytest.raises(NotFound):
        post_holders.end_post(office, elsewhere, number, office.today)
    with pytest.raises(BadAnswers, match="somebody of this council"):
        post_holders.give_post(office, elsewhere, "iro", PostGiven("merton", "iro"))


def test_the_iro_manager_keeps_the_directory_but_appoints_nobody_to_the_office(desk: Desk) -> None:
    office, boss = desk.office, desk.actor("boss")
    nia = enter(desk, "Nia", "team_manager", by="boss")
    end(desk, nia, "team_manager", office.today, by=desk.actor("boss"))
    for post in ("administrator", "qa_lead", "iro_manager"):
        with pytest.raises(NotYours):
            post_holders.give_post(office, boss, "iro", PostGiven("lambeth", post))
    with pytest.raises(NotYours):
        end(desk, "qa", "qa_lead", office.today, by=desk.actor("boss"))
    with pytest.raises(NotYours):
        staff.leave(office, boss, "admin")
    with pytest.raises(NotYours):
        staff.change(office, boss, "admin", "Addi", "mine@practice.invalid")


def test_somebody_with_posts_elsewhere_is_not_this_council_s_to_let_go(desk: Desk) -> None:
    post = PostGiven("merton", "iro")
    post_holders.give_post(desk.office, COMMAND_LINE, "iro", post)
    with pytest.raises(NotPossible, match="posts in other councils too"):
        staff.leave(desk.office, desk.actor("admin"), "iro")
    with pytest.raises(NotPossible, match="posts in other councils too"):
        staff.change(desk.office, desk.actor("admin"), "iro", "Iro", "mine@practice.invalid")
    assert staff.leave(desk.office, COMMAND_LINE, "iro").person.id == "iro"


# ------------------------------------------------------------------------------------------- posts


def test_a_post_given_with_its_days_stands_in_the_directory(desk: Desk) -> None:
    until = day("Fri 2025-07-04")
    post = PostGiven("lambeth", "service_manager", "", day("Mon 2025-06-09"), until)
    post_holders.give_post(desk.office, desk.actor("admin"), "manager", post)
    line = next(
        one for one in seen(desk).posts if one.held and one.held.since == day("Mon 2025-06-09")
    )
    assert (line.title, line.held and line.held.until) == ("Service Manager", until)


def test_a_post_is_not_held_twice_at_a_time(desk: Desk) -> None:
    give = post_holders.give_post
    with pytest.raises(BadAnswers, match="is Independent Reviewing Officer already"):
        give(desk.office, desk.actor("admin"), "iro", PostGiven("lambeth", "iro"))
    end(desk, "iro", "iro", day("Fri 2025-06-06"))
    later = PostGiven("lambeth", "iro", since=day("Mon 2025-06-09"))
    assert give(desk.office, desk.actor("admin"), "iro", later).id == "iro"


def test_a_team_keeps_the_spelling_it_has(desk: Desk) -> None:
    enter(desk, "Nia", "social_worker", "  sample TEAM  north ")
    assert [line.team for line in seen(desk).teams] == [TEAM, SOUTH]


@pytest.mark.parametrize("team", ["a\nb", "a\x00", "x" * 101])
def test_a_team_that_could_not_be_printed_is_refused_at_its_field(desk: Desk, team: str) -> None:
    with pytest.raises(BadAnswers) as told:
        enter(desk, "Nia", "social_worker", team)
    assert set(told.value.faults) == {"team"}


def test_all_faults_of_somebody_new_are_told_at_once(desk: Desk) -> None:
    post = PostGiven("lambeth", "", "", desk.office.today, day("Sun 2025-06-01"))
    with pytest.raises(BadAnswers) as told:
        staff.add(desk.office, desk.actor("admin"), " ", "nowhere", post)
    assert set(told.value.faults) == {"name", "mail", "post", "until"}


def test_a_post_that_ended_cannot_be_ended_again_nor_later(desk: Desk) -> None:
    number = holding(desk, "qa", "qa_lead")
    end(desk, "qa", "qa_lead", day("Fri 2025-06-06"))
    with pytest.raises(BadAnswers, match="it ends on Friday 6 June 2025 already"):
        post_holders.end_post(desk.office, desk.actor("admin"), number, day("Mon 2025-06-09"))
    desk.at("Mon 2025-06-09")
    with pytest.raises(NotPossible, match="ended on Friday 6 June 2025"):
        post_holders.end_post(desk.office, desk.actor("admin"), number, desk.office.today)


def test_an_ended_post_is_empty_since_the_next_day_and_opens_nothing(desk: Desk) -> None:
    end(desk, "service", "service_manager", day("Fri 2025-06-06"))
    assert not [line for line in seen(desk).empty if line.post == "service_manager"]
    desk.at("Mon 2025-06-09")
    (empty,) = [line for line in seen(desk).empty if line.post == "service_manager"]
    assert empty.vacancy is not None
    assert empty.vacancy.empty_since == day("Sat 2025-06-07")
    assert desk.actor("service").posts == frozenset()


# -------------------------------------------------------------------------------- nobody to be asked


def test_a_gap_is_said_just_where_raising_would_find_nobody(desk: Desk) -> None:
    enter(desk, "Nia", "social_worker", "Sample Team West")
    (gap,) = seen(desk).gaps
    assert (gap.titles, gap.team, gap.stages) == (
        ("Team Manager",),
        "Sample Team West",
        ("Stage One",),
    )
    found = desk.raised("stage-1", team="Sample Team West", team_manager="T Typed")
    assert [one.id for one in found.run.sent.asked] == [""]
    assert desk.raised("stage-1", team=SOUTH).alert.is_open


def test_a_gap_opens_the_day_a_post_falls_empty_and_closes_when_it_is_filled(desk: Desk) -> None:
    end(desk, "service", "service_manager", day("Mon 2025-06-02"))
    assert seen(desk).gaps == ()
    desk.at("Tue 2025-06-03")
    assert [gap.stages for gap in seen(desk).gaps] == [("Stage Two",)]
    enter(desk, "Nia", "service_manager")
    assert seen(desk).gaps == ()


# ------------------------------------------------------------------------------------------- leaving


def session_of(desk: Desk, who: str) -> str:
    token = desk.office.sign_in.issue_link(who)
    entered = desk.office.sign_in.use(token)
    assert isinstance(entered, Entered)
    return entered.session_token


def test_whoever_leaves_is_signed_out_and_their_posts_are_empty_at_once(desk: Desk) -> None:
    token = session_of(desk, "service")
    staff.leave(desk.office, desk.actor("admin"), "service")
    assert desk.office.sign_in.look_up(token) is None
    (empty,) = [line for line in seen(desk).empty if line.post == "service_manager"]
    assert empty.vacancy is not None
    assert empty.vacancy.empty_since == desk.office.today
    assert [gap.stages for gap in seen(desk).gaps] == [("Stage Two",)]


def test_leaving_counts_what_still_stands_in_their_name(desk: Desk) -> None:
    desk.raised("stage-1")
    desk.raised("stage-1")
    gone = staff.leave(desk.office, desk.actor("admin"), "iro")
    assert (gone.unfinished.own, gone.unfinished.asked) == (2, 0)
    gone = staff.leave(desk.office, desk.actor("admin"), "manager")
    assert (gone.unfinished.own, gone.unfinished.asked) == (0, 2)
    assert [person.id for person in seen(desk).left] == ["iro", "manager"]


def test_another_address_ends_every_session_and_another_name_none(desk: Desk) -> None:
    token, admin = session_of(desk, "iro"), desk.actor("admin")
    staff.change(desk.office, admin, "iro", "Iro Married", "iro@practice.invalid")
    assert desk.office.sign_in.look_up(token) is not None
    staff.change(desk.office, admin, "iro", "Iro Married", "married@practice.invalid")
    assert desk.office.sign_in.look_up(token) is not None, "nobody has confirmed it yet"
    (waiting,) = second_person.look(desk.office, admin, "lambeth").waiting
    second_person.confirm(desk.office, desk.actor("boss"), "lambeth", waiting.number)
    assert desk.office.sign_in.look_up(token) is None


def test_an_address_that_somebody_has_is_refused_at_its_field(desk: Desk) -> None:
    with pytest.raises(BadAnswers) as told:
        staff.change(desk.office, desk.actor("admin"), "iro", "Iro", "QA@practice.invalid")
    assert "is Qa Sample's already" in told.value.faults["mail"]


# -------------------------------------------------------------------------- the last administrator


def test_the_last_administrator_cannot_leave(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="nobody would be administrator of Lambeth"):
        staff.leave(desk.office, COMMAND_LINE, "admin")
    assert desk.actor("admin").posts == {"administrator"}


def test_the_last_administrator_s_post_cannot_be_ended(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="From Saturday 7 June 2025 nobody"):
        end(desk, "admin", "administrator", day("Fri 2025-06-06"), by=COMMAND_LINE)
    assert seen(desk).no_administrator_from is None


def test_a_successor_must_begin_before_the_last_one_ends(desk: Desk) -> None:
    later = PostGiven("lambeth", "administrator", since=day("Mon 2025-06-16"))
    post_holders.give_post(desk.office, COMMAND_LINE, "qa", later)
    with pytest.raises(NotPossible, match="From Saturday 14 June 2025 nobody"):
        end(desk, "admin", "administrator", day("Fri 2025-06-13"), by=COMMAND_LINE)
    end(desk, "admin", "administrator", day("Sun 2025-06-15"), by=COMMAND_LINE)
    assert seen(desk).no_administrator_from is None


def test_a_second_administrator_for_a_while_does_not_let_the_first_go(desk: Desk) -> None:
    until = desk.office.today + timedelta(days=30)
    short = PostGiven("lambeth", "administrator", until=until)
    post_holders.give_post(desk.office, COMMAND_LINE, "qa", short)
    with pytest.raises(NotPossible, match="nobody would be administrator"):
        staff.leave(desk.office, COMMAND_LINE, "admin")
    assert [one.person.id for one in seen(desk).people if one.person.id == "admin"] == ["admin"]
