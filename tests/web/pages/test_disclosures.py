"""Everything about one person on plain pages: begun, marked, issued by another, and fetched."""

import json
import re

from practice_alerts.adapters.documents import read_on_screen
from practice_alerts.casework.acts import notes_and_corrections as notes
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.two_councils import HERE, MARKERS, THERE
from tests.web.conftest import Walk

LIST = f"/disclosures/{HERE}"
MARKER = MARKERS[HERE][0]


def asked(walk: Walk, **more: str) -> dict[str, str]:
    child = str(walk.two.alerts[HERE].alert.answers["case_number"])
    return {
        "about": "child",
        "case_number": child,
        "requester": "court",
        "their_number": "C 7",
        "as_of": walk.two.desk.office.today.isoformat(),
        **more,
    }


def of(walk: Walk, name: str) -> Asking:
    return walk.as_(walk.named(name))


def begun(walk: Walk, **more: str) -> str:
    answer = of(walk, "boss").post(LIST, asked(walk, **more))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', page)
    assert found
    return found[1]


def test_one_begins_and_marks_it_another_issues_it_and_both_fetch_it(walk: Walk) -> None:
    where = begun(walk)
    boss, records = of(walk, "boss"), of(walk, "records")
    page = boss.get(where).text
    assert MARKER in page
    assert "You prepared it" in page
    assert boss.get(f"{where}.docx").status_code == 400
    marks = {f"mark:{place}": "serious_harm" for place in re.findall(r'name="mark:([\w-]+)"', page)}
    assert boss.post(where, {"do": "mark", "seen": seen(page), **marks}).status_code == 303
    assert "Kept back: it could do serious harm" in boss.get(where).text
    refused = boss.post(where, {"do": "issue", "seen": seen(boss.get(where).text)})
    assert (refused.status_code, "You prepared it" in refused.text) == (400, True)
    late = records.post(where, {"do": "issue", "seen": seen(page)})
    assert late.status_code == 400
    done = records.post(where, {"do": "issue", "seen": seen(records.get(where).text)})
    assert done.status_code == 303
    for who in (boss, records):
        word, data = who.get(f"{where}.docx"), who.get(f"{where}.json")
        assert word.headers["content-disposition"].endswith('.docx"')
        shown = str(read_on_screen(word.content))
        assert MARKER not in (shown + data.text).replace(asked(walk)["case_number"], "")
        assert "kept back: it could do serious harm" in shown
        assert json.loads(data.text)["request"] == "C 7"


def test_what_is_given_wrongly_is_said_beside_its_question_and_stays(walk: Walk) -> None:
    answer = of(walk, "boss").post(
        LIST, asked(walk, their_number="", requester="", case_number="<b>")
    )
    assert answer.status_code == 400
    assert "Number of the request: give" in answer.text
    assert "For whom: choose" in answer.text
    assert "&lt;b&gt;" in answer.text
    none = of(walk, "boss").post(LIST, asked(walk, case_number="no such child"))
    assert (none.status_code, "Nothing that you may hand out" in none.text) == (400, True)


def test_a_member_of_staff_is_meant_by_the_address_of_the_directory(walk: Walk) -> None:
    where = begun(walk, about="staff", person="Manager@practice.invalid", case_number="")
    assert "Manager Sample" in of(walk, "records").get(where).text
    nobody = of(walk, "boss").post(
        LIST, asked(walk, about="staff", person="nobody@practice.invalid")
    )
    assert "Member of staff: give" in nobody.text


def test_another_council_and_every_other_post_find_nothing_there(walk: Walk) -> None:
    where = begun(walk)
    for name in (f"{THERE}-boss", f"{THERE}-records"):
        visitor = of(walk, name)
        for address in (where, f"{where}.json", LIST):
            assert visitor.get(address).status_code == 404
        assert visitor.post(where, {"do": "issue", "seen": "1"}).status_code == 404
        assert visitor.get("/disclosures").headers["location"] == f"/disclosures/{THERE}"
    for name in ("iro", "manager", "qa", "admin", "auditor"):
        assert of(walk, name).get(where).status_code == 403
    there = where.replace(HERE, THERE)
    assert of(walk, f"{THERE}-boss").get(there).status_code == 404


def test_it_is_dropped_with_a_reason_and_the_way_there_stands_in_the_header(walk: Walk) -> None:
    where = begun(walk)
    boss = of(walk, "boss")
    assert "say it in a sentence" in boss.post(where, {"do": "drop", "seen": "1"}).text
    asked = boss.post(where, {"do": "drop", "reason": "Maya has moved."})
    assert "&#39;Maya&#39; may tell who somebody is" in asked.text
    assert 'value="Maya has moved."' in asked.text
    assert 'name="names_nobody"' in asked.text
    again = {"do": "drop", "reason": "Maya has moved.", "names_nobody": "yes"}
    assert boss.post(where, again).status_code == 303
    assert "not made after all" in boss.get(LIST).text
    assert 'href="/disclosures"' in boss.get("/sessions").text
    assert 'href="/disclosures"' not in of(walk, "iro").get("/sessions").text


def test_no_page_or_file_of_it_is_there_for_whom_it_is_about(walk: Walk) -> None:
    desk, found = walk.two.desk, walk.two.alerts[HERE]
    doing = desk.doing("boss", found)
    notes.note(desk.office, found.id, {"text": "I spoke with them."}, doing)
    answer = of(walk, "records").post(
        LIST, asked(walk, about="staff", person="Boss@practice.invalid", case_number="")
    )
    where = answer.headers["location"]
    boss = of(walk, "boss")
    for address in (where, f"{where}.docx", f"{where}.json"):
        assert boss.get(address).status_code == 404
    for do in ("mark", "drop", "issue"):
        assert boss.post(where, {"do": do, "seen": "1", "reason": "So."}).status_code == 404
    assert where not in boss.get(LIST).text
    assert where in of(walk, "records").get(LIST).text
