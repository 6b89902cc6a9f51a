"""As many councils as one likes: the five, over and over, under other names."""

import re
import shutil
from pathlib import Path

from practice_alerts import ROOT

PROCEDURES, FORM_TEMPLATES = ROOT / "procedures", ROOT / "form_templates"
NUMBERS = (5, 50, 150)


def many_councils(folder: Path, number: int) -> tuple[Path, Path]:
    """Make the two rooms in this folder: where the procedures are, and where the forms are."""
    rooms = folder / "procedures", folder / "form_templates"
    models = sorted(path for path in PROCEDURES.iterdir() if path.is_dir())
    for place in range(number):
        model = models[place % len(models)].name
        council = f"{model}-{place // len(models) + 1}"
        for room, real in zip(rooms, (PROCEDURES, FORM_TEMPLATES), strict=True):
            shutil.copytree(real / model, room / council)
        _rename(rooms[0] / council / "procedure.yml", place // len(models) + 1)
    return rooms


def _rename(procedure: Path, number: int) -> None:
    text = procedure.read_text("utf-8")
    named = re.sub(r"^council: (.*)$", rf"council: \1 {number}", text, count=1, flags=re.MULTILINE)
    procedure.write_text(named, "utf-8")
