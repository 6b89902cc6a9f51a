"""Every screen of the product, in the order in which a person comes to it.

Each walk leads through some of them and stops at each; the test of all screens looks at what it sees
there, and `make screens` takes a photograph. What a walk changes stays: the walks run in this order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from practice_alerts.domain.acts.permissions import Act
from tests.browser.photographs.act_scenes import opened, rarer_acts, steps_inside_a_stage
from tests.browser.photographs.visiting import Screen, Visit, Walk, go, open_alert
from tests.helpers.app.acts import begin
from tests.helpers.app.screen_actions import AppPage
from tests.helpers.app.sign_in import settle

_TALKED = "Have you talked about it with the social worker or somebody else?"


def open_to_all(visit: Visit) -> Iterator[Screen]:
    page = visit.nobody("/sign-in")
    yield Screen("sign-in", page, "Sign in")
    page.get_by_role("button", name="Send me a link").click()
    yield Screen("sign-in-fault", page, "Fault: Sign in")
    page.get_by_label("Your work e-mail address").fill("nobody@practice.invalid")
    page.get_by_role("button", name="Send me a link").click()
    yield Screen("sign-in-sent", page, "Look in your e-mail")
    link = visit.cast.link("Sid")
    yield Screen("sign-in-link", go(page, link), "Sign in")
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url(re.compile("/app/"))
    settle(page)
    yield Screen("sign-in-used", go(page, link), "This link has been used")
    yield Screen("dates", go(page, "/dates"), "")
    yield Screen("not-found", go(page, "/documents/LAM-1999-0001"), "There is no page here")


def work_tray(visit: Visit) -> Iterator[Screen]:
    officer = visit.at_work("Ines")
    officer.heading("Work tray")
    yield Screen("tray", officer.page, "Work tray")
    search = officer.page.get_by_label(re.compile("^Search"))
    search.fill("school")
    search.press("Enter")
    officer.heading("Found (1)")
    yield Screen("tray-found", officer.page, "Work tray")
    search.fill("")
    search.press("Enter")
    officer.page.get_by_text("Filters", exact=True).click()
    officer.press("Keep this view")
    officer.says("Name the view in")
    yield Screen("tray-filters", officer.page, "Work tray")
    officer.page.goto("/log/")
    yield Screen("refused", officer.page, "You cannot see this")


def alerts(visit: Visit) -> Iterator[Screen]:
    officer = visit.at_work("Ines")
    for name, number in (
        ("alert", 3),  # an answer to review, at Stage Two
        ("alert-waiting", 1),
        ("alert-no-answer", 2),
        ("alert-on-hold", 4),
        ("alert-closed", 5),
    ):
        reference = open_alert(visit, officer, number)
        yield Screen(name, officer.page, reference)
    go(officer.page, "/app/alert?reference=LAM-1999-0001")
    officer.says("reference")
    yield Screen("alert-not-there", officer.page, "Alert")


def acts(visit: Visit) -> Iterator[Screen]:
    officer = visit.at_work("Ines")
    reference = open_alert(visit, officer, 3)
    for name, act in (
        ("judge", Act.REVIEW_RESPONSE),
        ("hold", Act.HOLD),
        ("escalate", Act.ESCALATE),
        ("refer", Act.REFER),
        ("note", Act.NOTE),
        ("close", Act.CLOSE),
    ):
        yield opened(officer, act, name, reference)
    officer.press("Close the alert")
    officer.says("There is something to put right")
    yield Screen("close-fault", officer.page, reference)
    officer.press("Not now")
    begin(officer, Act.NOTE)
    officer.write("Your note", "Rang the school: the form has come.")
    officer.press("Keep the note")
    officer.says("The note is kept.")
    yield Screen("alert-done", officer.page, reference)
    yield Screen(
        "document",
        go(officer.page, f"/documents/{reference}"),
        f"The alert: document of {reference}",
    )


def raising(visit: Visit) -> Iterator[Screen]:
    officer = visit.at_work("Ines")
    go(officer.page, "/app/raise")
    yield from _beginning(officer, officer.page)
    yield from _filling_and_sending(officer, officer.page)


def _beginning(officer: AppPage, page: Page) -> Iterator[Screen]:
    officer.heading("Raise a practice alert")
    yield Screen("raise-1-what", page, "Step 1 of 4: What it is about")
    officer.choose("Stage Two")
    officer.heading("Raise a practice alert")
    officer.page.get_by_label("Why it starts at Stage Two").wait_for()
    officer.press("Go on to the form")
    officer.says("There is something to put right")
    yield Screen("raise-1-fault", page, "Step 1 of 4: What it is about")
    officer.choose("Stage One")
    officer.write("Why it starts at Stage One", "It was talked about twice, without result.")


def _filling_and_sending(officer: AppPage, page: Page) -> Iterator[Screen]:
    officer.press("Go on to the form")
    officer.heading("The child and the case")
    yield Screen("raise-2-form", page, "Step 2 of 4: The form")
    officer.press("Go on: who and when")
    officer.says("There is something to put right")
    yield Screen("raise-2-fault", page, "Step 2 of 4: The form")
    _fill(officer)
    officer.press("Go on: who and when")
    officer.heading("What if nobody answers")
    yield Screen("raise-3-who-and-when", page, "Step 3 of 4: Who and when")
    officer.press("Check your answers")
    officer.heading("Send it")
    yield Screen("raise-4-check", page, "Step 4 of 4: Check your answers")
    officer.press("Send the alert")
    officer.heading(re.compile("is sent"))
    yield Screen("raise-sent", page, "LAM-")


def _fill(officer: AppPage) -> None:
    officer.write("Child's name", "Dana Exempel")
    officer.write("ID", "S-100006")
    officer.choose("Independent Reviewing Officer, for a looked-after child")
    officer.choose("looked after")
    officer.pick("Social worker", "Sid Sample")
    officer.pick("Team manager", "Toni Sample")
    officer.pick("Team", "Sample Team North")
    officer.choose("Unacceptable drift in care planning")
    officer.answer(_TALKED, "No")
    officer.write("Practice concerns", "The plan for contact has stood still since the spring.")
    officer.write("In one line, without names", "Contact plan not carried out")
    officer.write("Actions recommended", "Carry out the plan, and say by when.")


def in_two_windows(visit: Visit) -> Iterator[Screen]:
    officer = visit.at_work("Ines")
    go(officer.page, "/app/raise")
    officer.choose("Stage One")
    officer.write("Why it starts at Stage One", "It was talked about twice, without result.")
    officer.press("Go on to the form")
    officer.heading("The child and the case")
    other = AppPage(officer.page.context.new_page())
    go(other.page, officer.page.url)
    other.write("Practice concerns", "The plan has stood still since the spring.")
    other.answer(_TALKED, "No")
    officer.write("Practice concerns", "Contact has stood still since May.")
    officer.says("This draft was changed in another window")
    officer.says("the other window said")
    other.page.close()
    yield Screen("raise-two-windows", officer.page, "Step 2 of 4: The form")


def forecasting(visit: Visit) -> Iterator[Screen]:
    manager = visit.at_work("Toni")
    go(manager.page, "/app/forecast")
    manager.heading("How each day was arrived at")
    yield Screen("what-if", manager.page, "What if nobody answers")


def answering(visit: Visit) -> Iterator[Screen]:
    first, third, fifth = (visit.cast.reference(number) for number in (1, 3, 5))
    path = visit.cast.answer_page(first, "stage-1")
    stranger = visit.nobody(path)
    yield Screen("answer-sign-in", stranger, "Your answer is asked for")
    stranger.get_by_role("button", name="Send the link").click()
    yield Screen("answer-sign-in-sent", stranger, "Your answer is asked for")
    manager = visit.at_work("Toni")
    manager.heading("For you to answer")
    yield Screen("tray-of-a-manager", manager.page, "Work tray")
    yield Screen("answer", go(manager.page, path), f"{first}, Stage One")
    manager.write("Your answer", "The search has begun.")
    manager.page.get_by_role("button", name="Save for later").click()
    expect(manager.page.get_by_role("status")).to_contain_text("has not been sent yet")
    yield Screen("answer-kept", manager.page, f"{first}, Stage One")
    _ask(manager)
    yield Screen("answer-question-asked", manager.page, f"{first}, Stage One")
    yield from _answered(manager, path, first)
    moved = go(manager.page, visit.cast.answer_page(third, "stage-1"))
    yield Screen("answer-moved-on", moved, f"{third}, Stage One")
    closed = go(manager.page, visit.cast.answer_page(fifth, "stage-1"))
    yield Screen("answer-closed", closed, f"{fifth}, Stage One")


def _answered(manager: AppPage, path: str, first: str) -> Iterator[Screen]:
    """A fault, the answer, a copy of it, and the page opened again."""
    manager.page.get_by_label("It will be done by a date").check()
    manager.page.get_by_role("button", name="Send the answer").click()
    yield Screen("answer-fault", manager.page, f"Fault: {first}, Stage One")
    manager.page.get_by_label("It has been done", exact=True).check()
    manager.page.get_by_role("button", name="Send the answer").click()
    yield Screen("answer-thanks", manager.page, "Your answer is sent")
    yield Screen("answer-copy", go(manager.page, f"{path}/copy"), f"{first}: a copy of the answer")
    yield Screen("answer-again", go(manager.page, path), f"{first}, Stage One")
    expect(manager.page.get_by_label("Your answer", exact=True)).to_have_value("")


def _ask(manager: AppPage) -> None:
    """A question to the officer, from the page on which a manager answers."""
    manager.page.get_by_text("Ask the reviewing officer a question", exact=True).click()
    manager.page.get_by_label("Your question").fill("Which plan is meant?")
    manager.page.get_by_role("button", name="Send the question").click()
    expect(manager.page.get_by_role("status")).to_contain_text("The date runs on")


def overseeing(visit: Visit) -> Iterator[Screen]:
    manager = visit.at_work("Bea")
    go(manager.page, "/app/service")
    manager.heading("The whole service")
    yield Screen("service", manager.page, "The whole service")
    caseload = manager.page.get_by_role("region", name="Caseload of each reviewing officer")
    caseload.get_by_role("link").first.click()
    manager.heading("Work tray")
    manager.says("Filters (1 in use)")
    yield Screen("tray-of-the-service", manager.page, "Work tray")
    leader = visit.at_work("Quinn")
    go(leader.page, "/app/tray")
    leader.says("No alert is put to you.")
    yield Screen("tray-of-a-qa-lead", leader.page, "Work tray")
    yield from _drawing_a_sample(leader)
    go(leader.page, "/app/board")
    leader.heading("Overview")
    leader.heading("Ways out of the authority")
    yield Screen("board", leader.page, "Overview")
    yield Screen("log", go(leader.page, "/log/"), "")
    yield Screen("log-council", go(leader.page, "/log/lambeth"), "")
    yield Screen("log-alerts", go(leader.page, "/log/lambeth/alerts"), "")
    leader.page.get_by_role("link", name=re.compile(r"LAM-\d+-0003")).first.click()
    yield Screen("log-alert", leader.page, "")


def _drawing_a_sample(leader: AppPage) -> Iterator[Screen]:
    go(leader.page, "/app/audit")
    leader.heading("Audit samples")
    leader.page.get_by_role("link", name="Draw an audit sample").click()
    leader.heading("Draw an audit sample")
    leader.press("Draw it")
    leader.says("Why: say what is audited")
    yield Screen("audit-fault", leader.page, "Draw an audit sample")
    leader.write("Why", "Are answers in time followed up?")
    leader.press("Draw it")
    leader.says("Drawn: 1 alert of")
    yield Screen("audit", leader.page, "Audit samples")


def supporting(visit: Visit) -> Iterator[Screen]:
    support = visit.at_work("Rosa")
    reference = visit.cast.reference(2)
    page = go(support.page, f"/app/alert?reference={reference}")
    support.heading(reference)
    support.press("Send a reminder")
    support.says("Why they are reminded")
    yield Screen("remind", page, reference)
    go(page, "/app/directory?part=cover")
    support.says("Nobody stands in for anybody")
    yield Screen("cover-of-support", page, "Cover")


def informing(visit: Visit) -> Iterator[Screen]:
    director = visit.at_work("Dana")
    director.heading("Formal alerts")
    yield Screen("formal-alerts", director.page, "Formal alerts")


def auditing(visit: Visit) -> Iterator[Screen]:
    auditor = visit.at_work("Orla")
    page = go(auditor.page, "/app/security-log")
    auditor.heading("Security log")
    yield Screen("security-log", page, "Security log")
    go(page, "/app/service-settings")
    auditor.heading("How this service is set")
    yield Screen("service-settings", page, "How this service is set")
    go(page, "/app/directory")
    auditor.heading("Directory")
    yield Screen("directory-of-an-auditor", page, "Directory")


def keeping_records(visit: Visit) -> Iterator[Screen]:
    keeper = visit.at_work("Ivo")
    keeper.heading("Records")
    yield Screen("records", keeper.page, "Records")
    go(keeper.page, "/app/records?act=take_out")
    keeper.heading("Take something out of an alert")
    keeper.press("Ask for it")
    keeper.says("There is something to put right")
    yield Screen("records-take-out", keeper.page, "Take something out of an alert")


def keeping_the_directory(visit: Visit) -> Iterator[Screen]:
    keeper = visit.at_work("Addi")
    page = go(keeper.page, "/app/directory")
    keeper.heading("Directory")
    yield Screen("directory", page, "Directory")
    page.get_by_role("link", name=re.compile("^Fill Lambeth Safeguarding")).click()
    keeper.heading("Give a post")
    keeper.press("Give the post")
    keeper.says("There is something to put right")
    yield Screen("directory-fault", page, "Give a post")
    keeper.pick("Who holds it", "Ash Sample")
    keeper.press("Give the post")
    keeper.says("Ash Sample is entered as Lambeth Safeguarding Children Partnership.")
    yield Screen("directory-done", page, "Directory")
    page.get_by_role("link", name="People", exact=True).click()
    keeper.says("Everybody with a post here")
    yield Screen("directory-people", page, "People")
    yield from _setting_cover(keeper, page)
    page.get_by_role("link", name="Partner contacts", exact=True).click()
    keeper.heading("General practice")
    yield Screen("directory-partners", page, "Partner contacts")


def _setting_cover(keeper: AppPage, page: Page) -> Iterator[Screen]:
    page.get_by_role("link", name="Set cover for Ines Sample").click()
    keeper.heading("Set cover")
    keeper.pick("Who stands in", "Quinn Sample")
    keeper.press("Set the cover")
    keeper.says("Last day: give one.")
    yield Screen("cover-fault", page, "Set cover")
    keeper.press("Not now")
    keeper.says("Nobody stands in for anybody")
    yield Screen("cover", page, "Cover")


def running_the_office(visit: Visit) -> Iterator[Screen]:
    keeper = visit.at_work("Addi")
    page = go(keeper.page, "/app/calendar")
    keeper.heading("Calendar")
    yield Screen("calendar", page, "Calendar")
    page.get_by_role("link", name="Close a day").click()
    keeper.heading("Close a day")
    keeper.press("Close it")
    keeper.says("There is something to put right")
    yield Screen("calendar-fault", page, "Close a day")
    go(page, "/app/letters")
    keeper.heading("E-mails that did not arrive")
    yield Screen("letters", page, "E-mails that did not arrive")


def own_settings(visit: Visit) -> Iterator[Screen]:
    officer = visit.at_work("Ines")
    go(officer.page, "/app/settings")
    officer.heading("My settings")
    yield Screen("settings", officer.page, "My settings")
    officer.press("Make an address")
    officer.says("is made. Copy it now.")
    expect(officer.page.get_by_role("status")).to_be_focused()
    yield Screen("settings-address", officer.page, "My settings")
    officer.press("Turn the morning message off")
    officer.says("The morning message is turned off.")
    yield Screen("settings-done", officer.page, "My settings")


WALKS: tuple[Walk, ...] = (
    open_to_all,
    work_tray,
    alerts,
    acts,
    raising,
    in_two_windows,
    forecasting,
    answering,
    rarer_acts,
    steps_inside_a_stage,
    overseeing,
    supporting,
    informing,
    auditing,
    keeping_records,
    keeping_the_directory,
    running_the_office,
    own_settings,
)
