"""One-time links by mail. Nobody learns from the answer whether an address is held."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

from practice_alerts.adapters.links_and_sessions import LINK_LIFE
from practice_alerts.adapters.mail import Email, NotSent, Sender
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.core.actors import may_come_by_link
from practice_alerts.casework.core.notice_facts import sender_name
from practice_alerts.domain.notices.texts import NoticeFacts, Text
from practice_alerts.domain.seeing.security_entries import SecurityEntry, SecurityKind
from practice_alerts.office import Office


def sign_in_address(office: Office, person_id: str, next_path: str = "/app/") -> str:
    """A fresh one-time address that signs this person in."""
    return f"{office.settings.base_url}/sign-in/{office.sign_in.issue_link(person_id, next_path)}"


def mail_link(office: Office, sender: Sender, mail: str, next_path: str) -> None:
    """Send a link to everybody at this address who holds a post today; to nobody where there is none.

    Whoever has an account of a council with single sign-on gets none.
    """
    with office.database.reading() as tx:
        people = _in_post(office, tx, directory.by_mail(tx, mail))
    if people:
        _send(office, sender, people, next_path)
        return
    unknown = SecurityEntry(SecurityKind.NOT_LET_IN, what="asked for a link", typed=mail)
    is_noted = office.security_log.note(unknown, once_in=timedelta(minutes=1))
    _as_for_somebody(office, is_noted=is_noted)


def mail_link_to_asked(office: Office, sender: Sender, asking_id: str) -> None:
    """Send a link to the person asked on this answer page, and to whoever stands in for them."""
    with office.database.reading() as tx:
        asking = current_state.asking(tx, asking_id)
        person_id = asking.person_id if asking else ""
        asked = directory.person(tx, person_id)
        people = (asked, *directory.covered_by(tx, person_id, office.today))
        known = _in_post(office, tx, (one for one in people if one is not None))
    if known:
        _send(office, sender, known, f"/respond/{asking_id}")
    else:
        _as_for_somebody(office, is_noted=False)


def mail_link_to_person(office: Office, sender: Sender, person_id: str, next_path: str) -> None:
    """Send a link to somebody who is signed in, and proves once more who they are."""
    with office.database.reading() as tx:
        person = directory.person(tx, person_id)
        people = _in_post(office, tx, () if person is None else (person,))
    _send(office, sender, people, next_path)


def _in_post(
    office: Office, tx: Tx, people: Iterable[DirectoryPerson]
) -> tuple[DirectoryPerson, ...]:
    """Those who hold a post today, and may come by a link: nobody else can sign in by one."""
    return tuple(one for one in people if may_come_by_link(office, tx, one))


def _send(
    office: Office, sender: Sender, people: tuple[DirectoryPerson, ...], next_path: str
) -> None:
    """Sent at once and never kept: the address opens a session, so it has no place in the store."""
    for person in people:
        with office.database.reading() as tx:
            councils = {one.council for one in directory.posts_of(tx, person.id, office.today)}
        from_name = sender_name(office, councils)
        address = sign_in_address(office, person.id, next_path)
        text = _text(office, address)
        name, to = secrets.token_urlsafe(16), (person.mail, person.name)
        with suppress(NotSent):  # written down by the sender; the reader is told to ask again
            sender.send(Email(name, *to, text.subject, text.body, office.now(), from_name))
        office.security_log.note(SecurityEntry(SecurityKind.LINK_ASKED, person.id))


def _text(office: Office, address: str) -> Text:
    minutes = int(LINK_LIFE.total_seconds() // 60)
    return office.notices().write("sign_in", NoticeFacts(link=address, minutes=minutes))


def _as_for_somebody(office: Office, *, is_noted: bool) -> None:
    """All the work of a link but handing over the e-mail: how long others wait meanwhile says nothing of who works here.

    `is_noted`: something was written to the security log already, as it is for somebody.
    """
    with office.database.reading() as tx:
        directory.posts_of(tx, "", office.today)
    office.sign_in.must_give_links()  # writes as much as a link does
    _text(office, f"{office.settings.base_url}/sign-in/{secrets.token_urlsafe(64)}")
    if not is_noted:
        office.sign_in.must_give_links()
