"""What SQLAlchemy has compiled is compiled for every store of a run, and not anew for each desk.

It keeps what it compiled by engine, and each test has an engine of its own: half of what a test of
casework took was compiling the same statements again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event


class Compiled(dict[Any, Any]):
    """By the name of the dialect in place of the dialect, of which each engine has one."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(self._for_all(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(self._for_all(key), value)

    @staticmethod
    def _for_all(key: Any) -> tuple[Any, ...]:
        dialect, *rest = key
        return (dialect.name, dialect.driver, *rest)


@contextmanager
def compiled_once() -> Iterator[Compiled]:
    found = Compiled()

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=found)

    event.listen(Engine, "engine_connect", share)
    try:
        yield found
    finally:
        event.remove(Engine, "engine_connect", share)
