"""The reports on plain pages: three clicks to a document, issued once, and days that cannot be read."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from practice_alerts.adapters.documents import read_on_screen
from practice_alerts.adapters.store.office import security_rows
from practice_alerts.adapters.store.office.security_rows import EntriesSought
from practice_alerts.casework.reports import make_report
from practice_alerts.domain.reports.contents import REPORTS, ReportName
from practice_alerts.domain.seeing.security_entries import SecurityKind
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.two_councils import HERE, THERE
from tests.web.conftest import Walk

MAY = "from_day=2025-05-01&to_day=2025-05-31"


def of(walk: Walk, name: str) -> Asking:
    return walk.as_(walk.named(name))


def link(page: str, words: str) -> str:
    found = re.search(rf'href="([^"]+)"[^>]*>{words}<', page)
    assert found, words
    return unescape(found[1])


@pytest.mark.parametrize("who", ["qa", "boss"])
def test_three_clicks_lead_from_any_page_to_a_word_document(walk: Walk, who: str) -> None:
    visitor = of(walk, who)
    first = visitor.get(link(visitor.get("/sessions").text, "Reports"))
    choose = visitor.get(first.headers["location"])
    report = visitor.get(link(choose.text, "Last month"))
    assert "May 2025" in report.text
    document = visitor.get(link(report.text, "Download as a Word document"))
    assert document.status_code == 200
    assert document.headers["content-disposition"].endswith('2025-05-31.docx"')
    assert "1 May 2025 to 31 May 2025" in str(read_on_screen(document.content))


def test_a_number_leads_to_the_alerts_that_it_counts(walk: Walk) -> None:
    reference = walk.two.alerts[HERE].alert.reference
    for who, leads in (
        ("qa", f"/log/{HERE}/alerts/{reference}"),
        ("boss", f"/app/alert?reference={reference}"),
    ):
        visitor = of(walk, who)
        page = visitor.get(f"/reports/{HERE}/service?from_day=2025-06-01&to_day=2025-06-30").text
        rows = visitor.get(link(page, "1"))
        assert rows.status_code == 200
        assert f'href="{leads}"' in rows.text


def test_how_teams_fare_is_three_clicks_away_for_whoever_may_open_every_alert(walk: Walk) -> None:
    reference = walk.two.alerts[HERE].alert.reference
    june = f"/reports/{HERE}/teams?from_day=2025-06-01&to_day=2025-06-30"
    for who in ("boss", "auditor"):
        visitor = of(walk, who)
        choose = visitor.get(f"/reports/{HERE}").text
        last_month = re.search(r'href="([^"]+)"[^>]*>Last month<span class="unseen">, by', choose)
        assert last_month
        assert "Nothing was raised or due" in visitor.get(unescape(last_month[1])).text
        page = visitor.get(june).text
        assert reference in visitor.get(link(page, "1")).text
        with walk.two.desk.office.database.reading() as tx:
            kept = security_rows.latest(tx, EntriesSought(), None, 2)
        assert [one.what for one in kept] == [
            "behind: teams, 2025-06-01 to 2025-06-30",
            "teams, 2025-06-01 to 2025-06-30",
        ]
    qa = of(walk, "qa")
    assert "How teams fare" not in qa.get(f"/reports/{HERE}").text
    assert qa.get(june).status_code == 404
    assert of(walk, "boss").get(june.replace("2025-06-30", "x")).status_code == 400


def test_behind_a_rounded_number_and_one_that_is_no_count_stands_no_list(walk: Walk) -> None:
    days = "from_day=2024-04-01&to_day=2025-03-31"
    boss = of(walk, "boss")
    for report, figure, row, column in (
        ("board", "ever_formal", "Raised", "now"),
        ("service", "ever_formal", "Raised", "before"),
        ("service", "ever_formal", "The same, per cent", "now"),
        ("service", "nothing", "Raised", "now"),
        ("service", "raised", "All", "reference"),
    ):
        asked = f"{days}&figure={figure}&row={row}&number={column}"
        assert boss.get(f"/reports/{HERE}/{report}/behind?{asked}").status_code == 404


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("from_day=01/07&to_day=2025-06-30", "First day: give the year in full"),
        ("from_day=2025-06-01&to_day=31/6/2025", "Last day: there is no such day as 31/6/2025"),
        ("from_day=2025-06-01", "Last day: give a real date"),
        ("from_day=2025-06-30&to_day=2025-06-01", "The last day lies before the first"),
        ("from_day=2026-06-30&to_day=2026-07-01", "has not begun"),
    ],
)
def test_days_that_cannot_be_are_refused_in_words(walk: Walk, days: str, says: str) -> None:
    answer = of(walk, "qa").get(f"/reports/{HERE}/service?{days}")
    assert (answer.status_code, says in answer.text) == (400, True)


def test_days_are_read_as_people_type_them(walk: Walk) -> None:
    page = of(walk, "qa").get(f"/reports/{HERE}/service?from_day=1/5/2025&to_day=31 May 2025")
    assert "1 May 2025 to 31 May 2025" in page.text


def test_figures_are_issued_with_one_press_and_only_by_who_may(walk: Walk) -> None:
    april = f"/reports/{HERE}/service?from_day=2025-04-01&to_day=2025-04-30"
    auditor, boss = of(walk, "auditor"), of(walk, "boss")
    assert "Issue these figures" not in auditor.get(april).text
    assert "Issue these figures" in boss.get(april).text
    assert boss.post(april, {}).status_code == 303
    page = boss.get(april).text
    assert "Issued on" in page
    assert "Issue these figures" not in page
    assert "Boss Sample" in page
    assert link(boss.get(f"/reports/{HERE}").text, "Report for the service") == april


def test_a_report_for_publication_cannot_be_had_before_it_is_issued(walk: Walk) -> None:
    year = "from_day=2024-04-01&to_day=2025-03-31"
    boss = of(walk, "boss")
    page = boss.get(f"/reports/{HERE}/board?{year}")
    assert "Download" not in page.text
    assert boss.get(f"/reports/{HERE}/board.docx?{year}").status_code == 400
    assert boss.post(f"/reports/{HERE}/board?{year}", {}).status_code == 303
    assert boss.get(f"/reports/{HERE}/board.docx?{year}").status_code == 200
    assert boss.get(f"/reports/{HERE}/board?{MAY}").status_code == 400
    assert boss.get(f"/reports/{HERE}/nothing?{MAY}").status_code == 404


def test_another_council_and_every_other_post_find_nothing_there(walk: Walk) -> None:
    for name in ("iro", "manager", "admin", "records"):
        assert of(walk, name).get(f"/reports/{HERE}").status_code == 403
        assert 'href="/reports"' not in of(walk, name).get("/sessions").text
    there = of(walk, f"{THERE}-boss")
    assert there.get(f"/reports/{HERE}/service?{MAY}").status_code == 404
    assert there.post(f"/reports/{HERE}/service?{MAY}", {}).status_code == 404


def test_a_chart_is_fetched_by_whoever_read_its_report_and_by_no_other_council(walk: Walk) -> None:
    boss = of(walk, "boss")
    page = boss.get(f"/reports/{HERE}/service?from_day=2025-06-01&to_day=2025-06-30").text
    found = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', page)
    assert found
    at, alternative = found[0]
    assert alternative.startswith("Bar chart: ")
    picture = boss.get(at)
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/svg+xml")
    assert picture.text.startswith("<svg")
    assert of(walk, f"{THERE}-boss").get(at).status_code == 404
    elsewhere = at.replace(f"/{HERE}/", f"/{THERE}/")
    assert of(walk, f"{THERE}-boss").get(elsewhere).status_code == 404
    assert of(walk, "iro").get(at).status_code == 403


def test_all_of_six_months_are_listed_printed_and_taken_away(walk: Walk) -> None:
    reference = walk.two.alerts[HERE].alert.reference
    boss = of(walk, "boss")
    listed = boss.get(link(boss.get(f"/reports/{HERE}").text, "All raised in the last six months"))
    assert f'href="/app/alert?reference={reference}"' in listed.text
    assert "1 alert, without names" in listed.text
    file = boss.get(link(listed.text, "Take this list away as CSV"))
    assert file.text.startswith("\N{BYTE ORDER MARK}Alert,Kind,Raised as,")
    assert [line.split(",")[0] for line in file.text.splitlines()[1:]] == [reference]
    assert file.headers["content-disposition"].endswith('alerts.csv"')
    with walk.two.desk.office.database.reading() as tx:
        kept = security_rows.latest(tx, EntriesSought(), None, 2)
    assert [one.what for one in kept] == ["list: raised, 2024-12-01 to 2025-06-02"] * 2
    assert [one.kind for one in kept] == [SecurityKind.EXPORTED, SecurityKind.LOG_READ]


def test_what_was_raised_about_one_child_is_found_by_one_of_its_alerts(walk: Walk) -> None:
    mine, other = (walk.two.alerts[one].alert.reference for one in (HERE, THERE))
    qa = of(walk, "qa")
    listed = qa.get(f"/reports/{HERE}/list?child_of={mine.lower()}")
    assert f"What was raised about the child of {mine}" in listed.text
    assert f'href="/log/{HERE}/alerts/{mine}"' in listed.text
    with walk.two.desk.office.database.reading() as tx:
        [kept] = security_rows.latest(tx, EntriesSought(), None, 1)
    assert (kept.what, kept.alert_id) == ("list: about one child", walk.two.alerts[HERE].id)
    for unknown in (other, "LAM-1900-0001", "' or 1=1 --", ""):
        assert qa.get(f"/reports/{HERE}/list?child_of={quote(unknown)}").status_code == 404


def test_a_list_has_its_own_council_and_its_days_alone(walk: Walk) -> None:
    for name in ("iro", "manager", "admin"):
        assert of(walk, name).get(f"/reports/{HERE}/list?{MAY}").status_code == 403
    assert of(walk, f"{THERE}-boss").get(f"/reports/{HERE}/list?{MAY}").status_code == 404
    boss = of(walk, "boss")
    assert "None." in boss.get(f"/reports/{HERE}/list?{MAY}").text
    assert boss.get(f"/reports/{HERE}/list?from_day=x&to_day=y").status_code == 400


def said(page: str, words: str) -> bool:
    return words in unescape(page)


def test_a_text_is_written_on_the_page_and_what_may_be_a_name_is_shown_again(walk: Walk) -> None:
    boss, at = of(walk, "boss"), f"/reports/{HERE}/service/words?{MAY}"
    again = boss.post(at, {"place": "summary", "body": "It went <b>well</b> for Kit."})
    assert again.status_code == 400
    assert said(again.text, "'Kit' may be a name or initials.")
    assert 'href="#summary"' in again.text
    assert "It went &lt;b&gt;well&lt;/b&gt; for Kit.</textarea>" in again.text
    fields = {"place": "summary", "body": "It went <b>well</b> for Kit.", "names_nobody": "yes"}
    kept = boss.post(at, fields)
    assert kept.status_code == 303
    assert kept.headers["location"] == f"/reports/{HERE}/service?{MAY}#beside-summary"
    page = of(walk, "auditor").get(f"/reports/{HERE}/service?{MAY}").text
    assert "It went &lt;b&gt;well&lt;/b&gt; for Kit." in page
    assert "Written by Boss Sample" in page
    assert "<textarea" not in page
    for who in ("auditor", "iro", f"{THERE}-boss"):
        assert of(walk, who).post(at, {"place": "summary", "body": ""}).status_code >= 400
    assert boss.post(at, {"place": "nowhere", "body": "x"}).status_code == 404


def test_an_action_is_put_down_and_ended_on_the_page(walk: Walk) -> None:
    boss, at = of(walk, "boss"), f"/reports/{HERE}/service/action?{MAY}"
    wrong = boss.post(at, {"what": "Ask the teams.", "owner": "", "due": "31/6/2025"})
    assert wrong.status_code == 400
    for key, words in (("owner-", "choose a post"), ("due-", "there is no such day")):
        assert f'id="{key}-fault"' in wrong.text
        assert said(wrong.text, words)
    assert "Ask the teams.</textarea>" in wrong.text
    sent = {"what": "Ask the teams.", "owner": "post:iro_manager", "due": "30/6/2025"}
    assert boss.post(at, sent).status_code == 303
    page = boss.get(f"/reports/{HERE}/service?{MAY}").text
    number = re.search(r'name="number" value="(\d+)"', page)
    assert number is not None
    assert said(page, "IRO manager, by 30 June 2025. Still to be done.")
    ended = {**sent, "number": number[1], "outcome": "done", "came_of_it": "All were asked."}
    (read,) = re.findall(r'name="read" value="(\w+)"', page.partition(number[0])[2])[:1]
    assert boss.post(at, {**ended, "read": read}).status_code == 303
    page = boss.get(f"/reports/{HERE}/service?{MAY}").text
    assert said(page, "Done: All were asked.")
    assert "All were asked.." not in page


def test_of_two_who_write_at_once_the_second_sees_the_first_and_keeps_what_they_typed(
    walk: Walk,
) -> None:
    boss, qa = of(walk, "boss"), of(walk, "qa")
    report = f"/reports/{HERE}/service"
    at, days = f"{report}/words?{MAY}", f"{report}?{MAY}"
    read = read_mark(boss.get(days).text, "service")
    mine, theirs = (
        {"place": "service", "body": said, "read": read} for said in ("Mine.", "Theirs.")
    )
    assert boss.post(at, mine).status_code == 303
    late = qa.post(at, theirs)
    assert late.status_code == 400
    assert said(late.text, "somebody has written there since you opened this page")
    assert "<p>Mine.</p>" in late.text
    assert "Theirs.</textarea>" in late.text
    both = {**theirs, "body": "Mine and theirs.", "read": read_mark(late.text, "service")}
    assert qa.post(at, both).status_code == 303
    page = of(walk, "auditor").get(days).text
    assert "<p>Mine and theirs.</p>" in page
    assert re.findall(r": (\w+) Sample wrote what stands here", page)[-2:] == ["Boss", "Qa"]


def read_mark(page: str, place: str) -> str:
    """By which the form of that place tells what stood there."""
    form = page.partition(f'name="place" value="{place}"')[2]
    return str(re.findall(r'name="read" value="(\w*)"', form)[0])


def test_an_action_that_ended_meanwhile_loses_nobody_what_they_typed(walk: Walk) -> None:
    """Ended in May's report while June's was open elsewhere, it stands in June's no more: there it would be a new one."""
    boss, qa, report = of(walk, "boss"), of(walk, "qa"), f"/reports/{HERE}/service"
    june = "from_day=2025-06-01&to_day=2025-06-30"
    sent = {"what": "Meet each month.", "owner": "post:iro_manager"}
    assert boss.post(f"{report}/action?{MAY}", sent).status_code == 303
    page = qa.get(f"{report}?{june}").text.rpartition("Meet each month.</strong>")[2]
    number, read = (
        re.findall(rf'name="{one}" value="(\w+)"', page)[0] for one in ("number", "read")
    )
    known = {**sent, "number": number, "read": read}
    assert boss.post(f"{report}/action?{MAY}", {**known, "outcome": "done"}).status_code == 303
    late = qa.post(f"{report}/action?{june}", {**known, "what": "Meet each week."})
    assert late.status_code == 400
    assert said(late.text, "The action has ended in a report up to Saturday 31 May 2025.")
    assert 'id="what-" name="what"' in late.text
    assert "Meet each week.</textarea>" in late.text
    april = "from_day=2025-05-01&to_day=2025-05-30"
    assert said(boss.get(f"{report}?{MAY}").text, "Boss Sample changed an action")
    assert "Meet each month." not in boss.get(f"{report}?{april}").text


def test_a_second_person_lets_a_text_be_published(walk: Walk) -> None:
    year = "from_day=2023-04-01&to_day=2024-03-31"
    at = f"/reports/{HERE}/board/words?{year}"
    qa, boss = of(walk, "qa"), of(walk, "boss")
    assert qa.post(at, {"place": "summary", "body": "It was a quiet year."}).status_code == 303
    assert "It may be published" not in qa.get(f"/reports/{HERE}/board?{year}").text
    refused = qa.post(at, {"place": "summary", "publish": "yes"})
    assert refused.status_code == 400
    assert said(refused.text, "You wrote it, so somebody else")
    assert 'href="#beside-summary"' in refused.text
    assert "It may be published" in boss.get(f"/reports/{HERE}/board?{year}").text
    assert boss.post(at, {"place": "summary", "publish": "yes"}).status_code == 400
    (mark,) = re.findall(
        r'name="publish" value="(\w+)"', boss.get(f"/reports/{HERE}/board?{year}").text
    )
    assert boss.post(at, {"place": "summary", "publish": mark}).status_code == 303
    assert (
        "has read it: it is in the published report" in qa.get(f"/reports/{HERE}/board?{year}").text
    )


def test_of_a_large_log_it_is_told_what_is_being_counted_and_then_stands_the_very_same_report(
    walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    boss, at = of(walk, "boss"), f"/reports/{HERE}/service?{MAY}"
    at_once = boss.get(at).text
    monkeypatch.setattr(make_report, "_MANY", 0)
    page = boss.get(at)
    assert page.headers["x-accel-buffering"] == "no"
    told = re.findall(r"<li>(.+?) \((\d+) of (\d+)\)</li>", page.text)
    figures = REPORTS[ReportName.SERVICE].figures
    assert [int(number) for _, number, _ in told] == [*range(1, len(figures) + 1)]
    assert told[0][0] == "Concerns raised"
    main = at_once.partition("<main")[2].partition(">")[2]
    assert page.text.endswith(main)
    assert page.text.count("</main>") == page.text.count("<main ") == 1
    for days in ("from_day=31/6/2025&to_day=2025-06-30", "from_day=2026-06-30&to_day=2026-07-01"):
        assert boss.get(f"/reports/{HERE}/service?{days}").status_code == 400
