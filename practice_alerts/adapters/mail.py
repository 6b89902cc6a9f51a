"""Letters on their way: to a mail server, or into a folder where somebody can look at them."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from typing import Literal, Protocol

from practice_alerts.domain.errors import Expected

Tls = Literal["starttls", "tls", "none"]

_PATIENCE = 20  # seconds for a mail server to answer
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS: dict[Tls, int] = {"starttls": 587, "tls": 465, "none": 25}
_REFERENCE = re.compile(r"\b[A-Z]{2,5}-\d{4}-\d{4,}\b")


class NotSent(Expected):
    """The letter did not go. `for_good`: trying again will not help. Never holds the letter's text."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        self.why = why
        self.for_good = for_good
        super().__init__(why)


class BadMailSettings(Expected):
    def __init__(self, name: str, why: str) -> None:
        self.name = name
        super().__init__(f"{name}: {why}")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one reader. `id` becomes its Message-ID: sent twice, it is one message."""

    id: str
    to: str
    to_name: str
    subject: str
    body: str = field(repr=False)
    at: datetime
    """When it is sent (aware)."""


class Sender(Protocol):
    def send(self, letter: Letter) -> None:
        """Hand the letter over. Raises NotSent."""
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
        """From PRACTICE_ALERTS_SMTP_HOST and its like; None where no server is named."""

        def setting(name: str, fallback: str = "") -> str:
            return environment.get(f"PRACTICE_ALERTS_SMTP_{name}", fallback).strip()

        host = setting("HOST")
        if not host:
            return None
        tls = setting("TLS", "starttls")
        if tls not in _PORTS:
            raise BadMailSettings("PRACTICE_ALERTS_SMTP_TLS", "write starttls, tls or none.")
        if tls == "none" and host not in _LOOPBACK:
            why = "without encryption only a server on this machine is used. Write starttls or tls."
            raise BadMailSettings("PRACTICE_ALERTS_SMTP_TLS", why)
        port = setting("PORT", str(_PORTS[tls]))
        if not port.isdecimal():
            raise BadMailSettings("PRACTICE_ALERTS_SMTP_PORT", "write a number.")
        sender = setting("FROM")
        if "@" not in sender:
            why = "write the address that notices come from."
            raise BadMailSettings("PRACTICE_ALERTS_SMTP_FROM", why)
        return cls(host, int(port), sender, tls, setting("USER"), setting("PASSWORD"))


class SmtpSender:
    """Through the council's mail server. A connection for each letter: they are few."""

    def __init__(self, settings: MailSettings, trust: ssl.SSLContext | None = None) -> None:
        self._settings = settings
        self._trust = trust or ssl.create_default_context()

    def send(self, letter: Letter) -> None:
        message = _message(letter, self._settings.sender)
        try:
            with self._connected() as server:
                server.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
            raise NotSent("The mail server refused the address.", for_good=_final(error)) from None
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
            raise NotSent(f"The mail server answered {code}.", for_good=_is_final(code)) from None
        except (smtplib.SMTPException, OSError) as error:
            kind = type(error).__name__
            raise NotSent(f"The mail server could not be reached ({kind}).") from None

    def _connected(self) -> smtplib.SMTP:
        chosen = self._settings
        if chosen.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                chosen.host, chosen.port, timeout=_PATIENCE, context=self._trust
            )
        else:
            server = smtplib.SMTP(chosen.host, chosen.port, timeout=_PATIENCE)
        try:
            if chosen.tls == "starttls":
                server.starttls(context=self._trust)
            if chosen.user:
                server.login(chosen.user, chosen.password)
        except BaseException:
            server.close()
            raise
        return server


class FolderSender:
    """Without a mail server: one .eml file a letter, and a line on the console that names it."""

    def __init__(self, folder: Path, tell: Callable[[str], None] = print) -> None:
        self._folder = folder
        self._tell = tell

    def send(self, letter: Letter) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp = letter.at.astimezone(UTC).strftime("%Y%m%dT%H%M%S")
        safe = re.sub(r"[^A-Za-z0-9_-]", "", letter.id)
        file = self._folder / f"{stamp}-{safe}.eml"
        draft = file.with_suffix(".part")
        try:
            with os.fdopen(
                os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as out:
                out.write(bytes(_message(letter, "practice-alerts@localhost")))
            draft.rename(file)
        except OSError as error:
            raise NotSent(f"The file could not be written ({type(error).__name__}).") from error
        # The reference and never the link: a console is kept, and a sign-in link is a secret.
        about = _REFERENCE.search(letter.subject)
        self._tell(f"Notice {about.group() if about else 'to sign in'}: {file}")


def _message(letter: Letter, sender: str) -> EmailMessage:
    """A plain text message. The library refuses line breaks in headers, so none can be slipped in."""
    message = EmailMessage()
    try:
        message["From"] = sender
        message["To"] = Address(display_name=letter.to_name, addr_spec=letter.to)
        message["Subject"] = letter.subject
    except (ValueError, IndexError) as error:
        raise NotSent(
            "The address or the name held for the reader is none.", for_good=True
        ) from error
    message["Message-ID"] = f"<{letter.id}@practice-alerts>"
    message["Auto-Submitted"] = "auto-generated"
    message["Date"] = letter.at
    message.set_content(letter.body, charset="utf-8")
    return message


def _final(error: smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused) -> bool:
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _is_final(error.smtp_code)
    return all(_is_final(code) for code, _ in error.recipients.values())


def _is_final(code: int) -> bool:
    """Whether the server said no for good (5xx) and not for now (4xx)."""
    return code >= 500  # noqa: PLR2004 - where SMTP's permanent answers begin
