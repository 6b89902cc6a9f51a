"""A made-up council at work: whatever its stages are, with two people in each post and three teams."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from tests.helpers.files.small_council import PROCEDURE, furnished
from tests.helpers.product.office import LONG_AGO, Desk, open_desk

TEAMS = ("Sample Team North", "Sample Team South", "Sample Team East")


def sampleford(
    folder: Path,
    *stages: dict[str, Any],
    roles: dict[str, Any] | None = None,
    **ladder: Any,
) -> Desk:
    """The stages are numbered; `roles` are further posts, `ladder` further keys of it, such as its cap.

    Whoever holds ROLE is called ROLE and ROLE_2.
    """
    written = deepcopy(read_yaml(PROCEDURE.encode()).value)
    written["ladders"]["main"]["stages"] = [
        {"id": f"stage-{number}", "label": f"Stage {number}", **stage}
        for number, stage in enumerate(stages, start=1)
    ]
    written["ladders"]["main"] |= {key: said for key, said in ladder.items() if said is not None}
    written["roles"] |= roles or {}
    furnished(folder, json.dumps(written, default=str))
    desk = open_desk(folder / "data", council="sampleford", rooms=folder)
    for role in written["roles"]:
        hire(desk, f"{role}_2", role)
    return desk


def hire(desk: Desk, who: str, post: str, team: str = "") -> None:
    """Somebody more in that post, for a team or for the whole council."""
    with desk.office.database.writing() as tx:
        person = DirectoryPerson(who, f"{who} Sample", f"{who}@practice.invalid")
        directory.add_person(tx, person, [(desk.council, post, team)], LONG_AGO)
