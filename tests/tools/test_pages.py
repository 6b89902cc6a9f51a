"""Every made page of docs/ is current, and making one again loses nothing that people wrote."""

from pathlib import Path

import pytest

from tools.docs.pages import PARTS, ROOT, pages, with_part, write

MADE = pages()


@pytest.mark.parametrize("path", MADE, ids=[str(path.relative_to(ROOT)) for path in MADE])
def test_a_made_page_is_current(path: Path) -> None:
    assert path.read_text("utf-8") == MADE[path], "run make docs"


def test_only_what_is_out_of_date_is_written(tmp_path: Path) -> None:
    for name in PARTS:
        (tmp_path / name).write_text((ROOT / "docs" / name).read_text("utf-8"), "utf-8")
    made = pages(tmp_path)
    assert set(write(made)) == set(made) - {tmp_path / name for name in PARTS}
    assert write(made) == []


def test_a_page_that_lost_its_marks_is_not_written_over() -> None:
    with pytest.raises(ValueError, match="no marks for the part rules"):
        with_part("no marks here", "rules", "made")
