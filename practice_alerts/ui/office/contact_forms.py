"""The acts on contacts in partner agencies, each one screen and one verb."""

from __future__ import annotations

from collections.abc import Sequence

from practice_alerts.adapters.store.office.partner_contacts import Contact
from practice_alerts.casework.directory import partner_contacts
from practice_alerts.casework.directory.partner_contacts import ContactDetails, PartnerPost
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import NotFound
from practice_alerts.office import Office
from practice_alerts.ui.office.office_act import Begun, OfficeForm, OfficeTask, OfficeVerb
from practice_alerts.ui.page import html

ACTS = ("add_contact", "change_contact", "end_contact")


def act_on(act: str, of: str, posts: Sequence[PartnerPost]) -> tuple[OfficeTask, Begun]:
    """The act's screen and what it begins with. Raises NotFound."""
    if act == "add_contact":
        return _add(of, posts)
    found = next((one for post in posts for one in post.contacts if one.id == of), None)
    if found is None:
        raise NotFound("such contact")
    return _change(found) if act == "change_contact" else _end(found)


def _ask(form: OfficeForm) -> ContactDetails:
    name = form.text("name", "Name", hint="Of the person, or of a shared inbox.")
    mail = form.text("mail", "E-mail address (optional)")
    note = form.text("note", "Note (optional)", lines=2, hint="How they are best reached. No case.")
    hint = "Names in agencies change. On this day the directory says that it wants looking over."
    return ContactDetails(
        name, mail, note, form.day("review_on", "To be looked over on", hint=hint)
    )


def _add(of: str, posts: Sequence[PartnerPost]) -> tuple[OfficeTask, Begun]:
    places = {
        f"{one.partner}.{one.post}": f"{one.partner_title}: {one.title}, {', '.join(one.stages)}"
        for one in posts
    }

    def ask(form: OfficeForm) -> OfficeVerb:
        partner, _, post = form.pick("place", "Post", places).partition(".")
        told = _ask(form)

        def do(here: Office, actor: Actor) -> str:
            done = partner_contacts.add(here, actor, actor.council, (partner, post), told)
            return f"{done.name} is entered."

        return do

    return OfficeTask("Add a contact in a partner agency", "Add the contact", ask), {
        "place": of or None
    }


def _change(found: Contact) -> tuple[OfficeTask, Begun]:
    def ask(form: OfficeForm) -> OfficeVerb:
        told = _ask(form)

        def do(here: Office, actor: Actor) -> str:
            done = partner_contacts.change(here, actor, found.id, told)
            return f"{done.name}: kept, to be looked over on {in_full(done.review_on)}."

        return do

    review = found.review_on.isoformat()
    begun = {"name": found.name, "mail": found.mail, "note": found.note, "review_on": review}
    return OfficeTask(f"Change {found.name}", "Keep the change", ask), begun


def _end(found: Contact) -> tuple[OfficeTask, Begun]:
    def ask(_form: OfficeForm) -> OfficeVerb:
        html.lead(f"{found.name} is no longer offered to whoever raises an alert.")

        def do(here: Office, actor: Actor) -> str:
            partner_contacts.end(here, actor, found.id)
            return f"{found.name} is no longer offered."

        return do

    return OfficeTask(f"End {found.name}", "End the contact", ask), {}
