"""What somebody may see and do follows from the posts they hold in that council today, and from nothing older."""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts import answer, close
from practice_alerts.casework.calendar import calendar_feed
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import post_holders
from practice_alerts.casework.directory.cover import absence_cover
from practice_alerts.casework.directory.cover.absence_cover import Cover
from practice_alerts.casework.directory.signing_in import links_by_mail
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.errors import Expected, NotFound
from tests.helpers.alerts.act_answers import ending
from tests.helpers.product.office import Desk, open_desk

OTHER = "merton"


def acts(desk: Desk, who: str, found: Known) -> set[Act]:
    actor = desk.actor(who)
    with desk.office.database.reading() as tx:
        known = load(desk.office, tx, found.id)
    return {act for act in Act if known.may(actor, act)}


def end_every_post(desk: Desk, who: str) -> None:
    yesterday = desk.office.today - timedelta(days=1)
    with desk.office.database.reading() as tx:
        mine = [one.id for one in directory.holdings_of(tx, desk.council) if one.person_id == who]
    for holding in mine:
        post_holders.end_post(desk.office, COMMAND_LINE, holding, yesterday)


def give_elsewhere(desk: Desk, who: str, post: str) -> None:
    with desk.office.database.writing() as tx:
        directory.give_post(tx, directory.PostHolding(who, OTHER, post), date(2000, 1, 1))


def sign_in_as(desk: Desk, who: str) -> str:
    return desk.office.sign_in.use(desk.office.sign_in.issue_link(who)).session_token  # type: ignore[union-attr]


def token_of(desk: Desk, who: str) -> str:
    address = calendar_feed.make(desk.office, who)
    return address.rpartition("/")[2].removesuffix(".ics")


class Outbox:
    def __init__(self) -> None:
        self.sent: list[Email] = []

    def send(self, email: Email) -> None:
        self.sent.append(email)


@pytest.mark.parametrize("elsewhere", [None, "team_manager", "iro", "qa_lead"])
@pytest.mark.parametrize("who", ["iro", "manager", "boss"])
def test_without_a_post_in_the_council_nobody_sees_or_does_anything_there(
    desk: Desk, who: str, elsewhere: str | None
) -> None:
    found = desk.raised("stage-1")
    before = acts(desk, who, found)
    end_every_post(desk, who)
    if elsewhere:
        give_elsewhere(desk, who, elsewhere)
    assert Act.SEE in before
    assert acts(desk, who, found) == set()
    with pytest.raises(NotFound):
        desk.see(who, found)


def test_whoever_lost_their_posts_closes_and_answers_nothing(desk: Desk) -> None:
    found = desk.raised("stage-1")
    asking = desk.see("manager", found).asking_id
    assert asking is not None
    end_every_post(desk, "iro")
    end_every_post(desk, "manager")
    with pytest.raises(Expected):
        close.close(desk.office, found.id, ending("put_right", "x"), desk.doing("iro", found))
    with desk.office.database.reading() as tx, pytest.raises(NotFound):
        answer.asked(desk.office, tx, "manager", asking)


def test_a_cover_without_a_post_of_their_own_acts_for_nobody(desk: Desk) -> None:
    found = desk.raised("stage-1")
    friday = desk.office.today + timedelta(days=4)
    absence_cover.set_cover(
        desk.office, desk.actor("admin"), Cover("iro", "other_iro", None, friday)
    )
    assert Act.CLOSE in acts(desk, "other_iro", found)
    end_every_post(desk, "other_iro")
    assert acts(desk, "other_iro", found) == set()


def test_a_session_ends_with_the_last_post_and_no_link_opens_another(desk: Desk) -> None:
    token = sign_in_as(desk, "manager")
    assert desk.office.sign_in.look_up(token) is not None
    found = desk.raised("stage-1")
    asking = desk.see("manager", found).asking_id
    assert asking is not None
    end_every_post(desk, "manager")
    box = Outbox()
    links_by_mail.mail_link(desk.office, box, "manager@practice.invalid", "/app/")
    links_by_mail.mail_link_to_asked(desk.office, box, asking)
    assert box.sent == []
    assert desk.office.sign_in.look_up(token) is None
    assert desk.office.sign_in.look_up(sign_in_as(desk, "manager")) is None


def test_somebody_who_goes_on_in_another_council_stays_signed_in_for_that_alone(desk: Desk) -> None:
    token = sign_in_as(desk, "qa")
    end_every_post(desk, "qa")
    give_elsewhere(desk, "qa", "social_worker")
    who = desk.office.sign_in.look_up(token)
    assert who is not None
    assert who.posts == {(OTHER, "social_worker")}
    assert who.councils_as("qa_lead", "iro_manager") == frozenset()


def test_the_calendar_of_somebody_without_posts_is_empty(desk: Desk) -> None:
    reference = desk.raised("stage-1").alert.reference.encode()
    token = token_of(desk, "iro")
    assert reference in (calendar_feed.read(desk.office, token) or b"")
    end_every_post(desk, "iro")
    assert reference not in (calendar_feed.read(desk.office, token) or b"")


PEOPLE = ("iro", "other_iro", "manager", "elsewhere", "worker", "boss", "qa", "admin")
POSTS = ("iro", "team_manager", "social_worker", "iro_manager", "qa_lead", "administrator")
DAY = st.integers(-3, 3)
HELD = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from(["lambeth", OTHER]), st.sampled_from(POSTS), DAY, DAY
)


@settings(max_examples=60, deadline=None)
@given(history=st.lists(HELD, max_size=8), covers=st.lists(st.permutations(PEOPLE), max_size=2))
def test_whatever_the_history_of_the_directory_rights_need_a_post_of_today(
    history: list[tuple[str, str, str, int, int]], covers: list[list[str]]
) -> None:
    with TemporaryDirectory() as folder:
        desk = open_desk(Path(folder) / "data")
        found = desk.raised("stage-1")
        calendars = {who: token_of(desk, who) for who in PEOPLE}
        _rewrite(desk, history, covers)
        today = {
            (who, council, post)
            for who, council, post, first, last in history
            if first <= 0 <= last
        }
        for who in PEOPLE:
            here = {
                post for person, council, post in today if (person, council) == (who, "lambeth")
            }
            found_in = desk.office.sign_in.look_up(sign_in_as(desk, who))
            held = found_in.posts if found_in else frozenset()
            assert held == {(council, post) for person, council, post in today if person == who}
            if not here:
                assert acts(desk, who, found) == set()
                entries = calendar_feed.read(desk.office, calendars[who]) or b""
                assert found.alert.reference.encode() not in entries
        desk.office.database.close()


def _rewrite(
    desk: Desk, history: list[tuple[str, str, str, int, int]], covers: list[list[str]]
) -> None:
    """These posts and covers, and no others that anybody ever held."""
    day = desk.office.today
    with desk.office.database.writing() as tx:
        tx.execute(t.holdings.delete())
        for who, council, post, first, last in history:
            if first <= last:
                holding = directory.PostHolding(who, council, post)
                directory.give_post(
                    tx, holding, day + timedelta(days=first), day + timedelta(days=last)
                )
        for away, stands_in, *_ in covers:
            directory.add_cover(tx, away, stands_in, day, day)
