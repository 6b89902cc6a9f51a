"""The rows of signing in, held in memory: what the store does in its tables."""

import threading
from dataclasses import dataclass, field, replace
from datetime import datetime

from practice_alerts.adapters.links_and_sessions import (
    LinkOwner,
    LinkRow,
    NewSession,
    SessionRow,
    SignedIn,
)


@dataclass
class Person:
    name: str
    posts: frozenset[tuple[str, str]] = frozenset()
    left: bool = False
    mail: str = "somebody@council.example"


@dataclass
class SignInRows:
    people: dict[str, Person] = field(default_factory=dict)
    links: dict[str, LinkRow] = field(default_factory=dict)
    sessions: dict[str, NewSession] = field(default_factory=dict)
    revoked: dict[str, datetime] = field(default_factory=dict)
    not_let: list[tuple[str | None, str]] = field(default_factory=list)
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def must_take_links(self) -> None:
        """Memory takes any."""

    def add_link(self, row: LinkRow) -> None:
        self.links[row.id] = row

    def link(self, link_id: str) -> LinkRow | None:
        return self.links.get(link_id)

    def owner(self, person_id: str) -> LinkOwner | None:
        found = self.people.get(person_id)
        if found is None or found.left or not found.posts:
            return None
        return LinkOwner(person_id, found.name, found.mail)

    def use_link(self, link_id: str, session: NewSession) -> bool:
        with self._one_at_a_time:
            row = self.links[link_id]
            if row.used_at is not None:
                return False
            self.links[link_id] = replace(row, used_at=session.started_at)
            self.sessions[session.digest] = session
            return True

    def session(self, digest: str) -> SessionRow | None:
        found = self.sessions.get(digest)
        person = self.people.get(found.person_id) if found else None
        if found is None or person is None or person.left or not person.posts:
            return None
        issuer = found.issuer or ""
        who = SignedIn(found.person_id, person.name, person.posts, found.proved_at, issuer)
        revoked = self.revoked.get(digest)
        return SessionRow(digest, who, found.started_at, found.expires_at, revoked)

    def not_let_in(self, person_id: str | None, why: str) -> None:
        self.not_let.append((person_id, why))

    def open_session(self, session: NewSession) -> None:
        self.sessions[session.digest] = session

    def digests_of_account(self, issuer: str, subject: str, issuer_session: str) -> list[str]:
        mine = [one for one in self.sessions.values() if one.issuer == issuer]
        return [
            one.digest
            for one in mine
            if subject in {"", one.subject} and issuer_session in {"", one.issuer_session}
        ]

    def sessions_of(self, person_id: str) -> list[NewSession]:
        live = [one for one in self.sessions.values() if one.digest not in self.revoked]
        return [one for one in live if one.person_id == person_id]

    def extend_session(self, digest: str, expires_at: datetime) -> None:
        self.sessions[digest] = replace(self.sessions[digest], expires_at=expires_at)

    def revoke_session(self, digest: str, at: datetime) -> None:
        self.revoked.setdefault(digest, at)

    def revoke_sessions_of(self, person_id: str, at: datetime) -> None:
        for digest, session in self.sessions.items():
            if session.person_id == person_id:
                self.revoked.setdefault(digest, at)
        for link in tuple(self.links.values()):
            if link.person_id == person_id and link.used_at is None:
                self.links[link.id] = replace(link, used_at=at)
