"""The same concern about a brother or sister: a draft of an alert of its own, since one alert is about one child."""

from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.office import Office


def draft_for_sibling(office: Office, actor: Actor, found: Known) -> str:
    """Begin a draft with everything but what says which child it is; its id."""
    raised = found.alert.raised
    form = office.form(found.files, raised.form)
    of_the_child = {one.id for one in form.fields() if one.identifies == "child"}
    asked_first = found.alert.runs[0].sent.answers if found.alert.runs else {}
    said = {**raised.answers, **asked_first}
    body = {
        "step": 2,
        "council": found.files.id,
        "kind": raised.alert_kind,
        "partner": raised.partner,
        "gate": raised.gate.answer if raised.gate else "",
        "gate_told": raised.gate.told if raised.gate else "",
        "entry_stage": raised.entry_stage,
        "entry_reason": raised.entry_reason,
        "answers": {name: value for name, value in said.items() if name not in of_the_child},
    }
    draft_id = kept_drafts.new_draft_id()
    kept_drafts.keep_draft(office, actor.id, draft_id, body)
    return draft_id
