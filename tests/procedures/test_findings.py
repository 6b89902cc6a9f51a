"""What the linter says of the five councils: each finding a stated warning, or answered."""

import pytest

from practice_alerts.adapters.files.procedures import subject_of
from practice_alerts.domain.checks import check
from practice_alerts.domain.checks.rule import Finding
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council

TODAY = day("Sat 2026-11-21")

EXPECTED = {
    "lambeth": {("PA201", "L1"), ("PA202", "L1"), ("PA302", "L2"), ("PA701", "L19")},
    "merton": {("PA202", "M12"), ("PA207", "M11")},
    "northamptonshire": {("PA202", "N4"), ("PA304", "N10"), ("PA402", "N1")},
    "knowsley": {("PA205", "K2"), ("PA304", "K7")},
    "unnamed-2015": {("PA203", "D4"), ("PA206", "D2")},
}


@pytest.fixture(scope="module")
def findings() -> dict[str, tuple[Finding, ...]]:
    return {name: check(subject_of(council(name), today=TODAY)) for name in IDS}


@pytest.mark.parametrize("name", IDS)
def test_what_is_found_in_the_five_is_answered_by_the_reading_it_belongs_to(
    name: str, findings: dict[str, tuple[Finding, ...]]
) -> None:
    found = {(one.rule, one.answered_by) for one in findings[name]}
    assert found >= EXPECTED[name]


@pytest.mark.parametrize("name", IDS)
def test_no_error_in_the_five(name: str, findings: dict[str, tuple[Finding, ...]]) -> None:
    assert [one for one in findings[name] if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("name", "rule", "says"),
    [
        ("lambeth", "PA201", "6 formal stages take 24 working days, the time limit allows 20"),
        ("lambeth", "PA302", "Stage Six is not reached by going on: Stage Five leads to"),
        ("merton", "PA202", "and 25 when each answer is read the next working day"),
        ("northamptonshire", "PA202", "and 23 when each answer is read the next working day"),
        (
            "unnamed-2015",
            "PA203",
            "20 working days where “Professionals' meeting” is needed at Stage 3 beside the Handbook's 20",
        ),
        ("unnamed-2015", "PA203", "on top come 72 hours at Issue Notification and 5 steps without"),
        ("knowsley", "PA205", "add up to 15 working days and fit inside the limit of 20"),
    ],
)
def test_the_figures_of_the_five_come_out_in_words(
    name: str, rule: str, says: str, findings: dict[str, tuple[Finding, ...]]
) -> None:
    assert any(says in one.says for one in findings[name] if one.rule == rule)


def test_a_finding_leads_to_its_line(findings: dict[str, tuple[Finding, ...]]) -> None:
    (found,) = (one for one in findings["lambeth"] if one.rule == "PA201")
    written = council("lambeth").texts["procedures/lambeth/procedure.yml"].decode().split("\n")
    assert written[found.line - 1].strip().startswith("cap:")
