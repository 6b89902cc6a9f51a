"""A child's alerts end on different days; later a court and the child ask for everything that stood there."""

import json
from datetime import date

import pytest

from practice_alerts.adapters.documents import read_on_screen
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.disclosure import bundle_files, disclose
from practice_alerts.casework.disclosure.disclose import DisclosureWanted, PreparedDisclosure
from practice_alerts.casework.proof.audit_chain import prove
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.disclosure.disclosed import PersonMeant
from practice_alerts.domain.disclosure.requesters import AboutWhom, Mark, Requester
from tests.helpers.alerts.filled_forms import wanted
from tests.helpers.product.office import LONG_AGO, Desk
from tests.helpers.stories.story import Story, raised
from tests.stories.conftest import OpenDesk

KIT = {"child_name": "Kit Muster", "case_number": "S-100001", "date_of_birth": "2014-03-09"}
LOU = {"child_name": "Lou Beispiel", "case_number": "S-100002", "date_of_birth": "2012-01-01"}
ONE_CHILD = PersonMeant(
    about=AboutWhom.CHILD, case_number="s100001", child="Muster, Kit", born=date(2014, 3, 9)
)
DAY = date(2025, 5, 30)


@pytest.mark.parametrize("council", ["lambeth", "merton"])
def test_everything_about_one_child_leaves_the_council_twice(
    at_council: OpenDesk, council: str
) -> None:
    desk = at_council(council).at("Mon 2025-05-05")
    _come_to_work(desk)
    first = _told(desk, **KIT)
    first.closed("put_right", "The plan has moved on.", "I can stay.")
    desk.at("Mon 2025-05-19")
    second = _told(desk, **{**KIT, "case_number": "S–100001"})
    other = _told(desk, **LOU)
    desk.at("Mon 2025-06-02")
    second.do(Act.NOTE, {"text": "After the day that counts.", "part": "own"})

    court = _issued(desk, Requester.COURT, {})
    assert [one.reference for one in court.alerts] == sorted(
        [first.found.alert.reference, second.found.alert.reference]
    )
    words, data = _files(desk, court)
    for said in ("The plan has moved on.", "Aunt Exemple rang."):
        assert said in words
        assert said in data
    for absent in ("After the day that counts.", "Lou", other.found.alert.reference):
        assert absent not in words
        assert absent not in data

    child = _issued(desk, Requester.CHILD, {"Aunt Exemple": Mark.THIRD_PARTY})
    words, data = _files(desk, child)
    assert "Aunt Exemple" not in words + data
    assert "The plan has moved on." in words
    assert "[kept back: about somebody else]" in words
    told = json.loads(data)
    assert told["certificate"]["found"] == []
    assert told["certificate"]["head"] in words
    assert prove(desk.office).holds


def _come_to_work(desk: Desk) -> None:
    """Two managers of the service and two information governance officers: whoever prepares it is one of four."""
    with desk.office.database.writing() as tx:
        for who, post in (
            ("boss_2", "iro_manager"),
            ("info", "information_officer"),
            ("info_2", "information_officer"),
        ):
            person = DirectoryPerson(who, f"{who.title()} Sample", f"{who}@practice.invalid")
            directory.add_person(tx, person, [(desk.council, post, "")], LONG_AGO)


def _told(desk: Desk, **child: str) -> Story:
    """Raised at the first stage, with a note that the service keeps to itself."""
    story = raised(desk, "iro", wanted(desk, "practice_alert", "stage-1", **child))
    return story.do(Act.NOTE, {"text": "Aunt Exemple rang.", "part": "own"})


def _issued(desk: Desk, requester: Requester, marks: dict[str, Mark]) -> PreparedDisclosure:
    """Begun by one, marked by another, issued by a third."""
    asked = DisclosureWanted(requester.value, ONE_CHILD, f"R {requester.value}", DAY)
    number, _ = disclose.begin(desk.office, desk.actor("boss_2"), asked)
    seen = disclose.see(desk.office, desk.actor("info"), number)
    pieces = [one for alert in seen.alerts for entry in alert.entries for one in entry.pieces]
    kept = {one.place: one.mark.value for one in pieces if one.mark}
    kept |= {
        one.place: why.value for word, why in marks.items() for one in pieces if word in one.text
    }
    disclose.mark(desk.office, desk.actor("info"), number, kept, seen.disclosure.version)
    seen = disclose.see(desk.office, desk.actor("info_2"), number)
    return disclose.issue(desk.office, desk.actor("info_2"), number, seen.disclosure.version)


def _files(desk: Desk, done: PreparedDisclosure) -> tuple[str, str]:
    actor = desk.actor("info_2")
    word = bundle_files.word_bundle(desk.office, actor, done).body
    return str(read_on_screen(word)), bundle_files.json_bundle(
        desk.office, actor, done
    ).body.decode()
