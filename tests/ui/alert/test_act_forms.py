"""The forms of acts on an alert's page, as the council that uses every key has them."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.act_forms import of_route
from practice_alerts.domain.acts.permissions import Act
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.app.streamlit_app import Screen, open_screen
from tests.helpers.product.office import TEAM, Desk
from tests.helpers.stories.tarnbrook import bent, files_as_written, open_tarnbrook
from tests.helpers.stories.tarnbrook import read as read_files

CAFCASS = ("referrals", "cafcass", "consult")
WORKER = (((*CAFCASS, "with"), "social_worker", ""),)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_tarnbrook(tmp_path, read_files(*files_as_written()))
    yield desk
    desk.office.database.close()


def sent(desk: Desk) -> Known:
    """At the first talk, on the form that names the social worker."""
    form = desk.office.form(desk.office.council(desk.council), "concern")
    typed = {"case_number": "1234", "team": TEAM, "social_worker": "Sw_B Sample"}
    answers = {**filled(form), **typed, "raised_as": "looked_after"}
    until = desk.office.today + timedelta(days=7)
    wanted = Raising(
        desk.council, "concern", answers, "talk", gate="no", settle_by=until, asked=("tm_a",)
    )
    return raise_alert(desk.office, wanted, desk.doing("iro_a"))


def test_a_referral_asks_what_came_of_it_in_the_words_of_the_way_out_that_is_chosen(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = sent(desk).alert.reference
    screen = open_screen(desk, "iro_a", "alert", monkeypatch, reference=reference).press("Refer")
    screen.choose("Where to", "cafcass")
    assert screen.options("What came of it (optional)") == ["Discussed", "Agreed"]
    screen.choose("What came of it (optional)", "agreed").choose("Where to", "legal_advice")
    assert "What came of it (optional)" not in [one.label for one in screen.test.radio]


def test_what_was_chosen_for_another_way_out_is_not_kept(desk: Desk) -> None:
    found = sent(desk)
    typed = {"route": "legal_advice", "reason": "The law is not clear.", "consultation": "agreed"}
    found = VERBS[Act.REFER](desk.office, found.id, typed, desk.doing("iro_a", found))
    assert "consultation" not in found.alert.referrals[-1].referred.answers


def test_a_way_out_without_a_record_asks_for_none(desk: Desk) -> None:
    found = sent(desk)
    with desk.office.database.reading() as tx:
        form = act_form(desk.office, tx, found, Act.REFER)
    (asked,) = [one for one in form.fields() if one.id == "consultation"]
    procedure = found.files.procedure
    offered = of_route(asked, procedure, "cafcass")
    assert offered is not None
    assert offered.options == {"discussed": "Discussed", "agreed": "Agreed"}
    assert [of_route(asked, procedure, route) for route in ("legal_advice", "lscp", "")] == [
        None
    ] * 3


def test_whom_to_speak_to_first_is_whoever_the_form_names(tmp_path: Path) -> None:
    """Two workers are in the team; the form names one, and the other is not offered as meant."""
    desk = open_tarnbrook(tmp_path, bent(*WORKER))
    found = sent(desk)
    with desk.office.database.reading() as tx:
        form = act_form(desk.office, tx, found, Act.REFER)
    (hint,) = [one.hint for one in form.fields() if one.id == "consulted"]
    assert "Social Worker (Sw_B Sample)" in str(hint)
    assert "Sw_A Sample" not in str(hint)
    desk.office.database.close()


def test_who_is_chosen_by_itself_is_kept_as_everything_else_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else is typed in the run in which somebody is chosen."""
    reference = sent(desk).alert.reference

    def escalating() -> Screen:
        there = open_screen(desk, "iro_a", "alert", monkeypatch, reference=reference)
        return there.press("Escalate")

    screen = escalating().choose("To which stage?", "step-1").run()
    assert screen.asked() == []
    screen.ask("tm_b")
    assert escalating().asked() == ["tm_b"]
