"""The digest of a document says what it holds, and nothing of how it was put together."""

import io
import zipfile

from practice_alerts.adapters.documents import parts_digest
from tests.helpers.files.word_files import edited, parts, with_part, word_file, zipped

DOCX = word_file("Kit & Co", header="OFFICIAL-SENSITIVE")


def test_times_order_and_compression_do_not_count() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(parts(DOCX).items(), reverse=True):
            archive.writestr(zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6)), data)
    assert buffer.getvalue() != DOCX
    assert parts_digest(buffer.getvalue()) == parts_digest(DOCX)


def test_nor_does_the_way_in_which_the_same_xml_is_written() -> None:
    body = parts(DOCX)["word/document.xml"].decode()
    assert "/>" in body
    same = with_part(DOCX, "word/document.xml", body.replace("/>", " />").encode())
    assert parts_digest(same) == parts_digest(DOCX)


def test_every_change_of_what_it_holds_counts() -> None:
    changed = [
        edited(DOCX, "word/document.xml", "Kit", "Kid"),
        edited(DOCX, "word/header1.xml", "OFFICIAL", "PUBLIC"),
        with_part(DOCX, "word/media/image1.png", b"\x89PNG"),
        zipped({name: data for name, data in parts(DOCX).items() if "styles" not in name}),
    ]
    digests = {parts_digest(each) for each in (DOCX, *changed)}
    assert len(digests) == len(changed) + 1


def test_where_one_part_ends_and_the_next_begins_counts() -> None:
    one = zipped({"a.bin": b"xb.bin", "c.bin": b""})
    other = zipped({"a.bin": b"x", "b.binc.bin": b""})
    assert parts_digest(one) != parts_digest(other)


def test_a_megabyte_in_one_place_has_a_digest_too() -> None:
    long = edited(DOCX, "word/document.xml", "Kit", "x" * 12_000_000)
    assert len(parts_digest(long)) == 64
