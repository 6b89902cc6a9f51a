"""What the guide's search finds a part of a page by."""

import pytest

from practice_alerts.domain.guide.pages.site import Guide
from practice_alerts.domain.guide.parts.found_by import findable, other_words, words_in
from practice_alerts.domain.guide.parts.marks import Marks
from practice_alerts.domain.guide.parts.only_shown import only_shown
from practice_alerts.domain.guide.parts.page import Council, Links
from tests.helpers.files.real_councils import procedure_of

ALLOCATED = ("unallocated", "nobody is allocated", "no allocated social worker")


@pytest.mark.parametrize(
    ("said", "others"),
    [
        ("where nobody is allocated or", ("unallocated", "no allocated social worker")),
        ("Nobody is\n Allocated.", ("unallocated", "no allocated social worker")),
        ("no allocated social workers", ("unallocated", "nobody is allocated")),
        ("reallocated", ()),
        ("", ()),
    ],
)
def test_whatever_is_said_in_one_way_is_found_in_the_others(
    said: str, others: tuple[str, ...]
) -> None:
    assert other_words(said, (ALLOCATED,)) == others


def test_either_apostrophe_and_any_hyphen_stand_for_the_same() -> None:
    group = ("child's guardian", "looked-after")
    assert other_words("the child’s guardian", (group,)) == ("looked-after",)
    assert other_words("a looked after child", (group,)) == ("child's guardian",)


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Stage Three", "stage 3"),
        ("STAGE 2", "stage two"),
        ("Level 10", "level ten"),
        ("Stage 11", None),
    ],
)
def test_a_stage_is_found_by_its_number_in_either_way(label: str, other: str | None) -> None:
    found = findable(label, "", (), "Merton")
    assert (found.title, found.words) == (f"{label}, Merton", other or "")
    assert found.text == (f"<p>Other words: {other}.</p>" if other else "")


def test_words_inside_a_tag_are_not_what_is_said() -> None:
    assert findable("A", '<a href="/unallocated">B</a>', (ALLOCATED,), "").words == ""
    assert "Other words" not in findable("A", '<a href="/unallocated">B</a>', (ALLOCATED,), "").text


def test_a_result_has_no_marks_within_its_sentence() -> None:
    assert (
        findable("A", "<p>At once , by all . 3.5</p>", (), "").text == "<p>At once, by all. 3.5</p>"
    )
    readings = [{"id": "S1", "about": "cap", "says": "Nothing.", "used": "Twenty."}]
    signs = Marks(procedure_of(readings=readings), Links("stages")).on("cap")
    assert all(" data-search-exclude" in mark for mark in (only_shown("Stage.what"), signs))


def test_a_council_adds_its_own_words_for_its_own_pages_alone() -> None:
    site = {"synonyms": [["unallocated", "no named worker"]]}
    own = procedure_of(site=site)
    councils = (Council("one", own, {}, {}), Council("other", procedure_of(), {}, {}))
    guide = Guide((), "", councils, (("CAFCASS", "guardians"),))
    said = "Unallocated, so CAFCASS."
    assert guide.findable("one/a/#b", "B", said).text.endswith("guardians and no named worker.</p>")
    assert guide.findable("other/a/#b", "B", said).text.endswith("words: guardians.</p>")
    assert guide.findable("law/#b", "B", said).title == "B"


def test_the_words_of_the_guide_are_listed_the_most_frequent_first() -> None:
    said = "<p>Safeguarding, s47 and the child’s <a href='x'>safeguarding</a> &amp; wishes</p>"
    assert words_in(said) == ("safeguarding", "child", "wishes")
