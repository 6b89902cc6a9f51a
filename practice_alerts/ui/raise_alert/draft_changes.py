"""What somebody who takes up a draft must know first: when it was kept, and what changed behind their back."""

import streamlit as st

from practice_alerts.adapters.store.alerts.drafts import Draft
from practice_alerts.casework.core.record import initials
from practice_alerts.casework.drafts import changed_since, kept_drafts
from practice_alerts.domain.dates import LONDON, in_full, london_date
from practice_alerts.domain.forms.draft_merge import ASIDE
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.ui.page import frame, html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.raise_alert.draft import OpenDraft

_SHOWN = 3  # the rest stands in the tray


def kept(draft: OpenDraft) -> str:
    """When the server last kept the draft."""
    if draft.saved_at is None:
        return "Nothing typed yet. What you type is kept as you type it."
    at = draft.saved_at.astimezone(LONDON)
    day = "" if at.date() == session.office().today else f" on {in_full(at.date())}"
    return f"Kept at {at:%H:%M}{day}. You can go away and come back."


def label_of(draft: Draft, procedure: Procedure) -> str:
    """What is begun and for whom, as other lines of the tray tell it; how far it is and when it was last kept."""
    kind = procedure.kinds.get(str(draft.body.get("kind", "")))
    answers = draft.body.get("answers") or {}
    child = initials(str(answers.get("child_name") or ""))
    whose = " ".join(
        part for part in (child, str(answers.get("case_number") or "").strip()) if part
    )
    at = f"{in_full(london_date(draft.saved_at))} at {draft.saved_at.astimezone(LONDON):%H:%M}"
    begun = f"{kind.title if kind else 'Alert'}{f' for {whose}' if whose else ''}"
    return f"{begun}, step {draft.body.get('step', 1)} of 4, kept on {at}"


def link_to(draft: Draft, procedure: Procedure) -> None:
    step = str(draft.body.get("step", 1))
    address = {"draft": draft.id, "step": step}
    st.page_link(frame.RAISE, label=as_written(label_of(draft, procedure)), query_params=address)


def begun_before(draft: OpenDraft, procedure: Procedure) -> None:
    """What was begun and not sent, for whoever has come back to an empty form."""
    if draft.saved_at is not None or draft.window.gone:
        return
    here = session.office()
    others = [
        one
        for one in kept_drafts.my_drafts(here, draft.person_id)
        if one.body.get("council", draft.body["council"]) == draft.body["council"]
    ]
    if others:
        html.quiet("You have begun one already. Go on with it, or begin another below.")
        for one in others[:_SHOWN]:
            link_to(one, procedure)


def notices(draft: OpenDraft) -> None:
    """At the top of each step, until the person says that they have seen it."""
    if draft.window.gone:
        html.told(
            "This draft was sent or thrown away in another window",
            ("If you go on here, it is begun anew from what stands below.",),
        )
    if draft.window.lost:
        html.told(
            "This draft is gone",
            (
                "It began with the texts of another alert. Whoever can open that one begins it anew from its page.",
            ),
        )
    _elsewhere(draft)
    _new_edition(draft)


def _elsewhere(draft: OpenDraft) -> None:
    aside = draft.body.get(ASIDE) or {}
    if not (draft.window.elsewhere or aside):
        return
    here = session.office()
    with st.container(key="pa-elsewhere"):
        html.told(
            "This draft was changed in another window",
            (
                f"“{label}” stands below as it was changed there."
                for label in changed_since.labels(
                    here, draft.body, (one for one in draft.window.elsewhere if one not in aside)
                )
            ),
        )
        if aside:
            st.write("Written here and there at once. Yours stands; the other window said:")
            html.facts(changed_since.in_words(here, draft.body, aside))
        if st.button("I have seen it", key=f"{draft.id}:seen-elsewhere"):
            draft.have_seen()
            st.rerun()


def _new_edition(draft: OpenDraft) -> None:
    here = session.office()
    found = changed_since.new_edition(here, draft.body)
    if found is None:
        return
    with st.container(key="pa-new-edition"):
        editions = (
            f" (edition {found.begun} then, {found.now} now)" if found.begun != found.now else ""
        )
        html.told("The procedure has changed since you began this draft" + editions, found.lines)
        if st.button("I have seen what changed", key=f"{draft.id}:seen-edition"):
            draft.body.update(changed_since.accepted(here, draft.body))
            draft.save()
            st.rerun()
