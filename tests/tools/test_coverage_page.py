"""Every question of the councils' documents is answered by a reading, and docs/coverage.md says which."""

import re

import pytest

from practice_alerts import ROOT
from practice_alerts.domain.procedure.procedure import Procedure
from tests.helpers.files.real_councils import IDS, council
from tools.docs.coverage import Counts, counts, coverage, first_words

QUESTIONS = {
    "merton": "M1 M2 M3 M4 M5 M6 M7 M8 M9 M10 M11 M12 M13 M14 M15 M16 M17 M18 M19 M20 M21 M22"
    " M23 M24 M25 M26 M27 M28",
    "northamptonshire": "N1 N2 N3 N4 N5 N6 N7 N8 N9 N10 N11 N12 N13 N14 N15 N16 N17 N18 N19",
    "lambeth": "L1 L2 L3 L4 L5 L6 L7 L8 L9 L10 L11 L12 L13 L14 L15 L16 L17 L18 L19 L20 L21 L22"
    " L23 L24 L25 L26 L27 L28 L29 L30 L31",
    "knowsley": "K1 K2 K3 K4 K5 K6 K7 K8 K9 K10 K11 K12 K13 K14 K15 K16 K17 K18",
    "unnamed-2015": "D1 D2 D3 D4 D5 D6 D7 D8 D9 D10 D11 D12 D13 D14 D15 D16 D17 D18 D19",
}
"""Found by people reading the documents, and written out, so that no reading is lost unseen."""

COUNTED = {
    "lambeth": Counts(7, 0, "16 × 3", 0, 0, 4, 0, 5, 5, 31),
    "unnamed-2015": Counts(5, 9, "0", 0, 0, 0, 8, 2, 0, 19),
    "merton": Counts(7, 0, "0", 17, 12, 4, 0, 4, 0, 28),
    "northamptonshire": Counts(5, 3, "0", 13, 16, 4, 0, 2, 0, 19),
    "knowsley": Counts(4, 2, "0", 0, 0, 0, 0, 3, 0, 18),
}


def real() -> dict[str, Procedure]:
    return {name: council(name).procedure for name in IDS}


def unanswered(page: str) -> list[str]:
    """The questions that have no row with both what is said and what is used."""
    rows = re.findall(
        r"^\| ([A-Z]\d+) \| `[^`]+` \| (\S.*?) \| (\S.*?) \| (?:yes)? \|$", page, re.MULTILINE
    )
    answered = {row[0] for row in rows}
    return [one for ids in QUESTIONS.values() for one in ids.split() if one not in answered]


def test_every_question_of_the_documents_has_its_row() -> None:
    page = (ROOT / "docs/coverage.md").read_text("utf-8")
    assert unanswered(page) == []
    assert len(re.findall(r"^\| [A-Z]\d+ \|", page, re.MULTILINE)) == 115


@pytest.mark.parametrize("council_id", IDS)
def test_no_reading_can_be_taken_away_unseen(council_id: str) -> None:
    procedures = real()
    for reading in procedures[council_id].readings:
        left = tuple(one for one in procedures[council_id].readings if one is not reading)
        without = procedures[council_id].model_copy(update={"readings": left})
        assert unanswered(coverage({**procedures, council_id: without}, {})) == [reading.id]


@pytest.mark.parametrize("council_id", IDS)
def test_the_counts_are_those_of_the_document(council_id: str) -> None:
    assert counts(council(council_id).procedure) == COUNTED[council_id]


def test_a_long_sentence_is_cut_between_words() -> None:
    assert first_words("No total. Twenty days are added.") == "No total."
    assert first_words("One | two") == "One \\| two"
    long = first_words("word, " * 60)
    assert len(long) <= 162
    assert long.endswith("word …")
