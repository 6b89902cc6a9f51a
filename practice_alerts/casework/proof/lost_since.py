"""What an older store knows nothing of, as far as its witness was told: said, and taken out again where that can be."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from practice_alerts.adapters.store.alerts import current_state, directory_events
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.records import told_besides, words_beside_figures
from practice_alerts.adapters.store.records.told_besides import RESTRICTED, ToldBesides
from practice_alerts.adapters.store.records.words_beside_figures import TextPlace, TextRow
from practice_alerts.adapters.witness_file import Witness, WitnessLine
from practice_alerts.casework.core.actors import runs_commands
from practice_alerts.domain.alert.destroyed import KEPT, KeptSaid
from practice_alerts.domain.directory.directory_acts import BesideDone, WordsBesideDone
from practice_alerts.domain.seeing.interests import DECLARED
from practice_alerts.domain.text import joined, plural, small
from practice_alerts.office import Office

_SOMEBODY: Final = "somebody"
_KEPT_SAID: Final = {one.value: small(one.words) for one in KeptSaid}


@dataclass(frozen=True, slots=True)
class LostSince:
    """What is not in this store, by events that it has not."""

    proved: tuple[ToldBesides, ...]
    doubted: tuple[ToldBesides, ...]
    """Said by lines that nothing proves, which anybody may have written who can write to the witness."""


def lost(tx: Tx, witness: Witness) -> LostSince:
    """What the witness was told since a person last went on with a store, and is not in this one."""
    proved: list[ToldBesides] = []
    doubted: list[ToldBesides] = []
    is_told_anew = False
    for line, is_proved in witness.latest_first():
        if is_proved:
            proved += _read(line)
        elif not is_told_anew:
            doubted += _read(line)
        is_told_anew = is_told_anew or bool(line.accepted)  # it tells all of that store
        if is_proved and line.accepted:
            break
    return LostSince(*(told_besides.not_here(tx, reversed(some)) for some in (proved, doubted)))


def _read(line: WitnessLine) -> Iterator[ToldBesides]:
    for one in reversed(line.besides):
        with suppress(TypeError, AttributeError):  # as nobody of ours wrote it
            found = ToldBesides(**one)
            if all(isinstance(text, str) for text in (found.event, found.about, found.by)):
                yield replace(found, said=dict(found.said))


def take_words_out_again(office: Office, gone: LostSince) -> int:
    """What stood beside figures where somebody took it out, or wrote anew, since; how many texts.

    Who wrote there anew writes it once more: what it said is in no record. Only what is proved.
    """
    count = 0
    with office.database.writing() as tx:
        for one in dict.fromkeys(
            map(_place, (one for one in gone.proved if one.said.get("place")))
        ):
            who, now = runs_commands(tx, office.now()), office.now()
            texts = words_beside_figures.texts(tx, one.council, one.report, one.since, one.until)
            if any(text.place == one.place and text.body for text in texts):
                words_beside_figures.put_text(tx, one, TextRow(one.place, "", who, now, None))
                done = WordsBesideDone(
                    did=BesideDone.TAKEN_OUT,
                    report=one.report,
                    since=one.since,
                    until=one.until,
                    place=one.place,
                )
                directory_events.append(tx, one.council, done, who, now)
                count += 1
    return count


def _place(one: ToldBesides) -> TextPlace:
    since, until = (date.fromisoformat(one.said[name]) for name in ("since", "until"))
    return TextPlace(one.council, one.said["report"], since, until, one.said["place"])


def in_sentences(tx: Tx, gone: LostSince) -> Iterator[str]:
    """What somebody has to do again, by hand, before anybody signs in: by reference and name."""
    yield from _in_sentences(tx, gone.proved)
    for says in _in_sentences(tx, gone.doubted):
        yield f"NOT PROVED, by a line of the witness that may be anybody's: {says}"
    if places := len({_words(one.said) for one in gone.doubted if one.said.get("place")}):
        yield (
            f"NOT DONE: {places} {plural(places, 'text')} beside figures taken out or written anew, says a line of the"
            " witness that nothing proves. Who knows that it was so takes out what stands there."
        )


def _words(said: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(str(said.get(name)) for name in ("report", "since", "until", "place"))


def _in_sentences(tx: Tx, gone: tuple[ToldBesides, ...]) -> Iterator[str]:
    names = directory.names(tx, {one.by for one in gone})
    rows = current_state.by_ids(tx, {one.about for one in gone if not one.council})
    for one in gone:
        who = names.get(one.by, _SOMEBODY)
        row = rows.get(one.about)
        if one.kind == DECLARED:
            yield f"OPEN AGAIN: {who} declared an interest in a child in {one.council}. Ask them to declare it anew."
        elif one.kind == RESTRICTED and row:
            yield f"OPEN AGAIN: {row.reference} was restricted by {who}. Have it restricted anew before anybody signs in."
        elif one.kind == KEPT and row:
            said = _KEPT_SAID.get(str(one.said.get("said")), "said something")
            yield f"NOT KNOWN: of {row.reference}, that {who} {said}. Have it said anew."
    numbers = (str(one.said.get("action") or "") for one in gone)
    if actions := sorted({int(one) for one in numbers if one.isdecimal()}):
        number = joined([str(one) for one in actions])
        yield f"AS BEFORE: actions beside figures that were changed since, number {number}. Look at what they say."
