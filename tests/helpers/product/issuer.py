"""An OpenID Connect provider on loopback, made with jwcrypto and none of the product's own code, that can lie."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

import uvicorn
from jwcrypto import jwk, jws
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.helpers.product.running_product import free_port

CLIENT, SECRET = "practice alerts+1", "a secret: of the/client"
LOGOUT = "http://schemas.openid.net/event/backchannel-logout"

Claims = dict[str, Any]


@dataclass
class Issuer:
    """Whoever comes is `user`, without being asked; with `asks`, a page asks first, as in a browser.

    `bent` changes the claims before they are signed, `signs` the token; `instead` answers in place of an address.
    """

    now: Callable[[], datetime]
    port: int = field(default_factory=free_port)
    user: Claims = field(default_factory=dict)
    asks: bool = False
    since: int = 0
    """So many seconds ago whoever comes gave their password, unless they are to give it anew."""
    bent: Callable[[Claims], Any] = lambda _: None
    signs: Callable[[Issuer, Claims], str] | None = None
    instead: dict[str, Callable[[Request], Response]] = field(default_factory=dict)
    more: Claims = field(default_factory=dict)
    """What it says of itself besides, or otherwise."""
    returns: list[str] = field(default_factory=list)
    """Where it sends people back to, and nowhere else."""
    back_bent: Callable[[dict[str, str]], Any] = lambda _: None
    asked: list[str] = field(default_factory=list)
    """The paths that were asked for, in order."""
    keys: list[jwk.JWK] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = [next(_FIRST)]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def rotate(self) -> None:
        """From now on it signs with another key, and names the new one alone."""
        self.keys = [made_key()]

    def signed(self, claims: Claims, *, key: Any = None, head: Mapping[str, Any] = {}) -> str:
        key = key or self.keys[0]
        token = jws.JWS(json.dumps(claims))
        header = {"alg": "RS256", "kid": key.get("kid"), "typ": "JWT", **head}
        token.add_signature(key, protected=json.dumps(header))
        return str(token.serialize(compact=True))

    def logout_token(self, **claims: Any) -> str:
        """As Back-Channel Logout 2.4 wants it; a claim given as None is left out."""
        now = int(self.now().timestamp())
        whole = {
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": secrets.token_hex(8),
            "events": {LOGOUT: {}},
            "sub": self.user["sub"],
            **claims,
        }
        kept = {name: value for name, value in whole.items() if value is not None}
        return self.signed(kept, head={"typ": "logout+jwt"})

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/{path:path}", self._answer, methods=["GET", "POST"]),
            ]
        )

    async def _answer(self, request: Request) -> Response:
        path = request.url.path
        self.asked.append(path)
        if path in self.instead:
            return self.instead[path](request)
        body = dict(parse_qsl((await request.body()).decode()))
        return self._own(path, request, body)

    def _own(self, path: str, request: Request, body: Mapping[str, str]) -> Response:
        match path:
            case "/.well-known/openid-configuration":
                return JSONResponse(self._says())
            case "/jwks":
                public = [json.loads(key.export_public()) for key in self.keys]
                return JSONResponse({"keys": [{**key, "use": "sig"} for key in public]})
            case "/authorize":
                return self._authorize(dict(request.query_params), body)
            case "/token":
                return self._token(body, request.headers.get("authorization", ""))
            case "/end":
                return self._end(dict(request.query_params))
            case _:
                return Response(status_code=404)

    def _says(self) -> Claims:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks",
            "end_session_endpoint": f"{self.url}/end",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
            **self.more,
        }

    def _authorize(self, asked: dict[str, str], body: Mapping[str, str]) -> Response:
        wanted = {"response_type": "code", "client_id": CLIENT, "code_challenge_method": "S256"}
        is_right = all(asked.get(name) == value for name, value in wanted.items())
        known = asked.get("redirect_uri") in self.returns
        if not (is_right and known and asked["scope"].split()[0] == "openid"):
            return JSONResponse({"error": "invalid_request"}, 400)
        if self.asks and not body:
            return HTMLResponse(_PAGE.format(who=self.user["email"]))
        since = 0 if asked.get("prompt") == "login" else self.since
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked | {"at": str(int(self.now().timestamp()) - since)}
        back = {"code": code, "state": asked["state"], "iss": self.url}
        self.back_bent(back)
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 303)

    def _token(self, body: Mapping[str, str], authorization: str) -> Response:
        who = base64.b64decode(authorization.removeprefix("Basic ")).decode().split(":")
        if [unquote_plus(one) for one in who] != [CLIENT, SECRET]:
            return JSONResponse({"error": "invalid_client"}, 401)
        asked = self._codes.pop(body.get("code", ""), None)
        digest = hashlib.sha256(body.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if asked["redirect_uri"] != body.get("redirect_uri"):
            return JSONResponse({"error": "invalid_grant"}, 400)
        token = self._id_token(asked)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})

    def _id_token(self, asked: Mapping[str, str]) -> str:
        now = int(self.now().timestamp())
        claims = {
            "iss": self.url,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "auth_time": int(asked["at"]),
            **self.user,
        }
        self.bent(claims)
        return self.signs(self, claims) if self.signs else self.signed(claims)

    def _end(self, asked: Mapping[str, str]) -> Response:
        back = asked.get("post_logout_redirect_uri", "")
        if asked.get("client_id") != CLIENT or not back:
            return JSONResponse({"error": "invalid_request"}, 400)
        return RedirectResponse(back, 303)


_PAGE = """<!DOCTYPE html><html lang="en-GB"><link rel="icon" href="data:,"><title>The council's accounts</title>
<h1>The council's accounts</h1><form method="post">
<button name="is" value="me">Yes, I am {who}</button></form>"""


def _first_keys() -> Iterator[jwk.JWK]:
    """Making one takes as long as a test: two issuers at a time have different ones, and others after them the same."""
    yield from cycle([made_key() for _ in range(4)])


_FIRST = _first_keys()


def made_key() -> jwk.JWK:
    return jwk.JWK.generate(kty="RSA", size=2048, kid=secrets.token_hex(4))


@contextmanager
def served(issuer: Issuer) -> Iterator[Issuer]:
    """On its port of this machine, until the end."""
    config = uvicorn.Config(issuer.app(), port=issuer.port, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the issuer did not start"
        time.sleep(0.01)
    try:
        yield issuer
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def path_of(address: str) -> str:
    """Path and query, as a browser asks the host for them."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
