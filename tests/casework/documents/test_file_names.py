"""What documents are called: by the council's own pattern, in every way they are handed over."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.documents import export, render
from practice_alerts.domain.procedure.file_name import PLACEHOLDERS, filled, must_be_file_name
from tests.helpers.days import moment
from tests.helpers.product.office import Desk

PATTERN = "{case_number} Practice alert {reference} {date} ({initials})"


def calling(desk: Desk, pattern: str) -> Desk:
    """The council names its files so; other councils go on as they did."""
    files = desk.office.council(desk.council)
    procedure = files.procedure.model_copy(update={"file_name": pattern})
    changed = replace(files, procedure=procedure)
    councils = {**desk.office.councils, desk.council: changed}
    return replace(desk, office=replace(desk.office, councils=councils))


def in_zip(desk: Desk, found: Known) -> list[str]:
    made = export.whole_file(desk.office, found, "iro")
    with ZipFile(BytesIO(made.body)) as whole:
        return [made.name, *whole.namelist()]


def test_without_a_pattern_a_file_bears_the_reference_and_no_name(desk: Desk) -> None:
    found = desk.raised("stage-1")
    reference = found.alert.reference
    assert render.word_document(desk.office, found).name == f"{reference}.docx"
    assert in_zip(desk, found)[0] == f"{reference}.zip"
    assert all(name.startswith(reference) for name in in_zip(desk, found))


def test_the_document_and_all_in_the_zip_are_called_by_the_pattern(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    desk = calling(desk, PATTERN)
    head = f"S-100001 Practice alert {found.alert.reference} 2025-06-02 (KM)"
    assert render.word_document(desk.office, found).name == f"{head}.docx"
    names = in_zip(desk, found)
    assert names[0] == f"{head}.zip"
    assert set(names[1:]) >= {f"{head}.docx", f"{head}-history.json", f"{head}-file-note.txt"}
    assert all(name.startswith(head) for name in names)


def test_an_earlier_day_stands_in_the_name_once(desk: Desk) -> None:
    found = desk.at("Mon 2025-06-02").raised("stage-1")
    desk.at("Tue 2025-06-10")
    then = moment("Tue 2025-06-03 23:00")
    for pattern in ("{reference}", "{date} {reference}"):
        named = render.word_document(calling(desk, pattern).office, found, then).name
        assert named.count("2025-06-03") == 1
        assert "2025-06-10" not in named


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "Alert", "{date}", "{reference} {child_name}", "{reference} {reference}"),
        *("../{reference}", ".{reference}", "a/{reference}", "{reference}\n", "{reference}{"),
        *('"{reference}', "{reference};", "é{reference}", "{reference}" + "x" * 60),
    ],
)
def test_a_pattern_that_no_file_could_be_called_by_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"with \{reference\} in it"):
        must_be_file_name(pattern)


@given(said=st.fixed_dictionaries({name: st.text() for name in PLACEHOLDERS}))
def test_whatever_is_put_in_it_stays_a_file_name_that_ends_in_its_reference(
    said: dict[str, str],
) -> None:
    said["reference"] = "LAM-2025-0001"
    pattern = "{kind} ({initials}) {case_number} {date} {reference}"
    name = filled(must_be_file_name(pattern), said)
    assert name.endswith("LAM-2025-0001")
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>|\0{}')
    assert len(name) < 200
