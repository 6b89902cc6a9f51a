"""Every council's worked cases, in the words of those who work with them, against the library."""

from typing import Any

import pytest

from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.domain.files.replay import differences
from practice_alerts.domain.files.worked_cases import WorkedCase
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council

CALENDAR = england(today=day("Sat 2026-11-21"))

CASES = [(name, case) for name in IDS for case in council(name).examples]


@pytest.mark.parametrize(
    ("name", "case"), CASES, ids=[f"{name}: {case['name']}" for name, case in CASES]
)
def test_a_worked_case_comes_out_as_it_is_told(name: str, case: dict[str, Any]) -> None:
    told = WorkedCase.model_validate(case)
    assert differences(told, council(name).procedure, CALENDAR) == ()


@pytest.mark.parametrize("name", IDS)
def test_each_council_has_worked_cases_for_every_stage_it_times(name: str) -> None:
    sent = {act.get("stage") for case in council(name).examples for act in case["story"]}
    ladder = council(name).procedure.main_ladder
    assert {stage.id for stage in ladder.stages} <= sent
