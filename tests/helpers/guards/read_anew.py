"""Whatever is answered from what was kept is asked of the store as well, while a test runs."""

from collections.abc import Hashable
from typing import Any

import pytest
from sqlalchemy import Connection, Select

from practice_alerts.adapters.store.alerts import event_store
from practice_alerts.adapters.store.core import read_once


def ask_the_store_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was kept is what would be read now, else the test fails."""

    def compared(tx: Connection, key: Hashable) -> Any:
        kept = _RECALL(tx, key)
        if kept is not None:
            assert kept == _anew(tx, key, kept), f"kept was something else: {key}"
        return kept

    for module in (read_once, event_store):
        monkeypatch.setattr(module, "recall", compared)


_RECALL = read_once.recall


def _anew(tx: Connection, key: Hashable, kept: Any) -> Any:
    if key is event_store.happened:
        of, _ = kept
        return of, event_store.happened_to_each(tx, (of,)).get(of, ())
    assert isinstance(key, tuple), f"nobody can say how {key} is read anew"
    statement, *asked = key
    assert isinstance(statement, Select)
    return tuple(tx.execute(statement, dict(asked)))
