"""The contacts in partner agencies: one for each post of a partner ladder, looked over from time to time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import partner_contacts as store
from practice_alerts.adapters.store.office.partner_contacts import Contact
from practice_alerts.casework.core.actors import must_not_answer, writing_as
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.mail_address import is_address, tidied, why_none
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.domain.errors import BadAnswers, NotFound
from practice_alerts.domain.forms.validation import Faults, control_characters
from practice_alerts.domain.procedure.directions import as_climbed
from practice_alerts.domain.procedure.ladder import Stage
from practice_alerts.domain.procedure.posts import Of
from practice_alerts.domain.procedure.procedure import Procedure
from practice_alerts.office import Office

NO_LONGER = "no longer in the procedure"
_WHOM = "whom alerts to partner agencies are written to"
_LONGEST_NAME, _LONGEST_NOTE = 254, 500


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """A contact as somebody typed it."""

    name: str
    mail: str
    note: str
    review_on: date | None


@dataclass(frozen=True, slots=True)
class PartnerPost:
    """A post of a partner ladder, and its contacts; there may be none."""

    partner: str
    partner_title: str
    post: str
    title: str
    stages: tuple[str, ...]
    """The labels at which it is asked or gets a copy."""
    contacts: tuple[Contact, ...]


def contacts_for(
    office: Office, tx: Tx, council: str, partner: str, post: str
) -> tuple[Contact, ...]:
    """Whom to write to at this post: those looked over first, then those whose day has passed."""
    found = store.of_post(tx, council, partner, post)
    return tuple(sorted(found, key=lambda one: one.is_to_be_reviewed(office.today)))


def names_at(
    office: Office, council: str, partner: str | None, stage: Stage | None
) -> tuple[str, ...]:
    """The names of those to write to at this stage of a partner ladder; nobody for any other alert."""
    if partner is None or stage is None:
        return ()
    with office.database.reading() as tx:
        found = [
            contact.name
            for post in _as_climbed(office, council, partner).asked_at(stage).roles
            for contact in contacts_for(office, tx, council, partner, post)
        ]
    return tuple(dict.fromkeys(found))


def _as_climbed(office: Office, council: str, partner: str) -> Procedure:
    procedure = office.council(council).procedure
    ladder = procedure.partners.get(partner)
    return as_climbed(procedure, ladder) if ladder else procedure


def overview(office: Office, by: Actor, council: str) -> tuple[PartnerPost, ...]:
    """Every post of every partner ladder with its contacts. Raises NotYours, NotFound."""
    must_run(by, OfficeAct.SEE_CONTACTS, council)
    procedure = office.council(council).procedure
    with office.database.reading() as tx:
        contacts = store.of_council(tx, council)
    places = _places(procedure)
    # Who was entered under an earlier edition can still be looked over, and ended.
    gone = dict.fromkeys((one.partner, one.post) for one in contacts)
    every = {**dict.fromkeys(gone, ()), **places} if set(gone) - set(places) else places
    return tuple(
        PartnerPost(
            partner,
            _partner_title(procedure, partner),
            post,
            procedure.title_of(post) if post in procedure.roles else post,
            stages,
            tuple(one for one in contacts if (one.partner, one.post) == (partner, post)),
        )
        for (partner, post), stages in every.items()
    )


def _partner_title(procedure: Procedure, partner: str) -> str:
    is_known = partner in procedure.partners
    return procedure.partner_title(partner) if is_known else f"{partner} ({NO_LONGER})"


def add(
    office: Office, by: Actor, council: str, place: tuple[str, str], told: ContactDetails
) -> Contact:
    """Enter a contact at a place: partner ladder and post. Raises BadAnswers, NotYours, NotFound, NotPossible."""
    must_run(by, OfficeAct.KEEP_CONTACTS, council)
    known = _places(office.council(council).procedure)
    faults = {} if place in known else {"place": "Post: choose one of the list."}
    contact = _checked((store.new_id(), council, *place), told, office.today, faults)
    with writing_as(office, by) as tx:
        must_not_answer(office, tx, by, council, _WHOM)
        store.put(tx, contact)
    return contact


def change(office: Office, by: Actor, contact_id: str, told: ContactDetails) -> Contact:
    """Mend a contact, or only say until when it holds. Raises BadAnswers, NotYours, NotFound, NotPossible."""
    with writing_as(office, by) as tx:
        before = _own(office, tx, by, contact_id)
        place = (before.id, before.council, before.partner, before.post)
        after = _checked(place, told, office.today, {})
        store.put(tx, after)
    return after


def end(office: Office, by: Actor, contact_id: str) -> Contact:
    """No longer offered from today on. Raises NotYours, NotFound, NotPossible."""
    with writing_as(office, by) as tx:
        before = _own(office, tx, by, contact_id)
        store.end(tx, before.id, office.today)
    return before


def _own(office: Office, tx: Tx, by: Actor, contact_id: str) -> Contact:
    found = store.one(tx, contact_id)
    if found is None:
        raise NotFound("such contact")
    must_run(by, OfficeAct.KEEP_CONTACTS, found.council)
    must_not_answer(office, tx, by, found.council, _WHOM)
    return found


def _checked(
    place: tuple[str, str, str, str], told: ContactDetails, today: date, faults: Faults
) -> Contact:
    """The contact of this id, council, partner and post. Raises BadAnswers, for `faults` found before as well."""
    name, note = told.name.strip(), told.note.strip()
    if not name or control_characters(name) or len(name) > _LONGEST_NAME:
        faults["name"] = "Name: give that of the person, or of the inbox."
    mail = tidied(told.mail)
    if mail and not is_address(mail):
        faults["mail"] = why_none(mail, "name@agency.example")
    if control_characters(note) or len(note) > _LONGEST_NOTE:
        faults["note"] = f"Note: keep it under {_LONGEST_NOTE} characters that can be printed."
    if told.review_on is None or told.review_on <= today:
        faults["review_on"] = "To be looked over on: give a day after today, such as one in a year."
    if faults or told.review_on is None:
        raise BadAnswers(faults)
    return Contact(*place, name, mail, note, told.review_on)


def _places(procedure: Procedure) -> dict[tuple[str, str], tuple[str, ...]]:
    """Partner and post, with the labels of the stages at which the post is asked or gets a copy.

    A copy to a post of our own goes by the directory.
    """
    found: defaultdict[tuple[str, str], tuple[str, ...]] = defaultdict(tuple)
    for partner, ladder in procedure.partners.items():
        here = as_climbed(procedure, ladder)
        for stage in ladder.stages:
            copies = [post for who in (stage.copy_, stage.tell) if who for post in who.each]
            outside = [one.role for one in copies if one.of in {Of.AGENCY, Of.PLACEMENT_AREA}]
            for role in dict.fromkeys((*here.asked_at(stage).roles, *outside)):
                found[partner, role] += (stage.label,)
    return found
