"""A real PostgreSQL for tests: from Debian's package, in a temporary folder, without a network."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from practice_alerts.adapters.store.core.database import Database
from practice_alerts.adapters.store.engines.address import sqlite_url

if TYPE_CHECKING:
    import psycopg

ASKED = "PRACTICE_ALERTS_TEST_STORE"
"""`postgresql` in the environment: tests that name no engine keep their store there too."""
OTHERWISE = "no PostgreSQL was found. Install Debian's postgresql."
TEMPLATE = "template_office"
OWNER, PRODUCT, SECRET = "alerts_owner", "alerts_product", "swordfish"
_KEPT = 40
"""Databases that a test may still want, after it has closed them."""

ENGINES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))
"""What a fixture is parametrised with whose tests run on both."""
AS_PRODUCT = "postgresql as the product"
"""Under a role that owns nothing, as in real use; the other one may do everything, as tests want that alter rows."""
AS_IN_REAL_USE = ("sqlite", pytest.param(AS_PRODUCT, marks=pytest.mark.postgres))


def programs() -> Path | None:
    """The folder of `initdb` and `postgres`, which Debian keeps off the PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name)
    )
    return next((one for one in reversed(folders) if (one / "postgres").exists()), None)


def store_url(data: Path, engine: str | None = None) -> str:
    """Where the store of this data folder lies. The same folder again is the same store again."""
    wanted = engine or os.environ.get(ASKED)
    if wanted in {"postgresql", AS_PRODUCT}:
        role = PRODUCT if wanted == AS_PRODUCT else "practice"
        return cluster().url_for(data, role)
    return sqlite_url(data)


@cache
def cluster() -> Cluster:
    """Started when the first test asks for it; `stop` ends it with the run, be it of one worker of several."""
    folder = programs()
    assert folder, "mark this test with pytest.mark.postgres"
    started = _start(folder)
    for role in OWNER, PRODUCT:
        started.execute(f"CREATE ROLE {role} LOGIN")
    started.execute(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}")
    as_product, as_owner = (started.url(TEMPLATE, role) for role in (PRODUCT, OWNER))
    with closing(Database(as_product, owner_url=as_owner)) as template:
        template.migrate()
    return started


def stop() -> None:
    if cluster.cache_info().currsize:
        cluster().stop()


@dataclass(eq=False)
class Cluster:
    """One server, with a database for each store."""

    home: Path
    server: subprocess.Popen[bytes]
    names: dict[Path, str] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=itertools.count)

    def url(self, name: str, role: str = "practice") -> str:
        return f"postgresql+psycopg://{role}@/{name}?host={self.home}"

    def url_for(self, data: Path, role: str = "practice") -> str:
        if data not in self.names:
            self._forget_old_ones()
            name = f"office_{next(self.numbers)}"
            self.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} OWNER {OWNER}")
            self.names[data] = name
        return self.url(self.names[data], role)

    def empty(self) -> str:
        """The address of a database without a table."""
        name = f"empty_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def of_two_roles(self) -> tuple[str, str]:
        """An empty database: its address for the product, and for its owner. Both have a password, which is asked of nobody."""
        name = f"empty_{next(self.numbers)}"
        self.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
        product, owner = (
            f"postgresql://{role}:{SECRET}@/{name}?host={self.home}" for role in (PRODUCT, OWNER)
        )
        return product, owner

    def execute(self, statement: str) -> None:
        with self._administrator() as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        self.server.send_signal(signal.SIGINT)  # at once, whoever is still connected
        self.server.wait()
        shutil.rmtree(self.home)

    def _forget_old_ones(self) -> None:
        """Each takes seven megabytes; what nobody is connected to can go."""
        with self._administrator() as connection:
            rows = connection.execute("SELECT datname FROM pg_stat_activity").fetchall()
            for data, name in list(self.names.items())[:-_KEPT]:
                if (name,) not in rows:
                    connection.execute(f"DROP DATABASE {name}".encode())
                    del self.names[data]

    def _administrator(self) -> psycopg.Connection:
        import psycopg  # most runs of a few tests can do without

        return psycopg.connect(
            host=str(self.home), user="practice", dbname="postgres", autocommit=True
        )


def _start(folder: Path) -> Cluster:
    home = Path(mkdtemp(prefix="pg-"))  # a socket's path may have about a hundred characters
    asking: list[str] = ["setpriv", "--pdeathsig", "INT"]  # it goes when the run is killed
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = _nobody_in_particular()
        os.chown(home, owner.pw_uid, owner.pw_gid)
        asking += [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    making = ["-D", str(home / "data"), "-U", "practice", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [*asking, str(folder / "initdb"), "--auth=trust", *making],
        check=True,
        cwd=home,
        stdout=subprocess.DEVNULL,
    )
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(home),
        "fsync": "off",  # a test's store need not outlive a power cut
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "32MB",
        "max_connections": "200",
    }
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [*asking, str(folder / "postgres"), "-D", str(home / "data"), *given],
            cwd=home,
            stdout=log,
            stderr=log,
        )
    started = Cluster(home, server)
    _wait_for(started, folder)
    return started


def _nobody_in_particular() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _wait_for(started: Cluster, folder: Path) -> None:
    asking = [str(folder / "pg_isready"), "--quiet", "--host", str(started.home)]
    while subprocess.run(asking, check=False).returncode:
        said = (started.home / "log").read_text("utf-8")
        assert started.server.poll() is None, f"PostgreSQL did not start: {said}"
