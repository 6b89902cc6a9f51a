"""The forms of what comes after raising: one for each act, the same everywhere unless a council has its own.

A file of one of these names in `form_templates/<council>/` takes the place of the one in
`form_templates/common/`. It may ask whatever it likes; what the act itself rests on it must ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from practice_alerts.domain.choices import OFFERED_AT_THE_TIME
from practice_alerts.domain.faults import Problem, nearest
from practice_alerts.domain.field_types import FieldType
from practice_alerts.domain.form import Form, FormField

_TEXT = frozenset(one for one in FieldType if one.facts.as_text)
_DAY = frozenset({FieldType.DATE})
_ONE = frozenset({FieldType.ONE_OF})
_YES_NO = frozenset({FieldType.YES_NO})


@dataclass(frozen=True)
class ActForm:
    """What the act rests on: the fields its form must have, each of one of these types."""

    needs: Mapping[str, frozenset[FieldType]]
    may: Mapping[str, frozenset[FieldType]] = field(default_factory=dict)
    """Fields that the act knows and a council may leave out."""
    printed: bool = False
    """Has it a Word document of its own?"""


ACT_FORMS: Mapping[str, ActForm] = {
    "response": ActForm(
        {"text": _TEXT, "response": _ONE, "promise_by": _DAY}, {"task_owner": _TEXT}, printed=True
    ),
    "verdict": ActForm({"verdict": _ONE, "reason": _TEXT}, printed=True),
    "hold": ActForm({"until": _DAY, "task_owner": _TEXT}, {"reason": _TEXT}, printed=True),
    "hold_review": ActForm({"on_track": _YES_NO, "text": _TEXT}),
    "agreed_date": ActForm({"until": _DAY, "agreed_with": _TEXT, "reason": _TEXT}),
    "step": ActForm(
        {"step": _ONE, "took_place": _YES_NO, "on": _DAY, "at": _TEXT},
        {"chair": _TEXT, "present": _TEXT, "outcome": _ONE, "text": _TEXT},
        printed=True,
    ),
    "sign_off": ActForm({"agreement": _ONE, "who": _TEXT, "on": _DAY}, {"text": _TEXT}),
    "rationale": ActForm({"rationale": _TEXT}),
    "referral": ActForm({"route": _ONE, "reason": _TEXT}, {"consulted": _TEXT}, printed=True),
    "follow_up": ActForm({"referral": _ONE, "happened": _ONE, "on": _DAY}, {"text": _TEXT}),
    "standstill": ActForm({"action": _TEXT, "told": _TEXT}),
    "standstill_end": ActForm({"happened_anyway": _YES_NO, "reason": _TEXT}),
    "override": ActForm(
        {"event": _ONE, "told": _TEXT, "on": _DAY, "at": _TEXT, "by": _TEXT}, {"text": _TEXT}
    ),
    "closing": ActForm(
        {"ending": _ONE, "what_changed": _TEXT}, {"child_view": _TEXT}, printed=True
    ),
    "correction": ActForm({"question": _ONE, "reason": _TEXT}),
    "handing_on": ActForm({"to": _ONE, "reason": _TEXT}),
    "reopening": ActForm({"reason": _TEXT}),
    "note": ActForm({"text": _TEXT}),
}
"""By the name of the file."""

_NO_SCRIPT = "response"
"""The form of the page that a manager answers on: it must work without scripts."""


def beyond(name: str) -> frozenset[str]:
    """The fields the act itself knows; whatever else its form asks goes to the event's `answers`."""
    act = ACT_FORMS[name]
    return frozenset({*act.needs, *act.may})


def with_own_block(form: Form, raising: Form, filled_by: str) -> Form:
    """The form of an act with what the council's own paper asks the answering or judging side besides."""
    known = {one.id for one in form.fields()} | {"response", "promise_by", "task_owner"}
    more = tuple(
        section.model_copy(update={"fields": fields, "repeats": None, "filled_by": "raiser"})
        for section in raising.sections
        if section.filled_by == filled_by
        if (fields := tuple(one for one in section.fields if one.id not in known))
    )
    return form.model_copy(update={"sections": (*form.sections, *more)}) if more else form


def problems_of_act_form(name: str, form: Form) -> Iterator[Problem]:
    """What the act needs and the form does not ask, or asks in another way."""
    act = ACT_FORMS[name]
    asked = {one.id: one for one in form.fields()}
    for wanted, types in {**act.needs, **act.may}.items():
        found = asked.get(wanted)
        if found is None:
            if wanted in act.needs:
                said = f"a field '{wanted}', which the act rests on"
                yield Problem(("sections",), "none", said, nearest(wanted, tuple(asked)))
        elif found.type not in types:
            said = f"a field '{wanted}' of type {' or '.join(sorted(types))}"
            yield Problem(("sections",), f"type {found.type}", said)
    if name == _NO_SCRIPT:
        for one in asked.values():
            if one.type.facts.html is None:
                said = f"no {one.type}: the answer page works without scripts"
                yield Problem(("sections",), f"the {one.type} '{one.id}'", said)


def with_offered(form: Form, offered: Mapping[str, Mapping[str, str]]) -> Form:
    """With the choices that only the alert decides; of those it leaves without any, none is put."""

    def put(one: FormField) -> FormField | None:
        source = one.options_from
        if source is None or source not in {*OFFERED_AT_THE_TIME, *offered}:
            return one
        options = dict(offered.get(source, {}))
        return one.model_copy(update={"options": options}) if options else None

    sections = tuple(
        section.model_copy(
            update={"fields": tuple(one for field in section.fields if (one := put(field)))}
        )
        for section in form.sections
    )
    return form.model_copy(update={"sections": sections})
