"""The four steps of raising an alert, one thing at a time, with the draft kept all the while."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from practice_alerts.casework import raising
from practice_alerts.casework.known import Known
from practice_alerts.casework.people import posts_asked
from practice_alerts.casework.raising import Prepared
from practice_alerts.casework.recording import Doing, new_act_key
from practice_alerts.domain.clock import Untimed
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import BadAnswers, Expected
from practice_alerts.domain.forecast import forecast
from practice_alerts.domain.form_check import Faults
from practice_alerts.domain.ladder import Ladder, Stage
from practice_alerts.domain.paper import said
from practice_alerts.domain.permissions import Actor
from practice_alerts.domain.procedure import Procedure
from practice_alerts.ui import receipts, session, show
from practice_alerts.ui.fields import Filling
from practice_alerts.ui.open_draft import OpenDraft
from practice_alerts.ui.saving_text import saving_text

STEPS = ("What it is about", "The form", "Who and when", "Check your answers")


def what(draft: OpenDraft, actor: Actor, procedure: Procedure) -> None:
    """Step 1: the kind of alert and the stage at which it comes in."""
    kinds = raising.kinds_for(procedure, actor)
    body, names = draft.body, list(kinds)
    chosen = st.radio(
        "What do you raise?",
        names,
        index=names.index(body["kind"]) if body.get("kind") in names else 0,
        format_func=lambda name: kinds[name].title,
        captions=[kinds[name].about or "" for name in names],
        key=f"{draft.id}:kind",
    )
    body["kind"] = chosen
    _gate(draft, procedure)
    if chosen and kinds[chosen].ladder == "partners":
        _partner(draft, procedure)
    ladder = procedure.ladder_of(chosen, body.get("partner")) if chosen else None
    if ladder is not None:
        _entry(draft, ladder)
    draft.save()
    if st.button("Go on to the form", type="primary", key=f"{draft.id}:to2"):
        draft.go(2)


def _gate(draft: OpenDraft, procedure: Procedure) -> None:
    if procedure.gate is None:
        return
    answer = st.radio(
        procedure.gate.question,
        ("no", "yes"),
        index=0 if draft.body.get("gate", "no") == "no" else 1,
        format_func=str.capitalize,
        key=f"{draft.id}:gate",
    )
    draft.body["gate"] = answer
    tell = procedure.gate.yes.tell
    if answer == "yes" and tell is not None:
        st.info("Tell at once: " + " or ".join(procedure.title_of(role) for role in tell.roles))


def _partner(draft: OpenDraft, procedure: Procedure) -> None:
    names = list(procedure.partners)
    kept = draft.body.get("partner")
    draft.body["partner"] = st.selectbox(
        "Which agency?",
        names,
        index=names.index(kept) if kept in names else 0,
        format_func=lambda name: procedure.partners[name].title or name,
        key=f"{draft.id}:partner",
    )


def _entry(draft: OpenDraft, ladder: Ladder) -> None:
    labels = {stage.id: stage.label for stage in ladder.stages}
    names, kept = list(labels), draft.body.get("entry_stage")
    stage = st.radio(
        "At which stage does it start?",
        names,
        index=names.index(kept) if kept in names else 0,
        format_func=labels.__getitem__,
        captions=[_who_answers(ladder.stage(name)) for name in names],
        key=f"{draft.id}:stage",
    )
    draft.body["entry_stage"] = stage
    if stage != names[0]:
        draft.body["entry_reason"] = saving_text(
            f"Why it starts at {labels[stage]}",
            str(draft.body.get("entry_reason", "")),
            key=f"{draft.id}:entry_reason",
            lines=2,
            hint="Any stage may be chosen. The reason is kept with the alert.",
            required=True,
        )


def _who_answers(stage: Stage) -> str:
    procedure = session.office().council(session.actor().council).procedure
    return posts_asked(procedure, stage)


def fill(draft: OpenDraft, prepared: Prepared) -> None:
    """Step 2: the form, section by section."""
    shown = prepared.faults if draft.body.get("tried") else {}
    shown = {name: said for name, said in shown.items() if _is_field(prepared, name)}
    show.faults(shown.values())
    procedure = prepared.files.procedure
    filling = Filling(draft.id, prepared.files.id, draft.answers, shown, procedure.categories)
    for section in prepared.form.sections:
        if section.filled_by != "raiser" or not section.fields:
            continue
        st.subheader(section.title)
        for field in section.fields:
            if field.asked(draft.answers):
                draft.answers[field.id] = filling.ask(field)
    draft.save()
    back, on = _buttons()
    if back.button("Back", key=f"{draft.id}:to1"):
        draft.go(1)
    if on.button("Go on: who and when", type="primary", key=f"{draft.id}:to3"):
        faults = _now(draft, prepared).faults
        draft.body["tried"] = True
        draft.go(2 if any(_is_field(prepared, name) for name in faults) else 3)


def _buttons() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Places for "back" and "on", side by side where there is room."""
    row = st.container(horizontal=True)
    return row.container(width="content"), row.container(width="content")


def _is_field(prepared: Prepared, name: str) -> bool:
    return any(field.id == name for field in prepared.form.fields())


def _now(draft: OpenDraft, prepared: Prepared) -> Prepared:
    here, actor = session.office(), session.actor()
    with here.database.reading() as tx:
        return raising.prepare(here, tx, actor, draft.raising(prepared.files.id))


def who_and_when(draft: OpenDraft, prepared: Prepared) -> None:
    """Step 3: who must answer, by when and why, and what follows if nobody does."""
    stage = prepared.stage
    if stage is None or prepared.ladder is None:
        st.write(
            "This kind of alert asks for no answer and runs no clock. It is sent for learning."
        )
    else:
        _asked(draft, prepared, stage)
        _settle(draft, stage)
        _dates(prepared, prepared.ladder, stage)
    draft.save()
    back, on = _buttons()
    if back.button("Back to the form", key=f"{draft.id}:back2"):
        draft.go(2)
    if on.button("Check your answers", type="primary", key=f"{draft.id}:to4"):
        draft.go(4)


def _asked(draft: OpenDraft, prepared: Prepared, stage: Stage) -> None:
    posts = posts_asked(prepared.files.procedure, stage)
    found = {one.person.id: one.person for one in prepared.candidates}
    if not found:
        st.error(
            f"Nobody in the directory holds the post of {posts}. Ask an administrator to fill it;"
            " the draft waits for you."
        )
        return
    chosen = st.multiselect(
        f"Who must answer: {posts}",
        list(found),
        default=[person.id for person in prepared.asked],
        format_func=lambda name: f"{found[name].name}, {found[name].post}",
        key=f"{draft.id}:asked",
    )
    draft.body["asked"] = chosen
    if prepared.copied:
        names = ", ".join(f"{person.name} ({person.post})" for person in prepared.copied)
        st.write(f"Copied, as the procedure asks: {names}.")


def _settle(draft: OpenDraft, stage: Stage) -> None:
    by_agreement = stage.settle is not None and stage.settle.within is Untimed.BY_AGREEMENT
    if not by_agreement:
        draft.body.pop("settle_by", None)
        return
    kept = draft.body.get("settle_by")
    chosen = st.date_input(
        "To be put right by (the procedure leaves this day to you)",
        value=date.fromisoformat(kept) if kept else None,
        format="DD/MM/YYYY",
        key=f"{draft.id}:settle",
    )
    draft.body["settle_by"] = chosen.isoformat() if isinstance(chosen, date) else None


def _dates(prepared: Prepared, ladder: Ladder, stage: Stage) -> None:
    here = session.office()
    calendar = here.calendar(prepared.files.id)
    ahead = forecast(ladder, here.now(), stage.id, calendar)
    due = ahead.stage(stage.id).due
    if due is None:
        st.write(f"{stage.label}: the procedure sets no time for the answer.")
    else:
        show.lead(f"If you send it now, the answer is due {in_full(due.by_day)}.")
        council, title = prepared.files.procedure.council, prepared.files.procedure.title
        receipts.receipt(f"{stage.label}: the days", due, f"{council}, {title}, {stage.label}")
    st.subheader("What if nobody answers")
    receipts.forecast_table(ahead)


def check(draft: OpenDraft, prepared: Prepared, actor: Actor) -> Known | None:
    """Step 4: everything once more, each with "change"; then send. The alert, once it is sent."""
    if prepared.faults and draft.body.get("tried_to_send"):
        show.faults(prepared.faults.values())
    _summary(draft, prepared)
    st.write("Sending writes to everybody asked, and the clocks start. It cannot be taken back.")
    back, on = _buttons()
    if back.button("Back", key=f"{draft.id}:back3"):
        draft.go(3)
    key = f"{draft.id}:act_key"
    act_key = st.session_state.setdefault(key, new_act_key())
    if not on.button("Send the alert", type="primary", key=f"{draft.id}:send"):
        return None
    try:
        return raising.raise_alert(
            session.office(), draft.raising(prepared.files.id), Doing(actor, act_key, 0)
        )
    except BadAnswers as error:
        _mend(draft, prepared, error.faults)
    except Expected as error:
        show.faults([str(error)])
    return None


def _mend(draft: OpenDraft, prepared: Prepared, faults: Faults) -> None:
    """Back to the step where the first fault lies."""
    draft.body["tried"] = draft.body["tried_to_send"] = True
    if any(_is_field(prepared, name) for name in faults):
        draft.go(2)
    draft.go(1 if "entry_reason" in faults else 3)


def _summary(draft: OpenDraft, prepared: Prepared) -> None:
    stage = prepared.stage
    kind = prepared.files.procedure.kinds[str(draft.body["kind"])].title
    st.subheader(STEPS[0])
    facts = [("Kind", kind)]
    if stage is not None:
        facts += [("Starts at", stage.label), ("Because", str(draft.body.get("entry_reason", "")))]
    show.facts(facts)
    _change(draft, 1)
    for section in prepared.form.sections:
        if section.filled_by != "raiser" or not section.fields:
            continue
        st.subheader(section.title)
        asked = [field for field in section.fields if field.asked(draft.answers)]
        show.facts((f.label, said(f, draft.answers.get(f.id)) or "Not answered") for f in asked)
        _change(draft, 2, section.title)
    if stage is not None:
        st.subheader(STEPS[2])
        people = "; ".join(f"{one.name}, {one.post}" for one in prepared.asked)
        show.facts([("Asked", people or "Nobody yet")])
        if prepared.ladder is not None:
            _dates(prepared, prepared.ladder, stage)
        _change(draft, 3)


def _change(draft: OpenDraft, step: int, what_for: str = "") -> None:
    label = f"Change: {what_for or STEPS[step - 1]}"
    if st.button(label, key=f"{draft.id}:change:{step}:{what_for}"):
        draft.go(step)
