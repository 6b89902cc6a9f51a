"""HTML in the pages of a manual: there is none, so that a page brings no script, no form and no look of its own."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from practice_alerts.domain.files.named_figures import line_of

_TAG = re.compile(
    r"<(?!https?://[^<>\s]*>|[\w.+-]+@[\w.-]+>|!-- formerly [a-z0-9-]+ -->)[A-Za-z/!?][^\s<>]*"
)
"""Also one that is never closed: a browser is not so strict. Addresses, and marks of where a page stood, are none."""

_ATTRIBUTES = re.compile(
    r"\{(?=[:.#]|[^{}\n]*=)(?!#[a-z0-9][a-z0-9_-]*\} *$)[^{}\n]*\}", re.MULTILINE
)
"""As other builders of pages read them; the name of a heading is none."""

_LINK = re.compile(
    r"(?P<picture>!?)\[[^\[\]]*\](?:\(|: *)\s*(?:<(?P<between>[^<>\n]*)>|(?P<address>[^\s<>)]*))"
)
"""In a line, or where its address stands apart."""

_LEADS: Final = ("https", "http", "mailto", "tel")


def tags_in(page: str) -> Iterator[tuple[int, str]]:
    """How each begins, with its line."""
    return ((line_of(page, found), found[0]) for found in _TAG.finditer(page))


def attributes_in(page: str) -> Iterator[tuple[int, str]]:
    """Each list of them, with its line."""
    return ((line_of(page, found), found[0]) for found in _ATTRIBUTES.finditer(page))


def lost_addresses_in(page: str) -> Iterator[tuple[int, str]]:
    """Of links that lead nowhere and of pictures that are not shown, each with its line."""
    for found in _LINK.finditer(page):
        stands = is_picture_of_ours if found["picture"] else leads_on
        address = found["between"] or found["address"] or ""
        if not stands(address):
            yield line_of(page, found), address


def without_html(page: str) -> str:
    """The same Markdown, in which HTML is read as text."""
    return _TAG.sub(lambda found: f"&lt;{found[0][1:]}", page)


def leads_on(address: str) -> bool:
    """Whether a link may go there: to a page, to somebody's mailbox or telephone, and to nothing that acts."""
    scheme = _scheme(_as_browsers_read(address))
    return scheme in {"", *_LEADS}


def is_picture_of_ours(address: str) -> bool:
    """No page has a picture fetched from elsewhere, which would tell there who reads it."""
    plain = _as_browsers_read(address)
    return not _scheme(plain) and not plain.startswith("//")


def _as_browsers_read(address: str) -> str:
    """Without what they pass over, and with what stands for something else."""
    plain = "".join(one for one in unescape(unescape(address)) if one > " " and one.isprintable())
    return plain.replace("\\", "/")


def _scheme(plain: str) -> str:
    head, colon, _ = re.split(r"[/?#]", plain, maxsplit=1)[0].partition(":")
    return head.lower() if colon else ""
