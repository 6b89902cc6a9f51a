"""One-time links and the sessions they open."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from practice_alerts.adapters.links_and_sessions import Entered, LinkState, SignIn
from tests.helpers.days import moment
from tests.helpers.product.sign_in_rows import Person, SignInRows

KEY = "a key for tests, long enough to pass"


@dataclass
class Clock:
    at: datetime = field(default_factory=lambda: moment("Mon 2026-06-01 09:00"))

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Desk:
    clock: Clock = field(default_factory=Clock)
    rows: SignInRows = field(
        default_factory=lambda: SignInRows(
            {"p1": Person("Ros Iro", frozenset({("lambeth", "iro")}))}
        )
    )

    def __post_init__(self) -> None:
        self.desk = SignIn(self.rows, KEY, self.clock)

    def enter(self) -> Entered:
        entered = self.desk.use(self.desk.issue_link("p1"))
        assert isinstance(entered, Entered)
        return entered


@pytest.fixture
def here() -> Desk:
    return Desk()


def test_a_link_opens_one_session_for_its_person(here: Desk) -> None:
    token = here.desk.issue_link("p1", "/app/alert")
    entered = here.desk.use(token)
    assert isinstance(entered, Entered)
    assert entered.next_path == "/app/alert"
    who = here.desk.look_up(entered.session_token)
    assert who is not None
    assert (who.person_id, who.name, who.posts) == (
        "p1",
        "Ros Iro",
        frozenset({("lambeth", "iro")}),
    )


def test_looking_at_a_link_does_not_use_it_up(here: Desk) -> None:
    token = here.desk.issue_link("p1")
    assert [here.desk.peek(token) for _ in range(5)] == [LinkState.USABLE] * 5
    assert isinstance(here.desk.use(token), Entered)


def test_a_used_link_opens_nothing_more(here: Desk) -> None:
    token = here.desk.issue_link("p1")
    here.desk.use(token)
    assert here.desk.peek(token) is LinkState.USED
    assert here.desk.use(token) is LinkState.USED
    assert len(here.rows.sessions) == 1


def test_of_many_who_use_a_link_at_once_one_gets_in(here: Desk) -> None:
    token = here.desk.issue_link("p1")
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(here.desk.use, [token] * 8))
    assert sum(isinstance(outcome, Entered) for outcome in outcomes) == 1
    assert len(here.rows.sessions) == 1


def test_a_link_lasts_half_an_hour(here: Desk) -> None:
    token = here.desk.issue_link("p1")
    here.clock.at += timedelta(minutes=29)
    assert here.desk.peek(token) is LinkState.USABLE
    here.clock.at += timedelta(minutes=1)
    assert here.desk.peek(token) is LinkState.EXPIRED
    assert here.desk.use(token) is LinkState.EXPIRED


def test_a_link_whose_row_was_swept_away_has_expired(here: Desk) -> None:
    token = here.desk.issue_link("p1")
    here.rows.links.clear()
    assert here.desk.peek(token) is LinkState.EXPIRED


def test_a_link_signed_with_another_key_is_forged(here: Desk) -> None:
    token = SignIn(here.rows, "another key, also long enough to pass", here.clock).issue_link("p1")
    assert here.desk.peek(token) is LinkState.FORGED
    assert here.desk.use(token) is LinkState.FORGED


@pytest.mark.parametrize("token", ["", "x", "a.b", "é", "\x00", "." * 5000])
def test_nonsense_is_forged_and_no_session(here: Desk, token: str) -> None:
    assert here.desk.peek(token) is LinkState.FORGED
    assert here.desk.look_up(token) is None


def test_every_changed_letter_of_a_session_is_noticed(here: Desk) -> None:
    token = here.enter().session_token
    # The last letter of the signature carries bits that base64 leaves out, so it may change.
    for place in range(len(token) - 1):
        other = "A" if token[place] != "A" else "B"
        assert here.desk.look_up(token[:place] + other + token[place + 1 :]) is None


def test_a_link_is_no_session_and_a_session_is_no_link(here: Desk) -> None:
    assert here.desk.look_up(here.desk.issue_link("p1")) is None
    assert here.desk.peek(here.enter().session_token) is LinkState.FORGED


def test_the_store_never_sees_what_opens_a_session(here: Desk) -> None:
    token = here.enter().session_token
    secret = token.rpartition(".")[0]
    assert secret not in repr(here.rows)
    (digest,) = here.rows.sessions
    assert here.desk.look_up(digest) is None


def test_a_session_ends_after_twelve_hours(here: Desk) -> None:
    token = here.enter().session_token
    here.clock.at += timedelta(hours=12)
    assert here.desk.look_up(token) is None


def test_signing_out_closes_this_session_and_no_other(here: Desk) -> None:
    desk_computer, telephone = here.enter().session_token, here.enter().session_token
    here.desk.revoke(desk_computer)
    assert here.desk.look_up(desk_computer) is None
    assert here.desk.look_up(telephone) is not None


def test_an_administrator_closes_every_session_of_a_person(here: Desk) -> None:
    tokens = [here.enter().session_token for _ in range(3)]
    here.desk.revoke_person("p1")
    assert [here.desk.look_up(token) for token in tokens] == [None] * 3


def test_a_role_taken_away_is_gone_at_the_next_look(here: Desk) -> None:
    token = here.enter().session_token
    here.rows.people["p1"].posts = frozenset({("merton", "iro")})
    who = here.desk.look_up(token)
    assert who is not None
    assert who.posts == {("merton", "iro")}


def test_somebody_who_left_is_signed_out(here: Desk) -> None:
    token = here.enter().session_token
    here.rows.people["p1"].left = True
    assert here.desk.look_up(token) is None
