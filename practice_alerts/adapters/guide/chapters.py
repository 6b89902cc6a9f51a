"""What people wrote of a council, each page with its own faults at its head."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from practice_alerts.adapters.files.lies_within import content_of
from practice_alerts.adapters.files.pages import faults_of_pages
from practice_alerts.adapters.files.procedures import CouncilFiles
from practice_alerts.domain.errors import Fault
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.files.html_in_pages import without_html
from practice_alerts.domain.files.named_figures import Taken, names_in, unknown_names
from practice_alerts.domain.guide.parts.page import chapter_title
from practice_alerts.domain.text import capital

Chapters = tuple[dict[str, str], tuple[str, ...]]
"""What people wrote of a council, by file, and what is wrong with it."""


def chapters_of(files: CouncilFiles) -> Chapters:
    """Each page with its own faults at its head."""
    known, unread = names_in(files.procedure), faults_of_pages(files.pages)
    chapters, every = dict[str, str](), list[str]()
    for path in files.pages:
        if path in unread:
            text, faults = f"# {chapter_title('', path.name)}\n", [_unread(files, unread[path])]
        else:
            written, where = content_of(path).decode(), f"{files.id}/{path.name}"
            text = without_html(written)
            named = unknown_names(text, known)
            faults = [_unknown(f"{where}:{line}", name, known) for line, name in named]
        chapters[path.name] = with_faults(text, faults) if faults else text
        every += faults
    return chapters, tuple(every)


def _unread(files: CouncilFiles, fault: Fault) -> str:
    """The fault by the page's name: readers have no use for where it lies."""
    return replace(fault, file=f"{files.id}/{Path(fault.file).name}").sentence


def _unknown(where: str, name: str, known: Mapping[str, Taken]) -> str:
    """What a page wants from the procedure and the procedure does not have."""
    said = f"{where}: the procedure has no “{name}”."
    return f"{said} {capital(nearest(name, known) or '')}".rstrip()


def with_faults(text: str, faults: Sequence[str]) -> str:
    """The page with what is wrong with it below its first heading, or above all where it has none."""
    said = "".join(f"<li>{escape(one)}</li>" for one in faults)
    aside = f'<div class="aside"><p>{_AT_FAULT}</p><ul>{said}</ul></div>'
    found = _FIRST_HEADING.search(text)
    end = found.end() if found else 0
    return f"{text[:end]}\n\n{aside}\n\n{text[end:]}"


_AT_FAULT = "Something on this page is wrong, and waits for whoever keeps the council’s pages:"
_FIRST_HEADING = re.compile(r"^# .+$", re.MULTILINE)
