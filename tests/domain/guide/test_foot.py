"""What stands below each page of a council, and on each sheet of it."""

import re

import pytest

from practice_alerts.domain.guide.pages.audiences import whom_to_ring
from practice_alerts.domain.guide.parts.writing import issued_in_words
from practice_alerts.domain.procedure.procedure import Printing
from tests.domain.guide.test_guide_pages import pages_of, plain, real, small
from tests.helpers.files.real_councils import procedure_of

NUMBER = {"who": "Duty team", "when": "out of hours", "number": "020 7946 0000"}


def foot_of(**site: object) -> str:
    edition = {"version": '2 "b" </style>', "issued": "2017-05", "review_by": "2027-01-31"}
    pages = pages_of(small(procedure_of(edition=edition, site=site)))
    return pages["stages"][pages["stages"].index("<footer") :]


def test_each_page_says_its_edition_and_when_it_is_looked_at_again() -> None:
    pages = pages_of(small())
    assert [name for name, text in pages.items() if text.count('class="page-foot"') != 1] == []
    said = plain(foot_of().split("<style")[0])
    assert "Sampleford: Concerns." in said
    assert "Last issued or reviewed: May 2017." in said
    assert "( what changed )" in said
    assert "Next review by: Sunday 31 January 2027." in said


def test_each_sheet_bears_council_edition_and_the_day_it_is_valid_on() -> None:
    (style,) = re.findall(r"<style.*?>(.*?)</style>", foot_of(), re.DOTALL)
    assert "Sampleford: Concerns. Edition 2 " in style
    assert "Valid on the day printed" in style
    assert "<" not in style
    assert '"b"' not in style


def test_a_mistake_is_told_where_the_council_says() -> None:
    assert "Report a mistake" not in foot_of()
    assert 'href="mailto:a@b.example?subject=Sampleford%2C%20' in foot_of(mistakes_to="a@b.example")
    assert 'href="https://b.example/tell"' in foot_of(mistakes_to="https://b.example/tell")


@pytest.mark.parametrize("to", ["javascript:alert(1)", "http://b.example", "a@b?cc=c@d", "nobody"])
def test_no_other_address_is_taken(to: str) -> None:
    with pytest.raises(ValueError, match="mistakes_to"):
        procedure_of(site={"mistakes_to": to})


def test_numbers_come_from_the_file_and_whoever_has_none_is_named() -> None:
    with_one = small(procedure_of(site={"ring": [NUMBER]}))
    said = plain(whom_to_ring((with_one,)))
    assert "Sampleford Duty team out of hours 020 7946 0000" in said
    assert "No number is kept here" not in said
    assert 'href="tel:02079460000"' in whom_to_ring((with_one,))
    assert "No number is kept here for Sampleford" in plain(whom_to_ring((small(),)))


@pytest.mark.parametrize(
    ("issued", "said"), [("2017-05", "May 2017"), ("spring 2017", "spring 2017"), (None, "")]
)
def test_the_month_of_issue_is_said_in_words(issued: str | None, said: str) -> None:
    assert issued_in_words(Printing(version="1", issued=issued)) == said


def test_each_page_leads_to_the_law_it_names_and_to_what_tells_more() -> None:
    pages = pages_of(real("merton"))
    foot = pages["purpose-and-law"].partition("<footer")[2]
    assert 'href="../../law/#iro-handbook"' in foot
    assert 'href="../../law/#cafcass-referral"' in foot
    assert 'href="../readings/"' in foot
    assert "Law and guidance named here" not in pages["posts"]
    assert "who answers, by when" in plain(pages["climbing-the-ladder"].partition("<footer")[2])


def test_the_first_page_says_scope_related_chapters_and_law() -> None:
    first = plain(pages_of(real("merton"))[""])
    assert "Scope How an Independent Reviewing Officer" in first
    assert "Related chapters Reviews of looked-after children" in first
    assert "Law and guidance Children Act 1989, section 25B(3)" in first
    to = {"title": "How reviews are held", "at": "https://b.example/r"}
    own = small(procedure_of(site={"related": [to]}))
    assert 'href="https://b.example/r"' in pages_of(own)[""]


@pytest.mark.parametrize("to", ["javascript:alert(1)", "http://b.example", "b.example"])
def test_a_related_chapter_leads_to_no_other_address(to: str) -> None:
    with pytest.raises(ValueError, match="related"):
        procedure_of(site={"related": [{"title": "A", "at": to}]})
