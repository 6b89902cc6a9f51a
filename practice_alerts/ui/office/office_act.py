"""One act on the office as a screen of its own: what is typed is kept, one verb is called, a refusal is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.errors import BadAnswers, Expected
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.office import Office
from practice_alerts.ui.page import html, page_start, session
from practice_alerts.ui.page.question import ask_day, choose, place_of
from practice_alerts.ui.page.text_field import field_id, saving_text

_DONE = "practice_alerts.office_done"

OfficeVerb = Callable[[Office, Actor], str]
"""Does the act and says in a sentence what has been done."""


Begun = dict[str, Any]
"""What is filled in when a form opens."""


@dataclass
class OfficeForm:
    """One act being filled in. `kept` is its draft: changed in place, saved at the end of the run."""

    about: str
    kept: dict[str, Any]
    faults: Faults

    def key(self, name: str) -> str:
        return f"{self.about}:{name}"

    def text(self, name: str, label: str, *, lines: int = 1, hint: str = "") -> str:
        typed = saving_text(
            label,
            str(self.kept.get(name) or ""),
            key=self.key(name),
            lines=lines,
            hint=hint,
            error=self.faults.get(name, ""),
            required="(optional)" not in label,
        )
        self.kept[name] = typed
        return typed

    def pick(self, name: str, label: str, options: Mapping[str, str]) -> str:
        """One of many; empty while nothing is chosen."""
        self.kept[name] = chosen = choose(
            st.selectbox,
            label,
            self.key(name),
            options,
            error=self.faults.get(name, ""),
            index=place_of(self.kept.get(name), options, None),
            placeholder="Choose, or type to search",
        )
        return str(chosen or "")

    def day(self, name: str, label: str, *, hint: str = "") -> date | None:
        fault = self.faults.get(name, "")
        day = ask_day(label, self.key(name), self.kept.get(name), hint=hint, error=fault)
        self.kept[name] = day.isoformat() if day else None
        return day


@dataclass(frozen=True)
class OfficeTask:
    """An act's screen. `ask` shows the fields and gives what is then to be done."""

    title: str
    button: str
    ask: Callable[[OfficeForm], OfficeVerb]


def act_form(
    act: OfficeTask, about: str, begun: Mapping[str, Any], back: Callable[[], None]
) -> None:
    """The screen of one act. `begun` is what it starts with; `back` leads to where it was asked for."""
    here, actor = session.office(), session.actor()
    about = f"office:{actor.council}:{about}"
    html.title(act.title)
    faults: Faults = st.session_state.get(f"{about}:faults", {})
    stored = kept_drafts.kept(here, actor.id, about)
    form = OfficeForm(about, {**begun, **stored}, faults)
    html.faults((field_id(form.key(name)) if name else "", said) for name, said in faults.items())
    verb = act.ask(form)
    if form.kept != {**begun, **stored}:
        kept_drafts.keep(here, actor.id, about, form.kept)
    with st.container(horizontal=True, gap="small"):
        is_pressed = st.button(act.button, type="primary", key=f"{about}:go")
        is_left = st.button("Not now", key=f"{about}:leave")
    if is_left:
        _go(back)
    if is_pressed:
        _do(form, verb, back)


def done_lately() -> None:
    """What the last act did, said once on the screen that follows it."""
    said = st.session_state.pop(_DONE, "")
    if said:
        html.done(said)


def say_done(said: str) -> None:
    """For an act without a form: say on the next run what it did."""
    st.session_state[_DONE] = said
    page_start.arrive()


def _do(form: OfficeForm, verb: OfficeVerb, back: Callable[[], None]) -> None:
    """Call the verb; a refusal is shown and what was typed stays."""
    here, actor = session.office(), session.actor()
    try:
        said = verb(here, actor)
    except BadAnswers as error:
        st.session_state[f"{form.about}:faults"] = error.faults
    except Expected as error:
        st.session_state[f"{form.about}:faults"] = {"": str(error)}
    else:
        kept_drafts.discard_kept(here, actor.id, form.about)
        for name in [key for key in st.session_state if str(key).startswith(f"{form.about}:")]:
            del st.session_state[name]
        st.session_state[_DONE] = said
        _go(back)
    page_start.arrive()
    st.rerun()


def _go(back: Callable[[], None]) -> None:
    back()
    page_start.arrive()
    st.rerun()
