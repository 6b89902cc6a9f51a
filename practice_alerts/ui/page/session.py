"""Whose page this is: looked up in the store at every rerun, however the app was started."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from threading import Lock

import streamlit as st
from markupsafe import Markup
from streamlit import runtime

from practice_alerts.adapters.links_and_sessions import SignedIn, cookie_name
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import actors
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.errors import TooMuchAtOnce
from practice_alerts.office import Office, Settings, open_office
from practice_alerts.ui.page import html
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.turns import Turns

_AT_ONCE = 4
"""Pages drawn for one person at a time: each takes the processor from everybody's."""
_WAITING = 60


@dataclass
class _Here:
    office: Office | None = None


@dataclass
class _Drawn:
    who: SignedIn | None = None
    actors: tuple[Actor, ...] | None = None


_here = _Here()
_opening = Lock()
_turns = Turns(_AT_ONCE, _WAITING)
_drawn: ContextVar[_Drawn | None] = ContextVar("what this run of a page has asked", default=None)


def use(office: Office) -> None:
    """Give every page this office; whoever starts the product calls it once."""
    _here.office = office


def is_served() -> bool:
    """Was it started by `practice-alerts serve`, or by a test? By Streamlit's own command nobody gave an office."""
    return _here.office is not None or not runtime.exists()


def office() -> Office:
    """The office all pages share; opened from the environment where nobody gave one."""
    with _opening:
        if _here.office is None:
            _here.office = open_office(Settings.read())
        return _here.office


@contextmanager
def looked_up_once() -> Iterator[None]:
    """While a page is drawn, who is there and what they hold is asked of the store once, at its beginning."""
    token = _drawn.set(_Drawn())
    try:
        yield
    finally:
        _drawn.reset(token)


@contextmanager
def in_turn() -> Iterator[None]:
    """For whoever is signed in, when few others of their pages are being drawn; asked again who that is after a wait."""
    try:
        with _turns.turn(must_be_signed_in().person_id) as has_waited:
            if has_waited and (drawn := _drawn.get()):
                drawn.who = None
            yield
    except TooMuchAtOnce as told:
        html.paragraph(str(told))
        st.stop()


def signed_in() -> SignedIn | None:
    """Who holds this session now. A revoked session is nobody's from the next rerun on.

    A run is no use of it: a window that is connected again runs by itself. What is sent through it is, at the gate.
    """
    here = office()
    token = st.context.cookies.get(cookie_name(here.settings.base_url))
    return here.sign_in.glance(token) if token else None


def must_be_signed_in() -> SignedIn:
    """The person, or nothing but the way to sign in."""
    drawn = _drawn.get() or _Drawn()
    drawn.who = who = drawn.who or signed_in()
    if who is None:
        # Only what every page has loaded before: a tab that was left open gets nothing new any more.
        st.title("Sign in")
        way = html.link("Sign in", "/sign-in?next=/app/")
        ended = Markup("You are not signed in, or your session has ended. {}")
        html.paragraph(ended.format(way))
        html.paragraph("What you typed is kept.")
        st.stop()
    return who


def actor() -> Actor:
    """The person as they act in the council they have chosen, or their only one."""
    who = must_be_signed_in()
    mine = _actors(who)
    if not mine and (away := without_rules()):
        st.title("The rules of your council are not here")
        st.write(
            as_written(
                f"There are no files for {' and '.join(away)} on this server that could be read, so nothing of it can"
                " be shown. What was recorded is kept. Tell whoever runs the service."
            )
        )
        st.stop()
    if not mine:
        st.title("You hold no post yet")
        st.write("Ask an administrator to enter your post in the directory.")
        st.stop()
    chosen = st.session_state.get("council")
    found = next((one for one in mine if one.council == chosen), mine[0])
    return replace(found, must_prove_again=not office().sign_in.has_proved_lately(who))


def councils() -> tuple[str, ...]:
    """The councils in which this person may act."""
    return tuple(one.council for one in _actors(must_be_signed_in()))


def without_rules() -> tuple[str, ...]:
    """The councils in which the person holds a post, and by whose files nothing goes here."""
    here, who = office(), must_be_signed_in()
    with here.database.reading() as tx:
        held = directory.posts_of(tx, who.person_id, here.today)
    return tuple(sorted({one.council for one in held} - here.councils.keys()))


def _actors(who: SignedIn) -> tuple[Actor, ...]:
    drawn = _drawn.get() or _Drawn()
    if drawn.actors is None:
        here = office()
        with here.database.reading() as tx:
            found = actors.actors(here, tx, who.person_id)
        drawn.actors = tuple(one for one in found if one.council in here.councils)
    return drawn.actors
