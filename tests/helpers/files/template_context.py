"""Something harmless for every field that a Word template's tags name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

TIMES = 2  # how often each repeated block stands


def made_up(paths: Iterable[str]) -> dict[str, Any]:
    """A text for `child_name`, a list of such for `stages[]`, blocks with answers for `stages[].answers[].by`."""
    context: dict[str, Any] = {}
    for path in sorted(paths, key=lambda path: path.count(".")):
        _put(context, path.split("."), path)
    return context


def _put(context: dict[str, Any], steps: list[str], path: str) -> None:
    first, *rest = steps
    name = first.removesuffix("[]")
    if not rest:
        text = f"Said of {path.replace('[]', '').replace('.', ', ')}."
        context.setdefault(name, [text] * TIMES if first.endswith("[]") else text)
        return
    if first.endswith("[]"):
        blocks = context.get(name)
        if not isinstance(blocks, list) or not isinstance(blocks[0], dict):
            blocks = context[name] = [{} for _ in range(TIMES)]
        for block in blocks:
            _put(block, rest, path)
    else:
        inner = context.get(name)
        if not isinstance(inner, dict):
            inner = context[name] = {}
        _put(inner, rest, path)
