"""Reminding of alerts that are restricted: to confirm it, and to look again whether it is needed."""

from collections.abc import Iterator
from dataclasses import replace

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import outbox
from practice_alerts.adapters.store.office.outbox import NewNotice
from practice_alerts.casework.core.loaded_alert import load_each
from practice_alerts.casework.core.notice_facts import facts_about, for_reader
from practice_alerts.domain.notices.of_restrictions import restriction_due
from practice_alerts.office import Office

Named = tuple[str, NewNotice]


def remind_of_restrictions(office: Office) -> int:
    """Write what is due today and was not written yet, to those named and to no cover; how many."""
    with office.database.reading() as tx:
        due = tuple(_due(office, tx))
        before = outbox.written(tx, (once for once, _ in due))
    left = [(once, notice) for once, notice in due if once not in before]
    if not left:
        return 0
    with office.database.writing() as tx:
        return sum(outbox.write_once(tx, notice, once, office.now()) for once, notice in left)


def _due(office: Office, tx: Tx) -> Iterator[Named]:
    for council in office.councils:
        calendar = office.calendar(council, tx)
        found = load_each(office, tx, current_state.restricted_ids(tx, council))
        for name, known in found.items():
            about = facts_about(office, tx, known)
            for one in restriction_due(known.alert, office.today, calendar):
                for person in {person.id: person for person in one.people}.values():
                    if person.id in known.shut_out:
                        continue
                    facts = for_reader(office, tx, replace(about, due=one.day), person.id)
                    text = office.notices(council).write(one.notice, facts)
                    new = NewNotice(person.id, one.notice, text.subject, text.body, name)
                    yield f"{one.notice}:{name}:{one.day}:{one.week}:{person.id}", new
