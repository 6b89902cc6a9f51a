"""Debian's nginx in front of one product or several, with the files that are handed out for it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest

from practice_alerts import ROOT
from tests.helpers.product.running_product import free_port

DEPLOYMENT = ROOT / "docs/deployment"
SCALE = ROOT / "docs/scale.md"
WHICH = "x-which"
"""The header in which it says which of the products has answered."""
_WRAP = """
daemon off; pid {folder}/pid; error_log {folder}/start.log; {user}
events {{ worker_connections 64; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    add_header {which} $upstream_addr always;
    include {folder}/site;
}}
"""


@dataclass
class Front:
    """The proxy; `ports` are those of the products behind it."""

    folder: Path
    ports: Sequence[int]
    port: int = field(default_factory=free_port)
    plain_port: int = field(default_factory=free_port)

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.port}"

    @cached_property
    def trusts(self) -> ssl.SSLContext:
        trusts = ssl.create_default_context(cafile=str(self.folder / "cert.pem"))
        # With 1.3 nginx sends more after the handshake. One thread of the websocket then reads it while another writes,
        # which this Python's TLS does not bear: in one of a hundred times what was written never left.
        trusts.maximum_version = ssl.TLSVersion.TLSv1_2
        return trusts

    @property
    def logged(self) -> str:
        return "".join(one.read_text("utf-8") for one in self.folder.glob("*.log"))

    def told_to_products(self, patch: pytest.MonkeyPatch) -> None:
        """By what name people reach them, and whom to believe about a visitor's address."""
        patch.setenv("PRACTICE_ALERTS_BASE_URL", self.origin)
        patch.setenv("PRACTICE_ALERTS_TRUSTED_PROXIES", "127.0.0.1")

    @contextmanager
    def up(self) -> Iterator[None]:
        _certificate(self.folder)
        (self.folder / "site").write_text(_site(self), "utf-8")
        user = "user root;" if os.geteuid() == 0 else ""
        wrapped = _WRAP.format(folder=self.folder, user=user, which=WHICH)
        (self.folder / "conf").write_text(wrapped, "utf-8")
        nginx = shutil.which("nginx") or "/usr/sbin/nginx"
        command = [nginx, "-p", str(self.folder), "-c", str(self.folder / "conf")]
        with (self.folder / "console.log").open("wb") as console:
            running = subprocess.Popen(command, stdout=console, stderr=console)
        try:
            _wait(self)
            yield
        finally:
            running.terminate()
            running.wait(timeout=20)


def _site(front: Front) -> str:
    """The file as it is handed out, but for ports, name, certificate and the place of its log."""
    text = (DEPLOYMENT / "nginx.conf").read_text("utf-8")
    text = re.sub(r"listen \[::\]:.*\n", "", text)
    if len(front.ports) > 1:
        text = re.sub(
            r"upstream practice_alerts \{.*?\n\}", lambda _: _several(front), text, flags=re.DOTALL
        )
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{front.plain_port};"),
        ("listen 443 ssl http2;", f"listen 127.0.0.1:{front.port} ssl http2;"),
        ("https://alerts.council.example", front.origin),
        ("server_name alerts.council.example;", "server_name localhost;"),
        ("/etc/ssl/practice-alerts/fullchain.pem", str(front.folder / "cert.pem")),
        ("/etc/ssl/practice-alerts/privkey.pem", str(front.folder / "key.pem")),
        ("/var/log/nginx/practice-alerts.log", str(front.folder / "site.log")),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return text.replace("127.0.0.1:8000", f"127.0.0.1:{front.ports[0]}")


def _several(front: Front) -> str:
    """As the page on scale has it, with our products in the place of its hosts."""
    found = re.search(
        r"upstream practice_alerts \{.*?\n    \}", SCALE.read_text("utf-8"), re.DOTALL
    )
    assert found
    hosts = re.findall(r"server (\S+);", found.group())
    assert len(hosts) == len(front.ports)
    text = found.group()
    for host, port in zip(hosts, front.ports, strict=True):
        text = text.replace(host, f"127.0.0.1:{port}")
    return text


def _certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(command, check=True, capture_output=True)


def _wait(front: Front) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", front.port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(front.logged)
