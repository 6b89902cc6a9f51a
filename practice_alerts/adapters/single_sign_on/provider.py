"""A council's issuer, as its client: the way there, the way back, signing out there, and being told of it."""

import base64
import hashlib
import hmac
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from practice_alerts.adapters.single_sign_on import token_claims, tokens
from practice_alerts.adapters.single_sign_on.council_sign_on import CouncilSignOn
from practice_alerts.adapters.single_sign_on.issuers_host import IssuerSaid, IssuersHost
from practice_alerts.adapters.single_sign_on.token_claims import Account, Ended, Expecting
from practice_alerts.domain.directory.sign_on_faults import SignOnFault, SignOnRefused

BEGUN_LIFE: Final = timedelta(minutes=10)
"""So long somebody may take to give their password there."""

_KEPT: Final = timedelta(
    minutes=15
)  # what the issuer says of itself: a key taken back is gone by then
_NOT_ASKED: Final = timedelta(seconds=20)  # after it did not answer
_KEYS_ANEW: Final = 5  # times in _KEPT: made-up keys make us ask no more often


@dataclass(frozen=True, slots=True)
class Begun:
    """What the browser keeps, signed, until it comes back."""

    council: str
    state: str
    nonce: str
    verifier: str = field(repr=False)
    begun_at: str
    next_path: str
    again: bool = False
    """Somebody who is signed in proves once more who they are."""

    def kept(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class _Known:
    """What was heard of the issuer last, and when; or that it did not answer."""

    said: IssuerSaid = field(default_factory=dict)
    at: datetime | None = None
    keys: list[Any] = field(default_factory=list)
    keys_at: datetime | None = None
    asked_anew: dict[bool, list[datetime]] = field(default_factory=dict)
    """For whom: somebody whom we have sent there, or whoever sends a token by themself."""
    failed_at: datetime | None = None


class Provider:
    def __init__(
        self,
        sign_on: CouncilSignOn,
        now: Callable[[], datetime],
        host: IssuersHost | None = None,
    ) -> None:
        self.sign_on = sign_on
        self._now = now
        self._host = host or IssuersHost(sign_on.issuer)
        self._known = _Known()
        self._lock = threading.Lock()

    def begin(
        self, council: str, back: str, next_path: str, *, again: bool = False
    ) -> tuple[str, Begun]:
        """The address to go to, and what to keep. Raises SignOnRefused."""
        where = self._host.must_be_there(self._says("authorization_endpoint"))
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        begun = Begun(council, state, nonce, verifier, self._now().isoformat(), next_path, again)
        challenge = hashlib.sha256(verifier.encode("ascii")).digest()
        asked = {
            "response_type": "code",
            "client_id": self.sign_on.client_id,
            "redirect_uri": back,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode("ascii"),
            "code_challenge_method": "S256",
        }
        if again:
            asked |= {"prompt": "login", "max_age": "0"}
        return _with(where, asked), begun

    def must_be_begun(self, begun: Begun, answer: Mapping[str, str]) -> None:
        """It is the answer to what this browser has begun, and in time. Raises SignOnRefused."""
        begun_at = datetime.fromisoformat(begun.begun_at)
        is_late = not timedelta() <= self._now() - begun_at <= BEGUN_LIFE
        state = answer.get("state", "").encode()
        if is_late or not hmac.compare_digest(state, begun.state.encode()):
            raise SignOnRefused(SignOnFault.NOT_BEGUN)

    def finish(self, begun: Begun, answer: Mapping[str, str], back: str) -> Account:
        """Who has come back, with what the browser brings along. Raises SignOnRefused."""
        self.must_be_begun(begun, answer)
        begun_at = datetime.fromisoformat(begun.begun_at)
        self._must_come_from_here(answer)
        if "error" in answer or not answer.get("code"):
            raise SignOnRefused(SignOnFault.REFUSED_THERE)
        token = self._redeem(answer["code"], begun.verifier, back)
        said, kind = self._claims(token, for_sign_in=True)
        if kind == "logout+jwt":
            raise SignOnRefused(SignOnFault.NOT_SIGNED)
        asked_anew_at = begun_at if begun.again else None
        return token_claims.account(said, self._expecting(), begun.nonce, asked_anew_at)

    def sign_out_address(self, back: str) -> str | None:
        """Where to sign out there as well; None where it has no such place. Raises SignOnRefused."""
        where = self._says("end_session_endpoint")
        if where is None:
            return None
        asked = {"client_id": self.sign_on.client_id, "post_logout_redirect_uri": back}
        return _with(self._host.must_be_there(where), asked)

    def ended(self, logout_token: str) -> Ended:
        """What the issuer says has ended. Raises SignOnRefused."""
        said, _ = self._claims(logout_token, for_sign_in=False)
        return token_claims.ended(said, self._expecting())

    def _expecting(self) -> Expecting:
        return Expecting(self.sign_on.issuer, self.sign_on.client_id, self._now())

    def _must_come_from_here(self, answer: Mapping[str, str]) -> None:
        """RFC 9207: an answer that another issuer has sent this browser back with is not taken here."""
        must_say = self._says("authorization_response_iss_parameter_supported") is True
        said = answer.get("iss", "" if must_say else self.sign_on.issuer)
        if said != self.sign_on.issuer:
            raise SignOnRefused(SignOnFault.OTHER_ISSUER)

    def _redeem(self, code: str, verifier: str, back: str) -> str:
        who = {
            "client_id": self.sign_on.client_id,
            "client_secret": self.sign_on.client_secret,
        }
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        ways = self._says("token_endpoint_auth_methods_supported")
        by_form = isinstance(ways, list) and "client_secret_basic" not in ways
        status, said = self._asked(
            self._says("token_endpoint"),
            {**asked, **who} if by_form else asked,
            None if by_form else (quote_plus(who["client_id"]), quote_plus(who["client_secret"])),
        )
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise SignOnRefused(SignOnFault.DOWN)
        if status != HTTPStatus.OK:
            raise SignOnRefused(SignOnFault.CODE)
        token = said.get("id_token")
        if not isinstance(token, str):
            raise SignOnRefused(SignOnFault.NOT_SIGNED)
        return token

    def _claims(self, token: str, *, for_sign_in: bool) -> tuple[tokens.Claims, str]:
        head = tokens.head(token)
        key = tokens.key_for(head, self._keys())
        if key is None and self._may_ask_anew(for_sign_in=for_sign_in):
            key = tokens.key_for(head, self._keys(anew=True))
        if key is None:
            raise SignOnRefused(SignOnFault.UNKNOWN_KEY)
        return tokens.claims(token, head.algorithm, key), head.kind

    def _may_ask_anew(self, *, for_sign_in: bool) -> bool:
        """Each counted by itself: nobody's tokens keep those out who sign in after the issuer has changed its key."""
        with self._lock:
            now, known = self._now(), self._known
            lately = [at for at in known.asked_anew.get(for_sign_in, ()) if now - at < _KEPT]
            may = len(lately) < _KEYS_ANEW
            known.asked_anew[for_sign_in] = [*lately, now] if may else lately
            return may

    def _keys(self, *, anew: bool = False) -> list[Any]:
        known, now = self._known, self._now()
        if anew or known.keys_at is None or now - known.keys_at >= _KEPT:
            found = self._heard(self._says("jwks_uri")).get("keys")
            if not isinstance(found, list):
                raise SignOnRefused(SignOnFault.DOWN)
            known.keys, known.keys_at = found, now
        return known.keys

    def _says(self, name: str) -> Any:
        """What the issuer says of itself under this name."""
        known, now = self._known, self._now()
        if known.at is None or now - known.at >= _KEPT:
            said = self._heard(
                f"{self.sign_on.issuer.rstrip('/')}/.well-known/openid-configuration"
            )
            if said.get("issuer") != self.sign_on.issuer:
                raise SignOnRefused(SignOnFault.OTHER_ISSUER)
            known.said, known.at = said, now
        return known.said.get(name)

    def _heard(self, address: object) -> IssuerSaid:
        known = self._known
        status, said = self._asked(address)
        if status != HTTPStatus.OK:
            known.failed_at = self._now()
            raise SignOnRefused(SignOnFault.DOWN)
        known.failed_at = None
        return said

    def _asked(self, address: object, *how: Any) -> tuple[int, IssuerSaid]:
        """Nobody waits anew for an issuer that a moment ago did not answer. Raises SignOnRefused."""
        known, now = self._known, self._now()
        if known.failed_at is not None and now - known.failed_at < _NOT_ASKED:
            raise SignOnRefused(SignOnFault.DOWN)
        try:
            return self._host.ask(address, *how)
        except SignOnRefused as refused:
            if refused.fault is SignOnFault.DOWN:
                known.failed_at = now
            raise


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
