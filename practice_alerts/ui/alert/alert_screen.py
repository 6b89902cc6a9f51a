"""The parts of an alert's page."""

from collections.abc import Iterable
from typing import Final

import streamlit as st
from markupsafe import Markup

from practice_alerts.casework.drafts import siblings
from practice_alerts.casework.views.alert_view import Seen
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.acts import Offer
from practice_alerts.domain.acts.permissions import Act, Relation
from practice_alerts.domain.alert.by_hand import ToReach, to_do_by_hand
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.deadlines.forecast import StepForecast
from practice_alerts.domain.deadlines.stage_clocks import Times
from practice_alerts.domain.documents.page_one import from_paper
from practice_alerts.domain.forms.subject import one_line
from practice_alerts.domain.procedure.ladder import label_of
from practice_alerts.domain.standing.standings import Standing
from practice_alerts.domain.text import capital, small
from practice_alerts.domain.wording.clock_lines import clock_lines, head_of_total, why_escalate_by
from practice_alerts.domain.wording.history import told
from practice_alerts.domain.wording.step_words import step_in_words
from practice_alerts.ui.alert import full_record
from practice_alerts.ui.due_dates import receipts
from practice_alerts.ui.lists import tray_lines
from practice_alerts.ui.page import frame, html, page_start, session
from practice_alerts.ui.page.as_written import as_written

_MOST_OF_ANSWER: Final = 400  # letters: some five lines


def head(seen: Seen) -> None:
    """Which alert and whose, where it stands, and its documents.

    Here the child's full name stands, and nowhere else but in the document.
    """
    answers = seen.known.alert.answers
    kind = seen.known.files.procedure.kinds[seen.known.alert.raised.alert_kind].title
    said = [str(answers.get(name, "")) for name in ("child_name", "case_number")]
    html.title(seen.known.alert.reference)
    if line := one_line(answers):
        html.paragraph(line, "pa-one-line")
    html.quiet(" · ".join(part for part in (kind, *said) if part))
    _how_it_came(seen)
    done = st.session_state.pop("done", None)
    if done:
        html.done(done)
    is_kept = seen.where.standing is Standing.SENT and not seen.known.alert.told
    standing = "no answer asked for" if is_kept else seen.where.standing.value
    stands = html.state(standing, tray_lines.tone(seen.where))
    html.lead(Markup("{} {}").format(stands, seen.where.sentence))
    _to_review(seen)
    _redirect(seen)
    for warning in seen.warnings:
        st.warning(as_written(warning))
    for sentence in seen.of_service:
        html.quiet(sentence)
    _ways_on(seen)


def _how_it_came(seen: Seen) -> None:
    """From whom, from paper, and with which others."""
    alert = seen.known.alert
    if alert.officer.id != alert.raiser.id:
        html.quiet(f"Raised by {alert.raiser.name}; now with {alert.officer.name}.")
    if mark := from_paper(alert):
        html.quiet(mark)
    together(seen)


def together(seen: Seen) -> None:
    """Links to those about brothers or sisters, raised in one go with it or linked since, that the reader may open."""
    if seen.together:
        links = Markup(", ").join(map(frame.to_alert, seen.together))
        html.paragraph(Markup("Brothers and sisters: {}.").format(links))


def _to_review(seen: Seen) -> None:
    """The answer itself while it is to be reviewed, unless a form is open, which quotes it: so much as leaves room for the rest."""
    run, opened = seen.known.alert.run, st.session_state.get("act", ("", ""))[0]
    if run is None or not run.answers or opened == seen.known.id:
        return
    if seen.where.next_act != Act.REVIEW_RESPONSE.value:
        return
    full_record.answers(run, run.answers[-1:], most=_MOST_OF_ANSWER)


def _redirect(seen: Seen) -> None:
    """Beside the sentence that somebody says that it is not theirs: to the form that asks somebody else."""
    offer = next((one for one in seen.offers if one.act is Act.REDIRECT and one.possible), None)
    if offer is not None:
        at = (seen.known.id, offer.act)
        st.button(as_written(offer.title), key="beside:redirect", on_click=_choose, args=at)


def _ways_on(seen: Seen) -> None:
    """Answering, for whoever is asked; then the document, to be read. To take away it stands under "Documents"."""
    reference = seen.known.alert.reference
    links = []
    if seen.asking_id is not None:
        way = f"/respond/{seen.asking_id}"
        is_asked = seen.relations & {Relation.ASKED, Relation.COVERS_ASKED}
        says = "Answer this alert" if is_asked else "Record what is yours"
        links.append(html.link(says, way, "pa-button"))
    if seen.known.files.template(seen.known.alert.form) is None:
        html.quiet("There is no Word template for this kind of alert yet.")
    else:
        links.append(html.link("Read the document", f"/documents/{reference}"))
    if links:
        html.ways(links)
    _filed(seen)


def _filed(seen: Seen) -> None:
    """Up to where it stands in the case system; that it does not, for whoever may file it."""
    alert = seen.known.alert
    if alert.filed is not None:
        what, said = told(alert.filed, seen.known.ladder)
        after = "" if alert.is_filed else " What happened since then is not filed yet."
        html.quiet(f"{what}. {said.splitlines()[0]}.{after}")
    elif Act.FILE in {offer.act for offer in seen.offers}:
        html.quiet("Not filed on the record yet.")


def dates(seen: Seen) -> None:
    """What is due when."""
    clocks, known = seen.clocks, seen.known
    if not known.alert.is_open:
        return
    here, run = session.office(), known.alert.run
    is_answered = run is not None and run.all_answered_at is not None
    calendar = here.calendar(known.files.id)
    lines = clock_lines(clocks, here.now(), calendar, is_answered=is_answered)
    html.facts(lines, look="pa-clocks")


def whys(seen: Seen) -> None:
    """How each of the dates was counted. Below what can be done, which is wanted more often."""
    clocks, known = seen.clocks, seen.known
    if not known.alert.is_open:
        return
    clause = f"{known.files.procedure.council}, {known.files.procedure.title}"
    for one in clocks.awaited:
        if one.due:
            what = one.step.what if one.step else one.head.rstrip(",")
            of = "" if one.times is Times.ANSWER else what
            receipts.receipt(f"{what}: the days", one.due, f"{clause}, {known.stage_label}", of=of)
    if clocks.total:
        label = head_of_total(clocks)
        receipts.receipt(f"{label}: the days", clocks.total, f"{clause}, {small(label)}")
    _why_escalate_by(seen)


def _why_escalate_by(seen: Seen) -> None:
    known, by, limit = seen.known, seen.clocks.escalate_by, seen.clocks.time_limit
    if known.ladder is None or by is None or limit is None:
        return
    with st.expander(as_written(f"Why escalate by {in_full(by)}?")):
        first, *stages = why_escalate_by(known.ladder, known.run.stage, limit)
        st.write(as_written(first))
        html.bullets(stages)


def by_hand(seen: Seen) -> None:
    """Whom somebody has to write to, because the product reaches nobody outside the directory.

    What is sent at a stage is no news any more once the alert is closed.
    """
    own = {Relation.RAISER, Relation.COVERS_RAISER, Relation.IRO_MANAGER, Relation.IRO_SUPPORT}
    if not seen.relations & own:
        return
    left = [
        f"{verb} {one.name}{f' ({one.post})' if one.post != one.name else ''}, by hand, {what}"
        for why, one in to_do_by_hand(seen.known.alert)
        if seen.known.alert.is_open or why.occasion
        for verb, what in (_to_reach(seen, why),)
    ]
    if left:
        html.heading("To be sent by hand")
        html.quiet("They are not in the directory: they get no mail and cannot open this alert.")
        html.bullets(left)


def _to_reach(seen: Seen, why: ToReach) -> tuple[str, str]:
    if why.of_what:
        return "Tell", f"of {why.of_what}"
    return "Write to", f"at {label_of(seen.known.ladder, why.stage)}"


def choose_act(seen: Seen) -> Act | None:
    """The acts that are this person's, the next one first; those not possible now with the reason."""
    # Whoever is asked answers on a page of their own.
    offers = [offer for offer in seen.offers if not ACTS[offer.act].without_scripts]
    if not offers:
        return None
    next_act = seen.where.next_act
    possible = sorted((o for o in offers if o.possible), key=lambda o: o.act.value != next_act)
    reasons = _not_now(offers)
    if not possible and not reasons:
        return None
    html.heading("What you can do now" if possible else "What you may do at other times")
    opened = st.session_state.get("act", ("", ""))
    chosen = next((o.act for o in possible if (seen.known.id, o.act.value) == opened), None)
    # While a form is open, its own button is the next thing to press.
    main = next_act if chosen is None else None
    in_sight = [o for o in possible if ACTS[o.act].in_sight or o.act.value == next_act]
    if len(possible) == 1 or not in_sight:
        in_sight = possible
    _buttons(seen, in_sight, main)
    others = [offer for offer in possible if offer not in in_sight]
    if others:
        hidden = chosen is not None and not ACTS[chosen].in_sight
        with st.expander("More you can do", expanded=hidden):
            _buttons(seen, others, main)
    html.bullets(reasons, look="pa-quiet pa-not-now")
    return chosen


def _not_now(offers: Iterable[Offer]) -> list[str]:
    """What this person may do at other times, each with why not now; what is rare is left out."""
    rare = {Act.REOPEN, Act.ANSWER_QUESTION}
    known = [one for one in offers if ACTS[one.act].in_sight and one.act not in rare]
    return [f"{offer.title}: {offer.not_now}" for offer in known if offer.not_now]


def _buttons(seen: Seen, offers: Iterable[Offer], main: str | None) -> None:
    with st.container(horizontal=True, gap="small"):
        for offer in offers:
            st.button(
                as_written(offer.title),
                key=f"choose:{offer.act}",
                type="primary" if offer.act.value == main else "secondary",
                on_click=_choose,
                args=(seen.known.id, offer.act),
            )


def sibling(seen: Seen) -> None:
    """The same concern about a brother or sister: a draft of an alert of its own."""
    if not seen.about_child or not seen.relations & {Relation.RAISER, Relation.COVERS_RAISER}:
        return
    if st.button("Raise the same for a brother or sister", key="sibling"):
        draft = siblings.draft_for_sibling(session.office(), seen.actor, seen.known)
        st.switch_page(frame.RAISE, query_params={"draft": draft})


def _choose(alert_id: str, act: Act) -> None:
    st.session_state["act"] = (alert_id, act.value)
    page_start.arrive()


def steps(seen: Seen) -> None:
    """What must happen inside the present stage, and where the procedure points beyond it."""
    if not seen.known.alert.is_open:
        return
    if seen.steps:
        html.heading("Inside this stage", level=3)
    run = seen.known.alert.run
    for one in seen.steps:
        done = run.done(one.step.id) if run else None
        words = told(done, seen.known.ladder)[0].partition(": ")[0] if done else _by_when(seen, one)
        html.facts([(capital(one.step.what), words)])
    _left_unrecorded(seen)
    if seen.ways_out:
        html.quiet(f"From here the procedure also points to: {'; '.join(seen.ways_out)}.")


def _left_unrecorded(seen: Seen) -> None:
    """Steps of stages that were left, which can still be recorded as done late."""
    every = seen.known.rules.doers(seen.known.alert).to_record()
    late = [f"{capital(one.step.what)}, at {one.stage.label}" for one in every if one.late]
    if late:
        html.quiet(f"Asked for and not recorded before it went on: {'; '.join(late)}.")


def _by_when(seen: Seen, one: StepForecast) -> str:
    known = seen.known
    if known.ladder is None or known.run is None:
        return ""
    stage = known.ladder.stage(known.run.stage)
    return step_in_words(one, stage, known.ladder, known.files.procedure)
