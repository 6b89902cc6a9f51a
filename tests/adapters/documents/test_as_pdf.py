"""PDF by LibreOffice, or by programs that behave otherwise than it should."""

from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

from practice_alerts.adapters.documents.as_pdf import PdfMaker, PdfNotMade
from practice_alerts.adapters.documents.template.typed_text import as_printed
from tests.helpers.files.word_files import word_file


def program(folder: Path, *lines: str) -> Path:
    path = folder / "program"
    path.write_text("\n".join(("#!/bin/sh", *lines)), "utf-8")
    path.chmod(0o700)
    return path


@pytest.mark.office
def test_each_word_document_is_made_into_a_pdf_under_its_own_name(libreoffice: str) -> None:
    maker = PdfMaker(Path(libreoffice))
    words = {"One & two.docx": word_file("First"), "-x.docx": word_file("Second")}
    made = maker.made_of(words)
    assert made.keys() == words.keys()
    assert all(one.startswith(b"%PDF-") for one in made.values())


def test_a_program_that_does_not_end_is_killed_with_all_it_started(tmp_path: Path) -> None:
    held = tmp_path / "held"
    os.mkfifo(held)
    slow = program(tmp_path, f"sleep 600 > {held} &", "sleep 600")
    reading = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    with pytest.raises(PdfNotMade, match="not done within 1 seconds"):
        PdfMaker(slow, limit=1.0).made_of({"a.docx": b"words"})
    # Nobody holds the other end any more.
    assert select.select([reading], [], [], 10.0)[0] == [reading]
    assert os.read(reading, 1) == b""
    os.close(reading)


def test_it_gets_neither_our_secrets_nor_the_documents_name_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_SMTP_PASSWORD", "Ravensecret")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "held"))
    (tmp_path / "held").mkdir()
    curious = program(tmp_path, f"env > {tmp_path}/env", f'echo "$@" > {tmp_path}/said')
    with pytest.raises(PdfNotMade, match="made nothing of it"):
        PdfMaker(curious).made_of({"Ravenname.docx": b"words"})
    assert "Raven" not in (tmp_path / "env").read_text() + (tmp_path / "said").read_text()
    assert list((tmp_path / "held").iterdir()) == []


def test_a_program_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(PdfNotMade, match="cannot be started"):
        PdfMaker(tmp_path / "nothing").made_of({"a.docx": b"words"})


def test_one_runs_at_a_time_and_nothing_runs_for_nothing(tmp_path: Path) -> None:
    maker = PdfMaker(tmp_path / "nothing", patience=0.0)
    assert maker.made_of({}) == {}
    with maker._turn, pytest.raises(PdfNotMade, match="try again in a minute"):
        maker.made_of({"a.docx": b"words"})


def test_what_was_not_done_in_time_keeps_nobody_waiting_again(tmp_path: Path) -> None:
    tries, now = tmp_path / "tries", [0.0]
    slow = program(tmp_path, f"echo once >> {tries}", "sleep 600")
    maker = PdfMaker(slow, limit=0.5, clock=lambda: now[0])
    for says in ("not done within", "takes too long, and was tried within the last 10 minutes"):
        with pytest.raises(PdfNotMade, match=says):
            maker.made_of({"LAM-2025-0001.docx": b"words"})
    with pytest.raises(PdfNotMade, match="not done within"):
        maker.made_of({"LAM-2025-0002.docx": b"words"})
    assert tries.read_text() == "once\n" * 2
    now[0] += 601
    with pytest.raises(PdfNotMade, match="not done within"):
        maker.made_of({"LAM-2025-0001.docx": b"fewer words"})
    assert tries.read_text() == "once\n" * 3


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("a\n" * 3, "a\n" * 3),
        ("a\n\n\nb", "a\n\n\nb"),
        ("a" + "\r\n" * 10_000 + "b", "a\n\n\nb"),
        ("a\n" + " \t\n" * 10_000 + "  b", "a\n\n\n  b"),
    ],
)
def test_two_empty_lines_are_printed_and_no_more(typed: str, printed: str) -> None:
    assert as_printed(typed) == printed
