"""Every made page of docs/ is current, and making one again loses nothing that people wrote."""

from pathlib import Path

import pytest

from tools.docs.pages import DOCS, PARTS, WHOLE, pages, with_part, write


@pytest.fixture(scope="module")
def made() -> dict[Path, str]:
    return pages()


@pytest.mark.parametrize("page", [*PARTS, *WHOLE])
def test_a_made_page_is_current(made: dict[Path, str], page: str) -> None:
    assert (DOCS / page).read_text("utf-8") == made[DOCS / page], "run make docs"


def test_every_made_page_was_looked_at(made: dict[Path, str]) -> None:
    assert {*made} == {DOCS / page for page in (*PARTS, *WHOLE)}


def test_only_what_is_out_of_date_is_written(tmp_path: Path) -> None:
    for name in PARTS:
        (tmp_path / name).write_text((DOCS / name).read_text("utf-8"), "utf-8")
    made = pages(tmp_path)
    assert set(write(made)) == set(made) - {tmp_path / name for name in PARTS}
    assert write(made) == []


def test_a_page_that_lost_its_marks_is_not_written_over() -> None:
    with pytest.raises(ValueError, match="no marks for the part rules"):
        with_part("no marks here", "rules", "made")
