"""What a token must say before anybody believes it: OpenID Connect Core 3.1.3.7, and Back-Channel Logout 2.6."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from practice_alerts.adapters.single_sign_on.tokens import Claims
from practice_alerts.domain.directory.sign_on_faults import SignOnFault, SignOnRefused

_SLACK: Final = timedelta(seconds=60)  # by so much the two clocks may differ
_OLDEST_LOGOUT: Final = timedelta(minutes=10)
_FURTHEST: Final = 9_000  # a year: with some slack it is still a day of the calendar
_LONGEST: Final = 255  # letters of a subject
LOGOUT_EVENT: Final = "http://schemas.openid.net/event/backchannel-logout"


@dataclass(frozen=True, slots=True)
class Expecting:
    issuer: str
    client_id: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Who has signed in there. `mail` is empty where the issuer does not vouch for it."""

    issuer: str
    subject: str
    mail: str = ""
    session: str = ""
    signed_in_at: datetime | None = None
    """When they gave their password there; None where the issuer does not say."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a logout token ends: all sessions of a subject, or the one session. `token` names it, to be used once."""

    issuer: str
    token: str
    subject: str
    session: str
    until: datetime
    """After that moment the token is too old anyhow."""


def account(
    said: Claims, expecting: Expecting, nonce: str, asked_anew_at: datetime | None
) -> Account:
    """Raises SignOnRefused. `asked_anew_at`: they must have given their password after that moment."""
    _must_be_ours(said, expecting)
    _must_be_of_now(said, expecting.now)
    if not hmac.compare_digest(_text(said, "nonce").encode(), nonce.encode()):
        raise SignOnRefused(SignOnFault.NONCE)
    if not (subject := _text(said, "sub")):
        raise SignOnRefused(SignOnFault.SUBJECT)
    signed_in_at = _moment(said, "auth_time")
    if signed_in_at is not None and signed_in_at > expecting.now + _SLACK:
        raise SignOnRefused(SignOnFault.FUTURE)
    if asked_anew_at and (signed_in_at is None or signed_in_at < asked_anew_at - _SLACK):
        raise SignOnRefused(SignOnFault.NOT_AGAIN)
    mail = _text(said, "email") if said.get("email_verified") is True else ""
    return Account(expecting.issuer, subject, mail, _text(said, "sid"), signed_in_at)


def ended(said: Claims, expecting: Expecting) -> Ended:
    """Raises SignOnRefused."""
    _must_be_ours(said, expecting)
    until, issued = _must_be_of_now(said, expecting.now)
    if issued < expecting.now - _OLDEST_LOGOUT:
        raise SignOnRefused(SignOnFault.EXPIRED)
    events = said.get("events")
    is_logout = isinstance(events, dict) and isinstance(events.get(LOGOUT_EVENT), dict)
    if not is_logout or "nonce" in said or not _text(said, "jti"):
        raise SignOnRefused(SignOnFault.NOT_LOGOUT)
    subject, session = _text(said, "sub"), _text(said, "sid")
    if not subject and not session:
        raise SignOnRefused(SignOnFault.SUBJECT)
    return Ended(expecting.issuer, _text(said, "jti"), subject, session, until + _SLACK)


def _must_be_ours(said: Claims, expecting: Expecting) -> None:
    if said.get("iss") != expecting.issuer:
        raise SignOnRefused(SignOnFault.OTHER_ISSUER)
    # One more audience would be one more service that may use the same token here.
    if said.get("aud") not in (expecting.client_id, [expecting.client_id]):
        raise SignOnRefused(SignOnFault.AUDIENCE)
    if said.get("azp", expecting.client_id) != expecting.client_id:
        raise SignOnRefused(SignOnFault.OTHER_PARTY)


def _must_be_of_now(said: Claims, now: datetime) -> tuple[datetime, datetime]:
    """Until when it is good, and of when it is."""
    until, issued = _moment(said, "exp"), _moment(said, "iat")
    if until is None or issued is None:
        raise SignOnRefused(SignOnFault.NO_TIMES)
    if until <= now - _SLACK:
        raise SignOnRefused(SignOnFault.EXPIRED)
    begins = _moment(said, "nbf") or issued
    if max(issued, begins) > now + _SLACK:
        raise SignOnRefused(SignOnFault.FUTURE)
    return until, issued


def _text(said: Claims, name: str) -> str:
    found = said.get(name)
    if not isinstance(found, str) or len(found) > _LONGEST or not found.isprintable():
        return ""
    return found if found.strip() else ""


def _moment(said: Claims, name: str) -> datetime | None:
    found: Any = said.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        moment = datetime.fromtimestamp(found, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.year < _FURTHEST else None
