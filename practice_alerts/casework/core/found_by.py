"""By which words each alert is found: kept with every act, and read anew where our rules for words changed."""

from collections.abc import Collection

from practice_alerts.adapters.store.alerts import current_state, event_store, word_rows
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, office_settings
from practice_alerts.casework.core.loaded_alert import Known, known
from practice_alerts.casework.each_by_itself import told
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
"""The fact that says by which rules the words in the store were read, and up to which alert while that goes on."""
READ, _UP_TO = f"rules {RULES}", " up to "


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
    """How many alerts were read: those that were last read by other rules of ours than today's.

    Some at a time, and each time it is kept how far that came: whoever is stopped meanwhile goes on from there.
    """
    with office.database.reading() as tx:
        waiting = _not_read_yet(tx)
    if waiting is None:
        return 0
    read = 0
    for some in event_store.in_turn(told("Words to search by", waiting)):
        with office.database.writing() as tx:
            read += _read(office, tx, some)
            office_settings.put_fact(tx, _READ_BY, f"{READ}{_UP_TO}{some[-1]}")
    with office.database.writing() as tx:
        office_settings.put_fact(tx, _READ_BY, READ)
    return read


def _not_read_yet(tx: Tx) -> tuple[str, ...] | None:
    """By reference; None where everything was read by the rules of today."""
    by_whom, _, last = (office_settings.fact(tx, _READ_BY) or "").partition(_UP_TO)
    if not last and by_whom.partition(",")[0] == READ:  # a count once followed the rules
        return None
    every = current_state.ids(tx)
    if by_whom == READ and last in every:
        return every[every.index(last) + 1 :]
    return every


def _read(office: Office, tx: Tx, alert_ids: Collection[str]) -> int:
    read = 0
    for alert_id, happened in event_store.happened_to_each(tx, alert_ids).items():
        if all(event.what for event in happened):
            keep_words(office, tx, known(office, alert_id, fold(happened)))
            read += 1
    return read
