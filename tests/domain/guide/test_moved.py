"""Pages that say nothing of their own stand together, and their old addresses lead there."""

import pytest

from practice_alerts.domain.guide.pages.council import NOT_SAID, moved_pages
from practice_alerts.domain.guide.parts.moved import MovedPage, moved_from
from practice_alerts.domain.guide.parts.page import Council
from tests.domain.guide.test_guide_pages import TODAY, pages_of, plain, real, small
from tests.helpers.files.real_councils import IDS, procedure_of

TAKEN_IN = """# What is not there

## Good practice {#praise}
<!-- formerly good-practice -->

There is none.
"""


def test_a_chapter_that_was_taken_in_leads_to_its_heading() -> None:
    (moved,) = moved_from("sampleford", "Sampleford", {"not-said": TAKEN_IN})
    to = "../not-said/#praise"
    assert moved == MovedPage("sampleford/good-practice", to, "Good practice", "Sampleford")
    assert "Good practice (Sampleford) has moved" in moved.page()
    assert 'url=../not-said/#praise"' in moved.page()
    assert '<a href="../not-said/#praise">Good practice</a>' in moved.page()


def test_a_title_cannot_become_markup() -> None:
    page = MovedPage("a/b", "../c/", "<script>x</script>", "<b>").page()
    assert "<script>" not in page
    assert "<b>" not in page


def test_the_mark_is_for_the_builder_alone() -> None:
    pages = pages_of(Council("a", procedure_of(), {}, {"98-not-said.md": TAKEN_IN}))
    assert not [name for name, text in pages.items() if "formerly" in text]


def test_what_a_whole_page_would_be_silent_on_is_one_line() -> None:
    council = small()
    pages = pages_of(council)
    assert "partner-agencies" not in pages
    assert "The source says nothing about escalation into partner agencies." in pages[NOT_SAID]
    to = {one.path: one.to for one in moved_pages(council, TODAY)}
    assert to["sampleford/partner-agencies"] == "../not-said/#partner-agencies"
    assert 'id="partner-agencies"' in pages[NOT_SAID]


@pytest.mark.parametrize("council_id", IDS)
def test_no_page_says_only_that_there_is_nothing(council_id: str) -> None:
    council = real(council_id)
    pages = pages_of(council)
    thin = {
        name: words
        for name, text in pages.items()
        if (words := len(plain(text.split("<footer")[0]).split())) < 50
    }
    assert set(thin) <= {NOT_SAID, "categories"}
    assert not {one.path.rpartition("/")[2] for one in moved_pages(council, TODAY)} & set(pages)
