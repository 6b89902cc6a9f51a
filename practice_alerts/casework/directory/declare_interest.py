"""Declaring an interest in a child, by oneself or for somebody; and withdrawing it, which takes two people.

Whatever there is about the child, nobody learns of it here: the answer is the same, and every alert of the
council is looked at each time.
"""

from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store.alerts import current_state, event_store, shut_out_rows
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core import shutting_out
from practice_alerts.casework.core.loaded_alert import load
from practice_alerts.casework.directory import directory_acts
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.alert import fold
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
    whose,
)
from practice_alerts.office import Office


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
    with office.database.writing() as tx:
        for council in sorted(directory.councils_of(tx, by.id, office.today)):
            _declare(office, tx, by, council, _as_said(by.id, by.name, child))


def declare_for(office: Office, by: Actor, person_id: str, child: ChildMeant) -> tuple[str, bool]:
    """Somebody else of the council has; their name, and whether it waits. They are told.

    Of somebody who reviews, manages or audits alerts it holds once a second person has confirmed it: nobody alone
    shuts out whoever sees to it that an alert is followed up.

    Raises NotYours, ProveAgain, BadAnswers, NotFound, NotPossible.
    """
    must_run(by, OfficeAct.ENTER_INTEREST, by.council)
    must_be_another(by, person_id, OfficeAct.ENTER_INTEREST)
    must_have_proved(by, DirectoryAct.INTEREST_OF)
    with office.database.writing() as tx:
        person = directory.person(tx, person_id)
        if person is None or by.council not in directory.councils_of(tx, person_id, office.today):
            raise NotFound("person with a post here")
        _must_be_unchallenged(office, tx, by)
        waits = _oversees(office, tx, by.council, person_id)
        said = _as_said(person.id, person.name, child).model_copy(update={"waits": waits})
        _declare(office, tx, by, by.council, said)
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


def _declare(office: Office, tx: Tx, by: Actor, council: str, what: InterestDeclared) -> None:
    if faults := faults_of(what, office.today):
        raise BadAnswers(faults)
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
        _shut_out_anew(office, tx, council, by.id)


def hold(office: Office, tx: Tx, by: Actor, council: str, changed: DirectoryChanged) -> None:
    """It shuts out from now on; for whoever has made sure that two people say so."""
    every = (one for one in kept.happened(tx, council, DECLARED) if one.number == changed.interest)
    what = next((one.what for one in every if isinstance(one.what, InterestDeclared)), None)
    if what is None:
        raise NotFound("interest that is declared")
    _must_be_unchallenged(office, tx, by)
    kept.append(tx, council, what.model_copy(update={"waits": False}), by.id, office.now())
    _shut_out_anew(office, tx, council, by.id)


def _shut_out_anew(office: Office, tx: Tx, council: str, by: str) -> None:
    """Who is shut out of each alert of the council, by what is declared now."""
    every = shutting_out.declared(tx, council)
    for some in event_store.in_turn(current_state.ids(tx, council)):
        out = shut_out_rows.of_each(tx, some)
        for alert_id, happened in event_store.happened_to_each(tx, some).items():
            now, before = whose(every, fold(happened).answers), out.get(alert_id, frozenset())
            if now != before:
                shut_out_rows.put(tx, alert_id, now)
                shutting_out.follow(office, tx, load(office, tx, alert_id), now - before, by)


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


def ask_to_withdraw(office: Office, by: Actor, number: int, reason: str) -> None:
    """Ask that an interest no longer shuts out: their own, or for whoever may enter one, anybody's.

    It holds until the manager of the reviewing service has confirmed that it is withdrawn, who is neither the
    person concerned nor whoever asks. Raises NotFound, BadAnswers, NotPossible.
    """
    with office.database.writing() as tx:
        found = _interest(tx, by, number)
        if not reason.strip():
            raise BadAnswers({"reason": "Why: say what has changed, in a sentence without names."})
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
    _shut_out_anew(office, tx, council, by.id)
