"""The whole product as a program of its own, for tests that use it as a person would."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from click.testing import CliRunner

from practice_alerts import ROOT
from practice_alerts.cli import main
from practice_alerts.cli.support.context import World

PATIENCE = 120  # seconds to the first answer, on a busy machine, guide and all


_given: set[int] = set()


def free_port() -> int:
    """Each once: of two that are asked for one after the other the second may be the first again."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = int(server.getsockname()[1])
        if port not in _given:
            _given.add(port)
            return port


@dataclass
class Served:
    """`practice-alerts serve` on a data folder; stopped, killed and started again at will.

    `options` follow the command; `--sample` is given unless they are named.
    """

    data: Path
    options: Sequence[str] = ("--sample",)
    port: int = field(default_factory=free_port)
    running: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def printed(self) -> str:
        """All that it said on the console, over all its starts."""
        return self._console.read_text("utf-8") if self._console.exists() else ""

    @property
    def _console(self) -> Path:
        return self.data.with_name(f"{self.data.name}.{self.port}.console.txt")

    def start(self) -> None:
        command = [sys.executable, "-m", "practice_alerts.cli", "--data", str(self.data)]
        command += ["serve", "--port", str(self.port), *self.options]
        env = os.environ | {"PYTHONUNBUFFERED": "1"}
        with self._console.open("ab") as console:
            self.running = subprocess.Popen(
                command, cwd=ROOT, env=env, stdout=console, stderr=subprocess.STDOUT
            )
        self._wait(self.running)

    def _wait(self, running: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + PATIENCE
        with httpx.Client(trust_env=False) as asking:  # one for all: each reads every certificate
            while time.monotonic() < until:
                if running.poll() is not None:
                    break
                try:
                    if asking.get(f"{self.origin}/healthz").is_success:
                        return
                except httpx.TransportError:
                    time.sleep(0.1)
        self.kill()
        raise AssertionError(f"The product did not start. It said:\n{self.printed}")

    def kill(self) -> None:
        """As when the power goes: it gets no chance to tidy up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As when an administrator stops it."""
        self._end(signal.SIGTERM)

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """It gets no turn: whatever is sent to it meanwhile comes in one instant."""
        assert self.running is not None
        self.running.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.running.send_signal(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self.running is not None:
            self.running.send_signal(how)
            self.running.wait(timeout=30)
            self.running = None

    def links(self) -> dict[str, str]:
        """The sign-in links of its latest start, by what is printed before each on its line."""
        lines = re.findall(r"^\W*(\S.*?)\W+(https?://\S+/sign-in/\S+)", self.printed, re.MULTILINE)
        return dict(lines)  # a later start overwrites the earlier one's

    def link(self, person: str) -> str:
        """A fresh sign-in link for somebody, by id or address, as an administrator gets one."""
        world = World(environment={"PRACTICE_ALERTS_BASE_URL": self.origin})
        words = ["--data", str(self.data), "people", "link", person]
        done = CliRunner().invoke(main, words, obj=world, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout.strip()
