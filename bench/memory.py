"""How much memory a process takes, as Linux tells it."""

from pathlib import Path


def peak_here() -> float:
    """Most megabytes that this process had at once; not those of the process that started it."""
    return _told(Path("/proc/self/status"), "VmHWM:")


def share_of(pid: int) -> float:
    """Megabytes of that process now; pages that it has with others are divided among them."""
    return _told(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")


def _told(path: Path, name: str) -> float:
    lines = path.read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
