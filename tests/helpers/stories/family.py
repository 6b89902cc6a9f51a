"""Three brothers and sisters raised together at Lambeth, two of one team and one of another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from practice_alerts.casework.acts.raise_alert import Raising
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.together.raise_together import Child, raise_together
from practice_alerts.domain.forms.form import of_child
from tests.helpers.product.office import TEAM, Desk

SOUTH = "Sample Team South"
KIT, LOU, ANNA = "Kit Muster", "Lou Beispiel", "Anna Probe"
WORDS = {KIT: "Nobody tells me anything.", LOU: "I miss my brother.", ANNA: "I like it here."}
CHILDREN = (Child("lou"), Child("anna"))


def of(mark: str, **answers: Any) -> dict[str, Any]:
    """What is said of a further child, as a draft holds it."""
    return {of_child(name, mark): said for name, said in answers.items()}


def child(name: str, number: str, team: str, manager: str, **more: Any) -> dict[str, Any]:
    return {
        "child_name": name,
        "case_number": number,
        "case_status": ["looked_after"],
        "social_worker": "Worker Sample",
        "team_manager": manager,
        "team": team,
        "child_view": WORDS[name],
        **more,
    }


def family(desk: Desk, **changes: Any) -> Raising:
    """Kit and Lou of one team, Anna of another; `changes` are answers as the draft holds them."""
    raising = desk.raising(
        "stage-1", **child(KIT, "S-100001", TEAM, "Manager Sample"), date_of_birth="2014-03-09"
    )
    further = {
        **of("lou", **child(LOU, "S-100002", TEAM, "Manager Sample")),
        **of("anna", **child(ANNA, "S-100003", SOUTH, "Elsewhere Sample")),
    }
    return replace(raising, answers={**raising.answers, **further, **changes})


def raised_together(desk: Desk, **changes: Any) -> tuple[Known, ...]:
    """One alert for each child, in their order."""
    first = raise_together(desk.office, family(desk, **changes), CHILDREN, desk.doing("iro"))
    return all_of(desk, first)


def all_of(desk: Desk, first: Known) -> tuple[Known, ...]:
    """It and those raised with it, in the order of their references."""
    ids = (first.id, *first.alert.raised.together)
    with desk.office.database.reading() as tx:
        every = load_each(desk.office, tx, ids).values()
    return tuple(sorted(every, key=lambda one: one.alert.reference))
