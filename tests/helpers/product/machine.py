"""A machine with two clocks that are set by hand: the one on its wall, and the one that only counts."""

from datetime import datetime, timedelta
from pathlib import Path

from practice_alerts.adapters.machine_clock import MachineClock
from practice_alerts.adapters.witness_file import Witness
from tests.helpers.days import moment

FIRST_BOOT = "the first start"


class Machine:
    def __init__(self, witness: Path, when: str = "Mon 2025-06-02 09:00") -> None:
        self.wall = moment(when)
        self.counted = timedelta(days=7)
        self.boot = FIRST_BOOT
        self.witness = Witness(witness)

    def now(self) -> datetime:
        return self.wall

    def goes_by(self, time: timedelta) -> None:
        self.wall += time
        self.counted += time

    def jumps(self, time: timedelta) -> None:
        """The clock on the wall alone."""
        self.wall += time

    def starts_anew(self, off_for: timedelta) -> None:
        """`off_for` is what the clock on the wall says of it."""
        self.wall += off_for
        self.counted = timedelta(seconds=20)
        self.boot = f"the start at {self.wall}"

    def clock(self, most: timedelta = timedelta(minutes=5)) -> MachineClock:
        """As a process has it that begins now."""
        return MachineClock(self.now, self.witness, most, lambda: self.counted, self.boot)
