"""The page on which somebody drafts an answer, and what whoever is asked finds of it on theirs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.product.office import open_desk
from tests.web.pages.test_answer import HOSTILE, Counter


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    """The manager has the social worker draft the answer."""
    desk = open_desk(tmp_path / "data")
    found, name = desk.raised("stage-1"), {"name": desk.actor("worker").name, "text": HOSTILE}
    named = VERBS[Act.NAME_DRAFTER](desk.office, found.id, name, desk.doing("manager", found))
    yield Counter(desk, named)
    desk.office.database.close()


def address_of(counter: Counter, who: str) -> str:
    with counter.desk.office.database.reading() as tx:
        every = current_state.askings_of(tx, counter.found.id)
        return next(f"/respond/{one.id}" for one in every if one.person_id == who)


def test_it_can_be_saved_there_and_not_sent(counter: Counter) -> None:
    theirs, worker = address_of(counter, "worker"), counter.visitor("worker")
    page = worker.get(theirs).text
    assert "an answer to draft</h1>" in page
    assert "sends it by <strong>Friday 6 June 2025</strong>" in page
    assert "Save the draft" in page
    assert "Send the answer" not in page
    assert "Not mine, or something to ask" not in page
    assert worker.get(address_of(counter, "manager")).status_code == 404
    typed = {"text": HOSTILE, "response": "done", "seen": "3", "act_key": "a key"}
    sent = worker.post(theirs, {**typed, "press": "send"})
    assert "refused" in sent.headers["location"]
    kept = worker.post(theirs, {**typed, "press": "keep"})
    page = worker.get(kept.headers["location"]).text
    assert "finds it on their page" in page
    assert counter.desk.see("iro", counter.found).known.run.answers == ()


def test_whoever_is_asked_begins_with_it_or_reads_it_beside_their_own(counter: Counter) -> None:
    typed = {"text": HOSTILE, "response": "done", "press": "keep"}
    counter.visitor("worker").post(address_of(counter, "worker"), typed)
    manager, asked = counter.visitor("manager"), address_of(counter, "manager")
    page = manager.get(asked).text
    assert "Drafted by" in page
    assert page.count("&lt;script&gt;alert(1)") == 2, (
        "in the form, and what was said to the drafter"
    )
    assert "It is not in your answer below" not in page
    manager.post(asked, {"text": "My own words.", "response": "done", "press": "keep"})
    page = manager.get(asked).text
    assert ">My own words.</textarea>" in page
    assert "It is not in your answer below" in page
    assert page.count("&lt;script&gt;alert(1)") == 2
    assert "<script>alert" not in page
