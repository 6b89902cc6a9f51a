"""What the web shell needs from below, so that a test can stand in for each."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol

from starlette.types import Receive, Scope, Send

from practice_alerts.adapters.links_and_sessions import (
    Entered,
    LinkOwner,
    LinkState,
    OpenSession,
    SignedIn,
)
from practice_alerts.domain.seeing.security_entries import SecurityEntry


class Sessions(Protocol):
    def look_up(self, session_token: str) -> SignedIn | None:
        """Who uses it now, which keeps it alive."""
        ...

    def glance(self, session_token: str) -> SignedIn | None:
        """Whose it is, for what a browser asks by itself."""
        ...

    def revoke(self, session_token: str) -> None: ...


class Desk(Sessions, Protocol):
    """Links and sessions together: `adapters.links_and_sessions.SignIn` is the real one."""

    def must_give_links(self) -> None:
        """Raises StorageTrouble while no link can be made."""
        ...

    def peek(self, token: str) -> LinkState: ...

    def owner(self, token: str) -> LinkOwner | None: ...

    def use(self, token: str) -> Entered | LinkState: ...

    def sessions_of(self, session_token: str) -> tuple[OpenSession, ...]: ...

    def revoke_one(self, session_token: str, handle: str) -> None: ...

    def revoke_person(self, person_id: str) -> None: ...


class PutsDown(Protocol):
    """The security log."""

    def note(self, entry: SecurityEntry, *, once_in: timedelta = timedelta()) -> object: ...


class NothingPutDown:
    """For a shell without a store behind it."""

    def note(self, entry: SecurityEntry, *, once_in: timedelta = timedelta()) -> None:
        """Nobody reads it."""


class LogFace(Protocol):
    """The log, as an ASGI application that is mounted at /log and has a beginning and an end."""

    def start(self) -> Awaitable[None]: ...

    def stop(self) -> None: ...

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]: ...


# (e-mail address as typed, path to go to) -> nothing: whether anybody was found is not told to the caller.
SendLink = Callable[[str, str], object]
