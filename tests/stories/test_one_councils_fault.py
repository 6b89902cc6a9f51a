"""One council's fault is its own: the others go on as always, and itself by what could be read last."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from practice_alerts import ROOT
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import raise_alert, why_none
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.errors import BadDefinition
from practice_alerts.office import Settings, open_office
from tests.helpers.product.office import Desk, open_desk

COUNCILS = ("lambeth", "merton")


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """Two councils whose files may be spoilt."""
    for room in ("procedures", "form_templates"):
        for council in COUNCILS:
            shutil.copytree(ROOT / room / council, tmp_path / "rooms" / room / council)
    return tmp_path / "rooms"


def opened(rooms: Path) -> Desk:
    desk = open_desk(rooms.parent / "data", rooms=rooms)
    return anew(desk)


def anew(desk: Desk) -> Desk:
    """As after a start, on the same store."""
    settings, clock = settings_of(desk), desk.clock
    desk.office.database.close()
    return replace(desk, office=open_office(settings, {}, now=lambda: clock[0]))


def settings_of(desk: Desk) -> Settings:
    """With the address of its store, where that is no file in its folder."""
    database = desk.office.database
    return replace(desk.office.settings, database_url=None if database.files() else database.url)


def no_yaml(rooms: Path) -> None:
    (rooms / "procedures/lambeth/procedure.yml").write_text("stages: [", "utf-8")


def no_file(rooms: Path) -> None:
    (rooms / "procedures/lambeth/procedure.yml").unlink()


def no_form(rooms: Path) -> None:
    (rooms / "form_templates/lambeth/practice_alert.yml").write_text("fields: 3", "utf-8")


def no_folder(rooms: Path) -> None:
    shutil.rmtree(rooms / "procedures/lambeth")
    shutil.rmtree(rooms / "form_templates/lambeth")


def half_gone(rooms: Path) -> None:
    shutil.rmtree(rooms / "procedures/lambeth")


@pytest.mark.parametrize("spoil", [no_yaml, no_file, no_form])
def test_a_council_whose_files_are_spoilt_goes_on_by_the_edition_before(
    rooms: Path, spoil: Callable[[Path], None]
) -> None:
    desk = opened(rooms)
    found, digest = desk.raised(), desk.office.council("lambeth").digest
    spoil(rooms)
    desk = anew(desk)
    assert set(desk.office.councils) == set(COUNCILS)
    assert set(desk.office.at_fault) == {"lambeth"}
    assert all("lambeth" in line for line in desk.office.at_fault["lambeth"])
    assert desk.office.council("lambeth").digest == digest
    note = VERBS[Act.NOTE](desk.office, found.id, {"text": "Rang."}, desk.doing("iro", found))
    assert len(note.alert.notes) == 1
    assert why_none(desk.office, "lambeth") is None
    more = raise_alert(desk.office, desk.raising(case_number="X-2"), desk.doing("iro"))
    assert more.alert.raised.edition == digest
    assert why_none(desk.office, "merton") is None


@pytest.mark.parametrize("spoil", [no_folder, half_gone])
def test_open_alerts_of_a_council_whose_folder_is_gone_go_on_and_nothing_new_begins(
    rooms: Path, spoil: Callable[[Path], None]
) -> None:
    desk = opened(rooms)
    desk.raised()
    spoil(rooms)
    desk = anew(desk)
    assert set(desk.office.at_fault) == {"lambeth"}
    assert why_none(desk.office, "lambeth") is not None
    desk.at("Mon 2025-06-09")
    assert remind(desk.office) >= 1
    assert why_none(desk.office, "merton") is None


def test_a_council_whose_folder_is_gone_and_that_has_nothing_open_is_named(rooms: Path) -> None:
    desk = opened(rooms)
    no_folder(rooms)
    desk = anew(desk)
    assert set(desk.office.councils) == {"merton"}
    (line,) = desk.office.at_fault["lambeth"]
    assert line.endswith("lambeth is gone.")


def test_a_council_that_is_gone_with_everybody_is_missed_by_nobody(rooms: Path) -> None:
    desk = opened(rooms)
    for room in ("procedures", "form_templates"):
        shutil.rmtree(rooms / room / "merton")
    desk = anew(desk)
    assert (set(desk.office.councils), desk.office.at_fault) == ({"lambeth"}, {})


def test_once_mended_it_goes_by_its_files_again(rooms: Path) -> None:
    desk = opened(rooms)
    file = rooms / "procedures/lambeth/procedure.yml"
    right = file.read_text("utf-8")
    no_yaml(rooms)
    desk = anew(desk)
    file.write_text(right.replace("counted_from:", "counted_from: "), "utf-8")
    desk = anew(desk)
    assert desk.office.at_fault == {}
    new = desk.office.council("lambeth").digest
    no_yaml(rooms)
    assert anew(desk).office.council("lambeth").digest == new, "the last that could be read"


def test_one_that_was_never_right_is_left_out_and_with_nothing_to_go_by_nothing_starts(
    rooms: Path,
) -> None:
    no_yaml(rooms)
    (rooms / "procedures/lambeth").rename(rooms / "procedures/another")
    (rooms / "form_templates/lambeth").rename(rooms / "form_templates/another")
    settings = settings_of(opened_merton(rooms))
    office = open_office(settings, {}, migrate=True)
    assert set(office.councils) == {"merton"}
    assert set(office.at_fault) == {"another"}
    office.database.close()
    shutil.rmtree(rooms / "procedures/merton")
    shutil.rmtree(rooms / "form_templates/merton")
    with pytest.raises(BadDefinition, match=r"another.procedure\.yml"):
        open_office(replace(settings, data=rooms / "new", database_url=None), {}, migrate=True)


def opened_merton(rooms: Path) -> Desk:
    right = rooms.parent / "right"
    for room in ("procedures", "form_templates"):
        shutil.copytree(ROOT / room / "merton", right / room / "merton")
    desk = open_desk(rooms.parent / "data", council="merton", rooms=right)
    desk.office.database.close()
    there = replace(
        desk.office.settings,
        procedures=rooms / "procedures",
        form_templates=rooms / "form_templates",
    )
    return replace(desk, office=replace(desk.office, settings=there))


def test_a_fault_in_its_own_texts_of_emails_leaves_it_with_everybodys(rooms: Path) -> None:
    desk = opened(rooms)
    (rooms / "form_templates/lambeth/notices.yml").write_text("notices: 3", "utf-8")
    desk = anew(desk)
    assert "notices.yml" in desk.office.at_fault["lambeth"][0]
    assert desk.office.notices("lambeth") == desk.office.notices()
    assert desk.raised().alert.is_open
