"""What the product is made of: `make sbom` as CycloneDX for a scanner, `make licences` as a list to be read.

Every library that the product needs to run, in the versions installed, and none that only its makers need.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PRODUCT = "practice-alerts"
LOCK = ROOT / "requirements.lock"
_OURS = f"{PRODUCT} (pyproject.toml)"


def components() -> list[Distribution]:
    """By name. What another system or another Python needs is left out, since it is not installed."""
    wanted_by = _wanted_by()
    found = {name for name, by in wanted_by.items() if _OURS in by}
    while more := {name for name, by in wanted_by.items() if by & found} - found:
        found |= more
    return [one for name in sorted(found) if (one := _installed(name)) is not None]


def _wanted_by() -> dict[str, set[str]]:
    """By each library of the lock file, what it is there for, as the lock file says it."""
    found: dict[str, set[str]] = {}
    for name, line in _locked():
        if name and (by := re.match(r" +#(?: via)? +(\S.*)$", line)):
            found.setdefault(name, set()).add(by[1])
    return found


def _locked() -> Iterator[tuple[str, str]]:
    """Each line of the lock file, and of which library it is; of none before the first."""
    name = ""
    for line in LOCK.read_text("utf-8").splitlines():
        if begins := re.match(r"([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==", line):
            name = plain(begins[1])
        yield name, line


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def plain(name: str) -> str:
    """As registries write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(one: Distribution) -> str:
    """As the library says it: an expression, else its classifiers, else the first line of its text."""
    said = one.metadata
    if expression := said.get_all("License-Expression"):
        return str(expression[0])
    kinds = [str(line) for line in said.get_all("Classifier", []) if line.startswith("License ::")]
    if named := [line.rpartition(" :: ")[2] for line in kinds if line.count(" :: ") > 1]:
        return " / ".join(named)
    text = "".join(map(str, said.get_all("License", []))).strip() or "not said"
    return text.splitlines()[0]


def hashes() -> dict[str, list[str]]:
    """Of the files that are allowed for each library, by its name in requirements.lock."""
    found: dict[str, list[str]] = {}
    for name, line in _locked():
        if digest := re.search(r"--hash=sha256:([0-9a-f]{64})", line):
            found.setdefault(name, []).append(digest[1])
    return found


def sbom() -> dict[str, Any]:
    """CycloneDX 1.6. It bears no date and no serial number: the same libraries make the same file."""
    known = hashes()
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _component(distribution(PRODUCT), "application", [])},
        "components": [
            _component(one, "library", known.get(plain(one.metadata["Name"]), []))
            for one in components()
        ],
    }


def _component(one: Distribution, kind: str, digests: list[str]) -> dict[str, Any]:
    name = plain(one.metadata["Name"])
    found: dict[str, Any] = {
        "type": kind,
        "bom-ref": f"pkg:pypi/{name}@{one.version}",
        "name": name,
        "version": one.version,
        "purl": f"pkg:pypi/{name}@{one.version}",
        "licenses": [{"license": {"name": licence(one)}}],
    }
    # Of a library there is a file for each system: one of these is the one that was installed.
    allowed = [{"name": "allowed:sha256", "value": digest} for digest in digests]
    return found | ({"properties": allowed} if allowed else {})


def main(words: list[str]) -> None:
    if words == ["sbom"]:
        sys.stdout.write(json.dumps(sbom(), indent=2, ensure_ascii=False) + "\n")
        return
    for one in components():
        sys.stdout.write(f"{one.metadata['Name']} {one.version}: {licence(one)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
