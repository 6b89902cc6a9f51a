"""The acts on contacts in partner agencies, each one screen and one verb."""

from collections.abc import Sequence

from practice_alerts.adapters.store.office.partner_contacts import Contact
from practice_alerts.casework.directory import partner_contacts
from practice_alerts.casework.directory.partner_contacts import ContactDetails, PartnerPost
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.errors import NotFound
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import html


def _ask(form: OfficeForm) -> ContactDetails:
    name = form.text("name", "Name", hint="Of the person, or of a shared inbox.")
    mail = form.text("mail", "E-mail address (optional)")
    note = form.text("note", "Note (optional)", lines=2, hint="How they are best reached. No case.")
    hint = "Names in agencies change. On this day the directory says that it wants looking over."
    return ContactDetails(
        name, mail, note, form.day("review_on", "To be looked over on", hint=hint)
    )


def _add(of: str, posts: Sequence[PartnerPost], form: OfficeForm) -> str:
    form.begin("Add a contact in a partner agency", "Add the contact", place=of or None)
    places = {
        f"{one.partner}.{one.post}": f"{one.partner_title}: {one.title}, {', '.join(one.stages)}"
        for one in posts
        if one.stages
    }
    partner, _, post = form.pick("place", "Post", places).partition(".")
    told = _ask(form)
    here, actor = form.sent()
    done = partner_contacts.add(here, actor, actor.council, (partner, post), told)
    return f"{done.name} is entered."


def _change(of: str, posts: Sequence[PartnerPost], form: OfficeForm) -> str:
    found = _contact(of, posts)
    form.begin(
        f"Change {found.name}",
        "Keep the change",
        name=found.name,
        mail=found.mail,
        note=found.note,
        review_on=found.review_on.isoformat(),
    )
    told = _ask(form)
    done = partner_contacts.change(*form.sent(), found.id, told)
    return f"{done.name}: kept, to be looked over on {in_full(done.review_on)}."


def _end(of: str, posts: Sequence[PartnerPost], form: OfficeForm) -> str:
    found = _contact(of, posts)
    form.begin(f"End {found.name}", "End the contact")
    html.lead(f"{found.name} is no longer offered to whoever raises an alert.")
    partner_contacts.end(*form.sent(), found.id)
    return f"{found.name} is no longer offered."


def _contact(of: str, posts: Sequence[PartnerPost]) -> Contact:
    found = next((one for post in posts for one in post.contacts if one.id == of), None)
    if found is None:
        raise NotFound("such contact")
    return found


ACTS = {"add_contact": _add, "change_contact": _change, "end_contact": _end}
"""Each is told of whom, and all posts. Raises NotFound."""
