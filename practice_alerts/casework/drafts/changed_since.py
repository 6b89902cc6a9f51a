"""A draft taken up again: what a newer edition has changed since, and what another window has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.domain.acts.act_forms import on_coming
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.acts.way_in import way_in
from practice_alerts.domain.documents.alert_document import said
from practice_alerts.domain.forms import each_child
from practice_alerts.domain.forms.draft_merge import field_named
from practice_alerts.domain.forms.edition_changes import compare, compare_ways, gone
from practice_alerts.domain.forms.form import Form, FormField, is_answered
from practice_alerts.domain.procedure.procedure import PARTNERS
from practice_alerts.office import Office

_BEFORE_THE_FORM = {
    "kind": "What you raise",
    "partner": "The agency",
    "gate": "The question before the ladder",
    "gate_told": "Who was told at once",
    "entry_stage": "The stage at which it starts",
    "entry_reason": "Why it starts there",
    "asked": "Who must answer",
    "settle_by": "To be put right by",
    "on_paper": "Whether it was sent on paper before",
    "officer": "Whose alert it is",
}


@dataclass(frozen=True, slots=True)
class NewEdition:
    """The editions as the procedure prints them, and each change as a sentence."""

    begun: str
    now: str
    lines: tuple[str, ...]


def new_edition(office: Office, body: Mapping[str, Any]) -> NewEdition | None:
    """What has changed for this draft since its edition was last looked at; None where nothing has."""
    now = office.council(str(body["council"]))
    then = _edition(office, body.get("edition_seen") or body.get("edition"), now)
    if then is None:
        return None
    kind, stage = str(body.get("kind", "")), body.get("entry_stage")
    ways = compare_ways(then.procedure, now.procedure, kind, _partner(then, body), stage)
    old, new = form_of(office, then, body), form_of(office, now, body)
    lines = (*ways, *(compare(old, new) if old is not None and new is not None else ()))
    if not lines:
        return None
    return NewEdition(then.procedure.edition.version, now.procedure.edition.version, lines)


def accepted(office: Office, body: Mapping[str, Any]) -> dict[str, Any]:
    """The draft once somebody has seen what changed."""
    return {**body, "edition_seen": office.council(str(body["council"])).digest}


def no_longer_asked(office: Office, body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Questions of the edition it was begun under that are gone, each with what was answered."""
    now = office.council(str(body["council"]))
    then = _edition(office, body.get("edition"), now)
    if then is None:
        return ()
    old, new = form_of(office, then, body), form_of(office, now, body)
    if old is None or new is None:
        return ()
    answers = body.get("answers", {})
    return tuple(
        (field.label, said(field, answers[field.id]))
        for field in gone(old, new)
        if is_answered(answers.get(field.id))
    )


def in_words(
    office: Office, body: Mapping[str, Any], values: Mapping[str, Any]
) -> tuple[tuple[str, str], ...]:
    """Each by the question it answers: a label, and what was said there."""
    fields = _fields(office, body)
    asked = {name: fields.get(field_named(name) or "") for name in values}
    return tuple(
        (_label(name, field), said(field, values[name]) if field else str(values[name]))
        for name, field in asked.items()
    )


def labels(office: Office, body: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """The questions behind the names of answers and choices, each once."""
    fields = _fields(office, body)
    return tuple(dict.fromkeys(_label(one, fields.get(field_named(one) or "")) for one in names))


def form_of(office: Office, files: CouncilFiles, body: Mapping[str, Any]) -> Form | None:
    """The form that a draft fills under an edition; None where it has no such kind."""
    procedure, kind = files.procedure, body.get("kind")
    if kind not in procedure.kinds:
        return None
    partner = _partner(files, body)
    ladder = None
    if procedure.kinds[kind].ladder != PARTNERS or partner in procedure.partners:
        ladder = procedure.ladder_of(kind, partner)
    way = way_in(procedure, kind, ladder, body.get("entry_stage"), str(body.get("gate") or ""))
    form = office.form(files, form_used(kind, procedure.kinds[kind], ladder, way.stage))
    return on_coming(form, way.stage, procedure)


def _edition(office: Office, digest: Any, now: CouncilFiles) -> CouncilFiles | None:
    """The older edition; None where it is the present one, or where the store never kept it."""
    if not digest or digest == now.digest:
        return None
    try:
        return office.edition(str(digest))
    except LookupError:
        return None


def _partner(files: CouncilFiles, body: Mapping[str, Any]) -> str | None:
    kind = files.procedure.kinds.get(str(body.get("kind", "")))
    return body.get("partner") if kind is not None and kind.ladder == PARTNERS else None


def _fields(office: Office, body: Mapping[str, Any]) -> dict[str, FormField]:
    form = form_of(office, office.council(str(body["council"])), body)
    if form is None:
        return {}
    every = each_child.with_children(form, body.get("answers", {}), each_child.children_in(body))
    return {field.id: field for field in every.fields()}


def _label(name: str, field: FormField | None) -> str:
    if field is not None:
        return field.label
    if each_child.is_child(name):
        return "Which children are on the form"
    return _BEFORE_THE_FORM.get(name, "An answer that is not asked for here")
