"""Every measure there is, in the order in which they are read."""

from practice_alerts.domain.log.measures.measure import Measure
from practice_alerts.domain.log.measures.of_acts import OF_ACTS
from practice_alerts.domain.log.measures.of_alerts import OF_ALERTS
from practice_alerts.domain.log.measures.of_stays import OF_STAYS
from practice_alerts.domain.log.measures.of_themes import OF_THEMES


def _key(measure: Measure) -> tuple[int, str]:
    number, _, rest = measure.id.removeprefix("M").partition(" ")
    return int(number), rest


MEASURES: tuple[Measure, ...] = tuple(
    sorted((*OF_ALERTS, *OF_THEMES, *OF_STAYS, *OF_ACTS), key=_key)
)
