"""What follows from definitions that never change, worked out once for each of them."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_BY_VALUE = (str, frozenset, type(None))


class _Same:
    """An argument as part of a key. A definition is the same as itself alone.

    To compare definitions by what they say would take longer than the work that is spared.
    """

    __slots__ = ("it",)

    def __init__(self, it: Any) -> None:
        self.it = it

    def __hash__(self) -> int:
        return hash(self.it) if isinstance(self.it, _BY_VALUE) else id(self.it)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Same):
            return NotImplemented
        if isinstance(self.it, _BY_VALUE):
            return bool(self.it == other.it)
        return self.it is other.it


def once(work: Callable[P, T]) -> Callable[P, T]:
    """Keep the latest answers, with what they were asked of. Give arguments by place."""
    on_given: Callable[..., T] = work

    @lru_cache(maxsize=512)
    def kept(*keys: _Same) -> T:
        return on_given(*(key.it for key in keys))

    @wraps(work)
    def asked(*given: P.args, **_: P.kwargs) -> T:
        return kept(*map(_Same, given))

    return asked
