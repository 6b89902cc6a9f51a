"""docs/forms.md and its pictures are current, and leave no form out."""

from pathlib import Path

import pytest
from PIL import Image

from practice_alerts import ROOT
from tests.helpers.alerts.every_act import PRINTED
from tests.helpers.alerts.every_alert import FORMS, form_of
from tests.helpers.files.real_councils import council
from tools.docs.form_tables import (
    CouncilForms,
    acts_table,
    asked,
    forms_shown,
    used_for,
)
from tools.docs.pictures import MADE_FROM, PICTURES, WIDTH, made_from, template_of

PAGE = ROOT / "docs/forms.md"
MOST_BYTES = 60_000
PICTURED = (*FORMS, *(f"common/{name}" for name in PRINTED))


def picture_of(name: str) -> Path:
    return PICTURES / f"{name.replace('/', '-')}.png"


@pytest.mark.parametrize("name", PICTURED)
def test_each_form_has_a_small_picture_of_its_document(name: str) -> None:
    path = picture_of(name)
    with Image.open(path) as seen:
        assert seen.width == WIDTH
        assert seen.height > seen.width
        assert len(seen.getcolors(maxcolors=256) or ()) > 3
    assert path.stat().st_size < MOST_BYTES
    assert f"](forms/{path.name})" in PAGE.read_text("utf-8")


@pytest.mark.parametrize("name", PICTURED)
def test_a_picture_shows_the_word_template_as_it_is_now(name: str) -> None:
    with Image.open(picture_of(name)) as seen:
        assert seen.info[MADE_FROM] == made_from(template_of(name)), "run make forms"


def test_no_picture_is_left_over() -> None:
    there = {path.name for path in PICTURES.iterdir()}
    assert there == {picture_of(name).name for name in PICTURED}


def test_a_form_is_told_with_the_stages_that_use_it() -> None:
    procedure = council("unnamed-2015").procedure
    kinds, stages = used_for(procedure, "qa_notification")
    assert kinds == ("Practice or other concern", "Excellent practice")
    assert stages == ("Stage 1", "Stage 2", "Stage 3", "Stage 4")
    assert used_for(procedure, "issue_notification")[1] == ("Issue Notification",)
    assert used_for(procedure, "no_form_of_theirs") == ((), ())


@pytest.mark.parametrize("name", FORMS)
def test_each_form_is_raised_on_something(name: str) -> None:
    council_id, _, form = name.partition("/")
    kinds, _ = used_for(council(council_id).procedure, form)
    assert kinds


@pytest.mark.parametrize("name", FORMS)
def test_every_required_field_and_every_one_of_ours_is_named(name: str) -> None:
    council_id, _, form = name.partition("/")
    files = council(council_id)
    one = CouncilForms(files.procedure, {form: files.forms[form]}, frozenset())
    text = forms_shown({council_id: one})
    required, _, ours = text.partition("**Ours")
    assert "![" not in text
    for field in asked(form_of(name)):
        assert not field.required or field.label.rstrip("?:") in required
        assert not field.ours or field.label.rstrip("?:") in ours


def test_every_form_of_a_later_act_is_listed_with_whom_it_serves() -> None:
    common = council("lambeth").act_forms
    procedure = council("lambeth").procedure
    own = CouncilForms(procedure, {}, frozenset(), common, frozenset({"referral.docx"}))
    rows = acts_table(common, {"lambeth": own}).splitlines()[2:]
    assert len(rows) == len(common)
    referral = next(row for row in rows if "common/referral.docx" in row)
    assert "Lambeth by its own referral.docx; the others by the common ones" in referral
    assert sum("every council by the common one" in row for row in rows) == len(common) - 1
    assert sum("| none |" in row for row in rows) == len(common) - len(PRINTED)
