"""Who is asked and copied, and by which line of the procedure; each can be changed before it is sent."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from practice_alerts.casework.core.who_gets_it import Addressed, Recipients, by_hand
from practice_alerts.casework.views import alert_view
from practice_alerts.domain.alert.events import Person
from practice_alerts.domain.directory.meant import Seat
from practice_alerts.domain.directory.office_permissions import OfficeAct, posts_that
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.posts import Of
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.domain.text import joined
from practice_alerts.domain.wording.telling_words import who_reads
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.question import choose, place_of
from practice_alerts.ui.page.text_field import saving_text

_BY_HAND = "Somebody outside the directory: I write to them myself"
_CHOOSE = "Choose one of them"


@dataclass(frozen=True)
class WhoGetsIt:
    """What was chosen otherwise than form and procedure say goes to `kept`: `asked`, `copied`, `instead_reason`."""

    council: str
    procedure: Procedure
    kept: dict[str, Any]
    key: Callable[[str], str]
    faults: Faults
    asks: str
    """The posts asked, in words."""

    def show(self, work_out: Callable[[], Recipients]) -> None:
        """Ask first, then say who it is with what was chosen now."""
        lines = work_out().lines
        self._empty_posts(line.seat for line in lines if line.is_asked)
        self.kept["asked"] = self._asked([line for line in lines if line.is_asked])
        copies = [line for line in lines if not line.is_asked]
        copied = [self._copied(number, line) for number, line in enumerate(copies)]
        self.kept["copied"] = [one for one in copied if one]
        reached = work_out()
        if reached.instead_of:
            self.kept["instead_reason"] = saving_text(
                "Why it goes to others than form and procedure name",
                str(self.kept.get("instead_reason", "")),
                key=self.key("instead_reason"),
                lines=2,
                required=True,
                error=self.faults.get("instead_reason", ""),
            )
        html.heading("Who gets it, and why", level=3)
        html.bullets(
            f"{named(one)}{'' if one.id else ', by hand'}: {line.why}."
            for line in reached.lines
            for one in line.people
        )
        html.quiet(who_reads(self.procedure))

    def _empty_posts(self, seats: Iterable[Seat]) -> None:
        """A clock runs: the way on, and who can fill the post."""
        ours = (one for one in seats if not any(post.of is Of.AGENCY for post in one.posts))
        if titles := joined([one.title for one in ours if one.empty]):
            able = [
                one.label
                for one in self._people
                if one.posts & posts_that(OfficeAct.KEEP_DIRECTORY)
            ]
            ask = f" {joined(able, 'or')} can enter who acts in it." if able else ""
            said = f"In the directory nobody is {titles}. You can go on: write to them by hand, or choose somebody."
            st.warning(as_written(said + ask))

    def _asked(self, lines: list[Addressed]) -> list[str]:
        """Whom somebody chose; nobody where those meant are asked. Where one is to answer, one can be chosen."""
        seats = [line.seat for line in lines]
        first = [one for seat in seats for one in (*seat.people, *seat.by_hand)]
        meant = [_id(one) for one in first]
        able = (*first, *(one for seat in seats for one in seat.candidates))
        options = {_id(one): self._words(one) for one in able} | {by_hand(""): _BY_HAND}
        stood = [] if self._means_others("asked", meant) else self.kept.get("asked")
        kept = [one for one in stood or meant if one in options]
        ask = (f"Who must answer: {self.asks}", self.key(f"asked:{':'.join(meant)}"), options)
        fault = self.faults.get("asked", "")
        if len(seats) == 1 and len(meant) <= 1:
            index = place_of(next(iter(kept), None), options, begins=None)
            one = choose(st.selectbox, *ask, error=fault, index=index, placeholder=_CHOOSE)
            chosen = [] if one is None else [one]
        else:
            chosen = list(choose(st.multiselect, *ask, error=fault, default=kept))
        return [] if set(chosen) == set(meant) else chosen

    def _copied(self, number: int, line: Addressed) -> str:
        """Whom somebody chose for one copy; empty where whoever is meant gets it."""
        seat, outside = line.seat, by_hand(line.seat.title)
        meant = [_id(one) for one in (*seat.people, *seat.by_hand)]
        able = (*seat.people, *seat.candidates)
        options = {_id(one): self._words(one) for one in able if one.id}
        if len(meant) > 1 or not options:
            return ""
        options[outside] = "By hand: I send the copy myself"
        name = f"copied:{number}:{seat.title}"
        stood = () if self._means_others(name, meant) else self.kept.get("copied", ())
        unchosen = next(one for one in (*meant, outside) if one in options)
        chosen = choose(
            st.selectbox,
            f"{line.why}: who is it?",
            self.key(f"{name}:{':'.join(meant)}"),
            options,
            index=place_of(next((one for one in stood if one in options), unchosen), options),
        )
        # What stands there of itself is nobody's choice: it follows when the form names somebody.
        return "" if chosen == unchosen else str(chosen)

    def _means_others(self, name: str, meant: list[str]) -> bool:
        """Does form or procedure mean others there than when it was chosen? Then that choice was of another question."""
        key = self.key(f"meant:{name}")
        then = st.session_state.get(key, meant)
        st.session_state[key] = meant
        return bool(then != meant)

    def _words(self, person: Person) -> str:
        post = self._says.get(person.id) or person.post
        return person.name if person.name == post else f"{person.name}, {post}"

    @cached_property
    def _says(self) -> dict[str, str]:
        return {one.id: one.says for one in self._people}

    @cached_property
    def _people(self) -> tuple[alert_view.KnownPerson, ...]:
        return alert_view.people_of(session.office(), self.council)


def named(person: Person) -> str:
    """With the post, unless the post is all that is known."""
    return person.name if person.name == person.post else f"{person.name} ({person.post})"


def _id(person: Person) -> str:
    return person.id or by_hand(person.name)
