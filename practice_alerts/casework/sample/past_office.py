"""The office in which the sample alerts are told: as it was in the weeks before today."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from practice_alerts.casework.core import actors
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.dates import LONDON
from practice_alerts.office import Office


@dataclass
class PastOffice:
    """The office in the weeks before today.

    Its clock is set, and it is one office all the while: what it reads of the councils' files is read once.
    """

    today: date
    office: Office
    _clock: list[datetime]
    _actors: dict[tuple[str, str], Actor] = field(default_factory=dict)

    def actor(self, who: str, council: str) -> Actor:
        """The same all the while: nobody comes or goes in these weeks."""
        if (who, council) not in self._actors:
            with self.office.database.reading() as tx:
                self._actors[who, council] = actors.actor_in(self.office, tx, who, council)
        return self._actors[who, council]

    @classmethod
    def of(cls, office: Office) -> PastOffice:
        clock = [office.now()]
        return cls(office.today, replace(office, now=lambda: clock[0]), clock)

    def on(self, day: date) -> Office:
        """The office at half past ten on that day."""
        self._clock[:] = [datetime.combine(day, time(10, 30), tzinfo=LONDON)]
        return self.office
