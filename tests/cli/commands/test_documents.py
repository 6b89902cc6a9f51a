"""`practice-alerts documents`: a quarter's documents in a folder or a zip."""

import sqlite3
import zipfile
from pathlib import Path

import pytest

from practice_alerts.adapters.files.procedures import load_edition
from tests.helpers.product.run_command import give, refused, said

SPAN = ("--from", "2024-01-01", "--to", "2026-06-30")


def test_every_alert_of_the_span_has_its_document_in_the_folder(
    in_lambeth: list[str], tmp_path: Path
) -> None:
    into = tmp_path / "quarter"
    printed = said("documents", "lambeth", *SPAN, "--into", str(into))
    assert printed == f"Made {len(in_lambeth)} documents in {into}\n"
    found = sorted(path.name for path in into.iterdir())
    assert found == [f"{reference}.docx" for reference in in_lambeth]
    assert all(path.read_bytes().startswith(b"PK") for path in into.iterdir())


def test_the_same_in_a_zip_with_its_progress_on_the_other_channel(
    in_lambeth: list[str], tmp_path: Path
) -> None:
    into = tmp_path / "quarter.zip"
    result = give("documents", "lambeth", *SPAN, "--into", str(into))
    assert result.stdout == f"Made {len(in_lambeth)} documents in {into}\n"
    assert result.stderr.startswith("Documents")
    with zipfile.ZipFile(into) as archive:
        assert len(archive.namelist()) == len(in_lambeth)
        assert archive.testzip() is None


def test_what_was_handed_over_is_recorded_for_nobody_in_particular(
    sample_office: Path, in_lambeth: list[str], tmp_path: Path
) -> None:
    for name in ("one", "two"):
        said("documents", "lambeth", *SPAN, "--into", str(tmp_path / name))
    rows = sqlite3.connect(sample_office / "practice-alerts.db")
    found = rows.execute("SELECT count(*), count(person_id) FROM issues").fetchone()
    assert found == (len(in_lambeth), 0)
    rows.close()


@pytest.mark.usefixtures("sample_office")
def test_a_span_without_an_alert_makes_nothing(tmp_path: Path) -> None:
    span = ("--from", "2019-04-01", "--to", "2019-06-30")
    into = tmp_path / "quarter.zip"
    assert said("documents", "lambeth", *span, "--into", str(into)) == "No document was made.\n"
    assert not into.exists()


@pytest.mark.usefixtures("sample_office")
def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "quarter.zip").write_bytes(b"kept")
    words = ("documents", "lambeth", *SPAN, "--into", str(tmp_path / "quarter.zip"))
    assert "this file exists already" in refused(*words)
    assert (tmp_path / "quarter.zip").read_bytes() == b"kept"


def test_an_alert_without_a_document_is_named_and_the_others_are_made(
    sample_office: Path, in_lambeth: list[str], tmp_path: Path
) -> None:
    rows = sqlite3.connect(sample_office / "practice-alerts.db")
    (kept,) = rows.execute(
        "SELECT DISTINCT edition FROM alerts WHERE council = 'lambeth'"
    ).fetchone()
    files = dict(rows.execute("SELECT name, body FROM edition_files WHERE digest = ?", (kept,)))
    bare = load_edition({name: body for name, body in files.items() if ".docx" not in name})
    rows.execute("INSERT INTO editions VALUES (?, 'lambeth', '0', '2020-01-01')", (bare.digest,))
    rows.executemany(
        "INSERT INTO edition_files VALUES (?, ?, ?)",
        [(bare.digest, name, body) for name, body in bare.texts.items()],
    )
    earlier = (kept, bare.digest)
    rows.execute("UPDATE payloads SET body = replace(body, ?, ?) WHERE event_id = 1", earlier)
    rows.commit()
    rows.close()
    into = tmp_path / "quarter"
    result = give("documents", "lambeth", *SPAN, "--into", str(into))
    assert result.exit_code == 1
    assert result.stdout == f"Made {len(in_lambeth) - 1} documents in {into}\n"
    assert "LAM-2026-0001: There is no Word template" in result.stderr


def test_a_last_day_before_the_first_is_told(tmp_path: Path) -> None:
    span = ("--to", "2026-04-01", "--from", "2026-06-30")
    result = give("documents", "lambeth", *span, "--into", str(tmp_path / "quarter"))
    assert result.exit_code == 2
    assert "this is before Tuesday 30 June 2026" in result.stderr


def test_a_council_that_is_not_there_is_told_plainly(tmp_path: Path) -> None:
    told = refused("documents", "lambet", *SPAN, "--into", str(tmp_path / "quarter"))
    assert "lambeth" in told


def test_on_an_empty_folder_there_is_nothing_to_make(data: Path, tmp_path: Path) -> None:
    told = refused("documents", "lambeth", *SPAN, "--into", str(tmp_path / "quarter"))
    assert "There is no database in" in told
    assert not data.exists()
