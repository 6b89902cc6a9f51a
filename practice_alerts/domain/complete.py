"""A table that has a row for every member, or the program does not start."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def complete(
    members: Iterable[K], table: Mapping[K, V], *, without: Iterable[K] = ()
) -> Mapping[K, V]:
    """The table, to be read only. Raises TypeError naming each member that has no row, and each row that is of none.

    `without` names the members that have none on purpose; a row for one of them is one too many.
    """
    wanted, left_out = dict.fromkeys(members), dict.fromkeys(without)
    missing = [one for one in wanted if one not in table and one not in left_out]
    surplus = [one for one in table if one not in wanted or one in left_out]
    surplus += [one for one in left_out if one not in wanted]
    if missing or surplus:
        raise TypeError(f"Incomplete table: missing {missing}, surplus {surplus}.")
    return MappingProxyType(dict(table))
