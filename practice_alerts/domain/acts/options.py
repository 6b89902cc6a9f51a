"""Choices that a form takes from the procedure instead of repeating them."""

from collections.abc import Callable, Iterable, Mapping

from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.choices import ENDINGS, AroseAt
from practice_alerts.domain.alert.events import (
    ChangeForChild,
    Channel,
    EndingKind,
    FollowUpKind,
    LateReason,
    Outcome,
    Part,
    Response,
)
from practice_alerts.domain.complete import complete
from practice_alerts.domain.definition import Said
from practice_alerts.domain.forms.form import Form, FormField, OptionsFrom
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import AlertKind, Procedure
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording.definitions import raisers_in_words

OFFERED_AT_THE_TIME = frozenset(
    {
        *(OptionsFrom.STEPS, OptionsFrom.STEP_RESULTS, OptionsFrom.REFERRALS, OptionsFrom.GROUNDS),
        *(OptionsFrom.OFFICERS, OptionsFrom.QUESTIONS, OptionsFrom.BY_HAND),
        *(
            OptionsFrom.READERS,
            OptionsFrom.OWN_SIDE,
            OptionsFrom.COLLEAGUES,
            OptionsFrom.ASKED,
            OptionsFrom.OPEN_QUESTIONS,
            OptionsFrom.NOT_THEIRS,
            OptionsFrom.SAME_POST,
        ),
    }
)
"""Choices that follow from the alert and not from the procedure."""

_Source = Callable[[Procedure, str], dict[str, str]]


def form_used(kind_id: str, kind: AlertKind, ladder: Ladder | None, stage: Stage | None) -> str:
    """Which form is filled: the stage's own, else that of the nearest stage before it, else the kind's."""
    before = ladder.stages[: ladder.place(stage.id) + 1] if ladder and stage else ()
    own = next((one.form for one in reversed(before) if one.form), None)
    return own or kind.form or kind_id


def with_choices(form: Form, procedure: Procedure, name: str = "") -> Form:
    """The form with every `options_from` and `examples_of` filled from the procedure.

    `name` is the form's own: it offers the criteria of the stages that use it. Without it, all.
    """

    def filled(field: FormField) -> FormField:
        source = field.options_from
        if field.examples_of is not None:
            return field.model_copy(update={"options": examples_in(procedure, field)})
        if source is None:
            return field
        return field.model_copy(update={"options": choices(source, procedure, name)})

    return form.changed(filled)


def with_endings(form: Form, ladder: Ladder | None) -> Form:
    """Offering those that fit: what climbs no ladder praises, and can neither be put right nor decided."""
    sort = "concern" if ladder is not None else "good practice"
    fitting = {one.value for one, facts in ENDINGS.items() if facts.of in (sort, "either")}

    def put(field: FormField) -> FormField:
        if field.id != "ending" or field.options is None:
            return field
        options = {name: words for name, words in field.options.items() if name in fitting}
        return field.model_copy(update={"options": options})

    return form.changed(put)


def asks_change(alert: Alert) -> bool:
    """Was it closed in a way of which what changed for the child is asked from the list?"""
    return alert.closed is not None and ENDINGS[alert.closed.ending].asks == "change"


def choices(source: OptionsFrom, procedure: Procedure, name: str = "") -> dict[str, str]:
    """Id -> words, for one of the sources a form may name; nothing yet where the alert decides."""
    return {} if source in OFFERED_AT_THE_TIME else _SOURCES[source](procedure, name)


def examples_in(procedure: Procedure, field: FormField) -> dict[str, str]:
    """The examples that this question offers, of the category it names."""
    named = (one.examples for one in procedure.categories if one.id == field.examples_of)
    return {each.id: capital(each.text) for some in named for each in some if each.id}


def _ours(every: Iterable[Said]) -> _Source:
    """Words of this product, the same for every procedure."""
    return lambda _procedure, _name: {one.value: one.words for one in every}


def _overrides(procedure: Procedure, _name: str) -> dict[str, str]:
    """An event is known by its words: the procedure gives it no other name."""
    return {words: words for words in procedure.overrides.events} if procedure.overrides else {}


def _consultation(procedure: Procedure, _name: str) -> dict[str, str]:
    """What may be recorded of speaking to somebody first, in the words of any way out or stage."""
    asked = [one.consult for one in procedure.referrals.values()]
    asked += [stage.consult for _, ladder in procedure.all_ladders() for stage in ladder.stages]
    found = dict.fromkeys(words for one in asked if one for words in one.record)
    return {words: capital(words) for words in found}


def _criteria(procedure: Procedure, form: str) -> dict[str, str]:
    """Those of the stages that use this form; all where none of its stages has any of its own."""
    used: dict[str, str] = {}
    every: dict[str, str] = {}
    for name, kind in procedure.kinds.items():
        ladder = procedure.ladders.get(kind.ladder or "")
        for stage in ladder.stages if ladder else ():
            titles = {one.id: one.title for one in stage.criteria}
            every |= titles
            if form_used(name, kind, ladder, stage) == form:
                used |= titles
    return used or every


_SOURCES: Mapping[OptionsFrom, _Source] = complete(
    OptionsFrom,
    {
        OptionsFrom.CATEGORIES: lambda procedure, _: {
            one.id: one.title for one in procedure.categories
        },
        OptionsFrom.RAISED_BY: lambda procedure, _: raisers_in_words(procedure),
        OptionsFrom.CRITERIA: _criteria,
        OptionsFrom.STAGES: lambda procedure, _: {
            one.id: one.label for one in procedure.main_ladder.stages
        },
        OptionsFrom.PARTNERS: lambda procedure, _: {
            name: procedure.partner_title(name) for name in procedure.partners
        },
        OptionsFrom.RESPONSES: _ours(Response),
        OptionsFrom.CHANNELS: _ours(Channel),
        OptionsFrom.LATE_REASONS: _ours(LateReason),
        OptionsFrom.AROSE: _ours(AroseAt),
        OptionsFrom.RESPONSE_OUTCOMES: _ours(Outcome),
        OptionsFrom.ENDINGS: _ours(EndingKind),
        OptionsFrom.CHANGES: _ours(ChangeForChild),
        OptionsFrom.FOLLOW_UPS: _ours(FollowUpKind),
        OptionsFrom.PARTS: _ours(Part),
        OptionsFrom.ROUTES: lambda procedure, _: {
            name: ROUTES[name].title for name in procedure.referrals if name in ROUTES
        },
        OptionsFrom.OVERRIDES: _overrides,
        OptionsFrom.CONSULTATION: _consultation,
    },
    without=OFFERED_AT_THE_TIME,
)
