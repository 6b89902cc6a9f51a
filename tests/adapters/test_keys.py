"""The keys are made once, for nobody else's eyes, or come from the environment."""

from collections.abc import Callable
from pathlib import Path

import pytest

from practice_alerts.adapters.keys import (
    ANY_KEYS,
    PSEUDONYM_KEY,
    SESSION_KEY,
    BadKey,
    NotItsKey,
    SealKeys,
    keys,
)


def test_the_first_start_makes_two_keys_that_only_their_owner_may_read(tmp_path: Path) -> None:
    made = keys(tmp_path / "keys", {})
    files = sorted((tmp_path / "keys").iterdir())
    assert [file.name for file in files] == ["pseudonym.key", "session.key"]
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]
    assert made.session != made.pseudonym
    assert len(made.session) == 64


def test_the_next_start_finds_the_same_keys(tmp_path: Path) -> None:
    assert keys(tmp_path, {}) == keys(tmp_path, {})


def test_the_environment_comes_first_and_then_no_file_is_made(tmp_path: Path) -> None:
    given = {SESSION_KEY: "s" * 40, PSEUDONYM_KEY: "p" * 40}
    found = keys(tmp_path / "keys", given)
    assert (found.session, found.pseudonym) == ("s" * 40, "p" * 40)
    assert not (tmp_path / "keys").exists()


def test_a_short_key_is_refused_with_the_way_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(BadKey, match="needs at least 32") as refused:
        keys(tmp_path, {SESSION_KEY: "hunter2"})
    assert "hunter2" not in str(refused.value)


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    keys(tmp_path, {})
    (tmp_path / "session.key").chmod(0o644)
    with pytest.raises(BadKey, match="chmod 600"):
        keys(tmp_path, {})


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.write_text(""), "it has 0 characters, and had more. Put back"),
        (lambda file: file.write_bytes(b"\xff\xfe" * 40), "it is no key. Put back"),
        (lambda file: (file.unlink(), file.mkdir()), "it cannot be read"),
    ],
    ids=["emptied", "garbled", "a folder"],
)
def test_a_key_file_that_was_spoilt_is_told_and_nobody_is_sent_to_make_another(
    tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    keys(tmp_path, {})
    sealing = SealKeys(tmp_path)
    sealing.make()
    for name, read in (("session", lambda: keys(tmp_path, {})), ("seal", sealing.current)):
        spoil(tmp_path / f"{name}.key")
        with pytest.raises(BadKey, match=said) as told:
            read()
        assert "Make one" not in str(told.value)


def test_a_key_does_not_show_itself(tmp_path: Path) -> None:
    made = keys(tmp_path, {})
    assert made.session not in repr(made)
    assert made.pseudonym not in repr(made)


def test_a_store_goes_by_the_keys_that_it_was_begun_with(tmp_path: Path) -> None:
    begun = keys(tmp_path, {})
    assert keys(tmp_path, {}, begun.ids) == begun
    assert begun.session not in str(begun.ids)
    with pytest.raises(NotItsKey, match="is another"):
        keys(tmp_path, {PSEUDONYM_KEY: "p" * 40}, begun.ids)
    (tmp_path / "session.key").unlink()
    for goes_by in (begun.ids, {}):  # one of before this was remembered says nothing of which
        with pytest.raises(NotItsKey, match="is gone"):
            keys(tmp_path, {}, goes_by)
    assert not (tmp_path / "session.key").exists()
    assert keys(tmp_path, {}, ANY_KEYS).session != begun.session
