"""The parts of an alert's page."""

from __future__ import annotations

from html import escape

import streamlit as st

from practice_alerts.casework.seeing import Seen
from practice_alerts.domain.alert import StageRun
from practice_alerts.domain.clock import Span
from practice_alerts.domain.clock_lines import clock_lines
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.events import RESPONSES, VERDICTS
from practice_alerts.domain.forecast import StepForecast
from practice_alerts.domain.form import Form
from practice_alerts.domain.guide.wording import clock_in_words, start_in_words, who_in_words
from practice_alerts.domain.paper import said
from practice_alerts.domain.permissions import Act, Relation
from practice_alerts.domain.when import in_words
from practice_alerts.ui import arriving, receipts, session, show, tray_lines


def head(seen: Seen) -> None:
    """Which alert and whose, where it stands, and its documents.

    Here the child's full name stands, and nowhere else but in the document.
    """
    answers = seen.known.alert.raised.answers
    kind = seen.known.files.procedure.kinds[seen.known.alert.raised.alert_kind].title
    said = [str(answers.get(name, "")) for name in ("child_name", "case_number")]
    show.title(seen.known.alert.reference)
    show.quiet(" · ".join(part for part in (kind, *said) if part))
    done = st.session_state.pop("done", None)
    if done:
        show.done(done)
    stands = show.state(seen.where.standing.value, tray_lines.tone(seen.where))
    st.html(f'<p class="pa-lead">{stands} {escape(seen.where.sentence)}</p>')
    for warning in seen.warnings:
        st.warning(warning)
    _ways_on(seen)


def _ways_on(seen: Seen) -> None:
    """Answering, for whoever is asked; then the Word document, by our own route."""
    reference = seen.known.alert.reference
    links = []
    if seen.asking_id is not None:
        way = f"/respond/{seen.asking_id}"
        links.append(f'<a class="pa-button" href="{way}" target="_self">Answer this alert</a>')
    if seen.known.files.template(seen.known.alert.raised.form) is None:
        show.quiet("There is no Word template for this kind of alert yet.")
    else:
        links.append(show.link("Read the document", f"/documents/{reference}"))
        links.append(show.link("Download it for Word", f"/documents/{reference}.docx"))
    links.append(show.link("Everything for the case system", f"/documents/{reference}.zip"))
    st.html(f'<p class="pa-ways">{" ".join(links)}</p>')


def dates(seen: Seen) -> None:
    """What is due when, each with its "why"."""
    clocks, known = seen.clocks, seen.known
    if not known.alert.is_open:
        return
    here = session.office()
    clause = f"{known.files.procedure.council}, {known.files.procedure.title}"
    lines = clock_lines(clocks, here.now(), here.calendar(known.files.id))
    show.facts(lines, look="pa-clocks")
    if clocks.response:
        receipts.receipt("Answer due: the days", clocks.response, f"{clause}, {known.stage_label}")
    if clocks.cap:
        receipts.receipt("Total limit: the days", clocks.cap, f"{clause}, total limit")


def choose_act(seen: Seen) -> Act | None:
    """The acts that are this person's, the next one first; those not possible now with the reason."""
    # Whoever is asked answers on a page of their own; what an agency answered is recorded here.
    here = Relation.HEARS_OUTSIDE in seen.relations
    offers = [offer for offer in seen.offers if offer.act is not Act.ANSWER or here]
    if not offers:
        return None
    show.heading("What you can do now")
    next_act = seen.where.next_act
    possible = sorted((o for o in offers if o.possible), key=lambda o: o.act.value != next_act)
    alert_id, opened = st.session_state.get("act", ("", ""))
    chosen = next(
        (o.act for o in possible if (seen.known.id, o.act.value) == (alert_id, opened)), None
    )
    with st.container(horizontal=True, gap="small"):
        for offer in possible:
            # While a form is open, its own button is the next thing to press.
            main = chosen is None and offer.act.value == next_act
            st.button(
                offer.title,
                key=f"choose:{offer.act}",
                type="primary" if main else "secondary",
                on_click=_choose,
                args=(seen.known.id, offer.act),
            )
    not_now = [f"{offer.title}: {offer.not_now}" for offer in offers if offer.not_now]
    if not_now:
        items = "".join(f"<li>{escape(one)}</li>" for one in not_now)
        st.html(f'<ul class="pa-quiet pa-not-now">{items}</ul>')
    return chosen


def _choose(alert_id: str, act: Act) -> None:
    st.session_state["act"] = (alert_id, act.value)
    arriving.arrive()


def steps(seen: Seen) -> None:
    """What must happen inside the present stage, and where the procedure points beyond it."""
    if not seen.known.alert.is_open:
        return
    if seen.steps:
        show.heading("Inside this stage", level=3)
    for one in seen.steps:
        show.facts([(one.step.what[:1].upper() + one.step.what[1:], _by_when(seen, one))])
    if seen.ways_out:
        show.quiet(f"From here the procedure also points to: {'; '.join(seen.ways_out)}.")


def _by_when(seen: Seen, one: StepForecast) -> str:
    """Whose step it is and its clock; a date only where what it is counted from has happened."""
    procedure = seen.known.files.procedure
    who = who_in_words(one.step.by, procedure, silent="")
    met = who_in_words(one.step.with_, procedure, silent="")
    clock = clock_in_words(one.step.within)
    if one.due is not None:
        clock = f"by {in_words(one.due.by)} ({clock})"
    elif isinstance(one.step.within, Span):
        clock = f"{clock}, counted from {start_in_words(one.step.counted_from, seen.known.ladder)}"
    return ". ".join(filter(None, (who + (f" with {met}" if met else ""), one.step.ask, clock)))


def what_was_asked(seen: Seen, form: Form) -> None:
    """The form as it was sent."""
    answers = seen.known.alert.raised.answers
    for section in form.sections:
        if section.filled_by == "raiser" and section.repeats is None:
            show.heading(section.title, level=3)
            show.facts((f.label, said(f, answers.get(f.id))) for f in section.fields)


def stages(seen: Seen) -> None:
    """Every stage the alert has been at, the latest first."""
    known = seen.known
    for run in reversed(known.alert.runs):
        show.heading(known.ladder.stage(run.stage).label if known.ladder else run.stage, level=3)
        asked = "; ".join(f"{one.name}, {one.post}" for one in run.sent.asked)
        show.facts(
            [
                ("Sent", in_full(london_date(run.sent_at))),
                ("Asked", asked),
                ("Actions recommended", str(run.sent.answers.get("actions", ""))),
                ("Why it went to this stage", str(run.sent.answers.get("rationale", ""))),
            ]
        )
        _answers(run)
        for holding in run.holds:
            show.facts([("Hold agreed until", in_full(holding.until))])
        for judgement in run.judgements:
            verdict = VERDICTS[judgement.judged.verdict]
            show.facts([(f"Verdict: {verdict}", judgement.judged.reason)])


def _answers(run: StageRun) -> None:
    if not run.answers:
        show.quiet("No answer has come at this stage.")
    for given in run.answers:
        answer = given.answer
        promise = f", by {in_full(answer.promise_by)}" if answer.promise_by else ""
        owner = f"\n{answer.task_owner} does it." if answer.task_owner else ""
        who = f"{answer.by.name}, {answer.by.post}, on {in_full(london_date(given.at))}"
        words = f"{RESPONSES[answer.response]}{promise}"
        st.html(f'<p class="pa-answered"><strong>{escape(words)}</strong>. {escape(who)}:</p>')
        show.said(f"{answer.text}{owner}")


def history(seen: Seen) -> None:
    """Everything that happened, the earliest first."""
    items = "".join(
        f'<li><span class="pa-when">{escape(line.when)}</span>'
        f"<span>{escape(line.who)}: {escape(line.what)}"
        + (f'<span class="pa-said" dir="auto">{escape(line.said)}</span>' if line.said else "")
        + "</span></li>"
        for line in seen.history
    )
    st.html(f'<ol class="pa-history">{items}</ol>')
