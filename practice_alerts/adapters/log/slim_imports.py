"""Imports a library without the larger ones that it takes along wherever they happen to be installed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def kept_out(*libraries: str) -> Iterator[None]:
    """While this holds, importing one of them fails as if it were not there; one that is loaded stays."""
    hidden = [name for name in libraries if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type] # None means: not to be had
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
