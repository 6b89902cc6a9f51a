"""Reminding to look again: whether a restriction is needed, and what is different for the child since it was closed."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from practice_alerts.adapters.store.alerts import current_state, reminder_candidates
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.notice_facts import facts_about, for_reader, notice_of
from practice_alerts.domain.acts.permissions import Act
from practice_alerts.domain.notices.of_restrictions import restriction_due
from practice_alerts.domain.notices.texts import NoticeFacts, Text
from practice_alerts.domain.standing.status import look_again
from practice_alerts.office import Office

Named = tuple[str, NewNotice]
_CHANGE = "change_look_again"


def remind_of_restrictions(office: Office) -> int:
    """Write what is due today and was not written yet, to those named and to no cover; how many."""
    return _written_once(office, _restrictions)


def remind_of_changes(office: Office) -> int:
    """The same of closed alerts with what is different for the child not known yet: to the officer, or their cover."""
    return _written_once(office, _changes)


def _written_once(office: Office, named: Callable[[Office, Tx], Iterator[Named]]) -> int:
    with office.database.reading() as tx:
        due = tuple(named(office, tx))
        before = outbox.written(tx, (once for once, _ in due))
    left = [(once, notice) for once, notice in due if once not in before]
    if not left:
        return 0
    with office.database.writing() as tx:
        return sum(outbox.write_once(tx, notice, once, office.now()) for once, notice in left)


def _changes(office: Office, tx: Tx) -> Iterator[Named]:
    for council in office.councils:
        if not office.calendar(council, tx).is_working(office.today):
            continue
        due = current_state.to_look_at_again(tx, council, office.today)
        for name, known in load_each(office, tx, due).items():
            day = look_again(known.alert)
            if day is None:
                continue
            about = replace(facts_about(office, tx, known), due=day)
            week = (office.today - day).days // 7
            for reader, text in to_each_reader(
                office, tx, known, known.alert.officer.id, (_CHANGE, about)
            ):
                new = NewNotice(reader, _CHANGE, text.subject, text.body, name)
                yield f"{_CHANGE}:{name}:{day}:{week}:{reader}", new


def to_each_reader(
    office: Office, tx: Tx, known: Known, person_id: str, reminder: tuple[str, NoticeFacts]
) -> Iterator[tuple[str, Text]]:
    """What reminds somebody, or whoever is written to in their place, as far as they may open the alert."""
    council, (notice, facts) = known.files.id, reminder
    for reader, covers in reminder_candidates.readers(tx, [person_id], office.today).items():
        if known.may(actor_in(office, tx, reader, council), Act.SEE):
            theirs = for_reader(office, tx, facts, reader)
            yield reader, office.notices(council).write(notice, theirs, cover=covers)


def _restrictions(office: Office, tx: Tx) -> Iterator[Named]:
    for council in office.councils:
        calendar = office.calendar(council, tx)
        found = load_each(office, tx, current_state.restricted_ids(tx, council))
        for name, known in found.items():
            about = facts_about(office, tx, known)
            for one in restriction_due(known.alert, office.today, calendar):
                for person in {person.id: person for person in one.people}.values():
                    if person.id in known.shut_out:
                        continue
                    to = (person.id, replace(about, due=one.day))
                    new = notice_of(office, tx, known, one.notice, to)
                    yield f"{one.notice}:{name}:{one.day}:{one.week}:{person.id}", new
