"""The rows that signing in needs: links and sessions."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, select

from practice_alerts.adapters.sign_in_links import LinkRow, NewSession, SessionRow, SignedIn
from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.office import directory
from practice_alerts.domain.dates import london_date


class StoredSignInRows:
    """`SignInRows` over the store. `now` is asked for the posts held today."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def add_link(self, row: LinkRow) -> None:
        with self._database.writing() as tx:
            tx.execute(t.sign_in_links.insert(), asdict(row))

    def link(self, link_id: str) -> LinkRow | None:
        query = select(t.sign_in_links).where(t.sign_in_links.c.id == link_id)
        with self._database.reading() as tx:
            row = tx.execute(query).one_or_none()
        return None if row is None else LinkRow(*row)

    def use_link(self, link_id: str, session: NewSession) -> bool:
        links = t.sign_in_links
        unused = links.update().where(links.c.id == link_id, links.c.used_at.is_(None))
        with self._database.writing() as tx:
            if tx.execute(unused.values(used_at=session.started_at)).rowcount != 1:
                return False
            tx.execute(t.sessions.insert(), asdict(session))
            return True

    def session(self, digest: str) -> SessionRow | None:
        query = (
            select(t.sessions, t.people.c.name)
            .join(t.people, t.people.c.id == t.sessions.c.person_id)
            .where(t.sessions.c.digest == digest, t.people.c.left_at.is_(None))
        )
        with self._database.reading() as tx:
            row = tx.execute(query).one_or_none()
            if row is None:
                return None
            posts = directory.posts_of(tx, row.person_id, london_date(self._now()))
        if not posts:
            return None
        who = SignedIn(row.person_id, row.name, frozenset((one.council, one.post) for one in posts))
        return SessionRow(row.digest, who, row.expires_at, row.revoked_at)

    def revoke_session(self, digest: str, at: datetime) -> None:
        self._revoke(t.sessions.c.digest == digest, at)

    def revoke_sessions_of(self, person_id: str, at: datetime) -> None:
        self._revoke(t.sessions.c.person_id == person_id, at)

    def _revoke(self, which: ColumnElement[bool], at: datetime) -> None:
        with self._database.writing() as tx:
            live = t.sessions.update().where(which, t.sessions.c.revoked_at.is_(None))
            tx.execute(live.values(revoked_at=at))
