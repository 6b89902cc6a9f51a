"""By which words each alert is found: kept with every act, and read anew where our rules for words changed."""

from collections.abc import Collection

from practice_alerts.adapters.store.alerts import current_state, event_store, word_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, office_settings
from practice_alerts.casework.core.loaded_alert import Known, known
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.alert import Alert, fold
from practice_alerts.domain.alert.destroyed import Destroys
from practice_alerts.domain.alert.events import Happened
from practice_alerts.domain.seeing.search_words import (
    RULES,
    SearchWord,
    SoughtWords,
    name_words,
    read_otherwise,
    search_words,
)
from practice_alerts.office import Office

_READ_BY = "search_words"
"""The fact that says by which rules the words in the store were read, and what was destroyed by then."""


def words_of(
    office: Office, found: Known, numbers: Collection[int] | None = None
) -> frozenset[SearchWord]:
    """As much of it as is in `found`, or of those of its events: of an alert cut to what somebody may read, their words alone."""
    return search_words(found.alert, lambda name: office.form(found.files, name), numbers)


def keep_words(office: Office, tx: Tx, found: Known, added: tuple[int, ...] = ()) -> None:
    """Written in the transaction of the act itself, which has `added` these to the chain of events.

    Where what stood in it before is read as it was, that is neither folded again nor looked for in the store.
    """
    new = {one.number: its_id for one, its_id in zip(_last(found, added), added, strict=True)}
    if added and _is_otherwise_as_before(found.alert, new):
        word_rows.add(tx, found.id, words_of(office, found, new), new)
    else:
        word_rows.put(tx, found.id, words_of(office, found))


def _last(found: Known, added: tuple[int, ...]) -> tuple[Happened, ...]:
    return found.alert.happened[-len(added) :] if added else ()


def _is_otherwise_as_before(alert: Alert, new: Collection[int]) -> bool:
    """Of what was redacted the place is another, and what was read before is not known any more."""
    if any(isinstance(one.what, Destroys) for one in alert.happened):
        return False
    earlier = [one for one in alert.happened if one.number not in new]
    return not earlier or read_otherwise(alert, fold(earlier)) <= {*new}


def finds(office: Office, tx: Tx, actor: Actor, what: SoughtWords, found: Known) -> bool:
    """Does it stand in what they may read of it? The store has looked through what anybody of their kind may read."""
    read = found.as_read(found.reader(actor))
    if read.alert is found.alert:
        return True
    people = {found.alert.raiser.id, found.alert.officer.id}
    people |= {one.id for one in found.alert.people_asked}
    names = directory.names(tx, people).values()
    return what.fits({one.word for one in words_of(office, read)}.union(*map(name_words, names)))


def read_all_anew(office: Office) -> int:
    """How many alerts were read: every one where our rules changed, or something typed was destroyed; else none.

    The table is laid anew, so that its file keeps no bytes of what was destroyed: a row that is taken out is
    overwritten, but not what is left of it on pages that it once lay on.
    """
    with office.database.reading() as tx:
        if office_settings.fact(tx, _READ_BY) == _now(tx):
            return 0
    with office.database.writing() as tx:
        word_rows.clear(tx)
        read = 0
        for some in event_store.in_turn(current_state.ids(tx)):
            for alert_id, happened in event_store.happened_to_each(tx, some).items():
                if all(event.what for event in happened):
                    keep_words(office, tx, known(office, alert_id, fold(happened)))
                    read += 1
        office_settings.put_fact(tx, _READ_BY, _now(tx))
    return read


def _now(tx: Tx) -> str:
    return f"rules {RULES}, {event_store.without_payload(tx)} destroyed"
