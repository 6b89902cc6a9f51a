"""One e-mail for whoever is asked on several alerts that were raised together: put together when it leaves."""

from collections.abc import Iterator
from dataclasses import replace

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.outbox import Waiting
from practice_alerts.casework.core.actors import actor_in
from practice_alerts.casework.core.loaded_alert import Known, linked_with
from practice_alerts.casework.core.notice_facts import (
    alert_page,
    asked_notice,
    facts_about,
    for_reader,
    wanted_beside,
)
from practice_alerts.domain.notices.texts import NoticeItem, Text
from practice_alerts.domain.notices.words_of_asking import WORDS
from practice_alerts.domain.seeing.families import linked_to
from practice_alerts.domain.standing.running_clocks import running_clocks
from practice_alerts.office import Office

ASKED = "asked"
"""Under which name all that asks somebody lies in the outbox."""


WaitingBeside = tuple[tuple[Waiting, Known], ...]
"""Other notices that wait, each with its alert."""


def waiting_beside(office: Office, tx: Tx, notice: Waiting, about: Known) -> WaitingBeside:
    """What else asks the same reader on alerts raised together with this one, and waits as it does: to be taken with it.

    What its reader can no longer open is left out, and is dropped when its own turn comes.
    """
    if notice.notice != ASKED or not linked_to(about.alert) or not about.alert.is_open:
        return ()
    reader = actor_in(office, tx, notice.person_id, about.files.id)
    others = linked_with(office, tx, about, reader)
    able = {one.id: one for one in others if one.alert.is_open}
    return tuple(
        (one, able[one.alert_id])
        for one in outbox.beside(tx, notice, able, office.now())
        if one.alert_id
    )


def in_one(office: Office, tx: Tx, person_id: str, alerts: tuple[Known, ...]) -> Text:
    """One text for these alerts, each with its day and its own page, in the order of their references."""
    in_order = sorted(alerts, key=lambda one: one.alert.reference)
    items = [_item(office, tx, person_id, one) for one in in_order]
    first = in_order[0]
    facts = for_reader(office, tx, facts_about(office, tx, first), person_id)
    listed = tuple(item for item, _ in items)
    is_cover = all(stands_in for _, stands_in in items)
    facts = replace(facts, listed=listed)
    return office.notices(first.files.id).write("asked_together", facts, cover=is_cover)


def _item(office: Office, tx: Tx, person_id: str, found: Known) -> tuple[NoticeItem, bool]:
    """A line of the list, and whether the reader stands in for somebody there."""
    clocks = running_clocks(found.alert, found.ladder, office.calendar(found.files.id, tx))
    notice = asked_notice(clocks)
    page, whose, stands_in = next(_pages(office, tx, person_id, found), ("", "", False))
    own = f"{office.settings.base_url}/respond/{page}"
    link = own if page else alert_page(office, found.alert.reference)
    if wanted := wanted_beside(found, clocks, whose, notice):
        return NoticeItem(found.alert.reference, "; ".join(wanted), None, link), stands_in
    return NoticeItem(found.alert.reference, WORDS[notice.name], notice.due, link), stands_in


def _pages(office: Office, tx: Tx, person_id: str, found: Known) -> Iterator[tuple[str, str, bool]]:
    """The reader's own page there and who they are, else that of somebody for whom they stand in."""
    here = {
        one.person_id: one.id for one in current_state.askings_of(tx, found.id) if one.is_present
    }
    if person_id in here:
        yield here[person_id], person_id, False
    for whose in sorted(directory.covers_for(tx, person_id, office.today)):
        if whose in here:
            yield here[whose], whose, True
