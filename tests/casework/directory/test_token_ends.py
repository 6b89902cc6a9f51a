"""Those who keep the directory are told in good time that the token of the council's own system ends."""

from datetime import date

import pytest

from practice_alerts.casework.directory.in_bulk import scim_tokens
from practice_alerts.casework.jobs.morning import write_what_is_due
from tests.helpers.days import day
from tests.helpers.product.office import Desk
from tests.helpers.product.scim_client import OLA

LAST = day("Thu 2025-07-31")


def made(desk: Desk, until: date, council: str = "lambeth") -> str:

    return scim_tokens.make(desk.office, OLA, council, until, None)[1].id


def told(desk: Desk) -> list[str]:
    """Who was written to of it this morning; written twice, since the service looks again and again."""
    before = _mails(desk)
    write_what_is_due(desk.office)
    write_what_is_due(desk.office)
    return sorted(to for to, _ in _mails(desk)[len(before) :])


def _mails(desk: Desk) -> list[tuple[str, str]]:
    return [(to, text) for to, notice, text in desk.mails() if notice == "token_ends"]


def test_they_are_told_a_month_a_week_and_a_day_before_once_each(desk: Desk) -> None:
    made(desk, LAST)
    days = {}
    for at in (
        *(
            "Mon 2025-06-30 09:00",
            "Tue 2025-07-01 06:00",
            "Tue 2025-07-01 09:00",
            "Wed 2025-07-02 09:00",
        ),
        *(
            "Thu 2025-07-24 09:00",
            "Mon 2025-07-28 09:00",
            "Wed 2025-07-30 09:00",
            "Thu 2025-07-31 09:00",
        ),
        "Fri 2025-08-01 09:00",
    ):
        desk.at(at)
        days[at] = told(desk)
    keepers = ["admin", "boss"]
    first, week, last = "Tue 2025-07-01 09:00", "Thu 2025-07-24 09:00", "Wed 2025-07-30 09:00"
    assert {at: who for at, who in days.items() if who} == dict.fromkeys(
        (first, week, last), keepers
    )
    text = _mails(desk)[0][1]
    assert "Thursday 31 July 2025" in text
    assert "/app/service-settings" in text


@pytest.mark.parametrize("ended", ["replaced", "taken back"])
def test_of_one_that_no_longer_matters_nobody_is_told(desk: Desk, ended: str) -> None:
    one = made(desk, LAST)
    if ended == "replaced":
        made(desk, day("Fri 2026-01-30"))
    else:
        scim_tokens.revoke(desk.office, OLA, "lambeth", one)
    desk.at("Wed 2025-07-30 09:00")
    assert told(desk) == []


def test_one_made_for_a_few_days_is_told_of_the_next_morning(desk: Desk) -> None:
    made(desk, day("Thu 2025-06-05"))
    assert told(desk) == ["admin", "boss"]
    desk.at("Wed 2025-06-04 09:00")
    assert told(desk) == ["admin", "boss"]
