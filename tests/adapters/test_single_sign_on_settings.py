"""What is set for a council's single sign-on, and what cannot be right."""

from pathlib import Path

import pytest

from practice_alerts.adapters.single_sign_on.council_sign_on import must_be_councils, read_sign_ons
from practice_alerts.domain.directory.sign_on_faults import BadSignOn

START = "PRACTICE_ALERTS_SIGN_ON_TWO_TOWNS_"
WHOLE = {
    "ISSUER": "https://accounts.example/tenant/v2.0",
    "CLIENT_ID": "practice-alerts",
    "CLIENT_SECRET": "of the client",
    "STAFF_DOMAINS": "Two-Towns.example, @twotowns.example ,",
}


def _read(**other: str | None) -> object:
    given = {name: value for name, value in {**WHOLE, **other}.items() if value is not None}
    return read_sign_ons({f"{START}{name}": value for name, value in given.items()})


def test_all_of_it_is_read_and_the_secret_is_not_shown() -> None:
    (one,) = read_sign_ons({f"{START}{name}": value for name, value in WHOLE.items()})
    assert (one.council, one.issuer) == ("two_towns", WHOLE["ISSUER"])
    assert one.client_secret == "of the client"
    assert "of the client" not in repr(one)
    assert one.is_of("two-towns")
    assert one.is_of("two_towns")
    assert not one.is_of("two")
    mails = ("a@two-towns.example", " B@TwoTowns.Example", "a@x.two-towns.example", "a@b", "", "@")
    assert [one.is_staff_address(mail) for mail in mails] == [True, True, *[False] * 4]
    assert read_sign_ons({"PRACTICE_ALERTS_DATA": "x"}) == ()


def test_the_secret_may_lie_in_a_file_that_nobody_else_reads(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("from a file\n", "utf-8")
    file.chmod(0o644)
    in_file = {"CLIENT_SECRET": None, "CLIENT_SECRET_FILE": str(file)}
    with pytest.raises(BadSignOn, match="chmod 600"):
        _read(**in_file)
    file.chmod(0o600)
    found = _read(**in_file)
    assert isinstance(found, tuple)
    assert found[0].client_secret == "from a file"
    with pytest.raises(BadSignOn, match="cannot be read"):
        _read(CLIENT_SECRET=None, CLIENT_SECRET_FILE=str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"ISSUER": None}, "ISSUER: it is missing"),
        ({"CLIENT_ID": ""}, "CLIENT_ID: it is missing"),
        ({"CLIENT_SECRET": None}, "CLIENT_SECRET: it is missing"),
        ({"ISSUER": "http://accounts.example"}, "https://"),
        ({"ISSUER": "https://"}, "https://"),
        ({"ISSUER": "https://[::"}, "https://"),
        ({"ISSUER": "https://me@accounts.example"}, "https://"),
        ({"ISSUER": "https://accounts.example/?x"}, "https://"),
        ({"SECRET": "x"}, "there is no such setting"),
    ],
)
def test_what_cannot_be_right_is_named(other: dict[str, str | None], said: str) -> None:
    with pytest.raises(BadSignOn, match=said) as refused:
        _read(**other)
    assert "of the client" not in str(refused.value)


def test_it_is_of_a_council_that_is_here() -> None:
    ons = read_sign_ons({f"{START}{name}": value for name, value in WHOLE.items()})
    must_be_councils(ons, ["lambeth", "two-towns"])
    with pytest.raises(BadSignOn, match=r"no council is called so\. There are: lambeth"):
        must_be_councils(ons, ["lambeth"])


def test_an_issuer_on_this_machine_may_be_asked_without_https() -> None:
    for host in ("localhost:9", "127.0.0.1", "[::1]:9"):
        assert _read(ISSUER=f"http://{host}")
