"""The sample office, in which anybody signs in as anybody, is for one machine however that is reached."""

from pathlib import Path

import pytest

from tests.helpers.product.run_command import refused


@pytest.mark.parametrize(
    "base_url",
    [
        "https://alerts.example",
        "http://192.0.2.7:8000",
        "https://localhost.example",
        "http://0.0.0.0:8000",
        "http://[2001:db8::1]",
    ],
)
@pytest.mark.usefixtures("lambeth_alone")
def test_the_sample_office_is_served_at_no_address_but_this_machines_own(
    base_url: str, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_BASE_URL", base_url)
    sentence = refused("serve", "--sample")
    assert "for this machine alone" in sentence
    assert base_url in sentence
    assert not data.exists()


@pytest.mark.usefixtures("lambeth_alone")
def test_nor_behind_a_proxy(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICE_ALERTS_TRUSTED_PROXIES", "127.0.0.1")
    assert "no proxy may stand in front of it" in refused("serve", "--sample")
    assert not data.exists()
