"""Where else a text stands that is to be taken out: in the same words, on the same alert or on another."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from practice_alerts.adapters.store.alerts import word_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.destroyed import AlsoIn
from practice_alerts.domain.forms.names_in_text import spelt_words
from practice_alerts.domain.seeing.families import linked_to
from practice_alerts.domain.seeing.search_words import LONGEST_WORD
from practice_alerts.domain.seeing.taking_out import Removable, removable
from practice_alerts.domain.text import joined, plural
from practice_alerts.office import Office

_MANY: Final = 6
"""Words: so many in the same order are a copy, whoever made it; fewer are one where the alerts are linked."""
_LOOKED_UP: Final = 4
_READ: Final = (
    100  # alerts in which its longest words stand: in more, they are words that are often written
)
TURN_OF_PHRASE: Final = 20
"""Alerts: what stands in more of them without a link is written by habit, and copied from none."""


@dataclass(frozen=True, slots=True)
class Copies:
    """The texts of one alert in the same words."""

    known: Known
    texts: tuple[Removable, ...]

    def also(self) -> AlsoIn:
        return AlsoIn(alert_id=self.known.id, number=self.texts[0].taken[0].number)


def of(office: Office, tx: Tx, found: Known, what: Removable) -> tuple[Copies, ...]:
    """On this alert and on others of its council, by reference; nothing for what is no text, or says which child it is."""
    words = _words(what.text)
    if not words or not what.is_text:
        return ()
    linked = {*linked_to(found.alert)}
    ids = {found.id, *linked, *_alike(tx, words)}
    each = (
        Copies(
            one,
            tuple(_same(office, one, what, is_linked=one.id in linked, is_own=one.id == found.id)),
        )
        for one in load_each(office, tx, ids).values()
        if one.files.id == found.files.id
    )
    same = sorted((one for one in each if one.texts), key=lambda one: one.known.alert.reference)
    theirs = [one for one in same if one.known.id in {found.id, *linked}]
    return tuple(same if len(same) - len(theirs) <= TURN_OF_PHRASE else theirs)


def _same(
    office: Office, one: Known, what: Removable, *, is_linked: bool, is_own: bool
) -> Iterable[Removable]:
    words = _words(what.text)
    for each in removable(one.alert, partial(office.form, one.files)):
        alike = len(words) >= _MANY or (is_linked and each.question == what.question)
        is_it = is_own and each.key == what.key
        if each.is_text and alike and not is_it and _words(each.text) == words:
            yield each


def _words(text: str) -> tuple[str, ...]:
    return spelt_words(text)[0]


def _alike(tx: Tx, words: Collection[str]) -> tuple[str, ...]:
    """The ids of the alerts in which the longest of them stand, where they are many words and few alerts."""
    if len(words) < _MANY:
        return ()
    longest = sorted({one[:LONGEST_WORD] for one in words}, key=len)[-_LOOKED_UP:]
    found = word_rows.with_words(tx, longest, _READ + 1)
    return found if len(found) <= _READ else ()


def is_closed(known: Known, by: Actor) -> bool:
    """Is it restricted to others, or about a child in whom they have an interest?"""
    restricted = known.alert.restriction is not None
    return has_interest(known, by) or (restricted and not known.may(by, Act.SEE))


def has_interest(known: Known, by: Actor) -> bool:
    return by.id in known.shut_out


@dataclass(frozen=True, slots=True)
class StoodIn:
    """Of some alerts, by id, those that this person may open; and those that are only counted for them."""

    references: Mapping[str, str]
    counted: frozenset[str]

    def of(self, ids: Collection[str]) -> tuple[tuple[str, ...], int]:
        """The references of some of them, and how many are only counted."""
        named = tuple(sorted(self.references[one] for one in ids if one in self.references))
        return named, len(self.counted.intersection(ids))


def stood_in(office: Office, tx: Tx, by: Actor, ids: Collection[str]) -> StoodIn:
    """None of those that are destroyed since, or about a child in whom they have an interest."""
    known = [one for one in load_each(office, tx, ids).values() if not has_interest(one, by)]
    closed = frozenset(one.id for one in known if is_closed(one, by))
    open_to_them = {one.id: one.alert.reference for one in known if one.id not in closed}
    return StoodIn(open_to_them, closed)


def in_words(references: Collection[str], others: int) -> str:
    """Those that are named, and how many more; empty for none."""
    more = (
        f"{others} {'other ' if references else ''}{plural(others, 'alert')}, for others to look at"
    )
    return joined([*references, *([more] if others else [])])
