"""The date calculator as a page: what it answers, what it refuses in words, and that it keeps nothing."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from practice_alerts.adapters.store.core import tables
from practice_alerts.domain.guide.parts.page import calculator
from practice_alerts.web.pages.date_calculator import DatePages
from practice_alerts.web.shell.html_pages import PlainPages
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_desk(tmp_path_factory.mktemp("dates"))
    with opened.office.database.writing() as tx:
        closed = {"council": "lambeth", "day": day("Mon 2025-06-09"), "reason": "moving house"}
        tx.execute(tables.closures.insert().values(closed))
    yield opened
    opened.office.database.close()


@pytest.fixture(scope="module")
def visitor(desk: Desk) -> Asking:
    pages = DatePages(desk.office, PlainPages(sample=False))
    return Asking(Starlette(routes=pages.routes()), "http://testserver")


def ask(visitor: Asking, **query: str) -> tuple[int, str]:
    """The status, and the page as it is read: tags away, one space between words."""
    answer = visitor.get(_address(query))
    return answer.status_code, read(answer.text)


def _address(query: Mapping[str, str]) -> str:
    return "/dates?" + urlencode({"from" if k == "start" else k: v for k, v in query.items()})


def read(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def fault_at(page: str, field: str) -> str:
    found = re.search(rf'id="{field}-fault">.*?</span>(.*?)</p>', page)
    return unescape(found[1]) if found else ""


def test_one_line_answers_and_the_receipt_stands_below_it(visitor: Asking) -> None:
    status, page = ask(visitor, clock="4 working days", start="2025-06-05")
    assert status == 200
    assert "Wednesday 11 June 2025 : 4 working days from Thursday 5 June 2025." in page
    assert "Saturday 7 June 2025 not counted, Saturday" in page
    assert "Wednesday 11 June 2025 day 4" in page


def test_every_clock_of_the_guide_leads_to_a_page_that_holds_it(visitor: Asking) -> None:
    for phrase in ("20 working days", "2 days before (unit not stated)", "aim 5 working days"):
        page = visitor.get(calculator(phrase)).text
        assert f'name="clock" value="{phrase}"' in page
        assert "fault" not in read(page).lower()
        # The office's today, Monday 2 June 2025, stands there already.
        assert 'name="from" value="02/06/2025"' in page


def test_counting_back_and_both_readings_of_an_unstated_unit(visitor: Asking) -> None:
    _, page = ask(visitor, clock="5 days before (unit not stated)", start="2025-06-05")
    assert "Thursday 29 May 2025 : 5 days before" in page
    assert "The other reading ends on Saturday 31 May 2025; work to the earlier." in page


def test_hours_ask_for_the_time_and_then_run(visitor: Asking) -> None:
    answer = visitor.get(_address({"clock": "72 hours", "from": "2025-06-06"}))
    assert answer.status_code == 422
    assert "Give the time on Friday 6 June 2025" in fault_at(answer.text, "time")
    _, page = ask(visitor, clock="72 hours", start="2025-06-06", time="16:45")
    assert "16:45 on Monday 9 June 2025 (London time) : 72 hours from" in page


def test_a_council_brings_its_closures_and_the_places_where_the_clock_stands(
    visitor: Asking,
) -> None:
    asked = {"clock": "4 working days", "start": "2025-06-05"}
    _, page = ask(visitor, **asked, council="lambeth")
    assert "Thursday 12 June 2025 : 4 working days" in page
    assert "Monday 9 June 2025 not counted, closed: moving house" in page
    assert "Stage Two: to answer, counted from being sent" in page
    _, page = ask(visitor, **asked, council="knowsley")
    assert "Wednesday 11 June 2025 : 4 working days" in page
    assert "procedure has no such clock of its own" in page


def test_a_stage_brings_its_own_clock_and_what_follows_if_nobody_answers(visitor: Asking) -> None:
    answer = visitor.get("/dates?council=lambeth&stage=stage-2&from=2025-03-03")
    page = read(answer.text)
    assert "Friday 7 March 2025 : 4 working days from Monday 3 March 2025." in page
    assert "If nobody answers, sent on Monday 3 March 2025" in page
    assert "Stage Five 4 working days Wed 19 Mar 2025 Tue 25 Mar 2025" in page
    assert "Time limit: Monday 31 March 2025" in page
    assert 'href="/lambeth/stages/#stage-2"' in answer.text
    assert '<option value="stage-2" selected>Stage Two</option>' in answer.text


@pytest.mark.parametrize("council_id", IDS)
def test_every_stage_of_every_council_can_be_asked_about(visitor: Asking, council_id: str) -> None:
    asked = 0
    for name, ladder in council(council_id).procedure.all_ladders():
        for stage in ladder.stages:
            query = {"council": council_id, "ladder": name, "stage": stage.id, "time": "10:00"}
            status, page = ask(visitor, **query, start="2025-03-03")
            assert (status, stage.label in page) == (200, True), query
            asked += 1
    assert asked == sum(
        len(ladder.stages) for _, ladder in council(council_id).procedure.all_ladders()
    )


def test_a_stage_without_a_time_gets_no_invented_date(visitor: Asking) -> None:
    _, page = ask(visitor, council="unnamed-2015", stage="stage-3", start="2025-03-03")
    assert "Stage 3: not stated. No date follows from this clock" in page
    assert "Time limit: the procedure states none." in page


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ({"clock": "soon"}, "clock", '"soon" is not a clock. Write it as one of'),
        ({"clock": ""}, "clock", "Write how long, such as 4 working days."),
        ({"from": ""}, "from", "Give the date it is counted from."),
        ({"from": "20250-06-05"}, "from", "Give a real date, such as 24 April 2026."),
        ({"from": "0025-06-05"}, "from", "Give a real date, such as 24 April 2026."),
        ({"from": "25-06-05"}, "from", "Give the year in full, such as 2026."),
        ({"from": "30 February 2025"}, "from", "There is no such day as 30 February 2025"),
        ({"from": "2040-01-01"}, "from", "known only up to Friday 31 December 2027"),
        ({"from": "2009-01-01"}, "from", "the calendar begins on Thursday 1 January 2015"),
        ({"time": "25:00"}, "time", "Write the time with hours and minutes, such as 16:45."),
        ({"from": "2025-03-30", "time": "01:30"}, "time", "left out when the clocks went forward"),
        ({"council": "lambet"}, "council", "did you mean lambeth?"),
        ({"council": "lambeth", "stage": "stage2"}, "stage", "did you mean stage-2?"),
        ({"council": "lambeth", "stage": "stage-2", "ladder": "x"}, "stage", 'no ladder "x"'),
        ({"stage": "stage-2"}, "council", "Choose the council whose stage it is."),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(
    visitor: Asking, query: dict[str, str], field: str, sentence: str
) -> None:
    answer = visitor.get(_address({"clock": "4 working days", "from": "2025-06-05", **query}))
    assert answer.status_code == 422
    assert sentence in fault_at(answer.text, field)
    assert f'<a href="#{field}">' in answer.text
    assert "Day by day" not in answer.text


def test_all_faults_come_at_once_and_what_was_typed_stays(visitor: Asking) -> None:
    page = visitor.get(_address({"clock": "<soon> & so", "from": "x", "council": "y"})).text
    assert [bool(fault_at(page, field)) for field in ("clock", "from", "council")] == [True] * 3
    assert 'name="clock" value="&lt;soon&gt; &amp; so"' in page


def test_asking_writes_nothing(visitor: Asking, desk: Desk) -> None:
    files = {path: path.read_bytes() for path in _files(desk.office.settings.data)}
    ask(visitor, clock="4 working days", start="2025-06-05", council="lambeth", stage="stage-2")
    assert {path: path.read_bytes() for path in _files(desk.office.settings.data)} == files


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".db-shm"]


def test_the_page_runs_no_script_and_sends_nothing(visitor: Asking) -> None:
    page = visitor.get("/dates").text
    assert "<script" not in page
    assert re.findall(r"<form[^>]*>", page) == ['<form method="get" action="/dates" novalidate>']


clocks = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["4 working days", "999 weeks", "999 hours before", "by agreement", "1 hour"]),
    st.builds("{} {}".format, st.integers(-5, 1200), st.sampled_from(["hours", "days", "weeks"])),
)
days = st.one_of(
    st.text(max_size=30),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.from_regex(r"[0-9]{1,5}-[0-9]{1,2}-[0-9]{1,2}(T[0-9:+.Z-]{0,14})?", fullmatch=True),
)
times = st.one_of(st.text(max_size=12), st.times().map(str), st.just(""))
councils = st.one_of(st.sampled_from(["", *IDS]), st.text(max_size=20))
stages = st.one_of(
    st.sampled_from(["", "stage-1", "stage-2", "informal", "level-4", "issue-notification"]),
    st.text(max_size=20),
)
ladders = st.one_of(st.sampled_from(["", "partners.gp", "resolution"]), st.text(max_size=12))


@given(clocks, days, times, councils, stages, ladders)
@settings(deadline=None, max_examples=150)
def test_whatever_is_typed_is_answered_or_refused_in_a_sentence(
    visitor: Asking, clock: str, start: str, time: str, council_id: str, stage: str, ladder: str
) -> None:
    query = {"clock": clock, "from": start, "time": time, "council": council_id}
    text = urlencode({**query, "stage": stage, "ladder": ladder}, errors="surrogatepass")
    answer = visitor.get(f"/dates?{text}")
    assert answer.status_code in {200, 422}
    assert ("Fault: " in read(answer.text)) == (answer.status_code == 422)
    assert answer.text.count("<h1>") == 1
