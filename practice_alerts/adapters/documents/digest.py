"""What a document holds, as one number: the same parts give the same digest, however they are zipped."""

import hashlib
import io
import zipfile

from lxml import etree

from practice_alerts.adapters.documents.suspicion import is_xml


def parts_digest(docx: bytes) -> str:
    """SHA-256 (hex) over the parts of one of our documents, by name: each name, and its canonical XML.

    Times, order and compression of the zip do not count, nor how the same XML is written.
    """
    digest = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        for name in sorted(archive.namelist()):
            data = archive.read(name)
            for piece in (name.encode(), _canonical(data) if is_xml(name) else data):
                digest.update(len(piece).to_bytes(8, "big"))  # no two lists of parts look alike
                digest.update(piece)
    return digest.hexdigest()


def _canonical(xml: bytes) -> bytes:
    # Ours, so it may be long; and even so nothing outside it is fetched.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return bytes(etree.tostring(etree.fromstring(xml, parser), method="c14n"))
