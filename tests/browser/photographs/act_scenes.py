"""The forms of the acts that are rarely wanted: each opened, looked at and left again."""

from __future__ import annotations

from collections.abc import Iterator

from practice_alerts.domain.acts.permissions import Act
from tests.browser.photographs.visiting import Screen, Visit, open_alert
from tests.helpers.app.acts import begin
from tests.helpers.app.acts import open_alert as open_by_reference
from tests.helpers.app.raise_alert import Way, raised, reference_on
from tests.helpers.app.screen_actions import AppPage

_ON_HOLD, _CLOSED = 4, 5
"""The sample office's alerts, by their place in the year."""

_AT_THE_UNNAMED = Way("unnamed-2015", "qa_notification", "concern", "unnamed-2015-iro", "stage-3")

_TYPED = {
    "child_name": "Ida Exempel",
    "case_number": "S-100007",
    "concerns": "The plan has not been carried out since the last review.",
    "actions": "Name a worker, and say by when the plan is carried out.",
}


def rarer_acts(visit: Visit) -> Iterator[Screen]:
    officer = visit.at_work("Ines")
    reference = open_alert(visit, officer, _ON_HOLD)
    for name, act in (
        ("review-hold", Act.REVIEW_HOLD),
        ("agree-date", Act.AGREE_DATE),
        ("standstill", Act.STANDSTILL),
        ("override", Act.OVERRIDE),
        ("managers-view", Act.SIGN_OFF),
    ):
        yield opened(officer, act, name, reference)
        officer.press("Not now")
    yield from _correcting(officer, reference)
    manager = visit.at_work("Bea")
    reference = open_alert(visit, manager, _ON_HOLD)
    yield opened(manager, Act.HAND_ON, "hand-on", reference)
    reference = open_alert(visit, officer, _CLOSED)
    yield opened(officer, Act.REOPEN, "reopen", reference)


def _correcting(officer: AppPage, reference: str) -> Iterator[Screen]:
    yield opened(officer, Act.CORRECT, "correct", reference)
    officer.pick("Which answer was wrong", "Practice concerns")
    officer.page.get_by_label("Practice concerns", exact=True).wait_for()
    yield Screen("correct-answer", officer.page, reference)
    officer.press("Not now")


def steps_inside_a_stage(visit: Visit) -> Iterator[Screen]:
    officer = visit.at_work("unnamed-2015-iro")
    raised(officer, _AT_THE_UNNAMED, **_TYPED)
    reference = reference_on(officer)
    open_by_reference(officer, reference)
    yield Screen("alert-with-steps", officer.page, reference)
    screen = opened(officer, Act.STEP, "step", reference)
    officer.answer("Which step", "Professionals' meeting")
    officer.answer("Did it take place?", "Yes")
    officer.page.get_by_label("Who chaired it", exact=False).wait_for()
    yield screen


def opened(somebody: AppPage, act: Act, name: str, reference: str) -> Screen:
    begin(somebody, act)
    return Screen(name, somebody.page, reference)
