"""Writes docs/coverage.md from the councils' files: `python -m practice_alerts.adapters.coverage_file`."""

from __future__ import annotations

from pathlib import Path

from practice_alerts.adapters.procedure_files import load_all
from practice_alerts.domain.format.coverage import coverage

PAGE = "coverage.md"


def coverage_page(procedures: Path, form_templates: Path) -> str:
    """What the page must hold now."""
    councils = load_all(procedures, form_templates)
    return coverage({name: files.procedure for name, files in councils.items()})


def write_coverage(root: Path) -> bool:
    """Write the page under `root`/docs; False where it was current already."""
    page = root / "docs" / PAGE
    text = coverage_page(root / "procedures", root / "form_templates")
    if page.exists() and page.read_text("utf-8") == text:
        return False
    page.write_text(text, "utf-8")
    return True


if __name__ == "__main__":
    write_coverage(Path())
