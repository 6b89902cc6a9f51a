"""Documents as they stood, each handing over recorded, and everything about an alert in one zip."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from docx import Document

from practice_alerts.adapters.documents import parts_digest
from practice_alerts.adapters.files.procedures import load_edition
from practice_alerts.adapters.store.alerts import event_store, issued_documents
from practice_alerts.casework.acts.answer import answer
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents.export import DateRange, documents, how_many, whole_file
from practice_alerts.casework.documents.render import document_on_screen, issue, word_document
from practice_alerts.domain.errors import NotPossible
from tests.helpers.alerts import act_answers
from tests.helpers.days import day, moment
from tests.helpers.files.word_files import texts
from tests.helpers.product.office import Desk


def climbed(desk: Desk) -> Known:
    """Raised on Monday 2 June, escalated on Monday 9 June; it is Tuesday 10 June."""
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    desk.at("Mon 2025-06-09")
    climb = act_answers.climb("stage-2", "Nobody answered.")
    found = escalate(desk.office, found.id, climb, desk.doing("iro", found))
    desk.at("Tue 2025-06-10")
    return found


def issued(desk: Desk, found: Known) -> list[tuple[str | None, str]]:
    with desk.office.database.reading() as tx:
        return [(one.person_id, one.parts) for one in issued_documents.of_alert(tx, found.id)]


# ------------------------------------------------------------------------------- as it stood


def test_a_document_as_it_stood_knows_nothing_of_what_came_later(desk: Desk) -> None:
    found = climbed(desk)
    earlier = word_document(desk.office, found, moment("Thu 2025-06-05 23:59"))
    assert earlier.name == "LAM-2025-0001-2025-06-05.docx"
    words = texts(earlier.body)
    assert "Stage Two" not in words
    assert "Stage One" in words
    assert "Stage Two" in texts(word_document(desk.office, found).body)


def test_it_is_to_the_byte_what_would_have_been_made_then(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    then = desk.at("Thu 2025-06-05")
    made_then = word_document(desk.office, found).body
    climbed_later = escalate(
        desk.at("Mon 2025-06-09").office,
        found.id,
        act_answers.climb("stage-2", "Nobody answered."),
        desk.doing("iro", found),
    )
    again = word_document(then.office, climbed_later, moment("Thu 2025-06-05 09:00"))
    assert again.body == made_then


def test_before_it_was_raised_there_is_no_document(desk: Desk) -> None:
    found = climbed(desk)
    with pytest.raises(NotPossible, match="raised on Monday 2 June 2025"):
        word_document(desk.office, found, moment("Sun 2025-06-01 12:00"))


def test_a_day_that_has_not_come_yet_shows_today(desk: Desk) -> None:
    found = climbed(desk)
    later = word_document(desk.office, found, moment("Tue 2030-01-01 12:00"))
    assert later.body == word_document(desk.office, found).body


def test_it_can_be_read_on_the_screen_as_it_stood_too(desk: Desk) -> None:
    found = climbed(desk)
    assert "Stage Two" in document_on_screen(desk.office, found)
    as_of = moment("Thu 2025-06-05 12:00")
    assert "Stage Two" not in document_on_screen(desk.office, found, as_of)


# ------------------------------------------------------------------------------ handed over


def test_handing_a_document_over_is_recorded_with_the_digest_of_its_parts(desk: Desk) -> None:
    found = climbed(desk)
    document = issue(desk.office, found, "iro", moment("Thu 2025-06-05 12:00"))
    with desk.office.database.reading() as tx:
        (one,) = issued_documents.of_alert(tx, found.id)
    assert one == issued_documents.Issue(
        found.id,
        "iro",
        "practice_alert",
        moment("Tue 2025-06-10 09:00"),
        moment("Thu 2025-06-05 12:00"),
        parts_digest(document.body),
    )


def test_the_same_content_to_the_same_person_is_recorded_once(desk: Desk) -> None:
    found = climbed(desk)
    for who in ("iro", "iro", "service", None, None, "iro"):
        issue(desk.office, found, who)
    assert [who for who, _ in issued(desk, found)] == ["iro", "service", None]


def test_content_that_changed_is_recorded_again(desk: Desk) -> None:
    found = climbed(desk)
    issue(desk.office, found, "iro")
    reply = act_answers.reply("It was done.", "done")
    found = answer(desk.office, found.id, reply, desk.doing("service", found))
    issue(desk.office, found, "iro")
    (first, second) = issued(desk, found)
    assert first != second


def test_whoever_is_deciding_meanwhile_is_not_disturbed(desk: Desk) -> None:
    found = climbed(desk)
    deciding = desk.doing("service", found)
    issue(desk.office, found, "iro")
    after = answer(desk.office, found.id, act_answers.reply("It was done.", "done"), deciding)
    assert after.alert.version == found.alert.version + 1
    with desk.office.database.reading() as tx:
        assert list(event_store.verify(tx)) == []


def test_to_look_at_it_on_the_screen_hands_nothing_over(desk: Desk) -> None:
    found = climbed(desk)
    document_on_screen(desk.office, found)
    assert issued(desk, found) == []


# ----------------------------------------------------------------------- everything in one zip


def unpacked(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_document_history_and_file_note_come_in_one_zip(desk: Desk) -> None:
    found = climbed(desk)
    whole = whole_file(desk.office, found, "iro")
    files = unpacked(whole.body)
    stem = "LAM-2025-0001"
    assert whole.name == f"{stem}.zip"
    assert list(files) == [f"{stem}.docx", f"{stem}-history.json", f"{stem}-file-note.txt"]
    assert files[f"{stem}.docx"] == word_document(desk.office, found).body
    assert "STAGE TWO" in files[f"{stem}-file-note.txt"].decode()
    assert [who for who, _ in issued(desk, found)] == ["iro"]


def test_the_history_holds_every_event_as_it_was_recorded(desk: Desk) -> None:
    found = climbed(desk)
    body = whole_file(desk.office, found, "iro").body
    history = json.loads(unpacked(body)["LAM-2025-0001-history.json"])
    assert [one["kind"] for one in history["events"]] == ["raised", "sent", "escalated", "sent"]
    assert history["as_of"] == "2025-06-10T09:00:00+01:00"
    assert history["edition"]["digest"] == found.files.digest
    last = history["events"][2]
    assert last["by"] == {"id": "iro", "name": "Iro Sample"}
    assert last["at"] == "2025-06-09T09:00:00+01:00"
    assert last["what"]["rationale"] == "Nobody answered."


# --------------------------------------------------------------------------- a span of days


def test_every_alert_of_the_span_is_made_and_no_other(desk: Desk) -> None:
    for when in (
        "Mon 2025-03-31 23:59",
        "Tue 2025-04-01 00:00",
        "Mon 2025-06-30 23:59",
        "Tue 2025-07-01 00:00",
    ):
        desk.at(when).raised("stage-1")
    quarter = DateRange("lambeth", day("Tue 2025-04-01"), day("Mon 2025-06-30"))
    made = list(documents(desk.office, quarter))
    assert how_many(desk.office, quarter) == 2
    assert [one.reference for one in made] == ["LAM-2025-0002", "LAM-2025-0003"]
    for one in made:
        assert one.document is not None
        assert Document(io.BytesIO(one.document.body)).tables
    assert how_many(desk.office, DateRange("merton", quarter.first, quarter.last)) == 0


def without_word_template(desk: Desk) -> Known:
    """An alert raised under an edition that had no Word template for its form yet."""
    files = desk.office.council("lambeth")
    texts_left = {name: body for name, body in files.texts.items() if not name.endswith(".docx")}
    bare = load_edition(texts_left)
    early = replace(desk, office=replace(desk.office, councils={"lambeth": bare}))
    return early.raised("stage-1")


def test_a_document_that_cannot_be_made_is_said_and_the_rest_goes_on(desk: Desk) -> None:
    without_word_template(desk)
    desk.raised("stage-1")
    today = desk.office.today
    first, second = documents(desk.office, DateRange("lambeth", today, today))
    assert first.document is None
    assert "no Word template" in first.trouble
    assert second.document is not None


def test_without_a_word_template_history_and_file_note_are_handed_over(desk: Desk) -> None:
    found = without_word_template(desk)
    body = whole_file(desk.office, found, "iro").body
    assert [name.rpartition(".")[2] for name in unpacked(body)] == ["json", "txt"]
    assert issued(desk, found) == []


def test_alerts_are_looked_up_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(issued_documents, "_PAGE", 2)
    for _ in range(5):
        desk.raised("stage-1")
    now = desk.office.now()
    span = issued_documents.RaisedIn("lambeth", now, now + timedelta(seconds=1))
    assert len(list(issued_documents.raised(desk.office.database, span))) == 5
