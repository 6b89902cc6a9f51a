"""The pages of a council's manual: which there are, and which of them nobody can read."""

from collections.abc import Iterable
from pathlib import Path

from practice_alerts.domain.errors import Fault


def pages_in(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob("*.md")))


def content_of(page: Path) -> bytes | None:
    """None where it cannot be opened, as a folder or a link that leads nowhere."""
    try:
        return page.read_bytes()
    except OSError:
        return None


def faults_of_pages(pages: Iterable[Path]) -> dict[Path, Fault]:
    """The pages that are not there to open or are no text, and why."""
    found: dict[Path, Fault] = {}
    for page in pages:
        content = content_of(page)
        if content is None:
            found[page] = Fault(str(page), 1, "", "nothing that can be opened", "a file to read")
            continue
        try:
            content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            said = f"the byte {content[error.start]:#04x}, which is not UTF-8"
            found[page] = Fault(str(page), line, "", said, "a text file saved as UTF-8")
    return found
