"""The list of documents handed out."""

from practice_alerts.adapters.documents import parts_digest
from practice_alerts.casework.documents.issued import HandedOut, issued
from practice_alerts.casework.documents.render import issue
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE_POST
from tests.helpers.days import moment
from tests.helpers.product.office import Desk


def test_each_document_says_when_to_whom_as_of_when_and_what_it_held(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised()
    desk.at("Thu 2025-06-05 16:30")
    document = issue(desk.office, found, "boss", moment("Tue 2025-06-03 12:00"))
    (one,) = issued(desk.office, found.id)
    assert one == HandedOut(
        at=moment("Thu 2025-06-05 16:30"),
        to="Boss Sample",
        form="practice_alert",
        as_of=moment("Tue 2025-06-03 12:00"),
        digest=parts_digest(document.body)[:12],
    )
    assert one.shows_earlier


def test_the_earliest_stands_first_and_the_command_line_is_named(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised()
    issue(desk.office, found, None)
    desk.at("Tue 2025-06-03")
    issue(desk.office, found, "iro")
    handed = issued(desk.office, found.id)
    assert [one.to for one in handed] == [COMMAND_LINE_POST, "Iro Sample"]
    assert not any(one.shows_earlier for one in handed)


def test_nothing_is_listed_before_anything_is_handed_out(desk: Desk) -> None:
    assert issued(desk.office, desk.raised().id) == ()
