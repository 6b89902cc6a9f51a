"""Whoever has an interest in a child is shut out of every alert about it, and who sees to it is told."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from practice_alerts.adapters.store.alerts import (
    current_state,
    directory_events,
    shut_out_rows,
)
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.casework.core import reserve
from practice_alerts.casework.core.actors import actor_in, holders
from practice_alerts.casework.core.loaded_alert import Known, load_each
from practice_alerts.casework.core.notice_facts import facts_about, notice_of
from practice_alerts.domain.acts.permissions import Act, Actor, Relation, relations
from practice_alerts.domain.alert.alert import Alert
from practice_alerts.domain.alert.destroyed import RECORDS_DESTROYED, RecordsDestroyed
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryEntry,
    interests,
)
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.procedure.directions import MANAGER, RESERVE
from practice_alerts.domain.seeing.interests import (
    DECLARED,
    ENDED,
    Interest,
    InterestDeclared,
    InterestEnded,
    rests_on,
    shut_out,
    whose,
)
from practice_alerts.office import Office

_HAS_TO_DO = frozenset(
    {
        *(Relation.RAISER, Relation.COVERS_RAISER, Relation.SECOND_PERSON),
        *(Relation.NAMED_TO_REVIEW, Relation.NAMED_TO_ESCALATE, Relation.NAMED_FOR_STEP),
        *(Relation.ASKED, Relation.COVERS_ASKED, Relation.DOES_STEP, Relation.COVERS_DOER),
    }
)
"""Who misses where they may not open it any more."""


def declared(tx: Tx, council: str) -> tuple[Interest, ...]:
    """Every interest that holds in this council."""
    every = directory_events.happened(tx, council, DECLARED)
    return interests(every, directory_events.happened(tx, council, ENDED) if every else ())


def with_interest(tx: Tx, council: str, answers: Mapping[str, Any]) -> frozenset[str]:
    """The ids of those with an interest in the child of whom a form says this."""
    return whose(declared(tx, council), answers)


def keep(tx: Tx, found: Known) -> bool:
    """Keep who is shut out of this alert, as it follows from what happened to it; is that another than before?"""
    return shut_out_rows.put(tx, found.id, out_of(tx, found))


def out_of(tx: Tx, found: Known) -> frozenset[str]:
    """The ids of those with an interest in the child of this alert."""
    return shut_out(declared(tx, found.files.id), found.alert)


def resting_on(tx: Tx, council: str, alert: Alert) -> tuple[int, ...]:
    """The numbers of the interests in its child, also of those that wait for a second person."""
    ended = directory_events.happened(tx, council, ENDED)
    over = {one.what.number for one in ended if isinstance(one.what, InterestEnded)}
    return tuple(
        one.number
        for one in directory_events.happened(tx, council, DECLARED)
        if isinstance(one.what, InterestDeclared)
        and one.number not in over
        and rests_on(one.what, one.number, alert)
    )


def follow(office: Office, tx: Tx, found: Known, new: Collection[str], by: str) -> None:
    """Take back what waits for those shut out anew; tell whoever can let another act or answer in their place."""
    outbox.take_back_from(tx, found.id, found.shut_out)
    if not found.alert.is_open or not any(_has_to_do(office, tx, found, who) for who in new):
        return
    about = facts_about(office, tx, found)
    for who in sorted({*_who_sees_to_it(office, tx, found)} - {by}):
        notice = notice_of(office, tx, found, "interest_declared", (who, about))
        outbox.write(tx, notice, office.now())
    reserve.tell_reserve(office, tx, found, by)


def _has_to_do(office: Office, tx: Tx, found: Known, who: str) -> bool:
    """Would it wait for them, or could they have acted, if they were not shut out?"""
    actor = actor_in(office, tx, who, found.files.id)
    actor = replace(actor, shut_out_of=actor.shut_out_of - {found.alert.reference})
    return bool(relations(actor, found.alert, found.named) & _HAS_TO_DO)


def _who_sees_to_it(office: Office, tx: Tx, found: Known) -> Iterator[str]:
    """Whoever may give it to another officer, or say who is asked in somebody's place."""
    alert, restriction = found.alert, found.alert.restriction
    able = {alert.officer.id, *holders(office, tx, found.files.id, (MANAGER, RESERVE))}
    able |= {one.id for one in directory.covered_by(tx, alert.officer.id, office.today)}
    able |= {*restriction.named_ids} if restriction else set()
    for who in able - {""}:
        actor = actor_in(office, tx, who, found.files.id)
        if found.may(actor, Act.HAND_ON) or found.may(actor, Act.MOVE_CASE):
            yield who


def _closed_to(office: Office, tx: Tx, by: Actor, references: Iterable[str]) -> frozenset[str]:
    """Those of these alerts of their council that are restricted, or locked apart, and not open to them."""
    shut = current_state.restricted_references(tx, by.council).intersection(references)
    if not shut:
        return frozenset()
    known_ones = load_each(office, tx, current_state.ids(tx, by.council, tuple(shut))).values()
    return frozenset(one.alert.reference for one in known_ones if not one.may(by, Act.SEE))


def lists_restricted(by: Actor, council: str) -> bool:
    """Do they see of a restricted record that it is there and when it is due? A command is nobody, and does."""
    acts = (OfficeAct.KEEP_RECORDS, OfficeAct.CONFIRM_DESTRUCTION)
    return not by.id or any(may_run(by, act, council) for act in acts)


def destroyed_closed_to(tx: Tx, by: Actor, council: str) -> frozenset[str]:
    """The references of those destroyed that were closed to them, by an interest that holds or a restriction."""
    theirs = {
        number
        for one in declared(tx, council)
        if one.what.person == by.id
        for number in (one.number, one.what.waited)
    }
    lists_all = lists_restricted(by, council)
    return frozenset(
        record.reference
        for one in directory_events.happened(tx, council, RECORDS_DESTROYED)
        if isinstance(one.what, RecordsDestroyed)
        for record in one.what.records
        if theirs.intersection(record.interests) or (record.is_restricted and not lists_all)
    )


def known_to(
    office: Office, tx: Tx, by: Actor, every: Iterable[DirectoryEntry]
) -> tuple[DirectoryEntry, ...]:
    """Of a record nothing for whoever keeps people alone, to whom it is closed, or who has an interest in its child.

    What is locked apart is put back, and what is due destroyed, by somebody to whom it is closed.
    """
    sees = may_run(by, OfficeAct.SEE_RECORDS, by.council)
    each = [(one, {record.reference for record in one.what.records}) for one in every]
    named = {reference for _, about in each for reference in about}
    closed = _closed_to(office, tx, by, named)
    out_of = by.shut_out_of | (destroyed_closed_to(tx, by, by.council) if named else frozenset())
    decides = {DirectoryChange.APART} | (
        {DirectoryChange.DESTRUCTION} if lists_restricted(by, by.council) else set()
    )

    def is_known(one: DirectoryEntry, about: set[str]) -> bool:
        is_theirs = one.waits and one.what.change in decides
        return sees and not about & (out_of | (frozenset() if is_theirs else closed))

    return tuple(one for one, about in each if not about or is_known(one, about))
