"""An empty post whose stand-in is there leaves nobody without somebody to ask."""

import pytest

from practice_alerts.domain.directory.vacancies import Gap, Vacancy, gaps, stand_in, vacancies
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure
from tests.domain.directory.test_vacancies import TODAY, held
from tests.helpers.days import day
from tests.helpers.files.real_councils import procedure_of

STANDING_IN = {
    "head": "deputy",
    "deputy": "principal",
    "principal": "head",
    "manager": "",
}
"""Who stands in for whom; the last of them leads back to the first."""


def procedure_with(asked: object) -> Procedure:
    roles = {
        name: {"title": name.title(), **({"stands_in": other} if other else {})}
        for name, other in STANDING_IN.items()
    }
    return procedure_of(
        Ladder.model_validate(
            {"stages": [{"id": "one", "label": "One", "answer": {"from": asked}}]}
        ),
        roles={"iro": {"title": "IRO", "in_iro_service": True}, **roles},
    )


@pytest.mark.parametrize("asked", ["head", {"role": "head", "of": "council"}])
@pytest.mark.parametrize(
    ("holders", "missing", "acting"),
    [
        ([("head", "")], (), None),
        ([("deputy", "")], (), "deputy"),
        ([("principal", "")], (), "principal"),
        ([("deputy", ""), ("principal", "")], (), "deputy"),
        ([("manager", "")], ("",), None),
        ([], ("",), None),
    ],
)
def test_where_a_stand_in_is_there_somebody_would_be_asked(
    asked: object, holders: list[tuple[str, str]], missing: tuple[str, ...], acting: str | None
) -> None:
    procedure, here = procedure_with(asked), [held(post, team) for post, team in holders]
    assert tuple(one.team for one in gaps(procedure, here, TODAY)) == missing
    empty = vacancies(["head"], here, TODAY)
    assert [stand_in(procedure, one, here, TODAY) for one in empty] == (
        [] if ("head", "") in holders else [acting]
    )


@pytest.mark.parametrize(
    ("deputies", "missing"),
    [([("deputy", "South")], ()), ([("deputy", "")], ()), ([("deputy", "North")], ("South",))],
)
def test_a_stand_in_acts_for_their_own_team(
    deputies: list[tuple[str, str]], missing: tuple[str, ...]
) -> None:
    here = [held("head", "North"), held("iro", "South"), *(held(*one) for one in deputies)]
    assert tuple(one.team for one in gaps(procedure_with("head"), here, TODAY)) == missing
    (empty,) = vacancies(["head"], here, TODAY) if missing else (Vacancy("head", "South"),)
    acting = stand_in(procedure_with("head"), empty, here, TODAY)
    assert acting == (None if missing else "deputy")


def test_a_stand_in_to_come_fills_no_gap_today() -> None:
    here = [held("deputy", since=day("Mon 2025-06-09"))]
    assert gaps(procedure_with("head"), here, TODAY) == (Gap(("head",), "", ("One",)),)
