"""The duty IRO on the page "Directory": the rota, and the forms that change it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from practice_alerts.adapters.store.office.duties import DutyTurn
from practice_alerts.casework.directory.cover import duty_rota
from practice_alerts.casework.directory.cover.duty_rota import OnDuty
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import in_full
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run
from practice_alerts.domain.errors import NotFound
from practice_alerts.ui.office import directory_screen
from practice_alerts.ui.office.office_act import OfficeForm, last_day
from practice_alerts.ui.page import html, session

_WHAT = (
    "Whom managers ring while an officer is away or cannot be reached. The name stands on each open alert and"
    " on the page where managers answer. Being on duty lets nobody see or do more than before: to act for"
    " an officer who is away, set cover."
)

_KEPT = "It is kept with the change: no illness, and nothing else about anybody."


def rota(every: Sequence[DutyTurn], actor: Actor, today: date) -> None:
    """The rota, with the ways to change it for whoever may."""
    html.heading("On duty")
    html.paragraph(_WHAT)
    directory_screen.buttons(actor, ("Put somebody on duty", "set_duty", OfficeAct.SET_COVER))
    may_change = may_run(actor, OfficeAct.SET_COVER, actor.council)
    heads = ("Who is on duty", "From", "Until", *(("Change",) if may_change else ()))
    rows = (_row(one, today)[: len(heads)] for one in every)
    html.table("On duty, today and later", heads, rows, none="Nobody is on duty, today or later.")


def _row(one: DutyTurn, today: date) -> html.Row:
    words = "End early" if one.on(today) else "Take back"
    link = directory_screen.act_link(words, one.name, "end_duty", str(one.id))
    return one.name, in_full(one.since), in_full(one.until), link


def _set_duty(_of: str, form: OfficeForm) -> str:
    form.begin("Put somebody on duty", "Put them on duty")
    here, actor = session.office(), session.actor()
    who = form.pick("person", "Who is on duty", duty_rota.able(here, actor, actor.council))
    since = form.day("since", "First day (optional)", hint="Leave it empty for today.")
    until = form.day("until", "Last day (optional)", hint="Leave it empty for a week.")
    reason = form.text("reason", "Why (optional)", hint=_KEPT)
    wanted = OnDuty(actor.council, who, since, until)
    done = duty_rota.set_duty(*form.sent(), wanted, reason=reason)
    return f"{done.name} is on duty from {in_full(done.since)} to {in_full(done.until)}."


def _end_duty(of: str, form: OfficeForm) -> str:
    here, actor = session.office(), session.actor()
    every = duty_rota.rota(here, actor.council)
    found = next((one for one in every if str(one.id) == of), None)
    if found is None:
        raise NotFound("duty with that number")
    form.begin("End a duty early", "End the duty")
    html.lead(f"{found.name} is on duty from {in_full(found.since)} to {in_full(found.until)}.")
    last = form.day("until", "Last day", hint="A day before it begins takes it back.")
    reason = form.text("reason", "Why (optional)", hint=_KEPT)
    here, actor = form.sent()
    last = last_day(last)
    duty_rota.end_duty(here, actor, (actor.council, found.id), last, reason=reason)
    if last < found.since:
        return f"Taken back: {found.name} on duty."
    return f"{found.name} is on duty until {in_full(last)}."


ACTS: Mapping[str, Callable[[str, OfficeForm], str]] = {
    "set_duty": _set_duty,
    "end_duty": _end_duty,
}
