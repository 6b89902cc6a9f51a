"""One page's script as a program of its own, served as the product serves its own pages."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.helpers.product.running_product import free_port

APPS = Path(__file__).parents[2] / "browser" / "apps"


@dataclass
class PageProgram:
    """A script of `tests/browser/apps`, and the folder in which it keeps what it has to keep."""

    script: str
    kept: Path
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, str(APPS / "serve.py"), str(APPS / self.script), str(self.port)]
        with (self.kept / "console.txt").open("ab") as console:
            self.running = subprocess.Popen(
                command,
                cwd=APPS.parent.parent.parent,
                env=os.environ | {"KEPT": str(self.kept)},
                stdout=console,
                stderr=subprocess.STDOUT,
            )
        wait_until(self._answers)

    def kill(self) -> None:
        if self.running is not None:
            self.running.kill()
            self.running.wait(timeout=30)
            self.running = None

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.origin}/app/_stcore/health", trust_env=False).is_success
        except httpx.TransportError:
            return False

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"


def wait_until(fact: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < until, "it did not come about"
        time.sleep(0.05)
