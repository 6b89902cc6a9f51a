"""A sixth council, written down by its own people: everything follows from its files, without any code."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from practice_alerts import ROOT
from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.adapters.guide.build import Built, build_guide
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.acts.review_response import hold, review
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.render import document_on_screen
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.files.replay import differences
from practice_alerts.domain.files.worked_cases import WorkedCase
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.web.pages.date_calculator import DatePages
from practice_alerts.web.shell.html_pages import PlainPages
from tests.helpers.alerts import act_answers
from tests.helpers.alerts.filled_forms import climbing, filled
from tests.helpers.days import day, moment
from tests.helpers.files.made_up_council import ID, write_sixth_council
from tests.helpers.files.real_councils import IDS
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.run_command import give

TODAY = day("Mon 2026-06-15")


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five councils' rooms, and the sixth's beside them."""
    found = tmp_path_factory.mktemp("rooms")
    write_sixth_council(found)
    for room in ("procedures", "form_templates"):
        for council_id in IDS:
            (found / room / council_id).symlink_to(ROOT / room / council_id)
    return found


@pytest.fixture
def desk(rooms: Path, tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data", "Mon 2026-06-15", council=ID, rooms=rooms)
    yield opened
    opened.office.database.close()


def test_it_passes_the_check(rooms: Path) -> None:
    result = give("check", str(rooms / "procedures" / ID))
    assert result.exit_code == 0, result.output
    assert "0 errors" in result.output or "error" not in result.output


def test_its_worked_cases_come_out_as_they_are_told(desk: Desk) -> None:
    files = desk.office.council(ID)
    cases = [WorkedCase.model_validate(case) for case in files.examples]
    calendar = england(today=TODAY)
    assert [differences(case, files.procedure, calendar) for case in cases] == [()] * 3


# -- the guide -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def guide(rooms: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Built strictly: a dead link or a page that no menu names would have stopped it."""
    into = tmp_path_factory.mktemp("guide")
    return build_guide(rooms / "procedures", rooms / "form_templates", into, TODAY)


def test_it_appears_in_the_guide_with_its_ladder_its_forms_and_its_readings(guide: Built) -> None:
    assert set(guide.councils) == {*IDS, ID}
    first = _page(guide, ID)
    assert all(label in first for label in ("First talk", "STEP 1", "STEP 2", "STEP 3", "At once"))
    assert "Must something be done today?" in _page(guide, f"{ID}/stages")
    assert "Meeting of everybody concerned" in _page(guide, f"{ID}/stages")
    assert "Formal concern" in _page(guide, f"{ID}/forms")
    assert "Days of a kind not said." in _page(guide, f"{ID}/readings")
    assert "5 working days before" in _page(guide, f"{ID}/clocks")


def test_it_can_be_compared_with_any_other(guide: Built) -> None:
    assert "Brackendale" in _page(guide, "compare")
    with_lambeth = guide.site / "compare" / f"{ID}-and-lambeth" / "index.html"
    assert with_lambeth.is_file()


def _page(guide: Built, path: str) -> str:
    text = (guide.site / path / "index.html").read_text("utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", text.partition("<main")[2]).split())


# -- dates -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("talk&time=16%3A00", "16:00 on Wednesday 17 June 2026 (London time) : 48 hours"),
        ("step-1", "Saturday 20 June 2026 : 5 days (unit not stated)"),
        ("step-2", "STEP 2: not stated. No date follows from this clock"),
        ("step-3", "Monday 22 June 2026 : at most 7 calendar days"),
        ("now&ladder=urgent&time=09%3A00", "13:00 on Monday 15 June 2026"),
    ],
)
def test_its_dates_are_worked_out_for_everybody(desk: Desk, stage: str, said: str) -> None:
    pages = DatePages(desk.office, PlainPages(sample=False))
    visitor = Asking(Starlette(routes=pages.routes()), "http://testserver")
    page = visitor.get(f"/dates?council={ID}&from=2026-06-15&stage={stage}").text
    assert said in " ".join(re.sub(r"<[^>]+>", " ", page).split())


# -- casework --------------------------------------------------------------------------------------


def raised(desk: Desk, kind: str, form: str, stage: str | None, **more: Any) -> Known:
    files = desk.office.council(ID)
    answers = filled(desk.office.form(files, form))
    reason = "It was talked about before."
    wanted = Raising(ID, kind, answers, entry_stage=stage, entry_reason=reason, **more)
    return raise_alert(desk.office, wanted, desk.doing("iro"))


def test_a_concern_climbs_is_held_referred_and_closed(desk: Desk) -> None:
    """From the first talk by silence to STEP 1, by an answer to STEP 2, and to the end."""
    # One of two posts; whom the form names for the other is not in the directory, and could be asked as well.
    way_in = {"gate": "no", "settle_by": day("Wed 2026-06-24"), "asked": ("social_worker",)}
    found = raised(desk, "concern", "concern", "talk", **way_in)
    assert [one.id for one in found.run.sent.asked] == ["social_worker"]
    desk.at("Thu 2026-06-18")
    assert desk.stands(found) is Standing.NO_ANSWER
    found = escalate(
        desk.office, found.id, climbing(desk, found, "step-1", "Silence."), desk.doing("iro", found)
    )
    clocks = desk.see("iro", found).clocks
    assert clocks.response is not None
    assert (clocks.response.by, clocks.response.later_reading) == (
        day("Tue 2026-06-23"),
        day("Thu 2026-06-25"),
    )
    assert [one.id for one in found.run.sent.copied] == ["social_worker", "head", "iro_lead"]
    reply = act_answers.reply("By the end of the month.", "will_be_done", "2026-06-30")
    found = answer(desk.office, found.id, reply, desk.doing("service_manager", found))
    promise = act_answers.promise(day("Tue 2026-06-30"), "the service manager")
    found = hold(desk.office, found.id, promise, desk.doing("iro", found))
    way_out = act_answers.way_out("cafcass", "The child may lose the home.")
    found = VERBS[Act.REFER](desk.office, found.id, way_out, desk.doing("iro", found))
    desk.at("Wed 2026-07-01")
    found = review(
        desk.office,
        found.id,
        act_answers.outcome("not_satisfactory", "Nothing came."),
        desk.doing("iro", found),
    )
    found = escalate(
        desk.office,
        found.id,
        climbing(desk, found, "step-2", "A hold broken."),
        desk.doing("iro", found),
    )
    assert [one.step.id for one in desk.see("iro", found).steps] == [
        "discussion",
        "note",
        "meeting",
        "plan",
    ]
    ending = act_answers.ending("put_right", "The plan is carried out.")
    found = close(desk.office, found.id, ending, desk.doing("iro", found))
    assert "The plan is carried out." in document_on_screen(desk.office, found)


def test_an_urgent_concern_takes_its_own_ladder_and_praise_takes_none(desk: Desk) -> None:
    urgent = raised(desk, "urgent", "concern", "now", gate="yes", gate_told="The Head of Care.")
    clocks = desk.see("iro", urgent).clocks
    assert clocks.response is not None
    assert clocks.response.by == moment("Mon 2026-06-15 13:00")
    praise = raised(desk, "praise", "praise", None)
    assert praise.alert.run is None
    assert "good_work as typed" in document_on_screen(desk.office, praise)


def test_each_form_offers_its_own_grounds(desk: Desk) -> None:
    files = desk.office.council(ID)
    offered = {
        name: desk.office.form(files, name).field("grounds").options
        for name in ("concern", "formal")
    }
    assert offered == {
        "concern": {"visits": "Visits missed", "reports": "Reports late"},
        "formal": {"plan": "The plan is not followed", "drift": "Nothing moves"},
    }
