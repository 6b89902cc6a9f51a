"""Libraries that nobody uses stay out of the process, and can be had by whoever does."""

import subprocess
import sys
from importlib import import_module

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.log.slim_imports import kept_out

HEAVY = ("numpy", "pandas", "pyarrow")


def test_a_library_is_kept_out_for_as_long_as_asked_and_no_longer() -> None:
    with kept_out("wave"), pytest.raises(ImportError):
        import_module("wave")
    assert import_module("wave").__name__ == "wave"


def test_a_library_that_is_there_already_stays() -> None:
    with kept_out("json"):
        assert import_module("json") is sys.modules["json"]
    assert "json" in sys.modules


def test_the_whole_product_starts_without_the_heavy_ones() -> None:
    told = f"import sys, practice_alerts.cli.support.run_server; print([n for n in {HEAVY} if n in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
