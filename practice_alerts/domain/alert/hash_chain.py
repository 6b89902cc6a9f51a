"""How events are chained, so that a change or a removal shows, and a name cannot be guessed back."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

START = "0" * 64
"""The previous hash of the very first event."""


@dataclass(frozen=True, slots=True)
class Link:
    """The envelope of one event: what the chain protects, without anything that was typed."""

    id: int
    alert_id: str
    number: int
    kind: str
    at: str
    person_id: str
    act_key: str
    digest: str

    def hash_after(self, previous: str) -> str:
        """SHA-256 over the previous hash and every field of this envelope, as 64 hexadecimal digits."""
        fields = [previous, *(getattr(self, name) for name in self.__slots__)]
        return hashlib.sha256(canonical(fields).encode()).hexdigest()


def canonical(value: Any) -> str:
    """One JSON text for one value: sorted keys, no spaces, no escapes but those JSON needs."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_of_bytes
    )


def _of_bytes(value: object) -> str:
    """Nothing of ours holds any: where a column was given some by hand, the row is another than was sealed."""
    if isinstance(value, bytes):
        return f"bytes {value.hex()}"
    raise TypeError(f"{type(value).__name__} is written nowhere")


def digest_of(salt: str, body: str) -> str:
    """SHA-256 over a random salt and the payload's canonical text.

    Without the salt, which is destroyed with the payload, no name can be tried against the digest.
    """
    return hashlib.sha256(f"{salt}\n{body}".encode()).hexdigest()


def keyed(key: str, *fields: Any) -> str:
    """HMAC-SHA-256: who has no key can neither make one nor try a guess against it."""
    return hmac.new(key.encode(), canonical(fields).encode(), hashlib.sha256).hexdigest()
