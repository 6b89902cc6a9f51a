"""What people do all day: officers in the app, managers on their answer pages, QA leads in the log."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from random import Random
from threading import Event
from typing import Any

import httpx

from bench.load.timings import Done, Draft, Page, Seen
from tests.helpers.app.app_session import PLAIN, AppSession

QUESTIONS = ("", "/alerts", "/stages", "/overdue_today", "/timeliness_by_stage", "/raised_by_month")
"""What a QA lead looks at in a council's log."""
GUIDE = ("/", "/lambeth/")
REASON = "It was talked about before, without result."


class Over(Exception):  # noqa: N818 - says what is
    """The time is up: whatever is half done stays half done."""


@dataclass
class Day:
    """What they share: where the product is, how long to think, when it is over, and what waits for whom."""

    origin: str
    link: Callable[[str], str]
    asking: Callable[[str, str], str]
    """(a reference, who is asked) -> the number of their answer page."""
    thinks: float
    over: Event = field(default_factory=Event)
    seen: Seen = field(default_factory=Seen)
    asked: dict[str, SimpleQueue[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(SimpleQueue)
    )
    """By manager: the references of what waits for them, and whoever raised it."""
    answered: dict[str, SimpleQueue[str]] = field(default_factory=lambda: defaultdict(SimpleQueue))
    """By officer: the references of what has come back."""


@dataclass
class Person:
    id: str
    day: Day
    number: int = 0
    _random: Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = Random(self.id)  # noqa: S311 - the same each time

    def think(self, part: float = 1) -> None:
        """Half as long to half as long again. Raises Over."""
        length = self.day.thinks * part * self._random.uniform(0.5, 1.5)
        if self.day.over.wait(length):
            raise Over

    def text(self, what: str) -> str:
        self.number += 1
        return f"{what}, {self.id} {self.number}."

    def work(self) -> None:
        """Until the time is up; whatever goes wrong is put down, and they begin anew."""
        while not self.day.over.is_set():
            try:
                self._at_desk()
            except Over:
                return
            except Exception as error:  # noqa: BLE001 - a person tries again, whatever it was
                self.day.seen.errors.append(f"{self.id}: {type(error).__name__}: {error}"[:500])
                with suppress(Over):
                    self.think()

    def _at_desk(self) -> None:
        raise NotImplementedError


@dataclass
class Officer(Person):
    """Raises, opens, reviews and escalates, in an open tab of the app."""

    manager: str = ""
    team: str = ""
    mine: list[str] = field(default_factory=list)

    def _at_desk(self) -> None:
        self.think()  # not everybody comes in at the same moment
        with AppSession(self.day.origin, self.day.link(self.id), "tray") as tab:
            while True:
                self.think()
                with self.day.seen.timed(Page.TRAY):
                    tab.draw("tray")
                self.think()
                self._next_thing(tab)

    def _next_thing(self, tab: AppSession) -> None:
        try:
            reference = self.day.answered[self.id].get_nowait()
        except Empty:
            if self.mine and self._random.random() < 0.5:  # noqa: PLR2004 - one time in two
                self._open(tab, self._random.choice(self.mine))
            else:
                self._raise(tab)
        else:
            self._review(tab, reference)

    def _open(self, tab: AppSession, reference: str) -> None:
        with self.day.seen.timed(Page.ALERT):
            tab.draw("alert", f"reference={reference}")
        assert reference in tab.words

    def _raise(self, tab: AppSession) -> None:
        self._step(lambda: tab.draw("raise"))
        self._type(tab, "Why it starts at Stage One", REASON)
        self._step(lambda: tab.press("Go on to the form"))
        concern = self.text("No visit since March")
        draft = self._fill(tab, concern)
        self._step(lambda: tab.press("Go on: who and when"))
        self._step(lambda: tab.press("Check your answers"))
        self.think()
        with self.day.seen.timed(Page.SENT):
            tab.press("Send the alert")
        reference = re.findall(r"(LAM-\d+-\d+) is sent", tab.words)[0]
        self.day.seen.done.append(Done(reference, "raised", concern))
        del self.day.seen.drafts[self.id, draft]
        self.mine.append(reference)
        self.day.asked[self.manager].put((reference, self.id))

    def _fill(self, tab: AppSession, concern: str) -> str:
        """The form; the draft's id."""
        self._type(tab, "Child's name", "Fen Fiction")
        self._type(tab, "ID", f"S-{self._random.randrange(10**6)}")
        self._touch(lambda: tab.choose("Independent Reviewing Officer, for a looked-after child"))
        self._touch(lambda: tab.tick("looked after"))
        self._type(tab, "Team manager", f"{self.manager.title()} Sample")
        self._type(tab, "Team", self.team)
        self._touch(lambda: tab.tick("Safeguarding concern"))
        self._touch(lambda: tab.choose("No"))
        self._type(tab, "Practice concerns", concern)
        (draft,) = re.findall(r"draft=(\w+)", tab.query)
        self.day.seen.keep(Draft(self.id, draft, concern))
        self._type(tab, "In one line, without names", "Nothing has moved on")
        self._type(tab, "Actions recommended", "A visit this week.")
        return str(draft)

    def _review(self, tab: AppSession, reference: str) -> None:
        self._open(tab, reference)
        self._step(lambda: tab.press("Review the response"))
        is_good = self._random.random() < 0.5  # noqa: PLR2004 - one time in two
        words = "Put right and verified" if is_good else "Not satisfactory"
        self._touch(lambda: tab.choose(words))
        reason = self.text("What came of it")
        self._type(tab, "Why", reason)
        self._send(tab, "Record the outcome", "The outcome is recorded.")
        self.day.seen.done.append(Done(reference, "judged", reason))
        if not is_good:
            self._escalate(tab, reference)

    def _escalate(self, tab: AppSession, reference: str) -> None:
        self._step(lambda: tab.press("Escalate"))
        self._touch(lambda: tab.choose("Stage Two"))
        reason = self.text("Too slow")
        self._type(tab, "Actions recommended", "As before.")
        self._type(tab, "Why it goes to this stage", reason)
        self._step(lambda: tab.press("Check before it is sent"))
        self._send(tab, "Escalate now", "The alert has been escalated.")
        self.day.seen.done.append(Done(reference, "escalated", reason))

    def _send(self, tab: AppSession, press: str, says: str) -> None:
        self.think()
        with self.day.seen.timed(Page.SENT):
            tab.press(press)
        assert says in tab.words, tab.words

    def _step(self, do: Callable[[], None]) -> None:
        self.think()
        with self.day.seen.timed(Page.STEP):
            do()

    def _type(self, tab: AppSession, label: str, text: str) -> None:
        self._touch(lambda: tab.write(label, text))

    def _touch(self, do: Callable[[], None]) -> None:
        self.think(0.2)
        with self.day.seen.timed(Page.TYPED):
            do()


@dataclass
class Visitor(Person):
    """Somebody on plain pages, signed in once."""

    _asking: httpx.Client = field(init=False)

    def _at_desk(self) -> None:
        self.think()
        signed_in = AppSession(self.day.origin, self.day.link(self.id), "")
        own = {"origin": self.day.origin}
        asking = PLAIN.visitor(base_url=self.day.origin, cookies=signed_in.cookies, headers=own)
        with asking as self._asking:
            while True:
                self.think()
                self._look()

    def _look(self) -> None:
        raise NotImplementedError

    def _get(self, page: Page, address: str) -> str:
        with self.day.seen.timed(page):
            answer = self._asking.get(address)
        answer.raise_for_status()
        return answer.text

    def _post(self, page: Page, address: str, typed: dict[str, Any]) -> httpx.Response:
        with self.day.seen.timed(page):
            answer = self._asking.post(address, data=typed)
        assert not answer.is_error, f"{answer.status_code} {answer.text[:200]}"
        return answer


@dataclass
class Manager(Visitor):
    """Answers what is asked of them; else reads it again."""

    _last: str = ""

    def _look(self) -> None:
        try:
            reference, officer = self.day.asked[self.id].get_nowait()
        except Empty:
            if self._last:
                self._get(Page.ANSWER, self._last)
        else:
            self._answer(reference)
            self.day.answered[officer].put(reference)

    def _answer(self, reference: str) -> None:
        here = f"/respond/{self.day.asking(reference, self.id)}"
        _, _, form = self._get(Page.ANSWER, here).partition('data-keeps="typing"')
        hidden = dict(re.findall(r'name="(seen|act_key)" value="([^"]*)"', form)[:2])
        text = self.text("She is seen this week")
        typed = {**hidden, "text": text, "response": "done"}
        self.think(0.5)
        self._post(Page.ANSWER_TYPED, here, {**typed, "press": "typing"})
        self.think()
        sent = self._post(Page.ANSWER_SENT, here, {**typed, "press": "send"})
        assert sent.headers["location"].endswith("/thanks"), sent.headers["location"]
        self.day.seen.done.append(Done(reference, "answered", text))
        self._last = here


@dataclass
class Lead(Visitor):
    """Reads the log, and now and then the guide."""

    def _look(self) -> None:
        self._get(Page.LOG, f"/log/lambeth{self._random.choice(QUESTIONS)}")
        self.think()
        self._get(Page.GUIDE, self._random.choice(GUIDE))
