"""Every act on the directory is recorded in the chain, and told to the person concerned and to who keeps it."""

from collections.abc import Collection, Iterable
from typing import Final

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, outbox
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.core.actors import (
    actor_in,
    must_not_answer,
    runs_commands,
    who_may_run,
)
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.notice_facts import facts_about, notice_of
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.directory.directory_acts import (
    OF_RECORDS,
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
    DirectoryEvent,
    needs_second,
)
from practice_alerts.domain.directory.office_permissions import (
    EVERY_COUNCIL,
    OfficeAct,
    act_for,
    act_to_confirm,
    is_another_system,
    may_run,
    must_run,
)
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.notices.texts import NoticeFacts
from practice_alerts.domain.procedure.directions import RESERVE
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.office import Office

_REACHES_ALL = frozenset(
    {DirectoryChange.READDRESSED, DirectoryChange.LEFT, DirectoryChange.ACCOUNT_UNLINKED}
)
"""What reaches somebody in every council they work in."""
_WHO_IS_THERE = "who works in the reviewing service and runs this office, and who stands in there"


def record(
    office: Office,
    tx: Tx,
    by: Actor,
    councils: Iterable[str],
    what: DirectoryChanged,
    *,
    is_one_of_many: bool = False,
) -> None:
    """Put the change in the chain of each council it is of, and tell whom it concerns.

    Of one of many, who keeps the directory hears once for all: `tell_of_many`.
    """
    councils = tuple(councils)
    if not by.id:
        token = by.token if is_another_system(by) else ""
        said = {"by": by.name, "by_system": is_another_system(by), "token": token}
        what = what.model_copy(update=said)
    for council in councils:
        add(office, tx, by, council, what)
    tell(office, tx, what, but_for=by.id)
    for council in () if is_one_of_many else councils:
        _tell_keepers(office, tx, by, council, what)


def kept_in(office: Office, tx: Tx, by: Actor, person_id: str) -> tuple[str, ...]:
    """In whose directories a change to this person is kept: the own one, or those of wherever they hold a post."""
    if by.council != EVERY_COUNCIL:
        return (by.council,)
    return tuple(sorted(directory.councils_of(tx, person_id, office.today))) or ("",)


def tell_of_many(office: Office, tx: Tx, councils: Iterable[str]) -> None:
    """Who keeps these directories: that a command has made changes which on a page take two people."""
    found = (_keepers(office, tx, council) for council in councils)
    for person in sorted(frozenset().union(*found)):
        _write(office, tx, person, "directory_by_command")


def add(office: Office, tx: Tx, by: Actor, council: str, event: DirectoryEvent) -> None:
    kept.append(tx, council, event, by.id or runs_commands(tx, office.now()), office.now())


def waits_for_second(by: Actor, change: DirectoryChange, post: str = "") -> bool:
    """Is it made only once somebody else has confirmed it? Commands make it at once, and it is told of."""
    return (bool(by.id) or is_another_system(by)) and needs_second(change, post)


def must_be_unchallenged(
    office: Office, tx: Tx, by: Actor, council: str, posts: Collection[str]
) -> None:
    """Whoever alerts are sent to, or has one to answer, says nothing of who reviews, manages or audits.

    `posts`: what is touched, and whatever whoever it is about holds besides. Raises NotPossible.
    """
    files = office.councils.get(council)
    if files is not None and (own_side_of(files.procedure) | OFFICE_POSTS.keys()) & set(posts):
        must_not_answer(office, tx, by, council, _WHO_IS_THERE)


def must_still_keep(office: Office, tx: Tx, by: Actor, asked: DirectoryEntry) -> None:
    """The same when it is confirmed, by whoever asked or confirms: posts may be others by now. Raises NotYours, NotPossible."""
    person = directory.person(tx, asked.what.person)
    if person is None or asked.what.change not in _REACHES_ALL:
        return
    held = directory.posts_to_come(tx, person.id, office.today)
    must_be_here_alone(person, {one.council for one in held} - {by.council})
    act = act_for({one.post for one in held}, OFFICE_POSTS.keys())
    if not (asked.what.by or may_run(actor_in(office, tx, asked.by, by.council), act, by.council)):
        must_run(by, act, by.council)


def must_be_here_alone(person: DirectoryPerson, elsewhere: Collection[str]) -> None:
    """What reaches somebody wherever they work is done here to nobody who works elsewhere too. Raises NotPossible."""
    if elsewhere:
        raise NotPossible(
            f"{person.name} holds posts in other councils too, where this directory does not reach."
            " End their posts here, and leave the rest to whoever runs the commands."
        )


def reviewing_posts(procedure: Procedure) -> frozenset[str]:
    """The posts that review what the others answer, and the one that manages the service in reserve."""
    return own_side_of(procedure) | {RESERVE}


def posts_about(office: Office, tx: Tx, person_id: str) -> frozenset[str]:
    """The posts that somebody holds or is to hold; of whoever has none left, those they had."""
    held = directory.posts_to_come(tx, person_id, office.today)
    return frozenset(one.post for one in held or directory.posts_ever(tx, person_id))


def tell(
    office: Office, tx: Tx, what: DirectoryChanged, but_for: str = "", old_mail: str = ""
) -> None:
    """Tell the person concerned, and who stands in for them; at the address they had as well."""
    if what.change is DirectoryChange.LEFT:
        return  # nothing is sent to whoever has left
    name = "directory_asked" if what.waits else "directory_changed"
    own, theirs = what.change.words, what.change.words_for_stand_in
    for person, words in ((what.person, own), (what.stand_in, theirs)):
        if person and person != but_for:
            _write(office, tx, person, name, change=words)
    if old_mail:
        _write(office, tx, what.person, name, change=own, mail=old_mail)


def _tell_keepers(office: Office, tx: Tx, by: Actor, council: str, what: DirectoryChanged) -> None:
    """Those who may confirm what waits; and who keeps the directory, of what a command has done alone."""
    name = "directory_waits" if what.waits else "directory_by_command"
    if what.waits or (not by.id and needs_second(what.change, what.post)):
        able = who_may_run(office, tx, council, act_to_confirm(what.change))
        page = "records" if what.change in OF_RECORDS else ""
        for person in able - {by.id, what.person}:
            _write(office, tx, person, name, page=page)


ACCURACY: Final = "accuracy"
"""What tells that somebody disagrees with a record, or disputes it."""


def tell_who_has_it(office: Office, tx: Tx, by: Actor, every: Iterable[Known], notice: str) -> None:
    """The officer of each record, and who stands in for them, what is said of it; of its accuracy the IRO managers too."""
    reviews = who_may_run(office, tx, by.council, OfficeAct.CONFIRM_DESTRUCTION)
    others = reviews if notice == ACCURACY else frozenset()
    for found in every:
        about, officer = facts_about(office, tx, found), found.alert.officer.id
        covers = (one.id for one in directory.covered_by(tx, officer, office.today))
        for who in sorted({officer, *covers, *others} - {by.id}):
            if found.may(actor_in(office, tx, who, found.files.id), Act.SEE):
                new = notice_of(office, tx, found, notice, (who, about))
                outbox.write(tx, new, office.now())


def _keepers(office: Office, tx: Tx, council: str) -> frozenset[str]:
    return who_may_run(office, tx, council, OfficeAct.CONFIRM)


def _write(
    office: Office,
    tx: Tx,
    person_id: str,
    name: str,
    *,
    change: str = "",
    mail: str = "",
    page: str = "",
) -> None:
    of_keepers = name in {"directory_waits", "directory_by_command"}
    page = page or ("directory?part=record" if of_keepers else "settings")
    facts = NoticeFacts(link=f"{office.settings.base_url}/app/{page}", change=change)
    text = office.notices().write(name, facts)
    new = outbox.NewNotice(person_id, name, text.subject, text.body, mail=mail or None)
    outbox.write(tx, new, office.now())
