"""How many people it takes to give a post: one, two, or one alone because nobody else is there."""

from enum import StrEnum

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.casework.core.actors import who_may_run
from practice_alerts.casework.directory.directory_acts import (
    challenged_posts,
    reviewing_posts,
    waits_for_second,
)
from practice_alerts.domain.acts.acts import own_side_of
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import DirectoryChange
from practice_alerts.domain.directory.office_permissions import OfficeAct, is_another_system
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.office import Office


class Hands(StrEnum):
    """Who has to have wanted it before it holds."""

    ONE = "one"
    TWO = "two"
    ALONE = "alone"
    """It would take two, and nobody else of the council may confirm anything yet."""


def to_give(office: Office, tx: Tx, by: Actor, what: tuple[str, str], to: str = "") -> Hands:
    """For this council and post, given to somebody by id: on a page, by a command, by another system alike."""
    council, post = what
    files = office.councils.get(council)
    of_service = own_side_of(files.procedure) if files else frozenset()
    if (by.id or is_another_system(by)) and _takes_a_reviewer(office, tx, what, to):
        return Hands.TWO
    if is_another_system(by):
        alone = post not in of_service | OFFICE_POSTS.keys() and _has_known_address(
            office, tx, council, to
        )
        return Hands.ONE if alone else Hands.TWO
    if post not in of_service:
        waits = waits_for_second(by, DirectoryChange.POST_GIVEN, post)
        return Hands.TWO if waits else Hands.ONE
    if who_may_run(office, tx, council, OfficeAct.CONFIRM) - {by.id, to}:
        return Hands.TWO
    return Hands.TWO if by.id and _had_reviewers(tx, council, of_service) else Hands.ALONE


def _has_known_address(office: Office, tx: Tx, council: str, to: str) -> bool:
    """Is the mailbox at a domain at which the council's staff have theirs? Whoever has a token could name any other."""
    person, provider = directory.person(tx, to), office.sign_ons.get(council)
    domain = person.mail.rpartition("@")[2].lower() if person else ""
    given = provider.sign_on.staff_domains if provider else ()
    trusted = who_may_run(office, tx, council, OfficeAct.KEEP_DIRECTORY)
    known = {
        one.mail.rpartition("@")[2].lower()
        for one in directory.everybody(tx, council)
        if one.id in trusted
    }
    return domain in {*known, *given}


def _takes_a_reviewer(office: Office, tx: Tx, what: tuple[str, str], to: str) -> bool:
    """Would somebody who reviews be one of those to whom alerts are sent, and so review none of these any more?"""
    council, post = what
    files = office.councils.get(council)
    if files is None or not to or post not in challenged_posts(files.procedure):
        return False
    held = directory.posts_to_come(tx, to, office.today)
    here = {one.post for one in held if one.council == council}
    return bool(here & reviewing_posts(files.procedure))


def _had_reviewers(tx: Tx, council: str, of_service: frozenset[str]) -> bool:
    """With the first one the set-up is over for good: ending every such post does not make anybody alone again."""
    return any(one.post in of_service for one in directory.holdings_of(tx, council))
