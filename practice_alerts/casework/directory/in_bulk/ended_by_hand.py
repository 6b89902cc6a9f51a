"""What was ended by hand stays ended, whatever a council's own system goes on saying."""

from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import scim_records
from practice_alerts.adapters.store.office.scim_records import ScimRecord
from practice_alerts.casework.core.actors import RUNS_COMMANDS
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    DirectoryEntry,
    entries,
)
from practice_alerts.domain.directory.people_difference import Planned
from practice_alerts.domain.directory.people_file import TitledPost
from practice_alerts.domain.directory.vacancies import HeldPost
from practice_alerts.office import Office

_Post = tuple[str, str]


def without(
    tx: Tx, said_before: ScimRecord, post: TitledPost, planned: tuple[Planned, ...]
) -> tuple[Planned, ...]:
    """But for giving the very post that the other system said before too, and that somebody has ended since.

    Once it has said the person without it, or somebody has given it by hand, it counts again.
    """
    same = (post.post, post.team.casefold())
    if same != (said_before.post, said_before.team.casefold()):
        return planned
    given = [one for one in planned if _gives(one.what, same)]
    if not given or not _is_ended(tx, said_before.council, given[0].what.person, same):
        return planned
    return tuple(one for one in planned if one not in given)


def is_said_elsewhere(office: Office, council: str, held: HeldPost) -> bool:
    """Does the council's own system say that they hold this post?"""
    with office.database.reading() as tx:
        found = scim_records.of_person(tx, council, held.person_id)
    theirs = {(one.post, one.team.casefold()) for one in found}
    return (held.post, held.team.casefold()) in theirs


def is_known_elsewhere(office: Office, council: str, person_id: str) -> bool:
    """Does the council's own system say that they work here?"""
    with office.database.reading() as tx:
        return bool(scim_records.of_person(tx, council, person_id))


def _gives(what: DirectoryChanged, post: _Post) -> bool:
    is_it = (what.post, what.team.casefold()) == post
    return what.change is DirectoryChange.POST_GIVEN and is_it


def _is_ended(tx: Tx, council: str, person_id: str, post: _Post) -> bool:
    """Was the last that was done about it that somebody ended it, or refused it?"""
    is_over = False
    for one in entries(kept.happened(tx, council)):
        what = one.what
        if what.person != person_id or (what.post, what.team.casefold()) != post or one.waits:
            continue
        if what.change is DirectoryChange.POST_ENDED:
            is_over = not what.by_system
        elif _gives(what, post):
            is_over = _is_refused_by_hand(one) or (is_over and not one.is_made)
    return is_over


def _is_refused_by_hand(one: DirectoryEntry) -> bool:
    """The other system takes back itself what it asks for no longer."""
    return one.ended is not None and not one.is_made and one.ended.by != RUNS_COMMANDS.id
