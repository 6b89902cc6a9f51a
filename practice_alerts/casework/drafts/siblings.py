"""The same concern about brothers and sisters: further children on a draft, or a draft of an alert of its own."""

import secrets
from collections.abc import Iterable
from typing import Any

from practice_alerts.adapters.store.records.destruction import COPIED_FROM
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.domain.acts.act_forms import SPOKEN
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.forms import each_child
from practice_alerts.domain.forms.form import id_key, mark_of, of_child
from practice_alerts.office import Office


def add_child(body: dict[str, Any]) -> str:
    """Put a further child on the draft; its mark, which no other window gives to another child."""
    mark = secrets.token_hex(3)
    places = [int(body[each_child.begun(one)]) for one in each_child.children_in(body)]
    body[each_child.begun(mark)] = max(places, default=1) + 1
    return mark


def take_out(body: dict[str, Any], mark: str) -> None:
    """Take the child off the draft with everything that was typed for it alone."""
    body.pop(each_child.begun(mark), None)
    for kept in (body, body.get("answers", {})):
        for name in [one for one in kept if mark_of(one) == mark]:
            del kept[name]


def begin_with_common(answers: dict[str, Any], mark: str, questions: Iterable[str]) -> None:
    """What stands for every child, where nothing stands for this child yet."""
    for one in questions:
        place = of_child(one, mark)
        for here, there in ((one, place), (id_key(one), id_key(place))):
            if here in answers:
                answers.setdefault(there, answers[here])


def draft_for_sibling(office: Office, actor: Actor, found: Known) -> str:
    """Begin a draft with everything but what is asked of each child; its id."""
    raised = found.alert.raised
    own = each_child.own_questions(office.form(found.files, raised.form))
    of_the_child = own | {id_key(one) for one in own}
    asked_first = found.alert.runs[0].sent.answers if found.alert.runs else {}
    spoken = {name: said for name in SPOKEN if (said := getattr(raised, name))}
    said = {**raised.answers, **asked_first, **spoken}
    body = {
        "step": 2,
        COPIED_FROM: found.id,
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
