"""On the answer page: not mine, and a question to the officer, without scripts and without losing the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.product.office import open_desk
from tests.web.pages.test_answer import HOSTILE, Counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    desk = open_desk(tmp_path / "data")
    yield Counter(desk, desk.raised("stage-1"))
    desk.office.database.close()


def say(counter: Counter, act: str, who: str = "manager", **typed: str) -> httpx.Response:
    key = f"beside-{act}"
    fields = {f"{key}:{name}": said for name, said in typed.items()}
    seen = str(counter.desk.see("iro", counter.found).known.alert.version)
    page = {"press": f"record:{key}", "seen": seen, "act_key": f"this page-{key}"}
    return counter.visitor(who).post(counter.address, fields | page)


def page(counter: Counter, query: str = "") -> str:
    return counter.visitor("manager").get(counter.address + query).text


@pytest.mark.parametrize(
    ("act", "says"),
    [
        ("not-theirs", "Said that it is not theirs to answer"),
        ("ask-question", "Asked a question"),
    ],
)
def test_what_is_said_besides_stands_on_the_page_as_text_and_the_answer_is_still_asked_for(
    counter: Counter, act: str, says: str
) -> None:
    counter.fill("manager", text="Half an answer", press="keep")
    sent = say(counter, act, text=HOSTILE)
    assert (sent.status_code, sent.headers["location"]) == (
        *(303, f"{counter.address}?said={act}"),
    )
    shown = page(counter, f"?said={act}")
    assert "The date runs on" in shown
    assert says in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }}" in shown
    assert "Half an answer" in shown
    assert "A practice alert asks for your answer" in shown
    assert shown.count("<script") == 1


def test_what_is_missing_is_said_at_its_field_and_nothing_is_recorded(counter: Counter) -> None:
    sent = say(counter, "not-theirs", text=" ", who_else="Elsewhere Sample")
    refused = counter.visitor("manager").shown(sent)
    assert refused.status_code == 422
    assert 'id="beside-not-theirs:text-fault"' in refused.text
    assert "<details open" in refused.text
    assert 'value="Elsewhere Sample"' in refused.text
    assert not counter.desk.see("iro", counter.found).known.run.talk


def test_sent_twice_it_is_said_once(counter: Counter) -> None:
    say(counter, "ask-question", text="Which plan?")
    say(counter, "ask-question", text="Which plan?")
    assert len(counter.desk.see("iro", counter.found).known.run.questions) == 1


@pytest.mark.parametrize("who", ["service", "iro", "elsewhere", "boss", "admin"])
@pytest.mark.parametrize("act", ["not-theirs", "ask-question", "answer-question", "close"])
def test_nobody_else_says_anything_there(counter: Counter, who: str, act: str) -> None:
    assert say(counter, act, who, text="Which plan?").status_code == 404


def test_no_other_act_is_done_by_naming_it(counter: Counter) -> None:
    version = counter.found.alert.version
    for act in ("answer-question", "close", "record-answer", "note"):
        sent = say(counter, act, text="Which plan?")
        assert counter.visitor("manager").shown(sent).status_code == 422
    assert counter.desk.see("iro", counter.found).known.alert.version == version


def test_what_the_officer_answers_stands_on_the_page(counter: Counter) -> None:
    say(counter, "ask-question", text="Which plan?")
    desk = counter.desk
    found = desk.see("iro", counter.found).known
    typed: dict[str, Any] = {"question": "1", "text": HOSTILE}
    VERBS[Act.ANSWER_QUESTION](desk.office, found.id, typed, desk.doing("iro", found))
    shown = page(counter)
    assert shown.index("Which plan?") < shown.index("Answered question 1")
    assert "&lt;script&gt;alert(1)" in shown


def test_once_the_alert_has_moved_on_nothing_is_said_besides(counter: Counter) -> None:
    desk = counter.desk
    typed = {"ending": "withdrawn", "what_changed": "Nothing.", "ending_why": "By mistake."}
    address = counter.address
    VERBS[Act.CLOSE](desk.office, counter.found.id, typed, desk.doing("iro", counter.found))
    shown = counter.visitor("manager").get(address).text
    assert "Not mine, or something to ask" not in shown
