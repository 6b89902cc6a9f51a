"""Small Word files that would take up gigabytes once opened: refused before they do."""

import struct
import zlib
from pathlib import Path

import pytest

from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.adapters.documents.docx import safety
from practice_alerts.adapters.documents.docx.left_behind import left_behind
from practice_alerts.adapters.documents.docx.package import (
    MOST_BYTES,
    Member,
    member,
    opened,
    zipped,
)
from practice_alerts.adapters.documents.docx.safety import MOST_MARKS, parsed_parts
from practice_alerts.domain.errors import BadTemplate
from tests.adapters.documents.test_lying_packages import peak_of
from tests.helpers.files.word_files import word_file

PLAIN = word_file("{{ typed }}")
NOTHING = b"\0\0\0\xff\xff"  # a block that unpacks to no byte


def over_one_another(parts: int, packed: int) -> bytes:
    """Each part begins inside the one before and goes on to the end: all are honest about themselves.

    A part's header is what the part before it unpacks to, in a block of its own.
    """
    built, unpacked = NOTHING * (packed // len(NOTHING)) + b"\x03\0", b""
    members = []
    for number in range(parts):
        name = f"word/media/image{number:03}.png"
        members.append(Member(name, built, zlib.crc32(unpacked), len(unpacked), 8))
        header = zipped(members[-1:])[: 30 + len(name)]
        unpacked = header + unpacked
        built = struct.pack("<BHH", 0, len(header), 0xFFFF - len(header)) + header + built
    honest = zipped(opened(PLAIN))
    start = honest.index(b"PK\1\2")
    body = honest[:start] + built[5:]
    listing = bytearray(honest[start : honest.rindex(b"PK\5\6")])
    for one in members:
        alone = zipped([one])
        entry = bytearray(alone[alone.rindex(b"PK\1\2") : alone.rindex(b"PK\5\6")])
        at = len(body) - len(one.packed) - 30 - len(one.name)
        entry[42:46] = struct.pack("<L", at)
        listing += entry
    count = len(opened(PLAIN)) + parts
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(listing), len(body), 0)
    return body + bytes(listing) + end


def test_parts_that_lie_over_one_another_are_not_taken_out_one_by_one() -> None:
    file = over_one_another(60, 1_000_000)

    def refused() -> None:
        with pytest.raises(BadTemplate, match="lie over one another"):
            opened(file)

    assert peak_of(refused) < 5_000_000


@pytest.mark.parametrize("xml", [b"<a/>" * 700_000, b'<a b="" c="" d="" e=""/>' * 100_000])
@pytest.mark.parametrize("sixteen_bits", [False, True])
def test_a_template_of_very_many_small_pieces_is_refused_before_it_is_parsed(
    xml: bytes, sixteen_bits: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = b"<a>" + xml[: 1_000_000 // 24 * 24] + b"</a>"
    data = whole.decode().encode("utf-16") if sixteen_bits else whole
    many = [member(f"customXml/extra{n}.xml", data) for n in range(10)]
    marks, real = [], safety.parsed

    def counted(name: str, data: bytes) -> object:
        marks.append(data.count(b"<") + data.count(b"="))
        return real(name, data)

    monkeypatch.setattr(safety, "parsed", counted)
    file = zipped([*opened(PLAIN), *many])
    for read in (left_behind, WordTemplate.read):
        marks.clear()
        with pytest.raises(BadTemplate, match="far more pieces"):
            read(file)
        assert sum(marks) <= MOST_MARKS


@pytest.mark.parametrize("encoding", ["UTF-7", "IBM037", "ISO-8859-1"])
def test_what_a_part_says_of_its_encoding_hides_no_piece_from_the_count(encoding: str) -> None:
    said = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    hidden = b"+ADw-a/+AD4-" if encoding == "UTF-7" else "<a>é</a>".encode(encoding)
    with pytest.raises(BadTemplate, match="is damaged"):
        parsed_parts([member("customXml/extra1.xml", said + hidden)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_both_encodings_of_the_format_are_read(encoding: str) -> None:
    roots = parsed_parts([member("a.xml", "<a>Zoë</a>".encode(encoding))])
    assert roots["a.xml"].text == "Zoë"


def test_what_stands_too_deep_is_refused() -> None:
    deep = member("customXml/extra1.xml", b"<a>" * 100_000 + b"</a>" * 100_000)
    with pytest.raises(BadTemplate, match="is damaged"):
        left_behind(zipped([*opened(PLAIN), deep]))


def test_entities_within_entities_are_refused_unexpanded() -> None:
    each = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    xml = f'<!DOCTYPE a [<!ENTITY e0 "{"x" * 1_000}">{each}]><a b="&e12;">&e12;</a>'.encode()
    with pytest.raises(BadTemplate):
        left_behind(zipped([*opened(PLAIN), member("customXml/extra1.xml", xml)]))


def test_more_parts_than_a_document_has_are_refused_by_their_list() -> None:
    many = [Member(f"word/media/image{n}.png", b"\3\0", 0, 0, 8) for n in range(60_000)]
    with pytest.raises(BadTemplate, match="more than 500 parts"):
        opened(zipped(many))


def test_of_a_file_that_is_far_too_large_no_more_is_read_than_shows_it(
    tmp_path: Path,
) -> None:
    large = tmp_path / "alert.docx"
    with large.open("wb") as file:
        file.write(b"PK\3\4")
        file.truncate(2_000_000_000)  # a hole: it takes no room

    def refused() -> None:
        with pytest.raises(BadTemplate, match="larger than 10 MB"):
            WordTemplate.read(large)

    assert peak_of(refused) < 3 * MOST_BYTES
