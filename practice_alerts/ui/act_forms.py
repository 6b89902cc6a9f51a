"""The acts on an alert, each a short form; what is typed is kept, and one verb is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from practice_alerts.casework import answering, closing, escalating, judging, keeping
from practice_alerts.casework.people import proposed
from practice_alerts.casework.recording import Doing, new_act_key
from practice_alerts.casework.seeing import Seen
from practice_alerts.domain.errors import BadAnswers, Expected
from practice_alerts.domain.events import ENDINGS, RESPONSES, VERDICTS
from practice_alerts.domain.form_check import Faults
from practice_alerts.domain.permissions import Act
from practice_alerts.domain.routes import ROUTES
from practice_alerts.office import Office
from practice_alerts.ui import arriving, session, show
from practice_alerts.ui.asking import asking
from practice_alerts.ui.saving_text import field_id, saving_text


@dataclass
class ActForm:
    """One act being filled in. `kept` is its draft: changed in place, saved at the end of the run."""

    seen: Seen
    act: Act
    kept: dict[str, Any]
    faults: Faults

    @property
    def about(self) -> str:
        return f"{self.act.value}:{self.seen.known.id}"

    def key(self, name: str) -> str:
        return f"{self.about}:{name}"

    def text(self, name: str, label: str, *, lines: int = 4, hint: str = "") -> str:
        typed = saving_text(
            label,
            str(self.kept.get(name, "")),
            key=self.key(name),
            lines=lines,
            hint=hint,
            error=self.faults.get(name, ""),
        )
        self.kept[name] = typed
        return typed

    def choice(self, name: str, label: str, options: Mapping[Any, str], *, hint: str = "") -> str:
        names, kept = list(options), self.kept.get(name)
        with asking(label, self.key(name), hint=hint, error=self.faults.get(name, "")):
            chosen = st.radio(
                label,
                names,
                index=names.index(kept) if kept in names else None,
                format_func=options.__getitem__,
                key=self.key(name),
                label_visibility="collapsed",
            )
        self.kept[name] = chosen
        return chosen or ""

    def day(self, name: str, label: str, *, hint: str = "") -> date | None:
        kept = self.kept.get(name)
        with asking(label, self.key(name), hint=hint, error=self.faults.get(name, "")):
            chosen = st.date_input(
                label,
                value=date.fromisoformat(kept) if kept else None,
                format="DD/MM/YYYY",
                key=self.key(name),
                label_visibility="collapsed",
            )
        day = chosen if isinstance(chosen, date) else None
        self.kept[name] = day.isoformat() if day else None
        return day


Verb = Callable[[Office, Doing], object]


def show_act(seen: Seen, act: Act) -> None:
    """The form of one act, and the act itself once it is sent."""
    here = session.office()
    about = f"{act.value}:{seen.known.id}"
    faults: Faults = st.session_state.get(f"{about}:faults", {})
    stored = keeping.kept(here, seen.actor.id, about)
    form = ActForm(seen, act, dict(stored), faults)
    show.faults((field_id(form.key(name)) if name else "", said) for name, said in faults.items())
    verb = _FORMS[act](form)
    if form.kept != stored:
        keeping.keep(here, seen.actor.id, about, form.kept)
    # What this person saw when they pressed, not what the store holds by now.
    decided_on = st.session_state.setdefault(f"{about}:seen", seen.known.alert.version)
    with st.container(horizontal=True, gap="small"):
        is_pressed = st.button(_BUTTONS[act], type="primary", key=f"{about}:go")
        st.button("Not now", key=f"{about}:leave", on_click=_leave)
    if is_pressed:
        act_key = st.session_state.setdefault(f"{about}:act_key", new_act_key())
        _do(form, verb, Doing(seen.actor, act_key, decided_on))


def _leave() -> None:
    """Close the form; what was typed in it is kept."""
    st.session_state.pop("act", None)
    arriving.arrive()


def _do(form: ActForm, verb: Verb, doing: Doing) -> None:
    """Call the verb; a refusal is shown and what was typed stays."""
    here, about = session.office(), form.about
    try:
        verb(here, doing)
    except BadAnswers as error:
        st.session_state[f"{about}:faults"] = error.faults
    except Expected as error:
        st.session_state[f"{about}:faults"] = {"": str(error)}
        st.session_state.pop(f"{about}:seen", None)
    else:
        keeping.discard_kept(here, form.seen.actor.id, about)
        for name in [key for key in st.session_state if str(key).startswith(f"{about}:")]:
            del st.session_state[name]
        st.session_state["done"] = _DONE[form.act]
        st.session_state.pop("act", None)
    arriving.arrive()
    st.rerun()


def _answer(form: ActForm) -> Verb:
    """What an agency outside the directory answered, as it came by letter, mail or telephone."""
    text = form.text("text", "What they answered")
    response = form.choice("response", "Will it be done?", RESPONSES)
    by = form.day("promise_by", "By when", hint="Only if it will be done by a date.")
    owner = form.text("task_owner", "Who does it (optional)", lines=1)
    reply = answering.Reply(text, response, by.isoformat() if by else "", owner)
    return lambda here, doing: answering.answer(here, form.seen.known.id, reply, doing)


def _judge(form: ActForm) -> Verb:
    hint = "To accept a promise until a date, agree a hold instead."
    verdict = form.choice("verdict", "Is it good enough?", VERDICTS, hint=hint)
    reason = form.text("reason", "Why")
    return lambda here, doing: judging.judge(here, form.seen.known.id, verdict, reason, doing)


def _hold(form: ActForm) -> Verb:
    run = form.seen.known.alert.run
    if run is not None and run.answers and not form.kept:
        answer = run.answers[-1].answer
        form.kept["until"] = answer.promise_by.isoformat() if answer.promise_by else None
        form.kept["task_owner"] = answer.task_owner or f"{answer.by.name}, {answer.by.post}"
    until = form.day("until", "Hold until (the agreed day)")
    owner = form.text("task_owner", "Who is to see that it is done", lines=1)
    reason = form.text("reason", "Why this will do (optional)", lines=2)
    cap = form.seen.clocks.cap
    if until is not None and cap is not None and until > cap.by_day:
        st.warning("The total limit passes before the hold ends. It goes on running.")
    promise = judging.Promise(until, owner, reason)
    return lambda here, doing: judging.hold(here, form.seen.known.id, promise, doing)


def _escalate(form: ActForm) -> Verb:
    known = form.seen.known
    stages = {stage.id: stage for stage in known.ways_up}
    names = list(stages)
    kept = form.kept.get("to")
    with asking("To which stage?", form.key("to"), error=form.faults.get("to", "")):
        to = st.radio(
            "To which stage?",
            names,
            index=names.index(kept) if kept in names else 0,
            format_func=lambda name: stages[name].label,
            key=form.key("to"),
            label_visibility="collapsed",
        )
    form.kept["to"] = to
    rationale = form.text("rationale", "Why it goes further")
    actions = form.text(
        "actions", "What is asked for there (optional)", hint="Empty: what was asked for before."
    )
    asked = _asked(form, to) if to and known.alert.raised.partner is None else ()
    climb = escalating.Climb(to or "", rationale, actions, asked, _addressee(form))
    return lambda here, doing: escalating.escalate(here, known.id, climb, doing)


def _addressee(form: ActForm) -> str:
    """By name, in a partner agency; elsewhere the directory says who is asked."""
    if form.seen.known.alert.raised.partner is None:
        return ""
    hint = "Somebody who is not in the directory gets no mail: hand the document over yourself."
    return form.text("addressee", "Who it goes to", lines=1, hint=hint)


def _asked(form: ActForm, to: str) -> tuple[str, ...]:
    here, known = session.office(), form.seen.known
    if known.ladder is None:
        return ()
    with here.database.reading() as tx:
        stage = known.ladder.stage(to)
        found = escalating.asked_at(here, tx, known, stage)
    people = {one.person.id: one.person for one in found}
    if len(people) < 2:  # noqa: PLR2004 - with one there is nothing to choose
        names = ", ".join(f"{one.name}, {one.post}" for one in people.values())
        st.write(f"Goes to: {names or 'nobody yet; the post is empty in the directory'}.")
        return tuple(people)
    label, key = "Who must answer there?", form.key(f"asked:{to}")
    with asking(label, key, error=form.faults.get("asked", "")):
        chosen = st.multiselect(
            label,
            list(people),
            default=[person.id for person in proposed(found, stage.asked)],
            format_func=lambda name: f"{people[name].name}, {people[name].post}",
            key=key,
            label_visibility="collapsed",
        )
    return tuple(chosen)


def _refer(form: ActForm) -> Verb:
    procedure = form.seen.known.files.procedure
    routes = {name: ROUTES[name].title for name in procedure.referrals if name in ROUTES}
    route = form.choice("route", "Where to?", routes)
    if route and ROUTES[route].law:
        show.quiet(f"Legal basis: {ROUTES[route].law}.")
    reason = form.text("reason", "Why")
    consulted = form.text(
        "consulted",
        "Whom you spoke to first, and what they said (optional)",
        lines=2,
        hint="A record only. Nobody's agreement is needed.",
    )
    way_out = closing.WayOut(route, reason, consulted)
    return lambda here, doing: closing.refer(here, form.seen.known.id, way_out, doing)


def _note(form: ActForm) -> Verb:
    text = form.text("text", "Your note")
    return lambda here, doing: closing.note(here, form.seen.known.id, text, doing)


def _close(form: ActForm) -> Verb:
    ending = form.choice("ending", "How does it end?", ENDINGS)
    changed = form.text("what_changed", "What changed for the child")
    view = form.text("child_view", "What the child says about it (optional)", lines=2)
    end = closing.Ending(ending, changed, view)
    return lambda here, doing: closing.close(here, form.seen.known.id, end, doing)


_FORMS: dict[Act, Callable[[ActForm], Verb]] = {
    Act.ANSWER: _answer,
    Act.JUDGE: _judge,
    Act.HOLD: _hold,
    Act.ESCALATE: _escalate,
    Act.REFER: _refer,
    Act.NOTE: _note,
    Act.CLOSE: _close,
}
_BUTTONS = {
    Act.ANSWER: "Record their answer",
    Act.JUDGE: "Record the verdict",
    Act.HOLD: "Agree the hold",
    Act.ESCALATE: "Escalate now",
    Act.REFER: "Record the referral",
    Act.NOTE: "Keep the note",
    Act.CLOSE: "Close the alert",
}
_DONE = {
    Act.ANSWER: "Their answer is recorded.",
    Act.JUDGE: "The verdict is recorded.",
    Act.HOLD: "The hold is agreed.",
    Act.ESCALATE: "The alert has been escalated, and whoever is asked has been written to.",
    Act.REFER: "The referral is recorded. The ladder goes on beside it.",
    Act.NOTE: "The note is kept.",
    Act.CLOSE: "The alert is closed.",
}
