"""How long a session lasts: idle, absolute, and ended by its owner."""

from __future__ import annotations

from datetime import timedelta

import pytest

from practice_alerts.adapters.links_and_sessions import Entered, SessionLimits, SignIn
from tests.adapters.test_links_and_sessions import KEY, Clock
from tests.helpers.product.sign_in_rows import Person, SignInRows

MINUTE = timedelta(minutes=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rows() -> SignInRows:
    iro = frozenset({("lambeth", "iro")})
    return SignInRows({"ros": Person("Ros Iro", iro), "kit": Person("Kit Iro", iro)})


@pytest.fixture
def desk(rows: SignInRows, clock: Clock) -> SignIn:
    return SignIn(rows, KEY, clock)


def enter(desk: SignIn, who: str = "ros") -> str:
    entered = desk.use(desk.issue_link(who))
    assert isinstance(entered, Entered)
    return entered.session_token


def test_after_an_hour_without_use_it_is_over(desk: SignIn, clock: Clock) -> None:
    token = enter(desk)
    clock.at += 59 * MINUTE
    assert desk.glance(token) is not None
    clock.at += MINUTE
    assert desk.look_up(token) is None
    assert desk.glance(token) is None


def test_each_use_gives_the_whole_hour_again_but_for_what_is_not_written_down(
    desk: SignIn, clock: Clock
) -> None:
    token = enter(desk)
    for _ in range(10):
        clock.at += 56 * MINUTE
        assert desk.look_up(token) is not None
    clock.at += 60 * MINUTE
    assert desk.look_up(token) is None


@pytest.mark.parametrize("every", [1, 2, 3, 4, 7, 30, 56])
def test_whoever_goes_on_working_stays_for_twelve_hours_and_no_longer(
    desk: SignIn, clock: Clock, every: int
) -> None:
    token, began = enter(desk), clock.at
    while clock.at + every * MINUTE < began + timedelta(hours=12):
        clock.at += every * MINUTE
        assert desk.look_up(token) is not None, clock.at - began
    clock.at = began + timedelta(hours=12)
    assert desk.look_up(token) is None


def test_looking_keeps_nothing_alive(desk: SignIn, clock: Clock) -> None:
    token = enter(desk)
    for _ in range(59):
        clock.at += MINUTE
        assert desk.glance(token) is not None
        assert desk.sessions_of(token) != ()
    clock.at += MINUTE
    assert desk.look_up(token) is None


def test_not_every_use_is_written_down(desk: SignIn, rows: SignInRows, clock: Clock) -> None:
    token, written = enter(desk), 0
    for _ in range(600):
        before = dict(rows.sessions)
        clock.at += timedelta(seconds=10)
        desk.look_up(token)
        written += rows.sessions != before
    assert 0 < written <= 34


def test_a_session_from_a_version_without_an_idle_limit_gets_one_at_its_first_use(
    desk: SignIn, rows: SignInRows, clock: Clock
) -> None:
    token = enter(desk)
    (digest,) = rows.sessions
    rows.extend_session(digest, clock.at + timedelta(hours=12))
    clock.at += 2 * timedelta(hours=1)
    assert desk.look_up(token) is not None
    clock.at += 60 * MINUTE
    assert desk.look_up(token) is None


def test_lower_limits_hold_for_sessions_open_now(rows: SignInRows, clock: Clock) -> None:
    token = enter(SignIn(rows, KEY, clock))
    strict = SignIn(rows, KEY, clock, SessionLimits(10 * MINUTE, timedelta(hours=1)))
    assert strict.look_up(token) is not None
    clock.at += 10 * MINUTE
    assert strict.look_up(token) is None
    fresh, uses = enter(strict), []
    for _ in range(7):
        clock.at += 9 * MINUTE
        uses.append(strict.look_up(fresh) is not None)
    assert uses == [True] * 6 + [False]


def test_one_that_was_ended_is_not_brought_back_by_its_use(
    desk: SignIn, rows: SignInRows, clock: Clock
) -> None:
    token = enter(desk)
    clock.at += 30 * MINUTE
    desk.revoke(token)
    assert desk.look_up(token) is None
    assert len(rows.revoked) == 1


def test_a_person_sees_their_own_sessions_the_latest_first(desk: SignIn, clock: Clock) -> None:
    over = enter(desk)
    clock.at += 61 * MINUTE
    first = enter(desk)
    clock.at += 5 * MINUTE
    second, other = enter(desk), enter(desk, "kit")
    seen = desk.sessions_of(second)
    assert [one.is_this for one in seen] == [True, False]
    assert [one.started_at for one in seen] == [clock.at, clock.at - 5 * MINUTE]
    assert [one.is_this for one in desk.sessions_of(first)] == [False, True]
    assert len(desk.sessions_of(other)) == 1
    assert desk.sessions_of(over) == ()
    assert desk.sessions_of("made up") == ()


def test_one_of_mine_is_ended_and_never_one_of_anothers(desk: SignIn) -> None:
    mine, lost, theirs = enter(desk), enter(desk), enter(desk, "kit")
    (handle,) = [one.handle for one in desk.sessions_of(mine) if not one.is_this]
    for wrong in ("", "x", desk.sessions_of(theirs)[0].handle):
        desk.revoke_one(mine, wrong)
    assert None not in [desk.glance(one) for one in (mine, lost, theirs)]
    desk.revoke_one("made up", handle)
    assert desk.glance(lost) is not None
    desk.revoke_one(mine, handle)
    assert desk.glance(lost) is None
    assert None not in [desk.glance(one) for one in (mine, theirs)]


def test_what_is_shown_of_a_session_opens_nothing(desk: SignIn) -> None:
    token = enter(desk)
    handle = desk.sessions_of(token)[0].handle
    assert handle not in token
    assert desk.glance(handle) is None
