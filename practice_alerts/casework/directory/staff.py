"""Who works here: entering somebody, mending their name and address, and letting them go."""

import secrets
from dataclasses import dataclass, replace

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson, PostHolding, Unfinished
from practice_alerts.casework.core.actors import writing_as
from practice_alerts.casework.directory import post_holders
from practice_alerts.casework.directory.directory_acts import (
    kept_in,
    must_be_here_alone,
    must_be_unchallenged,
    posts_about,
    record,
    tell,
    waits_for_second,
)
from practice_alerts.casework.directory.post_holders import PostGiven, council_of, title
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import DirectoryChange, DirectoryChanged
from practice_alerts.domain.directory.mail_address import is_address, tidied, why_none
from practice_alerts.domain.directory.office_permissions import (
    EVERY_COUNCIL,
    DirectoryAct,
    OfficeAct,
    act_for,
    must_be_another,
    must_have_proved,
    must_run,
)
from practice_alerts.domain.errors import BadAnswers, NotPossible
from practice_alerts.domain.files.faults import nearest
from practice_alerts.domain.forms.validation import Faults
from practice_alerts.domain.procedure.posts import OFFICE_POSTS
from practice_alerts.domain.text import is_no_name
from practice_alerts.office import Office

_LONGEST = 254  # characters of a name, and more than enough


@dataclass(frozen=True, slots=True)
class StaffLine:
    """Somebody in the directory as of today. `titles` are the posts in words."""

    person: DirectoryPerson
    posts: tuple[PostHolding, ...]
    titles: tuple[str, ...]
    stands_in_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who has left, and what still stands in their name."""

    person: DirectoryPerson
    unfinished: Unfinished


def add(
    office: Office, by: Actor, name: str, mail: str, post: PostGiven, *, reason: str = ""
) -> DirectoryPerson:
    """Enter somebody with their first post. Raises BadAnswers, NotYours; NotPossible among sample people."""
    post_holders.must_give(by, post, DirectoryAct.ADD_PERSON)
    mail = tidied(mail)
    faults = faults_of(name, mail) | post_holders.faults_of(office, post)
    if faults:
        raise BadAnswers(faults)
    with writing_as(office, by) as tx:
        must_not_be_sample(office, tx)
        _must_be_free(tx, by, mail)
        known_as = (new_id(), name.strip(), mail)
        person = DirectoryPerson(*known_as, office.settings.sample)
        write_entered(office, tx, by, post.council, person, reason=reason)
        post_holders.enter(office, tx, by, person, post, reason=reason)
    return person


def must_not_be_sample(office: Office, tx: Tx) -> None:
    """Raises NotPossible among sample people."""
    if directory.anybody(tx, sample=True) and not office.settings.sample:
        raise NotPossible(
            "This data folder holds the sample office, where no real person belongs."
            " Choose another folder with --data."
        )


def new_id() -> str:
    return secrets.token_hex(6)


def write_entered(
    office: Office, tx: Tx, by: Actor, council: str, person: DirectoryPerson, *, reason: str = ""
) -> None:
    """It has been looked at."""
    directory.add_person(tx, person, (), office.today)
    what = DirectoryChanged(
        change=DirectoryChange.ENTERED,
        person=person.id,
        name=person.name,
        after=person.mail,
        reason=reason,
    )
    record(office, tx, by, (council,), what)


def change(
    office: Office, by: Actor, who: str, name: str, mail: str, *, reason: str = ""
) -> DirectoryPerson:
    """Mend somebody's name, and ask for another address, which somebody else has to confirm.

    Once it is the address, every session of theirs ends; commands change it at once. What was done stays
    under the name of that day. The person as they stand now. Raises BadAnswers, NotYours, NotPossible.
    """
    with writing_as(office, by) as tx:
        before = find(tx, who, council_of(by))
        must_keep(office, tx, by, before, DirectoryAct.CHANGE_PERSON)
        must_be_another(by, before.id, OfficeAct.KEEP_DIRECTORY)
        is_same = mail.strip() == before.mail  # entered when more passed for an address
        mail = before.mail if is_same else tidied(mail)
        if faults := faults_of(name, None if is_same else mail):
            raise BadAnswers(faults)
        _must_be_free(tx, by, mail, but_for=before.id)
        councils = kept_in(office, tx, by, before.id)
        after = before
        if name.strip() != before.name:
            after = write_renamed(
                office, tx, by, before, name.strip(), councils=councils, reason=reason
            )
        if mail != before.mail:
            mails = (before.mail, mail)
            what = _other(DirectoryChange.READDRESSED, after, mails, reason)
            after = write_readdressed(office, tx, by, after, what, councils=councils)
    if after.mail != before.mail:  # whoever reads the old address is perhaps somebody else
        office.sign_in.revoke_person(after.id)
    return after


def write_renamed(
    office: Office,
    tx: Tx,
    by: Actor,
    person: DirectoryPerson,
    name: str,
    *,
    councils: tuple[str, ...],
    reason: str = "",
) -> DirectoryPerson:
    """It has been looked at. The person as they are called now."""
    directory.change_person(tx, person.id, name, person.mail)
    what = _other(DirectoryChange.RENAMED, person, (person.name, name), reason)
    record(office, tx, by, councils, what)
    return replace(person, name=name)


def write_readdressed(
    office: Office,
    tx: Tx,
    by: Actor,
    person: DirectoryPerson,
    what: DirectoryChanged,
    *,
    councils: tuple[str, ...],
    is_one_of_many: bool = False,
) -> DirectoryPerson:
    """It has been looked at. By a command at once, and told to the former address as well; else it waits."""
    what = what.model_copy(update={"waits": waits_for_second(by, what.change)})
    record(office, tx, by, councils, what, is_one_of_many=is_one_of_many)
    if what.waits:
        return person
    tell(office, tx, what, but_for=person.id, old_mail=person.mail)
    directory.change_person(tx, person.id, person.name, what.after)
    return replace(person, mail=what.after)


def _other(
    change: DirectoryChange, person: DirectoryPerson, words: tuple[str, str], reason: str
) -> DirectoryChanged:
    """Another name or address: before and after."""
    return DirectoryChanged(
        change=change,
        person=person.id,
        name=person.name,
        before=words[0],
        after=words[1],
        reason=reason,
    )


def set_mail(tx: Tx, by: Actor, person: DirectoryPerson, mail: str) -> DirectoryPerson:
    """Raises BadAnswers where it has become somebody else's meanwhile."""
    _must_be_free(tx, by, mail, but_for=person.id)
    directory.change_person(tx, person.id, person.name, mail)
    return replace(person, mail=mail)


def leave(office: Office, by: Actor, who: str, *, reason: str = "") -> Gone:
    """From now on they cannot sign in, their sessions end, and their posts are empty.

    Raises NotYours, NotPossible: also where nobody would be administrator any more.
    """
    with writing_as(office, by) as tx:
        person = find(tx, who, council_of(by))
        must_keep(office, tx, by, person, DirectoryAct.LEAVE)
        must_be_another(by, person.id, OfficeAct.KEEP_DIRECTORY)
        councils = kept_in(office, tx, by, person.id)
        write_left(office, tx, by, person, councils=councils, reason=reason)
        left = directory.unfinished(tx, person.id, by.id)
    office.sign_in.revoke_person(person.id)
    return Gone(person, left)


def write_left(
    office: Office,
    tx: Tx,
    by: Actor,
    person: DirectoryPerson,
    *,
    councils: tuple[str, ...],
    reason: str = "",
) -> None:
    """It has been looked at. Raises NotPossible where nobody would be administrator any more."""
    let_go(office, tx, person)
    what = DirectoryChanged(
        change=DirectoryChange.LEFT, person=person.id, name=person.name, reason=reason
    )
    record(office, tx, by, councils, what)


def let_go(office: Office, tx: Tx, person: DirectoryPerson) -> None:
    """Without its record, where somebody has confirmed what was asked for. Raises NotPossible as `write_left`."""
    before = post_holders.unadministered(office, tx, person.id)
    directory.remove_person(tx, person.id, office.now())
    post_holders.must_stay_administered(office, tx, before)


def must_be_command(office: Office, by: Actor, council: str, instead: str) -> None:
    """What would take two people on a page is done by a command, which `instead` names. Raises NotPossible, NotYours."""
    if by.id:
        raise NotPossible(instead)
    must_run(by, OfficeAct.KEEP_OFFICE_POSTS, council)
    office.council(council)


def sign_out(office: Office, by: Actor, who: str, *, reason: str = "") -> DirectoryPerson:
    """End every session of theirs, every unused link and their calendar's address, and keep that it was done.

    Their posts stay. Raises NotYours, NotPossible.
    """
    with writing_as(office, by) as tx:
        person = find(tx, who, council_of(by))
        must_keep(office, tx, by, person, DirectoryAct.SIGN_OUT)
        must_be_another(by, person.id, OfficeAct.KEEP_DIRECTORY)
        what = DirectoryChanged(
            change=DirectoryChange.SIGNED_OUT, person=person.id, name=person.name, reason=reason
        )
        record(office, tx, by, kept_in(office, tx, by, person.id), what)
    office.sign_in.revoke_person(person.id)
    return person


def everybody(office: Office) -> tuple[StaffLine, ...]:
    """Everybody who has not left, by name; of every council, so for the command line alone."""
    with office.database.reading() as tx:
        return tuple(_listed(office, tx, person) for person in directory.everybody(tx))


def find(tx: Tx, who: str, council: str | None = None) -> DirectoryPerson:
    """Somebody who has not left, by mail address or id; of one council, its own people. Raises NotPossible."""
    people = directory.everybody(tx, council)
    same = tidied(who).lower()
    found = [one for one in people if one.id == who or one.mail.lower() == same]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(one.id for one in found)
        raise NotPossible(f"{who} is the address of several people. Name one by id: {ids}.")
    hint = nearest(same, [one.mail.lower() for one in people] + [one.id for one in people])
    also = f" ({hint})" if hint else ""
    where = "the directory" if council is None else "this council's directory"
    listed = " practice-alerts people list shows everybody." if council is None else ""
    raise NotPossible(f"Nobody in {where} has the address or id {who}{also}.{listed}")


def must_keep(
    office: Office, tx: Tx, by: Actor, person: DirectoryPerson, act: DirectoryAct
) -> None:
    """May they let this person go, or change where their e-mails go? Raises NotYours, ProveAgain, NotPossible."""
    held = directory.councils_of(tx, person.id, office.today)
    council = by.council if by.council != EVERY_COUNCIL else next(iter(sorted(held)), "")
    posts = {one.post for one in directory.posts_to_come(tx, person.id, office.today)}
    must_run(by, act_for(posts, OFFICE_POSTS.keys()), council)
    must_have_proved(by, act)
    if by.council == EVERY_COUNCIL:
        return
    must_be_unchallenged(office, tx, by, by.council, posts_about(office, tx, person.id))
    if by.council not in held:
        raise NotPossible(f"{person.name} holds no post in this council.")
    must_be_here_alone(person, held - {by.council})


def _listed(office: Office, tx: Tx, person: DirectoryPerson) -> StaffLine:
    posts = directory.posts_of(tx, person.id, office.today)
    away = (directory.person(tx, one) for one in directory.covers_for(tx, person.id, office.today))
    names = sorted(one.name for one in away if one is not None)
    return StaffLine(person, posts, tuple(title(office, post) for post in posts), tuple(names))


def _must_be_free(tx: Tx, by: Actor, mail: str, but_for: str = "") -> None:
    """Who it is in a directory that they do not keep, nobody learns."""
    others = [one for one in directory.by_mail(tx, mail) if one.id != but_for]
    if not others:
        return
    here = {one.id for one in directory.everybody(tx, council_of(by))}
    whose = next((one.name for one in others if one.id in here), "")
    instead = "Give them a further post instead, or write another address."
    if not whose:
        instead = "Write another, or leave it to whoever runs the commands."
    held = f"is {whose}'s already" if whose else "cannot be entered here"
    raise BadAnswers({"mail": f"{mail} {held}. {instead}"})


def faults_of(name: str, mail: str | None) -> Faults:
    """What is wrong with a name or an address by itself, by field."""
    faults: Faults = {}
    if is_no_name(name) or len(name) > _LONGEST:
        faults["name"] = "A name is needed, as it is to be printed in documents and e-mails."
    if mail is not None and not is_address(mail):
        faults["mail"] = why_none(mail, "name@council.example")
    return faults
