"""The secret keys: taken from the environment, or made at first start in data/keys/ (0600)."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from practice_alerts.domain.errors import Expected

SESSION_KEY = "PRACTICE_ALERTS_SESSION_KEY"
PSEUDONYM_KEY = "PRACTICE_ALERTS_PSEUDONYM_KEY"

# 256 bits, written as 64 hexadecimal digits. A key from the environment may be written in any way, but
# not be shorter than half of that: a word that a person could think of is no key.
_KEY_BYTES = 32
_SHORTEST = 32


class BadKey(Expected):
    """`where` is an environment variable's name or a file; the key itself is never kept or shown."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"The key in {where} cannot be used: {reason}")


@dataclass(frozen=True, slots=True)
class Keys:
    """`session` signs links and cookies; `pseudonym` turns case numbers into the log's pseudonyms."""

    session: str = field(repr=False)
    pseudonym: str = field(repr=False)


def keys(folder: Path, environment: Mapping[str, str]) -> Keys:
    return Keys(
        session=_key(SESSION_KEY, folder / "session.key", environment),
        pseudonym=_key(PSEUDONYM_KEY, folder / "pseudonym.key", environment),
    )


def _key(name: str, file: Path, environment: Mapping[str, str]) -> str:
    given = environment.get(name)
    if given is not None:
        return _long_enough(given.strip(), name)
    if not file.exists():
        _make(file)
    if file.stat().st_mode & 0o077:
        raise BadKey(str(file), f"other people can read the file. Run: chmod 600 {file}")
    return _long_enough(file.read_text(encoding="ascii").strip(), str(file))


def _make(file: Path) -> None:
    """Written whole under another name and then linked, so that two first starts agree on one key."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_hex(_KEY_BYTES) + "\n")
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            return  # another process was first: its key is the one
    finally:
        draft.unlink(missing_ok=True)


def _long_enough(key: str, where: str) -> str:
    if len(key) < _SHORTEST:
        raise BadKey(
            where,
            f"it has {len(key)} characters and needs at least {_SHORTEST}. "
            'Make one with: python3 -c "import secrets; print(secrets.token_hex(32))"',
        )
    return key
