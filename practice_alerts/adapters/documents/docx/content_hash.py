"""What a document holds, as one number: the same parts give the same digest, however they are zipped."""

import hashlib
import io
import zipfile

from lxml import etree

from practice_alerts.adapters.documents.docx.safety import is_xml

_MOST_KNOWN = 1_000
_known: dict[bytes, bytes] = {}
"""SHA-256 of a part as it is written to that of its canonical form: most parts of a document are its
template's, and to write a sheet of styles canonically takes longer than to make the document."""


def parts_digest(docx: bytes) -> str:
    """SHA-256 (hex) over the parts of one of our documents, by name: each name, and its canonical XML.

    Times, order and compression of the zip do not count, nor how the same XML is written.
    """
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in sorted(archive.namelist()):
            data = archive.read(name)
            digest.update(hashlib.sha256(name.encode()).digest())
            digest.update(_of_xml(data) if is_xml(name) else hashlib.sha256(data).digest())
    return digest.hexdigest()


def _of_xml(data: bytes) -> bytes:
    written = hashlib.sha256(data).digest()
    found = _known.get(written)
    if found is None:
        found = hashlib.sha256(_canonical(data)).digest()
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[written] = found
    return found


def _canonical(xml: bytes) -> bytes:
    # Ours, so it may be long; and even so nothing outside it is fetched.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(xml, parser)
    return bytes(etree.tostring(root, method="c14n", exclusive=True))
