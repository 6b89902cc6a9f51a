"""An alert keeps the edition it was raised under, whatever the council changes afterwards."""

import shutil
from dataclasses import replace
from pathlib import Path

from practice_alerts import ROOT
from practice_alerts.adapters.files.procedures import FORMAT, FORMAT_NOW, load_all, load_edition
from practice_alerts.casework.acts.close import close
from practice_alerts.casework.acts.escalate import escalate
from practice_alerts.casework.documents import render
from tests.helpers.alerts import act_answers
from tests.helpers.days import day
from tests.helpers.product.office import Desk

SIX = "from: team_manager, within: 6 working days"
FOUR = "from: team_manager, within: 4 working days"


def _with_six_days(desk: Desk, folder: Path) -> Desk:
    """The same office after the council gave its team managers six working days."""
    rooms = [
        shutil.copytree(ROOT / room, folder / room) for room in ("procedures", "form_templates")
    ]
    file = rooms[0] / "lambeth" / "procedure.yml"
    text = file.read_text("utf-8")
    assert text.count(FOUR) == 1
    file.write_text(text.replace(FOUR, SIX), "utf-8")
    return replace(desk, office=replace(desk.office, councils=load_all(*rooms)))


def test_an_open_alert_keeps_its_clock_and_a_new_one_gets_the_new(
    desk: Desk, tmp_path: Path
) -> None:
    before = desk.raised("stage-1")
    after = _with_six_days(desk, tmp_path / "changed")
    later = after.raised("stage-1")
    assert after.dates(before)[0] == day("Fri 2025-06-06")
    assert after.dates(later)[0] == day("Tue 2025-06-10")
    assert before.alert.raised.edition != later.alert.raised.edition


def test_it_is_carried_on_and_printed_under_its_own_edition(desk: Desk, tmp_path: Path) -> None:
    found = desk.raised("stage-1")
    after = _with_six_days(desk, tmp_path / "changed")
    found = escalate(
        after.office, found.id, act_answers.climb("stage-2", "No."), after.doing("iro", found)
    )
    assert found.files.digest == found.alert.raised.edition
    printed = render.word_document(after.office, found)
    assert printed.name == f"{found.alert.reference}.docx"
    ending = act_answers.ending("put_right", "It is done.")
    assert not close(after.office, found.id, ending, after.doing("iro", found)).alert.is_open


def test_an_edition_says_by_which_format_it_was_read(desk: Desk) -> None:
    """Files kept before formats had numbers are of the first, and another edition than the same files now."""
    files = desk.office.council("lambeth")
    assert files.format == FORMAT_NOW
    assert load_edition(files.texts) == replace(
        files, templates={}, examples=(), pages=(), examples_at=None
    )
    without = {name: text for name, text in files.texts.items() if name != FORMAT}
    assert load_edition(without).format == 1
    assert load_edition(without).digest != files.digest
