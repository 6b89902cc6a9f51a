"""HTML in the pages of a manual: there is none, so that a page brings no script, no form and no look of its own."""

import re
from collections.abc import Iterator

from practice_alerts.domain.files.named_figures import line_of

_TAG = re.compile(
    r"<(?!https?://[^<>\s]*>|[\w.+-]+@[\w.-]+>|!-- formerly [a-z0-9-]+ -->)[A-Za-z/!?][^\s<>]*"
)
"""Also one that is never closed: a browser is not so strict. Addresses, and marks of where a page stood, are none."""


def tags_in(page: str) -> Iterator[tuple[int, str]]:
    """How each begins, with its line."""
    return ((line_of(page, found), found[0]) for found in _TAG.finditer(page))


def without_html(page: str) -> str:
    """The same Markdown, in which HTML is read as text."""
    return _TAG.sub(lambda found: f"&lt;{found[0][1:]}", page)
