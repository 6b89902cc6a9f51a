"""The draft that a page is working on: kept on the server at every change."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import streamlit as st

from practice_alerts.casework import keeping
from practice_alerts.casework.raising import Raising
from practice_alerts.ui import arriving, session

NEW: dict[str, Any] = {"step": 1, "answers": {}}
_NEXT = "practice_alerts.next_draft"


@dataclass
class OpenDraft:
    """What the draft holds. Its address carries a random id and nothing that was typed."""

    id: str
    person_id: str
    body: dict[str, Any]
    saved_at: datetime | None = None
    """When the server last kept a change; None while nothing has been kept."""
    _stored: dict[str, Any] = field(default_factory=dict)

    @property
    def step(self) -> int:
        return int(self.body.get("step", 1))

    @property
    def answers(self) -> dict[str, Any]:
        answers: dict[str, Any] = self.body.setdefault("answers", {})
        return answers

    def save(self) -> None:
        """Write to the server, if anything changed since the last time."""
        if self.body == self._stored:
            return
        here = session.office()
        keeping.keep_draft(here, self.person_id, self.id, self.body)
        self.saved_at = here.now()
        self._stored = copy.deepcopy(self.body)
        if st.query_params.get("draft") != self.id:
            st.query_params["draft"] = self.id

    def go(self, step: int) -> None:
        """Save and show another step, or the same one again with what is to be put right."""
        self.body["step"] = step
        self.save()
        arriving.arrive()
        st.rerun()

    def raising(self, council: str) -> Raising:
        """The draft as what is to be raised."""
        settle = self.body.get("settle_by")
        return Raising(
            council=council,
            kind=str(self.body.get("kind", "")),
            answers=self.answers,
            entry_stage=self.body.get("entry_stage"),
            entry_reason=str(self.body.get("entry_reason", "")),
            partner=self.body.get("partner"),
            gate=str(self.body.get("gate") or ""),
            gate_told=str(self.body.get("gate_told", "")),
            asked=tuple(self.body.get("asked", ())),
            settle_by=date.fromisoformat(settle) if settle else None,
            draft_id=self.id,
        )


def open_draft(person_id: str, council: str) -> OpenDraft:
    """The draft named in the address, or a new one, begun as soon as something is to be kept."""
    wanted = st.query_params.get("draft")
    here = session.office()
    found = keeping.my_draft(here, person_id, wanted) if wanted else None
    if found is not None and found.body.get("council", council) == council:
        body, stored = copy.deepcopy(found.body), copy.deepcopy(found.body)
        return OpenDraft(found.id, person_id, body, found.saved_at, stored)
    # The name is there before the draft is, so that no field changes its key while one types in it.
    draft_id = st.session_state.setdefault(_NEXT, keeping.new_draft_id())
    body = {**copy.deepcopy(NEW), "council": council}
    return OpenDraft(draft_id, person_id, body, None, copy.deepcopy(body))


def done_with() -> None:
    """The draft has been sent or thrown away: the next one gets another name."""
    st.session_state.pop(_NEXT, None)
    st.query_params.clear()


def throw_away(draft: OpenDraft) -> None:
    """Asked for by its owner only."""
    keeping.discard_draft(session.office(), draft.person_id, draft.id)
    done_with()
