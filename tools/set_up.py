"""Make the environment the product runs in: `python3 tools/set_up.py .venv .venv/.ready`.

Run by `make install` with a Python of 3.11 or newer and nothing else installed. It can be broken
off and started again at any point; the stamp is written last.
"""

from __future__ import annotations

import fcntl
import re
import subprocess
import sys
from collections import deque
from pathlib import Path

LOCK = Path("requirements.lock")
PACKAGE_LINE = ("Collecting ", "Processing ", "Requirement already satisfied: ")


def main(folder: Path, stamp: Path) -> None:
    say(f"1 of 3  Making {folder} with Python {sys.version.split()[0]}")
    make_environment(folder)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install"]
    total = len(re.findall(r"(?m)^[a-z0-9][^ ]*==", LOCK.read_text("utf-8")))
    say(f"2 of 3  Installing up to {total} packages, each checked against {LOCK}")
    install([*pip, "--progress-bar", "off", "--require-hashes", "-r", str(LOCK)])
    say("3 of 3  Adding practice-alerts itself")
    with LOCK.open() as one_at_a_time:  # it writes into this folder, where others may be at it
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        install([*pip, "--no-deps", "--no-build-isolation", "--editable", "."])
    stamp.touch()
    say(
        "Ready. `make run` starts it, `make test` tests it, .venv/bin/practice-alerts has the commands."
    )


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - telling how far it is is its purpose


def make_environment(folder: Path) -> None:
    try:
        import ensurepip  # noqa: F401 - Debian ships Python without it
        import venv
    except ImportError:
        sys.exit(
            "This Python cannot make environments: its venv module is missing. "
            "On Debian and Ubuntu: apt install python3-venv"
        )
    if not has_pip(folder / "bin" / "python"):
        venv.create(folder, clear=True, with_pip=True)


def has_pip(python: Path) -> bool:
    """Whether an environment stands there already; one broken off in the making has no pip."""
    if not python.exists():
        return False
    return not subprocess.run(
        [python, "-m", "pip", "-V"], check=False, capture_output=True
    ).returncode


def install(command: list[str]) -> None:
    """Run pip, with one line for every ten packages; its own words only when it fails."""
    last: deque[str] = deque(maxlen=30)
    seen = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as pip:
        for line in pip.stdout or ():
            last.append(line)
            if line.startswith(PACKAGE_LINE):
                seen += 1
                if seen % 10 == 0:
                    say(f"        {seen} found")
            elif line.startswith("Installing collected") and seen > 1:
                say("        unpacking (the longest part)")
    if pip.returncode:
        sys.exit("".join(last) + "\nThe set-up did not finish; `make install` takes it up again.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
