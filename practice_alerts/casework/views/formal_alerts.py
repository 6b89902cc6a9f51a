"""The list of formal alerts, for a director: where each stands and for how long, and nothing of any child."""

from dataclasses import dataclass

from practice_alerts.adapters.store.alerts import counts
from practice_alerts.adapters.store.alerts.counts import OpenAlert
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.views.service import in_words
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.deadlines import stage_facts
from practice_alerts.domain.deadlines.working_days import Calendar, working_days_between
from practice_alerts.domain.directory.office_permissions import OfficeAct, must_run
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class FormalAlert:
    """One open alert at a formal stage."""

    reference: str
    stage: str
    """Its label, as printed."""
    theme: str
    """What it is about, in the titles of the council's own list."""
    team: str
    days: int
    """Working days since it was raised."""


def formal_alerts(office: Office, by: Actor) -> tuple[FormalAlert, ...]:
    """Those of the council that are open, the longest first. Raises NotYours."""
    must_run(by, OfficeAct.SEE_FORMAL, by.council)
    with office.database.reading() as tx:
        every = listed(office, tx, by.council)
        return tuple(one for one in every if one.reference not in by.shut_out_of)


def listed(office: Office, tx: Tx, council: str) -> tuple[FormalAlert, ...]:
    """The same for whoever writes to directors that it is there."""
    calendar = office.calendar(council, tx)
    found = (one for one in counts.open_at_stages(tx, council) if _is_formal(office, one))
    lines = (_line(office, one, calendar) for one in found)
    return tuple(sorted(lines, key=lambda one: (-one.days, one.reference)))


def _is_formal(office: Office, one: OpenAlert) -> bool:
    procedure = office.edition(one.at.edition).procedure
    found = stage_facts.ladders_with(procedure, one.at.kind, one.at.stage)
    return any(stage.formal for _, stage in found)


def _line(office: Office, one: OpenAlert, calendar: Calendar) -> FormalAlert:
    titles = {each.id: each.title for each in office.edition(one.at.edition).procedure.categories}
    themes = (titles.get(name, "") for name in one.categories.split())
    _, _, label = in_words(office, one.at)
    days = working_days_between(london_date(one.raised_at), office.today, calendar)
    return FormalAlert(one.reference, label, ", ".join(filter(None, themes)), one.team, days)
