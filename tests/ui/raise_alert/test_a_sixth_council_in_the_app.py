"""A council that nobody wrote code for, in the app: raised, answered, reviewed, escalated and closed."""

import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.web.pages.answer import AnswerPages
from practice_alerts.web.shell.gate import SIGNED_IN
from practice_alerts.web.shell.html_pages import PlainPages
from practice_alerts.web.shell.rate_limit import Limiter
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.files.made_up_council import ID, write_sixth_council
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk

REFERENCE = "BRA-2026-0001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    write_sixth_council(tmp_path)
    opened = open_desk(tmp_path / "data", "Mon 2026-06-15", council=ID, rooms=tmp_path)
    yield opened
    opened.office.database.close()


def test_it_is_raised_answered_escalated_and_closed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _raise(open_screen(desk, "iro", "raise_alert", monkeypatch))
    _answer(desk, "team_manager")
    screen = open_screen(desk, "iro", "alert", monkeypatch, reference=REFERENCE)
    assert "an answer came on Monday 15 June 2026. Review the response." in screen.words
    screen.press("Review the response").choose("Is it good enough?", "not_satisfactory")
    screen.write("Why", "It names no day.").press("Record the outcome")
    screen.press("Escalate")
    assert screen.options("To which stage?") == ["STEP 1"]
    _fill_the_formal_form(desk, screen)
    meant = screen.asked()
    screen.ask(*meant[:1]).press("Check before it is sent")
    assert "choose who is meant by" in screen.words
    screen.ask(*meant).press("Check before it is sent").press("Escalate now")
    assert "waiting for Team Manager and Service Manager, due Saturday 20 June 2026" in screen.words
    screen.press("Close").pick("How does it end?", "put_right")
    screen.tick("The child was seen or heard")
    screen.write("What changed for the child", "Somebody comes each week.").press("Close the alert")
    assert "Closed on Monday 15 June 2026" in screen.words


def _fill_the_formal_form(desk: Desk, screen: Screen) -> None:
    """The stage has a form of its own: what is known stands in it already, the rest is asked."""
    assert screen.field("Child's name") == "Kit Muster"
    form = desk.office.form(desk.office.council(ID), "formal")
    screen.choose("Raised as", "looked_after")
    for question in ("grounds", "category"):
        screen.tick(next(iter((form.field(question).options or {}).values())))
    screen.write("Why it goes to this stage", "Two visits were missed.")


def _raise(screen: Screen) -> None:
    assert screen.options("What do you raise?") == ["Concern", "Urgent concern", "Praise"]
    screen.press("Go on to the form")
    assert "Must something be done today? Answer yes or no." in screen.words
    screen.choose("Must something be done today?", "yes")
    assert screen.options("At which stage does it start?")[-1] == "STEP 3"
    screen.choose("Must something be done today?", "no")
    assert screen.options("At which stage does it start?") == ["First talk", "STEP 1"]
    screen.write("Why it starts at First talk", "It has not been raised before.")
    screen.press("Go on to the form")
    screen.write("Child's name", "Kit Muster").write("Number in Casebook", "B-1")
    screen.pick("Team manager", "Team_Manager Sample (Team Manager)").tick("Visits missed")
    screen.write("What is wrong", "Nobody came in May.")
    screen.write("In one line, without names", "Two visits missed")
    screen.write("What is asked for", "A visit this week.").press("Go on: who and when")
    screen.day("To be put right by", date(2026, 6, 24))
    assert screen.asked() == []  # one of two posts: whoever raises it says which
    screen.ask("team_manager").press("Check your answers").press("Send the alert")
    assert f"{REFERENCE} is sent" in screen.words


def _answer(desk: Desk, who: str) -> None:
    """On the page that the notice leads to, where nobody needs the app or a script."""
    with desk.office.database.reading() as tx:
        row = current_state.nearest(tx, REFERENCE)
        assert row is not None
        asking = next(one for one in current_state.askings_of(tx, row.id) if one.person_id == who)
    page = Asking(_answer_pages(desk, who), "http://testserver")
    path = f"/respond/{asking.id}"
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.get(path).text))
    reply = {"text": "We shall see to it.", "response": "other", "press": "send"}
    sent = page.post(path, {**hidden, **reply})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{path}/thanks")


def _answer_pages(desk: Desk, who: str) -> ASGIApp:
    pages = AnswerPages(
        desk.office, PlainPages(sample=False), lambda _: None, Limiter(3, 900.0, time.monotonic)
    )
    inside = Starlette(routes=pages.routes())
    signed_in = SignedIn(who, who.title(), frozenset({(ID, who)}))

    async def behind_the_gate(scope: Scope, receive: Receive, send: Send) -> None:
        await inside({**scope, SIGNED_IN: signed_in}, receive, send)

    return behind_the_gate
