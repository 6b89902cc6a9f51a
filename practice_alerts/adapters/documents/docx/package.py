"""A .docx as the zip it is: opened with suspicion, written to the byte.

Members that do not change stay compressed as they came. Times are dropped, so that the same
parts always make the same bytes.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from practice_alerts.adapters.documents.docx.kinds_of_files import (
    found_in_word,
    is_printer_settings,
    refuse_other_beginnings,
    refuse_other_packages,
)
from practice_alerts.domain.errors import BadTemplate

MOST_BYTES = 10_000_000
MOST_MEMBERS = 500
MOST_UNPACKED = 50_000_000
MOST_XML = 3_000_000  # in one part of a template; a filled document may hold more

_KINDS = frozenset(
    "xml rels vml png jpg jpeg jpe jfif gif bmp dib tif tiff svg webp emf wmf emz wmz wdp odttf".split()  # noqa: SIM905 - a list would take a line for each
)
XML_SUFFIXES = (".xml", ".rels", ".vml")
# Within a drawing no further drawing: nobody has looked through that one.
_LIVE = re.compile(
    rb"<!ENTITY|<(\w+:)?(script|foreignObject|iframe)\b|\son\w+\s*=|@import"
    rb"|\bhref\s*=\s*(?!['\"](#|data:image/(png|jpeg|gif)[;,]))|\burl\(\s*(?!['\"]?(#|data:image/(png|jpeg|gif)[;,])|&quot;#)",
    re.IGNORECASE,
)
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError)
_VERSION, _UTF8, _NEW_YEAR_1980 = 20, 0x800, 0x21


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the zip, compressed."""

    name: str
    packed: bytes
    crc: int
    size: int
    method: int

    def data(self) -> bytes:
        """Raises BadTemplate where more or less comes out than the zip says, or something else."""
        data = self._unpacked()
        if len(data) != self.size or zlib.crc32(data) != self.crc:
            raise BadTemplate(
                f'its part "{self.name}" is not what the file says it is. Open it in Word and save it again.'
            )
        return data

    def _unpacked(self) -> bytes:
        """No more than one byte over what is said: the rest of a bomb is never unpacked."""
        if self.method == zipfile.ZIP_STORED:
            return self.packed
        unpacking = zlib.decompressobj(-15)
        data = unpacking.decompress(self.packed, self.size + 1)
        if unpacking.unused_data or (not unpacking.eof and len(data) <= self.size):
            raise zlib.error("it ends too early or too late")
        return data


def member(name: str, data: bytes) -> Member:
    squeeze = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
    packed = squeeze.compress(data) + squeeze.flush()
    return Member(name, packed, zlib.crc32(data), len(data), zipfile.ZIP_DEFLATED)


def opened(file: bytes, most_xml: int = MOST_XML) -> tuple[Member, ...]:
    """Return the members of a .docx whose outside can be trusted; BadTemplate says what cannot."""
    refuse_other_beginnings(file)
    if len(file) > MOST_BYTES:
        raise BadTemplate(
            f"it is larger than {MOST_BYTES // 1_000_000} MB. Take out large pictures."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            infos = archive.infolist()
            _refuse_shared_bytes(infos, len(file))
            refuse_other_packages(frozenset(info.filename for info in infos))
            _refuse_odd_sizes(infos, most_xml)
            _refuse_odd_names([info.filename for info in infos])
            return tuple(_unpacked_once(archive, file, info) for info in infos if not info.is_dir())
    except _DAMAGE as error:
        raise BadTemplate(
            "it is not a .docx, or it is damaged. Open it in Word and save it again."
        ) from error


def _refuse_shared_bytes(infos: list[zipfile.ZipInfo], length: int) -> None:
    """A part is taken out as it is packed: many that lie over one another would fill the memory."""
    if sum(info.compress_size for info in infos) > length:
        raise BadTemplate("its parts lie over one another. Open it in Word and save it again.")


def _refuse_odd_sizes(infos: list[zipfile.ZipInfo], most_xml: int) -> None:
    if len(infos) > MOST_MEMBERS:
        raise BadTemplate(f"it is made of more than {MOST_MEMBERS} parts.")
    if sum(info.file_size for info in infos) > MOST_UNPACKED or any(
        info.file_size > most_xml
        for info in infos
        if info.filename.casefold().endswith((*XML_SUFFIXES, ".svg"))
    ):
        raise BadTemplate("it unpacks to far more than a form would hold (a zip bomb).")
    if any(info.flag_bits & 0x1 for info in infos):
        raise BadTemplate("it is locked with a password. Save it without one.")
    if any(info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in infos):
        raise BadTemplate(
            "it is compressed in a way that Word does not use. Save it again in Word."
        )


def _refuse_odd_names(names: list[str]) -> None:
    if len({name.casefold() for name in names}) != len(names):
        raise BadTemplate("two of its parts have the same name.")
    for name in names:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
            raise BadTemplate(f'the name of its part "{name}" leads out of the document.')
        if "vbaproject" in name.casefold():
            raise BadTemplate("it holds macros. Save it as a .docx, without macros.")
        is_known = name.rpartition(".")[2].casefold() in _KINDS or is_printer_settings(name)
        if not name.endswith("/") and not is_known:
            raise BadTemplate(
                f'its part "{name}" is of a kind that a form does not need: {found_in_word(name)}.'
            )


def _unpacked_once(archive: zipfile.ZipFile, file: bytes, info: zipfile.ZipInfo) -> Member:
    """Let zipfile compare its two headers, then unpack it as far as it may be, and keep it packed."""
    archive.open(info).close()
    name_length, extra_length = struct.unpack_from("<2H", file, info.header_offset + 26)
    start = info.header_offset + _LOCAL.size + name_length + extra_length
    packed = file[start : start + info.compress_size]
    found = Member(info.filename, packed, info.CRC, info.file_size, info.compress_type)
    _refuse_live_picture(info.filename, found.data())
    return found


def _refuse_live_picture(name: str, data: bytes) -> None:
    """A drawing in SVG is text, and so can hold what a web page holds."""
    if name.casefold().endswith(".svg") and _LIVE.search(data.replace(b"\0", b"")):
        raise BadTemplate(
            f'its picture "{name}" runs something or fetches something from outside. Put it in as a PNG.'
        )


def zipped(members: Iterable[Member]) -> bytes:
    """Write the members in order; the same members make the same bytes."""
    files: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for each in members:
        name = each.name.encode()
        flags = 0 if each.name.isascii() else _UTF8
        sizes = (len(each.packed), each.size, len(name))
        shared = (flags, each.method, 0, _NEW_YEAR_1980, each.crc, *sizes)
        local = _LOCAL.pack(b"PK\3\4", _VERSION, *shared, 0)
        files += (local, name, each.packed)
        central = _CENTRAL.pack(b"PK\1\2", _VERSION, _VERSION, *shared, 0, 0, 0, 0, 0, offset)
        directory += (central, name)
        offset += len(local) + len(name) + len(each.packed)
    listing = b"".join(directory)
    count = len(directory) // 2
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(listing), offset, 0)
    return b"".join((*files, listing, end))
