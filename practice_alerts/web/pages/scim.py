"""SCIM 2.0: a council's own system says who works there. It is refused whatever it asks until a token was made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from practice_alerts.adapters.store.office.scim_records import ScimToken
from practice_alerts.casework.directory.in_bulk import scim_tokens
from practice_alerts.office import Office
from practice_alerts.web.shell.html_pages import read_body
from practice_alerts.web.shell.rate_limit import Limiter
from practice_alerts.web.shell.visitor import place_of_visitor

_LONGEST: Final = 64_000  # bytes: one person is a thousandth of it

# One council's system: some thousand people at the first time, and a few hundred changes on a bad day.
_ASKED: Final = partial(Limiter, 1200, 60.0)

# Guesses from one place on the internet: whoever has a token is never refused for them.
_GUESSES: Final = partial(Limiter, 60, 600.0)

_METHODS: Final = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, slots=True)
class ScimPages:
    office: Office
    asked: Limiter = field(default_factory=_ASKED)
    guesses: Limiter = field(default_factory=_GUESSES)

    def routes(self) -> list[BaseRoute]:
        """Every address below is answered in the protocol's own words, one that is not there too."""
        return [Route("/scim/{rest:path}", self.all, methods=_METHODS)]

    async def all(self, request: Request) -> Response:
        """Who asks is found out before anything else is looked at."""
        version, _, rest = str(request.path_params["rest"]).partition("/")
        council, _, what = rest.partition("/")
        token = await run_in_threadpool(self._token, council, request) if version == "v2" else None
        if token is None:
            return self._unknown(request)
        if not self.asked.allows(token.id):
            return _too_often(60)
        try:
            content = await read_body(request, longest=_LONGEST)
        except HTTPException:
            return answered(413, _error(413, "The message is longer than one person can be."))
        if await run_in_threadpool(self._token, council, request) != token:
            return self._unknown(request)  # taken back while the message was on its way
        # Here alone, because its library is loaded for whoever has a token, and for nobody else.
        from practice_alerts.web.pages import scim_answers

        asked = scim_answers.Asked(
            request.method,
            what,
            dict(request.query_params),
            content,
            f"{self.office.settings.base_url}/scim/v2/{council}",
            request.headers.get("if-match", ""),
            request.headers.get("if-none-match", ""),
        )
        status, said = await run_in_threadpool(scim_answers.answer, self.office, token, asked)
        return answered(status, said)

    def _token(self, council: str, request: Request) -> ScimToken | None:
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or not secret.strip():
            return None
        with self.office.database.reading() as tx:
            return scim_tokens.admitted(self.office, tx, council, secret.strip())

    def _unknown(self, request: Request) -> Response:
        """The same for no token, a wrong one, one that is over, another council's, and a council that is not there."""
        if not self.guesses.allows(place_of_visitor(request)):
            return _too_often(600)
        refused = answered(
            401, _error(401, "A token of this council is needed, which holds today.")
        )
        refused.headers["www-authenticate"] = "Bearer"
        return refused


def answered(status: int, said: Mapping[str, Any] | None) -> Response:
    body = b"" if said is None or status == HTTPStatus.NOT_MODIFIED else json.dumps(said).encode()
    version = said.get("meta", {}).get("version") if said else None
    headers = {"etag": version} if version else {}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["retry-after"] = "300"
    return Response(body, HTTPStatus(status), headers, media_type="application/scim+json")


def _too_often(seconds: int) -> Response:
    refused = answered(429, _error(429, "Asked too often. Ask again later."))
    refused.headers["retry-after"] = str(seconds)
    return refused


def _error(status: int, sentence: str) -> dict[str, Any]:
    """Written here: the library is loaded for whoever has a token, and for nobody else."""
    schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"]
    return {"schemas": schemas, "status": str(status), "detail": sentence}
