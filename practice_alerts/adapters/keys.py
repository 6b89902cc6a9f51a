"""The secret keys, in data/keys/ (0600): made at first start, those of sessions and the log unless the environment has them."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from practice_alerts.domain.errors import Expected

SESSION_KEY = "PRACTICE_ALERTS_SESSION_KEY"
PSEUDONYM_KEY = "PRACTICE_ALERTS_PSEUDONYM_KEY"

# 256 bits, written as 64 hexadecimal digits. A key from the environment may be written in any way, but
# not be shorter than half of that: a word that a person could think of is no key.
SESSION_FILE, PSEUDONYM_FILE = "session.key", "pseudonym.key"
_KEY_BYTES = 32
_SHORTEST = 32
_PUT_BACK = "Put back what was there, from a backup of the keys (practice-alerts backup keys)."

ANY_KEYS = MappingProxyType({"session": "", "pseudonym": ""})
"""What a store goes by that was never begun, or whose keys were given up by name."""


class BadKey(Expected):
    """`where` is an environment variable's name or a file; the key itself is never kept or shown."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"The key in {where} cannot be used: {reason}")


class NotItsKey(Expected):
    """The store was begun with another key than the one in `where`, or none is there any more."""

    def __init__(self, where: str, *, lost: bool) -> None:
        told = f"The key {where} is gone" if lost else f"The key in {where} is another"
        super().__init__(
            f"{told}, and this store goes by the one that it was begun with. Put that back. If it is lost, or"
            " is to be another, a person accepts that, by name: practice-alerts seals accept --by NAME"
            ' --why "..."; then everybody signs in anew, and another key of the log gives each case another'
            " pseudonym."
        )


@dataclass(frozen=True, slots=True)
class Keys:
    """`session` signs links and cookies; `pseudonym` turns case numbers into the log's pseudonyms."""

    session: str = field(repr=False)
    pseudonym: str = field(repr=False)

    @property
    def ids(self) -> dict[str, str]:
        """By name, what each is known by; it gives nothing of the key away."""
        return {"session": _id(self.session), "pseudonym": _id(self.pseudonym)}


@dataclass(frozen=True, slots=True)
class SealKey:
    """One key that seals the store; `id` names it and gives nothing of it away."""

    secret: str = field(repr=False)

    @property
    def id(self) -> str:
        return _id(f"seal {self.secret}")


class SealKeys:
    """The key that seals are made with, `seal.key`, and beside it those of before, for verifying."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "seal.key"

    def current(self) -> SealKey | None:
        """Read each time, so that a new one holds at once in every process."""
        return SealKey(_read(self._file)) if self._file.exists() else None

    def files(self) -> tuple[Path, ...]:
        """Of today's and those of before."""
        return tuple(sorted(self.folder.glob("seal*.key")))

    def known(self) -> dict[str, SealKey]:
        """By id, today's and those of before."""
        found = (SealKey(_read(file)) for file in self.files())
        return {key.id: key for key in found}

    def make(self) -> SealKey:
        """The one to begin with."""
        _make(self._file)
        return SealKey(_read(self._file))

    def change(self, new: SealKey) -> None:
        """Seal with another one from now on; the former stays for verifying."""
        former = self.current()
        fresh = self.folder / "seal-next.key"
        fresh.unlink(missing_ok=True)
        _make(fresh, new.secret)
        if former is not None:
            place = self.folder / f"seal-{former.id}.key"
            place.unlink(missing_ok=True)
            os.link(self._file, place)
        fresh.replace(self._file)


def new_seal_key() -> SealKey:
    return SealKey(secrets.token_hex(_KEY_BYTES))


def keys(
    folder: Path, environment: Mapping[str, str], known: Mapping[str, str] | None = None
) -> Keys:
    """`known`: by name, the ids of those that a store goes by, "" where any will do; None where there is no store.

    Raises NotItsKey; makes only what no store goes by.
    """
    goes_by = ANY_KEYS if known is None else known
    return Keys(
        session=_key(SESSION_KEY, folder / SESSION_FILE, environment, goes_by.get("session")),
        pseudonym=_key(
            PSEUDONYM_KEY, folder / PSEUDONYM_FILE, environment, goes_by.get("pseudonym")
        ),
    )


def _key(name: str, file: Path, environment: Mapping[str, str], goes_by: str | None) -> str:
    """`goes_by`: the id; empty where any will do; None where it must be there already, whichever it is."""
    given = environment.get(name)
    if given is None and not file.exists():
        if goes_by != "":
            raise NotItsKey(str(file), lost=True)
        _make(file)
    found = _read(file) if given is None else _long_enough(given.strip(), name)
    if goes_by and goes_by != _id(found):
        raise NotItsKey(str(file) if given is None else name, lost=False)
    return found


def _id(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()[:12]


def _read(file: Path) -> str:
    try:
        mode, key = file.stat().st_mode, file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise BadKey(str(file), f"it cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise BadKey(str(file), f"it is no key. {_PUT_BACK}") from None
    if mode & 0o077:
        raise BadKey(str(file), f"other people can read the file. Run: chmod 600 {file}")
    if len(key) < _SHORTEST:
        raise BadKey(str(file), f"it has {len(key)} characters, and had more. {_PUT_BACK}")
    return key


def _make(file: Path, secret: str = "") -> None:
    """Written whole under another name and then linked, so that two first starts agree on one key."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write((secret or secrets.token_hex(_KEY_BYTES)) + "\n")
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
