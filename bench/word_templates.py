"""Every Word template of every council and of what is common to all, with something to fill it with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate
from tests.helpers.alerts.every_alert import FORMS, whole_paper
from tests.helpers.files.template_context import made_up

ROOM = ROOT / "form_templates"


@dataclass(frozen=True)
class Template:
    """`name` is council and form, such as lambeth/practice_alert."""

    name: str

    @property
    def path(self) -> Path:
        return ROOM / f"{self.name}.docx"

    def context(self) -> dict[str, Any]:
        """An alert to which everything happened; for what is common, something in every field."""
        if self.name in FORMS:
            return whole_paper(self.name)
        return made_up(WordTemplate.read(self.path).paths())


def templates() -> Iterator[Template]:
    for path in sorted(ROOM.glob("*/*.docx")):
        yield Template(path.relative_to(ROOM).with_suffix("").as_posix())


def plainly(path: Path, context: dict[str, Any]) -> bytes:
    """As docxtpl's manual says."""
    document = DocxTemplate(str(path))
    document.render(context)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
