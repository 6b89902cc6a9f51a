"""What may stand only once in a document, though the piece it stands in is repeated or left out.

Word marks places by a start and an end with the same number: bookmarks (its own too, which it does not show), the
words a comment is about, what may be edited. Of each the first stays, as Word itself would have it, and only whole.
"""

import re

RANGES = re.compile(
    r"<w:(bookmark|commentRange|perm|moveFromRange|moveToRange|comment)(Start|End|Reference)\b[^>]*?/>"
)
_NUMBER = re.compile(r'\bw:id="([^"]*)"')


def each_once(xml: str) -> str:
    """The part with the first of each such mark alone, and none without its other end."""
    begun: dict[tuple[str, str], re.Match[str]] = {}
    kept: set[int] = set()
    for found in RANGES.finditer(xml):
        number = _NUMBER.search(found[0])
        key = (found[1], number[1] if number else "")
        if found[2] == "Reference":
            kept |= set() if key in begun else {found.start()}
        elif found[2] == "End" and key in begun and begun[key].start() not in kept:
            kept |= {begun[key].start(), found.start()}
        if found[2] != "End":
            begun.setdefault(key, found)
    return RANGES.sub(lambda found: found[0] if found.start() in kept else "", xml)
