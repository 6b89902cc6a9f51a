"""The acts on an alert, each a form of the council's; what is typed is kept, and one verb is called."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from typing import Any

import streamlit as st

from practice_alerts.casework.acts import act_form, notes_and_corrections
from practice_alerts.casework.acts.answering import redirect
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.core.record import Doing, draft_about, new_act_key
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.jobs.when_to_send import done_words
from practice_alerts.casework.views.alert_view import Seen, hold_price
from practice_alerts.domain.acts.act_answers import answers_of
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.form_by_rule import mark
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.complete import complete
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.errors import BadAnswers, Expected, ToldPlainly
from practice_alerts.domain.forms.form import FormField
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.wording.answer_words import talk_told
from practice_alerts.domain.wording.definitions import who_in_words
from practice_alerts.ui.alert import beside_act, full_record, going_on, which_step
from practice_alerts.ui.alert.act_in_progress import CHECKED, ActInProgress, Press
from practice_alerts.ui.page import frame, html, page_start, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.form_fields import Filling
from practice_alerts.ui.page.text_field import field_id

CHECK = "Check before it is sent"


def show_act(seen: Seen, act: Act) -> None:
    """The form of one act, and the act itself once it is sent."""
    here = session.office()
    about = draft_about(act, seen.known.id)
    faults: Faults = st.session_state.get(f"{about}:faults", {})
    stored = kept_drafts.kept(here, seen.actor.id, about)
    # Whose choice it is lies within, and what is changed there has to be seen to differ.
    form = ActInProgress(seen, act, deepcopy(stored), faults, act_form.context(seen.known))
    told = [(field_id(form.key(name)) if name else "", said) for name, said in faults.items()]
    html.faults(told, level=4)
    if said := mark(act, seen.known.files.procedure, seen.known.ladder):
        html.quiet(said)
    with beside_act.beside(seen, act, is_checked=form.is_checked):
        if form.is_checked:
            html.heading(CHECK, level=4)
        verb = _WAYS[act](form)
        if verb is None:
            _not_now(form)
        else:
            _buttons(form, verb, stored)


def _buttons(form: ActInProgress, verb: Press, stored: Mapping[str, Any]) -> None:
    """Keep what was typed; then send it, or leave it for later."""
    here, seen, act, about = session.office(), form.seen, form.act, form.about
    if form.kept != stored:
        kept_drafts.keep(here, seen.actor.id, about, form.kept)
    # What this person saw when they pressed, not what the store holds by now.
    decided_on = st.session_state.setdefault(f"{about}:seen", seen.known.alert.version)
    to_check = form.check is not None and not form.is_checked
    with st.container(horizontal=True, gap="small"):
        words, name = (CHECK, "check") if to_check else (ACTS[act].button, "go")
        is_pressed = st.button(as_written(words), type="primary", key=f"{about}:{name}")
        if form.is_checked:
            st.button("Change something", key=f"{about}:back", on_click=_change, args=(form,))
        _not_now(form)
    if is_pressed and to_check:
        _look_over(form)
    elif is_pressed:
        act_key = st.session_state.setdefault(f"{about}:act_key", new_act_key())
        _do(form, verb, Doing(seen.actor, act_key, decided_on))


def _not_now(form: ActInProgress) -> None:
    st.button("Not now", key=f"{form.about}:leave", on_click=_leave, args=(form,))


def _leave(form: ActInProgress) -> None:
    """Close the form; what was typed in it is kept."""
    st.session_state.pop("act", None)
    _change(form)


def _change(form: ActInProgress) -> None:
    """Back to the questions."""
    st.session_state.pop(f"{form.about}:{CHECKED}", None)
    page_start.arrive()


def _look_over(form: ActInProgress) -> None:
    """Everything once more, before it is done; or what is to be put right first."""
    about = form.about
    try:
        if form.check is not None:
            form.check(session.office())
    except BadAnswers as error:
        st.session_state[f"{about}:faults"] = error.faults
    except Expected as error:
        st.session_state[f"{about}:faults"] = {"": str(error)}
    else:
        st.session_state.pop(f"{about}:faults", None)
        st.session_state[f"{about}:{CHECKED}"] = True
    page_start.arrive()
    st.rerun()


def _do(form: ActInProgress, verb: Press, doing: Doing) -> None:
    """Call the verb; a refusal is shown and what was typed stays."""
    about = form.about
    try:
        verb(session.office(), doing)
    except BadAnswers as error:
        st.session_state[f"{about}:faults"] = error.faults
        st.session_state.pop(f"{about}:{CHECKED}", None)
    except ToldPlainly as error:
        st.session_state[f"{about}:faults"] = {"": str(error)}
        st.session_state.pop(f"{about}:seen", None)
    else:
        for name in [key for key in st.session_state if str(key).startswith(f"{about}:")]:
            del st.session_state[name]
        st.session_state["done"] = done_words(session.office(), form.seen.known.id, form.act)
        st.session_state.pop("act", None)
    page_start.arrive()
    st.rerun()


def _answer_question(form: ActInProgress) -> Press:
    """Under what it answers."""
    form.start(**full_record.open_questions(form.seen))
    return form.plainly()


def _hold(form: ActInProgress) -> Press:
    """Beginning with what was promised; below the day, what it costs and whether the time limit waits for it."""
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
    form.below = partial(_cost, form)
    return form.plainly()


def _cost(form: ActInProgress, question: str) -> None:
    if question != "until":
        return
    time_limit, until = form.seen.clocks.time_limit, form.kept.get("until")
    if until and time_limit is not None and str(until) > time_limit.by_day.isoformat():
        st.warning("The time limit passes before the hold ends. It goes on running.")
    if said := hold_price(session.office(), form.seen.known, form.seen.clocks, until):
        html.paragraph(said)


def _close(form: ActInProgress) -> Press:
    """Beginning with what the child is to know of their own ways."""
    going_on.rights(form)
    return form.plainly()


def _step(form: ActInProgress) -> Press:
    """Beginning with the one that is to be recorded next, and asking what the procedure gives it."""
    form.as_asked = which_step.questions(form.seen, form.kept)
    return form.plainly()


def _correct(form: ActInProgress) -> Press:
    """Which answer was wrong; then that question itself, with what stands there now."""
    known = form.seen.known
    answers = form.fill(form.form())
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


def _hand_on(form: ActInProgress) -> Press | None:
    """Where there is nobody to choose it says so, and asks for no reason."""
    asked = form.form()
    if any(one.id == "to" for one in asked.fields()):
        return form.press(form.fill(asked))
    actor = form.seen.actor
    may_give = may_run(actor, OfficeAct.KEEP_DIRECTORY, actor.council)
    way = "Give somebody the post first." if may_give else "Ask an administrator to give it."
    st.warning(as_written(f"Nobody else here holds a post that raises such alerts. {way}"))
    if may_give:
        html.ways([html.link("Give a post", f"{frame.address_of(frame.DIRECTORY)}?act=give_post")])
    return None


def _move_case(form: ActInProgress) -> Press:
    """With whoever has the case now in their places, to be changed."""
    known = form.seen.known
    people = act_form.people_on_form(session.office(), known)
    form.start(**{name: known.alert.answers.get(name) or "" for name in people})
    return form.plainly()


def _redirect(form: ActInProgress) -> Press:
    """With what was said under the eyes, and whoever is meant by it chosen."""
    here, known = session.office(), form.seen.known
    for one in known.run.not_theirs:
        html.paragraph(f"{one.whose.in_words}:")
        html.said(talk_told(one)[1])
    form.start(**redirect.suggested(here, known))
    return form.plainly()


def _restrict(form: ActInProgress) -> Press:
    """Where it is restricted already, with those named now."""
    if restriction := form.seen.known.alert.restriction:
        form.start(**answers_of(restriction.what))
    return form.plainly()


_WAYS: Mapping[Act, Callable[[ActInProgress], Press | None]] = complete(
    ACTS,
    {
        **dict.fromkeys(VERBS, ActInProgress.plainly),
        Act.ANSWER_QUESTION: _answer_question,
        Act.HOLD: _hold,
        Act.CLOSE: _close,
        Act.STEP: _step,
        Act.REFER: going_on.refer,
        Act.OVERRIDE: going_on.override,
        Act.ESCALATE: going_on.go_up,
        Act.CORRECT: _correct,
        Act.HAND_ON: _hand_on,
        Act.MOVE_CASE: _move_case,
        Act.REDIRECT: _redirect,
        Act.RESTRICT: _restrict,
    },
)
