"""Signing in: one-time links and the sessions they open. The only file that knows itsdangerous.

A link's address carries a random id under a signature made for this one purpose; what it is for lies in
the store. A session's token is random and handed out once; the store keeps its SHA-256 only, so a copy of
the database opens no session.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from itsdangerous import BadSignature, Signer, URLSafeSerializer

# Long enough for a mail to arrive and be read between two visits, short enough that a forgotten mail
# opens nothing.
LINK_LIFE = timedelta(minutes=30)
# A use within this of the last is not written down: it ends no session more than so much too early.
_NOT_WRITTEN = 20  # of as many parts of the idle limit

_HANDLE = 16  # letters of a digest by which a person's few sessions are told apart

PLAIN_COOKIE = "practice_alerts"


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """There is no "keep me signed in": these are children's records."""

    idle: timedelta = timedelta(minutes=60)
    """Without a page asked for, or anything done on one."""
    whole: timedelta = timedelta(hours=12)
    """However busy: one working day at a desk."""
    proof: timedelta = timedelta(minutes=15)
    """So long after proving who they are somebody may change addresses and posts of others."""

    def end(self, started_at: datetime, used_at: datetime) -> datetime:
        return min(started_at + self.whole, used_at + self.idle)


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
    proved_at: datetime | None = field(default=None, compare=False)
    """When they last proved who they are; None: not known, so long ago."""
    issuer: str = field(default="", compare=False)
    """Of the single sign-on that they came by, if they did."""

    def councils_as(self, *posts: str) -> frozenset[str]:
        """Where they hold one of these posts today."""
        return frozenset(council for council, post in self.posts if post in posts)


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """Whom a link signs in, as the store knows them now."""

    person_id: str
    name: str
    mail: str


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
    proved_at: datetime | None = None
    issuer: str | None = None
    subject: str | None = None
    issuer_session: str | None = None


@dataclass(frozen=True, slots=True)
class OfAccount:
    """With which account of which single sign-on a session is opened."""

    issuer: str
    subject: str
    issuer_session: str | None
    proved_at: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session joined with its person, so that a role taken away is gone at the next look."""

    digest: str
    who: SignedIn
    started_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """One of the places where somebody is signed in, as they are shown it. `handle` opens nothing."""

    handle: str
    started_at: datetime
    ends_at: datetime
    """Unless it is used before then."""
    is_this: bool


class SignInRows(Protocol):
    """The row operations that signing in needs from the store."""

    def must_take_links(self) -> None:
        """Raises StorageTrouble while none can be kept."""

    def add_link(self, row: LinkRow) -> None: ...

    def link(self, link_id: str) -> LinkRow | None: ...

    def owner(self, person_id: str) -> LinkOwner | None:
        """None for a person who may no longer sign in: who has left, or holds no post today."""

    def use_link(self, link_id: str, session: NewSession) -> bool:
        """Mark the link used and open the session, in one transaction; False when it was used before."""

    def open_session(self, session: NewSession) -> None: ...

    def not_let_in(self, person_id: str | None, why: str) -> None:
        """A link was worth nothing; None for one that is nobody's."""

    def session(self, digest: str) -> SessionRow | None:
        """None too for a person who may no longer sign in: who has left, or holds no post today."""

    def sessions_of(self, person_id: str) -> Iterable[NewSession]:
        """Those that nobody has ended, also where their time is over."""

    def digests_of_account(self, issuer: str, subject: str, issuer_session: str) -> Iterable[str]:
        """The sessions that nobody has ended and that were opened with it; of all of them without a session's name."""

    def extend_session(self, digest: str, expires_at: datetime) -> None:
        """To that moment, which may be earlier; nothing for one that was ended meanwhile."""

    def revoke_session(self, digest: str, at: datetime) -> None: ...

    def revoke_sessions_of(self, person_id: str, at: datetime) -> None:
        """And what else opens something to them unasked: links not used yet, and their calendar's address."""


class SignIn:
    """`now` must name its zone. Whoever changes the key signs everybody out and spoils every link."""

    def __init__(
        self,
        rows: SignInRows,
        key: str,
        now: Callable[[], datetime],
        limits: SessionLimits = SessionLimits(),
    ) -> None:
        self._rows = rows
        self._now = now
        self._limits = limits
        # Three purposes, three salts: a cookie offered as a link, or a link as a cookie, is a forgery.
        links, cookies = "practice-alerts sign-in link", "practice-alerts session"
        notes = "practice-alerts way to a sign-on"
        way: dict[str, Any] = {"digest_method": hashlib.sha256, "key_derivation": "hmac"}
        self._links = URLSafeSerializer(key, salt=links, signer_kwargs=way)
        self._cookies = Signer(key, salt=cookies, **way)
        self._notes = URLSafeSerializer(key, salt=notes, signer_kwargs=way)

    def must_give_links(self) -> None:
        """Raises StorageTrouble while none can be made: asked before anybody is told that one was sent."""
        self._rows.must_take_links()

    def issue_link(self, person_id: str, next_path: str = "/app/") -> str:
        """Give a token for /sign-in/TOKEN. The caller has made sure that the path is one of our own."""
        link_id = secrets.token_urlsafe(16)
        self._rows.add_link(LinkRow(link_id, person_id, next_path, self._now() + LINK_LIFE))
        return str(self._links.dumps(link_id))

    def peek(self, token: str) -> LinkState:
        """Say what the link is worth, without using it up."""
        return self._find(token)[0]

    def owner(self, token: str) -> LinkOwner | None:
        """Whom this link signs in; None for one that is worth nothing."""
        state, found = self._find(token)
        is_usable = found is not None and state is LinkState.USABLE
        return self._rows.owner(found.person_id) if found and is_usable else None

    def use(self, token: str) -> Entered | LinkState:
        """Use the link up and open a session; a link that is not usable says why instead."""
        state, found = self._find(token)
        if found is None or state is not LinkState.USABLE:
            return self._not_let_in(found, state)
        token, session = self._new(found.person_id)
        if not self._rows.use_link(found.id, replace(session, proved_at=session.started_at)):
            return self._not_let_in(found, LinkState.USED)  # pressed twice, or by two people
        return Entered(token, found.next_path)

    def _not_let_in(self, found: LinkRow | None, state: LinkState) -> LinkState:
        self._rows.not_let_in(found.person_id if found else None, state.value)
        return state

    def open_by_account(
        self, person_id: str, account: OfAccount, next_path: str = "/app/"
    ) -> Entered:
        """Open a session for somebody whom a single sign-on has vouched for."""
        token, session = self._new(person_id)
        self._rows.open_session(replace(session, **asdict(account)))
        return Entered(token, next_path)

    def end_by_account(self, issuer: str, subject: str, issuer_session: str) -> None:
        """Close what was opened with an account, or in one session of it; either may be empty."""
        for digest in self._rows.digests_of_account(issuer, subject, issuer_session):
            self._rows.revoke_session(digest, self._now())

    def has_proved_lately(self, who: SignedIn) -> bool:
        return who.proved_at is not None and self._now() - who.proved_at <= self._limits.proof

    def note(self, words: Mapping[str, Any]) -> str:
        """Words that a browser keeps for us and cannot change."""
        return str(self._notes.dumps(dict(words)))

    def read_note(self, note: str) -> dict[str, Any] | None:
        """None for words that are not ours."""
        try:
            return dict(self._notes.loads(note))
        except (BadSignature, TypeError, ValueError):
            return None

    def _new(self, person_id: str) -> tuple[str, NewSession]:
        secret = secrets.token_urlsafe(32)  # 256 bits
        now = self._now()
        session = NewSession(_digest(secret), person_id, now, self._limits.end(now, now))
        return self._cookies.sign(secret).decode("ascii"), session

    def look_up(self, session_token: str) -> SignedIn | None:
        """Who uses this session now: it has its whole idle time again."""
        row = self._live(session_token)
        if row is None:
            return None
        ends = self._limits.end(row.started_at, self._now())
        if not timedelta() <= ends - row.expires_at <= self._limits.idle / _NOT_WRITTEN:
            self._rows.extend_session(row.digest, ends)
        return row.who

    def glance(self, session_token: str) -> SignedIn | None:
        """The same for what a browser asks by itself, which keeps no session alive."""
        row = self._live(session_token)
        return row.who if row is not None else None

    def sessions_of(self, session_token: str) -> tuple[OpenSession, ...]:
        """Where the person of this session is signed in, the latest first."""
        this = self._live(session_token)
        if this is None:
            return ()
        theirs = self._rows.sessions_of(this.who.person_id)
        live = [one for one in theirs if one.expires_at > self._now()]
        return tuple(
            OpenSession(
                one.digest[:_HANDLE], one.started_at, one.expires_at, one.digest == this.digest
            )
            for one in sorted(live, key=lambda one: one.started_at, reverse=True)
        )

    def revoke_one(self, session_token: str, handle: str) -> None:
        """Close another session of the same person. One that is not theirs, or none, stays as it is."""
        this = self._live(session_token)
        for one in self._rows.sessions_of(this.who.person_id) if this is not None else ():
            if one.digest[:_HANDLE] == handle:
                self._rows.revoke_session(one.digest, self._now())

    def revoke(self, session_token: str) -> None:
        """Close this session. A token that opens none is no fault: the person wanted to be out."""
        digest = self._digest_in(session_token)
        if digest is not None:
            self._rows.revoke_session(digest, self._now())

    def revoke_person(self, person_id: str) -> None:
        """Sign somebody out everywhere, who lost a telephone, left, or reads their e-mail elsewhere now."""
        self._rows.revoke_sessions_of(person_id, self._now())

    def _live(self, session_token: str) -> SessionRow | None:
        digest = self._digest_in(session_token)
        row = self._rows.session(digest) if digest is not None else None
        if digest is None or row is None or not hmac.compare_digest(row.digest, digest):
            return None
        over = row.revoked_at is not None or row.expires_at <= self._now()
        # However long it was written down for: an absolute limit that was lowered holds for those open now.
        return None if over or row.started_at + self._limits.whole <= self._now() else row

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
    return f"__Host-{PLAIN_COOKIE}" if secure else PLAIN_COOKIE
