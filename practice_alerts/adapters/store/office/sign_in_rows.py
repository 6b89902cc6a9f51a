"""The rows that signing in needs: links and sessions."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, or_, select, true

from practice_alerts.adapters.links_and_sessions import (
    LinkOwner,
    LinkRow,
    NewSession,
    SessionRow,
    SignedIn,
)
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database, Tx
from practice_alerts.adapters.store.core.writers_queue import A_MOMENT
from practice_alerts.adapters.store.office import (
    calendar_feeds,
    directory,
    security_rows,
)
from practice_alerts.adapters.store.office.people_today import HOLDS_TODAY
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.errors import StorageTrouble
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind

# Asked for every page, and building a statement costs as much as running it.
_SESSION = (
    select(t.sessions, t.people.c.name, t.holdings.c.council, t.holdings.c.post)
    .join(t.people, t.people.c.id == t.sessions.c.person_id)
    .join(t.holdings, HOLDS_TODAY)
    .where(t.sessions.c.digest == bindparam("digest"), t.people.c.left_at.is_(None))
)


class StoredSignInRows:
    """`SignInRows` over the store. `now` is asked for the posts held today."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._log = security_rows.SecurityLog(database, now)

    def must_take_links(self) -> None:
        """Tried in earnest, for of a full disk it shows no earlier; and without a seal, for anybody may ask."""
        row = {"issuer": "", "token": secrets.token_urlsafe(16), "until": self._now()}
        tried = t.used_logout_tokens.c.token == row["token"]
        with self._database.writing() as tx:
            tx.execute(t.used_logout_tokens.insert(), row)
            tx.execute(t.used_logout_tokens.delete().where(tried))

    def add_link(self, row: LinkRow) -> None:
        with self._database.writing() as tx:
            tx.execute(t.sign_in_links.insert(), asdict(row))

    def link(self, link_id: str) -> LinkRow | None:
        query = select(t.sign_in_links).where(t.sign_in_links.c.id == link_id)
        with self._database.reading() as tx:
            row = tx.execute(query).one_or_none()
        return None if row is None else LinkRow(*row)

    def owner(self, person_id: str) -> LinkOwner | None:
        with self._database.reading() as tx:
            person = directory.person(tx, person_id)
            posts = directory.posts_of(tx, person_id, london_date(self._now()))
        return LinkOwner(person.id, person.name, person.mail) if person and posts else None

    def use_link(self, link_id: str, session: NewSession) -> bool:
        links = t.sign_in_links
        unused = links.update().where(links.c.id == link_id, links.c.used_at.is_(None))
        with self._database.writing() as tx:
            if tx.execute(unused.values(used_at=session.started_at)).rowcount != 1:
                return False
            _begin(tx, session, "link")
            return True

    def open_session(self, session: NewSession) -> None:
        with self._database.writing() as tx:
            _begin(tx, session, "account")

    def not_let_in(self, person_id: str | None, why: str) -> None:
        entry = SecurityEntry(SecurityKind.NOT_LET_IN, person_id, what=f"link {why}")
        self._log.note(entry, once_in=timedelta(minutes=1))

    def session(self, digest: str) -> SessionRow | None:
        asked = {"digest": digest, "today": london_date(self._now())}
        with self._database.reading() as tx:
            rows = tx.execute(_SESSION, asked).all()
        if not rows:
            return None
        row, held = rows[0], frozenset((one.council, one.post) for one in rows)
        who = SignedIn(row.person_id, row.name, held, row.proved_at, row.issuer or "")
        return SessionRow(row.digest, who, row.started_at, row.expires_at, row.revoked_at)

    def sessions_of(self, person_id: str) -> tuple[NewSession, ...]:
        s = t.sessions.c
        columns = (s.digest, s.person_id, s.started_at, s.expires_at)
        query = select(*columns).where(s.person_id == person_id, s.revoked_at.is_(None))
        with self._database.reading() as tx:
            return tuple(NewSession(*row) for row in tx.execute(query))

    def digests_of_account(self, issuer: str, subject: str, issuer_session: str) -> tuple[str, ...]:
        s = t.sessions.c
        which = [s.issuer == issuer, s.revoked_at.is_(None)]
        if subject:
            # An issuer that names no session when one begins may still name it when it ends.
            unnamed = s.issuer_session.is_(None) if issuer_session else true()
            which += [s.subject == subject, or_(unnamed, s.issuer_session == issuer_session)]
        else:
            which += [s.issuer_session == issuer_session, s.issuer_session != ""]
        with self._database.reading() as tx:
            return tuple(tx.execute(select(s.digest).where(*which)).scalars())

    def extend_session(self, digest: str, expires_at: datetime) -> None:
        s = t.sessions.c
        live = t.sessions.update().where(s.digest == digest, s.revoked_at.is_(None))
        # Reading goes on without.
        with suppress(StorageTrouble), self._database.writing(A_MOMENT) as tx:
            tx.execute(live.values(expires_at=expires_at))

    def revoke_session(self, digest: str, at: datetime) -> None:
        with self._database.writing() as tx:
            _revoke(tx, t.sessions.c.digest == digest, at, "this session")

    def revoke_sessions_of(self, person_id: str, at: datetime) -> None:
        links = t.sign_in_links
        unused = links.update().where(links.c.person_id == person_id, links.c.used_at.is_(None))
        with self._database.writing() as tx:
            _revoke(tx, t.sessions.c.person_id == person_id, at, "everywhere")
            tx.execute(unused.values(used_at=at))
            calendar_feeds.take_back(tx, person_id, at)


def _begin(tx: Tx, session: NewSession, by: str) -> None:
    tx.execute(t.sessions.insert(), asdict(session))
    begun = SecurityEntry(SecurityKind.SESSION_BEGUN, session.person_id, what=by)
    security_rows.add(tx, begun, session.started_at)


def _revoke(tx: Tx, which: ColumnElement[bool], at: datetime, how: str) -> None:
    s = t.sessions.c
    these = (which, s.revoked_at.is_(None))
    running = select(s.person_id).where(*these, s.expires_at > at).order_by(s.started_at)
    for person_id in tx.execute(running).scalars().all():
        ended = SecurityEntry(SecurityKind.SESSION_ENDED, person_id, what=how)
        security_rows.add(tx, ended, at)
    tx.execute(t.sessions.update().where(*these).values(revoked_at=at))


def end_everything(tx: Tx, at: datetime) -> None:
    """Every session and every link: whoever was signed out since a copy was made stays so."""
    links = t.sign_in_links
    _revoke(tx, true(), at, "everybody")
    tx.execute(links.update().where(links.c.used_at.is_(None)).values(used_at=at))
