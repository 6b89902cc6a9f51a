"""Where the form says that a stage has nobody, the next one is asked as its own words have it."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from practice_alerts.casework.acts.raise_alert import Raising, raise_alert
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.form import NOBODY
from tests.helpers.product.office import TEAM, Desk
from tests.helpers.stories.any_council import desk_of, take_on
from tests.helpers.stories.any_procedure import ID, ROLES, any_procedure, files_of

ONE_OF_TWO = {"any_of": ["solicitor", "social_worker"]}


def desk_where(folder: Path, *asks: Any) -> Desk:
    """Each stage asks so. Two in the service, two managers in each of two teams; no solicitor."""
    stages = [
        {"id": f"stage-{number}", "label": f"Stage {number}", "answer": _answer(who)}
        for number, who in enumerate(asks, start=1)
    ]
    plain = any_procedure(Random(1))  # noqa: S311 - the same one each time
    desk = desk_of(
        folder, files_of({**plain, "roles": ROLES, "ladders": {"main": {"stages": stages}}})
    )
    with desk.office.database.writing() as tx:
        for one in "ab":
            for post in ("iro", "chair", "service"):
                take_on(tx, f"{post}-{one}", (post, ""))
            for team in (TEAM, "Sample Team South"):
                take_on(tx, f"team_manager-{one}-{team[-5:]}", ("team_manager", team))
    return desk


def _answer(who: Any) -> dict[str, Any]:
    return {"from": who, "within": "5 working days"}


@pytest.fixture
def desks() -> Iterator[list[Desk]]:
    made: list[Desk] = []
    yield made
    for one in made:
        one.office.database.close()


def raised(desk: Desk, **named: str) -> Known:
    case = next(iter(desk.office.council(ID).procedure.raised_by))
    answers = {"raised_as": case, "child_name": "Kit", "team": TEAM, **named}
    wanted = Raising(ID, "concern", answers, entry_stage="stage-1")
    return raise_alert(desk.office, wanted, desk.doing("iro-a"))


def test_a_whole_service_is_asked_where_the_stage_before_wanted_one_of_two(
    tmp_path: Path, desks: list[Desk]
) -> None:
    desks.append(desk_where(tmp_path, ONE_OF_TWO, "service"))
    found = raised(desks[0], social_worker=NOBODY, team_manager="team_manager-a-North Sample")
    assert {one.id for one in found.run.sent.asked} == {"service-a", "service-b"}


def test_one_of_two_of_the_later_stage_has_to_be_chosen(tmp_path: Path, desks: list[Desk]) -> None:
    desks.append(desk_where(tmp_path, "social_worker", {"any_of": ["service", "team_manager"]}))
    with pytest.raises(BadAnswers, match="Quality Service or Team Manager"):
        raised(desks[0], social_worker=NOBODY, team_manager="team_manager-b-North Sample")


def test_of_those_normally_asked_later_one_may_be_missing(
    tmp_path: Path, desks: list[Desk]
) -> None:
    """It goes to whoever is named, although nobody was chosen of the four who hold the other post."""
    of_the_council = {"role": "team_manager", "of": "council"}
    later = {"normally": ["team_manager", of_the_council]}
    desks.append(desk_where(tmp_path, "social_worker", later))
    found = raised(desks[0], social_worker=NOBODY, team_manager="team_manager-b-North Sample")
    assert {one.id for one in found.run.sent.asked} == {"team_manager-b-North"}
