"""Any form of any council, filled in so that it can be sent."""

from typing import Any

from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.escalate import Climb
from practice_alerts.casework.acts.raise_alert import Raising
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from tests.helpers.alerts.every_alert import typed_into
from tests.helpers.product.office import TEAM, Desk, in_a_week


def filled(form: Form, **changes: Any) -> dict[str, Any]:
    """An answer to every question of the raiser's, each of the kind that is asked for."""
    fields = form.fields(filled_by="raiser")
    lines = {field.id: "Nothing has moved on" for field in fields if field.goes_to == "log"}
    teams = {field.id: TEAM for field in fields if field.type == "team"}
    return {**typed_into(fields, "as typed"), **lines, **teams, **changes}


def wanted(desk: Desk, kind: str, stage: str | None = None, **changes: Any) -> Raising:
    """A raising of that kind at that stage (else the first); `changes` are answers on the form."""
    files = desk.office.council(desk.council)
    partner = str(changes["partner"]) if "partner" in changes else None
    return Raising(
        council=desk.council,
        kind=kind,
        answers=filled(desk.office.form(files, form_at(desk, kind, stage, partner)), **changes),
        entry_stage=stage,
        entry_reason="It was talked about before.",
        partner=partner,
        gate="no" if files.procedure.gate else "",
        settle_by=in_a_week(desk, stage, kind),
    )


def climbing(desk: Desk, found: Known, to: str, rationale: str, **changes: Any) -> Climb:
    """An escalation to that stage with everything answered that its form asks."""
    stage = next(one for one in found.ways_up if one.id == to)
    asked = filled(escalate.form_at(desk.office, found, stage))
    return Climb(to, {**asked, "rationale": rationale, **changes})


def form_at(desk: Desk, kind: str, stage: str | None, partner: str | None = None) -> str:
    """The name of the form that is filled there."""
    procedure = desk.office.council(desk.council).procedure
    ladder = procedure.ladder_of(kind, partner)
    return form_used(kind, procedure.kinds[kind], ladder, _stage(ladder, stage))


def _stage(ladder: Ladder | None, stage: str | None) -> Stage | None:
    if ladder is None:
        return None
    return ladder.stage(stage) if stage else ladder.stages[0]
