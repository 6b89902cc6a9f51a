"""One draft open in two windows: what each has changed since both last agreed, put together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from practice_alerts.domain.forms.form import is_answered

Body = Mapping[str, Any]
"""A draft as it is kept: what was chosen before the form, and the answers under their fields' ids."""

ASIDE = "aside"
"""Where a draft keeps what one window wrote over: name -> what stood there."""

_ANSWERS = "answers"
_OWN = frozenset(
    {"step", "tried", "tried_what", "tried_to_send", "council", "edition", "edition_seen", ASIDE}
)
"""How far a window is, and under which edition: nothing that somebody wrote."""


@dataclass(frozen=True, slots=True)
class Merged:
    """`elsewhere` names what the other window changed, `over` what it said where this one has the last word."""

    body: dict[str, Any]
    elsewhere: tuple[str, ...]
    over: dict[str, Any]


def merged(base: Body, mine: Body, theirs: Body) -> Merged:
    """Put together what this window changed and what the other did, both since `base`.

    Where both changed the same, what is written here stands and the other is set aside. How far a
    window is stays its own. Names are as `changes` gives them.
    """
    if theirs == base:
        return Merged(copied(mine), (), {})
    here, there = set(changes(base, mine)), changes(base, theirs)
    body = {name: mine[name] for name in _OWN & mine.keys()}
    body[_ANSWERS] = {}
    over: dict[str, Any] = {}
    for name in dict.fromkeys((*_names(theirs), *_names(mine))):
        own, other = _at(mine, name), _at(theirs, name)
        _put(body, name, own if name in here or other is None else other)
        if name in here and name in there and is_answered(other) and not _same(own, other):
            over[name] = other
    body[ASIDE] = _aside(base, mine, theirs) | over
    return Merged(body, tuple(name for name in there if _differs(mine, theirs, name)), over)


def copied(body: Body) -> dict[str, Any]:
    """To be changed by itself. Answers are put in their place whole and never bent, so they are shared."""
    return {**body, _ANSWERS: dict(body.get(_ANSWERS, {}))}


def changes(old: Body, new: Body) -> tuple[str, ...]:
    """The names of what was written, chosen or emptied: ``kind``, ``answers.concerns``."""
    return tuple(
        name for name in dict.fromkeys((*_names(old), *_names(new))) if _differs(old, new, name)
    )


def _differs(one: Body, other: Body, name: str) -> bool:
    return not _same(_at(one, name), _at(other, name))


def answer_name(field_id: str) -> str:
    """The name of an answer on the form."""
    return f"{_ANSWERS}.{field_id}"


def field_named(name: str) -> str | None:
    """The field's id, where the name is that of an answer on the form."""
    first, _, field_id = name.partition(".")
    return field_id if first == _ANSWERS and field_id else None


def _aside(base: Body, mine: Body, theirs: Body) -> dict[str, Any]:
    """What is set aside already, less what either window has put away since."""
    before, here, there = (dict(body.get(ASIDE) or {}) for body in (base, mine, theirs))
    put_away = {name for name in before if name not in here or name not in there}
    return {name: said for name, said in {**there, **here}.items() if name not in put_away}


def _names(body: Body) -> Iterator[str]:
    yield from (name for name in body if name not in _OWN and name != _ANSWERS)
    yield from (answer_name(field_id) for field_id in body.get(_ANSWERS, {}))


def _at(body: Body, name: str) -> Any:
    field_id = field_named(name)
    return body.get(name) if field_id is None else body.get(_ANSWERS, {}).get(field_id)


def _put(body: dict[str, Any], name: str, value: Any) -> None:
    field_id = field_named(name)
    if field_id is None:
        body[name] = value
    else:
        body[_ANSWERS][field_id] = value


def _same(one: Any, other: Any) -> bool:
    """Nothing given is nothing given, however it is written."""
    return bool(one == other) or not (is_answered(one) or is_answered(other))
