"""What is dear to make is made once for a whole run, by whichever of its processes wants it first, and then copied."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of this name, which no test writes to; `make` is given the path at which to make it."""
    own = folders.getbasetemp()
    every = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    home = every / f"{name}-once"
    with (every / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # until it is closed; a process that dies lets go of it
        if not home.is_dir():
            draft = every / f"{name}-draft"
            shutil.rmtree(draft, ignore_errors=True)
            make(draft)
            draft.rename(home)
    return home
