"""Every address of the product, and who may go there. What is not listed here is refused.

The gate asks this table for each request and each websocket; `application.build` refuses to start when a
face is mounted at an address that has no line of its own.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final

from practice_alerts.adapters.links_and_sessions import SignedIn
from practice_alerts.domain.directory.office_permissions import OfficeAct, posts_that

EVERYONE: Final = None
ANYBODY_SIGNED_IN: Final[frozenset[str]] = frozenset()
NOBODY: Final = frozenset({""})  # no post is called so
LOG_READERS: Final = posts_that(OfficeAct.READ_LOG)
DISCLOSERS: Final = posts_that(OfficeAct.DISCLOSE)
REPORT_READERS: Final = posts_that(OfficeAct.READ_REPORTS)

SHUT: Final = frozenset({HTTPStatus.FORBIDDEN})
HIDDEN: Final = SHUT | {HTTPStatus.NOT_FOUND}  # where what is there is no business of theirs either

READ: Final = frozenset({"GET", "HEAD"})
FILL_IN: Final = frozenset({"GET", "HEAD", "POST"})
# What another program does with people: it changes a part of somebody, and takes somebody out.
KEEP_IN_STEP: Final = FILL_IN | {"PUT", "PATCH", "DELETE"}
# Of what is shut, uploads too: each of their methods is told that there is no page.
ALL: Final = FILL_IN | {"PUT", "DELETE", "OPTIONS"}


class Policy(StrEnum):
    """Which Content-Security-Policy an address gets; `headers.py` spells them out."""

    PLAIN = "plain"
    FORM = "form"
    GUIDE = "guide"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Place:
    """`roles`: None for everyone, empty for anybody who is signed in, NOBODY, else any one of these.

    `kept`: a browser may keep the answer, because it is the same for everyone.
    `pages`: it holds the names right below its prefix, and nothing further down.
    `programs`: other machines send to it, and what they send proves itself; no browser's session counts, and no
    page may send here.
    `refused_with`: what the pages behind it answer whoever may not see them; it is put down.
    `mistyped`: within a council of theirs, what is not there was misspelt, and nobody was kept from anything.
    `by_number`: a machine that watches this one asks it under its number, not by the name that people use.
    """

    prefix: str
    roles: frozenset[str] | None
    methods: frozenset[str] = READ
    policy: Policy = Policy.PLAIN
    sockets: bool = False
    kept: bool = False
    pages: bool = False
    programs: bool = False
    by_number: bool = False
    refused_with: frozenset[int] = frozenset()
    mistyped: bool = False

    def admits(self, signed_in: SignedIn | None) -> bool:
        if self.roles is None:
            return True
        return signed_in is not None and (
            not self.roles or bool(signed_in.councils_as(*self.roles))
        )

    def was_refused(self, status: int, path: str, signed_in: SignedIn | None) -> bool:
        """Whether what a page behind it has answered kept somebody from something."""
        if status not in self.refused_with:
            return False
        if signed_in is None or not self.mistyped or status != HTTPStatus.NOT_FOUND:
            return True
        council = path.removeprefix(self.prefix).strip("/").partition("/")[0]
        return council not in signed_in.councils_as(*self.roles or ())

    def holds(self, path: str) -> bool:
        if self.pages:
            return path == self.prefix.rstrip("/") or path.rpartition("/")[0] + "/" == self.prefix
        return path == self.prefix or path.startswith(self.prefix.rstrip("/") + "/")


GUIDE: Final = Place("/", EVERYONE, policy=Policy.GUIDE, kept=True)

PLACES: Final = (
    GUIDE,
    Place("/static", EVERYONE, kept=True),
    Place("/healthz", EVERYONE, by_number=True),
    Place("/readyz", EVERYONE, by_number=True),
    # The page itself asks where the request comes from.
    Place("/metrics", EVERYONE, by_number=True),
    Place("/sign-in", EVERYONE, FILL_IN),
    Place("/sign-out", EVERYONE, FILL_IN),
    # The header, which the guide asks for: its own pages are the same for everybody.
    Place("/who", EVERYONE),
    # A council's issuer says here that a session has ended there.
    Place("/ended-elsewhere", EVERYONE, frozenset({"POST"}), programs=True),
    Place("/dates", EVERYONE),
    # The address of an answer page is no credential: the page itself asks who is there.
    Place("/respond", EVERYONE, FILL_IN, Policy.FORM),
    # Calendar programs cannot sign in; the token in the address is what they hold.
    Place("/calendar", EVERYONE),
    # A council's own system says who works there; the page itself asks for its token.
    Place("/scim", EVERYONE, KEEP_IN_STEP, programs=True),
    # Of what Streamlit serves, only what the app needs. Its figures, uploads, agents and sign-in stay shut.
    Place("/app", NOBODY, ALL, Policy.APP, sockets=True),
    Place("/app/", ANYBODY_SIGNED_IN, policy=Policy.APP, pages=True),
    Place("/app/oauth2callback", NOBODY, policy=Policy.APP),
    Place("/app/_stcore/health", ANYBODY_SIGNED_IN, policy=Policy.APP),
    Place("/app/_stcore/host-config", ANYBODY_SIGNED_IN, policy=Policy.APP),
    Place("/app/_stcore/stream", ANYBODY_SIGNED_IN, policy=Policy.APP, sockets=True),
    Place("/app/_stcore/bidi-components", ANYBODY_SIGNED_IN, policy=Policy.APP),  # fields that keep
    Place("/app/media", ANYBODY_SIGNED_IN, policy=Policy.APP),  # the mark in the browser's tab
    # Streamlit's own scripts and fonts, named by their content: what anybody can fetch from where it is published.
    Place("/app/static", EVERYONE, policy=Policy.APP, kept=True),
    Place("/documents", ANYBODY_SIGNED_IN),
    Place("/disclosures", DISCLOSERS, FILL_IN, Policy.FORM, refused_with=HIDDEN),
    Place("/records", DISCLOSERS, refused_with=HIDDEN, mistyped=True),
    Place("/reports", REPORT_READERS, FILL_IN, Policy.FORM, refused_with=HIDDEN, mistyped=True),
    Place("/sessions", ANYBODY_SIGNED_IN, FILL_IN),
    Place("/log", LOG_READERS, refused_with=SHUT),
    Place("/security-log.csv", posts_that(OfficeAct.READ_SECURITY_LOG), refused_with=SHUT),
)

_LONGEST_FIRST = sorted(PLACES, key=lambda place: len(place.prefix), reverse=True)


def place_of(path: str) -> Place:
    """`path` is decoded and begins with a slash; what no other line holds is the guide's."""
    return next((place for place in _LONGEST_FIRST if place.holds(path)), GUIDE)


_LONGEST_PATH: Final = 1_000
_TABLE_OF_LOG: Final = (
    4  # parts of /log/COUNCIL/TABLE; what follows there is a row's, in Datasette's letters
)


def first_words() -> frozenset[str]:
    """What no council's folder may be called, because the address is ours."""
    return frozenset(place.prefix.split("/")[1] for place in PLACES) - {""}


def is_plain(path: str) -> bool:
    """Refuse what two programs may read differently: dot segments, empty ones, backslashes, controls.

    Datasette's own way of writing letters too, where the address says whose log it is and which table; and what is longer than any address of ours: a number in it may then be read as one.
    """
    return (
        path.startswith("/")
        and len(path) <= _LONGEST_PATH
        and "//" not in path
        and "\\" not in path
        and path.isprintable()
        and not any(part in {".", ".."} for part in path.split("/"))
        and not any("~" in part for part in path.split("/")[:_TABLE_OF_LOG])
    )


START: Final = "/app/"
_LONGEST_NEXT = 500
_WORTH_RETURNING_TO = (
    "/app",
    "/log",
    "/documents",
    "/respond",
    "/sessions",
    "/disclosures",
    "/reports",
)


def safe_next(wanted: str | None) -> str:
    """Where to go after signing in: one of our own private addresses, else the start page.

    Never another origin: two slashes, a slash and a backslash, or a scheme are what a forged link tries.
    """
    if not wanted or len(wanted) > _LONGEST_NEXT or not wanted.isprintable() or "\\" in wanted:
        return START
    path = re.split(r"[?#]", wanted, maxsplit=1)[0]
    known = any(path == ours or path.startswith(f"{ours}/") for ours in _WORTH_RETURNING_TO)
    return wanted if is_plain(path) and known else START
