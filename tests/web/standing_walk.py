"""Every address of the whole product, and who gets what there. A route without a line here fails the walk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from starlette.applications import Starlette
from starlette.routing import Mount

from practice_alerts.web.app_face.streamlit_app import smaller_fonts
from tests.helpers.product.two_councils import HERE, THERE, TwoCouncils, Visitor
from tests.web.test_application import LOG_ADDRESSES


class Admits(Enum):
    EVERYBODY = auto()
    SIGNED_IN = auto()
    """Whoever has a session, and a post today."""
    ASKED = auto()
    """Whoever is asked; nobody's session gets the way to sign in, and everybody else nothing."""
    READERS = auto()
    """Whoever may read the alert."""
    AUDITORS = auto()
    """Whoever audits this council."""
    LOG = auto()
    """Readers of this council's log."""
    ANY_LOG = auto()
    """Readers of some log."""
    DISCLOSES = auto()
    """Whoever may hand out everything about somebody in this council."""
    ANY_DISCLOSES = auto()
    """The same in some council."""
    REPORTS = auto()
    """Readers of this council's reports."""
    LISTS = auto()
    """Those of them who may open every alert."""
    ANY_REPORTS = auto()
    """Readers of some council's."""
    SHUT = auto()
    """Nobody at all; a reader of the log may be told that it is forbidden or not there."""


@dataclass(frozen=True)
class Line:
    """`addresses` are filled in for each council; `gives` is what those get who are let in."""

    admits: Admits
    addresses: tuple[str, ...]
    gives: frozenset[int] = frozenset({200})
    sends: frozenset[str] = frozenset()
    """Methods that change something there."""
    kept: bool = False
    cookies: frozenset[str] = frozenset()
    """That its answer may set."""


def line(admits: Admits, *addresses: str, gives: tuple[int, ...] = (200,), **more: Any) -> Line:
    return Line(admits, addresses, frozenset(gives), **more)


POST: Final = frozenset({"POST"})
FILES: Final = frozenset({"PUT", "DELETE", "OPTIONS"})
ASKS: Final = frozenset({"OPTIONS"})
EVERY_METHOD: Final = frozenset({"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})

SEES: Final = {
    HERE: {"iro", "manager", "boss", "sampler", "auditor", "support"},
    THERE: {
        *(
            "merton-iro",
            "merton-boss",
            "merton-social_worker",
            "merton-team_manager",
            "merton-auditor",
            "merton-support",
        ),
        *("merton-safeguarding_manager", "merton-qa_administrator"),
    },
}
"""Who may read the one alert of each council: its officer, those asked and copied, who manages the service,
whoever audits it, auditors and support."""

TABLE: Final = {
    "/sign-in": line(Admits.EVERYBODY, "/sign-in", "/sign-in?next=/log/", sends=POST),
    "/sign-in/use": line(Admits.EVERYBODY, "/sign-in/use", gives=(400,), sends=POST),
    "/sign-in/{token}": line(Admits.EVERYBODY, "/sign-in/made-up", gives=(400,)),
    "/sign-out": line(Admits.EVERYBODY, "/sign-out", sends=POST),
    "/who": line(Admits.EVERYBODY, "/who"),
    "/sessions": line(Admits.SIGNED_IN, "/sessions", sends=POST),
    "/sessions/again": line(
        Admits.SIGNED_IN, "/sessions/again", "/sessions/again?next=/app/directory", sends=POST
    ),
    # No council of the walk has single sign-on; where both have it, test_walk_with_sign_on.py walks.
    "/sign-in/with/{council}": line(Admits.EVERYBODY, "/sign-in/with/{council}", gives=(404,)),
    "/sign-in/back/{council}": line(
        Admits.EVERYBODY, "/sign-in/back/{council}?code=x&state=y", gives=(404,)
    ),
    "/sign-out/at/{council}": line(Admits.EVERYBODY, "/sign-out/at/{council}", gives=(404,)),
    "/ended-elsewhere/{council}": line(
        Admits.EVERYBODY, "/ended-elsewhere/{council}", gives=(405,)
    ),
    "/healthz": line(Admits.EVERYBODY, "/healthz"),
    "/readyz": line(Admits.EVERYBODY, "/readyz"),
    "/metrics": line(Admits.EVERYBODY, "/metrics", gives=(404,)),
    "/app": line(Admits.SIGNED_IN, "/app", gives=(307,), sends=EVERY_METHOD),
    "/log": line(Admits.ANY_LOG, "/log", gives=(307,)),
    "/respond/{asking}": line(Admits.ASKED, "/respond/{asking}", sends=POST),
    "/respond/{asking}/thanks": line(
        Admits.ASKED, "/respond/{asking}/thanks", gives=(303,), sends=POST
    ),
    "/respond/{asking}/copy": line(
        Admits.ASKED, "/respond/{asking}/copy", gives=(303,), sends=POST
    ),
    "/security-log.csv": line(Admits.AUDITORS, "/security-log.csv?council={council}"),
    "/documents/{reference}.docx": line(Admits.READERS, "/documents/{reference}.docx"),
    "/documents/{reference}.pdf": line(Admits.READERS, "/documents/{reference}.pdf", gives=(404,)),
    "/documents/{reference}.zip": line(Admits.READERS, "/documents/{reference}.zip"),
    "/documents/{reference}": line(Admits.READERS, "/documents/{reference}"),
    "/documents/{reference}/{act}-{number:int}.docx": line(
        Admits.READERS, "/documents/{reference}/note-1.docx", gives=(404,)
    ),
    "/documents/{reference}/{act}-{number:int}.pdf": line(
        Admits.READERS, "/documents/{reference}/note-1.pdf", gives=(404,)
    ),
    "/documents/{reference}/{act}-{number:int}": line(
        Admits.READERS, "/documents/{reference}/note-1", gives=(404,)
    ),
    "/reports": line(Admits.ANY_REPORTS, "/reports", gives=(303,)),
    "/reports/{council}": line(Admits.REPORTS, "/reports/{council}"),
    "/reports/{council}/{report}": line(
        Admits.REPORTS,
        "/reports/{council}/service?from_day=2025-05-01&to_day=2025-05-31",
        sends=POST,
    ),
    **{
        f"/reports/{{council}}/{{report}}/{what}": line(
            Admits.REPORTS,
            f"/reports/{{council}}/service/{what}?from_day=2025-05-01&to_day=2025-05-31",
            gives=(404,),
            sends=POST,
        )
        for what in ("words", "action")
    },
    "/reports/{council}/{report}/behind": line(
        Admits.REPORTS,
        "/reports/{council}/service/behind?from_day=2025-06-01&to_day=2025-06-30"
        "&figure=raised&row=All&number=alerts",
    ),
    "/reports/{council}/charts/{key}.svg": line(
        Admits.REPORTS, "/reports/{council}/charts/made-up.svg", gives=(404,)
    ),
    **{
        f"/reports/{{council}}/list{ending}": line(
            Admits.REPORTS,
            f"/reports/{{council}}/list{ending}?from_day=2025-05-01&to_day=2025-06-30",
        )
        for ending in ("", ".csv")
    },
    **{
        f"/reports/{{council}}/teams{ending}": line(
            Admits.LISTS,
            f"/reports/{{council}}/teams{ending}?from_day=2025-06-01&to_day=2025-06-30{more}",
        )
        for ending, more in (("", ""), ("/behind", "&team=x&number=concerns"))
    },
    "/reports/{council}/{report}.docx": line(
        Admits.REPORTS, "/reports/{council}/service.docx?from_day=2025-05-01&to_day=2025-05-31"
    ),
    "/disclosures": line(Admits.ANY_DISCLOSES, "/disclosures", gives=(303,)),
    "/disclosures/{council}": line(Admits.DISCLOSES, "/disclosures/{council}", sends=POST),
    **{
        f"/disclosures/{{council}}/{{number:int}}{ending}": line(
            Admits.DISCLOSES, f"/disclosures/{{council}}/1{ending}", gives=(404,), sends=sends
        )
        for ending, sends in (("", POST), (".docx", frozenset()), (".json", frozenset()))
    },
    "/records/{council}/{number:int}.docx": line(
        Admits.DISCLOSES, "/records/{council}/1.docx", gives=(404,)
    ),
    "/dates": line(Admits.EVERYBODY, "/dates", "/dates?council={council}&clock=3+working+days"),
    "/calendar/{token}.ics": line(Admits.EVERYBODY, "/calendar/made-up.ics", gives=(404, 429)),
    # A council's own system: its token alone lets in, and no visitor of this walk has one.
    "/scim/{rest:path}": line(
        Admits.EVERYBODY,
        *("/scim/v2/{council}/Users", "/scim/v2/{council}/Users/made-up"),
        *("/scim/v2/{council}/Schemas", "/scim/v2/atlantis/Users", "/scim", "/scim/v1/{council}"),
        gives=(401, 404, 429),
    ),
    "/static": line(Admits.EVERYBODY, "/static/look.css", kept=True),
    "/app/static": line(Admits.EVERYBODY, "/app/static/css/made-up.css", gives=(404,)),
    **{
        address: line(Admits.EVERYBODY, address, kept=True) for address, _ in smaller_fonts()
    },  # of Streamlit's, with our files behind them
    "": line(Admits.EVERYBODY, "/", "/index.html", kept=True),
    # The app: Streamlit's own addresses, whatever its next version adds.
    "/app/_stcore/health": line(Admits.SIGNED_IN, "/app/_stcore/health", sends=ASKS),
    "/app/_stcore/metrics": line(
        Admits.SIGNED_IN, "/app/_stcore/metrics", gives=(404,), sends=ASKS
    ),
    "/app/_stcore/host-config": line(Admits.SIGNED_IN, "/app/_stcore/host-config"),
    "/app/media/{file_id:path}": line(
        Admits.SIGNED_IN, "/app/media/made-up.docx", gives=(404,), sends=ASKS
    ),
    "/app/_stcore/upload_file/{session_id}/{file_id}": line(
        Admits.SIGNED_IN, "/app/_stcore/upload_file/made-up/x", gives=(404,), sends=FILES
    ),
    "/app/component/{path:path}": line(
        Admits.SIGNED_IN, "/app/component/made-up/index.html", gives=(404,), sends=ASKS
    ),
    "/app/_stcore/bidi-components/{path:path}": line(
        Admits.SIGNED_IN, "/app/_stcore/bidi-components/made-up", gives=(404,), sends=ASKS
    ),
    "/app/_stcore/stream": line(Admits.SIGNED_IN, "/app/_stcore/stream", gives=(200, 403, 404)),
    "/app/auth/login": line(Admits.SIGNED_IN, "/app/auth/login", gives=(302, 400, 403, 404)),
    "/app/auth/logout": line(Admits.SIGNED_IN, "/app/auth/logout", gives=(302, 400, 403, 404)),
    "/app/oauth2callback": line(
        Admits.SIGNED_IN, "/app/oauth2callback", gives=(302, 400, 403, 404)
    ),
    **{
        f"/app/_stcore/agent/{name}": line(
            Admits.SIGNED_IN,
            f"/app/_stcore/agent/{name}",
            gives=(404,),
            sends=EVERY_METHOD,
        )
        for name in ("interact", "openapi.json", "mcp")
    },
    "/app/": line(
        Admits.SIGNED_IN,
        *("/app/", "/app/alert?reference={reference}", "/app/directory", "/app/settings"),
        sends=EVERY_METHOD,
    ),
}
"""By the path of the route; the log's, which Datasette keeps as patterns, stand below."""


def log_lines() -> Iterator[Line]:
    """One for each of the addresses that cover the patterns of Datasette, for each council."""
    for address in LOG_ADDRESSES:
        path = address.partition("?")[0]
        if path.startswith(("/-", "/_", "/:")) or path.endswith(".db"):
            yield line(Admits.SHUT, f"/log{address}")
        elif path.startswith("/lambeth"):
            own = address.replace("lambeth", "{council}").replace("by_stage", "alerts")
            yield line(Admits.LOG, f"/log{own}", gives=(200, 302, 400, 404))
        elif path in {"/", "/.json", "/favicon.ico"}:
            yield line(Admits.ANY_LOG, f"/log{address}", gives=(200, 404))
    queries = ("select+*+from+alerts", "select+summary+from+alerts", "select+*+from+merton.alerts")
    yield line(
        Admits.LOG,
        *(f"/log/{{council}}.{form}?sql={sql}" for sql in queries for form in ("json", "csv")),
        "/log/{council}/alerts/{reference}.json",
        gives=(200, 302, 400, 404),
    )
    # Led to the plain way of writing it, and asked there who they are.
    yield line(Admits.ANY_LOG, "/log/{council}/%61lerts.json", gives=(302,))


def paths(app: Starlette) -> Iterator[str]:
    """The path of each route, those of the mounted app included once it has been asked for something."""
    for route in app.routes:
        path = str(getattr(route, "path", ""))
        if isinstance(route, Mount) and path == "/app":
            inner: Any = route.app
            for each in inner._starlette_app.routes:
                yield f"/app{getattr(each, 'path', '') or '/'}"
        elif path != "/log" or not isinstance(route, Mount):
            yield path


@dataclass(frozen=True)
class Place:
    """One address of one council, as it is asked for."""

    line: Line
    address: str
    council: str

    def gives(self, who: Visitor) -> frozenset[int]:
        """The statuses with which this visitor may be answered."""
        stranger = frozenset({401})
        match self.line.admits:
            case Admits.EVERYBODY:
                return self.line.gives
            case Admits.ASKED if not who.is_known:
                return frozenset({200})
            case _ if not who.is_known:
                return stranger
            case Admits.SHUT:
                return frozenset({301, 403, 404})
            case _:
                return self.line.gives if self.lets_in(who) else frozenset({403, 404})

    def lets_in(self, who: Visitor) -> bool:
        asked = {"manager", "merton-social_worker"} & SEES[self.council]
        lets_in = {
            Admits.EVERYBODY: True,
            Admits.SIGNED_IN: who.is_known,
            Admits.ASKED: who.name in asked,
            Admits.READERS: who.name in SEES[self.council],
            Admits.AUDITORS: (self.council, "auditor") in who.posts,
            Admits.LOG: who.reads_log_of(self.council),
            Admits.ANY_LOG: any(who.reads_log_of(one) for one in (HERE, THERE)),
            Admits.DISCLOSES: who.discloses_in(self.council),
            Admits.ANY_DISCLOSES: any(who.discloses_in(one) for one in (HERE, THERE)),
            Admits.REPORTS: who.reads_reports_of(self.council),
            Admits.LISTS: who.lists_alerts_of(self.council),
            Admits.ANY_REPORTS: any(who.reads_reports_of(one) for one in (HERE, THERE)),
            Admits.SHUT: False,
        }
        return lets_in[self.line.admits]

    def is_the_alert_on_screen(self, two: TwoCouncils) -> bool:
        return self.address == f"/documents/{two.alerts[self.council].alert.reference}"

    def may_name(self, council: str, who: Visitor) -> bool:
        """May the answer hold what was typed in that council?"""
        if self.line.admits in {Admits.LOG, Admits.ANY_LOG}:
            return who.reads_log_of(council)
        return self.council == council and self.lets_in(who)


def places(two: TwoCouncils, table: Mapping[str, Line] = TABLE) -> Iterator[Place]:
    for one in (*table.values(), *log_lines()):
        for template in one.addresses:
            councils = (HERE, THERE) if re.search(r"\{", template) else (HERE,)
            for council in councils:
                known = {
                    "council": council,
                    "reference": two.alerts[council].alert.reference,
                    "asking": two.asking_id(council),
                }
                yield Place(one, template.format(**known), council)
