"""An alert restricted to named people, and opened to all whom it concerns again."""

from __future__ import annotations

from datetime import timedelta

from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts import restrict as acts
from practice_alerts.casework.acts.act_form import own_side
from practice_alerts.casework.core.loaded_alert import Known
from tests.helpers.product.office import LONG_AGO, POSTS, Desk

WHY = "The child of a colleague."
COVERS = {"iro_2": "iro", "elsewhere": "manager", "chief_2": "boss"}
"""Who stands in, and for whom: for the officer, for whoever is asked, for their manager."""


def enter_seconds(desk: Desk) -> None:
    """A second holder of each post, a third team with its manager, and covers of each kind."""
    people = {f"{who}_2": post for who, post in POSTS.items()} | {
        "iro_3": ("iro", ""),
        "told": ("qa_service", ""),
        "west": ("team_manager", "Team West"),
    }
    with desk.office.database.writing() as tx:
        for who, (post, team) in people.items():
            somebody = DirectoryPerson(who, f"{who.title()} Sample", f"{who}@practice.invalid")
            directory.add_person(tx, somebody, [("lambeth", post, team)], LONG_AGO)
        for stands_in, away in COVERS.items():
            until = desk.office.today + timedelta(days=60)
            directory.add_cover(tx, away, stands_in, LONG_AGO, until)


def asking(desk: Desk, second: str, stand_in: str, *named: str) -> dict[str, object]:
    """The form of restricting, filled."""
    day = desk.office.today + timedelta(days=30)
    return {
        "reason": WHY,
        "second": second,
        "stand_in": stand_in,
        "named": list(named),
        "look_again": day.isoformat(),
    }


def restricted(desk: Desk, found: Known, *named: str, **by: str) -> Known:
    """Restricted by its officer, or whoever is given `by`; the second person and the stand-in are two others."""
    who = by.get("by", found.alert.officer.id)
    with desk.office.database.reading() as tx:
        able = [one for one in own_side(desk.office, tx, found) if one not in {who, *named}]
    second, stand_in = by.get("second", able[0]), by.get("stand_in", able[-1])
    said = asking(desk, second, stand_in, *named)
    return acts.restrict(desk.office, found.id, said, desk.doing(who, found))


def lifted(desk: Desk, found: Known) -> Known:
    """By its officer and then by the second person."""
    restriction = found.alert.restriction
    assert restriction is not None
    for who in (found.alert.officer.id, restriction.what.second.id):
        doing = desk.doing(who, found)
        found = acts.lift_restriction(desk.office, found.id, {"reason": "Over."}, doing)
    return found
