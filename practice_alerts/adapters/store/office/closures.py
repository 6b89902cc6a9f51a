"""The councils' own closures, each with who put it down and, of one put down late, who confirmed it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select

from practice_alerts.adapters.store.core import tables as t
from practice_alerts.adapters.store.core.database import Tx
from practice_alerts.adapters.store.core.read_once import read_once


@dataclass(frozen=True, slots=True)
class Closure:
    """A day on which this council is closed. `entered_by` is None for the command line."""

    council: str
    day: date
    reason: str
    entered_by: str | None = None
    entered_at: datetime | None = None
    is_late: bool = False
    """Put down too late for dates that ran already: it counts once somebody else has confirmed it."""
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None

    @property
    def waits(self) -> bool:
        """Does it count for nothing yet?"""
        return self.is_late and self.confirmed_at is None


# Asked with each act: building it costs more than running it.
_EVERY = (
    select(t.closures).where(t.closures.c.council == bindparam("of")).order_by(t.closures.c.day)
)


def every(tx: Tx, council: str) -> tuple[Closure, ...]:
    """All that are put down, by day; those that wait as well."""
    return tuple(Closure(*row) for row in read_once(tx, _EVERY, of=council))


def in_force(tx: Tx, council: str) -> tuple[Closure, ...]:
    """Those that count."""
    return tuple(one for one in every(tx, council) if not one.waits)


def put_down(tx: Tx, closures: Iterable[Closure]) -> None:
    """None of these days was put down yet."""
    tx.execute(t.closures.insert(), [asdict(one) for one in closures])


def confirm(tx: Tx, council: str, days: Iterable[date], by: str, at: datetime) -> None:
    c = t.closures.c
    these = t.closures.update().where(c.council == council, c.day.in_(tuple(days)))
    tx.execute(these.values(confirmed_by=by, confirmed_at=at))


def take_back(tx: Tx, council: str, day: date) -> bool:
    """False where there was none."""
    c = t.closures.c
    return tx.execute(t.closures.delete().where(c.council == council, c.day == day)).rowcount == 1


def late(closures: Iterable[Closure]) -> Mapping[date, datetime]:
    """Those put down late, each with the moment from which it counts."""
    return {one.day: one.confirmed_at for one in closures if one.is_late and one.confirmed_at}
