"""The log's pages as somebody reads them who writes no SQL: the council's name, questions first, few columns."""

import re
import sqlite3
from contextlib import closing
from html import unescape

import httpx
import pytest

from practice_alerts import ROOT
from practice_alerts.domain.log.log_queries import FIRST_SQL, QUESTIONS
from practice_alerts.domain.log.log_tables import ALERTS, TABLES
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.two_councils import HERE
from tests.web.conftest import Walk

LOG = f"/log/{HERE}"


@pytest.fixture(scope="module")
def qa(walk: Walk) -> Asking:
    return walk.as_(walk.named("qa"))


def to(page: str, called: str) -> str:
    """Where the link of that name leads."""
    found = re.search(rf'href="([^"]+)"[^>]*>{re.escape(called)}<', unescape(page))
    assert found, called
    return found[1]


def words(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", page))


def heads(page: str) -> list[str]:
    return [
        words(one).strip(" ▼") for one in re.findall(r"<th scope=\"col\".*?</th>", page, re.DOTALL)
    ]


def test_the_list_of_logs_leads_to_each_question_by_its_title(qa: Asking) -> None:
    page = qa.get("/log/").text
    assert "Alert log of Lambeth" in page
    for one in QUESTIONS:
        assert f'<a href="{LOG}/{one.name}">{one.title}</a>' in unescape(page)


def test_the_council_is_named_wherever_one_is(qa: Asking) -> None:
    for address in (LOG, f"{LOG}/themes", f"{LOG}/alerts"):
        page = qa.get(address).text
        title = re.search(r"<title>(.*?)</title>", page)
        assert title, address
        assert "Alert log of Lambeth" in title[1], address
        assert f">{HERE}<" not in page, address


def test_the_box_for_sql_begins_with_alerts_and_runs(qa: Asking) -> None:
    page = qa.get(LOG).text
    assert FIRST_SQL in unescape(page)
    assert "search keeps for itself" not in page
    assert qa.get(f"{LOG}?{httpx.QueryParams(sql=FIRST_SQL)}").status_code == 200


def test_a_wide_table_shows_few_columns_in_words_and_all_of_them_when_asked(qa: Asking) -> None:
    few = qa.get(f"{LOG}/alerts").text
    assert heads(few) == [name.replace("_", " ").capitalize() for name in ALERTS.few]
    every = qa.get(f"{LOG}/alerts?_all=1").text
    assert len(heads(every)) == len(ALERTS.columns)
    assert "Show all" in few
    assert "Show all" not in every
    file = qa.get(f"{LOG}/alerts.csv").text.splitlines()[0]
    assert file.count(",") == len(ALERTS.columns) - 1


def test_every_row_of_a_table_stands_on_its_pages_and_in_its_file(walk: Walk, qa: Asking) -> None:
    """More than a page, and more than a query, ever gives; and most happened in one minute."""
    reference = walk.two.alerts[HERE].alert.reference
    path = walk.two.desk.office.log.files()[HERE]
    more = [(reference, 1000 + n, "Note", None, None, "2025-06-02 10:30") for n in range(2500)]
    with closing(sqlite3.connect(path)) as log:
        (before,) = log.execute("select count(*) from happenings").fetchone()
        log.executemany("insert into happenings values (?, ?, ?, ?, ?, ?)", more)
        log.commit()
        page = qa.get(f"{LOG}/happenings").text
        files = [qa.get(to(page, "CSV")).text.splitlines()]
        sorted_so = ("_sort=happened_at", "_sort_desc=kind", "number__gte=1000&_sort=kind")
        files += [qa.get(f"{LOG}/happenings.csv?{one}").text.splitlines() for one in sorted_so]
        turned = set(numbers(page))
        while following := re.search(r'href="([^"]+)"[^>]*>Next page', page):
            page = qa.get(unescape(following[1])).text
            turned |= set(numbers(page))
        log.execute("delete from happenings where number >= 1000")
        log.commit()
    assert [len(set(lines)) - 1 for lines in files] == [*[before + 2500] * 3, 2500]
    assert turned >= {1000 + n for n in range(2500)}


def numbers(page: str) -> list[int]:
    """Of the rows added above, as a page shows them."""
    return [int(one) for one in re.findall(r"<td[^>]*>(\d{4})</td>", page)]


def test_only_columns_that_there_are_stand_among_the_few() -> None:
    for one in TABLES:
        assert set(one.few) <= set(one.column_names), one.name
        assert not one.few or len(one.few) < len(one.columns)


@pytest.mark.parametrize("question", [one.name for one in QUESTIONS])
def test_each_question_can_be_changed_in_sql(qa: Asking, question: str) -> None:
    page = qa.get(f"{LOG}/{question}?from_day=2025-06-01&to_day=2025-06-30&words=plan").text
    to = re.search(r'href="([^"]+)"[^>]*>Change this SQL<', page)
    assert to, question
    changed = qa.get(unescape(to[1]))
    assert changed.status_code == 200
    assert '<textarea class="sql"' in changed.text


def test_references_lead_to_the_app_stages_to_the_guide_and_counts_to_their_rows(
    walk: Walk, qa: Asking
) -> None:
    reference = walk.two.alerts[HERE].alert.reference
    page = qa.get(f"{LOG}/stages").text
    assert f'href="{LOG}/alerts/{reference}"' in page
    assert f'href="/{HERE}/stages/#stage-1"' in page
    assert f'href="/app/alert?reference={reference}"' in qa.get(f"{LOG}/alerts/{reference}").text
    asked = qa.get(f"{LOG}/themes?from_day=2025-06-01&to_day=2025-06-30").text
    to = re.search(r'<a href="([^"]+)">The rows of this period', asked)
    assert to
    assert reference in qa.get(unescape(to[1])).text


def test_a_question_that_is_drawn_leads_to_its_chart_in_the_report_of_its_period(
    qa: Asking,
) -> None:
    days = "from_day=2025-06-01&to_day=2025-06-30"
    asked = qa.get(f"{LOG}/themes?{days}").text
    to = re.search(r'<a href="([^"]+)">As a chart', asked)
    assert to
    address, _, anchor = unescape(to[1]).partition("#")
    assert f'id="{anchor}"' in qa.get(address).text
    for no_chart in (f"{LOG}/promises?{days}", f"{LOG}/themes"):
        assert "As a chart" not in qa.get(no_chart).text


def test_numbers_stand_one_below_another_at_the_right_and_words_at_the_left(qa: Asking) -> None:
    page = qa.get(f"{LOG}/themes?from_day=2025-06-01&to_day=2025-06-30").text
    cells = re.findall(r"<td( class=\"number\")?>(.*?)</td>", page, re.DOTALL)
    assert {bool(number) for number, _ in cells} == {True, False}
    for number, text in cells:
        assert bool(number) == bool(re.fullmatch(r"-?[\d.]+", words(text).strip())), text


_TAUGHT = (ROOT / "docs/asking-the-log.md").read_text("utf-8")
FIFTEEN = re.findall(r"^## \d+\. (.*)\n\n\*([^*]+)\*", _TAUGHT, re.MULTILINE)
"""Each question as the page that teaches to ask it words it, with what is to be clicked."""
NAMED = {one.title: one for one in QUESTIONS}


@pytest.mark.parametrize("title", [title for _, title in FIFTEEN])
def test_a_question_is_answered_in_three_clicks_with_the_numbers_of_its_measure(
    walk: Walk, qa: Asking, title: str
) -> None:
    """The log, the question, the period: and what then stands there is what its own SQL gives for these days."""
    assert len(FIFTEEN) == 15
    found, days = qa.get(to(qa.get("/log/").text, title)).text, {}
    if "This month so far" in found:
        address = to(found, "This month so far")
        days = dict(httpx.QueryParams(address.partition("?")[2]))
        found = qa.get(address).text
    with closing(sqlite3.connect(walk.two.desk.office.log.files()[HERE])) as log:
        rows = log.execute(NAMED[title].sql, {"from_day": "", "to_day": "", **days}).fetchall()
    shown = re.findall(r"<td[^>]*>(.*?)</td>", found, re.DOTALL)
    assert [words(one).strip() for one in shown] == [
        "" if cell is None else str(cell) for row in rows for cell in row
    ]
