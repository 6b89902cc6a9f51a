"""The app run without a browser: fields by the words of the screen, and somebody signed in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import pytest
from streamlit.components.v2 import manifest_scanner  # noqa: TID251 - looks for components
from streamlit.testing.v1 import AppTest  # noqa: TID251 - it runs the app
from streamlit.util import calc_hash  # noqa: TID251 - as it calls its pages

from practice_alerts import ROOT
from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.domain.dates import HOW_TO_TYPE_A_DAY, read_day
from practice_alerts.ui.page import frame, session
from tests.helpers.app.typed_text import typed
from tests.helpers.product.office import Desk


@dataclass
class Screen:
    """One person's window. Every act runs the page and fails on anything that it throws."""

    test: AppTest

    def run(self) -> Screen:
        self.test.run()
        thrown = [str(one.value) for one in self.test.exception]
        assert not thrown, thrown
        return self

    @property
    def words(self) -> str:
        """Everything that stands on the screen as HTML or text."""
        html = [str(one.proto.body) for one in self.test.get("html")]
        shown = (piece for piece in html if not piece.startswith("<style>"))
        return "\n".join([*shown, *(one.value for one in self.test.markdown)])

    def press(self, label: str) -> Screen:
        next(one for one in self.test.button if one.label == label).click()
        return self.run()

    def choose(self, question: str, value: str) -> Screen:
        """By what the choice stands for; the words of all choices are `options(question)`."""
        self._radio(question).set_value(value)
        return self.run()

    def options(self, question: str) -> list[str]:
        return list(self._radio(question).options)

    def _radio(self, question: str) -> Any:
        return next(one for one in self.test.radio if one.label == question)

    def pick(self, label: str, name: str) -> Screen:
        box = next((one for one in self.test.selectbox if one.label.startswith(label)), None)
        if box is None:
            return self.write(label, name)
        box.set_value(name)
        return self.run()

    def ask(self, *people: str) -> Screen:
        """Choose, by their ids, who must answer."""
        asked = self._who_must_answer
        asked.set_value(list(people) if asked in self.test.multiselect else people[0])
        return self.run()

    def asked(self) -> list[str]:
        """The ids of those who must answer."""
        value = self._who_must_answer.value
        return list(value) if isinstance(value, list) else [value] if value else []

    @property
    def _who_must_answer(self) -> Any:
        label = "Who must answer"
        fields = (*self.test.multiselect, *self.test.selectbox)
        return next(one for one in fields if one.label.startswith(label))

    def choices(self, label: str) -> list[str]:
        """The words of everything that may be picked."""
        fields = (json.loads(one.proto.json) for one in self.test.get("bidi_component"))
        offered = next((one["offers"] for one in fields if one["label"] == label), None)
        if offered is not None:
            return list(offered)
        return list(next(one for one in self.test.selectbox if one.label == label).options)

    def day(self, label: str, value: date) -> Screen:
        return self.write(label, f"{value:%d/%m/%Y}")

    def days(self) -> dict[str, object]:
        """Every day asked for, by its question; None where none is given."""
        fields = (json.loads(one.proto.json) for one in self.test.get("bidi_component"))
        asked = (one for one in fields if one["hint"].endswith(HOW_TO_TYPE_A_DAY))
        return {one["label"]: read_day(one["value"]) for one in asked}

    def field(self, label: str) -> str:
        """What stands in a field that saves while one types."""
        fields = (json.loads(one.proto.json) for one in self.test.get("bidi_component"))
        return str(next(one["value"] for one in fields if one["label"] == label))

    def tick(self, words: str) -> Screen:
        next(one for one in self.test.checkbox if one.label == words).check()
        return self.run()

    def write(self, label: str, text: str) -> Screen:
        """Type into a field that saves while one types."""
        fields = (json.loads(one.proto.json) for one in self.test.get("bidi_component"))
        field = next(one for one in fields if one["label"].startswith(label))
        self.test.session_state[field["key"]] = typed(text)
        return self.run()


def open_first(desk: Desk, who: str, monkeypatch: pytest.MonkeyPatch) -> Screen:
    """The app at its bare address."""
    return Screen(_at_work(desk, who, monkeypatch)).run()


def open_screen(
    desk: Desk, who: str, page: str, monkeypatch: pytest.MonkeyPatch, **query: str
) -> Screen:
    """A page of the app for somebody of this desk, as if they had signed in."""
    test = _at_work(desk, who, monkeypatch)
    for name, value in query.items():
        test.query_params[name] = value
    # `switch_page` knows a page's address only once it has run.
    test._page_hash = calc_hash(frame.address_of(f"pages/{page}.py").removeprefix("/app/"))
    return Screen(test).run()


def look_for_components_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit looks through every library of the machine for each page that a test opens."""
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", _components_found)


_look_for_components = manifest_scanner.scan_component_manifests


@cache
def _components_found() -> list[Any]:
    return list(_look_for_components())


def _at_work(desk: Desk, who: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    actor = desk.actor(who)
    posts = frozenset((desk.council, post) for post in actor.posts)
    signed_in = SignedIn(who, actor.name, posts, desk.office.now())
    monkeypatch.setattr(session._here, "office", desk.office)
    monkeypatch.setattr(session, "signed_in", lambda: signed_in)
    look_for_components_once(monkeypatch)
    return AppTest.from_file(ROOT / "app.py", default_timeout=60)
