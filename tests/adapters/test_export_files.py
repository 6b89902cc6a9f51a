"""Files to be handed over: whole or not at all, never over another file, and for their owner alone."""

import io
import zipfile
from pathlib import Path

import pytest

from practice_alerts.adapters.export_files import CannotWrite, in_one_zip, parcel
from tests.helpers.days import moment

AT = moment("Tue 2025-06-10 09:00")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_zip_in_memory_holds_the_files_with_their_date() -> None:
    body = in_one_zip([("a.docx", b"PK"), ("é.txt", "Zoë".encode())], AT)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "a.docx": b"PK",
            "é.txt": "Zoë".encode(),
        }
        assert archive.getinfo("a.docx").date_time == (2025, 6, 10, 9, 0, 0)


def test_a_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    into = tmp_path / "quarter" / "two"
    with parcel(into, AT) as put:
        put("a.docx", b"one")
        put("b.docx", b"two")
    assert sorted(path.name for path in into.iterdir()) == ["a.docx", "b.docx"]
    assert (mode(into), mode(into / "a.docx")) == (0o700, 0o600)


def test_a_zip_has_its_name_when_it_is_whole(tmp_path: Path) -> None:
    into = tmp_path / "quarter.ZIP"
    with parcel(into, AT) as put:
        put("a.docx", b"one")
        assert not into.exists()
    with zipfile.ZipFile(into) as archive:
        assert archive.read("a.docx") == b"one"
    assert mode(into) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["quarter.ZIP"]


def test_what_goes_wrong_midway_leaves_no_zip_behind(tmp_path: Path) -> None:
    def one_and_a_half() -> None:
        with parcel(tmp_path / "quarter.zip", AT) as put:
            put("a.docx", b"one")
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        one_and_a_half()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["old.zip", "old"])
def test_nothing_is_written_over(tmp_path: Path, name: str) -> None:
    (tmp_path / "old.zip").write_bytes(b"kept")
    (tmp_path / "old").mkdir()
    (tmp_path / "old/a.docx").write_bytes(b"kept")
    with (
        pytest.raises(CannotWrite, match=r"exists already|is not empty"),
        parcel(tmp_path / name, AT),
    ):
        raise AssertionError
    assert (tmp_path / "old.zip").read_bytes() == (tmp_path / "old/a.docx").read_bytes() == b"kept"


def test_a_run_that_was_broken_off_is_told_and_its_rest_not_touched(tmp_path: Path) -> None:
    (tmp_path / "quarter.zip.part").write_bytes(b"rest")
    with pytest.raises(CannotWrite, match="Remove it"), parcel(tmp_path / "quarter.zip", AT):
        raise AssertionError
    assert (tmp_path / "quarter.zip.part").read_bytes() == b"rest"


@pytest.mark.parametrize("name", ["file/folder", "file/quarter.zip", "none/quarter.zip"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite, match="cannot be written"), parcel(tmp_path / name, AT):
        raise AssertionError
