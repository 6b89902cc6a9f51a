"""The law stands in one book, and each council's document points into it."""

import re
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.files.law_file import LAW, read_law
from practice_alerts.adapters.files.procedures import load_council
from practice_alerts.casework.jobs.check_files import check_councils
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.domain.guide.pages.law_page import law_page
from practice_alerts.domain.procedure.procedure import Law
from tests.domain.guide.test_guide_pages import pages_of, plain, real
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.small_council import furnished

BOOK = read_law(ROOT / "procedures")
TODAY = day("Sat 2026-11-28")


@pytest.mark.parametrize("name", IDS)
def test_every_council_points_into_the_book(name: str) -> None:
    laws = council(name).procedure.law
    assert laws
    in_words = [one for one in laws if one.id is None]
    assert {one.id for one in laws} - {None} <= set(BOOK.entries)
    assert len(in_words) <= 1, "what several documents cite belongs into the book"


@pytest.mark.parametrize(
    ("name", "printed", "law_id"),
    [
        ("merton", "Regulation 8A", "telling-the-iro"),
        ("merton", "LSCB, the Merton Safeguarding Children Board", "safeguarding-partners"),
        ("northamptonshire", "IRO Guidance (Regulation 8)", "telling-the-iro"),
        ("northamptonshire", "(Reviewed Case Referral) Regulations 2004", "cafcass-after-referral"),
        ("northamptonshire", "regulation 45(3)(a)", "cafcass-referral"),
        ("northamptonshire", "an unregulated placement", "supported-accommodation"),
        ("lambeth", "CCGs", "integrated-care-boards"),
        ("lambeth", "(2018)", "working-together"),
        ("unnamed-2015", "Care Planning Regs 2010", "care-planning"),
    ],
)
def test_what_a_document_prints_leads_to_what_stands_in_its_place(
    name: str, printed: str, law_id: str
) -> None:
    laws = council(name).procedure.law
    assert [one.id for one in laws if printed in (one.as_printed or "")] == [law_id]


def test_no_document_s_duty_to_tell_the_iro_is_taken_for_the_duty_to_co_operate() -> None:
    cited = {law.id for name in IDS for law in council(name).procedure.law}
    assert "co-operation" not in cited, "it binds only where the IRO is no officer of the authority"


def test_where_nothing_has_to_be_gone_through_first_the_test_of_the_regulation_is_told() -> None:
    told = plain(pages_of(real("merton"))["outside-routes"])
    assert "regulation 45 has the IRO consider a referral where the authority failed" in told


def test_a_basis_is_given_once_by_id_or_in_words() -> None:
    assert Law(id="iro").today(BOOK) == BOOK.entries["iro"].now
    assert Law(now="Another Act").today(BOOK) == "Another Act"
    for wrong in ({}, {"id": "iro", "now": "Children Act 1989"}):
        with pytest.raises(ValueError, match="give either id"):
            Law(**wrong)


@pytest.mark.parametrize(
    ("law_id", "says"),
    [
        ("cafcass-after-referral", "SI 2004/2187"),
        ("cafcass-after-referral", "amended by SI 2005/605 and SI 2018/67"),
        ("cafcass-after-referral", "25C"),
        ("telling-the-iro", "regulation 37"),
        ("co-operation", "not an officer of the authority"),
        ("working-together", "Working Together to Safeguard Children 2026"),
        ("working-together", "in place of the edition of 15 December 2023"),
        ("safeguarding-partners", "Children's Wellbeing and Schools Act 2026"),
        ("iro", "(25A)"),
        ("iro", "(25C)"),
        ("iro-in-reviews", "SI 2010/959, regulation 36"),
        ("case-records", "SI 2010/959, regulation 50"),
        ("case-records", "75th birthday"),
        ("cafcass-referral", "regulation 45 of SI 2010/959"),
        ("supported-accommodation", "9 September 2021"),
        ("supported-accommodation", "28 October 2023"),
        ("cafcass-referral", "in reasonable time"),
    ],
)
def test_what_the_law_is_today(law_id: str, says: str) -> None:
    entry = BOOK.entries[law_id]
    assert says in " ".join(filter(None, (entry.now, entry.says, entry.since, entry.state)))


def test_what_is_known_from_announcements_alone_is_not_said_to_be_in_force() -> None:
    """Nor is it called confirmed, and whatever is said of an Act of this year says how it is known."""
    page = law_page([real(name) for name in IDS])
    for law_id, entry in BOOK.entries.items():
        part = page.split(f"{{#{law_id}}}")[1].split("\n## ")[0]
        assert "announce" not in (entry.confirmed or "")
        assert ("Known from announcements" in part) is (entry.announced is not None)
        for said in filter(None, (entry.since, entry.state)):
            assert ("2026" in said) <= ("announced" in said), law_id


def test_what_nobody_read_in_a_text_says_so() -> None:
    page = law_page([real(name) for name in IDS])
    for law_id, entry in BOOK.entries.items():
        part = page.split(f"{{#{law_id}}}")[1].split("\n## ")[0]
        assert ("not confirmed" in part) is (entry.confirmed is None)
    assert {"iro-in-reviews", "telling-the-iro", "case-records", "working-together"} <= {
        law_id for law_id, entry in BOOK.entries.items() if entry.confirmed is None
    }


@pytest.mark.parametrize("name", IDS)
def test_the_page_of_the_law_names_who_cites_it_and_is_led_to(name: str) -> None:
    page, own = law_page([real(one) for one in IDS]), pages_of(real(name))["outside-routes"]
    for law in council(name).procedure.law:
        if law.id is not None:
            assert f'href="../../law/#{law.id}"' in own
    assert f'href="../{name}/outside-routes/#law"' in page


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("northamptonshire", "Northamptonshire County Council ended on 31 March 2021."),
        ("knowsley", "An edition of June 2023 exists"),
    ],
)
def test_a_council_that_ended_or_a_document_overtaken_says_so_at_its_head(
    name: str, head: str
) -> None:
    pages = pages_of(real(name))
    for page in ("", "edition", "print"):
        assert f"Overtaken {head}" in plain(pages[page])
    assert plain(pages[""]).index(head) < plain(pages[""]).index("The ladder")


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("northamptonshire", "Northamptonshire (overtaken)"),
        ("knowsley", "Knowsley (overtaken)"),
        ("lambeth", "Lambeth (past its review date)"),
        ("merton", "Merton"),
    ],
)
def test_every_page_says_under_its_title_that_its_document_is_overtaken(
    name: str, word: str
) -> None:
    for page, written in pages_of(real(name)).items():
        if page not in ("", "print"):
            assert f'<span class="of-council">{word}</span>' in written.split("\n", 1)[0], page


def test_a_move_that_the_law_no_longer_allows_is_not_told_as_a_rule() -> None:
    page = plain(pages_of(real("northamptonshire"))["significant-changes"])
    assert "which the law no longer allows" in page
    assert "against the law today" in page


def test_check_refuses_an_id_that_the_book_lacks(tmp_path: Path) -> None:
    furnished(tmp_path)
    file = tmp_path / "procedures/sampleford/procedure.yml"
    file.write_text(file.read_text("utf-8") + "\nlaw: [{id: no-such-law}]\n", "utf-8")
    files = load_council(file.parent, tmp_path / "form_templates")
    (found,) = check_councils([files], TODAY, only=["PA704"])
    assert (found.severity, found.says) == ("error", "'no-such-law' is not in law.yml")


def test_a_folder_of_councils_may_bring_a_book_of_its_own(tmp_path: Path) -> None:
    own = "looked_over: 2026-01-02\nentries: {by-law: {now: Our by-law, says: What we agreed.}}\n"
    (tmp_path / LAW).write_text(own, "utf-8")
    assert set(read_law(tmp_path).entries) == {"by-law"}
    assert read_law(tmp_path / "elsewhere") == BOOK
    (tmp_path / LAW).write_text(own.replace("says", "say"), "utf-8")
    with pytest.raises(BadDefinition, match=r"law.yml"):
        read_law(tmp_path)


@pytest.mark.parametrize("year", [2015, 2018, 2023])
def test_a_superseded_edition_is_found_by_its_year(year: int) -> None:
    ((old, now),) = BOOK.outdated(f"as Working Together to Safeguard Children ({year}) has it")
    assert str(year) in old
    assert now.endswith("2026")


_NAMES_LAW = re.compile(
    r"\b(?:[Ss]ections?|[Rr]egulations?) [0-9]+[A-Z]?(?:\([0-9]\))?|\bActs? of [12][0-9]{3}|\bAct [12][0-9]{3}"
    r"|Handbook|Working Together|[Cc]are planning regulations|London [a-z ]*procedures|\bLSC[BP]\b"
)
"""What a reader takes for law or guidance."""


@pytest.mark.parametrize("name", IDS)
def test_each_chapter_that_names_law_leads_to_it(name: str) -> None:
    """Where a page names some, an entry of the book is named by the same words."""
    files = council(name)
    for page in files.pages:
        text = page.read_text("utf-8")
        led = [entry.cited_as for _, entry in files.law.named_in(text)]
        for found in _NAMES_LAW.findall(text):
            around = text[max(0, text.index(found) - 40) : text.index(found) + len(found) + 40]
            assert any(re.search(one, around) for each in led for one in each), (page.name, found)
