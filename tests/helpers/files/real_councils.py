"""The councils' real files, read once; and a small made-up one to bend."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import CouncilFiles, load_council
from practice_alerts.domain.procedure.ladder import Ladder
from practice_alerts.domain.procedure.procedure import Procedure

IDS = ("knowsley", "lambeth", "merton", "northamptonshire", "unnamed-2015")


@cache
def council(council_id: str) -> CouncilFiles:
    return load_council(ROOT / "procedures" / council_id, ROOT / "form_templates")


def ladder_of(*clocks: str, time_limit: str = "20 working days", **more: Any) -> Ladder:
    """Formal stages one after another, each answered by the manager within one of the clocks."""
    stages = [
        {
            "id": f"stage-{number}",
            "label": f"Stage {number}",
            "answer": {"from": "manager", "within": clock},
        }
        for number, clock in enumerate(clocks, start=1)
    ]
    written = {
        "cap": time_limit if time_limit == "not stated" else {"within": time_limit},
        "stages": stages,
        **more,
    }
    return Ladder.model_validate(written)


def procedure_of(ladder: Ladder | None = None, **changes: Any) -> Procedure:
    """A sound small procedure of one ladder, with whatever is changed."""
    written: Mapping[str, Any] = {
        "council": "Sampleford",
        "title": "Concerns",
        "reference_prefix": "SAM",
        "edition": {"version": "1"},
        "raised_by": {"looked_after": "iro"},
        "case_system": "Files",
        "roles": {
            "iro": {"title": "Independent Reviewing Officer", "in_iro_service": True},
            "manager": {"title": "Team Manager"},
        },
        "kinds": {"concern": {"title": "Concern", "ladder": "main", "form": "concern"}},
        "ladders": {"main": ladder or ladder_of("5 working days", "5 working days")},
    }
    return Procedure.model_validate({**written, **changes})
