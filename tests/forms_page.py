"""Write docs/forms.md and photograph the first page of each form's document: `make forms`.

The page takes its tables of what was tried from the tests that try it, so it can say nothing that no
test holds. `python -m tests.forms_page text` writes the page alone, which needs no LibreOffice.
"""

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from practice_alerts import ROOT
from practice_alerts.adapters.documents import WordTemplate
from practice_alerts.domain.act_forms import ACT_FORMS
from practice_alerts.domain.errors import BadTemplate
from practice_alerts.domain.form import Form
from practice_alerts.domain.format.forms import (
    CouncilForms,
    acts_shown,
    acts_table,
    forms_shown,
    forms_table,
    picture,
)
from tests.adapters.test_document_templates import REFUSED
from tests.adapters.test_documents import TYPED_AND_READ
from tests.helpers.councils import IDS, council
from tests.helpers.pictured import ACTS, pictured
from tests.helpers.told_acts import KINDS, PRINTED, act_form_of, acted, whole_act_paper
from tests.helpers.told_alerts import FORMS, whole_paper

PAGE = ROOT / "docs/forms.md"
PICTURES = ROOT / "docs/forms"
MADE_FROM = "template"
"""The picture's own note of the Word template it shows: the SHA-256 of the file."""
WIDTH = 480  # pixels: the lines can be told apart, and a picture takes a few dozen kilobytes
COLOURS = 32


def page() -> str:
    """What docs/forms.md must hold now."""
    councils = {name: _forms_of(name) for name in IDS}
    return f"""\
# Forms and their documents

Every form of every council, from `form_templates/`, with the Word document it makes. Written by `make forms`,
which needs LibreOffice for the pictures; a test holds page and pictures current. The fields of a repeated block
count once. "Ours" are the fields that do not stand on the council's own paper form.

{forms_table(councils)}

## What each form requires

{forms_shown(councils)}
## The forms of later acts

What is asked after an alert was raised stands in `form_templates/common/`, and so does the Word template of each act
that has a document of its own. A file of the same name in a council's own folder takes the place of the common one:
the form, the template, or both. What such a form asks besides is printed at the end of the common document, under
"Also recorded"; a form that leaves out what the common document prints needs a template of its own. An escalation to a
partner agency is no act of this kind: it is an alert with a form of its own, above.

{acts_table(_common(), councils)}

{acts_shown(_common())}
## What was typed to break a document, and what is read in it

A test types each of these into the body, the header and the title of a document, and reads them back. In header and
title, line breaks and tabs become spaces. They are written as Python writes them, so that what cannot be seen can be read.

| what | typed | read in the document |
| --- | --- | --- |
{_rows(_typed())}

More text than a document holds is refused with the number of characters that fit. What the form itself refuses
before that, such as control characters, is told at the field.

## What was dropped in as a template, and why it is refused

A test hands over each of these as a Word template. None is used; the reason is what the person reads.

| what | "This Word file cannot be used: ..." |
| --- | --- |
{_rows(_refused())}
"""


def _forms_of(council_id: str) -> CouncilForms:
    files = council(council_id)
    own = frozenset(
        name.rpartition("/")[2]
        for name in files.texts
        if name.startswith(f"form_templates/{council_id}/")
    )
    return CouncilForms(
        files.procedure, files.forms, frozenset(files.templates), files.act_forms, own
    )


def _common() -> dict[str, Form]:
    """The forms of acts that every council has which puts no other in their place."""
    return {name: act_form_of("lambeth", name) for name in ACT_FORMS}


def _typed() -> Iterator[tuple[str, ...]]:
    for what, (typed, read) in TYPED_AND_READ.items():
        yield what, _code(typed), "the same" if typed == read else _code(read)


def _refused() -> Iterator[tuple[str, ...]]:
    for what, (docx, _) in REFUSED.items():
        try:
            WordTemplate.read(docx)
        except BadTemplate as error:
            yield what, _with_code(error.reason)
        else:
            raise AssertionError(f"{what} was not refused")


def _code(text: str) -> str:
    """As Python writes it, with every character that is not plain ASCII by its number."""
    return f"`` {text!a} ``"


def _with_code(reason: str) -> str:
    """Whole tags as code, so that a page of Markdown shows them as they are."""
    return re.sub(r'(\{[{%#][^"{}]*[}%#]\})', r"`\1`", reason)


def _rows(rows: Iterator[tuple[str, ...]]) -> str:
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
        for row in rows
    )


def template_of(name: str) -> bytes:
    """The Word template of `council/form`."""
    return (ROOT / "form_templates" / f"{name}.docx").read_bytes()


def made_from(template: bytes) -> str:
    return hashlib.sha256(template).hexdigest()


def photograph(folder: Path) -> None:
    """The first page of each form's document, made anew."""
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
    print(f"  {file.name}", flush=True)


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


def main(words: list[str]) -> None:
    if words != ["text"]:
        for program, package in (("soffice", "libreoffice-writer"), ("pdftoppm", "poppler-utils")):
            if shutil.which(program) is None:
                sys.exit(f"make forms needs {program}: apt install {package}")
        photograph(PICTURES)
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
