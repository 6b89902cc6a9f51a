"""What was done to the words beside figures, and by whom: events of the council's directory, without the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from practice_alerts.adapters.store.alerts import directory_events
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.records.words_beside_figures import TextPlace
from practice_alerts.domain.directory.directory_acts import BesideDone, WordsBesideDone
from practice_alerts.domain.log.measures.periods import Period
from practice_alerts.domain.reports.contents import ReportName

_KIND = str(WordsBesideDone.model_fields["kind"].default)


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that somebody, by name, did there."""

    at: datetime
    by: str
    did: BesideDone


@dataclass(frozen=True, slots=True)
class Traces:
    """Each list from the earliest on."""

    of_texts: Mapping[str, tuple[Trace, ...]]
    """By the place of the section, of one report of one period."""
    of_actions: Mapping[int, tuple[Trace, ...]]
    """By the number of the action, in whichever report."""


def of_text(did: BesideDone, at: TextPlace) -> WordsBesideDone:
    return WordsBesideDone(
        did=did, report=at.report, since=at.since, until=at.until, place=at.place
    )


def of_action(did: BesideDone, number: int, period: Period) -> WordsBesideDone:
    name = ReportName.SERVICE.value
    return WordsBesideDone(
        did=did, report=name, since=period.since, until=period.until, action=number
    )


def put_down(tx: Tx, council: str, what: WordsBesideDone, by: str, at: datetime) -> None:
    """In the transaction of what it tells of."""
    directory_events.append(tx, council, what, by, at)


def traces(tx: Tx, council: str, name: ReportName, period: Period) -> Traces:
    happened = directory_events.happened(tx, council, _KIND)
    names = directory.names(tx, {one.by for one in happened})
    of_texts: dict[str, tuple[Trace, ...]] = {}
    of_actions: dict[int, tuple[Trace, ...]] = {}
    for one in happened:
        what = one.what
        if not isinstance(what, WordsBesideDone):
            continue
        line = (Trace(one.at, names.get(one.by, ""), what.did),)
        if what.action:
            of_actions[what.action] = of_actions.get(what.action, ()) + line
        elif (what.report, what.since, what.until) == (name.value, period.since, period.until):
            of_texts[what.place] = of_texts.get(what.place, ()) + line
    return Traces(of_texts, of_actions)
