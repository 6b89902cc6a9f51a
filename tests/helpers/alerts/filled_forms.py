"""Any form of any council, filled in so that it can be sent."""

from collections.abc import Mapping
from typing import Any

from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.escalate import Climb
from practice_alerts.casework.acts.raise_alert import Raising
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from tests.helpers.alerts.every_alert import typed_into
from tests.helpers.product.office import TEAM, Desk, in_a_week


def filled(form: Form, people: Mapping[str, str] = {}, **changes: Any) -> dict[str, Any]:
    """An answer to every question of the raiser's, each of the kind that is asked for; `people` by post."""
    fields = form.fields(filled_by="raiser")
    lines = {field.id: "Nothing has moved on" for field in fields if field.goes_to == "log"}
    teams = {field.id: TEAM for field in fields if field.type == "team"}
    named = {field.id: people[role] for field in fields if (role := field.role or "") in people}
    return {**typed_into(fields, "as typed"), **lines, **teams, **named, **changes}


def one_of(desk: Desk, stage: Stage | None) -> tuple[str, ...]:
    """A choice where the stage asks one of several: whoever holds the first of the posts."""
    if stage is None:
        return ()
    asks = desk.office.council(desk.council).procedure.asked_at(stage)
    if asks.how != "any_of":
        return ()
    with desk.office.database.reading() as tx:
        today = desk.office.today
        each = (directory.holders(tx, desk.council, r, today, TEAM) for r in asks.roles)
        return tuple(one.id for one in next((found for found in each if found), ())[:1])


def wanted(desk: Desk, kind: str, stage: str | None = None, **changes: Any) -> Raising:
    """A raising of that kind at that stage (else the first); `changes` are answers on the form."""
    files = desk.office.council(desk.council)
    partner = str(changes["partner"]) if "partner" in changes else None
    form = desk.office.form(files, form_at(desk, kind, stage, partner))
    ladder = files.procedure.ladder_of(kind, partner)
    return Raising(
        council=desk.council,
        kind=kind,
        answers=filled(form, desk.people(str(changes.get("team", TEAM))), **changes),
        asked=() if partner else one_of(desk, _stage(ladder, stage)),
        entry_stage=stage,
        entry_reason="It was talked about before.",
        partner=partner,
        gate="no" if files.procedure.gate else "",
        settle_by=in_a_week(desk, stage, kind),
    )


def climbing(desk: Desk, found: Known, to: str, rationale: str, **changes: Any) -> Climb:
    """An escalation to that stage with everything answered that its form asks."""
    stage = next(one for one in found.ways_up if one.id == to)
    asked = filled(escalate.form_at(desk.office, found, stage), desk.people())
    chosen = () if found.alert.raised.partner else one_of(desk, stage)
    return Climb(to, {**asked, "rationale": rationale, **changes}, chosen)


def form_at(desk: Desk, kind: str, stage: str | None, partner: str | None = None) -> str:
    """The name of the form that is filled there."""
    procedure = desk.office.council(desk.council).procedure
    ladder = procedure.ladder_of(kind, partner)
    return form_used(kind, procedure.kinds[kind], ladder, _stage(ladder, stage))


def _stage(ladder: Ladder | None, stage: str | None) -> Stage | None:
    if ladder is None:
        return None
    return ladder.stage(stage) if stage else ladder.stages[0]
