"""The outbox empties itself: nothing is lost, nothing stops the rest, two senders share the work."""

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.keys import keys
from practice_alerts.adapters.mail import (
    Email,
    MailSettings,
    NotReached,
    NotSent,
    SmtpSender,
    Unwritable,
)
from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.jobs.send_mail import send_waiting
from practice_alerts.casework.jobs.undelivered import not_arrived, send_again
from practice_alerts.domain.errors import NotFound
from practice_alerts.office import Office, Settings
from tests.helpers.days import moment
from tests.helpers.product.mail_server import Counter, mail_server
from tests.helpers.product.office import Desk, open_desk
from tests.helpers.product.running_product import free_port


@dataclass
class Postbag:
    """A sender that takes e-mails, except to those it refuses."""

    refuses: dict[str, Exception] = field(default_factory=dict)
    taken: list[Email] = field(default_factory=list)

    def send(self, email: Email) -> None:
        if email.to in self.refuses:
            raise self.refuses[email.to]
        self.taken.append(email)

    @property
    def readers(self) -> list[str]:
        return [email.to for email in self.taken]


MANAGER, SERVICE, QA = (f"{name}@practice.invalid" for name in ("manager", "service", "qa"))


@pytest.fixture
def three(desk: Desk) -> dict[str, str]:
    """Three notices that wait, by reader."""
    return {who: write(desk, who) for who in ("manager", "service", "qa")}


def stuck(desk: Desk) -> tuple[outbox.GivenUp, ...]:
    return not_arrived(desk.office, desk.actor("admin"))


def write(desk: Desk, who: str, alert_id: str | None = None) -> str:
    with desk.office.database.writing() as tx:
        new = NewNotice(who, "asked", f"To {who}", "Something is asked of you.\n", alert_id)
        return outbox.write(tx, new, desk.office.now())


def test_what_waits_goes_out_once(desk: Desk, three: dict[str, str]) -> None:
    bag = Postbag()
    assert send_waiting(desk.office, bag) == 3
    assert bag.readers == [MANAGER, SERVICE, QA]
    assert [email.id for email in bag.taken] == list(three.values())
    desk.at("Mon 2025-06-02 18:00")
    assert send_waiting(desk.office, bag) == 0
    assert stuck(desk) == ()


def test_an_alert_that_was_raised_reaches_its_reader(desk: Desk) -> None:
    found = desk.raised()
    bag = Postbag()
    assert send_waiting(desk.office, bag) >= 1
    asked = next(email for email in bag.taken if email.to == MANAGER)
    assert found.alert.reference in asked.subject
    assert asked.to_name == "Manager Sample"
    assert asked.at == desk.office.now()


def test_the_address_is_the_one_held_when_it_goes(desk: Desk) -> None:
    write(desk, "manager")
    with desk.office.database.writing() as tx:
        moved = {"mail": "manager@elsewhere.invalid"}
        tx.execute(tables.people.update().where(tables.people.c.id == "manager").values(moved))
    bag = Postbag()
    send_waiting(desk.office, bag)
    assert bag.readers == ["manager@elsewhere.invalid"]


def test_one_that_does_not_go_stops_none_of_the_others(desk: Desk, three: dict[str, str]) -> None:
    bag = Postbag({MANAGER: NotSent("The mail server refused the e-mail (451).")})
    assert send_waiting(desk.office, bag) == 2
    assert bag.readers == [SERVICE, QA]
    assert stuck(desk) == ()


def test_a_fault_of_ours_stops_none_of_the_others_and_is_not_hidden(
    desk: Desk, three: dict[str, str]
) -> None:
    bag = Postbag({MANAGER: ZeroDivisionError("a bug"), QA: KeyError("another")})
    with pytest.raises(ExceptionGroup) as caught:
        send_waiting(desk.office, bag)
    assert [type(bug) for bug in caught.value.exceptions] == [ZeroDivisionError, KeyError]
    assert bag.readers == [SERVICE]
    desk.at("Mon 2025-06-02 09:01")
    assert send_waiting(desk.office, Postbag()) == 2


AWAY = NotReached("The mail server could not be reached (TimeoutError).")


def test_the_waits_double_up_to_half_an_hour_and_it_is_never_given_up(desk: Desk) -> None:
    notice = write(desk, "manager")
    bag = Postbag({MANAGER: AWAY})
    began, tries = desk.office.now(), []
    for minute in range(24 * 60):
        desk.clock[:] = [began + timedelta(minutes=minute)]
        if is_due(desk):
            tries.append(minute)
            send_waiting(desk.office, bag)
    assert tries[:8] == [0, 1, 2, 4, 8, 16, 32, 62]
    assert {later - one for one, later in pairwise(tries[6:])} == {30}
    desk.clock[:] = [began + timedelta(weeks=8)]
    assert send_waiting(desk.office, bag) == 0
    assert stuck(desk) == ()
    desk.clock[:] = [began + timedelta(weeks=8, minutes=30)]
    mended = Postbag()
    assert send_waiting(desk.office, mended) == 1
    assert [email.id for email in mended.taken] == [notice]


def test_while_the_server_is_away_one_in_its_turn_finds_out(
    desk: Desk, three: dict[str, str]
) -> None:
    asked: list[str] = []

    class Away:
        def send(self, email: Email) -> None:
            asked.append(email.to)
            raise AWAY

    send_waiting(desk.office, Away())
    send_waiting(desk.office, Away())
    assert asked == [MANAGER, SERVICE]
    assert send_waiting(desk.office, Postbag()) == 1, "the third is no worse off"
    desk.at("Mon 2025-06-02 09:01")
    assert send_waiting(desk.office, Postbag()) == 2


def test_a_relay_that_refuses_everybody_is_tried_until_it_is_mended(
    desk: Desk, three: dict[str, str]
) -> None:
    refused = NotSent("The mail server refused the reader's address (550).", for_good=True)
    bag = Postbag({MANAGER: refused, SERVICE: refused, QA: refused})
    began = desk.office.now()
    for minute in range(0, 48 * 60, 10):
        desk.clock[:] = [began + timedelta(minutes=minute)]
        assert send_waiting(desk.office, bag) == 0
    assert stuck(desk) == ()
    desk.clock[:] = [began + timedelta(hours=49)]
    assert send_waiting(desk.office, Postbag()) == 3


def test_a_bug_in_one_notice_is_looked_at_in_the_end(desk: Desk) -> None:
    write(desk, "manager")
    began, times = desk.office.now(), 0
    while not stuck(desk):
        with pytest.raises(ExceptionGroup):
            send_waiting(desk.office, Postbag({MANAGER: ZeroDivisionError("a bug")}))
        times += 1
        desk.clock[:] = [began + timedelta(hours=times)]
    assert times == 12


def test_what_was_put_off_by_a_clock_that_stood_wrong_is_due(desk: Desk) -> None:
    write(desk, "manager")
    with desk.office.database.writing() as tx:
        ahead = desk.office.now() + timedelta(days=365)
        tx.execute(tables.outbox.update().values(next_try_at=ahead))
    assert send_waiting(desk.office, Postbag()) == 1


def test_others_write_while_a_notice_is_on_its_way(desk: Desk) -> None:
    desk.raised()

    class Writes:
        def send(self, email: Email) -> None:
            if email.to != QA:
                write(desk, "qa")

    assert send_waiting(desk.office, Writes()) >= 1


def is_due(desk: Desk) -> bool:
    with desk.office.database.reading() as tx:
        return bool(outbox.waiting(tx, desk.office.now()))


def test_a_refusal_of_one_reader_is_looked_at_once_the_server_took_another_one(desk: Desk) -> None:
    found = desk.raised("stage-2")
    send_waiting(desk.office, Postbag())
    notice = write(desk, "service", found.id)
    bag = Postbag({SERVICE: NotSent("The address was refused (550).", for_good=True)})
    desk.at("Mon 2025-06-02 10:00")
    assert send_waiting(desk.office, bag) == 0
    assert stuck(desk) == (), "it may be the server"
    write(desk, "chief")
    assert send_waiting(desk.office, bag) == 1
    desk.at("Mon 2025-06-02 10:01")
    assert send_waiting(desk.office, bag) == 0
    (given_up,) = stuck(desk)
    assert (given_up.id, given_up.reference) == (notice, found.alert.reference)
    assert (given_up.notice, given_up.subject) == ("asked", "To service")
    mended = Postbag()
    desk.at("Tue 2025-06-03")
    assert send_waiting(desk.office, mended) == 0
    send_again(desk.office, desk.actor("admin"), notice)
    assert stuck(desk) == ()
    assert send_waiting(desk.office, mended) == 1
    assert mended.readers == [SERVICE]


def test_what_cannot_be_made_an_email_is_looked_at_at_once(desk: Desk) -> None:
    write(desk, "manager")
    assert send_waiting(desk.office, Postbag({MANAGER: Unwritable("No such address.")})) == 0
    assert len(stuck(desk)) == 1


def test_only_a_stuck_notice_is_tried_again(desk: Desk, three: dict[str, str]) -> None:
    send_waiting(desk.office, Postbag())
    for notice in (three["manager"], "no such notice"):
        with pytest.raises(NotFound):
            send_again(desk.office, desk.actor("admin"), notice)
    assert send_waiting(desk.office, Postbag()) == 0


# ----------------------------------------------------------------------------------- two at the same time


def test_two_senders_at_once_send_each_notice_once(desk: Desk, three: dict[str, str]) -> None:
    both_hold_the_list = threading.Barrier(2, timeout=30)
    taken: list[str] = []

    class Slow:
        def __init__(self) -> None:
            self.is_first = True

        def send(self, email: Email) -> None:
            if self.is_first:
                self.is_first = False
                both_hold_the_list.wait()
            taken.append(email.id)

    for who in ("boss", "chief", "director"):
        three[who] = write(desk, who)
    sent: list[int] = []
    both = [
        threading.Thread(target=lambda: sent.append(send_waiting(desk.office, Slow())))
        for _ in range(2)
    ]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert sorted(taken) == sorted(three.values())
    assert sum(sent) == 6


def test_a_notice_in_another_senders_hands_is_left_alone_until_the_claim_lapses(
    desk: Desk,
) -> None:
    write(desk, "manager")
    outer, inner = Postbag(), Postbag()

    class Meanwhile:
        def send(self, email: Email) -> None:
            assert send_waiting(desk.office, inner) == 0
            outer.send(email)

    assert send_waiting(desk.office, Meanwhile()) == 1
    assert inner.taken == []
    assert outer.readers == [MANAGER]


DIES = """
import os, signal, sys
from pathlib import Path
from tests.casework.jobs.test_send_mail import reopened
from practice_alerts.adapters.mail import FolderSender
from practice_alerts.casework.jobs.send_mail import send_waiting

data, url = Path(sys.argv[1]), sys.argv[2]

class Dies(FolderSender):
    def send(self, letter):
        super().send(letter)
        os.kill(os.getpid(), signal.SIGKILL)

send_waiting(reopened(data, url).office, Dies(data / "outbox"))
"""


def reopened(data: Path, url: str) -> Desk:
    """The store of another process, at the time it stood still."""
    clock = [moment("Mon 2025-06-02 09:00")]
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    office = Office(settings, {}, Database(url), keys(data / "keys", {}), lambda: clock[0])
    return Desk(office, clock)


def test_a_process_that_dies_after_handing_over_sends_again_under_the_same_id(
    tmp_path: Path,
) -> None:
    desk = open_desk(tmp_path / "data")
    notice = write(desk, "manager")
    died = subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path / "data"), desk.office.database.url],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr
    (file,) = (tmp_path / "data" / "outbox").glob("*.eml")
    bag = Postbag()
    assert send_waiting(desk.office, bag) == 1, "its process is gone, and so is its claim"
    assert bag.taken[0].id == notice
    assert f"Message-ID: <{notice}@".encode() in file.read_bytes()
    desk.office.database.close()


# ------------------------------------------------------------------------------------ with a real server


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def smtp(port: int) -> SmtpSender:
    said = {"HOST": "127.0.0.1", "PORT": str(port), "TLS": "none", "FROM": "alerts@council.example"}
    settings = MailSettings.read({f"PRACTICE_ALERTS_SMTP_{k}": v for k, v in said.items()})
    assert settings is not None
    return SmtpSender(settings)


def test_nothing_is_lost_while_the_mail_server_is_away(
    desk: Desk, three: dict[str, str], smtp: SmtpSender, port: int
) -> None:
    assert send_waiting(desk.office, smtp) == 0
    desk.at("Mon 2025-06-02 09:01")
    counter = Counter()
    with mail_server(counter, port=port):
        assert send_waiting(desk.office, smtp) == 3
    assert sorted(counter.readers) == [[MANAGER], [QA], [SERVICE]]


def test_the_server_knows_a_second_sending_by_its_message_id(
    desk: Desk, smtp: SmtpSender, port: int
) -> None:
    notice = write(desk, "manager")
    counter = Counter()
    with mail_server(counter, port=port):
        send_waiting(desk.office, smtp)
    assert f"Message-ID: <{notice}@council.example>".encode() in counter.emails[0]


def test_whoever_sends_alone_takes_at_once_what_one_elsewhere_had_in_its_hands(
    desk: Desk, three: dict[str, str]
) -> None:
    """Of another machine's process nobody here can see whether it has ended."""
    with desk.office.database.writing() as tx:
        first, *_ = outbox.waiting(tx, desk.office.now())
        assert outbox.claim(tx, first, desk.office.now(), "one elsewhere")
    several, alone = Postbag(), Postbag()
    assert send_waiting(desk.office, several) == len(three) - 1
    assert send_waiting(desk.office, alone, alone=True) == 1
    assert [email.id for email in alone.taken] == [first.id]
