"""The answer page once it is answered: what was said first, then adding to it; a copy to print; short conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.product.office import open_desk
from tests.web.pages.test_answer import HOSTILE, Counter

SUBJECT = "No search for the next foster home since the last review"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    desk = open_desk(tmp_path / "data")
    yield Counter(desk, desk.raised("stage-1", actions=HOSTILE))
    desk.office.database.close()


def headings(page: str) -> list[str]:
    return re.findall(r"<h[12][^>]*>(.*?)</h[12]>", page)


def test_opened_again_it_shows_what_was_answered_before_it_offers_to_add_to_it(
    counter: Counter,
) -> None:
    assert counter.fill("manager", text=HOSTILE, evidence="CS-<b>7").status_code == 303
    page = counter.visitor("manager").get(counter.address).text
    first, second, *_ = headings(page)
    assert first == "You answered on Monday 2 June 2025"
    assert second == "What you answered"
    assert "A practice alert asks for your answer" not in page
    assert "Add to it" in headings(page)
    assert re.search(r"<textarea[^>]* name=\"text\"[^>]*></textarea>", page)
    assert page.index("What you answered") < page.index("What is asked")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ 7*7 }}" in page
    assert "Evidence in the case system: CS-&lt;b&gt;7" in page
    assert "<b>" not in page


def test_the_subject_stands_in_the_head_before_and_after_it_is_answered(counter: Counter) -> None:
    for title in ("A practice alert asks for your answer", "You answered on Monday 2 June 2025"):
        whole = counter.visitor("manager").get(counter.address).text
        head = whole[whole.index("<h1") :].partition("<h2")[0]
        assert head.index(title) < head.index(SUBJECT) < head.index("LAM-2025-0001")
        counter.fill("manager", text="It was done.")


def test_what_is_added_stands_beside_what_was_answered_first(counter: Counter) -> None:
    counter.fill("manager", text="It was done.")
    counter.found = counter.desk.see("iro", counter.found).known
    counter.fill("manager", text="And seen on Tuesday.", act_key="another page")
    page = counter.visitor("manager").get(counter.address).text
    assert page.index("It was done.") < page.index("And seen on Tuesday.")


def test_a_copy_to_print_is_for_whoever_answered_and_nobody_else(counter: Counter) -> None:
    copy = f"{counter.address}/copy"
    early = counter.visitor("manager").get(copy)
    assert (early.status_code, early.headers["location"]) == (303, counter.address)
    counter.fill("manager", text=HOSTILE, evidence="CS-7")
    page = counter.visitor("manager").get(copy)
    assert page.status_code == 200
    assert headings(page.text)[1:] == ["What was asked", "What was answered"]
    for told in (counter.found.alert.reference, "&lt;script&gt;alert(1)", "CS-7", "It has been"):
        assert told in page.text
    assert copy in counter.visitor("manager").get(f"{counter.address}/thanks").text
    assert counter.visitor("service").get(copy).status_code == 404
    assert counter.visitor("iro").get(copy).status_code == 404
    stranger = counter.visitor().get(copy)
    assert counter.found.alert.reference not in stranger.text
    assert "CS-7" not in stranger.text


def test_an_answer_that_the_officer_wrote_down_says_so_and_can_be_put_in_ones_own_words(
    counter: Counter,
) -> None:
    came = {"channel": "email", "on": "2025-06-02", "text": HOSTILE, "response": "done"}
    doing = counter.desk.doing("iro", counter.found)
    counter.found = VERBS[Act.RECORD_ANSWER](counter.desk.office, counter.found.id, came, doing)
    page = counter.visitor("manager").get(counter.address).text
    assert headings(page)[0] == "You answered on Monday 2 June 2025"
    assert "by e-mail, received on Monday 2 June 2025; recorded by the reviewing officer" in page
    assert "put it into your own words: both stay on record" in page
    assert counter.fill("manager", text="In my own words.").status_code == 303
    page = counter.visitor("manager").get(counter.address).text
    assert page.index("&lt;script&gt;alert(1)") < page.index("In my own words.")


def test_conditions_are_said_in_few_words_under_the_choice_they_follow_from(
    counter: Counter,
) -> None:
    page = counter.visitor("manager").get(counter.address).text
    assert "Only if" not in page
    assert "If “It will be done by a date”. The day on which it will be done" in page
    assert "Unless “It will not be done”. A name or a post" in page
    assert page.count('class="field under"') == 2


def test_the_page_says_that_evidence_stays_in_the_case_system(counter: Counter) -> None:
    page = counter.visitor("manager").get(counter.address).text
    assert "Evidence stays there: nothing can be attached here" in page
    assert 'type="file"' not in page


def test_once_answered_it_is_not_said_not_to_be_theirs_any_more(counter: Counter) -> None:
    manager = counter.visitor("manager")
    assert "Not mine, or something to ask" in manager.get(counter.address).text
    counter.fill("manager")
    answered = manager.get(counter.address).text
    assert "Add to it" in answered
    for gone in ("Not mine", "This is not mine to answer", "Ask the reviewing officer a question"):
        assert gone not in answered


def test_it_names_the_officer_of_today_and_when_they_are_told(counter: Counter) -> None:
    desk = counter.desk
    given = {"to": "other_iro", "reason": "On leave from Monday."}
    doing = desk.doing("boss", counter.found)
    counter.found = VERBS[Act.HAND_ON](desk.office, counter.found.id, given, doing)
    page = counter.visitor("manager").get(counter.address).text
    assert "Other_Iro Sample, Independent Reviewing Officer, asks." in page
    assert ">Iro Sample" not in page
    counter.fill("manager")
    thanks = f"{counter.address}/thanks"
    on_tuesday = "Other_Iro Sample, Independent Reviewing Officer, is told on Tuesday 3 June 2025"
    assert on_tuesday in counter.visitor("manager").get(thanks).text
    desk.at("Tue 2025-06-03")
    told = "Other_Iro Sample, Independent Reviewing Officer, has been told."
    assert told in counter.visitor("manager").get(thanks).text
