"""A real mail server on this machine, with a certificate that only its test trusts."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.helpers.product.running_product import free_port

USER, PASSWORD = "practice-alerts", "correct horse battery staple"


@dataclass
class Counter:
    """What people bring, and what is said to them instead when something is to be refused."""

    emails: list[bytes] = field(default_factory=list)
    readers: list[list[str]] = field(default_factory=list)
    says_to_sender: str = "250 OK"
    says_to_reader: str = "250 OK"
    says_to_email: str = "250 OK"

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.says_to_sender

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if self.says_to_reader.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says_to_reader

    async def handle_DATA(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.says_to_email.startswith("250") and isinstance(envelope.content, bytes):
            self.emails.append(envelope.content)
            self.readers.append(envelope.rcpt_tos)
        return self.says_to_email


@dataclass(frozen=True)
class Certificate:
    """For localhost and 127.0.0.1; `trust` is how a test that trusts it speaks to the server."""

    file: Path
    key: Path

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.file))

    @property
    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key)
        return context


def make_certificate(folder: Path, names: str = "DNS:localhost,IP:127.0.0.1") -> Certificate:
    made = Certificate(folder / "mail.crt", folder / "mail.key")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=a mail server in a test", "-addext", f"subjectAltName={names}"]
    command += ["-keyout", str(made.key), "-out", str(made.file)]
    subprocess.run(command, check=True, capture_output=True)
    return made


@contextmanager
def mail_server(counter: Counter, **how: Any) -> Iterator[int]:
    """The port of a server while it runs; `how` goes to aiosmtpd."""
    how.setdefault("port", free_port())
    controller = Controller(counter, hostname="127.0.0.1", **how)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def signed_in_only(
    _server: SMTP, _session: Session, _: Envelope, how: str, data: Any
) -> AuthResult:
    """Let in who says `USER` and `PASSWORD`."""
    right = data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=right and how in {"LOGIN", "PLAIN"}, handled=False)
