"""The steps of raising an alert, one thing at a time, with the draft kept all the while."""

import streamlit as st
from markupsafe import Markup

from practice_alerts.casework.acts.raise_alert import Prepared
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.casework.core.who_is_meant import posts_asked
from practice_alerts.casework.jobs.when_to_send import leaves_on
from practice_alerts.casework.together import raise_together
from practice_alerts.casework.views import alert_view
from practice_alerts.domain.acts.form_by_rule import settle_field
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.documents.alert_document import people_named, said
from practice_alerts.domain.errors import BadAnswers, ToldPlainly
from practice_alerts.domain.forms.form import FormField, FormSection
from practice_alerts.domain.forms.subject import is_about_child
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.clock import Untimed
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.text import joined
from practice_alerts.domain.wording import rights_words, telling_words
from practice_alerts.domain.wording.forecast_words import if_sent
from practice_alerts.domain.wording.rights_words import rights_in_words
from practice_alerts.ui.due_dates import receipts
from practice_alerts.ui.page import frame, html, page_start, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.text_field import saving_day
from practice_alerts.ui.page.who_gets_it import WhoGetsIt, named
from practice_alerts.ui.raise_alert import children, entry, on_paper
from practice_alerts.ui.raise_alert.draft import OpenDraft
from practice_alerts.ui.raise_alert.form_step import is_field, is_said

ASKED_OUTSIDE = f"They are {telling_words.BY_YOU}, and record their answer here when it comes."
COPIED_OUTSIDE = f"They get a copy and are {telling_words.BY_YOU}, and record that you did. No answer is asked of them."
_WRITES = "Sending writes to everybody to whom it goes and who is in the directory"
_KEPT = "It is kept on record. The procedure names nobody to send it to."
_ENTERING = (
    "Whoever is asked and is in the directory is told once that it is answered here from now on. The days on the"
    " paper hold. None of it can be changed or taken back afterwards."
)
STEPS = ("What it is about", "The form", "Who and when", "Check your answers")


def progress(present: int) -> None:
    """All four steps, and at which one is."""
    items = Markup().join(_step(number, words, present) for number, words in enumerate(STEPS, 1))
    html.html(Markup('<ol class="pa-steps" aria-label="Steps">{}</ol>').format(items))


def _step(number: int, words: str, present: int) -> Markup:
    current = Markup(' aria-current="step"') if number == present else ""
    done = html.unseen("Done: ") if number < present else ""
    return Markup("<li{}>{}<b>{}</b> {}</li>").format(current, done, number, words)


def sent(reference: str) -> None:
    """After sending: who has been written to, until when, and what comes next."""
    here, actor = session.office(), session.actor()
    seen = alert_view.see(here, actor.id, reference, record=False)
    html.title(f"{reference} is {'entered' if seen.known.alert.raised.paper else 'sent'}")
    run = seen.known.alert.run
    if run is None:
        html.lead(f"{_KEPT if not seen.known.alert.told else ''} Nothing has to be answered.")
        html.facts(telling_words.lines(seen.known.alert.told))
    else:
        html.lead(
            " ".join(telling_words.how_asked(run.sent.asked, leaves_on(here, seen.known, "asked")))
        )
        st.write(as_written(seen.where.sentence))
        st.write("You are told when an answer comes. Until then it stands in your work tray.")
    if seen.together:
        html.paragraph(f"Sent together with {joined(seen.together)}.")
    st.page_link(
        frame.ALERT, label=as_written(f"Open {reference}"), query_params={"reference": reference}
    )
    html.paragraph(html.link("Read the document", f"/documents/{reference}"))
    st.page_link(frame.WORK_TRAY, label="Back to the work tray")
    st.page_link(frame.RAISE, label="Raise another alert")


def who_and_when(draft: OpenDraft, prepared: Prepared) -> None:
    """Step 3: who must answer, by when and why, and what follows if nobody does."""
    stage = prepared.way.stage
    if stage is None or prepared.way.ladder is None:
        st.write("This kind of alert asks for no answer and runs no clock.")
        st.write("It is sent to:" if prepared.heard else _KEPT)
        html.facts(telling_words.lines(prepared.heard))
    else:
        _asked(draft, prepared, stage)
        html.facts(telling_words.lines((*prepared.heard, *prepared.invited)))
        _settle(draft, stage, prepared.faults)
        _dates(prepared, prepared.way.ladder, stage)
    draft.save()
    back, on = html.side_by_side()
    if back.button("Back to the form", key=f"{draft.id}:back2"):
        draft.go(2)
    if on.button("Check your answers", type="primary", key=f"{draft.id}:to4"):
        draft.go(4)


def _asked(draft: OpenDraft, prepared: Prepared, stage: Stage) -> None:
    posts = posts_asked(prepared.files.procedure, stage)
    faults = prepared.faults if draft.body.get("tried_to_send") else {}
    procedure = prepared.files.procedure
    for one in children.asked_apart(draft, prepared):
        if one.title:
            html.heading(one.title, level=3)
        kept, key = one.kept, one.key
        said = one.faults_of(faults)
        WhoGetsIt(prepared.files.id, procedure, kept, key, said, posts).show(one.reached)
        reached = one.reached()
        for people, how in ((reached.asked, ASKED_OUTSIDE), (reached.copied, COPIED_OUTSIDE)):
            outside = [one for one in people if not one.id]
            if outside:
                st.write(as_written(f"By hand: {' and '.join(map(named, outside))}. {how}"))


def _settle(draft: OpenDraft, stage: Stage, faults: Faults) -> None:
    by_agreement = stage.settle is not None and stage.settle.within is Untimed.BY_AGREEMENT
    if not by_agreement and not settle_field(stage):
        draft.body.pop("settle_by", None)
        return
    typed = saving_day(
        "To be put right by",
        str(draft.body.get("settle_by") or ""),
        key=draft.key("settle_by"),
        hint="The procedure leaves this day to you.",
        error=faults.get("settle_by", ""),
        save=lambda _: draft.touched("settle_by"),
    )
    draft.body["settle_by"] = typed or None


def _dates(prepared: Prepared, ladder: Ladder, stage: Stage) -> None:
    if prepared.paper is not None:
        on_paper.dates(prepared)
        return
    here = session.office()
    calendar = here.calendar(prepared.files.id)
    ahead = forecast(ladder, here.now(), stage.id, calendar)
    here_ahead = ahead.stage(stage.id)
    due = here_ahead.due
    html.lead(f"{stage.label}, if you send it now: {if_sent(here_ahead, ladder)}")
    if due is not None and not here_ahead.assumes:
        council, title = prepared.files.procedure.council, prepared.files.procedure.title
        receipts.receipt(f"{stage.label}: the days", due, f"{council}, {title}, {stage.label}")
    html.heading("What if nobody answers", level=3)
    receipts.forecast_table(ahead, ladder)


def check(draft: OpenDraft, prepared: Prepared, actor: Actor) -> Known | None:
    """Step 4: everything once more, each with "change"; then send. The alert, once it is sent."""
    if prepared.faults and draft.body.get("tried_to_send"):
        html.faults(("", said) for said in prepared.faults.values())
    _summary(draft, prepared)
    _rights(prepared)
    html.heading("Enter it" if prepared.paper else "Send it", level=3)
    st.write(as_written(_sending(prepared)))
    back, on = html.side_by_side()
    if back.button("Back", key=f"{draft.id}:back3"):
        draft.go(3)
    key = f"{draft.id}:act_key"
    act_key = st.session_state.setdefault(key, new_act_key())
    if not on.button(
        as_written(children.send_words(prepared)), type="primary", key=f"{draft.id}:send"
    ):
        return None
    try:
        raising, doing = draft.raising(prepared.files.id), Doing(actor, act_key, 0)
        done = raise_together.raise_together(session.office(), raising, draft.children, doing)
    except BadAnswers as error:
        _mend(draft, prepared, error.faults)
        return None
    except ToldPlainly as error:
        html.faults([("", str(error))])
        return None
    page_start.arrive()
    return done


def _rights(prepared: Prepared) -> None:
    """An advocate and complaining, where the alert is about a child and asks for an answer."""
    procedure, raised_as = prepared.files.procedure, prepared.raised_as
    child = is_about_child(procedure, raised_as, (prepared.form,), prepared.raising.answers)
    if child and prepared.way.stage is not None:
        said = rights_in_words(procedure, prepared.way.ladder, raised_as)
        html.bullets(said, rights_words.TITLE)


def _sending(prepared: Prepared) -> str:
    if prepared.paper is not None:
        return _ENTERING
    if prepared.each:
        return f"{children.ONE_EACH} {_WRITES}. It cannot be taken back."
    if prepared.way.stage is not None:
        return f"{_WRITES}, and the clocks start. It cannot be taken back."
    if prepared.heard:
        return f"{_WRITES}. It cannot be taken back."
    return f"{_KEPT} It cannot be taken back."


def _mend(draft: OpenDraft, prepared: Prepared, faults: Faults) -> None:
    """Back to the step where the first fault lies."""
    draft.body["tried"] = draft.body["tried_to_send"] = True
    if any(is_field(prepared, name) for name in faults):
        draft.go(2)
    draft.body["tried_what"] = True
    draft.go(1 if any(map(entry.is_asked_here, faults)) else 3)


def _summary(draft: OpenDraft, prepared: Prepared) -> None:
    stage = prepared.way.stage
    html.heading(STEPS[0], level=3)
    html.facts(_what(draft, prepared))
    if prepared.paper is not None and not prepared.faults:
        on_paper.summary(prepared)
    _change(draft, 1)
    for section in prepared.form.sections:
        if section.filled_by != "raiser" or not section.fields:
            continue
        html.heading(section.title, level=3)
        put = _asked_of(draft, prepared, section)
        html.facts((f.label, said(f, draft.answers.get(f.id)) or "Not answered") for f in put)
        _change(draft, 2, section.title)
    if stage is not None:
        html.heading(STEPS[2], level=3)
        for one in children.asked_apart(draft, prepared):
            reached = one.reached()
            asked, copied = people_named(reached.asked), people_named(reached.copied)
            whom = [("Asked", asked or "Nobody yet"), ("Copied", copied or "Nobody")]
            html.facts([("For", one.title), *whom])
        if prepared.way.ladder is not None:
            _dates(prepared, prepared.way.ladder, stage)
        _change(draft, 3)


def _what(draft: OpenDraft, prepared: Prepared) -> list[tuple[str, str]]:
    """What is raised, where it comes in, and why there."""
    facts = [("Kind", prepared.files.procedure.kinds[str(draft.body["kind"])].title)]
    if (stage := prepared.way.stage) is not None:
        facts += [
            *_at_gate(draft, prepared),
            ("Stands at" if prepared.paper else "Starts at", stage.label),
            ("Because", "" if prepared.paper else str(draft.body.get("entry_reason", ""))),
        ]
    return facts


def _asked_of(draft: OpenDraft, prepared: Prepared, section: FormSection) -> list[FormField]:
    """The questions of a section that were put."""
    around = {**draft.answers, **prepared.implied}
    return [
        one for one in section.fields if one.asked(around) and not is_said(draft, prepared, one)
    ]


def _at_gate(draft: OpenDraft, prepared: Prepared) -> list[tuple[str, str]]:
    if prepared.way.gate is None:
        return []
    told = str(draft.body.get("gate_told", "")) if draft.body.get("gate") == "yes" else ""
    answer = str(draft.body.get("gate") or "").capitalize()
    return [(prepared.way.gate.question, answer), ("ToldPlainly at once", told)]


def _change(draft: OpenDraft, step: int, what_for: str = "") -> None:
    label = f"Change: {what_for or STEPS[step - 1]}"
    if st.button(as_written(label), key=f"{draft.id}:change:{step}:{what_for}"):
        draft.go(step)
