"""The frame around every page of the app: header, council, who is signed in, the pages of their role."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from practice_alerts import PACKAGE
from practice_alerts.casework import letters
from practice_alerts.casework.people import OFFICE_POSTS
from practice_alerts.domain.office_permissions import OfficeAct, may_run
from practice_alerts.domain.permissions import Actor, may_raise
from practice_alerts.ui import arriving, session, show

WORK_TRAY = "pages/work_tray.py"
RAISE = "pages/raise_alert.py"
ALERT = "pages/alert.py"
SERVICE = "pages/service.py"
BOARD = "pages/board.py"
DIRECTORY = "pages/directory.py"
CALENDAR = "pages/calendar.py"
LETTERS = "pages/letters.py"
WHAT_IF = "pages/what_if.py"
SETTINGS = "pages/settings.py"

_MARK = PACKAGE / "web" / "static" / "mark.svg"
_LOG_READERS = {"qa_lead", "iro_manager"}
_SAMPLE = Markup(
    '<p class="sample"><strong>Sample data.</strong>'
    " Every person, child and alert here is made up.</p>"
)
_ALERTS = Markup('<a href="/app/" target="_self" aria-current="true">Alerts</a>')


def run() -> None:
    """Draw the frame and the page that was asked for."""
    st.set_page_config(page_title=show.PRODUCT, page_icon=_MARK, layout="wide")
    show.style()
    if session.signed_in() is None:
        session.must_be_signed_in()
    actor = session.actor()
    page = st.navigation(_pages(actor), position="hidden")
    _header(actor)
    _below_the_header(actor)
    arriving.say_where(page.url_path)
    page.run()


def raises(actor: Actor) -> bool:
    """Does this person hold a post that raises alerts?"""
    procedure = session.office().council(actor.council).procedure
    return may_raise(actor, frozenset(procedure.raised_by.values()))


def _menu(actor: Actor) -> list[tuple[str, str]]:
    found = [(WORK_TRAY, "Work tray")]
    if raises(actor):
        found.append((RAISE, "Raise an alert"))
    found.append((WHAT_IF, "What if nobody answers"))
    if actor.posts & _LOG_READERS:
        found += [(SERVICE, "The whole service"), (BOARD, "The board")]
    return [*found, *_running_the_office(actor), (SETTINGS, "My settings")]


def _running_the_office(actor: Actor) -> list[tuple[str, str]]:
    """Last in the menu, each by the rule that its verbs ask as well."""
    found = [
        (path, title)
        for path, title, act in (
            (DIRECTORY, "Directory", OfficeAct.KEEP_DIRECTORY),
            (CALENDAR, "Calendar", OfficeAct.KEEP_CALENDAR),
            (LETTERS, "Letters that did not arrive", OfficeAct.SEE_LETTERS),
        )
        if may_run(actor, act, actor.council)
    ]
    waiting = letters.how_many(session.office(), actor)
    return [
        (path, f"{title} ({waiting})" if path == LETTERS and waiting else title)
        for path, title in found
    ]


def _pages(actor: Actor) -> list[st.Page]:
    offered = {path for path, _ in _menu(actor)}
    pages = [st.Page(WORK_TRAY, title="Work tray", url_path="tray", default=True)]
    pages.append(st.Page(ALERT, title="Alert", url_path="alert"))
    pages.append(st.Page(WHAT_IF, title="What if nobody answers", url_path="forecast"))
    pages.append(st.Page(SETTINGS, title="My settings", url_path="settings"))
    if RAISE in offered:
        pages.append(st.Page(RAISE, title="Raise an alert", url_path="raise"))
    if SERVICE in offered:
        pages.append(st.Page(SERVICE, title="The whole service", url_path="service"))
    if BOARD in offered:
        pages.append(st.Page(BOARD, title="The board", url_path="board"))
    if DIRECTORY in offered:
        pages.append(st.Page(DIRECTORY, title="Directory", url_path="directory"))
    if CALENDAR in offered:
        pages.append(st.Page(CALENDAR, title="Calendar", url_path="calendar"))
    if LETTERS in offered:
        pages.append(st.Page(LETTERS, title="Letters that did not arrive", url_path="letters"))
    return pages


def _header(actor: Actor) -> None:
    """The same as on the plain pages and over the log: web/templates/_header.html."""
    sample = _SAMPLE if session.office().settings.sample else ""
    faces = [show.link("Guide", "/"), _ALERTS]
    faces += [show.link("Log", "/log/")] if actor.posts & _LOG_READERS else []
    header = Markup(
        '<header class="top">{}<div class="top-row"><p class="product">{}</p>'
        '<nav aria-label="Main">{}</nav><form class="who" action="/sign-out" method="post">'
        '<span><span class="as">Signed in as </span><strong>{}</strong></span>'
        '<button type="submit">Sign out</button></form></div></header>'
    )
    product = show.link(show.PRODUCT, "/")
    show.html(header.format(sample, product, show.listed(faces), actor.name))


def _below_the_header(actor: Actor) -> None:
    """The pages of this person's role, and as what and for which council they are here."""
    here = session.office()
    council = here.council(actor.council).procedure.council
    posts = ", ".join(sorted(_title(actor, post) for post in actor.posts)) or "standing in"
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        with st.container(key="pa-menu", horizontal=True, gap="medium", width="content"):
            for path, title in _menu(actor):
                st.page_link(path, label=title, width="content")
        show.quiet(f"{posts}, {council}", width="content")
        _choose_council(actor)


def _title(actor: Actor, post: str) -> str:
    procedure = session.office().council(actor.council).procedure
    role = procedure.roles.get(post)
    return OFFICE_POSTS.get(post) or (role.title if role else post)


def _choose_council(actor: Actor) -> None:
    mine = session.councils()
    if len(mine) > 1:
        names = {name: session.office().council(name).procedure.council for name in mine}
        st.selectbox(
            "Council",
            mine,
            index=mine.index(actor.council),
            format_func=names.__getitem__,
            key="council",
            width=240,
        )
