"""Page one of a document: what the alert is about, who must do what, and by when."""

import io
from pathlib import Path

from docx import Document

from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.acts.review_response import hold
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import word_document
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk


def first_lines(desk: Desk, found: Known) -> list[str]:
    """Whatever stands above the first heading."""
    lines: list[str] = []
    for one in Document(io.BytesIO(word_document(desk.office, found).body)).paragraphs:
        if one.style is not None and str(one.style.name).startswith("Heading"):
            break
        lines.append(one.text)
    return lines


LINE = "No search for the next foster home since the last review"
LIMIT = "Time limit for all formal stages: Monday 30 June 2025."


def test_before_an_answer_it_names_whoever_is_asked_and_the_day(desk: Desk) -> None:
    found = desk.raised("stage-1")
    assert first_lines(desk, found)[:4] == [
        "Practice alert",
        "Lambeth, reference LAM-2025-0001",
        LINE,
        (
            "Stage One: waiting for Team Manager, due Friday 6 June 2025. "
            f"Now with: Manager Sample, Team Manager. {LIMIT}"
        ),
    ]


def test_what_is_late_says_since_when_and_what_follows(desk: Desk) -> None:
    found = desk.raised("stage-1")
    desk.at("Mon 2025-06-09")
    (status,) = [one for one in first_lines(desk, found) if one.startswith("Stage One")]
    assert status.startswith("Stage One: no answer; it was due Friday 6 June 2025. Escalate to")


def test_after_an_answer_the_officer_is_to_review_it(desk: Desk) -> None:
    found = answered(desk)
    assert (
        "Stage One: an answer came on Tuesday 3 June 2025. Review the response. "
        f"Now with: Iro Sample, Independent Reviewing Officer. {LIMIT}"
    ) in first_lines(desk, found)


def test_on_hold_it_names_whoever_sees_that_it_is_done(desk: Desk) -> None:
    found = answered(desk)
    promise = act_answers.promise(day("Mon 2025-06-09"), "the team", "It will do.")
    found = hold(desk.office, found.id, promise, desk.doing("iro", found))
    assert (
        "Stage One: on hold until Monday 9 June 2025. The team is to see that it is done. "
        f"Now with: the team. {LIMIT}"
    ) in first_lines(desk, found)


def test_a_closed_alert_is_with_nobody(desk: Desk) -> None:
    found = answered(desk)
    ending = act_answers.ending("put_right", "There is a plan.", "I know where I live.")
    found = close(desk.office, found.id, ending, desk.doing("iro", found))
    lines = first_lines(desk, found)
    (stands,) = (
        one for one in lines if one.startswith("Closed on Wednesday 4 June 2025. Put right")
    )
    assert " Time limit for all formal stages: " in stands
    assert not [one for one in lines if "Now with" in one]


def test_another_council_names_everybody_whose_answer_is_awaited(tmp_path: Path) -> None:
    desk = open_desk(tmp_path, council="merton")
    raising = wanted(desk, "practice_alert", "stage-1")
    found = raise_alert(desk.office, raising, desk.doing("iro"))
    assert found.alert.run is not None
    people = "; ".join(one.in_words for one in found.alert.run.sent.asked)
    (status,) = [one for one in first_lines(desk, found) if "Now with" in one]
    assert status.startswith("Stage One: waiting for ")
    assert f"Now with: {people}." in status
    desk.office.database.close()


def answered(desk: Desk) -> Known:
    """Raised on Monday, answered on Tuesday; it is Wednesday."""
    found = desk.raised("stage-1")
    reply = act_answers.reply("By next week.", "will_be_done", "2025-06-09", "the team")
    desk.at("Tue 2025-06-03")
    found = answer(desk.office, found.id, reply, desk.doing("manager", found))
    desk.at("Wed 2025-06-04")
    return found
