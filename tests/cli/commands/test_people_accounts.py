"""What an administrator does by command about accounts of a council's single sign-on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from practice_alerts.adapters.store.core import tables
from practice_alerts.adapters.store.office import sign_on_accounts
from practice_alerts.casework.directory import second_person
from practice_alerts.cli.support.context import World
from practice_alerts.office import Office
from tests.helpers.product.run_command import NOW, refused, said

ISSUER = "https://accounts.lambeth.example"


@pytest.fixture
def office(sample_office: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    secret = sample_office.parent / "secret"
    secret.write_text("of the client\n", "utf-8")
    secret.chmod(0o600)
    for name, value in {
        "ISSUER": ISSUER,
        "CLIENT_ID": "practice-alerts",
        "CLIENT_SECRET_FILE": str(secret),
        "STAFF_DOMAINS": "practice.invalid",
    }.items():
        monkeypatch.setenv(f"PRACTICE_ALERTS_SIGN_ON_LAMBETH_{name}", value)
    world = World(data=str(sample_office), clock=lambda: NOW)
    office = world.office(world.settings())
    yield office
    office.database.close()


def _record(office: Office) -> list[str]:
    with office.database.reading() as tx:
        entries = second_person._record(tx, "lambeth", None).entries
    return [second_person.said(office, "lambeth", one.what) for one in entries]


def _told(office: Office) -> set[tuple[str, str]]:
    """Of changes to the directory."""
    box = tables.outbox.c
    with office.database.reading() as tx:
        rows = tx.execute(tables.outbox.select().where(box.notice.startswith("directory"))).all()
    return {(row.person_id, row.notice) for row in rows}


def test_an_account_is_linked_and_let_go_again(office: Office) -> None:
    words = ("people", "--by", "Ada", "account", "sample-tm", "--council", "lambeth")
    assert said(*words, "--subject", "abc") == (
        "Toni Sample signs in with that account of lambeth\n"
    )
    said(*words, "--subject", "def")
    with office.database.reading() as tx:
        assert sign_on_accounts.person_of(tx, ISSUER, "abc") is None
        assert sign_on_accounts.person_of(tx, ISSUER, "def") == "sample-tm"
    assert "Toni Sample signs in with an account of" in _record(office)[0]
    gone = ("people", "no-account", "sample-tm", "--council", "lambeth")
    assert said(*gone) == "No account of lambeth means Toni Sample any more\n"
    assert "no account of" in _record(office)[0]
    assert "No account of" in refused(*gone)


def test_a_link_for_whoever_has_an_account_is_made_loudly_or_not_at_all(office: Office) -> None:
    assert "--even-so makes a link" in refused("people", "link", "sample-tm")
    assert _record(office)[:1] != ["Toni Sample: a link to sign in, in spite of single sign-on"]
    assert "/sign-in/" in said("people", "link", "sample-tm", "--even-so")
    assert _record(office)[0] == "Toni Sample: a link to sign in, in spite of single sign-on"
    assert _told(office) == {
        ("sample-tm", "directory_changed"),
        ("sample-admin", "directory_by_command"),
        ("sample-boss", "directory_by_command"),
    }


@pytest.mark.usefixtures("office")
def test_an_account_is_of_a_council_with_single_sign_on(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ("people", "account", "sample-tm", "--subject", "abc", "--council")
    assert "There is no single sign-on of that council here" in refused(*words, "merton")
    assert "with its subject" in refused(*words[:3], "--subject", " ", "--council", "lambeth")
    monkeypatch.setenv("PRACTICE_ALERTS_SIGN_ON_ELSEWHERE_ISSUER", ISSUER)
    assert "PRACTICE_ALERTS_SIGN_ON_ELSEWHERE_CLIENT_ID: it is missing" in refused(*words, "merton")
