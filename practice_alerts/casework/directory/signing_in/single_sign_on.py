"""Signing in with an account of the council: who is meant by it, and when its sessions end."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from practice_alerts.adapters.links_and_sessions import Entered, OfAccount
from practice_alerts.adapters.single_sign_on.provider import BEGUN_LIFE, Begun, Provider
from practice_alerts.adapters.single_sign_on.token_claims import Account
from practice_alerts.adapters.store.alerts import directory_events as kept
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory, sign_on_accounts
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.core.actors import actor_in, may_come_by_link, writing_as
from practice_alerts.casework.directory import directory_acts, staff
from practice_alerts.casework.directory.signing_in import links_by_mail
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.directory_acts import (
    DirectoryChange,
    DirectoryChanged,
    entries,
)
from practice_alerts.domain.directory.office_permissions import (
    DirectoryAct,
    OfficeAct,
    must_be_another,
    must_run,
)
from practice_alerts.domain.directory.sign_on_faults import SignOnFault, SignOnRefused
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.office import Office

_OF_ACCOUNT = frozenset({DirectoryChange.ACCOUNT_LINKED, DirectoryChange.ACCOUNT_UNLINKED})


@dataclass(frozen=True, slots=True)
class SignOnWay:
    """A council whose staff sign in with their own account."""

    council: str
    title: str
    issuer: str


def ways(office: Office) -> tuple[SignOnWay, ...]:
    return tuple(
        SignOnWay(council, office.council(council).procedure.council, one.sign_on.issuer)
        for council, one in office.sign_ons.items()
    )


def ways_of(office: Office, person_id: str) -> tuple[SignOnWay, ...]:
    """Those by which this person comes in; none for whoever comes by a link."""
    with office.database.reading() as tx:
        person = directory.person(tx, person_id)
        if person is None or may_come_by_link(office, tx, person):
            return ()
        held = {one.council for one in directory.posts_of(tx, person_id, office.today)}
    return tuple(one for one in ways(office) if one.council in held)


def begin(office: Office, council: str, next_path: str, *, again: bool = False) -> tuple[str, str]:
    """The address of the issuer to go to, and the note that the browser keeps. Raises SignOnRefused, NotFound."""
    back = _back(office, council)
    where, begun = _provider(office, council).begin(council, back, next_path, again=again)
    return where, office.sign_in.note(begun.kept())


def finish(
    office: Office, council: str, note: str, answer: Mapping[str, str], here: str = ""
) -> Entered:
    """Open a session for whoever has come back. `here` is who is signed in at this browser, by id.

    Raises SignOnRefused, NotFound.
    """
    provider, begun = _provider(office, council), _begun(office, council, note)
    provider.must_be_begun(begun, answer)
    _use(office, provider, begun)
    account = provider.finish(begun, answer, _back(office, council))
    with office.database.writing() as tx:
        person = _meant(office, tx, council, provider, account)
        if begun.again and here and here != person.id:
            raise SignOnRefused(SignOnFault.ANOTHER)
    proved_at = min(account.signed_in_at, office.now()) if account.signed_in_at else None
    with_it = OfAccount(account.issuer, account.subject, account.session or None, proved_at)
    return office.sign_in.open_by_account(person.id, with_it, begun.next_path)


def next_path(office: Office, council: str, note: str) -> str:
    """Where whoever began this wanted to go. Raises SignOnRefused."""
    return _begun(office, council, note).next_path


def _use(office: Office, provider: Provider, begun: Begun) -> None:
    """An answer counts once, in every process and on every host, before the issuer is asked about it.

    Raises SignOnRefused.
    """
    issuer, now = provider.sign_on.issuer, office.now()
    name = f"state {sha256(begun.state.encode()).hexdigest()}"
    with office.database.reading() as tx:  # which keeps nobody who writes
        is_used = sign_on_accounts.is_used(tx, issuer, name)
    if not is_used:
        with office.database.writing() as tx:
            is_used = not sign_on_accounts.use_once(tx, issuer, name, now + BEGUN_LIFE, now)
    if is_used:
        raise SignOnRefused(SignOnFault.USED)


def sign_out_address(office: Office, council: str) -> str | None:
    """Where to sign out of the account as well. Raises SignOnRefused, NotFound."""
    return _provider(office, council).sign_out_address(f"{office.settings.base_url}/sign-out")


def end(office: Office, council: str, logout_token: str) -> None:
    """End here what the issuer says has ended there. Raises SignOnRefused, NotFound."""
    ended = _provider(office, council).ended(logout_token)
    with office.database.writing() as tx:
        if not sign_on_accounts.use_once(tx, ended.issuer, ended.token, ended.until, office.now()):
            raise SignOnRefused(SignOnFault.REPLAYED)
    office.sign_in.end_by_account(ended.issuer, ended.subject, ended.session)


def link(
    office: Office, by: Actor, council: str, who: str, subject: str, *, is_same: bool = False
) -> DirectoryPerson:
    """From now on this account of the council means this person; commands alone.

    `is_same`: it meant somebody who has left, and is the same person come back. Raises NotFound, NotPossible.
    """
    must_run(by, OfficeAct.KEEP_OFFICE_POSTS, council)
    if by.id or not subject.strip():
        raise NotPossible("An account is linked by a command, with its subject (sub).")
    issuer = _provider(office, council).sign_on.issuer
    with writing_as(office, by) as tx:
        person = staff.find(tx, who, council)
        _must_be_theirs(tx, issuer, subject.strip(), person, is_same=is_same)
        sign_on_accounts.link(tx, issuer, subject.strip(), person.id, office.now())
        what = _changed(DirectoryChange.ACCOUNT_LINKED, person, after=_title(office, council))
        directory_acts.record(office, tx, by, (council,), what)
    return person


def _must_be_theirs(
    tx: Tx, issuer: str, subject: str, person: DirectoryPerson, *, is_same: bool
) -> None:
    owner = sign_on_accounts.owner_of(tx, issuer, subject)
    if owner in {None, person.id}:
        return
    has_left = owner not in {one.id for one in directory.everybody(tx)}
    if not (has_left and is_same):
        whose = "somebody who has left" if has_left else "somebody else"
        same = f" If {person.name} is the same person come back, say --even-so." if has_left else ""
        raise NotPossible(
            f"That account is {whose}'s, and an account never becomes another person's.{same}"
        )


def unlink(
    office: Office, by: Actor, council: str, who: str, *, reason: str = ""
) -> DirectoryPerson:
    """No account of the council means this person any more, and every session of theirs ends.

    On a page it is asked for, and a second person confirms it. Raises NotFound, NotPossible, NotYours, ProveAgain.
    """
    change = DirectoryChange.ACCOUNT_UNLINKED
    with writing_as(office, by) as tx:
        person = staff.find(tx, who, council)
        staff.must_keep(office, tx, by, person, DirectoryAct.UNLINK_ACCOUNT)
        must_be_another(by, person.id, OfficeAct.KEEP_DIRECTORY)
        issuer, title = _provider(office, council).sign_on.issuer, _title(office, council)
        has_one = sign_on_accounts.subject_of(tx, issuer, person.id) is not None
        if not has_one and not _is_to_be_let_in(tx, council, person):
            raise NotPossible(f"No account of {title} means {person.name}.")
        asked = {"reason": reason, "waits": directory_acts.waits_for_second(by, change)}
        what = _changed(change, person, before=title).model_copy(update=asked)
        directory_acts.record(office, tx, by, (council,), what)
        if not what.waits:
            let_go(office, tx, council, person)
    if not what.waits:
        office.sign_in.revoke_person(person.id)
    return person


def let_go(office: Office, tx: Tx, council: str, person: DirectoryPerson) -> None:
    """It has been looked at: the next account that is vouched for under their address is theirs."""
    sign_on_accounts.unlink(tx, _provider(office, council).sign_on.issuer, person.id)


def link_in_spite(office: Office, by: Actor, person: DirectoryPerson, *, even_so: bool) -> str:
    """A one-time address for somebody, by a command; of whoever has an account, only `even_so`, and loudly.

    Raises NotPossible.
    """
    if by.id:
        raise NotPossible("Such a link is made by a command: practice-alerts people link.")
    with writing_as(office, by) as tx:
        posts = directory.posts_of(tx, person.id, office.today)
        councils = sorted({one.council for one in posts if one.council in office.sign_ons})
        if councils and not may_come_by_link(office, tx, person):
            if not even_so:
                raise NotPossible(
                    f"{person.name} signs in with an account of {_title(office, councils[0])}. Where that"
                    " cannot be used, --even-so makes a link; administrators and IRO managers are told."
                )
            what = _changed(DirectoryChange.LINK_GIVEN, person)
            directory_acts.record(office, tx, by, councils, what)
    return links_by_mail.sign_in_address(office, person.id)


def _provider(office: Office, council: str) -> Provider:
    if council not in office.sign_ons:
        raise NotFound("single sign-on of that council")
    return office.sign_ons[council]


def _back(office: Office, council: str) -> str:
    """One for each council, so that what one issuer sends back never passes for another's."""
    return f"{office.settings.base_url}/sign-in/back/{council}"


def _title(office: Office, council: str) -> str:
    return office.council(council).procedure.council


def _begun(office: Office, council: str, note: str) -> Begun:
    try:
        begun = Begun(**(office.sign_in.read_note(note) or {}))
    except TypeError:
        raise SignOnRefused(SignOnFault.NOT_BEGUN) from None
    if begun.council != council:
        raise SignOnRefused(SignOnFault.NOT_BEGUN)
    return begun


def _meant(
    office: Office, tx: Tx, council: str, provider: Provider, account: Account
) -> DirectoryPerson:
    """The person that the account means, who holds a post of this council today."""
    known = sign_on_accounts.person_of(tx, account.issuer, account.subject)
    owner = sign_on_accounts.owner_of(tx, account.issuer, account.subject)
    here = {one.id: one for one in directory.everybody(tx)}
    if known in here:
        return _in_post(office, tx, council, here[known])
    if owner is not None and owner not in here:
        raise SignOnRefused(SignOnFault.LEFT)
    mail = account.mail if provider.sign_on.is_staff_address(account.mail) else ""
    found = directory.by_mail(tx, mail) if mail else ()
    if len(found) != 1:
        raise SignOnRefused(SignOnFault.UNKNOWN)
    person = _in_post(office, tx, council, found[0])
    is_other = sign_on_accounts.subject_of(tx, account.issuer, person.id) is not None
    if is_other or owner not in {None, person.id}:
        raise SignOnRefused(SignOnFault.OTHER_ACCOUNT)
    if _is_to_be_let_in(tx, council, person):
        raise SignOnRefused(SignOnFault.PASSED_ON)
    _link_at_first(office, tx, council, person, account)
    return person


def _is_to_be_let_in(tx: Tx, council: str, person: DirectoryPerson) -> bool:
    """Was their address somebody else's before, and has nobody let their account in since it is theirs?"""
    was_anothers = sign_on_accounts.was_anothers(tx, person.mail, person.id)
    is_let_in = False
    for what in (one.what for one in entries(kept.happened(tx, council)) if one.is_made):
        is_other_mail = what.change is DirectoryChange.READDRESSED
        if what.person != person.id:
            was_anothers |= is_other_mail and what.before.lower() == person.mail.lower()
        elif is_other_mail or what.change in _OF_ACCOUNT:
            is_let_in = not is_other_mail
    return was_anothers and not is_let_in


def _in_post(office: Office, tx: Tx, council: str, person: DirectoryPerson) -> DirectoryPerson:
    held = directory.posts_of(tx, person.id, office.today)
    if council not in {one.council for one in held}:
        raise SignOnRefused(SignOnFault.NO_POST)
    return person


def _link_at_first(
    office: Office, tx: Tx, council: str, person: DirectoryPerson, account: Account
) -> None:
    """The person is told, although it was they who signed in: it may have been somebody else."""
    sign_on_accounts.link(tx, account.issuer, account.subject, person.id, office.now())
    what = _changed(DirectoryChange.ACCOUNT_LINKED, person, after=_title(office, council))
    directory_acts.add(office, tx, actor_in(office, tx, person.id, council), council, what)
    directory_acts.tell(office, tx, what)


def _changed(
    change: DirectoryChange, person: DirectoryPerson, *, before: str = "", after: str = ""
) -> DirectoryChanged:
    return DirectoryChanged(
        change=change, person=person.id, name=person.name, before=before, after=after
    )
