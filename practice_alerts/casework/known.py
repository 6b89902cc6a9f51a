"""An alert with what it rests on: its edition's files and its ladder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from practice_alerts.adapters.procedure_files import CouncilFiles
from practice_alerts.adapters.store import happenings
from practice_alerts.adapters.store.database import Tx
from practice_alerts.domain.acts import ways_up
from practice_alerts.domain.alert import Alert, StageRun, fold
from practice_alerts.domain.errors import NotFound, NotPossible
from practice_alerts.domain.ladder import Ladder, Stage
from practice_alerts.domain.openings import gate_before
from practice_alerts.domain.procedure import Gate
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class Known:
    """An alert with what it rests on."""

    id: str
    alert: Alert
    files: CouncilFiles
    ladder: Ladder | None

    @property
    def run(self) -> StageRun:
        """The stay at the present stage. Raises NotPossible for an alert without stages."""
        if self.alert.run is None:
            raise NotPossible("This kind of alert has no stages and asks for no answer.")
        return self.alert.run

    @property
    def gate(self) -> Gate | None:
        """The question before this alert's ladder, where its procedure has one."""
        return gate_before(self.files.procedure, self.alert.raised.alert_kind)

    @property
    def ways_up(self) -> tuple[Stage, ...]:
        """The stages it may climb to now."""
        return ways_up(self.alert, self.ladder, self.gate) if self.ladder else ()

    @property
    def stage_label(self) -> str:
        run = self.alert.run
        return self.ladder.stage(run.stage).label if self.ladder and run else ""


def load(office: Office, tx: Tx, alert_id: str) -> Known:
    """The alert as it stands, under the edition it was raised under. Raises NotFound."""
    happened = happenings.happened(tx, alert_id)
    if not happened:
        raise NotFound("practice alert")
    return known(office, alert_id, fold(happened))


def load_each(office: Office, tx: Tx, alert_ids: Iterable[str]) -> dict[str, Known]:
    """Several alerts at once, by id."""
    found = happenings.happened_to_each(tx, alert_ids)
    return {alert_id: known(office, alert_id, fold(events)) for alert_id, events in found.items()}


def known(office: Office, alert_id: str, alert: Alert) -> Known:
    files = office.edition(alert.raised.edition)
    ladder = files.procedure.ladder_of(alert.raised.alert_kind, alert.raised.partner)
    return Known(alert_id, alert, files, ladder)
