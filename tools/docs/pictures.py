"""The first page of each form's document, as LibreOffice prints it: docs/forms/."""

import hashlib
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate
from tests.helpers.alerts.alert_for_picture import ACTS, pictured
from tests.helpers.alerts.every_act import KINDS, PRINTED, acted, whole_act_paper
from tests.helpers.alerts.every_alert import FORMS, whole_paper
from tools.docs.form_tables import picture

PICTURES = ROOT / "docs/forms"
MADE_FROM = "template"
"""The picture's own note of the Word template it shows: the SHA-256 of the file."""
WIDTH = 480  # pixels: the lines can be told apart, and a picture takes a few dozen kilobytes
COLOURS = 32


def template_of(name: str) -> bytes:
    """The Word template of `council/form`."""
    return (ROOT / "form_templates" / f"{name}.docx").read_bytes()


def made_from(template: bytes) -> str:
    return hashlib.sha256(template).hexdigest()


def photograph(folder: Path = PICTURES) -> None:
    """The first page of each form's document, made anew."""
    for program, package in (("soffice", "libreoffice-writer"), ("pdftoppm", "poppler-utils")):
        if shutil.which(program) is None:
            sys.exit(f"make forms needs {program}: apt install {package}")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    with TemporaryDirectory() as somewhere:
        for name in FORMS:
            docx = template_of(name)
            document = WordTemplate.read(docx).render(whole_paper(name, pictured(name)))
            _keep(folder / picture(*name.split("/")), docx, _first_page(document, Path(somewhere)))
        for name in PRINTED:
            docx = template_of(f"common/{name}")
            document = WordTemplate.read(docx).render(_act_pictured(name))
            _keep(folder / picture("common", name), docx, _first_page(document, Path(somewhere)))


def _act_pictured(name: str) -> dict[str, Any]:
    """The paper of an act's picture; only some procedures have steps inside a stage."""
    council_id = "unnamed-2015" if name == "step" else "lambeth"
    told = pictured(f"{council_id}/{KINDS[council_id][1]}")
    alert = acted(council_id, ACTS, told.answers, told.stages[0])
    named = WordTemplate.read(template_of(f"common/{name}")).tags()
    return whole_act_paper(council_id, name, alert, named)


def _keep(file: Path, docx: bytes, seen: Image.Image) -> None:
    note = PngInfo()
    note.add_text(MADE_FROM, made_from(docx))
    few = seen.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True, pnginfo=note)
    sys.stdout.write(f"  {file.name}\n")


def _first_page(document: bytes, folder: Path) -> Image.Image:
    word = folder / "document.docx"
    word.write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, str(word)], check=True, capture_output=True, timeout=120)
    pages = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    printed = subprocess.run(
        [*pages, str(word.with_suffix(".pdf"))], check=True, capture_output=True, timeout=60
    )
    return Image.open(BytesIO(printed.stdout))
