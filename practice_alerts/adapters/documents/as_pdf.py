"""Word documents made into PDF by LibreOffice, in a process of its own that is killed at its limit."""

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Mapping
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


@dataclass(frozen=True)
class PdfMaker:
    """`program` is LibreOffice's; `limit` in seconds is for one going, however many documents are in it."""

    program: Path
    limit: float = 60.0
    patience: float = 30.0
    """So many seconds one waits for another's: the program takes a processor and much memory."""
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def made_of(self, documents: Mapping[str, bytes]) -> dict[str, bytes]:
        """Each Word document as PDF, under the name it is given by. Raises PdfNotMade."""
        if not documents:
            return {}
        if not self._turn.acquire(timeout=self.patience):
            raise PdfNotMade("others are being made; try again in a minute")
        try:
            with tempfile.TemporaryDirectory(prefix="practice-alerts-pdf-") as folder:
                return self._in_folder(Path(folder), documents)
        finally:
            self._turn.release()

    def _in_folder(self, folder: Path, documents: Mapping[str, bytes]) -> dict[str, bytes]:
        """The folder is for this account alone, and gone afterwards."""
        made = folder / "made"
        # Under names of ours: nobody's words stand in the list of processes.
        files = {name: folder / f"{number}.docx" for number, name in enumerate(documents)}
        for name, path in files.items():
            path.write_bytes(documents[name])
        self._run(folder, made, list(files.values()))
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
            raise PdfNotMade(f"it was not done within {self.limit:g} seconds") from None
        finally:
            # LibreOffice starts others: what is left of them goes too.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
