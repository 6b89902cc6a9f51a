"""Word files that lie about what is in them: nothing is unpacked past what they say."""

import io
import struct
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pytest

from practice_alerts.adapters.documents.docx.package import Member, member, opened, zipped
from practice_alerts.domain.errors import BadTemplate
from tests.helpers.files.word_files import word_file

SAID = 1_000
REAL = 100_000_000
PLAIN = word_file("{{ typed }}")


@cache
def deflated(pieces: int = REAL // 1_000_000) -> bytes:
    """`<a>` and millions of blanks, never held unpacked."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(
        (
            squeeze.compress(b"<a>"),
            *(squeeze.compress(b" " * 1_000_000) for _ in range(pieces)),
            squeeze.flush(),
        )
    )


def lying(name: str = "word/document.xml", size: int = SAID) -> bytes:
    """The other parts as they are, and one that says it is small."""
    crc = zlib.crc32((b"<a>" + b" " * size)[:size])
    liar = Member(name, deflated(), crc, size, zipfile.ZIP_DEFLATED)
    return zipped([*(one for one in opened(PLAIN) if one.name != name), liar])


def peak_of(act: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        act()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "name", ["word/document.xml", "word/styles.xml", "word/media/image1.png", "[Content_Types].xml"]
)
@pytest.mark.parametrize("size", [0, 3, SAID, 2_000_000])
def test_a_part_that_says_it_is_small_is_not_unpacked_past_that(name: str, size: int) -> None:
    file = lying(name, size)

    def refused() -> None:
        with pytest.raises(BadTemplate, match="is not what the file says it is"):
            opened(file)

    assert peak_of(refused) < 20_000_000


def test_many_names_for_one_bomb_do_not_get_by_the_limit() -> None:
    """The same packed bytes under many names, each honest: together they are too much."""
    blanks = member("word/media/image0.png", b"\0" * 2_900_000)
    many = [
        Member(f"word/media/image{n}.png", blanks.packed, blanks.crc, blanks.size, blanks.method)
        for n in range(30)
    ]
    with pytest.raises(BadTemplate, match="zip bomb"):
        opened(zipped([*opened(PLAIN), *many]))


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda one: Member(one.name, one.packed, one.crc, one.size + 1, one.method),
        lambda one: Member(one.name, one.packed, one.crc, one.size - 1, one.method),
        lambda one: Member(one.name, one.packed, one.crc ^ 1, one.size, one.method),
        lambda one: Member(one.name, one.packed[:-3], one.crc, one.size, one.method),
        lambda one: Member(one.name, one.packed + b"more", one.crc, one.size, one.method),
        lambda one: Member(one.name, b"\xff" * 50, one.crc, one.size, one.method),
        lambda one: Member(one.name, b"x" * 50, one.crc, one.size, zipfile.ZIP_STORED),
    ],
)
def test_what_does_not_agree_with_itself_is_refused(spoilt: Callable[[Member], Member]) -> None:
    parts = [spoilt(one) if one.name == "word/document.xml" else one for one in opened(PLAIN)]
    with pytest.raises(BadTemplate):
        opened(zipped(parts))


def test_headers_that_name_two_things_are_refused() -> None:
    file = bytearray(PLAIN)
    (start,) = struct.unpack_from("<L", file, file.index(b"PK\1\2") + 42)
    file[start + 30] ^= 0x20
    with pytest.raises(BadTemplate):
        opened(bytes(file))


def test_honest_parts_come_out_as_they_went_in() -> None:
    parts = [
        member("a.xml", b""),
        member("b.xml", b"<b/>"),
        member("c.png", bytes(range(256)) * 100),
    ]
    stored = Member("d.png", b"as it is", zlib.crc32(b"as it is"), 8, zipfile.ZIP_STORED)
    again = opened(zipped([*parts, stored]))
    assert [one.data() for one in again] == [b"", b"<b/>", bytes(range(256)) * 100, b"as it is"]
    with zipfile.ZipFile(io.BytesIO(zipped(again))) as archive:
        assert archive.testzip() is None
