"""Work tray, service and overview as pages: what stands on them, and what never does."""

import re
from dataclasses import replace
from html import unescape

import pytest

from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.casework.jobs import sync_log
from practice_alerts.casework.views import saved_views
from practice_alerts.domain.standing.list_filters import Filters
from practice_alerts.domain.standing.standings import Pile
from practice_alerts.ui.page import html
from tests.helpers.alerts import act_answers
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.days import day
from tests.helpers.product.office import Desk

CHILD = "K. M., S-100001"
"""Initials and case number of the child in the sample answers."""

Patch = pytest.MonkeyPatch


def tray(desk: Desk, who: str, patch: Patch, **query: str) -> Screen:
    return open_screen(desk, who, "work_tray", patch, **query)


def pressable(screen: Screen) -> list[str]:
    return [button.label for button in screen.test.button]


def figures(screen: Screen) -> dict[str, str]:
    """Where each figure leads, by its row and the heading of its column."""
    found = {}
    for row in re.findall(r'<tr role="row">(.*?)</tr>', screen.words):
        name = re.search(r"<th[^>]*>(.*?)</th>", row)
        for head, cell in re.findall(r'data-head="([^"]*)">(.*?)</td>', row):
            link = re.search(r'href="([^"]*)"', cell)
            if name and link and head != "Change":  # which is an act
                found[f"{name[1]}: {head}"] = unescape(link[1])
    return found


def test_a_line_has_each_of_its_dates_once_and_says_who_is_waited_for(
    desk: Desk, monkeypatch: Patch
) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    words = tray(desk.at("Wed 2025-06-04"), "iro", monkeypatch).words
    assert (
        'Waiting on Team Manager, <a href="mailto:manager@practice.invalid">Manager Sample</a>,'
        " since Monday 2 June 2025, 2 working days."
    ) in words
    assert words.count("Friday 6 June 2025") == 1
    assert "Time limit Monday 30 June 2025, 18 working days left" in words
    answer(desk.office, found.id, act_answers.reply("Done.", "done"), desk.doing("manager", found))
    words = tray(desk.at("Thu 2025-06-05"), "iro", monkeypatch).words
    assert "Waiting on you since Wednesday 4 June 2025, 1 working day." in words
    assert CHILD in words


def test_who_may_not_remind_gets_no_address_and_who_is_waited_for_is_told_so(
    desk: Desk, monkeypatch: Patch
) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    words = tray(desk.at("Wed 2025-06-04"), "manager", monkeypatch).words
    assert "Waiting on Team Manager, you, since Monday 2 June 2025" in words
    assert "mailto:" not in words


def test_an_address_begins_an_e_mail_to_nobody_else() -> None:
    way = html.mail_link("A & B", "a?bcc=c@practice.invalid&subject=S-100001")
    assert way == (
        '<a href="mailto:a%3Fbcc%3Dc@practice.invalid%26subject%3DS-100001">A &amp; B</a>'
    )


def test_a_reminder_is_begun_from_the_line_and_its_form_stands_open(
    desk: Desk, monkeypatch: Patch
) -> None:
    reference = desk.at("Mon 2025-06-02").raised("stage-1").alert.reference
    desk.at("Wed 2025-06-04")
    links = [one.proto for one in tray(desk, "iro", monkeypatch).test.get("page_link")]
    (remind,) = [one for one in links if one.label == "Send a reminder"]
    assert remind.query_string == f"reference={reference}&act=remind"
    theirs = tray(desk, "manager", monkeypatch).test.get("page_link")
    assert "Send a reminder" not in [one.proto.label for one in theirs]
    screen = open_screen(desk, "iro", "alert", monkeypatch, reference=reference, act="remind")
    assert "act" not in screen.test.query_params, "a reload begins nothing"
    screen.write("Why they are reminded", "No word yet.").press("Send the reminder")
    assert "Whoever owes the answer and is in the directory has been told." in screen.words


def test_an_act_that_is_not_theirs_is_not_begun_by_an_address(
    desk: Desk, monkeypatch: Patch
) -> None:
    reference = desk.raised("stage-1").alert.reference
    for act in ("remind", "close", "nonsense"):
        screen = open_screen(desk, "manager", "alert", monkeypatch, reference=reference, act=act)
        assert "pa-begin" not in screen.words


def test_a_day_to_put_it_right_by_is_not_called_an_answer_s(desk: Desk, monkeypatch: Patch) -> None:
    asked = replace(desk.raising("informal"), settle_by=day("Fri 2025-06-13"))
    raise_alert(desk.office, asked, desk.doing("iro"))
    words = tray(desk, "iro", monkeypatch).words
    assert "to be put right by Friday 13 June 2025" in words
    assert "Answer" not in words[words.index("pa-tray-says") :]
    later = tray(desk.at("Mon 2025-06-16"), "iro", monkeypatch).words
    assert "Waiting on others (1)" in later, "nothing is overdue: no clock ran"


def test_numbers_at_the_top_lead_to_the_parts_they_count(desk: Desk, monkeypatch: Patch) -> None:
    desk.at("Mon 2025-06-02").raised("stage-1")
    desk.at("Mon 2025-05-12").raised("stage-1")
    words = tray(desk.at("Tue 2025-06-03"), "iro", monkeypatch).words
    for part in ("needs-you", "waiting"):
        assert f'<a href="#{part}"><strong>1</strong>' in words
        assert f'<h2 id="{part}">' in words


def test_more_of_a_part_is_shown_in_words(desk: Desk, monkeypatch: Patch) -> None:
    for _ in range(12):
        desk.raised("stage-1")
    screen = tray(desk, "iro", monkeypatch)
    assert screen.words.count("pa-tray-says") == 10
    screen.press("Show 2 more: waiting on others")
    assert screen.words.count("pa-tray-says") == 12
    assert not any(label.startswith("Show") for label in pressable(screen))


def test_a_filter_is_in_force_at_once_and_cleared_again(desk: Desk, monkeypatch: Patch) -> None:
    desk.raised("stage-1")
    screen = tray(desk, "iro", monkeypatch)
    screen.pick("Stage", "practice_alert/stage-2")
    assert "Nothing like that is open." in screen.words
    assert screen.test.expander[0].label == "Filters (1 in use)"
    screen.press("Clear the filters")
    assert "Waiting on others (1)" in screen.words
    assert dict(screen.test.query_params) == {}


def test_a_view_is_kept_shown_again_and_taken_away(desk: Desk, monkeypatch: Patch) -> None:
    desk.raised("stage-1")
    screen = tray(desk, "iro", monkeypatch)
    screen.pick("How it stands", Pile.LATE.value)
    screen.press("Keep this view")
    assert "Name the view" in screen.words
    field = next(one for one in screen.test.text_input if one.label == "Name for this view")
    field.set_value("Late ones")
    screen.run().press("Keep this view")
    assert [one.filters for one in saved_views.mine(desk.office, "iro")] == [
        Filters(pile=Pile.LATE)
    ]
    screen.press("Clear the filters")
    assert "Waiting on others (1)" in screen.words
    screen.press("Late ones")
    assert "Nothing like that is open." in screen.words
    screen.press("Remove “Late ones”")
    assert "Late ones" not in pressable(screen)


def test_a_search_for_a_person_finds_what_waits_for_them(desk: Desk, monkeypatch: Patch) -> None:
    reference = desk.raised("stage-1").alert.reference
    screen = tray(desk, "iro", monkeypatch)
    screen.test.text_input(key="tray-search").set_value("manager sample")
    screen.run()
    assert "Found (1)" in screen.words
    screen.test.text_input(key="tray-search").set_value("nobody of that name")
    said = screen.run().words
    assert "Nothing fits that." in said
    assert "what is chosen from a list" in said.lower()
    assert "Only open alerts were searched." in said
    screen.test.checkbox(key="tray-search-closed").check()
    said = screen.run().words
    assert "Nothing fits that." in said
    assert "Only open alerts were searched." not in said
    assert reference not in "".join(dict(screen.test.query_params))


def test_every_figure_of_the_service_leads_to_as_many_alerts(
    desk: Desk, monkeypatch: Patch
) -> None:
    desk.at("Mon 2025-05-26").raised("stage-1")
    desk.at("Mon 2025-06-09").raised("stage-2")
    screen = open_screen(desk.at("Tue 2025-06-10"), "boss", "service", monkeypatch)
    found = figures(screen)
    assert set(found) == {
        *("Open: Alerts", "No days to spare: Alerts", "Team Manager: Alerts"),
        *("Iro Sample: Open", "Iro Sample: Needs the officer", "Iro Sample: Waiting"),
    }
    for name, address in found.items():
        path, _, query = address.partition("?")
        assert path == "/app/tray"
        asked = dict(pair.split("=") for pair in query.replace("%2F", "/").split("&"))
        count = 2 if name in {"Open: Alerts", "Iro Sample: Open"} else 1
        shown = tray(desk, "boss", monkeypatch, **asked).words
        assert shown.count("pa-tray-says") == count, name


def test_the_service_s_page_says_no_child(desk: Desk, monkeypatch: Patch) -> None:
    desk.at("Mon 2025-05-26").raised("stage-1")
    sync_log.catch_up(desk.at("Tue 2025-06-10").office)
    for who, page in (("boss", "service"), ("boss", "board"), ("qa", "board")):
        words = open_screen(desk, who, page, monkeypatch).words
        assert "S-100001" not in words
        assert "K. M." not in words
    assert CHILD in tray(desk, "boss", monkeypatch, whose="service").words


def test_the_overview_names_nobody_and_explains_each_figure(desk: Desk, monkeypatch: Patch) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    answer(desk.office, found.id, act_answers.reply("Done.", "done"), desk.doing("manager", found))
    late = desk.at("Mon 2025-05-26").raised("stage-1").alert.reference
    sync_log.catch_up(desk.at("Tue 2025-06-10").office)
    assert f"reference={late}" in open_screen(desk, "boss", "board", monkeypatch).words
    words = open_screen(desk, "qa", "board", monkeypatch).words
    assert "50% of 2" in words  # the other is overdue
    assert late in words
    assert f"reference={late}" not in words, "a QA lead reads of it, and opens it not"
    assert "/app/tray" not in words
    assert words.count("What is counted") >= 3
    for name in ("Iro Sample", "Manager Sample", "Sample Team North"):
        assert name not in words


def test_the_overview_says_when_its_log_is_not_there_yet(desk: Desk, monkeypatch: Patch) -> None:
    assert "is being made" in open_screen(desk, "boss", "board", monkeypatch).words


@pytest.mark.parametrize("who", ["manager", "worker", "iro"])
def test_an_address_gives_nobody_a_list_that_is_not_theirs(
    desk: Desk, who: str, monkeypatch: Patch
) -> None:
    desk.raised("stage-1", who="iro")
    desk.raised("stage-2", who="iro")
    words = tray(desk, who, monkeypatch, whose="service").words
    assert words.count("pa-tray-says") == {"manager": 1, "worker": 0, "iro": 2}[who]


def test_an_address_that_makes_no_sense_changes_nothing(desk: Desk, monkeypatch: Patch) -> None:
    desk.raised("stage-1")
    screen = tray(desk, "iro", monkeypatch, pile="no such pile", within="soon")
    assert "Waiting on others (1)" in screen.words


def test_a_qa_lead_begins_with_what_they_read(desk: Desk, monkeypatch: Patch) -> None:
    desk.raised("stage-1")
    words = tray(desk, "qa", monkeypatch).words
    assert "No alert is put to you." in words
    for way in ("/app/board", "/log/lambeth", "/app/audit"):
        assert f'href="{way}"' in words
    assert CHILD not in words
    assert "No alert is put to you." not in tray(desk, "other_iro", monkeypatch).words


def test_an_officer_reads_what_they_carry_above_their_alerts_and_nobody_else_does(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.raised("stage-1")
    words = tray(desk, "iro", monkeypatch).words
    assert "Your own caseload: 1 open, 0 to review." in words
    assert words.index("Your own caseload") < words.index('<h2 id="waiting">')
    assert "own caseload" not in tray(desk, "manager", monkeypatch).words
