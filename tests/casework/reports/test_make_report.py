"""The reports: read and issued by who may, frozen once issued, and taken away as Word."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.text.paragraph import Paragraph

from practice_alerts.adapters.documents import read_on_screen
from practice_alerts.adapters.documents.starter.report_template import report_starter
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.casework.acts import close, notes_and_corrections
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.reports import behind_number, make_report, words_beside
from practice_alerts.casework.reports.behind_number import NumberAsked
from practice_alerts.casework.reports.make_report import MadeReport
from practice_alerts.casework.reports.report_paper import NOT_DRAWN, told, word_report
from practice_alerts.casework.views import security_log
from practice_alerts.casework.views.security_log import EntriesWanted
from practice_alerts.domain.directory.directory_acts import FiguresIssued
from practice_alerts.domain.directory.office_permissions import NotYours
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.charts import CHARTS
from practice_alerts.domain.reports.contents import BOARD, REPORTS, ReportName
from practice_alerts.domain.reports.frozen import KIND
from practice_alerts.domain.reports.shown import column_of
from practice_alerts.domain.reports.small_numbers import SmallNumbers
from practice_alerts.domain.reports.template_tags import (
    EDITION,
    EXPLAINED,
    FACTS,
    FIGURES,
    SENTENCES,
    WRITTEN,
    offered,
)
from tests.helpers.alerts import act_answers as acts
from tests.helpers.days import day
from tests.helpers.product.office import Desk, open_desk

JUNE = Period(day("Sun 2025-06-01"), day("Mon 2025-06-30"))
YEAR = Period(day("Tue 2025-04-01"), day("Tue 2026-03-31"))
SERVICE, OUT = ReportName.SERVICE, ReportName.BOARD


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Three concerns raised in June 2025, one of them closed; it is July."""
    desk = open_desk(tmp_path)
    first = desk.raised("stage-1")
    desk.raised("stage-1", case_number="S-2")
    desk.raised("informal", case_number="S-3")
    desk.at("Wed 2025-06-04")
    ended(desk, first)
    return desk.at("Wed 2025-07-02")


def ended(desk: Desk, found: Known) -> Known:
    said = acts.ending("withdrawn", "It was noted on another file.")
    return close.close(desk.office, found.id, said, desk.doing("iro", found))


def seen(
    desk: Desk, who: str = "qa", name: ReportName = SERVICE, period: Period = JUNE
) -> MadeReport:
    sync_log.catch_up(desk.office)
    return make_report.see(desk.office, desk.actor(who), name, period)


def issued(desk: Desk, name: ReportName = SERVICE, period: Period = JUNE) -> MadeReport:
    sync_log.catch_up(desk.office)
    return make_report.issue(desk.office, desk.actor("qa"), name, period)


def number(made: MadeReport, figure: str, which: str, key: str) -> str | None:
    return made.tables[figure].number(which, key)


def test_each_figure_of_a_report_stands_in_its_table(desk: Desk) -> None:
    made = seen(desk)
    assert set(made.tables) == set(made.report.figures)
    assert number(made, "raised", "All", "alerts") == "3"
    assert number(made, "ever_formal", "Of these, had come to a formal stage", "now") == "2"
    assert number(made, "endings", "All closings", "closings") == "1"
    assert number(made, "timeliness_by_stage", "Stage One", "no_answer") == "1"
    assert number(made, "timeliness_by_stage", "Stage One", "ended_before_it_was_due") == "1"
    assert number(made, "raised", "All", "before") == "0"


def test_behind_each_number_stand_as_many_as_it_says(desk: Desk) -> None:
    made, tried = seen(desk), 0
    for name, table in made.tables.items():
        for row in table.rows:
            for key in table.heads:
                if column_of(name, row.which, key):
                    asked = NumberAsked(name, row.which, key)
                    found = behind_number.behind(desk.office, desk.actor("qa"), asked, JUNE)
                    assert str(found.number) == row.cells[key], asked
                    assert len(found.alerts) <= found.number
                    tried += found.number > 0
    assert tried > 20


def test_what_is_issued_stays_and_what_changed_stands_beside_it(desk: Desk) -> None:
    before = issued(desk)
    desk.at("Thu 2025-07-03")
    sync_log.catch_up(desk.office)
    assert seen(desk).changes == ()
    second = next(one for one in all_of(desk) if one.alert.answers["case_number"] == "S-2")
    correct(desk, second)
    after = seen(desk)
    assert after.tables["themes"] == before.tables["themes"]
    changed = {
        (one.which, one.column): (one.issued, one.now)
        for one in after.changes
        if one.title == "What concerns are about"
    }
    assert changed, "the category was corrected, and so the figures are others"
    assert after.issued is not None
    what = after.issued.what
    assert (what.report, what.since, what.until) == ("service", JUNE.since, JUNE.until)
    assert what.edition == desk.office.council("lambeth").digest
    assert what.calendar == desk.office.calendar("lambeth").version
    assert what.event > 0
    assert len(what.head) == 64
    assert {one.measure for one in what.tables} == set(after.report.figures)


def all_of(desk: Desk) -> list[Known]:
    with desk.office.database.reading() as tx:
        return [load(desk.office, tx, one) for one in current_state.ids(tx, "lambeth")]


def correct(desk: Desk, found: Known) -> None:
    said = {
        "question": f"{found.alert.happened[0].number}:category",
        "reason": "Ticked by mistake.",
    }
    doing = desk.doing("iro", found)
    notes_and_corrections.correct(desk.office, found.id, said, ["safeguarding"], doing)


def test_figures_are_issued_once_over_and_by_who_may(desk: Desk) -> None:
    with pytest.raises(NotPossible, match="once it is over"):
        issued(desk, period=Period(JUNE.since, day("Wed 2025-07-02")))
    issued(desk)
    with pytest.raises(NotPossible, match="issued already"):
        issued(desk)
    reader = desk.with_readers().actor("auditor")
    assert make_report.see(desk.office, reader, SERVICE, JUNE).issued is not None
    with pytest.raises(NotYours):
        make_report.issue(desk.office, reader, SERVICE, Period(JUNE.since, JUNE.since))
    for who in ("iro", "manager", "admin"):
        with pytest.raises(NotYours):
            make_report.see(desk.office, desk.actor(who), SERVICE, JUNE)
    with desk.office.database.reading() as tx:
        assert len(kept.happened(tx, "lambeth", KIND)) == 1


@pytest.mark.parametrize(
    ("period", "says"),
    [
        (JUNE, "whole years"),
        (Period(YEAR.since, day("Mon 2026-03-30")), "whole years"),
        (Period(day("Thu 2026-01-01"), day("Thu 2026-12-31")), "whole years"),
    ],
)
def test_for_publication_there_are_whole_years_and_nothing_that_overlaps(
    desk: Desk, period: Period, says: str
) -> None:
    desk.at("Wed 2026-04-08")
    with pytest.raises(NotPossible, match=says):
        seen(desk, name=OUT, period=period)


def test_a_report_for_publication_is_rounded_and_leaves_once_it_is_issued(desk: Desk) -> None:
    desk.at("Wed 2026-04-08")
    draft = seen(desk, name=OUT, period=YEAR)
    assert draft.left_out == ()
    assert number(draft, "ever_formal", "Raised", "now") == "5"
    with pytest.raises(NotPossible, match="Issue the figures first"):
        word_report(desk.office, desk.actor("qa"), draft)
    made = issued(desk, OUT, YEAR)
    text = str(read_on_screen(word_report(desk.office, desk.actor("qa"), made).body))
    assert "0 stands for none to 2, 5 for 3 to 7" in text
    assert "This service is small, so most numbers below are 0 or 5" in text
    event = made.issued.what if made.issued else None
    assert isinstance(event, FiguresIssued)
    exact = {one.measure: one for one in event.tables if not one.published}
    assert dict(exact["ever_formal"].rows)["Raised"]["now"] == "3"
    assert (event.round_to, event.share_base) == (5, 20)


def test_published_numbers_stay_when_the_threshold_becomes_another(desk: Desk) -> None:
    desk.at("Wed 2026-04-08")
    rounded = replace(desk.office.settings, small_numbers=SmallNumbers(10, 20))
    wider = replace(desk.office, settings=rounded)
    sync_log.catch_up(desk.office)
    actor = desk.actor("qa")
    assert number(make_report.see(wider, actor, OUT, YEAR), "ever_formal", "Raised", "now") == "0"
    issued(desk, OUT, YEAR)
    made = make_report.see(wider, actor, OUT, YEAR)
    assert number(made, "ever_formal", "Raised", "now") == "5"
    assert "nearest 5" in str(read_on_screen(word_report(wider, actor, made).body))


def test_a_report_that_is_taken_away_is_put_down_as_an_export(desk: Desk) -> None:
    made = seen(desk)
    document = word_report(desk.office, desk.actor("qa"), made)
    assert document.name == "lambeth-service-report-2025-06-01-to-2025-06-30.docx"
    text = str(read_on_screen(document.body))
    assert "Lambeth" in text
    assert "Independent Reviewing Officer" in text
    assert "child sexual exploitation" not in text, "CSE stands nowhere in it"
    auditor = desk.with_readers().actor("auditor")
    lines = "".join(security_log.csv(desk.office, auditor, EntriesWanted()))
    assert 'Qa Sample,qa,took a list away,"report: service, 2025-06-01 to 2025-06-30"' in lines


@pytest.mark.parametrize("name", list(ReportName))
def test_the_common_template_is_the_one_that_is_made_and_a_council_has_its_own(
    desk: Desk, tmp_path: Path, name: ReportName
) -> None:
    desk.at("Wed 2026-04-08")
    made = issued(desk, name, YEAR)
    rooms = tmp_path / "rooms"
    own = rooms / "lambeth" / "reports" / f"{name.value}.docx"
    own.parent.mkdir(parents=True)
    first = REPORTS[name].sections[0]
    changed = replace(first, says="A sentence of the council's own.")
    report = replace(REPORTS[name], sections=(changed, *REPORTS[name].sections[1:]))
    own.write_bytes(report_starter(report))
    office = replace(desk.office, settings=replace(desk.office.settings, form_templates=rooms))
    body = word_report(office, desk.actor("qa"), made).body
    assert "A sentence of the council" in str(read_on_screen(body))
    assert desk.office.council("lambeth").template(name.value) is None


def test_a_board_report_shows_only_what_is_in_the_closed_set() -> None:
    assert BOARD.may_leave
    assert not REPORTS[SERVICE].may_leave


@pytest.mark.parametrize("name", list(ReportName))
def test_what_a_template_may_ask_for_is_what_it_is_rendered_with(
    desk: Desk, name: ReportName
) -> None:
    desk.at("Wed 2026-04-08")
    made = seen(desk, name=name, period=YEAR)
    said = words_beside.beside(desk.office, desk.actor("qa"), name, YEAR)
    given: dict[str, Any] = dict(told(desk.office, made, said, ()))
    assert {*given[SENTENCES]} == {*CHARTS} & {*REPORTS[name].figures}
    texts = {key for key, value in given.items() if isinstance(value, str)}
    assert (*sorted(texts),) == (*sorted(FACTS),)
    assert {*given[WRITTEN]} == {*REPORTS[name].places}
    assert {*given[EXPLAINED]} == {EDITION, *REPORTS[name].figures}
    paths = {FIGURES, *texts, *(f"{FIGURES}.{one}" for one in given[FIGURES])}
    paths |= {f"{WRITTEN}.{one}" for one in given[WRITTEN]}
    paths |= {f"{EXPLAINED}.{one}" for one in given[EXPLAINED]}
    for path, rows in ({f"{FIGURES}.{n}": r for n, r in given[FIGURES].items()} | given).items():
        if isinstance(rows, list):
            paths |= {path, *(f"{path}[].{key}" for row in rows for key in row)}
    assert paths <= offered(REPORTS[name])


def test_the_rows_of_a_figure_stand_on_one_page_with_its_heading(desk: Desk) -> None:
    """Each row but the last is kept with the next, in Word's own words."""
    made = seen(desk.at("Wed 2026-04-08"), period=YEAR)
    word = Document(io.BytesIO(word_report(desk.office, desk.actor("qa"), made).body))
    table = next(one for one in word.tables if one.rows[0].cells[0].text == "What we did")
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert all(kept[:-1])
    assert not kept[-1]


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (200).to_bytes(4, "big") + (100).to_bytes(4, "big")
"""The beginning of a picture of 200 by 100 dots, which is all that a document has to know of it."""


def test_a_chart_stands_in_the_document_with_its_words_and_without_it_no_empty_place(
    desk: Desk,
) -> None:
    made = seen(desk)
    chart = made.charts["timeliness_by_stage"]
    with_one = word_report(desk.office, desk.actor("qa"), made, {"timeliness_by_stage": PNG})
    without = word_report(desk.office, desk.actor("qa"), made)
    for document, alternatives in ((with_one, [chart.alternative]), (without, [])):
        word = Document(io.BytesIO(document.body))
        places = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
        assert places == alternatives
        text = str(read_on_screen(document.body))
        assert chart.sentence in text
        assert f"{NOT_DRAWN} {chart.sentence}" in text or alternatives
    (shape,) = Document(io.BytesIO(with_one.body)).inline_shapes
    assert abs(shape.width / shape.height - 2) < 0.01


@pytest.mark.parametrize("name", list(ReportName))
def test_nothing_in_a_report_stands_alone_at_the_foot_of_a_page(
    desk: Desk, name: ReportName
) -> None:
    """A heading, the words between it and a table, a table's head and a chart are kept with what follows; no row is broken."""
    desk.at("Wed 2026-04-08")
    made = issued(desk, name, YEAR)
    drawn = dict.fromkeys(made.charts, PNG)
    word = Document(io.BytesIO(word_report(desk.office, desk.actor("qa"), made, drawn).body))
    every = list(word.element.body)
    headings = [
        one for one in word.paragraphs if one.style and str(one.style.name).startswith("Heading")
    ]
    assert len(headings) > len(made.report.sections)
    assert all(kept_with_next(one) for one in headings)
    facts, *tables = word.tables
    for table in (facts, *tables):
        # The table of what the report is has no head: each of its rows says what it is.
        assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in table.rows)
        assert table._tbl.xpath("./w:tblPr/w:tblDescription/@w:val")
        before = every[every.index(table._tbl) - 1]
        if before.tag.endswith("}p") and table is not facts:
            above = Paragraph(before, word)
            assert kept_with_next(above), above.text
    charts = [one for one in word.paragraphs if one._p.xpath(".//w:drawing")]
    assert len(charts) == len(made.charts) > 0
    assert all(kept_with_next(one) for one in charts)


def kept_with_next(paragraph: Paragraph) -> bool:
    said = paragraph.paragraph_format.keep_with_next
    style = paragraph.style
    return bool(said if said is not None else style and style.paragraph_format.keep_with_next)


def test_a_report_that_is_counted_by_steps_may_be_counted_by_another_thread_each(
    desk: Desk,
) -> None:
    """As a busy server does it, which hands each step to whichever thread is free."""
    at_once = seen(desk)
    steps = make_report.seeing(desk.office, desk.actor("qa"), SERVICE, JUNE)
    counted = []
    while True:
        with ThreadPoolExecutor(1) as thread:
            step = thread.submit(next, steps, None).result()
        if step is None:
            break
        counted.append(step.name)
    assert counted == [*at_once.tables]


def test_a_board_reads_what_an_abbreviation_means_below_the_table_in_which_it_meets_it(
    desk: Desk,
) -> None:
    desk.at("Wed 2026-04-08")
    made = issued(desk, OUT, YEAR)
    word = Document(io.BytesIO(word_report(desk.office, desk.actor("qa"), made).body))
    texts = [one.text for one in word.paragraphs]
    (cafcass,) = [n for n, text in enumerate(texts) if text.startswith("CAFCASS: the Children and")]
    assert texts.index("How concerns ended") < cafcass < texts.index("Time until put right")
    assert [text for text in texts if text.startswith("QA: quality assurance")]


def test_a_board_is_told_that_a_0_of_what_was_asked_may_be_no_answer(desk: Desk) -> None:
    desk.at("Wed 2026-04-08")
    made = seen(desk, name=OUT, period=YEAR)
    assert made.tables["childs_voice"].heads["yes"] == "Recorded as yes"
    assert seen(desk).tables["childs_voice"].heads["yes"] == "Yes"
    (section,) = [one for one in made.report.sections if "childs_voice" in one.figures]
    assert "it may have been left unanswered" in section.says


@pytest.mark.parametrize("name", list(ReportName))
def test_a_reader_is_told_at_the_beginning_where_every_abbreviation_is_explained(
    desk: Desk, name: ReportName
) -> None:
    """Whatever stands in capitals anywhere in it has its row in the list at its end."""
    desk.at("Wed 2026-04-08")
    made = issued(desk, name, YEAR)
    word = Document(io.BytesIO(word_report(desk.office, desk.actor("qa"), made).body))
    assert "stands at its end, under “Words and abbreviations”" in word.paragraphs[2].text
    explained = {row.cells[0].text for row in word.tables[-1].rows[1:]}
    cells = (cell.text for table in word.tables for row in table.rows for cell in row.cells)
    text = " ".join((*(one.text for one in word.paragraphs), *cells))
    used = set(re.findall(r"\b[A-Z]{2,}\b", text)) - {"SENSITIVE"}
    assert {"IRO", "OFFICIAL"} <= used
    assert used <= explained
