"""What a council's procedure changes in the forms of acts: who is spoken to, whose day it is, what is ours."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from practice_alerts.domain.acts.act_forms import Names, consult_in_words, with_time
from practice_alerts.domain.acts.act_rows import Act
from practice_alerts.domain.acts.options import with_endings
from practice_alerts.domain.alert.choices import OF_A_CHILD_ONLY
from practice_alerts.domain.alert.events import OTHER_GROUND
from practice_alerts.domain.complete import complete
from practice_alerts.domain.dates import why_no_day
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import Form, FormField, FormSection, OptionsFrom, kept_by
from practice_alerts.domain.forms.subject import FOR_THE_CHILD
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.beside_text import is_offered, is_ours, said_of_ours
from practice_alerts.domain.procedure.clock import Span, Untimed
from practice_alerts.domain.procedure.ladder import Hold, Ladder, Rationale, Stage
from practice_alerts.domain.procedure.posts import RAISER, Who
from practice_alerts.domain.procedure.procedure import Ours, Overrides, Procedure
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.text import capital, sentences
from practice_alerts.domain.wording.definitions import clock_in_words, who_in_words

ACTIONS_BY = "actions_by"
RATIONALE = "rationale"
SETTLE_BY = "settle_by"
EXCEPTIONAL = "exceptional"
UNTIL = "until"

OURS_OF_ACT = complete(
    (Act.HOLD, Act.REVIEW_HOLD, Act.AGREE_DATE),
    {Act.HOLD: Ours.HOLD, Act.REVIEW_HOLD: Ours.HOLD, Act.AGREE_DATE: Ours.AGREE_DATE},
)
_INSTEAD = "To accept a promise until a date, agree a hold instead"
_RIGHTS = frozenset(
    f"{what}_{asked}" for what in ("advocacy", "complaints") for asked in ("told", "on", "by")
)


@dataclass(frozen=True, slots=True)
class OfAlert:
    """Where the alert is: under which procedure, and on which ladder at which stage, if any."""

    procedure: Procedure
    ladder: Ladder | None
    stage: Stage | None
    is_exceptional: bool = False
    """Is it recorded already that it is?"""
    about_child: bool = True


def by_rule(form: Form, act: Act, at: OfAlert, names: Names) -> Form:
    """The form of the act as this procedure has it, at the stage where the alert is."""
    found = _by_act(form, act, at, names)
    return found if at.about_child else found.changed(of_no_child)


def _by_act(  # noqa: PLR0911 - a few lines for each act
    form: Form, act: Act, at: OfAlert, names: Names
) -> Form:
    procedure, ladder, stage = at.procedure, at.ladder, at.stage
    match act:
        case Act.CLOSE:
            return _with_rights(with_endings(form, ladder), procedure, ladder)
        case Act.REFER:
            said = [
                f"{_route(name)}: {consult_in_words(one.consult, procedure, names)}"
                for name, one in procedure.referrals.items()
                if one.consult is not None
            ]
            return _hinted(form, {"consulted": " ".join(said)})
        case Act.OVERRIDE if procedure.overrides is not None:
            return _hinted(form, _of_override(procedure.overrides, procedure))
        case Act.REVIEW_RESPONSE if is_offered(procedure, ladder, Ours.HOLD):
            return _hinted(form, {"verdict": _INSTEAD})
        case Act.HOLD if ladder is not None and ladder.hold is not None:
            return _hinted(form, _of_hold(ladder.hold, procedure))
        case Act.AGREE_DATE:
            return _with_longer_total(form, at)
        case Act.ANSWER | Act.RECORD_ANSWER if ladder is not None and stage is not None:
            asked = [*_action_dates(ladder, raiser=False), *_settle(stage, raiser=False)]
            asking = form if act is Act.ANSWER else with_time(form, stage)
            return _with_fields(asking, asked, "By when")
        case _:
            return form


def _route(name: str) -> str:
    return ROUTES[name].title if name in ROUTES else capital(name.replace("_", " "))


def raising_by_rule(
    form: Form,
    ladder: Ladder | None,
    stage: Stage | None,
    raised_as: str,
    cases: Collection[str] | None = None,
) -> Form:
    """What whoever raises or escalates fills in: days that are theirs to set, and the grounds of the stage.

    `cases` are the case types that fit the kind of alert and whoever raises it: no other can be chosen.
    """
    form = form if cases is None else form.changed(lambda one: _of_cases(one, cases))
    if ladder is None or stage is None:
        return form
    if ladder.action_dates is not None and not _is_raisers(ladder.action_dates.set_by):
        form = form.changed(lambda one: None if one.id == ACTIONS_BY else one)
    form = _with_fields(form, _action_dates(ladder, raiser=True), "By when")
    return form.changed(_grounds_of(stage, raised_as))


def _grounds_of(stage: Stage, raised_as: str) -> Callable[[FormField], FormField]:
    """The grounds as this stage has them, of this case type."""
    own = {one.id: one for one in stage.criteria}
    must = [one.title for one in own.values() if one.mandatory]

    def of_stage(field: FormField) -> FormField:
        if field.options_from is not OptionsFrom.CRITERIA or field.options is None:
            return field
        options = {
            name: title
            for name, title in field.options.items()
            if name not in own or not own[name].cases or raised_as in own[name].cases
        }
        said = f"{stage.label} must be used for: {'; '.join(must)}." if must else ""
        return _hint(field.model_copy(update={"options": options}), said)

    return of_stage


def _of_cases(field: FormField, cases: Collection[str]) -> FormField:
    if field.options_from is not OptionsFrom.RAISED_BY or field.options is None:
        return field
    fitting = {name: words for name, words in field.options.items() if name in cases}
    return field.model_copy(update={"options": fitting})


def escalating_by_rule(form: Form, ladder: Ladder, left: Stage, to: Stage) -> Form:
    """What goes on record of going from one stage to another: the ground, the reason, who was spoken to."""
    grounds = {one.value: capital(one.words) for one in ladder.grounds(left)}

    def put(field: FormField) -> FormField:
        if field.options_from is OptionsFrom.GROUNDS:
            other = {OTHER_GROUND: "Something else: say what below"}
            return field.model_copy(update={"options": {**grounds, **other}})
        if field.id == RATIONALE:
            is_asked = to.rationale is Rationale.ASKED
            return _hint(
                field.model_copy(update={"required": is_asked}),
                "" if is_asked else to.rationale.words,
            )
        return field

    return form.changed(put)


def settle_field(stage: Stage) -> tuple[FormField, ...]:
    """The day by which it is to be put right, where no clock gives one and the raiser has a say in it."""
    return _settle(stage, raiser=True)


def settle_faults(day: date | str | None, today: date | None) -> Faults:
    """What is wrong with the day by which it is to be put right; text is what could not be read as one.

    Without `today` it may have passed: so it was said on paper.
    """
    if isinstance(day, str):
        return {SETTLE_BY: f"To be put right by: {why_no_day(day)}"}
    is_past = day is not None and today is not None and day < today
    return {SETTLE_BY: "To be put right by: choose today or a later day."} if is_past else {}


_OF_A_CHILD = _RIGHTS | {
    *(
        "child_view",
        "child_view_how",
        "child_view_not_asked_why",
        "child_told",
        "against_wishes",
        "against_wishes_why",
        "changes",
        "look_again",
    ),
}
_CHILDS_OPTIONS = OF_A_CHILD_ONLY | {"child", "plan"}


def of_no_child(field: FormField) -> FormField | None:
    """As it is asked of an alert that is about no child: what only a child can be asked is not."""
    if _OF_A_CHILD & {field.id, kept_by(field.id)}:
        return None
    options = {
        name: words for name, words in (field.options or {}).items() if name not in _CHILDS_OPTIONS
    }
    hint = field.hint.replace(f" and what it means{FOR_THE_CHILD}", "") if field.hint else None
    label = field.label.replace(FOR_THE_CHILD, "")
    return field.model_copy(
        update={"label": label, "hint": hint, "options": options or field.options}
    )


def _with_rights(form: Form, procedure: Procedure, ladder: Ladder | None) -> Form:
    offered = is_offered(procedure, ladder, Ours.CHILD_RIGHTS)
    ours = is_ours(procedure, ladder, Ours.CHILD_RIGHTS)

    def put(field: FormField) -> FormField | None:
        if field.id not in _RIGHTS:
            return field
        return field.model_copy(update={"ours": field.ours or ours}) if offered else None

    return form.changed(put)


def _of_override(grave: Overrides, procedure: Procedure) -> dict[str, str]:
    told = capital(who_in_words(grave.tell, procedure))
    return {"told": f"{told}.", "by": f"By the procedure: {grave.by}."}


def _of_hold(hold: Hold, procedure: Procedure) -> dict[str, str]:
    owner = who_in_words(hold.task_owner, procedure, silent="")
    return {
        "until": f"By the procedure: {clock_in_words(hold.until)}.",
        "task_owner": f"By the procedure: {owner}." if owner else "",
    }


def agrees_dates(procedure: Procedure, ladder: Ladder | None, stage: Stage | None) -> bool:
    """Can another day be agreed for the answer at this stage?"""
    is_waited_for = stage is not None and stage.answer is not None
    return is_waited_for and is_offered(procedure, ladder, Ours.AGREE_DATE)


def _with_longer_total(form: Form, at: OfAlert) -> Form:
    """Asking, where the procedure has a longer total too, whether it is agreed; another day need not be then."""
    ladder = at.ladder
    if ladder is None or ladder.cap is None or not ladder.exceptional or at.is_exceptional:
        return form
    longer, usual = clock_in_words(ladder.exceptional), clock_in_words(ladder.cap.within)
    hint = f"By the procedure it then has {longer} in all in place of {usual}. Say below with whom and why"
    question = FormField(
        id=EXCEPTIONAL,
        label="Is it agreed that this alert is exceptional?",
        hint=hint,
        type=FieldType.YES_NO,
    )
    has_day = agrees_dates(at.procedure, at.ladder, at.stage)

    def put(field: FormField) -> FormField | None:
        if field.id != UNTIL:
            return field
        left = _hint(field, "- left empty where only the time limit is agreed")
        return left.model_copy(update={"required": False}) if has_day else None

    first = FormSection(title="The time limit", fields=(question,))
    changed = form.changed(put)
    return changed.model_copy(update={"sections": (first, *changed.sections)})


def _is_raisers(who: Who | None) -> bool:
    return who is not None and RAISER in who.roles


def _is_others(who: Who | None) -> bool:
    return who is not None and any(role != RAISER for role in who.roles)


def _action_dates(ladder: Ladder, *, raiser: bool) -> list[FormField]:
    dates = ladder.action_dates
    if dates is None or not (_is_raisers if raiser else _is_others)(dates.set_by):
        return []
    label = "By when each action is to be done"
    return [FormField(id=ACTIONS_BY, label=label, type=FieldType.DATE, ours=True)]


def _settle(stage: Stage, *, raiser: bool) -> tuple[FormField, ...]:
    settle = stage.settle
    if settle is None or isinstance(settle.within, Span):
        return ()
    theirs = raiser and settle.set_by is None and settle.within is Untimed.BY_AGREEMENT
    if not theirs and not (_is_raisers if raiser else _is_others)(settle.set_by):
        return ()
    must = raiser and stage.raiser_sets_day
    label = "To be put right by"
    return (FormField(id=SETTLE_BY, label=label, type=FieldType.DATE, required=must),)


def _with_fields(form: Form, fields: Collection[FormField], title: str) -> Form:
    asked = {one.id for one in form.fields()}
    new = tuple(one for one in fields if one.id not in asked)
    if not new:
        return form
    section = FormSection(title=title, repeats="stage", fields=new)
    return form.model_copy(update={"sections": (*form.sections, section)})


def _hinted(form: Form, hints: Mapping[str, str]) -> Form:
    return form.changed(lambda one: _hint(one, hints.get(one.id, "")))


def _hint(field: FormField, said: str) -> FormField:
    said = "" if field.hint and said in field.hint else said
    parts = [part for part in (field.hint, said) if part]
    hint = " ".join(parts) if said.startswith("-") else sentences(parts)
    return field.model_copy(update={"hint": hint or None})


def mark(act: Act, procedure: Procedure, ladder: Ladder | None) -> str:
    """What is said of an act that the council's text does not know; empty for the others."""
    what = OURS_OF_ACT.get(act)
    return "" if what is None else said_of_ours(procedure, ladder, what)
