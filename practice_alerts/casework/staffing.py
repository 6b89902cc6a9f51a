"""Who works here: people, the posts they hold, and who stands in for whom."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store import directory
from practice_alerts.adapters.store.database import Tx
from practice_alerts.adapters.store.directory import DirectoryPerson, Holding
from practice_alerts.adapters.store.moments import stamp
from practice_alerts.casework.people import OFFICE_POSTS, title_of
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.faults import nearest
from practice_alerts.domain.form_check import control_characters
from practice_alerts.office import Office

_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]+@[^@\s<>,;:\"()\[\]\\]+")
_LONGEST = 254  # characters of a mail address, and more than enough for a name


@dataclass(frozen=True, slots=True)
class Post:
    """A post somebody is to hold. `post` is a role of the procedure, or one of running the office."""

    council: str
    post: str
    team: str = ""
    since: date | None = None
    """Today where none is given."""
    until: date | None = None
    """The last day; None: until further notice."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in the directory as of today. `titles` are the posts in words."""

    person: DirectoryPerson
    posts: tuple[Holding, ...]
    titles: tuple[str, ...]
    stands_in_for: tuple[str, ...]


def add(office: Office, name: str, mail: str, post: Post) -> DirectoryPerson:
    """Enter somebody with their first post. Raises NotPossible, also among sample people."""
    _must_be_name(name)
    _must_be_address(mail)
    _must_be_post(office, post)
    with office.database.writing() as tx:
        if directory.anybody(tx, sample=True):
            raise NotPossible(
                "This data folder holds the sample office, where no real person belongs."
                " Choose another folder with --data."
            )
        if found := directory.by_mail(tx, mail):
            raise NotPossible(
                f"{mail.strip()} is {found[0].name}'s already. Give them a further post instead."
            )
        person = DirectoryPerson(secrets.token_hex(6), name.strip(), mail.strip())
        directory.add_person(tx, person, (), office.today)
        _give(office, tx, person, post)
    return person


def give_post(office: Office, who: str, post: Post) -> DirectoryPerson:
    """Give somebody a further post. Raises NotPossible."""
    _must_be_post(office, post)
    with office.database.writing() as tx:
        person = find(tx, who)
        _give(office, tx, person, post)
    return person


def leave(office: Office, who: str) -> DirectoryPerson:
    """From now on they cannot sign in, their sessions end, and their posts are empty."""
    with office.database.writing() as tx:
        person = find(tx, who)
        directory.remove_person(tx, person.id, stamp(office.now()))
    office.sign_in.revoke_person(person.id)
    return person


def cover(
    office: Office, away: str, stands_in: str, since: date | None, until: date
) -> tuple[DirectoryPerson, DirectoryPerson]:
    """Let somebody stand in until a last day. A clock does not stop because somebody is away."""
    first = since or office.today
    with office.database.writing() as tx:
        absent, present = find(tx, away), find(tx, stands_in)
        if absent.id == present.id:
            raise NotPossible(f"{absent.name} cannot stand in for themselves. Name somebody else.")
        if until < first:
            raise NotPossible(_ends_before(until, first))
        directory.add_cover(tx, absent.id, present.id, first, until)
    return absent, present


def everybody(office: Office) -> tuple[Listed, ...]:
    """Everybody who has not left, by name."""
    with office.database.reading() as tx:
        return tuple(_listed(office, tx, person) for person in directory.everybody(tx))


def find(tx: Tx, who: str) -> DirectoryPerson:
    """Somebody who has not left, by mail address or id. Raises NotPossible."""
    people = directory.everybody(tx)
    same = who.strip().lower()
    found = [one for one in people if one.id == who or one.mail.lower() == same]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.id for one in found)
        raise NotPossible(f"{who} is the address of several people. Name one by id: {ids}.")
    hint = nearest(same, [one.mail.lower() for one in people] + [one.id for one in people])
    also = f" ({hint})" if hint else ""
    raise NotPossible(
        f"Nobody in the directory has the address or id {who}{also}."
        " practice-alerts people list shows everybody."
    )


def _listed(office: Office, tx: Tx, person: DirectoryPerson) -> Listed:
    posts = directory.posts_of(tx, person.id, office.today)
    away = (directory.person(tx, one) for one in directory.covers_for(tx, person.id, office.today))
    names = sorted(one.name for one in away if one is not None)
    return Listed(person, posts, tuple(title(office, post) for post in posts), tuple(names))


def title(office: Office, holding: Holding | Post) -> str:
    """The post in words, its team with it."""
    files = office.councils.get(holding.council)
    if files is None or holding.post not in {*OFFICE_POSTS, *files.procedure.roles}:
        return holding.post  # a council or a post that the files no longer have
    words = title_of(files.procedure, holding.post)
    return f"{words} ({holding.team})" if holding.team else words


def _give(office: Office, tx: Tx, person: DirectoryPerson, post: Post) -> None:
    since = post.since or office.today
    if post.until is not None and post.until < since:
        raise NotPossible(_ends_before(post.until, since))
    holding = Holding(person.id, post.council, post.post, post.team.strip())
    directory.give_post(tx, holding, since, post.until)


def _ends_before(until: date, since: date) -> str:
    return f"The last day, {in_full(until)}, comes before the first, {in_full(since)}."


def _must_be_name(name: str) -> None:
    if not name.strip() or control_characters(name) or len(name) > _LONGEST:
        raise NotPossible("A name is needed, as it is to be printed in documents and letters.")


def _must_be_address(mail: str) -> None:
    if not _ADDRESS.fullmatch(mail.strip()) or control_characters(mail) or len(mail) > _LONGEST:
        raise NotPossible(f'"{mail}" is no mail address. Write it as name@council.example.')


def _must_be_post(office: Office, post: Post) -> None:
    if post.council not in office.councils:
        known = sorted(office.councils)
        raise NotPossible(
            f'There is no council "{post.council}" here. There are: {", ".join(known)}.'
        )
    posts = {*OFFICE_POSTS, *office.councils[post.council].procedure.roles}
    if post.post not in posts:
        hint = nearest(post.post, sorted(posts))
        also = f" ({hint})" if hint else ""
        raise NotPossible(
            f'{post.council} has no post "{post.post}"{also}. The posts of its procedure.yml'
            f" are meant, and {', '.join(OFFICE_POSTS)}."
        )
