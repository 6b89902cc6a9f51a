"""What is set for a council's single sign-on, read from the environment."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from practice_alerts.domain.directory.mail_address import domain_of
from practice_alerts.domain.directory.sign_on_faults import BadSignOn

SIGN_ON: Final = "PRACTICE_ALERTS_SIGN_ON_"
SIGN_ON_PARTS: Final = (
    "ISSUER",
    "CLIENT_ID",
    "CLIENT_SECRET",
    "CLIENT_SECRET_FILE",
    "STAFF_DOMAINS",
)
_NAME: Final = re.compile(rf"{SIGN_ON}([A-Z0-9_]+?)_({'|'.join(SIGN_ON_PARTS)})")
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class CouncilSignOn:
    """`council` is its folder's name, with an underscore for each hyphen, as it stands in the settings."""

    council: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    staff_domains: tuple[str, ...] = ()
    """After the @ of everybody with an account there; whoever reads mail elsewhere is a guest."""

    def is_of(self, council: str) -> bool:
        return self.council == council.replace("-", "_")

    def is_staff_address(self, mail: str) -> bool:
        return domain_of(mail) in self.staff_domains


def read_sign_ons(environment: Mapping[str, str]) -> tuple[CouncilSignOn, ...]:
    """One for each council that has an issuer. Raises BadSignOn."""
    found: dict[str, dict[str, str]] = {}
    for name, value in environment.items():
        if not name.startswith(SIGN_ON):
            continue
        parts = _NAME.fullmatch(name)
        if parts is None:
            raise BadSignOn(name, f"there is no such setting; it ends with one of {_ends()}.")
        found.setdefault(parts[1], {})[parts[2]] = value.strip()
    return tuple(_read(council, found[council]) for council in sorted(found))


def must_be_councils(sign_ons: Iterable[CouncilSignOn], councils: Collection[str]) -> None:
    """Each is of a council that is here. Raises BadSignOn."""
    for one in sign_ons:
        if not any(one.is_of(council) for council in councils):
            name = f"{SIGN_ON}{one.council.upper()}_ISSUER"
            raise BadSignOn(name, f"no council is called so. There are: {', '.join(councils)}.")


def _ends() -> str:
    return ", ".join(f"_{part}" for part in SIGN_ON_PARTS)


def _read(council: str, given: Mapping[str, str]) -> CouncilSignOn:
    def name(part: str) -> str:
        return f"{SIGN_ON}{council}_{part}"

    for part in ("ISSUER", "CLIENT_ID"):
        if not given.get(part):
            raise BadSignOn(name(part), "it is missing, and single sign-on needs it.")
    secret = given.get("CLIENT_SECRET") or _from_file(given, name("CLIENT_SECRET_FILE"))
    if not secret:
        what = f"it is missing, and so is {name('CLIENT_SECRET_FILE')}; one of them is needed."
        raise BadSignOn(name("CLIENT_SECRET"), what)
    domains = (one.strip().lstrip("@").lower() for one in given.get("STAFF_DOMAINS", "").split(","))
    return CouncilSignOn(
        council.lower(),
        _issuer(given["ISSUER"], name("ISSUER")),
        given["CLIENT_ID"],
        secret,
        tuple(filter(None, domains)),
    )


def _from_file(given: Mapping[str, str], name: str) -> str:
    if not given.get("CLIENT_SECRET_FILE"):
        return ""
    file = Path(given["CLIENT_SECRET_FILE"])
    try:
        if file.stat().st_mode & 0o077:
            raise BadSignOn(name, f"other people can read the file. Run: chmod 600 {file}")
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeError):
        raise BadSignOn(name, f"{file} cannot be read.") from None


def _issuer(given: str, name: str) -> str:
    if not is_private(given) or re.search(r"[?#\s]", given):
        what = "write it as the provider does, beginning with https:// and without ? or #."
        raise BadSignOn(name, what)
    return given


def is_private(address: str) -> bool:
    """Over https, or on this very machine, where a trial has its provider."""
    try:
        parts = urlsplit(address)
        secure = parts.scheme == "https" and bool(parts.hostname)
    except ValueError:
        return False
    is_plain = parts.username is None and parts.password is None
    return is_plain and (secure or (parts.scheme == "http" and parts.hostname in _LOOPBACK))
