"""Lists of alerts for whoever inspects the service: all that were raised in a span, or all about one child."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from practice_alerts.adapters.log import log_figures
from practice_alerts.adapters.log.harmless_csv import harmless_row
from practice_alerts.adapters.log.log_figures import ListedAlert
from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.directory.office_permissions import OfficeAct, may_run, must_run
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.office import Office

HEADS = {
    "reference": "Alert",
    "kind_title": "Kind",
    "raised_as": "Raised as",
    "raised_on": "Raised on",
    "highest_stage": "Highest stage",
    "standing": "Stands at",
    "cap_due": "Time limit",
    "closed_on": "Closed on",
    "ending": "How it ended",
    "summary": "About",
}
"""Of each field of an alert in a list what it is called."""


@dataclass(frozen=True, slots=True)
class AlertList:
    title: str
    alerts: tuple[ListedAlert, ...]
    opens: bool
    """May its reader open each of them?"""
    about: str = ""
    """The id of the alert whose child it is about; empty of a list of a span."""


def raised_in(office: Office, by: Actor, period: Period) -> AlertList:
    """Raises NotYours, and NotPossible while the log is made."""
    found = log_figures.raised_between(_log(office, by), period.since, period.until)
    return _made(by, f"Alerts raised, {period.in_words}", found)


def about_the_child_of(office: Office, by: Actor, reference: str) -> AlertList:
    """By one alert's number, so that no child's stands in an address. Raises as `raised_in`, and NotFound."""
    found = log_figures.about_the_same_child(_log(office, by), reference)
    if not found or any(one.reference in by.shut_out_of for one in found):
        raise NotFound("alert of that number in this council’s log")
    made = _made(by, f"What was raised about the child of {reference}", found)
    with office.database.reading() as tx:
        return replace(made, about=next(iter(current_state.ids(tx, by.council, {reference})), ""))


def _log(office: Office, by: Actor) -> Path:
    must_run(by, OfficeAct.READ_REPORTS, by.council)
    must_run(by, OfficeAct.READ_LOG, by.council)
    log = office.log.files().get(by.council)
    if log is None:
        raise NotPossible("The alert log of this council is being made. Look again in a minute.")
    return log


def _made(by: Actor, title: str, found: tuple[ListedAlert, ...]) -> AlertList:
    """Without those about a child in whom they have an interest: their rows stay in the log, among all others."""
    shown = tuple(one for one in found if one.reference not in by.shut_out_of)
    return AlertList(title, shown, may_run(by, OfficeAct.LIST_ALERTS, by.council))


def csv(made: AlertList) -> Iterator[str]:
    """A line at a time; no cell of it is a formula."""
    yield harmless_row(HEADS.values())
    for one in made.alerts:
        yield harmless_row(str(getattr(one, field) or "") for field in HEADS)
