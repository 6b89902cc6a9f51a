"""A store that is given by its address: every command, under a role that owns nothing."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine

from practice_alerts.cli import main
from practice_alerts.office import Settings
from tests.helpers.product.postgresql import OWNER, SECRET, cluster
from tests.helpers.product.run_command import give, refused, said
from tests.helpers.product.running_product import free_port

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("lambeth_alone")]

AN_ADMINISTRATOR = (
    "people", "add", "Nia Fiction", "--mail", "nia@council.example",
    "--council", "lambeth", "--post", "administrator",
)  # fmt: skip
BY = ("--by", "Nia Fiction", "--why", "It was looked at.")

COMMANDS: dict[str, Sequence[str] | None] = {
    "serve": None,  # tests/stories/test_two_processes.py
    "sample": None,  # refuses a store of real people; what it tells is told by the acts
    "new": None,
    "templates": None,
    "example": None,
    "restore": None,  # below
    "check": ("check",),
    "due": ("due", "1 week", "--from", "2026-06-01", "--council", "lambeth"),
    "ladder": ("ladder", "lambeth", "--from", "2026-06-01"),
    "guide": ("guide", "--help"),
    "documents": ("documents", "--help"),
    "disclosure": ("disclosure", "--help"),
    "log": ("log", "rebuild"),
    "remind": ("remind",),
    "verify": ("verify",),
    "security-log": ("security-log", "export"),
    "seals": ("seals", "rotate", "--by", "Nia Fiction"),
    "clock": ("clock",),
    "doctor": ("doctor",),
    "backup": ("backup",),
    "store": ("store", "update"),
    "people": ("people", "list"),
    "records": ("records", "due", "lambeth"),
    "calendar": ("calendar", "list", "lambeth"),
}
"""What is given of each; None where it never opens a store, or is told elsewhere."""


@pytest.fixture
def office(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Its tables are made by their owner, whose address only `store update` gets."""
    product, owner = cluster().of_two_roles()
    (tmp_path / "backups").mkdir()
    recipient = said("backup", "new-key", str(tmp_path / "identity")).split("=")[1].strip()
    for name, value in (
        ("DATA", data),
        ("DATABASE_URL", product),
        ("WITNESS", tmp_path / "witness"),
        ("BACKUPS", tmp_path / "backups"),
        ("BACKUP_RECIPIENTS", recipient),
    ):
        monkeypatch.setenv(f"PRACTICE_ALERTS_{name}", str(value))
    with pytest.MonkeyPatch.context() as as_owner:
        as_owner.setenv("PRACTICE_ALERTS_DATABASE_OWNER_URL", owner)
        assert "The tables are of version" in said("store", "update")
    return data


def owner_of(url: str) -> str:
    return url.replace("alerts_product", OWNER)


def test_every_command_is_among_these() -> None:
    assert COMMANDS.keys() == main.commands.keys()


@pytest.mark.usefixtures("office")
def test_every_command_goes_under_the_products_own_role(data: Path) -> None:
    said(*AN_ADMINISTRATOR)
    for words in filter(None, COMMANDS.values()):
        given = give(*words)
        assert given.exit_code == 0, (words, given.output)
        assert SECRET not in given.output + given.stderr
    assert not list(data.glob("*.db"))  # nowhere but on the server


@pytest.mark.usefixtures("office")
def test_the_doctor_minds_a_role_that_could_lift_the_guards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said(*AN_ADMINISTRATOR)
    assert "could lift the guards" not in said("doctor")
    url = os.environ["PRACTICE_ALERTS_DATABASE_URL"]
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_URL", owner_of(url))
    assert "Mind: guards and seals are in place; the product's role owns" in said("doctor")


@pytest.mark.usefixtures("office")
def test_the_doctor_says_that_the_owners_update_is_outstanding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of a new version whose tables nobody has made yet, and of what was destroyed and not overwritten."""
    said(*AN_ADMINISTRATOR)
    product = os.environ["PRACTICE_ALERTS_DATABASE_URL"]
    address = owner_of(product).replace("postgresql://", "postgresql+psycopg://")
    owner = create_engine(address, poolclass=NullPool)
    with owner.begin() as tx:
        tx.exec_driver_sql("INSERT INTO office VALUES ('to_forget', 'yes')")
    assert "their owner does it: practice-alerts store update" in said("doctor")
    with owner.begin() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '0021'")
    given = give("doctor")
    told = given.output
    assert given.exit_code == 1
    assert "Wrong: The database is of version 0021, this product needs" in told
    assert "PRACTICE_ALERTS_DATABASE_OWNER_URL: practice-alerts store update" in told
    assert "practice-alerts serve" not in told
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_OWNER_URL", owner_of(product))
    assert "Nothing is left in them of what was destroyed." in said("store", "update")
    assert "Wrong" not in said("doctor")


def test_without_tables_it_says_who_makes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    product, _ = cluster().of_two_roles()
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_URL", product)
    assert "no tables yet" in refused("verify")
    served = ("serve", "--port", str(free_port()))  # the usual one may be in use, by the product
    for words in (AN_ADMINISTRATOR, ("store", "update"), served):
        told = refused(*words)
        assert "PRACTICE_ALERTS_DATABASE_OWNER_URL: practice-alerts store update" in told


def test_tables_that_the_product_may_not_use_are_told_plainly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    product, owner = cluster().of_two_roles()
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_URL", owner)
    said("store", "update")
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_URL", product)
    assert "may not use the tables" in refused("verify")
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_OWNER_URL", owner)
    said("store", "update")
    said(*AN_ADMINISTRATOR)
    assert "each following from the one before" in said("verify")


@pytest.mark.usefixtures("office")
def test_a_backup_goes_back_as_the_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(*AN_ADMINISTRATOR)
    said("backup")
    recipient = said("backup", "new-key", str(tmp_path / "other")).split("=")[1].strip()
    said("backup", "keys", str(tmp_path / "keys"), "--recipient", recipient)
    (file,) = (tmp_path / "backups").iterdir()
    product, owner = cluster().of_two_roles()
    monkeypatch.setenv("PRACTICE_ALERTS_DATA", str(tmp_path / "new"))
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_URL", product)
    opens = ("--with", str(tmp_path / "identity"), "--with", str(tmp_path / "other"))
    words = ("restore", str(file), *opens, "--keys", str(tmp_path / "keys"), *BY)
    assert "As their owner" in refused(*words)
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_OWNER_URL", owner)
    assert "Restored. Start the product" in said(*words)
    monkeypatch.delenv("PRACTICE_ALERTS_DATABASE_OWNER_URL")
    assert "by Nia Fiction: It was looked at." in said("verify")
    assert "could lift the guards" not in said("doctor")


@pytest.mark.usefixtures("office")
def test_the_password_is_in_no_list_of_processes_and_in_no_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What a program is called with, every account of the machine can read."""
    caplog.set_level(logging.DEBUG)
    said(*AN_ADMINISTRATOR)
    called = tmp_path / "called"
    (tmp_path / "bin").mkdir()
    for name in ("pg_dump", "pg_restore"):
        stands_before = tmp_path / "bin" / name
        stands_before.write_text(
            f'#!/bin/sh\necho {name} "$@" "password: ${{PGPASSWORD:-none}}" >>{called}\nexec {shutil.which(name)} "$@"\n'
        )
        stands_before.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    url = os.environ["PRACTICE_ALERTS_DATABASE_URL"]
    in_query = url.replace(f":{SECRET}", "") + f"&password={SECRET}"
    for one in (url, in_query):
        called.write_text("")
        monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_URL", one)
        for old in (tmp_path / "backups").iterdir():
            old.unlink()
        said("backup")
        dumped, _ = called.read_text("utf-8").splitlines()
        words, _, handed = dumped.partition("password: ")
        assert (SECRET in words, handed) == (False, SECRET)
    nowhere = url.replace(f"host={cluster().home}", f"host={tmp_path}")
    monkeypatch.setenv("PRACTICE_ALERTS_DATABASE_URL", nowhere)
    told = refused("verify")
    assert "The store cannot be reached" in told
    assert "The server, or the way to it: connection" in told
    assert SECRET not in told + caplog.text + repr(Settings.read())
