"""Word documents: templates read once and rendered often, and documents read on the screen."""

from practice_alerts.adapters.documents.docx.content_hash import parts_digest
from practice_alerts.adapters.documents.docx.html_view import read_on_screen
from practice_alerts.adapters.documents.docx.left_behind import left_behind
from practice_alerts.adapters.documents.template.pictures import Picture, with_pictures
from practice_alerts.adapters.documents.template.typed_text import (
    MARGIN_LIMIT,
    as_printed,
    as_printed_in_margin,
)
from practice_alerts.adapters.documents.template.word_template import WordTemplate

__all__ = [
    "MARGIN_LIMIT",
    "Picture",
    "WordTemplate",
    "as_printed",
    "as_printed_in_margin",
    "left_behind",
    "parts_digest",
    "read_on_screen",
    "with_pictures",
]
