"""Signed tokens: which key, is the signature its own, what do they say. The only file that knows joserfc."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from joserfc import jwk, jws, jwt
from joserfc.errors import JoseError

from practice_alerts.domain.directory.sign_on_faults import SignOnFault, SignOnRefused

# With a key that anybody may read, so that no secret and no key of another kind ever checks a signature.
_KINDS: Final = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}

Key = dict[str, Any]
Claims = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TokenHead:
    algorithm: str
    key_id: str | None
    kind: str = ""


def head(token: str) -> TokenHead:
    """Raises SignOnRefused for what is no token, and for a way of signing that is not taken."""
    try:
        said = jws.extract_compact(token.encode("ascii")).headers()
    except (JoseError, ValueError, TypeError, RecursionError) as fault:
        raise SignOnRefused(SignOnFault.NOT_SIGNED) from fault
    algorithm, key_id, kind = said.get("alg"), said.get("kid"), said.get("typ")
    if algorithm not in _KINDS or said.keys() & {"crit", "b64"}:
        raise SignOnRefused(SignOnFault.ALGORITHM)
    return TokenHead(
        algorithm, key_id if isinstance(key_id, str) else None, str(kind or "").lower()
    )


def key_for(token: TokenHead, keys: Sequence[Any]) -> Key | None:
    """The one key that may have signed it; of two that could be it, neither."""
    fitting = [
        key
        for key in keys
        if isinstance(key, dict)
        and key.get("kty") == _KINDS[token.algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", token.algorithm) == token.algorithm
        and (token.key_id is None or key.get("kid") == token.key_id)
    ]
    return fitting[0] if len(fitting) == 1 else None


def claims(token: str, algorithm: str, key: Key) -> Claims:
    """Raises SignOnRefused unless this very key has signed it."""
    try:
        public = jwk.import_key({name: key[name] for name in _PUBLIC if name in key})
        said = jwt.decode(token, public, algorithms=[algorithm]).claims
    except (JoseError, ValueError, TypeError, RecursionError) as fault:
        raise SignOnRefused(SignOnFault.SIGNATURE) from fault
    return dict(said)


_PUBLIC: Final = ("kty", "n", "e", "crv", "x", "y", "kid")
