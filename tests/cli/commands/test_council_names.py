"""What a council's folder may be called: whatever `check` lets pass, log and gate take too."""

import unicodedata
from pathlib import Path

import pytest

from practice_alerts.adapters.log.alert_log import AlertLog
from practice_alerts.cli.commands.check import taken_addresses
from practice_alerts.web.shell.addresses import GUIDE, PLACES, is_plain, place_of
from tests.helpers.files.small_council import furnished
from tests.helpers.product.run_command import give

NO_ADDRESS = (
    "a b", "Lambeth2", "-x", "café", unicodedata.normalize("NFD", "café"), "x;y", "x%79", "a.b", "x?y", "a\\b", "x\ny",
    "x ", "\uff58", "\u0661", "CON", "x--y", "x-",
)  # fmt: skip
GOOD = (
    "lambeth2",
    "tower-hamlets",
    "kingston_and_richmond",
    "a",
    "app2",
    "logs",
    "x-log",
    "merton-app",
)


def checked(tmp_path: Path, name: str) -> tuple[int, str]:
    folder = furnished(tmp_path)
    for room in (folder, tmp_path / "form_templates/sampleford"):
        room.rename(room.with_name(name))
    result = give("check", str(folder.with_name(name)))
    return result.exit_code, result.stdout


@pytest.mark.parametrize("name", NO_ADDRESS)
def test_a_name_that_is_no_address_is_refused(tmp_path: Path, name: str) -> None:
    code, printed = checked(tmp_path, name)
    assert code == 1
    assert "PA102 error: the folder's name" in printed


@pytest.mark.parametrize("name", sorted({place.prefix.split("/")[1] for place in PLACES} - {""}))
def test_the_first_word_of_each_of_our_addresses_is_refused(tmp_path: Path, name: str) -> None:
    code, printed = checked(tmp_path, name)
    assert code == 1
    assert f"PA102 error: /{name}/ is an address of the product's own" in printed


@pytest.mark.parametrize("name", GOOD)
def test_a_good_name_passes_and_log_and_gate_take_it(tmp_path: Path, name: str) -> None:
    code, printed = checked(tmp_path, name)
    assert "PA102" not in printed
    assert code == 0
    log = AlertLog(tmp_path / "log")
    log.rebuild(name, [])
    assert log.files() == {name: tmp_path / "log" / f"{name}.db"}
    assert place_of(f"/{name}/") is GUIDE
    assert is_plain(f"/{name}/purpose/")


def test_nothing_is_taken_that_could_not_be_asked_for() -> None:
    assert {
        "app",
        "log",
        "documents",
        "respond",
        "calendar",
        "static",
        "sign-in",
        "healthz",
        "common",
    } <= (taken_addresses())
    assert all(is_plain(f"/{word}") for word in taken_addresses())
