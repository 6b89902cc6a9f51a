"""E-mail through real mail servers, good and bad, and into a folder."""

import logging
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest

from practice_alerts.adapters.mail import (
    BadMailSettings,
    Email,
    FolderSender,
    MailSettings,
    NotSent,
    SmtpSender,
)
from tests.helpers.days import moment
from tests.helpers.product.mail_server import (
    PASSWORD,
    USER,
    Certificate,
    Counter,
    mail_server,
    make_certificate,
    signed_in_only,
)
from tests.helpers.product.running_product import free_port

LINK = "https://alerts.council.example/respond/tQ3xW"
EMAIL = Email(
    id="n0tice-Id_1",
    to="chidi.example@council.example",
    to_name="Chidi Exämple",
    subject="Practice alert LAM-2025-0042: your answer is asked for",
    body=f"A practice alert has reached you – answer here:\n{LINK}\n",
    at=moment("Mon 2025-06-02 09:30"),
)
PLAIN = {"HOST": "127.0.0.1", "TLS": "none", "FROM": "Practice alerts <alerts@council.example>"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def plain(counter: Counter) -> Iterator[SmtpSender]:
    """A sender whose server takes e-mails without TLS and sign-in."""
    with mail_server(counter) as port:
        yield SmtpSender(settings(PORT=str(port)))


def environment(**changes: str) -> dict[str, str]:
    return {f"PRACTICE_ALERTS_SMTP_{name}": value for name, value in (PLAIN | changes).items()}


def settings(**changes: str) -> MailSettings:
    read = MailSettings.read(environment(**changes))
    assert read is not None
    return read


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=policy.default)


def refusal(sender: SmtpSender | FolderSender, email: Email = EMAIL) -> NotSent:
    with pytest.raises(NotSent) as caught:
        sender.send(email)
    return caught.value


# ------------------------------------------------------------------------------------- a good server


def test_the_email_arrives_as_it_was_written(plain: SmtpSender, counter: Counter) -> None:
    plain.send(EMAIL)
    message = read(counter.emails[0])
    assert counter.readers == [["chidi.example@council.example"]]
    assert message["From"] == "Practice alerts <alerts@council.example>"
    assert message["To"].addresses[0].display_name == "Chidi Exämple"
    assert message["Subject"] == EMAIL.subject
    assert message["Date"].datetime == EMAIL.at
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"
    assert message.get_content().splitlines() == EMAIL.body.splitlines()
    assert counter.emails[0].isascii(), "not every mail server carries more"


def test_the_sender_s_name_is_the_one_of_the_email_and_the_address_that_of_the_settings(
    plain: SmtpSender, counter: Counter
) -> None:
    plain.send(replace(EMAIL, from_name="Brädford, Practice alerts"))
    (sender,) = read(counter.emails[0])["From"].addresses
    assert sender.display_name == "Brädford, Practice alerts"
    assert sender.addr_spec == "alerts@council.example"


def test_a_sender_s_name_that_would_be_a_header_of_its_own_is_refused(plain: SmtpSender) -> None:
    assert refusal(plain, replace(EMAIL, from_name="Lambeth\r\nBcc: x@y.invalid")).for_good


def test_nobody_who_is_away_answers_it(plain: SmtpSender, counter: Counter) -> None:
    plain.send(EMAIL)
    assert read(counter.emails[0])["Auto-Submitted"] == "auto-generated"


def test_an_email_sent_twice_is_known_by_its_message_id(
    plain: SmtpSender, counter: Counter
) -> None:
    plain.send(EMAIL)
    plain.send(replace(EMAIL, at=moment("Mon 2025-06-02 10:00")))
    plain.send(replace(EMAIL, id="another"))
    first, again, other = (read(content)["Message-ID"] for content in counter.emails)
    assert first == again == "<n0tice-Id_1@council.example>"
    assert other != first


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_with_a_good_certificate_and_sign_in_the_email_goes_encrypted(
    certificate: Certificate, counter: Counter, tls: str
) -> None:
    with mail_server(counter, **_how(tls, certificate)) as port:
        chosen = settings(TLS=tls, PORT=str(port), USER=USER, PASSWORD=PASSWORD)
        SmtpSender(chosen, certificate.trust).send(EMAIL)
    assert read(counter.emails[0])["Subject"] == EMAIL.subject


def _how(tls: str, certificate: Certificate) -> dict[str, Any]:
    door: dict[str, Any] = {"authenticator": signed_in_only}
    if tls == "tls":  # which aiosmtpd does not count as encrypted
        return door | {"ssl_context": certificate.context, "auth_require_tls": False}
    return door | {
        "auth_required": True,
        "tls_context": certificate.context,
        "require_starttls": True,
    }


# ------------------------------------------------------------------------------- servers to be wary of


@pytest.mark.parametrize("tls", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: Certificate, counter: Counter, tls: str
) -> None:
    with mail_server(counter, **_how(tls, certificate)) as port:
        chosen = settings(TLS=tls, PORT=str(port), USER=USER, PASSWORD=PASSWORD)
        trouble = refusal(SmtpSender(chosen))
    assert str(trouble) == "The mail server's certificate cannot be trusted."
    assert not trouble.for_good
    assert counter.emails == []


def test_a_certificate_of_another_server_is_refused(tmp_path: Path, counter: Counter) -> None:
    strange = make_certificate(tmp_path, "DNS:mail.elsewhere.example")
    with mail_server(counter, **_how("starttls", strange)) as port:
        chosen = settings(TLS="starttls", PORT=str(port), USER=USER, PASSWORD=PASSWORD)
        trouble = refusal(SmtpSender(chosen, strange.trust))
    assert "certificate" in str(trouble)


def test_a_server_that_offers_no_encryption_gets_neither_password_nor_email(
    certificate: Certificate, counter: Counter
) -> None:
    said: list[str] = []

    def listening(_s: object, _e: object, _n: object, how: str, _d: object) -> None:
        said.append(how)

    with mail_server(counter, authenticator=listening, auth_require_tls=False) as port:
        chosen = settings(TLS="starttls", PORT=str(port), USER=USER, PASSWORD=PASSWORD)
        trouble = refusal(SmtpSender(chosen, certificate.trust))
    assert str(trouble) == "The mail server offers no encryption or no sign-in."
    assert said == []
    assert counter.emails == []


def test_a_wrong_password_is_for_now_because_it_can_be_mended(
    certificate: Certificate, counter: Counter
) -> None:
    with mail_server(counter, **_how("starttls", certificate)) as port:
        chosen = settings(TLS="starttls", PORT=str(port), USER=USER, PASSWORD="wrong")
        trouble = refusal(SmtpSender(chosen, certificate.trust))
    assert str(trouble) == "The mail server refused our sign-in (535)."
    assert not trouble.for_good


def test_a_server_that_is_away_is_for_now() -> None:
    trouble = refusal(SmtpSender(settings(PORT=str(free_port()))))
    assert str(trouble) == "The mail server could not be reached (ConnectionRefusedError)."
    assert not trouble.for_good


@pytest.mark.parametrize(
    ("says", "for_good"),
    [("451 Try later", False), ("550 No such person", True), ("452 Too many", False)],
)
def test_a_refused_reader_is_for_good_unless_the_server_says_later(
    plain: SmtpSender, counter: Counter, says: str, for_good: bool
) -> None:
    counter.says_to_reader = f"{says}: {EMAIL.to}"
    trouble = refusal(plain)
    assert trouble.for_good is for_good
    assert str(trouble) == f"The mail server refused the reader's address ({says[:3]})."


@pytest.mark.parametrize(("says", "for_good"), [("451 Later", False), ("554 Never", True)])
def test_a_refused_email_is_for_good_unless_the_server_says_later(
    plain: SmtpSender, counter: Counter, says: str, for_good: bool
) -> None:
    counter.says_to_email = f"{says}: {LINK}"
    trouble = refusal(plain)
    assert trouble.for_good is for_good
    assert str(trouble) == f"The mail server refused the e-mail ({says[:3]})."


def test_a_refused_sender_is_for_now_because_it_can_be_mended(
    plain: SmtpSender, counter: Counter
) -> None:
    counter.says_to_sender = "553 Who are you?"
    trouble = refusal(plain)
    assert str(trouble) == "The mail server refused the address that notices come from (553)."
    assert not trouble.for_good


def test_a_failure_is_written_down_with_its_reference_and_nothing_of_the_email(
    plain: SmtpSender, counter: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    counter.says_to_reader = f"550 {EMAIL.to} is unknown, {EMAIL.body.splitlines()[0]}"
    with caplog.at_level(logging.WARNING, "practice_alerts"):
        trouble = refusal(plain)
    said = f"{caplog.text} {trouble} {trouble.__cause__}"
    assert "LAM-2025-0042" in said
    assert not re.search("chidi|reached you|respond", said, re.IGNORECASE)


# --------------------------------------------------------- servers that break off, word for word


@contextmanager
def rude(*lines: str) -> Iterator[SmtpSender]:
    """A server that says these lines, one to each line it hears, whatever it hears; then hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            connection, _ = listening.accept()
            with connection, connection.makefile("rwb") as stream:
                for line in lines:
                    stream.write(line.encode() + b"\r\n")
                    stream.flush()
                    heard = stream.readline()
                    while line.startswith("354") and heard not in {b".\r\n", b""}:
                        heard = stream.readline()

        talking = threading.Thread(target=talk)
        talking.start()
        yield SmtpSender(settings(PORT=str(listening.getsockname()[1])))
        talking.join(timeout=10)


TAKEN = ("220 hello", "250 hello", "250 sender", "250 reader", "354 go on", "250 taken")


@pytest.mark.parametrize("good_bye", ["221 bye", "500 what?", "421 closing"])
def test_an_email_that_was_taken_has_gone_whatever_is_said_to_the_good_bye(good_bye: str) -> None:
    with rude(*TAKEN, good_bye) as sender:
        sender.send(EMAIL)
    with rude(*TAKEN) as sender:  # hangs up instead
        sender.send(EMAIL)
    with rude(*TAKEN[:-1], "451 not taken", good_bye) as sender:
        assert not refusal(sender).for_good


def test_a_connection_that_breaks_before_the_email_is_taken_is_for_now() -> None:
    with rude(*TAKEN[:-1]) as sender:
        trouble = refusal(sender)
    assert str(trouble).startswith("The connection to the mail server broke")
    assert not trouble.for_good


def test_a_server_that_turns_everybody_away_is_for_now() -> None:
    with rude("554 not today", "221 bye") as sender:
        trouble = refusal(sender)
    assert str(trouble) == "The mail server took no e-mails (554)."
    assert not trouble.for_good


# ------------------------------------------------------------------------------- what cannot stand in it


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Two lines\r\nBcc: everybody@council.example"},
        {"to_name": "Chidi\r\nBcc: everybody@council.example"},
        {"to": "chidi@council.example\r\nBcc: everybody@council.example"},
        {"to": "chidi@council.example, everybody@council.example"},
        {"to": "<chidi@council.example>"},
        {"to": "chidi at council.example"},
        {"to": "chïdi@council.example"},
        {"to": "chidi@"},
        {"to": ""},
    ],
    ids=lambda changes: str(*changes.values())[:40],
)
def test_no_header_can_be_slipped_in_and_no_email_goes_to_what_is_no_address(
    plain: SmtpSender, counter: Counter, tmp_path: Path, changes: dict[str, Any]
) -> None:
    email = replace(EMAIL, **changes)
    for sender in (plain, FolderSender(tmp_path / "outbox", lambda _: None)):
        trouble = refusal(sender, email)
        assert trouble.for_good
        assert "chidi" not in str(trouble)
    assert counter.emails == []
    assert not (tmp_path / "outbox").exists()


def test_an_id_with_strange_signs_makes_no_second_header(
    plain: SmtpSender, counter: Counter
) -> None:
    plain.send(replace(EMAIL, id="../a\r\nBcc: x@y.example"))
    message = read(counter.emails[0])
    assert message["Message-ID"] == "<aBccxyexample@council.example>"
    assert message["Bcc"] is None


def test_a_domain_in_other_letters_is_written_as_mail_writes_it(
    plain: SmtpSender, counter: Counter
) -> None:
    plain.send(replace(EMAIL, to="chidi@gemeinderäte.example"))
    assert counter.readers == [["chidi@xn--gemeinderte-t8a.example"]]


# ------------------------------------------------------------------------------------------ the folder


def test_without_a_mail_server_the_email_is_a_file_that_its_owner_alone_reads(
    tmp_path: Path,
) -> None:
    said: list[str] = []
    FolderSender(tmp_path / "outbox", said.append).send(EMAIL)
    (file,) = (tmp_path / "outbox").iterdir()
    assert file.name == "20250602T083000-n0tice-Id_1.eml"
    assert S_IMODE(file.stat().st_mode) == 0o600
    assert S_IMODE(file.parent.stat().st_mode) == 0o700
    assert read(file.read_bytes()).get_content().splitlines() == EMAIL.body.splitlines()
    assert LINK in file.read_text("utf-8"), "a person looks into it"
    assert said == [f"Notice LAM-2025-0042: {file}"]


def test_the_console_is_told_of_a_sign_in_link_without_the_link(tmp_path: Path) -> None:
    said: list[str] = []
    email = replace(EMAIL, subject="Your link to sign in to practice alerts")
    FolderSender(tmp_path, said.append).send(email)
    assert said == [f"Notice about no alert: {next(tmp_path.iterdir())}"]
    assert LINK not in said[0]


def test_a_folder_that_cannot_be_written_is_for_now_and_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file stands in the way", "utf-8")
    trouble = refusal(FolderSender(tmp_path / "outbox", lambda _: None))
    assert not trouble.for_good
    whole = tmp_path / "whole"
    (whole / "20250602T083000-n0tice-Id_1.eml").mkdir(parents=True)
    assert not refusal(FolderSender(whole, lambda _: None)).for_good
    assert [file.suffix for file in whole.iterdir()] == [".eml"]


# --------------------------------------------------------------------------------------------- settings


def test_without_a_host_there_is_no_mail_server() -> None:
    assert MailSettings.read({}) is None
    assert MailSettings.read(environment(HOST=" ")) is None


@pytest.mark.parametrize(("tls", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_each_kind_of_encryption_has_its_port(tls: str, port: int) -> None:
    assert settings(TLS=tls).port == port
    assert settings(TLS=tls, PORT="2525").port == 2525


def test_encryption_is_the_rule() -> None:
    without = environment(HOST="mail.council.example")
    del without["PRACTICE_ALERTS_SMTP_TLS"]
    found = MailSettings.read(without)
    assert found is not None
    assert found.tls == "starttls"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"HOST": "mail.council.example"}, "TLS"),
        ({"TLS": "maybe"}, "TLS"),
        ({"PORT": "twenty-five"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"PORT": "0"}, "PORT"),
        ({"FROM": ""}, "FROM"),
        ({"FROM": "alerts"}, "FROM"),
        ({"FROM": "a@council.example, b@council.example"}, "FROM"),
        ({"FROM": "a@council.example\r\nBcc: b@council.example"}, "FROM"),
        ({"USER": "somebody"}, "PASSWORD"),
    ],
)
def test_settings_that_cannot_be_are_refused_by_name(changes: dict[str, str], named: str) -> None:
    with pytest.raises(BadMailSettings) as caught:
        MailSettings.read(environment(**changes))
    assert caught.value.name == f"PRACTICE_ALERTS_SMTP_{named}"
    assert str(caught.value).endswith(".")


def test_the_password_is_never_shown() -> None:
    assert PASSWORD not in repr(settings(USER=USER, PASSWORD=PASSWORD))
