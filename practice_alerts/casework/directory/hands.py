"""How many people it takes to give a post, and to whom: one, two, or one alone because nobody else is there.

One hand alone puts no mailbox outside the council into any post, nor another one in the place of who has just left.
"""

from datetime import date, timedelta
from enum import StrEnum

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import PostHolding
from practice_alerts.casework.core.actors import challenged_posts, who_may_run
from practice_alerts.casework.directory.directory_acts import (
    reviewing_posts,
    waits_for_second,
)
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.directory.directory_acts import (
    CHANGED,
    DirectoryChange,
    entries,
)
from practice_alerts.domain.directory.mail_address import domain_of
from practice_alerts.domain.directory.office_permissions import OfficeAct, is_another_system
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.office import Office

_JUST = timedelta(days=1)
"""A program gets round nothing by waiting for midnight; a person who ends a post and fills it next day may."""
_ENDS = frozenset({DirectoryChange.LEFT, DirectoryChange.POST_ENDED})


class Hands(StrEnum):
    """Who has to have wanted it before it holds."""

    ONE = "one"
    TWO = "two"
    ALONE = "alone"
    """It would take two, and nobody else of the council may confirm anything yet."""


def to_give(office: Office, tx: Tx, by: Actor, what: PostHolding, mail: str = "") -> Hands:
    """For this post, given to this person: on a page, by a command, by another system alike.

    `mail`: where somebody reads who is not entered yet.
    """
    files = office.councils.get(what.council)
    of_service = own_side_of(files.procedure) if files else frozenset()
    able = who_may_run(office, tx, what.council, OfficeAct.CONFIRM) - {by.id, what.person_id}
    is_program = is_another_system(by)
    is_one_hand = bool(by.id) or is_program
    if is_one_hand and _takes_a_reviewer(office, tx, what):
        return Hands.TWO
    if is_one_hand and (able or is_program) and _is_doubtful(office, tx, by, what, mail):
        return Hands.TWO
    if is_program:
        return Hands.TWO if what.post in of_service | OFFICE_POSTS.keys() else Hands.ONE
    if what.post not in of_service:
        waits = waits_for_second(by, DirectoryChange.POST_GIVEN, what.post)
        return Hands.TWO if waits else Hands.ONE
    if able:
        return Hands.TWO
    return Hands.TWO if by.id and _had_reviewers(tx, what.council, of_service) else Hands.ALONE


def _takes_a_reviewer(office: Office, tx: Tx, what: PostHolding) -> bool:
    """Would somebody who reviews be one of those to whom alerts are sent, and so review none of these any more?"""
    files = office.councils.get(what.council)
    if files is None or what.post not in challenged_posts(files.procedure):
        return False
    held = directory.posts_to_come(tx, what.person_id, office.today)
    here = {one.post for one in held if one.council == what.council}
    return bool(here & reviewing_posts(files.procedure))


def _had_reviewers(tx: Tx, council: str, of_service: frozenset[str]) -> bool:
    """With the first one the set-up is over for good: ending every such post does not make anybody alone again."""
    return any(one.post in of_service for one in directory.holdings_of(tx, council))


def _is_doubtful(office: Office, tx: Tx, by: Actor, what: PostHolding, mail: str) -> bool:
    """Would alerts go to somebody of whom no second person knows? `mail` of whoever is not entered yet."""
    person = directory.person(tx, what.person_id)
    read_at = person.mail if person else mail
    since = office.today - _JUST if is_another_system(by) else office.today
    return bool(read_at) and (
        _is_outside(office, tx, what, read_at) or _takes_a_place(tx, since, what, read_at)
    )


def _is_outside(office: Office, tx: Tx, what: PostHolding, mail: str) -> bool:
    """Does the council's staff read elsewhere: as its single sign-on says, or whoever keeps its directory?"""
    provider = office.sign_ons.get(what.council)
    if provider and provider.sign_on.is_staff_address(mail):
        return False
    trusted = who_may_run(office, tx, what.council, OfficeAct.KEEP_DIRECTORY)
    known = {domain_of(one) for one in directory.mails(tx, trusted).values()}
    return domain_of(mail) not in known


def _takes_a_place(tx: Tx, since: date, what: PostHolding, mail: str) -> bool:
    """Is it somebody new, with another mailbox, in the post and team of whoever has just left it?"""
    left = {
        held.person_id
        for held in directory.holdings_of(tx, what.council)
        if (held.post, held.team.casefold()) == (what.post, what.team.casefold())
        and held.until is not None
        and since - _JUST <= held.until
        and not _reads_at(tx, held.person_id, mail)
    } - {what.person_id}
    if not left:  # so it nearly always is, and every change there ever was need not be read
        return False
    lately = [
        one.what
        for one in entries(kept.happened(tx, what.council, CHANGED))
        if london_date(one.at) >= since
    ]
    is_new = what.person_id == "" or any(
        one.change is DirectoryChange.ENTERED and one.person == what.person_id for one in lately
    )
    return is_new and any(one.change in _ENDS and one.person in left for one in lately)


def _reads_at(tx: Tx, person_id: str, mail: str) -> bool:
    person = directory.person(tx, person_id)
    return person is not None and person.mail.lower() == mail.lower()
