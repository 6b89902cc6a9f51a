"""Words planted in an alert are looked for by those with an interest in its child, on every face."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant
from practice_alerts.casework.views import work_tray
from tests.web.test_planted_words import NAMED, WORDS, Looked, can_open, opened, over_http, page

_YEAR = "from_day=2025-01-01&to_day=2025-12-31"
OUT = (
    "iro",
    "other_iro",
    "iro_3",
    "boss",
    NAMED,
    "service",
    "elsewhere",
    "manager",
    "qa",
    "auditor",
)
"""Who has had it, has it, covers, manages, is named, is asked, covers for that, was asked, audits."""


@pytest.fixture(scope="module")
def with_interests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    """The same, and each of these has declared an interest in the child."""
    with opened(tmp_path_factory.mktemp("interests")) as found:
        answers = found.known().alert.answers
        child = ChildMeant(case_number=f" {answers['case_number'].lower()} ", reason="Kestrelroute")
        for who in OUT:
            declare_interest.declare(found.desk.office, found.desk.actor(who), child)
        yield found


@pytest.mark.parametrize("who", OUT)
def test_whoever_has_an_interest_in_the_child_reads_none_of_it_on_any_face(
    with_interests: Looked, who: str
) -> None:
    reference = with_interests.reference
    faces = {"page": page(with_interests, who), **over_http(with_interests, who)}
    assert {(face, word) for face, said in faces.items() for word in WORDS if word in said} == set()
    reports = f"/reports/{with_interests.desk.council}"
    for address in (f"{reports}/list?child_of={reference}", f"{reports}/list?{_YEAR}"):
        assert reference not in with_interests.as_(who).get(address).text.replace(address, "")
    dates = [said for face, said in faces.items() if face.startswith("/calendar/")]
    assert len(dates) == 1
    assert reference not in dates[0]
    office, actor = with_interests.desk.office, with_interests.desk.actor(who)
    assert reference not in repr(work_tray.tray(office, actor))
    for words in (reference, "S-100001", "Kit", "Other_Iro"):
        assert reference not in repr(work_tray.search(office, actor, words))


def test_whoever_has_none_reads_on_and_no_mail_or_log_says_whose_it_is(
    with_interests: Looked,
) -> None:
    assert all(can_open(with_interests, who) for who in ("told", "told_2"))
    mails = "\n".join(text for _, _, text in with_interests.desk.mails())
    log = with_interests.desk.office.settings.data / "log"
    files = [one.read_bytes().decode("utf-8", "replace") for one in log.rglob("*") if one.is_file()]
    assert files
    said = "\n".join((mails, *files))
    assert [word for word in ("S-100001", "s-100001", *WORDS) if word in said] == []
