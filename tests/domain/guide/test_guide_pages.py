"""The guide as texts: what a reader finds on a council's pages, and across councils."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from practice_alerts import ROOT
from practice_alerts.domain.guide.pages.compare import MOST_IN_PAIRS
from practice_alerts.domain.guide.pages.council import council_section
from practice_alerts.domain.guide.pages.site import DOORS, USING, Compiler, Guide
from practice_alerts.domain.guide.pages.terms import for_readers
from practice_alerts.domain.guide.parts.page import (
    Council,
    GuidePage,
    GuideSection,
    Links,
    address,
    calculator,
    chapter_name,
    chapter_on_one_page,
    chapter_text,
    with_signs,
)
from practice_alerts.domain.procedure.clock import parse_clock
from practice_alerts.domain.procedure.ladder import EarlierOf, Ladder
from practice_alerts.domain.procedure.posts import read_who
from practice_alerts.domain.procedure.procedure import Gate, Procedure
from practice_alerts.domain.text import joined, sentence
from practice_alerts.domain.wording.definitions import clock_in_words, start_in_words, who_in_words
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council, ladder_of, procedure_of

TODAY = day("Mon 2025-06-02")
MARKERS = {
    "home": "<!-- councils from home -->",
    "councils": "<!-- councils -->",
    "social-worker": "<!-- asked of social workers -->",
    "team-manager": "<!-- asked of managers -->",
    "iro": "<!-- ways of whoever raises -->",
    "qa-lead": "<!-- oversight -->",
    "compare": "<!-- comparison -->",
    "words": "<!-- words -->",
    "law": "<!-- law -->",
}


def real(council_id: str) -> Council:
    files = council(council_id)
    chapters = {path.name: path.read_text("utf-8") for path in files.pages}
    return Council(files.id, files.procedure, files.forms, chapters, files.act_forms, files.law)


def small(procedure: Procedure | None = None, **chapters: str) -> Council:
    return Council("sampleford", procedure or procedure_of(), {}, chapters)


def pages_of(one: Council) -> dict[str, str]:
    """The council's pages by their name within its folder; its first page is ""."""
    return {page.path.removeprefix(one.id).strip("/"): page.text for page in walk(one)}


def walk(one: Council) -> Iterator[GuidePage]:
    def down(entry: GuidePage | GuideSection) -> Iterator[GuidePage]:
        if isinstance(entry, GuidePage):
            yield entry
        else:
            for inner in entry.entries:
                yield from down(inner)

    yield from down(council_section(one, [one], TODAY))


def guide_of(*councils: Council) -> Guide:
    names = {*MARKERS, *DOORS, *USING, "glossary"}
    texts = {name: f"# {name}\n\n{MARKERS.get(name, '')}\n" for name in names}
    return Compiler(councils, texts, CALENDAR_2025, TODAY, {}).guide()


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def page_of(guide: Guide, path: str) -> str:
    return next(page.text for page in guide.pages if page.path == path)


# ------------------------------------------------------------------------------------------- wording


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("team_manager", "Team Manager"),
        ({"any_of": ["social_worker", "team_manager"]}, "Social Worker or Team Manager"),
        (["social_worker", "team_manager"], "Social Worker and Team Manager"),
        ({"normally": ["social_worker"]}, "normally Social Worker"),
        ({"role": "team_manager", "of": "raiser"}, "Team Manager of whoever raised it"),
        ("raiser", "whoever raised the alert"),
        ("not stated", "not named in the source"),
    ],
)
def test_posts_are_named_by_their_titles_and_whose_they_are(written: object, read: str) -> None:
    assert who_in_words(read_who(written), council("lambeth").procedure) == read


@pytest.mark.parametrize(
    ("phrase", "read"),
    [
        ("4 working days", "4 working days"),
        ("1 week", "1 week"),
        ("72 hours", "72 hours"),
        ("aim 5 working days", "aim: 5 working days"),
        ("at most 20 working days", "at most 20 working days"),
        ("5 working days before", "5 working days before"),
        (
            "2 days before (unit not stated)",
            "2 days (working or calendar days: not said) before",
        ),
        ("immediately", "immediately"),
        ("by agreement", "by an agreed date"),
        ("not stated", "no time stated"),
    ],
)
def test_a_clock_is_said_as_readers_say_it(phrase: str, read: str) -> None:
    assert clock_in_words(parse_clock(phrase)) == read


def test_a_start_names_the_stage_it_lies_in() -> None:
    ladder = council("unnamed-2015").procedure.ladders["concern"]
    said = "“Discussion of the issues” at Stage 2"
    assert start_in_words("stage-2.discussion", ladder) == said
    both = EarlierOf(earlier_of=("sent", "stage-2.discussion"))
    assert start_in_words(both, ladder) == f"whichever comes first: being sent or {said}"


def test_lists_and_sentences_read_well() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"], "or")] == [
        "",
        "a",
        "a and b",
        "a, b or c",
    ]
    assert sentence("no answer in time") == "No answer in time."
    assert sentence("Is it urgent?") == "Is it urgent?"


def test_addresses_are_those_a_reader_would_type() -> None:
    assert address("lambeth") == "/lambeth/"
    assert address("lambeth", "stages", "stage-2") == "/lambeth/stages/#stage-2"
    assert calculator("2 days before (unit not stated)") == (
        "/dates?clock=2+days+before+%28unit+not+stated%29"
    )


# ---------------------------------------------------------------------------------------- the ladder


def test_the_ladder_says_stage_who_how_long_and_what_then() -> None:
    first = pages_of(real("lambeth"))[""]
    rungs = [
        plain(rung)
        for rung in re.findall(r"<li><div class=\"ladder__stage.*?</li>", first, re.DOTALL)
    ]
    assert rungs[1] == "Stage One Team Manager reading L15 4 working days Stage Two"
    assert rungs[5].startswith(
        "Stage Five Strategic Director of Children's Services 4 working days"
    )
    assert "CAFCASS, the safeguarding partnership (LSCP) or Stage Six" in rungs[5]
    assert len(rungs) == 7


def test_the_ladder_stands_before_everything_else_on_the_first_page() -> None:
    for council_id in IDS:
        first = pages_of(real(council_id))[""]
        assert first.index('<figure class="ladder"') < first.index('<dl class="facts"')
        assert first.count("<figure") == len(council(council_id).procedure.ladders)


def test_the_ladder_has_an_equivalent_in_sentences() -> None:
    words = plain(pages_of(real("knowsley"))[""].split("<details")[1].split("</details>")[0])
    assert "STAGE 3: Assistant Director; 5 working days to put it right (an aim)." in words


def test_steps_inside_a_stage_are_told_with_their_own_clocks() -> None:
    first = plain(pages_of(real("unnamed-2015"))[""])
    assert "Professionals' meeting (where it is needed: Is a meeting needed?): 1 week" in first


def test_a_total_with_a_reading_leads_to_it() -> None:
    first = pages_of(real("lambeth"))[""]
    total = first.split("<dt>Time limit</dt>")[1].split("</dd>")[0]
    assert 'href="readings/#l1"' in total
    assert 'href="/dates?clock=20+working+days"' in total


def test_no_total_is_invented_where_none_is_stated() -> None:
    first = plain(pages_of(real("unnamed-2015"))[""])
    assert "Time limit No time limit is stated" in first


# ------------------------------------------------------------------------------- the council's pages


def test_each_stage_has_its_section() -> None:
    for council_id in IDS:
        stages = pages_of(real(council_id))["stages"]
        for ladder in council(council_id).procedure.ladders.values():
            for stage in ladder.stages:
                assert f"{{#{stage.id}}}" in stages


def test_a_stage_says_who_receives_and_who_is_copied() -> None:
    stages = plain(pages_of(real("merton"))["stages"])
    assert "Sent to Social Worker and Team Manager" in stages
    assert "Copied Assistant Director of Children's Services" in stages


def test_the_gate_stands_before_the_ladder() -> None:
    stages = plain(pages_of(real("unnamed-2015"))["stages"])
    assert "Is this serious enough to need action at once?" in stages
    assert "Then: Issue Notification." in stages


def test_every_reading_is_printed_and_every_open_question_listed() -> None:
    for council_id in IDS:
        page = pages_of(real(council_id))["readings"]
        for reading in council(council_id).procedure.readings:
            assert f'id="{reading.id.lower()}"' in page
            if reading.ask:
                assert f'href="#{reading.id.lower()}"' in page


def test_partner_agencies_are_sixteen_ladders_of_three() -> None:
    page = pages_of(real("lambeth"))["partner-agencies"]
    assert len(re.findall(r"\{#partner-", page)) == 16
    assert page.count('<th scope="row"') == 16 * 3


def test_the_present_law_stands_before_what_the_document_prints() -> None:
    page = plain(pages_of(real("lambeth"))["outside-routes"])
    assert page.index("section 25B(3)") < page.index("Section 118")


def test_every_question_of_a_form_is_listed_and_ours_are_marked() -> None:
    page = plain(pages_of(real("lambeth"))["forms"])
    form = council("lambeth").forms["practice_alert"]
    for field in form.fields():
        marked = f"{field.label} ours" if field.ours else field.label
        assert marked in page


def test_what_is_asked_in_later_acts_stands_below_the_forms_line_by_line() -> None:
    page = plain(pages_of(real("lambeth"))["forms"])
    later = page[page.index("What is asked later") :]
    for form in council("lambeth").act_forms.values():
        assert form.title in later
        for one in form.fields():
            assert one.label.rstrip("?") in later


def test_a_duty_that_counts_back_says_before_what() -> None:
    page = plain(pages_of(real("merton"))["clocks"])
    assert "5 working days before the scheduled meeting" in page
    assert "Printed, but not used: another clock overrules it." in page


def test_silence_is_said_and_nothing_else_is_printed_for_it() -> None:
    pages = pages_of(small())
    assert (
        "The source says nothing about watching over the whole by reports, copies or audits."
        in pages["clocks"]
    )
    assert "<table" not in pages["not-said"]


def test_an_edition_past_its_review_date_says_so() -> None:
    assert "Past its review date" in pages_of(real("lambeth"))[""]
    assert "Past its review date" not in pages_of(real("knowsley"))[""]


def test_what_a_council_writes_cannot_become_markup() -> None:
    tricky = procedure_of(title="<script>alert(1)</script>", about="Tom & *Jerry*")
    pages = pages_of(small(tricky))
    assert all("<script>" not in text for text in pages.values())
    assert "Tom &amp; *Jerry*" in pages[""]


# ------------------------------------------------------------------------------------------ chapters


def test_a_chapter_keeps_its_address_when_its_number_changes() -> None:
    assert chapter_name("02-duties.md") == chapter_name("30-duties.md") == "duties"
    assert chapter_text("[duties](02-duties.md#chair)") == "[duties](duties.md#chair)"
    assert chapter_on_one_page("[duties](02-duties.md)") == "[duties](#duties)"


def test_a_reading_named_in_a_chapter_leads_to_it() -> None:
    said = with_signs("Kept as printed (reading L1), see readings L2 and L13.", "readings.md")
    assert "(reading [L1](readings.md#l1))" in said
    assert "readings [L2](readings.md#l2) and [L13](readings.md#l13)" in said


def test_a_chapter_brings_along_the_generated_page_of_its_address() -> None:
    with_chapter = Council(
        "sampleford", procedure_of(), {}, {"50-clocks.md": "# Time\n\nOur own words.\n"}
    )
    pages = pages_of(with_chapter)
    assert "Our own words." in pages["clocks"]
    assert "Clocks of the ladder" in pages["clocks"]


def test_the_page_with_everything_leads_nowhere_else_in_the_council() -> None:
    for council_id in IDS:
        page = pages_of(real(council_id))["print"]
        ways = set(re.findall(r'href="([^"]+)"', page))
        assert {way[:1] for way in ways if not way.startswith("https://")} <= {"#", "/"}
        assert re.findall(r"^# ", page, re.MULTILINE) == ["# "]


# ------------------------------------------------------------------------------------ across councils


@pytest.mark.parametrize(
    ("council_id", "days_to_spare"),
    [
        ("merton", "0 working days"),
        ("northamptonshire", "0 working days"),
        ("lambeth", "0 working days; 4 working days too few with every formal stage"),
        ("knowsley", "5 working days"),
        ("unnamed-2015", "No time limit, so none to spare."),
    ],
)
def test_the_comparison_shows_the_days_to_spare_of_each(
    council_id: str, days_to_spare: str
) -> None:
    table = page_of(guide_of(*map(real, IDS)), "compare")
    row = re.search(r'<tr role="row"><th[^>]*>Days to spare</th>(.*?)</tr>', table, re.DOTALL)
    assert row is not None
    cell = re.search(rf'class="of-{council_id}"[^>]*>(.*?)</td>', row[1], re.DOTALL)
    assert cell is not None
    assert plain(cell[1]) == days_to_spare


def test_what_a_procedure_does_not_say_is_said_in_plain_words_in_the_comparison() -> None:
    table = page_of(guide_of(*map(real, IDS)), "compare")
    assert '<span class="silent-cell">Not said.</span>' in table
    assert "&lt;span" not in table


def test_any_two_councils_have_a_page_and_each_council_leads_to_its_own() -> None:
    guide = guide_of(*map(real, IDS))
    pairs = [page.path for page in guide.pages if page.path.startswith("compare/")]
    assert len(pairs) == 10
    assert "../compare/knowsley-and-lambeth/" in page_of(guide, "lambeth")


def test_many_councils_are_compared_in_one_table_only() -> None:
    many = [
        Council(f"council-{number}", procedure_of(council=f"Council {number}"), {}, {})
        for number in range(MOST_IN_PAIRS + 1)
    ]
    guide = guide_of(*many)
    assert not [page for page in guide.pages if page.path.startswith("compare/")]
    assert page_of(guide, "compare").count('type="checkbox"') == MOST_IN_PAIRS + 1
    assert guide.style.count("display: none") == MOST_IN_PAIRS + 1


def test_the_guide_grows_by_the_same_for_each_council() -> None:
    def length(number: int) -> int:
        many = [Council(f"c{n}", procedure_of(), {}, {}) for n in range(number)]
        return sum(len(page.text) for page in guide_of(*many).pages)

    assert length(40) - length(30) == pytest.approx(length(30) - length(20), rel=0.02)


def test_a_social_worker_sees_where_social_workers_are_asked() -> None:
    page = plain(page_of(guide_of(*map(real, IDS)), "start/social-worker"))
    assert (
        "Unnamed council (2015) Issue Notification Social Worker and Team Manager 72 hours" in page
    )
    assert "Chief Executive" not in page


def test_a_manager_sees_every_rung_up_to_the_top() -> None:
    page = plain(page_of(guide_of(*map(real, IDS)), "start/team-manager"))
    assert "Lambeth Stage Six Chief Executive 4 working days" in page


def test_words_for_the_same_thing_stand_beside_one_another() -> None:
    page = plain(page_of(guide_of(*map(real, IDS)), "words"))
    assert "STAGE 1, STAGE 2, STAGE 3, STAGE 4" in page
    assert "Northamptonshire: Child Protection Conference Chair" in page


def test_a_surgerys_practice_manager_is_not_a_councils() -> None:
    page = plain(page_of(guide_of(*map(real, IDS)), "words"))
    assert "Practice Manager" not in page.split("Posts named by more than one council")[1]


def test_a_screenshot_is_shown_only_once_there_is_one() -> None:
    texts = {name: f"# {name}" for name in (*MARKERS, *DOORS, *USING, "glossary")}
    texts["read-the-log"] = "# Log\n\n<!-- picture log: A table of alerts -->\n"

    def shown(pictures: dict[str, str]) -> str:
        guide = Compiler([small()], texts, CALENDAR_2025, TODAY, pictures).guide()
        return page_of(guide, "using/read-the-log")

    assert "<img" not in shown({})
    assert 'src="../../screens/log.png" alt="A table of alerts"' in shown(
        {"log": "screens/log.png"}
    )


def test_readers_see_the_glossary_without_the_column_for_programmers() -> None:
    written = (
        "| word | means | in the code |\n|---|---|---|\n| floor | a [level](docs/a.md) | `x` |\n"
    )
    assert for_readers(written) == "| word | means |\n|---|---|\n| floor | a level |\n"
    decided = "| word | for | why | in the code |\n|---|---|---|---|\n| a | b | c | `x` |\n"
    assert for_readers(decided) == "| word | for | why |\n|---|---|---|\n| a | b | c |\n"
    people = "| short | in full |\n|---|---|\n| IRO | a reviewing officer |\n"
    assert for_readers(people) == people


def test_the_words_of_those_who_change_the_product_stay_in_the_repository() -> None:
    shown = for_readers((ROOT / "GLOSSARY.md").read_text("utf-8"))
    assert "| practice alert, alert |" in shown
    assert "| IRO |" in shown
    for word in ("floor", "payload", "adapter", "digest", "The words, decided", "#the-words"):
        assert word not in shown


def test_a_link_finds_its_way_from_where_it_stands() -> None:
    assert Links("").to("stages", "stage-1") == "stages/#stage-1"
    assert Links("stages").to("readings") == "../readings/"
    assert Links("stages").to("stages", "stage-1") == "#stage-1"
    assert Links("print", all_on_one=True).to("stages") == "#stages"
    assert Links("", base="../lambeth/").to("readings", "l1") == "../lambeth/readings/#l1"


def test_the_clocks_of_a_small_ladder_are_all_there() -> None:
    three = procedure_of(
        ladder_of("2 working days", "72 hours", "aim 1 week", time_limit="not stated")
    )
    clocks = plain(pages_of(small(three))["clocks"])
    for said in ("2 working days", "72 hours", "aim: 1 week"):
        assert said in clocks


@pytest.mark.parametrize("name", IDS)
def test_each_page_of_a_council_says_under_its_title_of_which_council_it_is(name: str) -> None:
    pages = pages_of(real(name))
    own = real(name).name
    for path, page in pages.items():
        title = plain(page.split("\n", 1)[0])
        assert own in title, path
        whose = rf", {re.escape(own)}( \((overtaken|past its review date)\))?$"
        assert path in {"", "print"} or re.search(whose, title), path


@pytest.mark.parametrize(
    ("entry", "direct", "ask", "said"),
    [
        ({}, False, None, "At any stage, with a reason when it is not the first"),
        ({"any_stage": False, "reason": "never"}, False, None, "At One."),
        ({"any_stage": False, "reason": "always"}, False, None, "At One, with a reason."),
        ({"any_stage": False, "reason": "never"}, True, None, "At One, and straight at Three."),
        (
            {"any_stage": False, "reason": "when not the first"},
            True,
            "Is it grave?",
            "At One, and straight at Three (see there), with a reason when it is not the first.",
        ),
    ],
)
def test_where_an_alert_may_begin_is_told_stage_by_stage(
    entry: dict[str, Any], ask: str | None, said: str, *, direct: bool
) -> None:
    at = {"direct": direct, **({"ask": ask} if ask else {})}
    stages = [{"id": name.lower(), "label": name} for name in ("One", "Two", "Three")]
    stages[2]["entry"] = at  # type: ignore[assignment]
    written = Ladder.model_validate({"stages": stages, "entry": entry})
    assert said in plain(pages_of(small(procedure_of(written)))["stages"])


@pytest.mark.parametrize(
    ("name", "page", "says"),
    [
        ("lambeth", "outside-routes", "Told immediately only shown , by whoever first knows: Director"),
        ("lambeth", "clocks", "How long records are kept"),
        ("northamptonshire", "significant-changes", "By when: no time stated"),
        ("northamptonshire", "stages", "Only if the answer to “Is a meeting held?” is yes"),
        ("lambeth", "stages", "it is not mentioned. Used here: There it counts as an answer"),
    ],
)  # fmt: skip
def test_what_is_made_of_several_keys_reads_as_a_sentence(name: str, page: str, says: str) -> None:
    assert says.replace(" ,", ",") in plain(pages_of(real(name))[page]).replace(" ,", ",")


@pytest.mark.parametrize(
    ("labels", "leads", "said"),
    [
        (
            ["One", "Two", "Three"],
            {"yes": "three", "no": "one"},
            "After no at the question before the ladder: at One, and straight at Two; after yes: at Three.",
        ),
        (["One", "Two", "Three"], {"yes": "any stage", "no": "two"}, "at Two; after yes: at any stage."),
        (["One"], {}, "Where it may start At One."),
    ],
)  # fmt: skip
def test_where_an_alert_begins_is_told_by_the_answer_before_the_ladder(
    labels: list[str], leads: dict[str, str], said: str
) -> None:
    stages = [
        {"id": one.lower(), "label": one, "entry": {"direct": one == "Two"}} for one in labels
    ]
    entry = {"any_stage": False, "reason": "never"} if leads else {}
    ladder = Ladder.model_validate({"stages": stages, "entry": entry})
    answers = {answer: {"then": stage} for answer, stage in leads.items()}
    gate = Gate.model_validate({"question": "Urgent?", **answers}) if leads else None
    procedure = procedure_of(ladder).model_copy(update={"gate": gate})
    told = plain(pages_of(small(procedure))["stages"])
    assert said in " ".join(told.split())
    assert ("starting above the first stage" in told) is False
