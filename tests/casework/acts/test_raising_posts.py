"""Who raises for which case type: several posts for one, and what a post tells where no form does."""

from pathlib import Path

import pytest

from practice_alerts.casework.acts.raise_alert import raise_alert
from practice_alerts.domain.errors import NotAllowed
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.product.office import Desk, open_desk

SEVERAL = PROCEDURE.replace(
    "raised_by: {looked_after: iro}",
    "raised_by: {looked_after: [iro, chair], child_protection: [cp_chair]}",
).replace(
    "  team_manager: {title: Team Manager}\n",
    "  chair: {title: Chair, in_iro_service: true}\n"
    "  cp_chair: {title: Conference Chair, in_iro_service: true}\n"
    "  team_manager: {title: Team Manager}\n",
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    furnished(tmp_path, SEVERAL)
    return open_desk(tmp_path / "data", council="sampleford", rooms=tmp_path)


@pytest.mark.parametrize(
    ("who", "case", "post"),
    [
        ("iro", "looked_after", "Independent Reviewing Officer"),
        ("chair", "looked_after", "Chair"),
        ("cp_chair", "child_protection", "Conference Chair"),
    ],
)
def test_an_alert_is_of_the_case_type_that_the_raisers_own_post_raises(
    desk: Desk, who: str, case: str, post: str
) -> None:
    found = raise_alert(desk.office, wanted(desk, "concern"), desk.doing(who))
    assert (found.alert.raised.raised_as, found.alert.raiser.post) == (case, post)


CASES = {"iro": "looked_after", "chair": "looked_after", "cp_chair": "child_protection"}


@pytest.mark.parametrize("case", ["looked_after", "child_protection"])
@pytest.mark.parametrize("who", CASES)
def test_what_is_asked_for_is_raised_by_a_post_that_raises_for_it_alone(
    desk: Desk, who: str, case: str
) -> None:
    asked = wanted(desk, "concern", raised_as=case)
    if case == CASES[who]:
        assert raise_alert(desk.office, asked, desk.doing(who)).alert.raised.raised_as == case
        return
    with pytest.raises(NotAllowed, match="does not raise such alerts for"):
        raise_alert(desk.office, asked, desk.doing(who))


def test_nobody_else_raises(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        raise_alert(desk.office, wanted(desk, "concern"), desk.doing("team_manager"))
