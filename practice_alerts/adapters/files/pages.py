"""The pages of a council's manual: which there are, and which of them nobody can read."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from practice_alerts.adapters.files.lies_within import content_of
from practice_alerts.domain.errors import Fault


def pages_in(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.md")))


def readable(pages: Iterable[Path]) -> Iterator[tuple[Path, bytes]]:
    """Each page that can be read, with what stands in it."""
    for page in pages:
        with suppress(OSError):
            yield page, content_of(page)


def faults_of_pages(pages: Iterable[Path]) -> dict[Path, Fault]:
    """The pages that are not there to open or are no text, and why."""
    found: dict[Path, Fault] = {}
    for page in pages:
        try:
            content = content_of(page)
        except OSError as error:
            said = "nothing that can be opened" if error.errno else str(error)
            found[page] = Fault(str(page), 1, "", said, "a file to read")
            continue
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            said = f"the byte {content[error.start]:#04x}, which is not UTF-8"
            found[page] = Fault(str(page), line, "", said, "a text file saved as UTF-8")
    return found
