"""Files that do not change while we run: compressed once, and the same to whoever reads them."""

import gzip
import os
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from practice_alerts.web.shell import kept_files
from practice_alerts.web.shell.kept_files import FOR_EVER, KeptFiles
from tests.helpers.product.asgi_client import Asking

WORDS = "Practice alerts, and dates that are right. " * 100
TAKES = {"accept-encoding": "gzip, deflate, br"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "words.css").write_text(WORDS)
    (tmp_path / "few.css").write_text("a {}")
    (tmp_path / "picture.png").write_bytes(WORDS.encode())
    (tmp_path / "index.html").write_text(f"<p>{WORDS}</p>")
    return tmp_path


def asking(folder: Path, *, for_ever: bool = False) -> Asking:
    files = KeptFiles(folder, html=True, for_ever=for_ever)
    return Asking(Starlette(routes=[Mount("/", files)]), "http://localhost:8000")


@pytest.mark.parametrize("path", ["/words.css", "/", "/index.html"])
def test_who_takes_it_gets_the_same_in_fewer_bytes(folder: Path, path: str) -> None:
    there = asking(folder)
    small, whole = (
        there.get(path, headers=headers) for headers in (TAKES, {"accept-encoding": ""})
    )
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(WORDS) / 10
    assert small.content == whole.content  # as the client unpacks it
    assert int(whole.headers["content-length"]) == len(whole.content)
    assert small.headers["vary"] == whole.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/words.css", {"accept-encoding": "br"}),
        ("/words.css", {"accept-encoding": "identity"}),
        ("/words.css", {"accept-encoding": "gzip;q=0, br"}),
        ("/words.css", {"accept-encoding": "gzip; q=0"}),
        ("/words.css", {"accept-encoding": "gzip; q=0.000"}),
        ("/words.css", TAKES | {"range": "bytes=0-9"}),
        ("/few.css", TAKES),
        ("/picture.png", TAKES),
    ],
)
def test_who_does_not_and_what_is_not_worth_it_comes_as_it_is(
    folder: Path, path: str, headers: dict[str, str]
) -> None:
    answer = asking(folder).get(path, headers=headers)
    assert "content-encoding" not in answer.headers
    whole = (folder / path[1:]).read_bytes()
    assert answer.content == (whole[:10] if "range" in headers else whole)


@pytest.mark.parametrize("said", ["gzip;q=0.5, br;q=0.1", "GZIP", "deflate,gzip"])
def test_it_is_taken_however_that_is_written(folder: Path, said: str) -> None:
    answer = asking(folder).get("/words.css", headers={"accept-encoding": said})
    assert answer.headers["content-encoding"] == "gzip"


def test_who_has_it_is_told_that_nothing_changed(folder: Path) -> None:
    there = asking(folder)
    for taking in (TAKES, {"accept-encoding": ""}):
        tag = there.get("/words.css", headers=taking).headers["etag"]
        again = there.get("/words.css", headers=taking | {"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")


def test_each_is_compressed_once_and_anew_when_it_has_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[bytes] = []

    def compress(content: bytes, **how: int) -> bytes:
        done.append(content)
        return gzip.compress(content, **how)

    monkeypatch.setattr(kept_files, "compressed", compress)
    there = asking(folder)
    for _ in range(3):
        there.get("/words.css", headers=TAKES)
    assert done == [WORDS.encode()]
    (folder / "words.css").write_text(WORDS.upper())
    os.utime(folder / "words.css", ns=(1, 1))
    assert there.get("/words.css", headers=TAKES).text == WORDS.upper()
    assert len(done) == 2


def test_what_is_named_by_its_content_need_not_be_asked_for_again(folder: Path) -> None:
    there = asking(folder, for_ever=True)
    assert there.get("/words.css", headers=TAKES).headers["cache-control"] == FOR_EVER
    missing = there.get("/nothing.css")
    assert missing.status_code == 404
    assert "cache-control" not in missing.headers
    assert "cache-control" not in asking(folder).get("/words.css").headers
