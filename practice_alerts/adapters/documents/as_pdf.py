"""Word documents made into PDF by LibreOffice, in a process of its own that is killed at its limit."""

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from practice_alerts.adapters.environment import for_other_programs
from practice_alerts.domain.errors import Expected

PDF: Final = "application/pdf"


class PdfNotMade(Expected):
    """The program was not there, or not done in time, or made nothing of it."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"No PDF was made: {why}. Download it for Word, or print its page from your browser."
        )


class _TooLong(PdfNotMade):
    pass


@dataclass(frozen=True)
class PdfMaker:
    """`program` is LibreOffice's; `limit` in seconds is for one going, however many documents are in it."""

    program: Path
    limit: float = 60.0
    patience: float = 30.0
    """So many seconds one waits for another's: the program takes a processor and much memory."""
    not_again: float = 600.0
    """So many seconds what was not done in time is not begun anew: others wait for each going."""
    clock: Callable[[], float] = time.monotonic
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)
    _too_long: dict[frozenset[str], float] = field(default_factory=dict, repr=False, compare=False)
    """By the names of documents, until when."""

    def made_of(self, documents: Mapping[str, bytes]) -> dict[str, bytes]:
        """Each Word document as PDF, under the name it is given by. Raises PdfNotMade."""
        if not documents:
            return {}
        self._must_not_be_too_long(frozenset(documents))
        if not self._turn.acquire(timeout=self.patience):
            raise PdfNotMade("others are being made; try again in a minute")
        try:
            self._must_not_be_too_long(frozenset(documents))  # as of who was first
            with tempfile.TemporaryDirectory(prefix="practice-alerts-pdf-") as folder:
                return self._in_folder(Path(folder), documents)
        finally:
            self._turn.release()

    def _must_not_be_too_long(self, names: frozenset[str]) -> None:
        if self._too_long.get(names, 0.0) > self.clock():
            minutes = f"{self.not_again / 60:g} minutes"
            raise PdfNotMade(f"it takes too long, and was tried within the last {minutes}")

    def _in_folder(self, folder: Path, documents: Mapping[str, bytes]) -> dict[str, bytes]:
        """The folder is for this account alone, and gone afterwards."""
        made = folder / "made"
        # Under names of ours: nobody's words stand in the list of processes.
        files = {name: folder / f"{number}.docx" for number, name in enumerate(documents)}
        for name, path in files.items():
            path.write_bytes(documents[name])
        try:
            self._run(folder, made, list(files.values()))
        except _TooLong:
            now = self.clock()
            for names in [names for names, until in self._too_long.items() if until <= now]:
                del self._too_long[names]
            self._too_long[frozenset(documents)] = now + self.not_again
            raise
        found = {name: made / f"{path.stem}.pdf" for name, path in files.items()}
        if not all(path.is_file() for path in found.values()):
            raise PdfNotMade("the program made nothing of it")
        return {name: path.read_bytes() for name, path in found.items()}

    def _run(self, folder: Path, made: Path, files: list[Path]) -> None:
        home = folder / "home"
        command = [
            *(str(self.program), "--headless", "--norestore", "--nolockcheck", "--nodefault"),
            *("--nofirststartwizard", f"-env:UserInstallation={home.as_uri()}"),
            *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(made), *map(str, files)),
        ]
        try:
            process = subprocess.Popen(  # noqa: S603 - the program that a setting names, with paths of ours
                command,
                cwd=folder,
                env={**for_other_programs(), "HOME": str(folder)},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            raise PdfNotMade(f"{self.program} cannot be started ({error.strerror})") from None
        try:
            process.wait(self.limit)
        except subprocess.TimeoutExpired:
            raise _TooLong(f"it was not done within {self.limit:g} seconds") from None
        finally:
            # LibreOffice starts others: what is left of them goes too.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
