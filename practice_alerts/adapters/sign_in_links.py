"""Signing in: one-time links and the sessions they open. The only file that knows itsdangerous.

A link's address carries a random id under a signature made for this one purpose; what it is for lies in
the store. A session's token is random and handed out once; the store keeps its SHA-256 only, so a copy of
the database opens no session.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from itsdangerous import BadSignature, Signer, URLSafeSerializer

# Long enough for a mail to arrive and be read between two visits, short enough that a forgotten mail
# opens nothing.
LINK_LIFE = timedelta(minutes=30)
# One working day at a desk. There is no "keep me signed in": these are children's records.
SESSION_LIFE = timedelta(hours=12)


class LinkState(StrEnum):
    USABLE = "usable"
    USED = "used"
    EXPIRED = "expired"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, as the store knows them now."""

    person_id: str
    name: str
    posts: frozenset[tuple[str, str]]
    """Pairs of council and post, as held today: a post in one council says nothing of another."""

    def councils_as(self, *posts: str) -> frozenset[str]:
        """Where they hold one of these posts today."""
        return frozenset(council for council, post in self.posts if post in posts)


@dataclass(frozen=True, slots=True)
class Entered:
    """What using a link gives: the token for the cookie, and where the person was going."""

    session_token: str
    next_path: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    id: str
    person_id: str
    next_path: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewSession:
    digest: str
    person_id: str
    started_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session joined with its person, so that a role taken away is gone at the next look."""

    digest: str
    who: SignedIn
    expires_at: datetime
    revoked_at: datetime | None = None


class SignInRows(Protocol):
    """The row operations that signing in needs from the store."""

    def add_link(self, row: LinkRow) -> None: ...

    def link(self, link_id: str) -> LinkRow | None: ...

    def use_link(self, link_id: str, session: NewSession) -> bool:
        """Mark the link used and open the session, in one transaction; False when it was used before."""
        ...

    def session(self, digest: str) -> SessionRow | None:
        """None too for a person who may no longer sign in: who has left, or holds no post today."""
        ...

    def revoke_session(self, digest: str, at: datetime) -> None: ...

    def revoke_sessions_of(self, person_id: str, at: datetime) -> None: ...


class SignIn:
    """`now` must name its zone. Whoever changes the key signs everybody out and spoils every link."""

    def __init__(self, rows: SignInRows, key: str, now: Callable[[], datetime]) -> None:
        self._rows = rows
        self._now = now
        # Two purposes, two salts: a cookie offered as a link, or a link as a cookie, is a forgery.
        links, cookies = "practice-alerts sign-in link", "practice-alerts session"
        way: dict[str, Any] = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        self._links = URLSafeSerializer(key, salt=links, signer_kwargs=way)
        self._cookies = Signer(key, salt=cookies, **way)

    def issue_link(self, person_id: str, next_path: str = "/app/") -> str:
        """Give a token for /sign-in/TOKEN. The caller has made sure that the path is one of our own."""
        link_id = secrets.token_urlsafe(16)
        self._rows.add_link(LinkRow(link_id, person_id, next_path, self._now() + LINK_LIFE))
        return str(self._links.dumps(link_id))

    def peek(self, token: str) -> LinkState:
        """Say what the link is worth, without using it up."""
        return self._find(token)[0]

    def use(self, token: str) -> Entered | LinkState:
        """Use the link up and open a session; a link that is not usable says why instead."""
        state, found = self._find(token)
        if found is None or state is not LinkState.USABLE:
            return state
        secret = secrets.token_urlsafe(32)  # 256 bits
        now = self._now()
        session = NewSession(_digest(secret), found.person_id, now, now + SESSION_LIFE)
        if not self._rows.use_link(found.id, session):
            return LinkState.USED  # somebody pressed the button twice, or two people did
        return Entered(self._cookies.sign(secret).decode("ascii"), found.next_path)

    def look_up(self, session_token: str) -> SignedIn | None:
        digest = self._digest_in(session_token)
        row = self._rows.session(digest) if digest is not None else None
        if digest is None or row is None or not hmac.compare_digest(row.digest, digest):
            return None
        if row.revoked_at is not None or row.expires_at <= self._now():
            return None
        return row.who

    def revoke(self, session_token: str) -> None:
        """Close this session. A token that opens none is no fault: the person wanted to be out."""
        digest = self._digest_in(session_token)
        if digest is not None:
            self._rows.revoke_session(digest, self._now())

    def revoke_person(self, person_id: str) -> None:
        """Close every session of somebody who lost a role, a telephone or their post."""
        self._rows.revoke_sessions_of(person_id, self._now())

    def _find(self, token: str) -> tuple[LinkState, LinkRow | None]:
        try:
            row = self._rows.link(str(self._links.loads(token)))
        except BadSignature:
            return LinkState.FORGED, None
        if row is not None and row.used_at is not None:
            return LinkState.USED, row
        # Without a row it is ours by its signature, and the store has swept it away since.
        over = row is None or row.expires_at <= self._now()
        return (LinkState.EXPIRED if over else LinkState.USABLE), row

    def _digest_in(self, session_token: str) -> str | None:
        try:
            return _digest(self._cookies.unsign(session_token).decode("ascii"))
        except (BadSignature, UnicodeError):
            return None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def cookie_name(base_url: str) -> str:
    """What the session's cookie is called at this address."""
    # A browser takes a __Host- cookie from this very host over https only, so that no neighbour under
    # the council's domain can plant one. Over plain http (a trial on one's own machine) it would refuse
    # the name.
    secure = base_url.startswith("https://")
    return "__Host-practice_alerts" if secure else "practice_alerts"
