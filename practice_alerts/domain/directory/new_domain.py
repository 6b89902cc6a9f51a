"""Everybody of a council gets their mail at another domain."""

from collections.abc import Sequence

from practice_alerts.domain.directory.directory_acts import DirectoryChange, DirectoryChanged
from practice_alerts.domain.directory.mail_address import domain_of
from practice_alerts.domain.directory.people_difference import DirectoryMember, Planned
from practice_alerts.domain.errors import NotPossible


def at_new_domain(everybody: Sequence[DirectoryMember], old: str, new: str) -> tuple[Planned, ...]:
    """Of everybody in the directory; those with a post in the council change. Raises NotPossible, naming addresses."""
    meant = [one for one in everybody if one.posts and domain_of(one.mail) == old.lower()]
    if not meant:
        raise NotPossible(f"Nobody of this council has an address at {old}.")
    others = {one.mail.lower() for one in everybody} - {one.mail.lower() for one in meant}
    after = {one.id: f"{one.mail.rpartition('@')[0]}@{new}" for one in meant}
    if taken := [mail for mail in after.values() if mail.lower() in others]:
        raise NotPossible(f"Somebody else has these already: {', '.join(sorted(taken))}.")
    return tuple(
        Planned(
            DirectoryChanged(
                change=DirectoryChange.READDRESSED,
                person=one.id,
                name=one.name,
                before=one.mail,
                after=after[one.id],
            )
        )
        for one in meant
    )
