"""The forms of acts: what is asked, whether what was typed will do, and what of it the event keeps."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import who_is_meant
from practice_alerts.casework.core.actors import actor_in, holders
from practice_alerts.casework.core.loaded_alert import Known, about_child
from practice_alerts.domain.acts.act_forms import (
    LATE_WHY,
    Names,
    asked_by_key,
    with_another,
    with_offered,
    with_own_block,
    with_whose,
)
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.form_by_rule import OfAlert, by_rule
from practice_alerts.domain.acts.permissions import Act, Actor, is_challenged
from practice_alerts.domain.acts.step_form import (
    TOOK_PLACE,
    WHICH,
    form_of_step,
    must_take_place,
    with_result,
)
from practice_alerts.domain.acts.step_form import choices as step_choices
from practice_alerts.domain.alert.by_hand import to_do_by_hand
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.alert.hearers import Person
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.documents.alert_document import forms_used
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.forms.field_types import FieldType
from practice_alerts.domain.forms.form import (
    RAISED_AS,
    Form,
    FormField,
    FormSection,
    OptionsFrom,
    with_new,
)
from practice_alerts.domain.forms.validation import faults_in, sendable
from practice_alerts.domain.procedure.ladder import label_of
from practice_alerts.domain.procedure.posts import AUDITOR, Who
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.seeing.readers import Sight
from practice_alerts.domain.standing.running_clocks import awaited_clocks
from practice_alerts.domain.standing.steps_by import ToRecord
from practice_alerts.domain.text import capital
from practice_alerts.office import Office

_CASE = ("case_status", RAISED_AS)


def act_form(office: Office, tx: Tx, found: Known, act: Act, actor: Actor | None = None) -> Form:
    """The form of the act for this alert, with all its choices; for somebody, with no other than theirs."""
    row = ACTS[act]
    form = office.form(found.files, row.form)
    if row.own_block is not None:
        form = with_own_block(form, office.form(found.files, found.alert.form), row.own_block)
    if act is Act.MOVE_CASE:
        instead = _instead_section(office, tx, found)
        form = form.model_copy(
            update={"sections": (*instead, _people_section(office, found), *form.sections)}
        )
    at = OfAlert(
        found.files.procedure,
        found.ladder,
        found.stage,
        is_exceptional=found.alert.is_exceptional,
        about_child=about_child(office, found),
    )
    form = by_rule(form, act, at, _names(office, tx, found))
    if act is Act.STEP and found.ladder is not None:
        form = with_result(form, found.ladder)
    asks_why = any(one.id == LATE_WHY for one in form.fields())
    if asks_why and not is_late(office, tx, found, office.now()):
        form = form.changed(lambda one: None if one.id == LATE_WHY else one)
    if act is Act.ANSWER and actor is not None:
        form = with_whose(form, found.alert, actor)
    asked = {one.options_from for one in form.fields()}
    offered = _offered(office, tx, found, actor).items()
    form = with_offered(form, {name: choices() for name, choices in offered if name in asked})
    return with_another(form, actor.id) if act is Act.RESTRICT and actor is not None else form


def is_late(office: Office, tx: Tx, found: Known, at: datetime) -> bool:
    """Would an answer of that moment come after its day? Never after an aim."""
    calendar = office.calendar(found.files.id, tx)
    return awaited_clocks(found.alert, found.ladder, calendar).answer_is_late(at)


def step_to_record(found: Known, actor: Actor | None, key: str) -> ToRecord | None:
    """The step of that key, if this person may record it; without a person, any."""
    return next((one for one in _to_record(found, actor) if one.key == key), None)


def _to_record(found: Known, actor: Actor | None) -> tuple[ToRecord, ...]:
    rules, alert = found.rules, found.alert
    return rules.doers(alert).to_record() if actor is None else rules.for_them(actor, alert)


def _names(office: Office, tx: Tx, found: Known) -> Names:
    scene = who_is_meant.scene_of(office, tx, found)

    def names(who: Who) -> str:
        seats = (one for one in who_is_meant.meant(scene, who).seats if not one.empty)
        held = (
            person.name
            for one in seats
            for person in one.people or one.by_hand or one.options or one.candidates
        )
        return ", ".join(dict.fromkeys(held))

    return names


def context(found: Known) -> dict[str, Any]:
    """What conditions and case types of a form look at besides its own answers."""
    return {name: said for name, said in found.answers.items() if name in _CASE}


def checked(
    office: Office, tx: Tx, found: Known, act: Act, answers: Mapping[str, Any], *, actor: Actor
) -> dict[str, Any]:
    """What is to be recorded of these answers. Raises BadAnswers, field by field."""
    form = act_form(office, tx, found, act, actor)
    if act is Act.STEP:
        chosen = step_to_record(found, actor, text(answers, WHICH))
        form = form_of_step(form, chosen, found.files.procedure)
        if chosen is not None and must_take_place(chosen):
            answers = {TOOK_PLACE: "yes", **answers}
    return checked_against(form.fields(), answers, context(found))


def checked_against(
    fields: Collection[FormField],
    answers: Mapping[str, Any],
    around: Mapping[str, Any],
    *,
    reached: Collection[str] = (),
    known: Collection[str] = (),
    today: date | None = None,
) -> dict[str, Any]:
    """The same for any fields; `around` are answers given elsewhere that conditions look at."""
    every = with_new(around, answers)
    faults = faults_in(fields, every, reached=reached, known=known, today=today)
    if faults:
        raise BadAnswers(faults)
    return sendable(fields, every)


def text(given: Mapping[str, Any], name: str) -> str:
    return str(given.get(name) or "").strip()


def _offered(
    office: Office, tx: Tx, found: Known, actor: Actor | None
) -> dict[OptionsFrom, Callable[[], dict[str, str]]]:
    """Choices that follow from the alert at this moment, each to be worked out where it is asked for."""
    steps = cache(lambda: _to_record(found, actor))
    grounds = found.ladder.grounds(found.stage) if found.ladder and found.stage else ()
    return {
        OptionsFrom.ROUTES: lambda: {name: ROUTES[name].title for name in found.routes},
        OptionsFrom.STEPS: lambda: step_choices(steps()),
        OptionsFrom.STEP_RESULTS: lambda: {
            words: capital(words) for one in steps() for words in one.step.outcomes
        },
        OptionsFrom.GROUNDS: lambda: {one.value: capital(one.words) for one in grounds},
        OptionsFrom.REFERRALS: lambda: {
            str(one.number): f"{ROUTES[one.referred.route].title}, {in_full(london_date(one.at))}"
            for one in found.alert.referrals
        },
        OptionsFrom.BY_HAND: lambda: _by_hand(found),
        OptionsFrom.ASKED: lambda: _of_several(asked_by_key(found.alert)),
        OptionsFrom.OPEN_QUESTIONS: lambda: _open_questions(found),
        OptionsFrom.NOT_THEIRS: lambda: _not_theirs(found),
        OptionsFrom.SAME_POST: lambda: who_is_meant.others_in_words(office, tx, found),
        OptionsFrom.OFFICERS: lambda: officers(office, tx, found),
        OptionsFrom.READERS: lambda: readers(office, tx, found),
        OptionsFrom.OWN_SIDE: lambda: _in_words(own_side(office, tx, found)),
        OptionsFrom.COLLEAGUES: lambda: _in_words(colleagues(office, tx, found)),
        OptionsFrom.QUESTIONS: lambda: {
            name: one.label for name, one in questions(office, found).items()
        },
    }


def _by_hand(found: Known) -> dict[str, str]:
    return {
        f"{why.number}:{person.name}, {person.post}": f"{person.name}, {person.post}, "
        + (f"of {why.of_what}" if why.of_what else f"at {label_of(found.ladder, why.stage)}")
        for why, person in to_do_by_hand(found.alert)
    }


def _open_questions(found: Known) -> dict[str, str]:
    left = found.run.open_questions if found.alert.run else {}
    return {
        str(number): f"Question {number}: {one.by.in_words}, {in_full(london_date(at))}"
        for number, (at, one) in left.items()
    }


def _not_theirs(found: Known) -> dict[str, str]:
    said = found.run.not_theirs if found.alert.run else ()
    return _of_several({one.whose.id: one.whose for one in said})


def _of_several(people: Mapping[str, Person]) -> dict[str, str]:
    """Nothing to choose where it is one person."""
    return _in_words(people) if len(people) > 1 else {}


def _people_section(office: Office, found: Known) -> FormSection:
    each = tuple(people_on_form(office, found).values())
    says = "Change whoever is another from now on, and leave the others as they are."
    return FormSection(title="Who has the case from now on", help=says, fields=each)


def _instead_section(office: Office, tx: Tx, found: Known) -> tuple[FormSection, ...]:
    each = tuple(one.field for one in who_is_meant.to_fill(office, tx, found))
    return (FormSection(title="Who is asked instead", fields=each),) if each else ()


def people_on_form(office: Office, found: Known) -> dict[str, FormField]:
    """The questions for whoever has to do with the child, in a post or as a team: once for all stages."""
    every = (
        one
        for name in forms_used(found.alert)
        for one in office.form(found.files, name).fields(filled_by="raiser", repeats="never")
    )
    return {
        one.id: one.model_copy(update={"required": False, "required_from": None, "when": ()})
        for one in every
        if one.type is FieldType.TEAM or (one.type is FieldType.PERSON and one.role)
    }


def officers(
    office: Office, tx: Tx, found: Known, as_actor: Callable[[str], Actor] | None = None
) -> dict[str, str]:
    """Who could take the alert over: whoever raises alerts, and is not challenged by this one.

    `as_actor` says how somebody may act here; for whoever asks of many alerts, once for all.
    """
    named = found.named
    known = as_actor or (lambda person: actor_in(office, tx, person, found.files.id))
    return {
        person: title
        for person, title in raisers(office, tx, found).items()
        if person != found.alert.officer.id and not is_challenged(known(person), found.alert, named)
    }


def raisers(office: Office, tx: Tx, found: Known) -> dict[str, str]:
    """Everybody who raises alerts on its side, each with post."""
    posts = found.files.procedure.raising_posts
    return _in_words(_holders(office, tx, found, posts))


def _holders(office: Office, tx: Tx, found: Known, posts: Iterable[str]) -> dict[str, Person]:
    """Whoever holds one of them today and has no interest in the child."""
    every = holders(office, tx, found.files.id, posts)
    return {who: one for who, one in every.items() if who not in found.shut_out}


def readers(office: Office, tx: Tx, found: Known) -> dict[str, str]:
    """Who can be named to read legal advice: whoever reads what is kept to the officer's own side, an auditor too."""
    procedure, alert = found.files.procedure, found.alert
    posts = own_side_of(procedure) - {*procedure.raising_posts} | {AUDITOR}
    people = {alert.raiser.id: alert.raiser} if alert.raiser != alert.officer else {}
    people = {**_holders(office, tx, found, sorted(posts)), **people}
    return {
        person: one.in_words
        for person, one in people.items()
        if found.reader(actor_in(office, tx, person, found.files.id)).sights[Part.LEGAL]
        is Sight.NAMED
    }


def own_side(office: Office, tx: Tx, found: Known) -> dict[str, Person]:
    """Whoever may act for its officer or confirm what they do: of their side, and not challenged by it."""
    posts, named = own_side_of(found.files.procedure), found.named
    every = _but_for_officer(found, _holders(office, tx, found, sorted(posts)))
    return {
        name: one
        for name, one in every.items()
        if not is_challenged(actor_in(office, tx, name, found.files.id), found.alert, named)
    }


def colleagues(office: Office, tx: Tx, found: Known) -> dict[str, Person]:
    """Everybody who holds a post in the council today, but for the officer, who has it anyway."""
    held = directory.holdings_of(tx, found.files.id)
    posts = {one.post for one in held if one.on(office.today)}
    return _but_for_officer(found, _holders(office, tx, found, sorted(posts)))


def _but_for_officer(found: Known, people: Mapping[str, Person]) -> dict[str, Person]:
    """By name; without the officer."""
    in_order = sorted(people.items(), key=lambda item: (item[1].name, item[0]))
    return {name: one for name, one in in_order if name != found.alert.officer.id}


def _in_words(people: Mapping[str, Person]) -> dict[str, str]:
    return {name: one.in_words for name, one in people.items()}


def questions(office: Office, found: Known) -> dict[str, FormField]:
    """Every answer that can be corrected, by the number of its event and the field's id."""
    alert = found.alert
    forms = {name: office.form(found.files, name) for name in {alert.raised.form, alert.form}}
    once = forms[alert.raised.form].fields(filled_by="raiser", repeats="never")
    # As what it was raised decided who raises it and which ways out it has: that is a new alert.
    chosen = {f"{alert.happened[0].number}:{one.id}": one for one in once if one.id != RAISED_AS}
    for run in alert.runs:
        label = label_of(found.ladder, run.stage)
        form = forms.get(run.sent.form) or forms[alert.raised.form]
        for one in form.fields(filled_by="raiser"):
            if one.id in run.sent.details or one.id in run.sent.answers:
                said = one.model_copy(update={"label": f"{label}: {one.label}"})
                chosen[f"{run.number}:{one.id}"] = said
    return chosen
