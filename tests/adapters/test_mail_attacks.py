"""What would make another e-mail of ours, and mail servers that never come to an end."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from practice_alerts.adapters.mail import (
    Email,
    FolderSender,
    MailSettings,
    NotReached,
    NotSent,
    SmtpSender,
    Unwritable,
)
from practice_alerts.adapters.smtp_conversation import Bounds
from tests.helpers.days import moment
from tests.helpers.product.mail_server import Counter, mail_server

EMAIL = Email(
    id="n0tice",
    to="quinn.sample@council.example",
    to_name="Quinn Sample",
    subject="Your entry in the directory was changed",
    body="The address was changed. If you know nothing of it, tell your administrator.\n",
    at=moment("Mon 2025-06-02 09:30"),
    from_name="Practice alerts",
)
HEADERS = {
    *("From", "Message-ID", "Auto-Submitted", "Date", "To", "Subject"),
    *("Content-Type", "Content-Transfer-Encoding", "MIME-Version"),
}


def encoded(text: str, way: str = "q") -> str:
    """As RFC 2047 writes it."""
    letters = (one if one.isalnum() else f"={ord(one):02X}" for one in text)
    return f"=?utf-8?{way}?{''.join(letters)}?="


HIDDEN = encoded("Q\r\nContent-Type: text/html\r\n\r\n<a href='http://elsewhere.example'>")
NAMES = (
    HIDDEN,
    HIDDEN.upper(),
    f'"{HIDDEN}"',
    f"Quinn {HIDDEN} Sample",
    f"{HIDDEN} {HIDDEN}",
    encoded(HIDDEN),
    encoded("x\r\nTo: <all@elsewhere.example>\r\nX: "),
    encoded('x" <all@elsewhere.example>, "y'),
    "=?utf-8?b?UQ0KUmVwbHktVG86IGFsbEBlbHNld2hlcmUuZXhhbXBsZQ0KDQo=?=",
    "=?utf-8*en?q?Q=0D=0AReply-To=3A_all=40elsewhere.example?=",
    "==??utf-8?q?=0D=0A?=",
)  # fmt: skip


def settings(port: int) -> MailSettings:
    given = {
        "PRACTICE_ALERTS_SMTP_HOST": "127.0.0.1",
        "PRACTICE_ALERTS_SMTP_PORT": str(port),
        "PRACTICE_ALERTS_SMTP_TLS": "none",
        "PRACTICE_ALERTS_SMTP_FROM": "alerts@council.example",
    }
    read = MailSettings.read(given)
    assert read is not None
    return read


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, _class=EmailMessage, policy=policy.default)


@pytest.mark.parametrize("field", ["to_name", "from_name", "subject"])
@pytest.mark.parametrize("text", NAMES)
def test_nothing_that_somebody_is_called_becomes_a_line_of_the_email(
    tmp_path: Path, field: str, text: str
) -> None:
    changes: dict[str, Any] = {field: text}
    email, counter = replace(EMAIL, **changes), Counter()
    with mail_server(counter) as port:
        SmtpSender(settings(port)).send(email)
    FolderSender(tmp_path, lambda _: None).send(email)
    (file,) = tmp_path.iterdir()
    assert counter.readers == [[EMAIL.to]]
    for message in (read(counter.emails[0]), read(file.read_bytes())):
        assert {*message.keys()} - {"X-Peer", "X-MailFrom", "X-RcptTo"} == HEADERS
        assert message.get_content_type() == "text/plain"
        assert message.get_content().splitlines() == EMAIL.body.splitlines()
        assert [one.addr_spec for one in message["To"].addresses] == [EMAIL.to]
        shown = {
            "to_name": message["To"].addresses[0].display_name,
            "from_name": message["From"].addresses[0].display_name,
            "subject": message["Subject"],
        }[field]
        assert "\n" not in str(shown)
        assert "utf-8" in str(shown).lower(), "it is read as it was typed"


def test_no_email_goes_to_an_address_that_would_be_decoded(tmp_path: Path) -> None:
    there = f"{encoded('all@elsewhere.example')}@council.example"
    with pytest.raises(Unwritable):
        FolderSender(tmp_path / "outbox", lambda _: None).send(replace(EMAIL, to=there))
    assert not (tmp_path / "outbox").exists()


# ---------------------------------------------------------------------- servers without an end

Talk = Callable[[socket.socket, threading.Event], None]


@contextmanager
def server(talk: Talk) -> Iterator[SmtpSender]:
    """One that says whatever `talk` does, until nobody listens; given up after seconds, not minutes."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                talk(connection, over)

        talking = threading.Thread(target=answer)
        talking.start()
        port = listening.getsockname()[1]
        yield SmtpSender(settings(port), bounds=lambda: Bounds(patience=5, whole=1.5))
        over.set()
        talking.join(timeout=60)
        assert not talking.is_alive()


def _lines(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"220 hello\r\n")
    while not over.is_set():
        connection.sendall(b"250-and then\r\n" * 1_000)


def _a_line(connection: socket.socket, over: threading.Event) -> None:
    while not over.wait(0.2):
        connection.sendall(b"2")


def _line_after_line(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"220 hello\r\n")
    while not over.wait(0.2):
        connection.sendall(b"250-and then\r\n")


def _after_the_email(connection: socket.socket, over: threading.Event) -> None:
    for said in (b"220 hello", b"250 hello", b"250 sender", b"250 reader", b"354 go on"):
        connection.sendall(said + b"\r\n")
        connection.recv(4_096)
    while not over.wait(0.2):
        connection.sendall(b"250-taken\r\n")


def _reads_nothing(connection: socket.socket, over: threading.Event) -> None:
    for said in (b"220 hello", b"250 hello", b"250 sender", b"250 reader"):
        connection.sendall(said + b"\r\n")
        connection.recv(4_096)
    connection.sendall(b"354 go on\r\n")
    over.wait(60)


@pytest.mark.parametrize(
    "talk", [_lines, _a_line, _line_after_line, _after_the_email, _reads_nothing]
)
def test_a_mail_server_without_an_end_is_given_up_and_the_email_waits(talk: Talk) -> None:
    large = replace(EMAIL, body="A long text.\n" * 500_000)
    with server(talk) as sender, pytest.raises(NotSent) as caught:
        sender.send(large)
    assert isinstance(caught.value, NotReached)
    assert not caught.value.for_good


def test_the_product_itself_waits_for_two_minutes_at_most() -> None:
    bounds = Bounds()
    assert 0 < bounds.patience() <= 20
    with pytest.raises(ConnectionAbortedError):
        bounds.has_heard(100_000)
    with pytest.raises(TimeoutError):
        Bounds(whole=0).patience()
