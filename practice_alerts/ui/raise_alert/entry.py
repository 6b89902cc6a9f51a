"""Where an alert comes in: the question before the ladder, the stages it opens, and why one is chosen."""

from dataclasses import dataclass

import streamlit as st

from practice_alerts.casework.acts import raise_alert
from practice_alerts.casework.core.who_is_meant import posts_asked
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.paper.paper_form import PAPER
from practice_alerts.domain.procedure.beside_text import said_of_ours
from practice_alerts.domain.procedure.entry import (
    gate_before,
    may_enter,
    needs_reason,
    usual_entry,
)
from practice_alerts.domain.procedure.ladder import Ladder, Stage
from practice_alerts.domain.procedure.procedure import Gate, Ours, Procedure
from practice_alerts.domain.text import capital
from practice_alerts.domain.wording.definitions import who_in_words
from practice_alerts.domain.wording.telling_words import TELEPHONE_FIRST
from practice_alerts.ui.page import html
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.question import asking, choose, place_of
from practice_alerts.ui.page.text_field import field_id, saving_text
from practice_alerts.ui.raise_alert import on_paper
from practice_alerts.ui.raise_alert.draft import TYPED_FIRST, OpenDraft

_ANSWERS = {"no": "No", "yes": "Yes"}
FIELDS = ("gate", "gate_told", "entry_stage", "entry_reason")
"""What is asked here, by the names under which it is kept and faults are told."""


def faults(draft: OpenDraft, procedure: Procedure, actor: Actor) -> Faults:
    """What still stands in the way; nothing before somebody tried to go on."""
    if not draft.body.get("tried_what") or draft.body.get("kind") not in procedure.kinds:
        return {}
    if draft.body.get("on_paper") == "yes":
        return on_paper.faults(draft, actor, actor.council)
    return raise_alert.entry_faults(procedure, draft.raising(actor.council))


def is_asked_here(name: str) -> bool:
    return name in FIELDS or name.startswith(f"{PAPER}_")


def tell(draft: OpenDraft, procedure: Procedure, found: Faults) -> None:
    """The faults at the top of the screen, each leading to its field."""
    html.faults((_place(draft, procedure, name), said) for name, said in found.items())


def _place(draft: OpenDraft, procedure: Procedure, name: str) -> str:
    if name in FIELDS:
        return field_id(draft.key(name, typed=name in TYPED_FIRST))
    return on_paper.place_of_field(draft, procedure, name)


@dataclass(frozen=True)
class WaysIn:
    """The questions of one draft about where it comes in."""

    draft: OpenDraft
    procedure: Procedure
    faults: Faults

    def ask(self, kind: str, ladder: Ladder) -> None:
        gate = gate_before(self.procedure, kind)
        if gate is None:
            self.draft.body.pop("gate", None)
        else:
            self._gate(gate)
        self._stage(ladder, gate)

    def _gate(self, gate: Gate) -> None:
        body = self.draft.body
        answer = choose(
            st.radio,
            gate.question,
            self._key("gate"),
            _ANSWERS,
            error=self.faults.get("gate", ""),
            index=place_of(body.get("gate"), _ANSWERS, None),
            on_change=self.draft.touch("gate"),
        )
        if (answer or "") != body.get("gate", ""):
            body.pop("entry_stage", None)  # it leads elsewhere now
        body["gate"] = answer or ""
        who = gate.after(answer).tell if answer else None
        if who is None:
            return
        titles = who_in_words(who, self.procedure)
        body["gate_told"] = saving_text(
            "Who was told, how and when",
            str(body.get("gate_told", "")),
            key=self._key("gate_told"),
            hint=f"Tell at once: {titles}. {TELEPHONE_FIRST} Whoever you name here by their full"
            " name, and who holds the post, gets an e-mail as well.",
            required=True,
            error=self.faults.get("gate_told", ""),
            save=lambda _: self.draft.touched("gate_told"),
        )

    def _stage(self, ladder: Ladder, gate: Gate | None) -> None:
        body, key = self.draft.body, self._key("entry_stage")
        answer = body.get("gate") or "no"
        opened = {stage.id: stage for stage in may_enter(ladder, gate, answer)}
        names, usual = list(opened), usual_entry(ladder, gate, tuple(opened.values()), answer)
        with asking("At which stage does it start?", key, error=self.faults.get("entry_stage", "")):
            stage = st.radio(
                "At which stage does it start?",
                names,
                index=place_of(body.get("entry_stage"), names, names.index(usual.id)) or 0,
                format_func=lambda name: as_written(opened[name].label),
                captions=[as_written(self._caption(opened[name])) for name in names],
                # Another answer before it is another question: what was chosen in one stands in no other.
                key=f"{key}:{answer}:{len(names)}",
                on_change=self.draft.touch("entry_stage"),
                label_visibility="collapsed",
            )
        body["entry_stage"] = stage
        if needs_reason(self.procedure, ladder, stage):
            ours = said_of_ours(self.procedure, ladder, Ours.ENTRY_REASON)
            self._reason(opened[stage], ours, any_stage=len(opened) == len(ladder.stages))

    def _caption(self, stage: Stage) -> str:
        when = f" {stage.entry.ask}" if stage.entry and stage.entry.ask else ""
        if must := [one.title for one in stage.criteria if one.mandatory]:
            when += f" It must be used where one of these holds: {'; '.join(must)}."
        return f"{capital(posts_asked(self.procedure, stage))}.{when}"

    def _reason(self, stage: Stage, ours: str, *, any_stage: bool) -> None:
        body = self.draft.body
        free = "Any stage may be chosen. " if any_stage else ""
        body["entry_reason"] = saving_text(
            f"Why it starts at {stage.label}",
            str(body.get("entry_reason", "")),
            key=self._key("entry_reason"),
            lines=2,
            hint=f"{free}The reason is kept with the alert. {ours}".strip(),
            required=True,
            error=self.faults.get("entry_reason", ""),
            save=lambda _: self.draft.touched("entry_reason"),
        )

    def _key(self, name: str) -> str:
        return self.draft.key(name, typed=name in TYPED_FIRST)
