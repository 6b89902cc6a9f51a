"""The machine's clock, held against the one that only counts on: a moment is believed while both say the same."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from practice_alerts.adapters.witness_file import Witness, WitnessLine, WitnessUnreadable
from practice_alerts.domain.errors import Storage, StorageTrouble

# Counts while the machine sleeps as well, where that is told apart.
_COUNTING = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_A_LITTLE = 1000  # of so many parts one: what is put right by seconds now and then is no jump
_MOMENT = "%Y-%m-%d %H:%M:%S %Z"
_LOOK_AGAIN = timedelta(seconds=1)


def counted() -> timedelta:
    """Since this machine started."""
    return timedelta(seconds=time.clock_gettime(_COUNTING))


def boot() -> str:
    """Which start of this machine it is; empty where it does not say."""
    with suppress(OSError):
        return _BOOT.read_text("ascii").strip()
    return ""


class MachineClock:
    """Asked for the time, it says the machine's while that is believed, and else what it would be by counting on.

    At first it goes by the last line of the witness, of this start of the machine or an earlier one. Time that
    went by while the machine was off is nowhere counted, so only a clock that is behind that line is no longer
    believed then, and again whatever it says once it is set to later.
    """

    def __init__(
        self,
        wall: Callable[[], datetime],
        witness: Witness,
        most: timedelta,
        counting: Callable[[], timedelta] = counted,
        boot_id: str | None = None,
    ) -> None:
        self._wall, self._counting, self._most = wall, counting, most
        self._witness = witness
        self.boot = boot() if boot_id is None else boot_id
        self._seen = self._read_at = counting()
        self._was_behind = False
        self._began = self._believed_at_first()

    def __call__(self) -> datetime:
        wall, ahead = self._look()
        return wall if abs(ahead) <= self._most else wall - ahead

    @property
    def began(self) -> datetime:
        """When the machine would have started, by what is believed."""
        return self._began

    def wall(self) -> datetime:
        """What the machine says, believed or not."""
        return self._wall()

    def jumped(self) -> timedelta:
        """How far it is ahead of what is believed, or behind where that is negative; nothing while it is believed."""
        ahead = self._look()[1]
        return ahead if abs(ahead) > self._most else timedelta()

    def stands(self) -> str:
        """For whoever runs the machine, while it is not believed."""
        return (
            f"the machine says {self._wall():{_MOMENT}}; {self():{_MOMENT}} is believed, and nothing is recorded."
            " Set it right; or, if it is right now, a person says so, by name: practice-alerts clock accept"
            ' --by NAME --why "..."'
        )

    def must_be_believed(self) -> None:
        """Raises StorageTrouble."""
        if self.jumped():
            raise StorageTrouble(Storage.CLOCK)

    def believe(self) -> None:
        """The machine's clock is right as it is now."""
        self._began = self._wall() - self._counting()

    def _look(self) -> tuple[datetime, timedelta]:
        wall, counting = self._wall(), self._counting()
        ahead = wall - counting - self._began
        if self._was_behind and ahead > self._most:
            self._began, ahead = wall - counting, timedelta()
        if abs(ahead) > self._most and counting - self._read_at >= _LOOK_AGAIN:
            self._read_at = counting
            self._began = (
                self._told() or self._began
            )  # somebody may have said by now which is right
            ahead = wall - counting - self._began
        if abs(ahead) <= self._most:
            self._was_behind = False
            little = (counting - self._seen) / _A_LITTLE
            self._began += max(-little, min(little, ahead))
            self._seen = counting
        return wall, ahead

    def _believed_at_first(self) -> datetime:
        told = self._told()
        if told is not None:
            return told
        began, line = self._wall() - self._counting(), self._line()
        last = datetime.fromisoformat(line.at) - self._counting() if line else began
        self._was_behind = last - began > self._most
        return last if self._was_behind else began

    def _told(self) -> datetime | None:
        """When this start of the machine began, by the last line that was written since."""
        line = self._line()
        if line is None or not self.boot or line.boot != self.boot:
            return None
        return datetime.fromisoformat(line.began)

    def _line(self) -> WitnessLine | None:
        try:
            return self._witness.last()
        except WitnessUnreadable:  # told by whoever needs it whole
            return None
