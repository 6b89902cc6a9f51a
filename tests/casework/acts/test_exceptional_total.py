"""A usual total and an exceptional one: the longer holds from the day it is recorded why, and not before."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.documents.render import sources
from practice_alerts.domain.acts.acts import offers
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.documents.alert_document import head
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.errors import BadAnswers, NotAllowed, NotFound, NotPossible
from practice_alerts.domain.wording.clock_lines import clock_lines
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.days import day
from tests.helpers.product.office import TEAM, Desk
from tests.helpers.stories.tarnbrook import bent, files_as_written, guide_of, open_tarnbrook
from tests.helpers.stories.tarnbrook import read as read_files

AGREED = {"exceptional": "yes", "until": "", "agreed_with": "The Head", "reason": "Two courts."}
WITH_DATE = {**AGREED, "until": "2026-06-12"}
ALONE = {"exceptional": "no", "until": "2026-06-12", "agreed_with": "The Head", "reason": "Leave."}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from _open(tmp_path)


def _open(data: Path, *bends: tuple[tuple[str | int, ...], Any, str]) -> Iterator[Desk]:
    files = bent(*bends) if bends else read_files(*files_as_written())
    desk = open_tarnbrook(data, files)
    yield desk
    desk.office.database.close()


def sent(desk: Desk, stage: str = "step-1", who: str = "iro_a") -> Known:
    form = desk.office.form(desk.office.council(desk.council), "formal")
    typed = {"case_number": "1234", "team": TEAM, "social_worker": "Sw_B Sample"}
    answers = {**filled(form), **typed, "raised_as": "looked_after", "copy_to_head": "no"}
    at_gate: dict[str, Any] = {"gate": "yes", "gate_told": "Them", "entry_reason": "Now."}
    asked = {"step-1": ("tm_a",), "step-2": ("head_a",)}[stage]
    wanted = Raising(desk.council, "concern", answers, stage, asked=asked, **at_gate)
    return raise_alert(desk.office, wanted, desk.doing(who))


def agree(desk: Desk, found: Known, who: str = "iro_a", **answers: Any) -> Known:
    return VERBS[Act.AGREE_DATE](desk.office, found.id, answers, desk.doing(who, found))


def limit(desk: Desk, found: Known) -> Any:
    clocks = desk.see("iro_a", found).clocks
    return clocks.time_limit and clocks.time_limit.by_day


def test_figures_go_by_the_usual_total_until_it_is_recorded_why_it_is_exceptional(
    desk: Desk,
) -> None:
    found = sent(desk)
    before = desk.see("iro_a", found).clocks
    assert limit(desk, found) == day("Mon 2026-06-29")
    found = agree(desk, found, **AGREED)
    after = desk.see("iro_a", found).clocks
    assert limit(desk, found) == day("Mon 2026-07-13")
    assert after.response == before.response
    assert before.days_to_spare is not None
    assert after.days_to_spare == before.days_to_spare + 10
    assert before.escalate_by is not None
    assert after.escalate_by is not None
    assert after.escalate_by > before.escalate_by


def test_both_a_day_for_the_answer_and_the_longer_total_can_be_agreed_at_once(desk: Desk) -> None:
    found = agree(desk, sent(desk), **WITH_DATE)
    clocks = desk.see("iro_a", found).clocks
    assert (clocks.agreed, limit(desk, found)) == (day("Fri 2026-06-12"), day("Mon 2026-07-13"))


def test_another_day_alone_leaves_the_total_as_it_was(desk: Desk) -> None:
    found = agree(desk, sent(desk), **ALONE)
    assert limit(desk, found) == day("Mon 2026-06-29")
    assert "exceptional" not in " ".join(text for _, _, text in desk.mails())


def test_it_is_said_on_page_e_mail_paper_and_history(desk: Desk) -> None:
    found = agree(desk, sent(desk), who="iro_a", **AGREED)
    seen = desk.see("iro_a", found)
    lines = dict(clock_lines(seen.clocks, desk.office.now(), desk.office.calendar(desk.council)))
    day_and_why = "Monday 13 July 2026, exceptional: 30 working days in all"
    assert lines["Time limit"].startswith(day_and_why)
    told = [(who, text) for who, notice, text in desk.mails() if notice == "exceptional"]
    assert [who for who, _ in told] == [one.id for one in found.run.sent.asked] == ["tm_a"]
    assert "time\nlimit is now the longer one: Monday 13 July 2026." in told[0][1]
    used = sources(desk.office, found, found.alert.form)
    assert head(found.alert, used, desk.office.today)["cap"] == day_and_why
    assert f"Time limit: {day_and_why}." in file_note(found.alert, used, desk.office.now())
    last = seen.history[-1]
    said = "Agreed that the alert is exceptional (30 working days in all), with The Head"
    assert (last.what, last.said) == (said, "Two courts.")


def test_a_lead_named_to_review_may_record_it_and_the_officer_hears_of_it(desk: Desk) -> None:
    found = sent(desk, "step-2")
    found = agree(desk, found, who="lead_a", **AGREED)
    assert limit(desk, found) == day("Mon 2026-07-13")
    assert "iro_a" in {who for who, notice, _ in desk.mails() if notice == "exceptional"}


@pytest.mark.parametrize("who", ["tm_a", "head_a", "director_a", "iro_b", "boss"])
def test_nobody_else_lengthens_the_total(desk: Desk, who: str) -> None:
    found = sent(desk)
    with pytest.raises((NotAllowed, NotFound)):
        agree(desk, found, who=who, **AGREED)
    assert limit(desk, found) == day("Mon 2026-06-29")


def test_it_takes_a_reason_and_somebody_with_whom_it_was_agreed(desk: Desk) -> None:
    with pytest.raises(BadAnswers) as refused:
        agree(desk, sent(desk), exceptional="yes", until="", agreed_with="", reason="")
    assert set(refused.value.faults) == {"agreed_with", "reason"}
    nothing = {**AGREED, "exceptional": "no"}
    with pytest.raises(BadAnswers) as refused:
        agree(desk, sent(desk), **nothing)
    assert refused.value.faults == {
        "until": "The day agreed for the answer: choose it, or say above that the alert is exceptional."
    }


def test_where_no_answer_is_waited_for_only_the_total_is_asked_for_and_only_once(
    desk: Desk,
) -> None:
    found = sent(desk, "step-2")
    with desk.office.database.reading() as tx:
        asked = {one.id for one in act_form(desk.office, tx, found, Act.AGREE_DATE).fields()}
    assert asked == {"exceptional", "agreed_with", "reason"}
    assert "Agree a longer time limit" in _titles(desk, found)
    found = agree(desk, found, **AGREED)
    with pytest.raises(NotPossible, match="no answer is waited for"):
        agree(desk, found, **AGREED)


def test_a_text_that_knows_no_other_dates_still_knows_its_exceptional_total(
    tmp_path: Path,
) -> None:
    for desk in _open(tmp_path, (("ours",), [], "")):
        found = sent(desk)
        assert "Agree a longer time limit" in _titles(desk, found)
        found = agree(desk, found, **AGREED)
        assert limit(desk, found) == day("Mon 2026-07-13")
        with pytest.raises(NotPossible, match="knows no such thing"):
            agree(desk, found, **AGREED)


def test_a_ladder_of_one_total_asks_nothing_of_the_kind(tmp_path: Path) -> None:
    for desk in _open(tmp_path, (("ladders", "main", "cap", "exceptional"), None, "")):
        found = sent(desk)
        assert "Agree another date" in _titles(desk, found)
        found = agree(desk, found, **ALONE)
        with desk.office.database.reading() as tx:
            form = act_form(desk.office, tx, load(desk.office, tx, found.id), Act.AGREE_DATE)
        assert "exceptional" not in {one.id for one in form.fields()}


def test_the_guide_prints_both() -> None:
    said = re.sub(r"<[^>]+>", "", guide_of(read_files(*files_as_written())))
    assert (
        "20 working days reading T2, or 30 working days where it is recorded as exceptional" in said
    )


def _titles(desk: Desk, found: Known) -> list[str]:
    return [one.title for one in offers(desk.actor("iro_a"), found.alert, found.rules)]
