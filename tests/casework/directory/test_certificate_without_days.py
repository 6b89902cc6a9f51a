"""A certificate of destruction says by which rule a record was kept, and no day on which a child was born or died."""

import io

import pytest
from docx import Document

from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.casework.directory import destruction_certificate
from practice_alerts.domain.alert.destroyed import DestroyedRecord, RecordsDestroyed
from practice_alerts.domain.alert.hearers import Person
from tests.helpers.product.office import Desk

WRITTEN_ONCE = (
    ("until their 75th birthday (looked after)", "2089-03-09", "until their 75th birthday (looked after)"),
    (
        "15 years from the death on 2 June 2025, before the age of 18",
        "2040-06-02",
        "15 years from the death, before the age of 18",
    ),
    ("6 years after closing (a child in need)", "2031-06-02", "6 years after closing (a child in need)"),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "due", "printed"), WRITTEN_ONCE)
def test_what_was_written_once_with_its_day_is_printed_without(
    desk: Desk, rule: str, due: str, printed: str
) -> None:
    desk.with_readers()
    two = (Person(id=one, name=f"{one} Sample", post="") for one in ("records", "boss"))
    record = DestroyedRecord(alert_id="gone", reference="LAM-2025-0001", rule=rule, due=due)
    what = RecordsDestroyed(
        destroyed=(), asked_by=next(two), confirmed_by=next(two), reason="Due.", records=(record,)
    )
    with desk.office.database.writing() as tx:
        directory_events.append(tx, "lambeth", what, "boss", desk.office.now())
    officer = desk.actor("records")
    [gone] = destruction_certificate.every(desk.office, officer, "lambeth")
    paper = destruction_certificate.certificate(desk.office, officer, "lambeth", gone.number)
    [table] = [
        one for one in Document(io.BytesIO(paper)).tables if "LAM-2025-0001" in one.cell(1, 0).text
    ]
    assert [cell.text for cell in table.rows[1].cells] == ["LAM-2025-0001", printed]
    words = "\n".join(cell.text for row in table.rows for cell in row.cells)
    assert "2089" not in words
    assert "2040" not in words
    assert "2 June 2025" not in words
