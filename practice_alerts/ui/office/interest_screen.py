"""Interests in a child: one's own, declared and withdrawn; those of the council, without the child."""

from collections.abc import Callable, Mapping

import streamlit as st
from markupsafe import Markup

from practice_alerts.casework.directory import declare_interest
from practice_alerts.casework.directory.declare_interest import ChildMeant, DeclaredInterest
from practice_alerts.casework.directory.office_view import Directory
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.errors import NotFound
from practice_alerts.domain.text import whole_number
from practice_alerts.office import Office
from practice_alerts.ui.office.directory_screen import act_link
from practice_alerts.ui.office.office_act import OfficeForm
from practice_alerts.ui.page import frame, html
from practice_alerts.ui.page.as_written import as_written

_DECLARE, _WITHDRAW, _FOR = "declare_interest", "withdraw_interest", "interest_of"

_SAME_ANSWER = "The answer is the same whether or not there is an alert about the child: nobody learns that here."


def own(office: Office, actor: Actor) -> None:
    """What this person has declared, and the way to declare more."""
    html.heading("If you have an interest in a child")
    st.write(
        "A child of your own family or of a friend, or one for whom you were carer: declare it, and nothing about"
        " this child is shown or sent to you here from then on."
    )
    rows = [
        (
            html.lines(*_child(one.child)) if one.child else "",
            in_full(one.since),
            one.by or "yourself",
            _withdraw(one, f"declared on {in_full(one.since)}", frame.SETTINGS),
        )
        for one in declare_interest.own(office, actor)
    ]
    if rows:
        heads = ("The child", "Declared on", "By", "Change")
        html.table("Your interests, as only you see them here", heads, rows)
    way = f"{frame.address_of(frame.SETTINGS)}?act={_DECLARE}"
    html.ways([html.link("Declare an interest", way, "pa-button")])


def of_council(office: Office, actor: Actor) -> None:
    """Who has one, for whoever may enter and end it; never in which child."""
    if not may_run(actor, OfficeAct.ENTER_INTEREST, actor.council):
        return
    html.heading("Interests in a child")
    rows = [
        (
            one.name,
            in_full(one.since),
            one.by or "themself",
            _withdraw(one, one.name, frame.DIRECTORY),
        )
        for one in declare_interest.of_council(office, actor)
    ]
    heads = ("Who", "Since", "Entered by", "Change")
    none = "Nobody has declared an interest in a child."
    html.table(
        "Who is shut out of whatever is about a child; of which, stands nowhere",
        heads,
        rows,
        none=none,
    )


def _child(child: ChildMeant) -> list[str]:
    born = f"born {in_full(child.born)}" if child.born else ""
    named = ", ".join(filter(None, (child.child, born)))
    return [said for said in (child.case_number, named, child.reason) if said]


def _withdraw(one: DeclaredInterest, about: str, page: str) -> Markup:
    if one.waits:
        return html.state("Waits for the IRO manager", "due")
    return act_link("Withdraw", about, _WITHDRAW, str(one.number), page=page)


def _asked(form: OfficeForm) -> ChildMeant:
    html.lead(_SAME_ANSWER)
    hint = "It is enough alone. Otherwise give the name and the date of birth."
    number = form.text("case_number", "Case number (optional)", hint=hint)
    child = form.text("child", "Child’s name (optional)")
    born = form.day("born", "Date of birth (optional)")
    hint = "It is kept with the child’s name, and shown to nobody else."
    reason = form.text("reason", "What the interest is (optional)", hint=hint)
    return ChildMeant(number, child, born, reason)


def _declare(_of: str, form: OfficeForm) -> str:
    form.begin("Declare an interest in a child", "Declare it")
    st.write(
        "From now on you read nothing about this child here, in alerts of before and of later. To take it back"
        " takes the IRO manager’s word as well as yours."
    )
    child = _asked(form)
    declare_interest.declare(*form.sent(), child)
    return (
        "Your interest is kept. From now on nothing about this child is shown or sent to you here."
    )


def _interest_of(of: str, seen: Directory, form: OfficeForm) -> str:
    found = next((one.person for one in seen.people if one.person.id == of), None)
    if found is None:
        raise NotFound("person with a post here")
    form.begin(f"{found.name} has an interest in a child", "Enter it")
    st.write(
        as_written(
            f"{found.name} is told that you have entered it, and reads nothing about this child. Of somebody who reviews,"
            " manages or audits alerts, that begins once a second person has confirmed it."
        )
    )
    child = _asked(form)
    here, actor = form.sent()
    name, waits = declare_interest.declare_for(here, actor, of, child)
    if waits:
        return f"Asked for. It holds for {name} once another administrator or an IRO manager has confirmed it."
    return f"Entered. From now on nothing about this child is shown or sent to {name} here."


def _withdrawal(of: str, form: OfficeForm) -> str:
    form.begin("Withdraw an interest", "Ask for it")
    html.lead("It shuts out until the IRO manager has confirmed that it is withdrawn.")
    hint = "Without names: whoever confirms it reads this."
    reason, nobody = form.why(hint=hint)
    here, actor = form.sent()
    number = whole_number(of) or 0
    declare_interest.ask_to_withdraw(here, actor, number, reason, names_nobody=nobody)
    return "Asked for. It shuts out until the IRO manager has confirmed it."


OWN: Mapping[str, Callable[[str, OfficeForm], str]] = {
    _DECLARE: _declare,
    _WITHDRAW: _withdrawal,
}
"""On the page of one's own settings."""

ACTS: Mapping[str, Callable[[str, Directory, OfficeForm], str]] = {
    _FOR: _interest_of,
    _WITHDRAW: lambda of, _seen, form: _withdrawal(of, form),
}
"""On the page of the directory."""
