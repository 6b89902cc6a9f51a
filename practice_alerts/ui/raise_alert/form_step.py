"""The second step of raising an alert: the form, section by section, each question a piece of its own.

An answer runs its own piece of the page again and no other, so that it takes no longer on a long form
than on a short one. The whole page runs where more than that piece changes: another question is asked or no
longer asked, a fault is put right, another window has changed the draft, or a minute has passed.
"""

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from practice_alerts.casework.acts.raise_alert import Prepared
from practice_alerts.casework.directory import partner_contacts
from practice_alerts.casework.drafts import changed_since
from practice_alerts.domain.forms.draft_merge import answer_name
from practice_alerts.domain.forms.form import AGENCY, FormField, FormSection
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.text import plural
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.form_fields import Filling
from practice_alerts.ui.page.question import piece
from practice_alerts.ui.page.text_field import field_id
from practice_alerts.ui.raise_alert import children
from practice_alerts.ui.raise_alert.draft import OpenDraft
from practice_alerts.ui.raise_alert.draft_changes import kept


def fill(draft: OpenDraft, prepared: Prepared) -> None:
    """Step 2."""
    OpenForm(draft, prepared, shown(draft, prepared)).show()
    _no_longer_asked(draft)
    back, on = html.side_by_side()
    if back.button("Back", key=f"{draft.id}:to1"):
        draft.go(1)
    if on.button("Go on: who and when", type="primary", key=f"{draft.id}:to3"):
        faults = draft.prepared(session.actor()).faults
        draft.body["tried"] = True
        draft.go(2 if any(is_field(prepared, name) for name in faults) else 3)


def shown(draft: OpenDraft, prepared: Prepared) -> Faults:
    """The faults that are told; none before somebody tried to go on."""
    if not draft.body.get("tried"):
        return {}
    return {name: said for name, said in prepared.faults.items() if is_field(prepared, name)}


def is_field(prepared: Prepared, name: str) -> bool:
    return any(one.id == name for one in prepared.form.fields())


def is_said(draft: OpenDraft, prepared: Prepared, one: FormField) -> bool:
    """Was that said before the form, and nothing else on it?"""
    return one.id in prepared.said_already and not draft.answers.get(one.id)


@dataclass
class OpenForm:
    """The form as one run of the whole page has drawn it; its pieces run again one by one."""

    draft: OpenDraft
    prepared: Prepared
    faults: Faults
    filling: Filling = field(init=False)
    alone: bool = field(default=False, init=False)
    """Does one piece run again by itself?"""
    kept: str = field(default="", init=False)
    """What the page says of when the draft was kept: it changes by the minute."""

    def __post_init__(self) -> None:
        draft = self.draft
        self.filling = Filling(
            draft.id,
            self.prepared.files.id,
            draft.answers,
            self.faults,
            self.prepared.files.procedure.categories,
            turn_of=draft.turn_of,
            touched=lambda name: draft.window.touched.add(answer_name(name)),
            contacts=partner_contacts.names_at(
                session.office(),
                self.prepared.files.id,
                draft.body.get("partner"),
                self.prepared.way.stage,
            ),
        )

    @property
    def answers(self) -> dict[str, Any]:
        """Those by which it is decided what is asked."""
        return {**self.draft.answers, **self.prepared.implied}

    def show(self) -> None:
        fields = {one.id: one for one in self.prepared.form.fields()}
        with st.container():  # so that nothing else moves to another place once all is put right
            html.faults(
                (field_id(self.filling.widget_key(fields[name])), said)
                for name, said in self.faults.items()
            )
        for section in self.prepared.form.sections:
            if section.filled_by == "raiser":
                self._section(section)
                children.below(self.draft, self.prepared, section)
        self._ours()
        self.draft.save()
        self.alone, self.kept = True, kept(self.draft)

    def _ours(self) -> None:
        """Once, for whoever compares with the paper form."""
        form = self.prepared.form
        ours = [one.label for one in form.fields(filled_by="raiser") if one.ours]
        if ours:
            with st.expander(
                as_written(f"{form.said_of_ours}: {len(ours)} {plural(len(ours), 'question')}")
            ):
                html.bullets(ours)

    def _section(self, section: FormSection) -> None:
        """Its questions as far as they are asked, each seen with the answers above it; nothing for none."""
        begun = False
        for one in section.fields:
            if (
                one.id == AGENCY
                or not one.asked(self.answers)
                or is_said(self.draft, self.prepared, one)
            ):
                continue
            if not begun:
                is_new = children.is_new(section)
                html.heading(section.title, level=3, begins=is_new)
            begun = True
            piece(self._ask, one)

    def _ask(self, one: FormField) -> None:
        if self.alone:
            self._ask_alone(one)
        else:
            self.filling.put(one, self.draft.answers)

    def _ask_alone(self, one: FormField) -> None:
        if session.signed_in() is None:
            st.rerun()  # the whole page leads to signing in
        with session.in_turn():
            self._ask_in_turn(one)

    def _ask_in_turn(self, one: FormField) -> None:
        self.draft.catch_up()
        asked = self._asked()
        # Streamlit tells of two fields changed in one instant as if it were the first alone.
        others = self.draft.window.touched - {answer_name(one.id)}
        self.filling.put(one, self.draft.answers)
        learnt = self.draft.save()
        is_told = kept(self.draft) == self.kept
        if others or learnt or asked != self._asked() or self._faults_differ() or not is_told:
            st.rerun()

    def _asked(self) -> frozenset[str]:
        """Which of the questions that depend on others are put."""
        return frozenset(
            one.id
            for one in self.prepared.form.fields(filled_by="raiser")
            if (one.when or one.cases) and one.asked(self.answers)
        )

    def _faults_differ(self) -> bool:
        if not self.draft.body.get("tried"):
            return False
        return shown(self.draft, self.draft.prepared(session.actor())) != self.faults


def _no_longer_asked(draft: OpenDraft) -> None:
    """What was answered under an older edition to questions that are gone."""
    found = changed_since.no_longer_asked(session.office(), draft.body)
    if found:
        html.heading("No longer asked", level=3)
        html.quiet("These answers stay in this draft and are not sent.")
        html.facts(found)
