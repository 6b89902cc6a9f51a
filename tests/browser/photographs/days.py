"""Seven people's days, from the first screen to the last, each with the screens that decide whether they would go back.

The test of the seven days sees each screen on a telephone and at a desk; `make screens` does not photograph them:
`python -m tests.browser.photographs.screens FOLDER days` does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from playwright.sync_api import expect

from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.permissions import Act
from tests.browser.photographs.visiting import Screen, Visit, Walk, go, open_alert
from tests.helpers.app.acts import CHECK, begin, today
from tests.helpers.app.screen_actions import AppPage

WIDTHS = (360, 1280)
TO_REVIEW, UNANSWERED, ON_HOLD = 3, 2, 4
"""The sample office's alerts, by their place in the year."""
SUBJECT = "School place in the plan not applied for"
ANSWER = "The application was made yesterday; the reply will come within two weeks."


def of_an_officer(visit: Visit) -> Iterator[Screen]:
    """An answer came: found by the child's name, weighed beside what was asked, and not good enough."""
    officer, reference = visit.at_work("Ines"), visit.cast.reference(TO_REVIEW)
    officer.says("need you")
    yield Screen("day-officer-1-tray", officer.page, "Work tray")
    search = officer.page.get_by_label(re.compile("^Search"))
    search.fill("ejemplo, MO")
    search.press("Enter")
    officer.heading("Found (1)")
    officer.page.get_by_role("link", name=reference, exact=True).first.click()
    officer.heading(reference)
    officer.says(SUBJECT)
    begin(officer, Act.HOLD)
    officer.date("Hold until", today() + timedelta(days=40))
    officer.says(re.compile(r"If it fails on .* past the time limit"))
    expect(officer.page.locator(".st-key-pa-quoted")).to_contain_text(ANSWER)
    yield Screen("day-officer-2-hold", officer.page, reference)
    officer.press("Not now")
    yield from _going_on(officer, reference)


def _going_on(officer: AppPage, reference: str) -> Iterator[Screen]:
    begin(officer, Act.ESCALATE)
    officer.write("Why it goes to this stage", "Two weeks are too long without a school.")
    officer.press(CHECK)
    officer.heading(CHECK)
    officer.says("It cannot be taken back.")
    yield Screen("day-officer-3-check", officer.page, reference)
    officer.press(ACTS[Act.ESCALATE].button)
    officer.says("Stage Three: waiting for Assistant Director")
    yield Screen("day-officer-4-sent", officer.page, reference)


def of_a_manager(visit: Visit) -> Iterator[Screen]:
    """Once a year, on a telephone: what is wanted, by when, a slip in the date, and what was sent stays to be seen."""
    manager = visit.at_work("Toni")
    reference = visit.cast.reference(UNANSWERED)
    page = go(manager.page, visit.cast.answer_page(reference, "stage-1"))
    for words in ("No visit within the statutory time", "Ines Sample", "please answer today"):
        manager.says(words)
    yield Screen("day-manager-1-asked", page, f"{reference}, Stage One")
    page.get_by_label("Your answer", exact=True).fill("Sid visits on Monday, and sees Lou alone.")
    page.get_by_label("It will be done by a date", exact=True).check()
    page.get_by_label("By when", exact=True).fill("31/11/2026")
    page.get_by_role("button", name="Send the answer").click()
    manager.says("there is no such day as 31/11/2026; give a real date.")
    yield Screen("day-manager-2-fault", page, f"Fault: {reference}, Stage One")
    page.get_by_label("By when", exact=True).fill(f"{today() + timedelta(days=5):%d.%m.%Y}")
    page.get_by_role("button", name="Send the answer").click()
    manager.heading("Your answer is sent")
    yield Screen("day-manager-3-sent", page, "Your answer is sent")
    go(page, visit.cast.answer_page(reference, "stage-1"))
    manager.heading(re.compile("^You answered on"))
    manager.says("Sid visits on Monday, and sees Lou alone.")
    yield Screen("day-manager-4-again", page, f"{reference}, Stage One")


def of_an_iro_manager(visit: Visit) -> Iterator[Screen]:
    """In supervision: what is stuck and with whom, down to the alert, and a reminder with one press."""
    manager = visit.at_work("Bea")
    manager.heading("The whole service")
    manager.says("No answer, by post; the longest silence first")
    yield Screen("day-iro-manager-1-service", manager.page, "The whole service")
    silence = manager.page.get_by_role("region", name=re.compile("^No answer, by post"))
    silence.get_by_role("link").first.click()
    manager.heading("Work tray")
    manager.says("Waiting on Chief Executive, Ellis Sample")
    yield Screen("day-iro-manager-2-stuck", manager.page, "Work tray")
    reference = open_alert(visit, manager, ON_HOLD)
    manager.says("If the hold fails")
    yield Screen("day-iro-manager-3-on-hold", manager.page, reference)
    begin(manager, Act.HAND_ON)
    manager.says("Harper Sample")
    yield Screen("day-iro-manager-4-hand-on", manager.page, reference)


def of_a_qa_lead(visit: Visit) -> Iterator[Screen]:
    """Before the board: the share in time beside what is overdue, a row of the log, and the report."""
    leader = visit.at_work("Quinn")
    leader.heading("Overview")
    leader.heading("Ways out of the authority")
    leader.says("overdue")
    leader.says("Closed since")
    yield Screen("day-qa-lead-1-overview", leader.page, "Overview")
    page = go(leader.page, "/log/lambeth")
    yield Screen("day-qa-lead-2-log", page, "")
    go(page, "/reports")
    leader.heading("Reports")
    yield Screen("day-qa-lead-3-reports", page, "Reports")


def of_an_administrator(visit: Visit) -> Iterator[Screen]:
    """Who is missing, whose e-mail is wrong, and a day on which the offices are shut."""
    keeper = visit.at_work("Addi")
    keeper.heading("Directory")
    keeper.says("posts stand empty")
    yield Screen("day-administrator-1-directory", keeper.page, "Directory")
    keeper.page.get_by_role("link", name="Enter somebody new").click()
    keeper.heading("Enter somebody new")
    keeper.write("Name", "Orla O’Brien")
    keeper.write("Work e-mail address", "orla.o’brien@council.example")
    keeper.press("Enter them")
    keeper.says("Type the straight apostrophe (') in it.")
    yield Screen("day-administrator-2-address", keeper.page, "Enter somebody new")
    go(keeper.page, "/app/letters")
    keeper.heading("E-mails that did not arrive")
    yield Screen("day-administrator-3-e-mails", keeper.page, "E-mails that did not arrive")


def of_a_practitioner(visit: Visit) -> Iterator[Screen]:
    """Whom an alert reaches, without a sign-in: the council's ladder, and whose rule each hit of the search is."""
    page = visit.nobody("/lambeth/")
    yield Screen("day-practitioner-1-council", page, "")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.keyboard.press("/")
    page.keyboard.type("stage 2")
    first = page.locator(".md-search-result__item").first
    expect(first).to_contain_text("Lambeth")
    yield Screen("day-practitioner-2-search", page, "")
    go(page, "/dates?council=lambeth")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    yield Screen("day-practitioner-3-dates", page, "")


def of_a_head_of_service(visit: Visit) -> Iterator[Screen]:
    """The first page of what reaches a director: who must do what by when, and what it is about."""
    director = visit.at_work("Casey")
    director.heading(re.compile("^For you to answer"))
    yield Screen("day-head-of-service-1-tray", director.page, "Work tray")
    reference = _first_alert(director)
    director.page.get_by_role("link", name=reference, exact=True).first.click()
    director.heading(reference)
    yield Screen("day-head-of-service-2-alert", director.page, reference)
    go(director.page, f"/documents/{reference}")
    expect(director.page.locator("main")).to_contain_text("Stage Four")
    yield Screen("day-head-of-service-3-document", director.page, "The alert")


def _first_alert(somebody: AppPage) -> str:
    return somebody.page.get_by_role(
        "link", name=re.compile(r"^LAM-\d{4}-\d{4}$")
    ).first.inner_text()


DAYS: tuple[Walk, ...] = (
    of_a_practitioner,
    of_an_administrator,
    of_a_qa_lead,
    of_an_iro_manager,
    of_a_head_of_service,
    of_an_officer,
    of_a_manager,
)
"""In an order in which what one changes is not what another looks at."""
