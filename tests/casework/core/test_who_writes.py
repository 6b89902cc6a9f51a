"""An e-mail says which council and which officer writes, what is wanted, what may follow and how it opens."""

from dataclasses import replace

import pytest

from practice_alerts.adapters.mail import Email
from practice_alerts.adapters.single_sign_on.council_sign_on import CouncilSignOn
from practice_alerts.casework.core.notice_facts import sender_name
from practice_alerts.casework.jobs.send_mail import send_waiting
from practice_alerts.domain.files.notice_validation import problems_of_notices
from practice_alerts.domain.notices.kinds import KINDS
from practice_alerts.domain.notices.placeholders import OF_EVERY_ALERT
from practice_alerts.domain.notices.texts import NoticeFacts, NoticeFile, Notices
from tests.helpers.alerts.recorded_events import climbed
from tests.helpers.product.office import Desk
from tests.helpers.product.two_councils import TwoCouncils


def with_single_sign_on(desk: Desk, *staff_domains: str) -> Desk:
    one = CouncilSignOn("lambeth", "https://issuer.example", "client", "secret", staff_domains)
    there = replace(desk.office.settings, sign_ons=(one,))
    return replace(desk, office=replace(desk.office, settings=there))


def asking(desk: Desk, who: str = "manager") -> str:
    """The newest e-mail that asks them, in one line."""
    every = [text for whom, notice, text in desk.mails() if (whom, notice) == (who, "asked")]
    return " ".join(every[-1].split())


def test_it_says_who_asks_what_by_when_what_may_follow_and_whom_to_ask(two: TwoCouncils) -> None:
    two.desk.at("Mon 2025-06-02 10:00").raised("stage-1", who="other_iro")
    said = asking(two.desk)
    assert "Other_Iro Sample, Independent Reviewing Officer (Lambeth) asks for your answer" in said
    assert "done, will be done and by when, or will not be done, and why." in said
    assert "Without an answer by then it may go on to Stage Two." in said
    assert "Questions: Other_Iro Sample, Independent Reviewing Officer, other_iro@" in said


def test_nobody_but_the_officer_is_named(two: TwoCouncils) -> None:
    desk = two.desk
    found = desk.raised("stage-1")
    climbed(desk, found, "stage-2", "service")
    texts = [text for _, _, text in desk.mails() if found.alert.reference in text]
    names = {"Manager Sample", "Service Sample", "Boss Sample", "Worker Sample"}
    assert len(texts) > 2
    for text in texts:
        assert not [name for name in names if name in text]


def test_with_single_sign_on_one_email_is_enough_and_a_guest_needs_two(two: TwoCouncils) -> None:
    two.desk.at("Mon 2025-06-02 09:30").raised("stage-1")
    assert "ask for a second e-mail: that one signs you in." in asking(two.desk)
    staff = with_single_sign_on(two.desk, "practice.invalid")
    staff.at("Mon 2025-06-02 10:00").raised("stage-1")
    assert "your council's own sign-in" in asking(staff)
    assert "second e-mail" not in asking(staff)
    guests = with_single_sign_on(two.desk, "elsewhere.invalid")
    guests.at("Mon 2025-06-02 11:00").raised("stage-1")
    assert "ask for a second e-mail" in asking(guests)


def test_the_sender_s_name_is_the_council_s_of_the_alert(two: TwoCouncils) -> None:
    class Bag:
        taken: list[Email] = []

        def send(self, email: Email) -> None:
            self.taken.append(email)

    while send_waiting(two.desk.office, Bag()):
        pass
    names = {one.to.partition("-")[0] == "merton": one.from_name for one in Bag.taken}
    assert names == {False: "Lambeth, Practice alerts", True: "Merton, Practice alerts"}
    office = two.desk.office
    assert (
        sender_name(office, ()) == sender_name(office, ("lambeth", "merton")) == "Practice alerts"
    )


def test_a_council_says_what_its_service_is_called_and_whom_to_ring() -> None:
    own = NoticeFile(service="Reviewing\nservice", ring="020 7946 0000,  9 to 5")
    said = Notices.of(NoticeFile(service="Practice alerts"), own)
    assert (said.service, said.ring) == ("Reviewing service", "020 7946 0000, 9 to 5")
    assert Notices.of(NoticeFile(service="Practice alerts"), NoticeFile()).ring == ""


@pytest.mark.parametrize("key", ["service", "ring"])
@pytest.mark.parametrize("words", ["{officer}", "x" * 101])
def test_neither_line_takes_placeholders_or_a_letter(key: str, words: str) -> None:
    file = NoticeFile.model_validate({key: words})
    assert [one.path for one in problems_of_notices(file, whole=False)] == [(key,)]


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if not kind.everywhere])
def test_what_every_alert_has_may_stand_in_every_notice_about_one(name: str) -> None:
    assert {*OF_EVERY_ALERT} <= {*KINDS[name].placeholders}


def test_a_name_with_line_breaks_stays_in_its_line() -> None:
    facts = NoticeFacts(officer="Ines\r\nBcc: x@y.invalid", contact="a\nb")
    assert (facts.words("officer"), facts.words("contact")) == ("Ines Bcc: x@y.invalid", "a b")
