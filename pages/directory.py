"""The directory: who holds which post from when to when, who stands in, whom to write to outside."""

from functools import partial

import streamlit as st

from practice_alerts.casework.directory import office_view, partner_contacts, second_person
from practice_alerts.casework.directory.cover import duty_rota
from practice_alerts.casework.jobs import undelivered
from practice_alerts.domain.directory.office_permissions import (
    OfficeAct,
    may_run,
    takes_in_directory,
)
from practice_alerts.ui.office import (
    directory_forms,
    directory_screen,
    duty_forms,
    interest_screen,
    office_act,
)
from practice_alerts.ui.page import frame, html, session

here, actor = session.office(), session.actor()
act, of = st.query_params.get("act", ""), st.query_params.get("of", "")
seen = office_view.look(here, actor, actor.council)
sees = partial(may_run, actor, council=actor.council)
changes, partners = sees(OfficeAct.SEE_CHANGES), sees(OfficeAct.SEE_CONTACTS)
contacts = partner_contacts.overview(here, actor, actor.council) if partners else ()

if act:
    asked = partial(directory_forms.act_on, act, of, seen, contacts)
    screen = office_act.for_whom(takes_in_directory(act), asked)
    back = {"part": directory_forms.part_of(act)}
    office_act.act_form(screen, f"{act}:{of}", frame.DIRECTORY, "Directory", back)

record = second_person.look(here, actor, actor.council) if changes else None
parts = {
    name: title
    for name, title in directory_screen.PARTS.items()
    if (contacts or name != "partners") and (record or name != "record")
}
present = st.query_params.get("part", "posts")
present = present if present in parts else "posts"
html.title("Directory", tab=f"{parts[present]} – Directory" if present != "posts" else "")
office_act.done_lately()
directory_screen.menu(present, parts)
directory_screen.files_at_fault(here.at_fault.get(actor.council, ()) if changes else ())
directory_screen.not_arrived(undelivered.how_many(here, actor))
if record is not None:
    directory_screen.waiting(record, here, actor)
match present:
    case "people":
        directory_screen.people(seen, actor, by_account=actor.council in here.sign_ons)
        interest_screen.of_council(here, actor)
    case "cover":
        directory_screen.cover(seen, actor, here.today)
        duty_forms.rota(duty_rota.rota(here, actor.council), actor, here.today)
    case "partners":
        directory_screen.partners(contacts, actor, here.today)
    case "record" if record is not None:
        none = "Nothing has been changed here since changes are kept."
        directory_screen.changes(record, here, actor.council, none)
    case _:
        directory_screen.posts(seen, actor, here.today)
