"""The one address people type, and what follows from it: our origins, our hosts, our cookie."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.responses import Response

from practice_alerts.adapters.links_and_sessions import cookie_name

_NOTE_LIFE = 600  # seconds
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Home:
    """`base_url` is scheme, host and port as a browser shows them, such as https://alerts.example."""

    base_url: str

    @property
    def secure(self) -> bool:
        return urlsplit(self.base_url).scheme == "https"

    def scheme(self, *, socket: bool) -> str:
        name = "ws" if socket else "http"
        return f"{name}s" if self.secure else name

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers we answer to; any other is somebody's name pointed at our machine."""
        parts = urlsplit(self.base_url)
        host = parts.netloc.lower()
        name = host.removesuffix(f":{parts.port}") if parts.port else host
        if name not in _LOOPBACK:
            return frozenset({host})
        return frozenset(host.replace(name, same, 1) for same in _LOOPBACK)

    @property
    def origins(self) -> frozenset[str]:
        scheme = urlsplit(self.base_url).scheme
        return frozenset(f"{scheme}://{host}" for host in self.hosts)

    @property
    def cookie(self) -> str:
        return cookie_name(self.base_url)

    def session_token(self, cookies: Mapping[str, str]) -> str | None:
        """From the cookies of a request, or `st.context.cookies` in a page."""
        return cookies.get(self.cookie)

    def note(self, cookies: Mapping[str, str]) -> str | None:
        """What was kept on the way to a council's single sign-on."""
        return cookies.get(f"{self.cookie}_way")

    def keep_note(self, response: Response, note: str) -> None:
        # Lax, as the session's: the issuer, which is another site, sends the browser back by a redirect.
        response.set_cookie(
            f"{self.cookie}_way",
            note,
            max_age=_NOTE_LIFE,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def drop_note(self, response: Response) -> None:
        response.delete_cookie(
            f"{self.cookie}_way", path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def open_session(self, response: Response, session_token: str) -> None:
        # SameSite=Lax, not Strict: people come from a link in their webmail, which is another site, and
        # with Strict they would look signed out although they are not. Lax sends the cookie along when
        # a link is followed and at nothing else that another site can start; the gate's check of the
        # Origin covers every request that changes something, and every websocket.
        # No Max-Age: the cookie goes when the browser closes; the server ends the session by itself.
        response.set_cookie(
            self.cookie, session_token, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def close_session(self, response: Response) -> None:
        response.delete_cookie(
            self.cookie, path="/", secure=self.secure, httponly=True, samesite="lax"
        )
