"""What the answer page sends twice, without its mark, under a mark that served before, or signed out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from practice_alerts.domain.alert.stage_run import Given
from tests.helpers.product.office import open_desk
from tests.web.pages.test_answer import Counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    desk = open_desk(tmp_path / "data")
    yield Counter(desk, desk.raised("stage-1"))
    desk.office.database.close()


def answers(counter: Counter) -> list[str]:
    given: tuple[Given, ...] = counter.desk.see("iro", counter.found).known.run.answers
    return [one.answer.text for one in given]


def page(counter: Counter) -> httpx.Response:
    return counter.visitor("manager").get(counter.address)


@pytest.mark.parametrize("key", ["", " ", "x" * 300])
def test_an_answer_without_its_mark_is_kept_and_not_thanked_for(counter: Counter, key: str) -> None:
    refused = counter.refused("manager", act_key=key)
    assert refused.status_code == 422
    assert "nothing was recorded" in refused.text
    assert answers(counter) == []
    assert "It was done on Monday." in page(counter).text


def test_another_answer_under_a_mark_that_served_is_kept_and_not_thanked_for(
    counter: Counter,
) -> None:
    assert counter.fill("manager").status_code == 303
    refused = counter.refused("manager", text="It was done on Tuesday after all.")
    assert refused.status_code == 422
    assert "It was done on Tuesday after all." in refused.text
    assert answers(counter) == ["It was done on Monday."]


def test_the_same_page_for_two_alerts_records_both(counter: Counter) -> None:
    other = Counter(counter.desk, counter.desk.raised("stage-1"))
    for one in (counter, other):
        assert one.fill("manager").status_code == 303
        assert answers(one) == ["It was done on Monday."]


def test_pressed_twice_nothing_is_left_to_be_sent(counter: Counter) -> None:
    for _ in range(2):
        assert counter.fill("manager").status_code == 303
    assert "It was done on Monday.</textarea>" not in page(counter).text


@pytest.mark.parametrize("seen", ["", "x", "9" * 5000, "-1", "²"])
def test_a_page_that_does_not_say_what_it_showed_sends_nothing(counter: Counter, seen: str) -> None:
    assert counter.refused("manager", seen=seen).status_code == 422
    assert answers(counter) == []


def test_nobody_is_thanked_before_they_have_answered(counter: Counter) -> None:
    thanks = f"{counter.address}/thanks"
    early = counter.visitor("manager").get(thanks)
    assert (early.status_code, early.headers["location"]) == (303, counter.address)
    assert counter.visitor("service").get(thanks).status_code == 404
    assert counter.visitor("manager").get("/respond/none-such/thanks").status_code == 404
    counter.fill("manager")
    assert "Your answer is sent" in counter.visitor("manager").get(thanks).text


# ------------------------------------------------------------- the session ended while somebody wrote


@pytest.mark.parametrize("press", ["send", "keep"])
def test_what_was_typed_is_handed_back_to_whoever_is_signed_out(
    counter: Counter, press: str
) -> None:
    typed = {"press": press, "text": "Half <b>an</b> answer", "act_key": "mark", "seen": "2"}
    page = counter.visitor().post(counter.address, typed)
    assert page.status_code == 401
    assert "nothing was sent" in page.text
    assert "Half &lt;b&gt;an&lt;/b&gt; answer</textarea>" in page.text
    assert page.text.count("<textarea") == 1
    assert counter.found.alert.reference not in page.text
    assert counter.mailed == []
    assert answers(counter) == []


def test_nobody_gets_a_link_for_each_key_that_is_pressed(counter: Counter) -> None:
    for _ in range(3):
        kept = counter.visitor().post(counter.address, {"press": "typing", "text": "Half"})
        assert (kept.status_code, kept.text) == (401, "")
    assert counter.mailed == []
    counter.visitor().post(counter.address, {"press": "link"})
    assert len(counter.mailed) == 1
