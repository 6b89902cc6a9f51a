"""Declaring an interest in a child, by oneself or for somebody; and withdrawing it, which takes two people.

Whatever there is about the child, nobody learns of it here: the answer is the same, and every alert of the
council is looked at each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from practice_alerts.adapters.store.alerts import current_state, event_store, shut_out_rows
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import shutting_out
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.core.loaded_alert import load
from practice_alerts.casework.directory import directory_acts
from practice_alerts.casework.records.reasons import must_name_nobody
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.alert import fold
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    entries,
)
from practice_alerts.domain.directory.office_permissions import (
    DirectoryAct,
    OfficeAct,
    may_run,
    must_be_another,
    must_have_proved,
    must_run,
)
from practice_alerts.domain.errors import BadAnswers, NotFound, NotPossible
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.seeing.interests import (
    DECLARED,
    Interest,
    InterestDeclared,
    InterestEnded,
    faults_of,
    rests_on,
    shut_out,
)
from practice_alerts.office import Office

_ASKED: Final = DirectoryChange.INTEREST_DECLARED
MOST_A_DAY: Final = 20
"""Of one person: each has every alert of the council looked at."""


@dataclass(frozen=True, slots=True)
class ChildMeant:
    """The child as somebody names them, and why they have an interest."""

    case_number: str = ""
    child: str = ""
    born: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredInterest:
    """One that holds. The child is in it for whoever declared it alone."""

    number: int
    name: str
    """Whose it is."""
    since: date
    by: str
    """Who entered it, by name; empty for themself."""
    waits: bool
    """Is it asked for that it is withdrawn?"""
    child: ChildMeant | None = None


def declare(office: Office, by: Actor, child: ChildMeant) -> None:
    """This person has an interest in the child, in each council where they hold a post, from now on.

    Raises BadAnswers, NotPossible.
    """
    said = _as_said(by.id, by.name, child)
    _must_be_right(office, said)
    with office.database.reading() as tx:
        councils = sorted(directory.councils_of(tx, by.id, office.today))
        seen = [_look_at_all(tx, council, said) for council in councils]
    with writing_as(office, by) as tx:
        for each in seen:
            _declare(office, tx, by, said, each)


def declare_for(office: Office, by: Actor, person_id: str, child: ChildMeant) -> tuple[str, bool]:
    """Somebody else of the council has; their name, and whether it waits. They are told.

    Of somebody who reviews, manages or audits alerts it holds once a second person has confirmed it: nobody alone
    shuts out whoever sees to it that an alert is followed up.

    Raises NotYours, ProveAgain, BadAnswers, NotFound, NotPossible.
    """
    must_run(by, OfficeAct.ENTER_INTEREST, by.council)
    must_be_another(by, person_id, OfficeAct.ENTER_INTEREST)
    must_have_proved(by, DirectoryAct.INTEREST_OF)
    said = _as_said(person_id, "", child)
    _must_be_right(office, said)
    with office.database.reading() as tx:
        seen = _look_at_all(tx, by.council, said)
    with writing_as(office, by) as tx:
        person = directory.person(tx, person_id)
        if person is None or by.council not in directory.councils_of(tx, person_id, office.today):
            raise NotFound("person with a post here")
        _must_be_unchallenged(office, tx, by)
        waits = _oversees(office, tx, by.council, person_id)
        said = said.model_copy(update={"name": person.name, "waits": waits})
        _declare(office, tx, by, said, seen)
    return person.name, waits


def _oversees(office: Office, tx: Tx, council: str, person_id: str) -> bool:
    """Does this person see to it, in any post, that alerts are raised, reviewed, followed up or looked through?"""
    held = {
        one.post
        for one in directory.posts_of(tx, person_id, office.today)
        if one.council == council
    }
    return bool(held & {*own_side_of(office.council(council).procedure), *OFFICE_POSTS})


def _must_be_unchallenged(office: Office, tx: Tx, by: Actor) -> None:
    """Whoever is asked by alerts shuts out nobody who reviews, audits or sees to them, in any post, and lets none in."""
    reviewing = own_side_of(office.council(by.council).procedure)
    directory_acts.must_be_unchallenged(office, tx, by, by.council, reviewing)


def _as_said(person: str, name: str, child: ChildMeant) -> InterestDeclared:
    return InterestDeclared(
        person=person,
        name=name,
        case_number=child.case_number.strip(),
        child=child.child.strip(),
        born=child.born,
        reason=child.reason.strip(),
    )


def _must_be_right(office: Office, what: InterestDeclared) -> None:
    if faults := faults_of(what, office.today):
        raise BadAnswers(faults)


@dataclass(frozen=True, slots=True)
class Looked:
    """Looked at before the writing: which alerts of the council are about the child, when so many events had happened."""

    council: str
    events: int
    about: frozenset[str]


def _look_at_all(tx: Tx, council: str, what: InterestDeclared) -> Looked:
    """Each of them, before anything is written: nobody else's writing waits for it."""
    events = event_store.head(tx)[0]
    return Looked(council, events, _about(tx, current_state.ids(tx, council), what))


def _about(tx: Tx, ids: Iterable[str], what: InterestDeclared) -> frozenset[str]:
    return frozenset(
        alert_id
        for some in event_store.in_turn(ids)
        for alert_id, happened in event_store.happened_to_each(tx, some).items()
        if rests_on(what, None, fold(happened))
    )


def _declare(office: Office, tx: Tx, by: Actor, what: InterestDeclared, seen: Looked) -> None:
    council = seen.council
    _must_be_few(office, tx, by, council)
    number = kept.append(tx, council, what, by.id, office.now())
    said = DirectoryChanged(
        change=DirectoryChange.INTEREST_DECLARED,
        person=what.person,
        name=what.name,
        since=office.today,
        interest=number if what.waits else None,
        waits=what.waits,
    )
    directory_acts.record(office, tx, by, (council,), said)
    if not what.waits:
        _shut_out(office, tx, by, what, seen)


def _must_be_few(office: Office, tx: Tx, by: Actor, council: str) -> None:
    today = (
        one
        for one in kept.happened(tx, council, DECLARED)
        if one.by == by.id and london_date(one.at) == office.today
    )
    if len(tuple(today)) >= MOST_A_DAY:
        raise NotPossible(
            f"You have entered {MOST_A_DAY} interests today, which is the most for one person. Enter the others"
            " tomorrow, or ask an administrator or the IRO manager to enter them."
        )


def _shut_out(office: Office, tx: Tx, by: Actor, what: InterestDeclared, seen: Looked) -> None:
    """Them alone, from every alert that is about the child; those that changed since it was looked at are read again."""
    here = current_state.ids(tx, seen.council)
    changed = {*event_store.alerts_changed_after(tx, seen.events)}
    again = _about(tx, [one for one in here if one in changed], what)
    for alert_id in (one for one in here if one in (seen.about - changed) | again):
        before = shut_out_rows.of_alert(tx, alert_id)
        if shut_out_rows.put(tx, alert_id, before | {what.person}):
            shutting_out.follow(office, tx, load(office, tx, alert_id), {what.person}, by.id)


def look_before(office: Office, council: str, number: int) -> Looked | None:
    """If this is an interest that waits for a second person: which alerts are about its child, before the writing."""
    with office.database.reading() as tx:
        waits = (one.what for one in entries(kept.happened(tx, council)) if one.number == number)
        changed = next((one for one in waits if one.change is _ASKED), None)
        what = _declared(tx, council, changed) if changed else None
        return _look_at_all(tx, council, what) if what else None


def _declared(tx: Tx, council: str, changed: DirectoryChanged) -> InterestDeclared | None:
    every = (one for one in kept.happened(tx, council, DECLARED) if one.number == changed.interest)
    what = next((one.what for one in every if isinstance(one.what, InterestDeclared)), None)
    return what.model_copy(update={"waited": changed.interest}) if what else None


def hold(office: Office, tx: Tx, by: Actor, changed: DirectoryChanged, seen: Looked | None) -> None:
    """It shuts out from now on; for whoever has made sure that two people say so."""
    what = _declared(tx, seen.council, changed) if seen else None
    if what is None or seen is None:
        raise NotFound("interest that is declared")
    _must_be_unchallenged(office, tx, by)
    what = what.model_copy(update={"waits": False})
    kept.append(tx, seen.council, what, by.id, office.now())
    _shut_out(office, tx, by, what, seen)


def _let_in(tx: Tx, council: str, person_id: str) -> None:
    """Into whatever they are shut out of, and no interest of theirs is about any more."""
    every = shutting_out.declared(tx, council)
    out_of = shut_out_rows.references(tx, person_id)
    for some in event_store.in_turn(current_state.ids(tx, council, out_of) if out_of else ()):
        for alert_id, happened in event_store.happened_to_each(tx, some).items():
            shut_out_rows.put(tx, alert_id, shut_out(every, fold(happened)))


def own(office: Office, by: Actor) -> tuple[DeclaredInterest, ...]:
    """This person's own in this council, with the child."""
    with office.database.reading() as tx:
        return _lines(tx, by.council, by.id)


def of_council(office: Office, by: Actor) -> tuple[DeclaredInterest, ...]:
    """Everybody's, without the child. Raises NotYours."""
    must_run(by, OfficeAct.ENTER_INTEREST, by.council)
    with office.database.reading() as tx:
        return _lines(tx, by.council, "")


def _lines(tx: Tx, council: str, person_id: str) -> tuple[DeclaredInterest, ...]:
    """Of one person with the child; of everybody without."""
    found = shutting_out.declared(tx, council)
    found = tuple(one for one in found if person_id in {"", one.what.person})
    names, waiting = directory.names(tx, {one.by for one in found}), _waiting(tx, council)
    return tuple(
        DeclaredInterest(
            one.number,
            one.what.name,
            one.at.date(),
            "" if one.by == one.what.person else names.get(one.by, ""),
            one.number in waiting,
            _child(one) if person_id else None,
        )
        for one in found
    )


def _child(one: Interest) -> ChildMeant:
    what = one.what
    return ChildMeant(what.case_number, what.child, what.born, what.reason)


def _waiting(tx: Tx, council: str) -> frozenset[int | None]:
    """The numbers of those of which it is asked that they are withdrawn."""
    every = entries(kept.happened(tx, council))
    return frozenset(one.what.interest for one in every if one.waits) - {None}


def ask_to_withdraw(
    office: Office, by: Actor, number: int, reason: str, *, names_nobody: bool = False
) -> None:
    """Ask that an interest no longer shuts out: their own, or for whoever may enter one, anybody's.

    It holds until the manager of the reviewing service has confirmed that it is withdrawn, who is neither the
    person concerned nor whoever asks. Raises NotFound, BadAnswers, NotPossible.
    """
    with writing_as(office, by) as tx:
        found = _interest(tx, by, number)
        must_name_nobody(office, reason, names_nobody=names_nobody)
        if number in _waiting(tx, by.council):
            raise NotPossible("It is asked for already, and waits for the IRO manager.")
        what = DirectoryChanged(
            change=DirectoryChange.INTEREST_WITHDRAWN,
            person=found.what.person,
            name=found.what.name,
            since=found.at.date(),
            interest=number,
            reason=reason.strip(),
            waits=True,
        )
        directory_acts.record(office, tx, by, (by.council,), what)


def _interest(tx: Tx, by: Actor, number: int) -> Interest:
    enters = may_run(by, OfficeAct.ENTER_INTEREST, by.council)
    every = (one for one in shutting_out.declared(tx, by.council) if one.number == number)
    found = next((one for one in every if enters or one.what.person == by.id), None)
    if found is None:
        raise NotFound("interest of yours with that number")
    return found


def end(office: Office, tx: Tx, by: Actor, council: str, what: DirectoryChanged) -> None:
    """It shuts out no longer; for whoever has made sure that two people say so."""
    if what.interest is None:
        raise NotFound("interest that is withdrawn")
    _must_be_unchallenged(office, tx, by)
    kept.append(tx, council, InterestEnded(number=what.interest), by.id, office.now())
    _let_in(tx, council, what.person)
