"""At the desk and in a worked case the same is refused, with the same sentence."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.acts.worked_story import refused
from practice_alerts.domain.errors import BadAnswers, Expected, NotPossible
from practice_alerts.domain.files.worked_cases import WorkedCase
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.alerts import act_answers
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.product.office import Desk, open_desk


@pytest.fixture
def lambeth(tmp_path: Path) -> Iterator[Desk]:
    opened = open_desk(tmp_path / "data")
    yield opened
    opened.office.database.close()


def test_the_app_says_the_same_of_a_hold_too_long_in_the_past_and_of_a_verdict_without_an_answer(
    lambeth: Desk,
) -> None:
    """Lambeth gives holds no time; the day that has gone by and the missing answer are refused alike."""
    found = lambeth.raised("stage-1")
    on = lambeth.clock[0]
    files = lambeth.office.council("lambeth").procedure
    sent = {"on": f"{on:%a %Y-%m-%d %H:%M}", "do": "send", "stage": "stage-1"}
    later = f"{on + timedelta(minutes=5):%a %Y-%m-%d %H:%M}"
    before = (on - timedelta(days=1)).date()
    held = {"on": later, "do": "hold", "until": f"{before:%a %Y-%m-%d}"}
    judged = {"on": later, "do": "judge"}
    story = {
        Act.HOLD: (held, act_answers.promise(before, "Chidi", "x")),
        Act.REVIEW_RESPONSE: (judged, act_answers.outcome("not_satisfactory", "x")),
    }
    for act, (line, given) in story.items():
        with pytest.raises((BadAnswers, NotPossible)) as told:
            VERBS[act](lambeth.office, found.id, given, lambeth.doing("iro", found))
        ((_, says),) = _refused(files, sent, line)
        assert says in _sentences(told.value)


def test_the_app_says_the_same_of_a_stage_to_which_nothing_leads(lambeth: Desk) -> None:
    found = lambeth.raised("stage-2")
    on = lambeth.clock[0]
    sent = {"on": f"{on:%a %Y-%m-%d %H:%M}", "do": "send", "stage": "stage-2"}
    back = {
        "on": f"{on + timedelta(minutes=5):%a %Y-%m-%d %H:%M}",
        "do": "send",
        "stage": "stage-1",
    }
    climb = act_answers.climb("stage-1", "x")
    with pytest.raises(NotPossible) as told:
        escalate(lambeth.office, found.id, climb, lambeth.doing("iro", found))
    ((_, says),) = _refused(lambeth.office.council("lambeth").procedure, sent, back)
    assert says in _sentences(told.value)


def _refused(procedure: Procedure, *story: dict[str, Any]) -> list[tuple[Any, str]]:
    written = {"name": "A case", "story": story, "expect": {"cap": "not stated"}}
    found = refused(WorkedCase.model_validate(written), procedure, CALENDAR_2025)
    return [(one.path, one.says) for one in found]


def _sentences(error: Expected) -> str:
    faults = error.faults.values() if isinstance(error, BadAnswers) else ()
    return " ".join((str(error), *faults))
