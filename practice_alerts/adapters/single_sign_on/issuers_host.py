"""Asking a council's issuer, and nobody else: over https, without proxies or redirects, little and not for long."""

import json
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from practice_alerts.adapters.single_sign_on.council_sign_on import is_private
from practice_alerts.domain.directory.sign_on_faults import SignOnFault, SignOnRefused

_PATIENCE: Final = 5.0  # seconds for each step: connecting, and each piece of the answer
_WHOLE: Final = 10.0  # seconds for all of it
_LONGEST: Final = 200_000  # bytes: a long list of keys is a tenth of it
_AT_ONCE: Final = (
    8  # of all issuers, asked at one time: signing in must leave threads to everybody else
)
_OF_ONE: Final = 4  # so that a slow one leaves turns to the others
_TURNS: Final = threading.BoundedSemaphore(_AT_ONCE)

IssuerSaid = dict[str, Any]


class IssuersHost:
    """`ask` raises SignOnRefused for an address elsewhere, and when nothing useful comes back in time."""

    def __init__(self, issuer: str, *, patience: float = _PATIENCE, whole: float = _WHOLE) -> None:
        self._origin = _origin(issuer)
        self._patience = patience
        self._whole = whole
        self._turns = threading.BoundedSemaphore(_OF_ONE)

    def must_be_there(self, address: object) -> str:
        """The address, if it is the issuer's own."""
        if not isinstance(address, str) or not is_private(address):
            raise SignOnRefused(SignOnFault.ELSEWHERE)
        if _origin(address) != self._origin:
            raise SignOnRefused(SignOnFault.ELSEWHERE)
        return address

    def ask(
        self,
        address: object,
        fields: Mapping[str, str] | None = None,
        who: tuple[str, str] | None = None,
    ) -> tuple[int, IssuerSaid]:
        """The status, and the JSON object that came; with fields they are posted, in the name of `who`."""
        where = self.must_be_there(address)
        try:
            with _turn(self._turns), _turn(_TURNS):
                return self._ask(where, fields, who)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError, RecursionError) as fault:
            raise SignOnRefused(SignOnFault.DOWN) from fault

    def _ask(
        self, where: str, fields: Mapping[str, str] | None, who: tuple[str, str] | None
    ) -> tuple[int, IssuerSaid]:
        until = time.perf_counter() + self._whole
        # Plain bytes: what is packed small could unpack to anything.
        headers = {"accept": "application/json", "accept-encoding": "identity"}
        with (
            httpx.Client(verify=_trusted(), trust_env=False, timeout=self._patience) as client,
            client.stream(
                "GET" if fields is None else "POST",
                where,
                headers=headers,
                data=None if fields is None else dict(fields),
                auth=who,
                follow_redirects=False,
            ) as answer,
        ):
            body = b""
            for piece in answer.iter_raw():
                body += piece
                if len(body) > _LONGEST or time.perf_counter() > until:
                    raise SignOnRefused(SignOnFault.DOWN)
            said = json.loads(body)
            if not isinstance(said, dict):
                raise SignOnRefused(SignOnFault.DOWN)
            return answer.status_code, said


@contextmanager
def _turn(turns: threading.BoundedSemaphore) -> Iterator[None]:
    if not turns.acquire(blocking=False):
        raise SignOnRefused(SignOnFault.BUSY)
    try:
        yield
    finally:
        turns.release()


def _origin(address: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        raise SignOnRefused(SignOnFault.ELSEWHERE) from None
    return parts.scheme, (parts.hostname or "").lower(), port


@cache
def _trusted() -> ssl.SSLContext:
    """What this machine trusts: a council's own authority stands there, if it has one."""
    return ssl.create_default_context()
