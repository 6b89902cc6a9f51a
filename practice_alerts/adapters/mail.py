"""E-mail on its way: to a mail server, or into a folder where somebody can look at them."""

from __future__ import annotations

import logging
import os
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from pathlib import Path
from typing import Any, Final, Literal, Protocol, get_args

from practice_alerts.adapters import smtp_conversation
from practice_alerts.adapters.smtp_conversation import Bounds
from practice_alerts.domain.complete import complete
from practice_alerts.domain.errors import Expected
from practice_alerts.domain.text import whole_number

Tls = Literal["starttls", "tls", "none"]

HOST = "PRACTICE_ALERTS_SMTP_HOST"
PORT = "PRACTICE_ALERTS_SMTP_PORT"
TLS = "PRACTICE_ALERTS_SMTP_TLS"
USER = "PRACTICE_ALERTS_SMTP_USER"
PASSWORD = "PRACTICE_ALERTS_SMTP_PASSWORD"  # noqa: S105 - the variable's name
FROM = "PRACTICE_ALERTS_SMTP_FROM"
_SETTINGS = (HOST, PORT, TLS, USER, FROM)

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS: dict[Tls, int] = dict(complete(get_args(Tls), {"starttls": 587, "tls": 465, "none": 25}))
_LAST_PORT = 65_535
_REFERENCE = re.compile(r"\b[A-Z]{2,5}-\d{4}-\d{4,}\b")
_SAFE_ANYWHERE: Final = SMTP.clone(cte_type="7bit")  # not every server carries more than ASCII
_NO_ADDRESS: Final = "The address or the name held for the reader cannot stand in an e-mail."

_log = logging.getLogger(__name__)


class NotSent(Expected):
    """The e-mail did not go, and nothing of it is said here.

    `for_good`: the mail server says that trying this very e-mail again will not help. Whether that is so,
    or the server takes nothing from us, shows once it has taken another. What may be mended meanwhile
    (connection, certificate, our sign-in, our address) is for now.
    """

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        self.why = why
        self.for_good = for_good
        super().__init__(why)


class NotReached(NotSent):
    """There was no handing over: whatever else waits would not go either."""


class Unwritable(NotSent):
    """It cannot be made an e-mail, so no server was asked."""

    def __init__(self, why: str) -> None:
        super().__init__(why, for_good=True)


class BadMailSettings(Expected):
    def __init__(self, name: str, why: str) -> None:
        self.name = name
        super().__init__(f"{name}: {why}")


@dataclass(frozen=True, slots=True)
class Email:
    """One message to one reader. `id` becomes its Message-ID, by which a second sending is known."""

    id: str
    to: str
    to_name: str
    subject: str
    body: str = field(repr=False)
    at: datetime
    """When it is sent (aware)."""
    from_name: str = ""
    """What stands before the address it comes from; empty: what the settings say."""


class Sender(Protocol):
    def send(self, email: Email) -> None:
        """Hand the e-mail over. Raises NotSent."""
        ...


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The council's mail server."""

    host: str
    port: int
    sender: str
    tls: Tls = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> MailSettings | None:
        """From the environment; None where no server is named. Raises BadMailSettings."""
        given = {name: environment.get(name, "").strip() for name in _SETTINGS}
        if not given[HOST]:
            return None
        tls = _tls(given[TLS] or "starttls", given[HOST])
        sender = _one_address(given[FROM])
        port = whole_number(given[PORT]) if given[PORT] else _PORTS[tls]
        if not port or port > _LAST_PORT:
            raise BadMailSettings(PORT, f"write a number from 1 to {_LAST_PORT}.")
        password = environment.get(PASSWORD, "")  # spaces may belong to it
        if given[USER] and not password:
            raise BadMailSettings(PASSWORD, f"write the password that belongs to {USER}.")
        return cls(given[HOST], port, sender, tls, given[USER], password)


def _tls(chosen: str, host: str) -> Tls:
    if chosen not in _PORTS:
        raise BadMailSettings(TLS, "write starttls, tls or none.")
    if chosen == "none" and host not in _LOOPBACK:
        why = "without encryption only a server on this machine is used. Write starttls or tls."
        raise BadMailSettings(TLS, why)
    return chosen


def _one_address(text: str) -> str:
    """Give it back when it is one address, with or without a name before it. Raises BadMailSettings."""
    probe = EmailMessage()
    with suppress(ValueError, IndexError, MessageError):
        probe["From"] = text
        addresses = probe["From"].addresses
        if len(addresses) == 1 and addresses[0].domain and text.isascii():
            return text
    raise BadMailSettings(FROM, "write the one address that notices come from.")


class SmtpSender:
    """Through the council's mail server. A connection for each e-mail: they are few.

    With TLS its certificate must be good; a failure is written down, without address or text.
    """

    def __init__(
        self,
        settings: MailSettings,
        trust: ssl.SSLContext | None = None,
        bounds: Callable[[], Bounds] = Bounds,
    ) -> None:
        self._settings = settings
        self._trust = trust or ssl.create_default_context()
        self._bounds = bounds

    def send(self, email: Email) -> None:
        message = _message(email, self._settings.sender, _SAFE_ANYWHERE)
        try:
            server = self._connected()
            try:
                _hand_over(server, message)
            finally:
                # What the server says to a good-bye changes nothing: the e-mail is with it, or is not.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
        except NotSent as trouble:
            _log.warning("%s did not go out: %s", _about(email), trouble.why)
            raise

    def _connected(self) -> smtplib.SMTP:
        """Connect and sign in. Raises NotSent, never for good: it says nothing about the e-mail."""
        server: smtplib.SMTP | None = None
        try:
            server = self._reached()
            if self._settings.tls == "starttls":
                server.starttls(context=self._trust)
            if self._settings.user:
                server.login(self._settings.user, self._settings.password)
        except (smtplib.SMTPException, OSError) as error:
            if server is not None:
                server.close()
            raise NotReached(_why_not_connected(error)) from None
        return server

    def _reached(self) -> smtplib.SMTP:
        trust = self._trust if self._settings.tls == "tls" else None
        return smtp_conversation.reached(
            self._settings.host, self._settings.port, trust, self._bounds()
        )


def _why_not_connected(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "The mail server's certificate cannot be trusted."
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The mail server refused our sign-in ({error.smtp_code})."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "The mail server offers no encryption or no sign-in."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server took no e-mails ({error.smtp_code})."
    return f"The mail server could not be reached ({type(error).__name__})."


def _hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Give the e-mail to the server. Raises NotSent unless the server has said that it has it."""
    try:
        server.send_message(message)
    except smtplib.SMTPSenderRefused as error:
        why = f"The mail server refused the address that notices come from ({error.smtp_code})."
        raise NotReached(why) from None
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        why = f"The mail server refused the reader's address ({code})."
        raise NotSent(why, for_good=_is_final(code)) from None
    except smtplib.SMTPResponseException as error:
        code = error.smtp_code
        why = f"The mail server refused the e-mail ({code})."
        raise NotSent(why, for_good=_is_final(code)) from None
    except (smtplib.SMTPException, OSError) as error:
        why = f"The connection to the mail server broke ({type(error).__name__})."
        raise NotReached(why) from None


class FolderSender:
    """Without a mail server: one .eml file an e-mail, and a line on the console that names it."""

    def __init__(self, folder: Path, tell: Callable[[str], None] = print) -> None:
        self.folder = folder
        self._tell = tell

    def send(self, email: Email) -> None:
        content = bytes(_message(email, "practice-alerts@localhost", SMTP))
        stamp = email.at.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
        file = self.folder / f"{stamp}-{_safe(email.id)}.eml"
        draft = file.with_suffix(".part")
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)
            _write(draft, content)
            draft.rename(file)
        except OSError as error:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise NotReached(f"The file could not be written ({type(error).__name__}).") from None
        # The reference and never the link: a console is kept, and a sign-in link is a secret.
        self._tell(f"{_about(email)}: {file}")


def _write(file: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(file, flags, 0o600), "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())  # the store will say that it went out, and survives a power cut


def _message(email: Email, sender: str, policy: EmailPolicy[EmailMessage]) -> EmailMessage:
    """A plain text message, to one reader. Raises Unwritable."""
    message = EmailMessage(policy)
    message["From"] = sender
    domain = message["From"].addresses[0].domain
    message["Message-ID"] = f"<{_safe(email.id)}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # so that no "I am away" comes back
    message["Date"] = email.at
    try:
        if email.from_name:
            message.replace_header("From", _named(email.from_name, message))
        message["To"] = _reader(email)
        message["Subject"] = _as_typed(email.subject)
        message.set_content(email.body, charset="utf-8")
        _must_be_as_meant(message)
    except (ValueError, IndexError, MessageError):
        raise Unwritable(_NO_ADDRESS) from None
    return message


def _must_be_as_meant(message: EmailMessage) -> None:
    """Whoever gets it reads the headers that were set, and no other. Raises ValueError."""
    read = message_from_bytes(bytes(message), policy=SMTP)
    told = read.keys(), read.get_content_type(), _addresses(read["From"]), _addresses(read["To"])
    meant = message.keys(), "text/plain", _addresses(message["From"]), _addresses(message["To"])
    if told != meant or len(told[-1]) != 1:
        raise ValueError


def _addresses(header: Any) -> list[str]:
    return [one.addr_spec for one in header.addresses]


def _as_typed(text: str) -> str:
    """The library would decode a text in the manner of RFC 2047, and write the line breaks that come of it."""
    return text.replace("=?", "= ?")


def _named(name: str, message: EmailMessage) -> Address:
    spec = message["From"].addresses[0].addr_spec
    return Address(display_name=_as_typed(name), addr_spec=spec)


def _reader(email: Email) -> Address:
    local, _, domain = email.to.rpartition("@")
    if "=?" in local:
        raise ValueError
    ascii_domain = domain.encode("idna").decode("ascii")
    return Address(display_name=_as_typed(email.to_name), addr_spec=f"{local}@{ascii_domain}")


def _about(email: Email) -> str:
    found = _REFERENCE.search(email.subject)
    return f"Notice {found.group()}" if found else "Notice about no alert"


def _safe(email_id: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]", "", email_id)


def _is_final(code: int) -> bool:
    """Whether the server said no for good (5xx) and not for now (4xx)."""
    return code >= 500  # noqa: PLR2004 - where SMTP's permanent answers begin
