"""The same answer for brothers and sisters: ticked one by one, an answer of its own on each, and nothing of another child."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import httpx
import pytest

from practice_alerts.adapters.store.alerts import current_state, event_store
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.together import same_answer
from practice_alerts.domain.alert.events import Answered
from practice_alerts.domain.errors import Storage, StorageTrouble
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.stories.family import raised_together
from tests.helpers.stories.restricting import enter_seconds
from tests.helpers.stories.story import Story
from tests.web.pages.test_answer import Counter

TEXT = "The search began on Monday."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two in each post at Lambeth, in three teams, and each of the three kinds of cover."""
    opened = open_desk(tmp_path / "data")
    enter_seconds(opened)
    yield opened
    opened.office.database.close()


@pytest.fixture
def three(desk: Desk) -> tuple[Known, ...]:
    return raised_together(desk)


def page_of(desk: Desk, found: Known, who: str = "manager") -> str:
    with desk.office.database.reading() as tx:
        every = current_state.askings_of(tx, found.id)
    return next(one.id for one in every if one.person_id == who)


def answers_of(desk: Desk, found: Known) -> list[Answered]:
    with desk.office.database.reading() as tx:
        happened = event_store.happened(tx, found.id)
    return [one.what for one in happened if isinstance(one.what, Answered)]


class Manager:
    """Somebody who is asked, at their page of the first alert."""

    def __init__(self, desk: Desk, found: Known, who: str = "manager", whose: str = "") -> None:
        self.desk, self.found, self.who = desk, found, who
        self.asks = Counter(desk, found).visitor(who)
        self.address = f"/respond/{page_of(desk, found, whose or who)}"

    def answers(self, text: str = TEXT, **more: str) -> httpx.Response:
        with self.desk.office.database.reading() as tx:
            version = load(self.desk.office, tx, self.found.id).alert.version
        typed = {"text": text, "response": "done", "press": "send", "act_key": "this page"}
        sent = self.asks.post(self.address, {**typed, "seen": str(version), **more})
        assert sent.status_code == 303
        return self.asks.get(f"{self.address}/thanks")

    def gives_the_same(self, other: str = "", version: int = 2) -> httpx.Response:
        ticked = {"same": other, f"seen:{other}": str(version)} if other else {}
        return self.asks.post(self.address, {"press": "same", "act_key": "thanks", **ticked})


def test_it_is_offered_for_those_that_wait_for_the_same_person_alone(
    desk: Desk, three: tuple[Known, ...]
) -> None:
    kit, lou, anna = three
    thanks = Manager(desk, kit).answers()
    assert "Is it the same for others?" in thanks.text
    assert f"{lou.alert.reference} (brother or sister)" in thanks.text
    assert anna.alert.reference not in thanks.text
    assert "check that it names no other child" in thanks.text


def test_what_is_ticked_becomes_an_answer_of_its_own_there(
    desk: Desk, three: tuple[Known, ...]
) -> None:
    kit, lou, _ = three
    manager = Manager(desk, kit)
    manager.answers(task_owner="The placements team", evidence="Note 17 of S-100001")
    done = manager.gives_the_same(page_of(desk, lou))
    assert done.status_code == 303
    (given,) = answers_of(desk, lou)
    assert (given.text, given.task_owner, given.evidence) == (TEXT, "The placements team", "")
    assert (given.by.id, given.by.post) == ("manager", "Team Manager")
    after = manager.asks.get(f"{manager.address}/thanks")
    assert f"The same answer is given to {lou.alert.reference}." in after.text
    assert "Is it the same for others?" not in after.text


def test_nothing_is_given_where_nothing_is_ticked(desk: Desk, three: tuple[Known, ...]) -> None:
    kit, lou, _ = three
    manager = Manager(desk, kit)
    manager.answers()
    assert manager.gives_the_same().status_code == 303
    assert answers_of(desk, lou) == []


def test_pressed_twice_it_is_given_once(desk: Desk, three: tuple[Known, ...]) -> None:
    kit, lou, _ = three
    manager, other = Manager(desk, kit), page_of(desk, lou)
    manager.answers()
    assert [manager.gives_the_same(other).status_code for _ in range(2)] == [303, 303]
    assert len(answers_of(desk, lou)) == 1


def test_an_answer_that_names_the_child_is_not_carried_to_another(
    desk: Desk, three: tuple[Known, ...]
) -> None:
    kit, lou, _ = three
    manager = Manager(desk, kit)
    thanks = manager.answers("We have seen Kit on Monday.")
    assert "your answer says “Kit”, which names another child" in thanks.text
    assert "(brother or sister)" not in thanks.text
    manager.gives_the_same(page_of(desk, lou))
    assert answers_of(desk, lou) == []


def test_what_has_changed_since_it_was_offered_is_told_and_not_done(
    desk: Desk, three: tuple[Known, ...]
) -> None:
    kit, lou, _ = three
    manager = Manager(desk, kit)
    manager.answers()
    sent = manager.gives_the_same(page_of(desk, lou), version=1)
    told = manager.asks.get(sent.headers["location"])
    assert (sent.status_code, told.status_code) == (303, 422)
    assert f"<li>{lou.alert.reference}: " in told.text
    assert answers_of(desk, lou) == []


def test_what_was_given_before_the_store_was_busy_is_not_said_to_be_lost(
    desk: Desk, three: tuple[Known, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    kit, lou, _ = three
    manager = Manager(desk, kit)
    manager.answers()

    def busy(*_: object) -> NoReturn:
        raise StorageTrouble(Storage.BUSY)

    give = same_answer.give

    def as_if_for_one_more(*words: Any) -> dict[str, str]:
        left = give(*words)
        monkeypatch.setattr(kept_drafts, "keep", busy)
        return {**left, "LAM-2025-0009": str(StorageTrouble(Storage.BUSY))}

    monkeypatch.setattr(same_answer, "give", as_if_for_one_more)
    told = manager.gives_the_same(page_of(desk, lou))
    assert f"The same answer is given to {lou.alert.reference}." in told.text
    assert "<li>LAM-2025-0009: The store is busy, so nothing was recorded." in told.text
    assert len(answers_of(desk, lou)) == 1


def test_one_that_has_gone_on_is_not_offered(desk: Desk, three: tuple[Known, ...]) -> None:
    kit, lou, _ = three
    Story(desk, "iro", lou).escalated("stage-2", "Nothing was heard.", asked=["service"])
    assert "Is it the same for others?" not in Manager(desk, kit).answers().text


def test_nor_is_one_that_the_manager_may_not_open(desk: Desk, three: tuple[Known, ...]) -> None:
    kit, lou, _ = three
    meant = ChildMeant(case_number="S-100002", reason="My nephew.")
    declare_interest.declare(desk.office, desk.actor("manager"), meant)
    manager = Manager(desk, kit)
    assert lou.alert.reference not in manager.answers().text
    manager.gives_the_same(page_of(desk, lou))
    assert answers_of(desk, lou) == []


def test_nor_another_persons_page(desk: Desk, three: tuple[Known, ...]) -> None:
    kit, _, anna = three
    manager = Manager(desk, kit)
    manager.answers()
    manager.gives_the_same(page_of(desk, anna, "elsewhere"))
    assert answers_of(desk, anna) == []


def test_whoever_stands_in_gives_it_for_the_same_person(
    desk: Desk, three: tuple[Known, ...]
) -> None:
    kit, lou, _ = three
    cover = Manager(desk, kit, "elsewhere", whose="manager")
    assert f"{lou.alert.reference} (brother or sister)" in cover.answers().text
    cover.gives_the_same(page_of(desk, lou))
    (given,) = answers_of(desk, lou)
    assert given.by.id == "elsewhere"
    assert given.whose is not None
    assert given.whose.id == "manager"


def test_an_alert_alone_offers_nothing(desk: Desk) -> None:
    assert "Is it the same" not in Manager(desk, desk.raised("stage-1")).answers().text
