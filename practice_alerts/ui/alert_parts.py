"""The parts of an alert's page."""

from __future__ import annotations

import streamlit as st

from practice_alerts.casework.seeing import Seen
from practice_alerts.domain.clock_lines import clock_lines
from practice_alerts.domain.dates import in_full, london_date
from practice_alerts.domain.events import RESPONSES, VERDICTS
from practice_alerts.domain.form import Form
from practice_alerts.domain.paper import said
from practice_alerts.domain.permissions import Act
from practice_alerts.ui import receipts, session, show


def child(seen: Seen) -> None:
    """Whose alert it is: here the full name stands, and nowhere else but in the document."""
    answers = seen.known.alert.raised.answers
    kind = seen.known.files.procedure.kinds[seen.known.alert.raised.alert_kind].title
    said = [str(answers.get(name, "")) for name in ("child_name", "case_number")]
    show.quiet(" · ".join(part for part in (*said, kind) if part))


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
    """The acts that are this person's; those not possible now with the reason."""
    offers = [offer for offer in seen.offers if offer.act is not Act.ANSWER]
    if not offers:
        return None
    st.header("What you can do now")
    with st.container(horizontal=True, gap="small"):
        for offer in offers:
            main = offer.act.value == seen.where.next_act
            if offer.possible and st.button(
                offer.title, key=f"choose:{offer.act}", type="primary" if main else "secondary"
            ):
                st.session_state["act"] = (seen.known.id, offer.act.value)
    for offer in offers:
        if offer.not_now:
            st.caption(f"{offer.title}: {offer.not_now}")
    chosen = st.session_state.get("act")
    if chosen is None or chosen[0] != seen.known.id:
        return None
    act = Act(chosen[1])
    return act if any(offer.act is act and offer.possible for offer in offers) else None


def what_was_asked(seen: Seen, form: Form) -> None:
    """The form as it was sent, then what each stage asked and was answered."""
    answers = seen.known.alert.raised.answers
    for section in form.sections:
        if section.filled_by == "raiser" and section.repeats is None:
            st.subheader(section.title)
            show.facts((f.label, said(f, answers.get(f.id))) for f in section.fields)


def stages(seen: Seen) -> None:
    """Every stage the alert has been at, the latest first."""
    known = seen.known
    for run in reversed(known.alert.runs):
        label = known.ladder.stage(run.stage).label if known.ladder else run.stage
        st.subheader(label)
        asked = "; ".join(f"{one.name}, {one.post}" for one in run.sent.asked)
        show.facts(
            [
                ("Sent", in_full(london_date(run.sent_at))),
                ("Asked", asked),
                ("Actions recommended", str(run.sent.answers.get("actions", ""))),
                ("Why it went to this stage", str(run.sent.answers.get("rationale", ""))),
            ]
        )
        for given in run.answers:
            answer = given.answer
            promise = f", by {in_full(answer.promise_by)}" if answer.promise_by else ""
            owner = f" {answer.task_owner} does it." if answer.task_owner else ""
            st.write(
                f"**Answer of {in_full(london_date(given.at))}:** {RESPONSES[answer.response]}{promise}."
            )
            show.said(f"{answer.by.name}, {answer.by.post}: {answer.text}{owner}")
        if not run.answers:
            st.write("No answer has come at this stage.")
        for holding in run.holds:
            show.facts([("Hold agreed until", in_full(holding.until))])
        for judgement in run.judgements:
            show.facts([(VERDICTS[judgement.judged.verdict], judgement.judged.reason)])


def history(seen: Seen) -> None:
    """Everything that happened, the earliest first."""
    for line in seen.history:
        show.facts([(line.when, f"{line.who}: {line.what}")])
        show.said(line.said)


def documents(seen: Seen) -> None:
    """The Word document, by our own route."""
    reference = seen.known.alert.reference
    if seen.known.files.template(seen.known.alert.raised.form) is None:
        st.caption("There is no Word template for this kind of alert yet.")
        return
    st.html(
        "<p>"
        + show.link("Download the Word document", f"/documents/{reference}.docx")
        + " · "
        + show.link("Read it on the screen", f"/documents/{reference}")
        + "</p>"
    )
