"""The draft that a page is working on: kept on the server at every change, whichever window made it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from practice_alerts.adapters.store.alerts.drafts import Draft
from practice_alerts.adapters.store.records.destruction import COPIED_FROM
from practice_alerts.casework.acts.raise_alert import Prepared, Raising
from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.together import raise_together
from practice_alerts.casework.together.raise_together import WHOM, Child
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import read_day
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.forms import each_child
from practice_alerts.domain.forms.draft_merge import ASIDE, answer_name, changes, copied
from practice_alerts.domain.forms.form import of_child
from practice_alerts.domain.text import whole_number
from practice_alerts.ui.page import page_start, session

TYPED_FIRST = ("gate_told", "entry_reason")
"""What may be typed in the first step, by the names under which it is kept."""

NEW: dict[str, Any] = {"step": 1, "answers": {}}
_NEXT = "practice_alerts.next_draft"
_WINDOWS = "practice_alerts.draft_windows"
_MEANT = "practice_alerts.draft_meant"


@dataclass
class Window:
    """What this window knows of a draft, from one run of the page to the next."""

    seen: dict[str, Any] | None = None
    """The draft as it and the server last agreed."""
    turns: dict[str, int] = field(default_factory=dict)
    """How often another window has changed it: a field shows that only under a new key."""
    touched: set[str] = field(default_factory=set)
    """What has been chosen here since the last run."""
    elsewhere: list[str] = field(default_factory=list)
    """What another window has changed, until somebody says that they have seen it."""
    gone: bool = False
    """Sent or thrown away in another window."""
    lost: bool = False
    """It had begun with the texts of another alert, and is gone or closed: no window begins it anew."""

    def lose(self) -> None:
        self.seen, self.lost = None, True

    def learn(self, names: Iterable[str]) -> bool:
        """Another window has changed these; were there any?"""
        names = list(names)
        self.elsewhere += [name for name in names if name not in self.elsewhere]
        for name in names:
            if name not in self.touched:
                self.turns[name] = self.turns.get(name, 0) + 1
        return bool(names)


@dataclass
class OpenDraft:
    """What the draft holds. Its address carries a random id and nothing that was typed."""

    id: str
    person_id: str
    body: dict[str, Any]
    window: Window
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

    def key(self, name: str, *, typed: bool = False) -> str:
        """The key of the field for this name. One that is typed in shows by itself what changed elsewhere."""
        turn = 0 if typed else self.window.turns.get(name, 0)
        return f"{self.id}:{name}:{turn}" if turn else f"{self.id}:{name}"

    def turn_of(self, field_id: str) -> int:
        return self.window.turns.get(answer_name(field_id), 0)

    def touch(self, name: str) -> Callable[[], None]:
        """To be called when somebody chooses something in the field of this name."""
        return partial(self.touched, name)

    def touched(self, name: str) -> None:
        """The same, at once."""
        self.window.touched.add(name)
        self.is_meant()

    def is_meant(self) -> None:
        """To be called when somebody does something here: before its address names the draft, it is done in no other."""
        if st.query_params.get("draft") != self.id:
            st.session_state[_MEANT] = self.id

    def catch_up(self) -> None:
        """For a piece of the page that an older run has drawn: begin from what has been kept since."""
        if self.window.seen is not None and self.window.seen != self._stored:
            self._take(self.window.seen)

    @property
    def is_begun(self) -> bool:
        """Has somebody chosen or typed anything? What stands chosen from the start is nobody's choice."""
        typed = any(str(self.body.get(name) or "").strip() for name in TYPED_FIRST)
        return self.saved_at is not None or self.step > 1 or typed or bool(self.window.touched)

    def save(self, *, begin: bool = False) -> bool:
        """Write to the server, if anything changed since the last time; to `begin`, though nothing was typed.

        True where another window has changed something in the meantime: it stands in the body now,
        and wants to be shown.
        """
        is_kept = self.body != self._stored and (begin or self.is_begun)
        learnt = self._write() if is_kept else False
        if self.saved_at is not None:
            self.window.seen = copied(self.body)
        self.window.touched.clear()
        return learnt

    def _write(self) -> bool:
        here = session.office()
        try:
            put = kept_drafts.keep_draft(here, self.person_id, self.id, self.body, self.window.seen)
        except (
            NotFound
        ):  # it began with the texts of another alert, and went: nothing of it stays here
            self.window.lose()
            self._take({**copied(NEW), "council": self.body["council"]})
            return True
        learnt = self.window.learn(changes(self.body, put.body))
        self._take(put.body)
        self.saved_at = here.now()
        self.window.gone = self.window.lost = False
        if st.query_params.get("draft") != self.id:
            self._stand_in_address()
        return learnt or bool(put.over)

    def _take(self, body: dict[str, Any]) -> None:
        """In place, because fields hold on to the answers."""
        answers = self.answers
        fresh = copied(body)
        given = fresh.pop("answers", {})
        answers.clear()
        answers.update(given)
        self.body.clear()
        self.body.update(fresh, answers=answers)
        self._stored = copied(self.body)

    def go(self, step: int) -> None:
        """Save and show another step, or the same one again with what is to be put right."""
        self.body["furthest"] = max(step, furthest(self.body))
        self.body["step"] = step
        self.save(begin=True)
        self._stand_in_address()
        page_start.arrive()
        st.rerun()

    def _stand_in_address(self) -> None:
        """So that going back in the browser goes back a step, and stays with this draft."""
        st.query_params.from_dict({"draft": self.id, "step": str(self.step)})

    def have_seen(self) -> None:
        """What was told of other windows need not be told again."""
        self.window.elsewhere.clear()
        self.body.pop(ASIDE, None)
        self.save()

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
            copied=tuple(self.body.get("copied", ())),
            instead_reason=str(self.body.get("instead_reason", "")),
            settle_by=(read_day(settle) or settle) if settle else None,
            draft_id=self.id,
            on_paper=self.body.get("on_paper") == "yes",
            officer=str(self.body.get("officer") or ""),
        )

    @property
    def children(self) -> tuple[Child, ...]:
        """The further children on it, each with who was chosen for it alone; from paper each is entered by itself."""
        if self.body.get("on_paper") == "yes":
            return ()
        return tuple(self._child(mark) for mark in each_child.children_in(self.body))

    def _child(self, mark: str) -> Child:
        asked, copied, reason = (self.body.get(of_child(name, mark), "") for name in WHOM)
        return Child(mark, tuple(asked), tuple(copied), str(reason))

    def prepared(self, actor: Actor) -> Prepared:
        """Looked at as it stands. Raises NotAllowed, NotPossible."""
        here, raising = session.office(), self.raising(actor.council)
        with here.database.reading() as tx:
            return raise_together.prepare(here, tx, actor, raising, self.children)


def open_draft(person_id: str, council: str) -> OpenDraft:
    """The draft named in the address or just worked on, or a new one, begun as soon as something is to be kept."""
    meant = st.session_state.pop(_MEANT, None)
    wanted = st.query_params.get("draft") or meant
    found = kept_drafts.my_draft(session.office(), person_id, wanted) if wanted else None
    if found is not None and found.body.get("council", council) == council:
        opened = _found(found, person_id)
        opened.body["step"] = _step_asked(opened.body)
        return opened
    window = _windows().get(wanted or "")
    if found is None and window is not None and COPIED_FROM in (window.seen or {}):
        window.lose()
    is_lost = window is not None and window.lost
    if found is None and window is not None and window.seen is not None:
        return _gone(str(wanted), window, person_id)
    draft_id = _next_id()
    files = session.office().council(council)
    body = {**copied(NEW), "council": council, "edition": files.digest}
    window = _windows().setdefault(draft_id, Window())
    window.lost = is_lost
    return OpenDraft(draft_id, person_id, body, window, None, copied(body))


def furthest(body: Mapping[str, Any]) -> int:
    """The last step that was shown."""
    return int(body.get("furthest") or body.get("step", 1))


def _step_asked(body: Mapping[str, Any]) -> int:
    """The step in the address, as far as that has been reached; else where this window stood."""
    asked = whole_number(st.query_params.get("step", ""))
    return asked if asked and asked <= furthest(body) else int(body.get("step", 1))


def _found(found: Draft, person_id: str) -> OpenDraft:
    window = _windows().setdefault(found.id, Window())
    body = copied(found.body)
    if window.seen is not None:
        window.learn(changes(window.seen, body))
        body["step"] = window.seen.get("step", 1)  # where another window is, is its own affair
    else:
        window.seen = copied(body)
    return OpenDraft(found.id, person_id, body, window, found.saved_at, copied(body))


def _gone(draft_id: str, window: Window, person_id: str) -> OpenDraft:
    """As this window last saw it. Whoever goes on with it begins it anew."""
    window.gone = True
    body = copied(window.seen or NEW)
    return OpenDraft(draft_id, person_id, body, window, None, copied(body))


def _next_id() -> str:
    """The name is there before the draft is, so that no field changes its key while one types in it."""
    name = str(st.session_state.setdefault(_NEXT, kept_drafts.new_draft_id()))
    window = _windows().get(name)
    if window is not None and window.seen is not None:  # that one has been begun
        name = st.session_state[_NEXT] = kept_drafts.new_draft_id()
    return name


def _windows() -> dict[str, Window]:
    windows: dict[str, Window] = st.session_state.setdefault(_WINDOWS, {})
    return windows


def done_with(draft: OpenDraft) -> None:
    """The draft has been sent or thrown away: the next one gets another name."""
    _windows().pop(draft.id, None)
    st.session_state.pop(_NEXT, None)
    st.query_params.clear()


def throw_away(draft: OpenDraft) -> None:
    """Asked for by its owner only."""
    kept_drafts.discard_draft(session.office(), draft.person_id, draft.id)
    done_with(draft)
