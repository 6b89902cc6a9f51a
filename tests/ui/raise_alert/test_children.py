"""Several children on one form, on the screen: added, told apart, taken out, and sent together."""

from __future__ import annotations

from typing import Any

import pytest

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.casework.drafts import kept_drafts, siblings
from practice_alerts.domain.forms.each_child import children_in
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import Desk
from tests.helpers.stories.family import ANNA, KIT, LOU, family
from tests.helpers.stories.restricting import enter_seconds

ADD = "Add a brother or sister"
OUT = "Take Child 2 out of this draft"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """Two in each post at Lambeth, in three teams, and each of the three kinds of cover."""
    enter_seconds(desk)
    return desk


def begun(desk: Desk, step: int = 2, *, children: bool = True) -> str:
    """A draft of Kit, with Lou and Anna as well unless it is a draft from before."""
    raising = family(desk)
    further = {"child@lou": 2, "child@anna": 3} if children else {}
    body = {
        "step": step,
        "furthest": 4,
        "council": "lambeth",
        "kind": "practice_alert",
        "entry_stage": "stage-1",
        "entry_reason": raising.entry_reason,
        "answers": dict(raising.answers),
        **further,
    }
    kept_drafts.keep_draft(desk.office, "iro", "begun", body)
    return "begun"


def kept(desk: Desk) -> dict[str, Any]:
    found = kept_drafts.my_draft(desk.office, "iro", "begun")
    assert found is not None
    return dict(found.body)


def opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Screen:
    return open_screen(desk, "iro", "raise_alert", monkeypatch, draft="begun")


def test_a_child_that_is_added_has_questions_of_its_own_under_its_heading(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, children=False)
    screen = opened(desk, monkeypatch)
    assert "Child 1" not in screen.words
    screen.press(ADD)
    assert "<h3>Child 1</h3>" in screen.words
    assert "Child 2</h3>" in screen.words
    assert "For every child: the concern" in screen.words
    assert screen.field("Child 1: Child's name") == KIT
    assert screen.field("Child 2: Child's name") == ""
    screen.write("Child 2: Child's name", LOU).write("Child 2: What the child says", "Mine.")
    (mark,) = children_in(kept(desk))
    assert kept(desk)["answers"][f"child_name@{mark}"] == LOU
    assert kept(desk)["answers"]["child_name"] == KIT
    assert kept(desk)["answers"][f"child_view@{mark}"] == "Mine."


def test_a_form_that_names_the_child_in_two_sections_offers_it_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, children=False)
    body = {**kept(desk), "kind": "partner", "partner": "commissioning", "entry_stage": "stage-1"}
    form = desk.office.council("lambeth").forms["partner_escalation"]
    naming = [one for one in form.sections if any(f.identifies == "child" for f in one.fields)]
    assert len(naming) == 2
    kept_drafts.keep_draft(desk.office, "iro", "begun", body, kept(desk))
    screen = opened(desk, monkeypatch)
    offered = [one.label for one in screen.test.button].count(ADD)
    assert screen.field("Where the child is placed (optional)") == ""
    assert offered == 1


def test_a_draft_from_before_opens_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(desk, children=False)
    screen = opened(desk, monkeypatch)
    assert screen.field("Child's name") == KIT
    assert "The child and the case" in screen.words


def test_what_was_typed_for_each_stands_after_reload(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk)
    screen = opened(desk, monkeypatch)
    names = [screen.field(f"Child {number}: Child's name") for number in (1, 2, 3)]
    assert names == [KIT, LOU, ANNA]


def test_each_child_is_offered_the_people_of_its_own_team(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk)
    screen = opened(desk, monkeypatch)
    assert screen.choices("Child 1: Team manager")[0].startswith("Manager")
    assert screen.choices("Child 3: Team manager")[0].startswith("Elsewhere")


def test_taking_one_out_is_asked_first_and_the_next_moves_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk)
    screen = opened(desk, monkeypatch)
    assert "Everything typed for Child 2 alone goes, and cannot be had back." in screen.words
    screen.press(OUT)
    assert screen.field("Child 2: Child's name") == ANNA
    assert LOU not in str(kept(desk))


def test_two_windows_add_a_child_each_and_both_are_kept(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, children=False)
    here, there = opened(desk, monkeypatch), opened(desk, monkeypatch)
    here.press(ADD).write("Child 2: Child's name", LOU)
    there.press(ADD)
    there.run()
    assert len(children_in(kept(desk))) == 2
    assert "“Which children are on the form”" in there.words
    assert LOU in str(kept(desk)["answers"])


def test_a_fault_leads_to_the_child_it_is_about(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk)
    screen = opened(desk, monkeypatch).write("Child 3: ID", "")
    screen.press("Go on: who and when")
    assert "Child 3: ID: fill it in." in screen.words or "Child 3: ID: " in screen.words
    assert "field-begun-case-number-anna" in screen.words.replace("_", "-")


def test_what_is_different_for_one_child_begins_with_what_all_share(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk)
    screen = opened(desk, monkeypatch)
    box = next(one for one in screen.test.multiselect if one.label.startswith("Child 3: which"))
    box.set_value(["concerns"])
    screen.run()
    label = "Child 3: Practice concerns"
    assert screen.field(label) == kept(desk)["answers"]["concerns"]
    screen.write(label, "Another thing.")
    assert kept(desk)["answers"]["concerns@anna"] == "Another thing."
    assert kept(desk)["answers"]["concerns"] != "Another thing."


def test_it_is_said_who_is_asked_about_whom_and_all_are_sent_at_one_press(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(desk, step=3)
    screen = opened(desk, monkeypatch)
    assert "<h3>Child 1 and Child 2</h3>" in screen.words
    assert "<h3>Child 3</h3>" in screen.words
    screen.press("Check your answers")
    assert "<dt>For</dt>" in screen.words
    assert "<dt>Child 2: Child&#39;s name</dt>" in screen.words
    screen.press("Send the 3 alerts")
    assert "LAM-2025-0001 is sent" in screen.words
    assert "Sent together with LAM-2025-0002 and LAM-2025-0003." in screen.words
    with desk.office.database.reading() as tx:
        assert len(current_state.raised_by(tx, ["iro"])) == 3
    assert kept_drafts.my_draft(desk.office, "iro", "begun") is None


def test_the_page_of_each_leads_to_the_others(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(desk, step=4)
    opened(desk, monkeypatch).press("Send the 3 alerts")
    page = open_screen(desk, "iro", "alert", monkeypatch, reference="LAM-2025-0002")
    assert "Brothers and sisters: " in page.words
    assert 'href="/app/alert?reference=LAM-2025-0001"' in page.words
    theirs = open_screen(desk, "west", "alert", monkeypatch, reference="LAM-2025-0001")
    assert "Brothers and sisters: " not in theirs.words


def test_no_more_than_eight_stand_on_one_form(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(desk)
    body = kept(desk)
    while len(children_in(body)) < 7:
        siblings.add_child(body)
    kept_drafts.keep_draft(desk.office, "iro", "begun", body)
    screen = opened(desk, monkeypatch)
    assert ADD not in [one.label for one in screen.test.button]
    assert "8 children at most stand on one form." in screen.words
