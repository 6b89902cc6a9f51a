"""Word documents: templates read once and rendered often, and documents read on the screen."""

from practice_alerts.adapters.documents.digest import parts_digest
from practice_alerts.adapters.documents.on_screen import read_on_screen
from practice_alerts.adapters.documents.text_policy import (
    MARGIN_LIMIT,
    as_printed,
    as_printed_in_margin,
)
from practice_alerts.adapters.documents.word_template import WordTemplate

__all__ = [
    "MARGIN_LIMIT",
    "WordTemplate",
    "as_printed",
    "as_printed_in_margin",
    "parts_digest",
    "read_on_screen",
]
