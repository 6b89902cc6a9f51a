"""The acts on an alert, each a form of the council's; what is typed is kept, and one verb is called."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from practice_alerts.casework.acts import act_form, escalate, notes_and_corrections
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core import telling
from practice_alerts.casework.core.recipients import posts_asked
from practice_alerts.casework.core.record import Doing, draft_about, new_act_key
from practice_alerts.casework.core.sending import Recipients
from practice_alerts.casework.directory import partner_contacts
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.views.alert_view import Seen, hold_price
from practice_alerts.domain.acts.act_answers import answers_of
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.form_by_rule import mark, of_route
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.complete import complete
from practice_alerts.domain.directory.meant import Meant
from practice_alerts.domain.errors import BadAnswers, Expected
from practice_alerts.domain.forms.form import Form, FormField, FormSection, id_key
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.routes import ROUTES
from practice_alerts.domain.text import sentence
from practice_alerts.domain.wording import telling_words
from practice_alerts.domain.wording.definitions import who_in_words
from practice_alerts.domain.wording.history import out_of_turn
from practice_alerts.domain.wording.telling_words import people
from practice_alerts.office import Office
from practice_alerts.ui.alert import which_step
from practice_alerts.ui.page import html, page_start, session
from practice_alerts.ui.page.form_fields import Filling
from practice_alerts.ui.page.question import choose, place_of
from practice_alerts.ui.page.text_field import field_id
from practice_alerts.ui.page.who_gets_it import WhoGetsIt


@dataclass
class ActInProgress:
    """One act being filled in. `kept` is its draft: changed in place, saved at the end of the run."""

    seen: Seen
    act: Act
    kept: dict[str, Any]
    faults: Faults
    around: Mapping[str, Any] = field(default_factory=dict)
    """Answers given elsewhere that conditions look at."""
    contacts: Sequence[str] = ()
    """Whom to write to in a partner agency."""
    as_asked: Callable[[FormField], FormField | None] = lambda field: field
    """A question as it is put after what was answered so far; None where it is not."""

    @property
    def about(self) -> str:
        return draft_about(self.act, self.seen.known.id)

    def key(self, name: str) -> str:
        return f"{self.about}:{name}"

    def start(self, **values: Any) -> None:
        """What stands in the fields before anybody typed."""
        for name, value in values.items():
            self.kept.setdefault(name, value)

    def fill(self, form: Form) -> dict[str, Any]:
        """Show the fields, section by section, and give what stands in those that are asked."""
        sections = [section for section in form.sections if section.fields]
        for section in sections:
            self._fill(section, titled=len(sections) > 1)
        ids = {name for one in form.fields() for name in (one.id, id_key(one.id))}
        return {name: value for name, value in self.kept.items() if name in ids}

    def _fill(self, section: FormSection, *, titled: bool) -> None:
        """Each question seen with the answers above it; neither title nor help where none is put."""
        council, contacts = self.seen.known.files.id, self.contacts
        filling = Filling(self.about, council, self.kept, self.faults, contacts=contacts)
        begun = False
        for each in section.fields:
            one = self.as_asked(each)
            if one is None:
                continue
            if one.prefill == "today":
                self.start(**{one.id: session.office().today.isoformat()})
            if not one.asked({**self.around, **self.kept}):
                continue
            if not begun:
                self._begin(section, titled=titled)
            begun = True
            filling.put(one, self.kept)

    def _begin(self, section: FormSection, *, titled: bool) -> None:
        if titled:
            html.heading(section.title, level=4)
        if section.help:
            html.quiet(section.help)


Press = Callable[[Office, Doing], object]


def show_act(seen: Seen, act: Act) -> None:
    """The form of one act, and the act itself once it is sent."""
    here = session.office()
    about = draft_about(act, seen.known.id)
    faults: Faults = st.session_state.get(f"{about}:faults", {})
    stored = kept_drafts.kept(here, seen.actor.id, about)
    form = ActInProgress(seen, act, dict(stored), faults, act_form.context(seen.known))
    told = [(field_id(form.key(name)) if name else "", said) for name, said in faults.items()]
    html.faults(told, level=4)
    if said := mark(act, seen.known.files.procedure, seen.known.ladder):
        html.quiet(said)
    verb = _WAYS[act](form)
    if form.kept != stored:
        kept_drafts.keep(here, seen.actor.id, about, form.kept)
    # What this person saw when they pressed, not what the store holds by now.
    decided_on = st.session_state.setdefault(f"{about}:seen", seen.known.alert.version)
    with st.container(horizontal=True, gap="small"):
        is_pressed = st.button(ACTS[act].button, type="primary", key=f"{about}:go")
        st.button("Not now", key=f"{about}:leave", on_click=_leave)
    if is_pressed:
        act_key = st.session_state.setdefault(f"{about}:act_key", new_act_key())
        _do(form, verb, Doing(seen.actor, act_key, decided_on))


def _leave() -> None:
    """Close the form; what was typed in it is kept."""
    st.session_state.pop("act", None)
    page_start.arrive()


def _do(form: ActInProgress, verb: Press, doing: Doing) -> None:
    """Call the verb; a refusal is shown and what was typed stays."""
    about = form.about
    try:
        verb(session.office(), doing)
    except BadAnswers as error:
        st.session_state[f"{about}:faults"] = error.faults
    except Expected as error:
        st.session_state[f"{about}:faults"] = {"": str(error)}
        st.session_state.pop(f"{about}:seen", None)
    else:
        for name in [key for key in st.session_state if str(key).startswith(f"{about}:")]:
            del st.session_state[name]
        st.session_state["done"] = ACTS[form.act].done
        st.session_state.pop("act", None)
    page_start.arrive()
    st.rerun()


def _form_of(form: ActInProgress) -> Form:
    here = session.office()
    with here.database.reading() as tx:
        return act_form.act_form(here, tx, form.seen.known, form.act, form.seen.actor)


def _plainly(form: ActInProgress) -> Press:
    """The form as it is, and its verb."""
    verb, answers = VERBS[form.act], form.fill(_form_of(form))
    return lambda here, doing: verb(here, form.seen.known.id, answers, doing)


def _hold(form: ActInProgress) -> Press:
    """Beginning with what was promised, and saying when the time limit will not wait for it."""
    run = form.seen.known.alert.run
    ladder, procedure = form.seen.known.ladder, form.seen.known.files.procedure
    owner = (
        who_in_words(ladder.hold.task_owner, procedure, silent="") if ladder and ladder.hold else ""
    )
    if run is not None and run.answers:
        answer = run.answers[-1].answer
        promised = answer.promise_by.isoformat() if answer.promise_by else ""
        answered_by = ", ".join(filter(None, (answer.by.name, answer.by.post)))
        form.start(until=promised, task_owner=answer.task_owner or owner or answered_by)
    elif owner:
        form.start(task_owner=owner)
    verb = _plainly(form)
    time_limit, until = form.seen.clocks.time_limit, form.kept.get("until")
    if until and time_limit is not None and str(until) > time_limit.by_day.isoformat():
        st.warning("The total limit passes before the hold ends. It goes on running.")
    if said := hold_price(session.office(), form.seen.known, form.seen.clocks, until):
        st.write(said)
    return verb


def _step(form: ActInProgress) -> Press:
    """Beginning with the one that is to be recorded next, and asking what the procedure gives it."""
    form.as_asked = which_step.questions(form.seen, form.kept)
    return _plainly(form)


def _override(form: ActInProgress) -> Press:
    """Saying at once what the product does of it, and what it does not."""
    _tells(form, lambda hear: hear.of_override())
    return _plainly(form)


def _tells(form: ActInProgress, of: Callable[[telling.Listeners], Meant]) -> None:
    """Who gets an e-mail once it is recorded, and whom the product does not reach."""
    here, known = session.office(), form.seen.known
    if known.alert.restriction is not None:
        html.quiet(
            "Restricted: nobody is told by post. Tell whoever must know yourself, or name them."
        )
        return
    with here.database.reading() as tx:
        meant = of(telling.listeners(here, tx, known, form.seen.actor.id))
    outside = [*people(meant.by_hand).split("; "), *(seat.title for seat in meant.to_choose)]
    if meant.seats:
        html.facts(
            [
                ("E-mailed once you record it", people(meant.people) or "Nobody"),
                *telling_words.by_hand("; ".join(filter(None, outside))),
            ]
        )
        html.quiet(telling_words.TELEPHONE_FIRST)


def _refer(form: ActInProgress) -> Press:
    """Asking what came of speaking first in the words of the way out that is chosen."""
    procedure = form.seen.known.files.procedure
    form.as_asked = lambda one: of_route(one, procedure, str(form.kept.get("route") or ""))
    verb = _plainly(form)
    route = str(form.kept.get("route") or "")
    referral = procedure.referrals.get(route)
    if referral is not None and referral.wording:
        html.quiet(f"{procedure.council}: {referral.wording}")
    if referral is not None:
        _tells(form, lambda hear: hear.of_referral(route))
    law = ROUTES[route].law if route in ROUTES else None
    if law:
        html.quiet(f"Legal basis: {law}.")
    return verb


def _escalate(form: ActInProgress) -> Press:
    """Where to, who must answer there, and what the form asks at that stage."""
    here, known = session.office(), form.seen.known
    stages = {stage.id: stage for stage in known.ways_up}
    form.kept["to"] = to = choose(
        st.radio,
        "To which stage?",
        form.key("to"),
        {name: stage.label for name, stage in stages.items()},
        error=form.faults.get("to", ""),
        index=place_of(form.kept.get("to"), stages),
    )
    if known.alert.run is not None and (said := out_of_turn(known.ladder, known.run.stage, to)):
        html.quiet(sentence(said))
    asked_for = escalate.form_at(here, known, stages[to])
    form.start(**escalate.said_before(known, asked_for))
    partner = known.alert.raised.partner
    form.contacts = partner_contacts.names_at(here, known.files.id, partner, stages[to])
    answers = form.fill(asked_for)
    climb = _reached(form, to, answers)
    return lambda here, doing: escalate.escalate(here, known.id, climb, doing)


def _reached(form: ActInProgress, to: str, answers: Mapping[str, Any]) -> escalate.Climb:
    """Who is asked and copied there, as far as chosen; then once more, with what is chosen now."""
    here, known = session.office(), form.seen.known
    stage = next(one for one in known.ways_up if one.id == to)
    kept = form.kept.setdefault(f"who:{to}", {})

    def work_out() -> Recipients:
        with here.database.reading() as tx:
            return escalate.reached(here, tx, known, _climb(to, answers, kept))

    def key(name: str) -> str:
        return form.key(f"{to}:{name}")

    procedure = known.files.procedure
    asks = posts_asked(procedure, stage)
    WhoGetsIt(known.files.id, procedure, kept, key, form.faults, asks).show(work_out)
    return _climb(to, answers, kept)


def _climb(to: str, answers: Mapping[str, Any], kept: Mapping[str, Any]) -> escalate.Climb:
    return escalate.Climb(
        to,
        answers,
        tuple(kept.get("asked", ())),
        tuple(kept.get("copied", ())),
        str(kept.get("instead_reason", "")),
    )


def _correct(form: ActInProgress) -> Press:
    """Which answer was wrong; then that question itself, with what stands there now."""
    known = form.seen.known
    answers = form.fill(_form_of(form))
    question = str(answers.get("question") or "")
    now = _answered_anew(form, question) if question else None
    return lambda here, doing: notes_and_corrections.correct(here, known.id, answers, now, doing)


def _answered_anew(form: ActInProgress, question: str) -> Any:
    here, known = session.office(), form.seen.known
    asked: FormField = act_form.questions(here, known)[question]
    form.start(**{f"now:{question}": notes_and_corrections.answer_to(known, question)})
    kept = {asked.id: form.kept[f"now:{question}"]}
    filling = Filling(form.key(question), known.files.id, kept, form.faults)
    form.kept[f"now:{question}"] = filling.ask(asked)
    return form.kept[f"now:{question}"]


def _hand_on(form: ActInProgress) -> Press:
    """Saying at once where there is nobody to choose, before a reason is typed for nothing."""
    if not any(one.id == "to" for one in _form_of(form).fields()):
        st.warning(
            "Nobody else here raises such alerts. Ask an administrator to give somebody the post."
        )
    return _plainly(form)


def _move_case(form: ActInProgress) -> Press:
    """With whoever has the case now in their places, to be changed."""
    known = form.seen.known
    people = act_form.people_on_form(session.office(), known)
    form.start(**{name: known.alert.answers.get(name) or "" for name in people})
    return _plainly(form)


def _restrict(form: ActInProgress) -> Press:
    """Where it is restricted already, with those named now."""
    if restriction := form.seen.known.alert.restriction:
        form.start(**answers_of(restriction.what))
    return _plainly(form)


_WAYS: Mapping[Act, Callable[[ActInProgress], Press]] = complete(
    ACTS,
    {
        **dict.fromkeys(VERBS, _plainly),
        Act.HOLD: _hold,
        Act.STEP: _step,
        Act.REFER: _refer,
        Act.OVERRIDE: _override,
        Act.ESCALATE: _escalate,
        Act.CORRECT: _correct,
        Act.HAND_ON: _hand_on,
        Act.MOVE_CASE: _move_case,
        Act.RESTRICT: _restrict,
    },
)
