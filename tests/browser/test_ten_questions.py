"""Ten questions that a practitioner asks, answered within two clicks of the guide's first page."""

import re
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.product.guide_alone import guide_alone, our_guide

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with guide_alone(our_guide(tmp_path_factory)) as address:
        yield address


QUESTIONS: Mapping[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "Who answers at stage 3 in Merton, by when, who gets a copy?": (
        ("Merton", "Stage Three"),
        "#stage-3",
        (
            "Answered by Head of Service",
            "4 working days",
            "Copied Assistant Director of Children's Services, Safeguarding Manager and",
        ),
    ),
    "What is the time limit in Lambeth: is it 20 or 24 working days?": (
        ("Lambeth", "Time: answers, holds and the time limit"),
        "#the-time-limit-20-working-days-or-24-working-days",
        ("20 working days", "24 working days"),
    ),
    "May I go to CAFCASS in Knowsley before the ladder is climbed?": (
        ("Knowsley", "CAFCASS"),
        "#cafcass",
        ("At any point of the dispute", "Only for a looked-after child"),
    ),
    "Nobody answers at Level 2 in Northamptonshire: what then?": (
        ("Northamptonshire", "Level 2"),
        "#level-2",
        ("Goes on to Level 3", "Goes on when No answer in time"),
    ),
    "An alert has come about a child I work with: what do I do first?": (
        ("Social worker",),
        "#when-an-alert-comes",
        ("Read what is asked and by when", "the same day"),
    ),
    "I am asked as a manager: how do I answer?": (
        ("Team manager or senior manager",),
        "#how-to-answer",
        ("Open the link in the message", "three fields"),
    ),
    "Which changes for a child must the IRO be told of in Northamptonshire?": (
        ("Northamptonshire", "Significant changes"),
        "#from-the-procedure",
        (
            "Missing from care",
            "Excluded from school",
            "The local authority to Independent Reviewing",
        ),
    ),
    "Where is the form of the unnamed council, and what does it ask?": (
        ("Unnamed council (2015)", "Forms and blank documents"),
        "#form-issue_notification",
        ("Issue Notification",),
    ),
    "How does Merton differ from Lambeth?": (
        ("Merton", "Lambeth"),
        "",
        ("Time limit", "4 working days"),
    ),
    "A child is in danger, or a colleague is accused: whom do I ring?": (
        ("Somebody is in danger, or there is an allegation",),
        "",
        ("Ring 999", "emergency duty team", "local authority designated officer (LADO)"),
    ),
}
"""By question: the links to press, the place on the page, and what the answer says there."""


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("width", [1280, 360])
def test_a_question_is_answered_within_two_clicks_of_the_first_page(
    new_page: Open, question: str, width: int
) -> None:
    """The links are pressed where the page's own text has them: on a telephone the menu is shut."""
    clicks, place, answers = QUESTIONS[question]
    assert len(clicks) <= 2
    page = new_page(width=width)
    page.goto("/")
    for words in clicks:
        page.locator(".md-content").get_by_role("link", name=words, exact=True).first.click()
        page.wait_for_load_state()
    said = text_at(page, place)
    for answer in answers:
        assert answer in said


def text_at(page: Page, place: str) -> str:
    """What is said on the page, or below the heading at that place up to the next of its rank."""
    if not place:
        return _plain(page.locator(".md-content").inner_text())
    heading = page.locator(place)
    expect(heading).to_be_attached()
    return _plain(str(heading.evaluate(_BELOW)))


_BELOW = """heading => {
  const said = [heading.innerText];
  for (let next = heading.nextElementSibling; next && next.tagName !== heading.tagName; next = next.nextElementSibling)
    said.push(next.innerText);
  return said.join(" ");
}"""


def _plain(said: str) -> str:
    return re.sub(r"\s+", " ", said)
