"""A window of the app is taken up by the session it was opened in, and by no other."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: TID251 - what a window says
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: TID251 - what a window is told

from practice_alerts.web.app_face.own_windows import OwnWindows
from tests.helpers.product.asgi_client import Asking
from tests.web.conftest import Running

STREAM = "/app/_stcore/stream"


def _number(said: bytes) -> str | None:
    message = ForwardMsg()
    message.ParseFromString(said)
    return message.new_session.initialize.session_id or None


def opened(window: Asking, *protocols: str) -> str:
    """The number of the window that this gets."""
    asked = BackMsg()
    asked.rerun_script.query_string = ""
    return window.told(STREAM, asked.SerializeToString(), protocols or ["streamlit"], _number)


def upload(window: Asking, method: str, number: str) -> int:
    path = f"/app/_stcore/upload_file/{number}/a-file"
    return window.request(method, path, headers={"origin": "http://testserver"}).status_code


def test_a_broken_connection_gets_its_own_window_back(running: Running) -> None:
    ros = running.signed_in("ros")
    number = opened(ros)
    assert opened(ros, f"streamlit, x, {number}") == number
    assert opened(ros) != number


@pytest.mark.parametrize(
    "offered",
    [
        ["streamlit, x, {}"],
        ["streamlit,x,{}"],
        ["streamlit, , {}"],
        ["streamlit, x", "{}"],
        ["streamlit", "x", "{}"],
        [" streamlit ,x,\t{}\t, y"],
    ],
)
@pytest.mark.parametrize("who", ["quin", "mel", "ros"])
def test_another_session_that_names_it_gets_a_window_of_its_own(
    running: Running, who: str, offered: list[str]
) -> None:
    """Of another person, of another council, and the same person's in another browser."""
    number = opened(running.signed_in("ros"))
    other = running.signed_in(who)
    assert opened(other, *(one.format(number) for one in offered)) != number


def test_after_signing_in_as_somebody_else_the_window_is_left_behind(running: Running) -> None:
    browser = running.signed_in("ros")
    number = opened(browser)
    token = running.product.link("quin").rpartition("/")[2]
    assert browser.post("/sign-in/use", {"token": token}).status_code == 303
    assert opened(browser, f"streamlit, x, {number}") != number


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_nobody_sends_or_takes_away_files_of_anothers_window(running: Running, method: str) -> None:
    """The app takes no files at all."""
    ros, quin = running.signed_in("ros"), running.signed_in("quin")
    number = opened(ros)
    assert {upload(who, method, number) for who in (quin, ros)} == {404}
    assert upload(ros, method, "made-up") == 404


def test_the_oldest_windows_are_forgotten_and_belong_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("practice_alerts.web.app_face.own_windows._MOST", 2)
    windows, mine = OwnWindows("session"), {"session": "mine"}
    for number in ("1", "2", "3"):
        windows._note(number, mine)
    assert [windows._is_own(number, mine) for number in ("1", "2", "3")] == [False, True, True]


@pytest.mark.parametrize("cookies", [{}, {"session": ""}, {"session": "other"}, {"sess": "mine"}])
def test_without_the_cookie_nothing_is_ones_own(cookies: Mapping[str, str]) -> None:
    windows = OwnWindows("session")
    windows._note("1", {"session": "mine"})
    windows._note("2", {})
    assert not windows._is_own("1", cookies)
    assert not windows._is_own("2", {})
