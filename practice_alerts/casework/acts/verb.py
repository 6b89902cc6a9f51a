"""A verb is its decision: which event a filled form amounts to. The frame around it stands here, once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial, update_wrapper
from typing import Any

from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.casework.acts.act_form import checked, text
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, act
from practice_alerts.domain.acts.act_rows import ACTS
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.events import Event
from practice_alerts.domain.dates import LONDON, in_full, london_date
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.days_of_acts import why_not_that_day
from practice_alerts.office import Office


@dataclass(frozen=True, slots=True)
class Deciding:
    """What a decision rests on: the form with nothing at fault in it, the alert as it stands, and who acts."""

    office: Office
    tx: Tx
    found: Known
    doing: Doing
    act: Act
    given: Mapping[str, Any]

    @property
    def actor(self) -> Actor:
        return self.doing.actor

    def event(self, **made: Any) -> Event:
        """The act's event: what its form asked as it was answered, but for what is `made` of it.

        What the council's form asked beyond what the act itself knows goes to `answers`. Raises
        NotPossible for what is done at a stage of an alert that has none.
        """
        row = ACTS[self.act]
        fields = row.event.model_fields
        every: dict[str, Any] = {
            name: self.text(name)
            for name in row.knows & set(fields)
            if name in self.given or fields[name].is_required()
        }
        if row.at_stage:
            every["stage"] = self.found.run.stage
        if "answers" in fields:
            every["answers"] = {k: said for k, said in self.given.items() if k not in row.knows}
        return row.event.model_validate({**every, **made})

    def text(self, name: str) -> str:
        return text(self.given, name)

    def several(self, name: str) -> tuple[str, ...]:
        """What was ticked; nothing where the question was not put."""
        return tuple(self.given.get(name) or ())

    def day_to_come(self, name: str, label: str) -> date:
        """Today or later. Raises BadAnswers."""
        day = date.fromisoformat(self.given[name])
        if refused := why_not_that_day(day, self.office.today, label):
            raise BadAnswers({name: refused})
        return day

    def day_past(self, name: str) -> date:
        """Today or earlier. Raises BadAnswers."""
        day = date.fromisoformat(self.given[name])
        if day > self.office.today:
            raise BadAnswers({name: "When: choose a day that has come."})
        return day

    def moment_past(self) -> datetime:
        """What `on` and `at` say in London: since the alert was raised, and not to come. Raises BadAnswers."""
        at = time.fromisoformat(self.text("at").zfill(len("00:00")))
        moment = datetime.combine(date.fromisoformat(self.given["on"]), at, tzinfo=LONDON)
        raised = london_date(self.found.alert.raised_at)
        if moment > self.office.now():
            raise BadAnswers({"on": "When: choose a moment that has passed."})
        if moment.date() < raised:
            since = f"the alert was raised on {in_full(raised)}; choose that day or a later one."
            raise BadAnswers({"on": f"When: {since}"})
        return moment


Decision = Callable[[Deciding], Event | tuple[Event, ...]]


class Verb:
    """Does an act that takes no more than what its form asks.

    Called with the alert's id, the answers as they stand on the form, and who acts on what they saw.
    Raises BadAnswers, NotFound, NotAllowed, NotPossible, SomeoneWasFaster; then nothing has happened.
    """

    def __init__(self, act: Act, decision: Decision = Deciding.event) -> None:
        self.act = act
        self._decision = decision
        update_wrapper(self, decision)

    def __call__(
        self, office: Office, alert_id: str, answers: Mapping[str, Any], doing: Doing
    ) -> Known:
        def decide(tx: Tx, found: Known) -> tuple[Event, ...]:
            given = checked(office, tx, found, self.act, answers, actor=doing.actor)
            made = self._decision(Deciding(office, tx, found, doing, self.act, given))
            return made if isinstance(made, tuple) else (made,)

        return act(office, alert_id, self.act, doing, decide)


def verb(act: Act) -> Callable[[Decision], Verb]:
    """Make the verb of an act from its decision."""
    return partial(Verb, act)
