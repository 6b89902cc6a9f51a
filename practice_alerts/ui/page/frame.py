"""The frame around every page of the app: header, council, who is signed in, the pages of their role."""

import streamlit as st
from markupsafe import Markup

from practice_alerts import PACKAGE
from practice_alerts.casework.acts.raising import from_paper
from practice_alerts.casework.jobs import undelivered
from practice_alerts.casework.views import work_tray
from practice_alerts.casework.views.app_pages import APP_PAGES
from practice_alerts.domain.acts.permissions import Actor, may_raise
from practice_alerts.domain.complete import complete
from practice_alerts.domain.directory.office_permissions import (
    OfficeAct,
    StartPage,
    may_run,
    start_pages,
)
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.ui.page import html, page_start, session
from practice_alerts.ui.page.as_written import as_written

WORK_TRAY = "pages/work_tray.py"
RAISE = "pages/raise_alert.py"
ALERT = "pages/alert.py"
SERVICE = "pages/service.py"
OVERVIEW = "pages/board.py"
FORMAL = "pages/formal_alerts.py"
AUDIT = "pages/audit.py"
RECORDS = "pages/records.py"
SECURITY_LOG = "pages/security_log.py"
DIRECTORY = "pages/directory.py"
CALENDAR = "pages/calendar.py"
EMAILS = "pages/letters.py"
WHAT_IF = "pages/what_if.py"
SERVICE_SETTINGS = "pages/service_settings.py"
SETTINGS = "pages/settings.py"

_EVERY = {
    WORK_TRAY: "tray",
    ALERT: "alert",
    WHAT_IF: "forecast",
    SETTINGS: "settings",
    RAISE: "raise",
    SERVICE: "service",
    OVERVIEW: "board",
    FORMAL: "formal-alerts",
    AUDIT: "audit",
    RECORDS: "records",
    SECURITY_LOG: "security-log",
    DIRECTORY: "directory",
    CALENDAR: "calendar",
    EMAILS: "letters",
    SERVICE_SETTINGS: "service-settings",
}
"""Each page with its name in addresses, which has its title in `APP_PAGES`."""

_STARTS = complete(
    StartPage,
    {
        StartPage.TRAY: WORK_TRAY,
        StartPage.SERVICE: SERVICE,
        StartPage.OVERVIEW: OVERVIEW,
        StartPage.DIRECTORY: DIRECTORY,
        StartPage.FORMAL: FORMAL,
        StartPage.RECORDS: RECORDS,
    },
)

_MARK = PACKAGE / "web" / "static" / "mark.svg"
_OFFICE = {
    SERVICE: OfficeAct.SEE_SERVICE,
    OVERVIEW: OfficeAct.SEE_OVERVIEW,
    FORMAL: OfficeAct.SEE_FORMAL,
    AUDIT: OfficeAct.SEE_SAMPLES,
    RECORDS: OfficeAct.SEE_RECORDS,
    SECURITY_LOG: OfficeAct.READ_SECURITY_LOG,
    DIRECTORY: OfficeAct.SEE_DIRECTORY,
    CALENDAR: OfficeAct.SEE_CALENDAR,
    EMAILS: OfficeAct.SEE_EMAILS,
    SERVICE_SETTINGS: OfficeAct.SEE_SETTINGS,
}
_SAMPLE = Markup(
    '<p class="sample"><strong>Sample data.</strong>'
    " Every person, child and alert here is made up.</p>"
)
_ALERTS = Markup('<a href="/app/" target="_self" aria-current="true">Alerts</a>')


def not_alone() -> None:
    """What stands here under `streamlit run`, where no gate is in front and nobody can sign in."""
    st.title("This is one part of practice alerts")
    st.write(
        "It does not run by itself: signing in, the answer pages, the log and the guide belong to it. Stop this and"
        " start the whole with `make run`, or `practice-alerts serve`; the app is then at `/app`."
    )


def run() -> None:
    """Draw the frame and the page that was asked for."""
    st.set_page_config(page_title=html.PRODUCT, page_icon=_MARK, layout="wide")
    html.style()
    with session.looked_up_once(), session.in_turn():
        _draw()


def _draw() -> None:
    actor = session.actor()
    page = st.navigation(_pages(actor), position="hidden")
    _header(actor)
    _below_the_header(actor, page)
    if page.url_path == "":
        _other_starts(actor)
    page_start.say_where(page.url_path)
    page.run()


def address_of(path: str) -> str:
    """Where a page stands for everybody, whatever their start page is."""
    return f"/app/{_EVERY[path]}"


def to_alert(reference: str) -> Markup:
    """A link to its page, called by its reference."""
    return html.link(reference, f"{address_of(ALERT)}?reference={reference}")


def raises(actor: Actor) -> bool:
    """Does this person hold a post that raises alerts?"""
    procedure = session.office().council(actor.council).procedure
    return may_raise(actor, frozenset(procedure.raising_posts))


def enters(actor: Actor) -> bool:
    """The same, or may they enter for somebody what was sent on paper?"""
    return raises(actor) or from_paper.enters_for_others(session.office(), actor)


def _menu(actor: Actor) -> list[tuple[str, str]]:
    """The pages of this person and their titles; a number where something waits."""
    waiting = undelivered.how_many(session.office(), actor)
    count = {EMAILS: f" ({waiting})"} if waiting else {}
    return [(path, APP_PAGES[_EVERY[path]] + count.get(path, "")) for path in _offered(actor)]


def _offered(actor: Actor) -> list[str]:
    """Those of the office by the rule that its verbs ask."""
    office = [path for path, act in _OFFICE.items() if may_run(actor, act, actor.council)]
    return [WORK_TRAY, *([RAISE] if enters(actor) else []), WHAT_IF, *office, SETTINGS]


def _pages(actor: Actor) -> list[st.Page]:
    """The page on which this person begins, at the bare address, and each of theirs at its own."""
    offered = {ALERT, *_offered(actor)}
    start = _STARTS[start_pages(actor)[0]]
    return [
        st.Page(start, title=APP_PAGES[_EVERY[start]], url_path="start", default=True),
        *(
            st.Page(path, title=APP_PAGES[name], url_path=name)
            for path, name in _EVERY.items()
            if path in offered
        ),
    ]


def _other_starts(actor: Actor) -> None:
    """Where else this person's day could begin, and whether something waits for them there."""
    others = [_STARTS[one] for one in start_pages(actor)[1:]]
    if not others:
        return
    waiting = work_tray.to_do(session.office(), actor) if WORK_TRAY in others else 0
    count = {WORK_TRAY: f" ({waiting} for you to do)"} if waiting else {}
    titles = {path: APP_PAGES[_EVERY[path]] + count.get(path, "") for path in others}
    ways = (html.link(title, address_of(path)) for path, title in titles.items())
    html.paragraph(Markup("Yours too: {}").format(Markup(" · ").join(ways)), "pa-quiet")


def _header(actor: Actor) -> None:
    """The same as on the plain pages and over the log: web/templates/_header.html."""
    sample = _SAMPLE if session.office().settings.sample else ""
    faces = [html.link("Guide", "/"), _ALERTS]
    faces += (
        [html.link("Log", "/log/")] if may_run(actor, OfficeAct.READ_LOG, actor.council) else []
    )
    faces += (
        [html.link("Reports", "/reports")]
        if may_run(actor, OfficeAct.READ_REPORTS, actor.council)
        else []
    )
    faces += (
        [html.link("Disclosures", "/disclosures")]
        if may_run(actor, OfficeAct.DISCLOSE, actor.council)
        else []
    )
    faces.append(html.link("Help", "/using/raise-an-alert/"))
    header = Markup(
        '<header class="top">{}<div class="top-row"><p class="product">{}</p>'
        '<nav aria-label="Main">{}</nav><form class="who" action="/sign-out" method="post">'
        '<span><span class="as">Signed in as </span><strong>{}</strong></span>'
        '<button type="submit">Sign out</button></form></div></header>'
    )
    product = html.link(html.PRODUCT, "/")
    html.html(header.format(sample, product, html.listed(faces), actor.name))


def _below_the_header(actor: Actor, present: st.Page) -> None:
    """The pages of this person's role, and as what and for which council they are here."""
    here = session.office()
    procedure = here.council(actor.council).procedure
    titles = OFFICE_POSTS | {post: role.title for post, role in procedure.roles.items()}
    posts = ", ".join(sorted(titles.get(post, post) for post in actor.posts)) or "standing in"
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        with st.container(key="pa-menu", horizontal=True, gap="medium", width="content"):
            for path, title in _menu(actor):
                # A start page has two addresses, and whichever one is at is the present one.
                page = present if present.title == APP_PAGES[_EVERY[path]] else path
                st.page_link(page, label=as_written(title), width="content")
        html.quiet(f"{posts}, {procedure.council}", width="content")
        _choose_council(actor)


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
