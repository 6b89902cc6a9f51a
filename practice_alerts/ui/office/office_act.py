"""One act on the office as a screen of its own: what is typed is kept, one verb is called, a refusal is said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from practice_alerts.casework.drafts import kept_drafts
from practice_alerts.casework.records.reasons import asks_who_is_named
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import read_day, why_no_day
from practice_alerts.domain.directory.office_permissions import (
    DirectoryAct,
    NotYours,
    OfficeAct,
    asks_to_prove,
    may_run,
)
from practice_alerts.domain.errors import BadAnswers, ToldPlainly
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.office import Office
from practice_alerts.ui.page import frame, html, page_start, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.question import choose, place_of
from practice_alerts.ui.page.text_field import field_id, saving_day, saving_text

_DONE = "practice_alerts.office_done"
_NAMES_NOBODY = "names_nobody"
_NO_NAMES = "In a sentence without names."


@dataclass
class OfficeForm:
    """One act as a screen: `begin` it, ask, and after `sent` do what was asked for."""

    about: str
    back: Mapping[str, str]
    """The query of the page from which the act was asked for."""
    faults: Faults
    button: str = ""
    kept: dict[str, Any] = field(default_factory=dict)
    """Its draft: changed in place, saved when all is asked."""
    found: dict[str, Any] = field(default_factory=dict)
    misread: Faults = field(default_factory=dict)
    """Days that are none."""
    is_sent: bool = False
    proves: bool = False
    """Does it take somebody who has lately proved who they are?"""

    def begin(self, title: str, button: str, **begun: Any) -> None:
        """The head of the screen, and what stands in its fields before anybody typed."""
        html.title(title)
        if self.proves and session.actor().must_prove_again:
            _say_to_prove()
        self.button = button
        stored = kept_drafts.kept(session.office(), session.actor().id, self.about)
        self.found, self.kept = {**begun, **stored}, {**begun, **stored}
        html.faults(
            (field_id(self.key(name)) if name else "", said) for name, said in self.faults.items()
        )

    def sent(self) -> tuple[Office, Actor]:
        """Keep what is typed, and go on for whoever presses the button alone."""
        here, actor = session.office(), session.actor()
        if self.kept != self.found:
            kept_drafts.keep(here, actor.id, self.about, self.kept)
        with st.container(horizontal=True, gap="small"):
            self.is_sent = st.button(
                as_written(self.button), type="primary", key=f"{self.about}:go"
            )
            is_left = st.button("Not now", key=f"{self.about}:leave")
        if is_left:
            self.leave()
        if not self.is_sent:
            st.stop()
        if self.misread:
            raise BadAnswers(self.misread)
        return here, actor

    def leave(self) -> NoReturn:
        """Back to where the act was asked for."""
        st.query_params.from_dict(self.back)
        page_start.arrive()
        st.rerun()

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

    def why(self, label: str = "Why", hint: str = _NO_NAMES) -> tuple[str, bool]:
        """A reason, and whether it was said of these very words that they name nobody: asked where they may."""
        reason = self.text("reason", label, hint=hint)
        said = bool(reason) and self.kept.get(_NAMES_NOBODY) == reason
        if said or asks_who_is_named(self.faults.get("reason", "")):
            key = self.key(f"{_NAMES_NOBODY}:{reason}")
            said = st.checkbox("Nobody is named by it", said, key=key)
            self.kept[_NAMES_NOBODY] = reason if said else ""
        return reason, said

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
        """None where it is left empty; what is no day is said when the button is pressed."""
        typed = saving_day(
            label,
            str(self.kept.get(name) or ""),
            key=self.key(name),
            hint=hint,
            error=self.faults.get(name, ""),
            required="(optional)" not in label,
        )
        self.kept[name] = typed
        day = read_day(typed)
        if typed.strip() and day is None:
            self.misread[name] = f"{label}: {why_no_day(typed)}"
        return day


def last_day(day: date | None) -> date:
    """Where one has to be given, under the name `until`. Raises BadAnswers."""
    if day is None:
        raise BadAnswers({"until": "Last day: give a day."})
    return day


Screen = Callable[[OfficeForm], str]
"""Asks, does the act and says in a sentence what has been done."""


def for_whom(takes: Sequence[OfficeAct], screen: Screen) -> Screen:
    """The screen, for whoever may do one of these; for anybody else who may."""

    def asked(form: OfficeForm) -> str:
        actor = session.actor()
        if not any(may_run(actor, one, actor.council) for one in takes):
            raise NotYours(takes[0])
        return screen(form)

    return asked


def act_form(screen: Screen, act: str, page: str, name: str, back: Mapping[str, str]) -> NoReturn:
    """The screen of one act in place of the page, of that name, on which it was asked for.

    A refusal is shown and what was typed stays.
    """
    about = f"office:{session.actor().council}:{act}"
    form = OfficeForm(about, back, st.session_state.get(f"{about}:faults", {}))
    form.proves = page == frame.DIRECTORY and asks_to_prove(act.partition(":")[0])
    try:
        st.session_state[_DONE] = screen(form)
    except ToldPlainly as error:
        if isinstance(error, NotYours):
            session.office().security_log.note(_refusal(act))
        if not form.is_sent:
            _no_such_act(error, page, name, back)
        told = error.faults if isinstance(error, BadAnswers) else {"": str(error)}
        st.session_state[f"{about}:faults"] = told
        page_start.arrive()
        st.rerun()
    kept_drafts.discard_kept(session.office(), session.actor().id, about)
    for key in [key for key in st.session_state if str(key).startswith(f"{about}:")]:
        del st.session_state[key]
    form.leave()


def _refusal(act: str) -> SecurityEntry:
    """By the name of the act alone: what comes after it in the address may be typed."""
    who, name = session.actor(), act.partition(":")[0]
    what = name if name in set(DirectoryAct) else "an act on the office"
    return SecurityEntry(SecurityKind.REFUSED, who.id, who.council, what=what)


def _say_to_prove() -> None:
    """Before anything is typed, and again beside a refusal; the way leads back to this very screen."""
    here = f"{frame.address_of(frame.DIRECTORY)}?{urlencode(st.query_params.to_dict())}"
    way = html.link("Sign in once more", f"/sessions/again?{urlencode({'next': here})}")
    said = Markup("You signed in some time ago. {}, then do it here: what you typed is kept.")
    html.lead(said.format(way))


def _no_such_act(error: ToldPlainly, page: str, name: str, back: Mapping[str, str]) -> NoReturn:
    html.title(name)
    html.faults([("", str(error))])
    st.page_link(page, label=as_written(f"Back to the {name.lower()}"), query_params=back)
    st.stop()


def done_lately() -> None:
    """What the last act did, said once on the screen that follows it."""
    said = st.session_state.pop(_DONE, "")
    if said:
        html.done(said)


def say_done(said: str) -> None:
    """For an act without a form: say on the next run what it did."""
    st.session_state[_DONE] = said
    page_start.arrive()
