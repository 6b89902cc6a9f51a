"""The machine's clock against the one that only counts: what is believed, and what time it is meanwhile."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.adapters.machine_clock import MachineClock, boot, counted
from practice_alerts.adapters.witness_file import Witness, WitnessLine
from practice_alerts.domain.errors import Storage, StorageTrouble
from tests.helpers.product.machine import FIRST_BOOT, Machine

MOST = timedelta(minutes=5)
YEAR = timedelta(days=365)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "witness")


def told(machine: Machine, clock: MachineClock) -> None:
    """What a running product writes every ten minutes."""
    machine.witness.write(
        WitnessLine("s", 1, "h", 1, "m", {}, clock().isoformat(), boot=clock.boot,
                    began=clock.began.isoformat())
    )  # fmt: skip


@pytest.mark.parametrize(
    ("jump", "is_believed"),
    [
        (timedelta(), True),
        (timedelta(minutes=4, seconds=59), True),
        (-timedelta(minutes=4, seconds=59), True),
        (timedelta(minutes=5, seconds=1), False),
        (-timedelta(minutes=5, seconds=1), False),
        (timedelta(hours=1), False),
        (YEAR, False),
        (-YEAR, False),
    ],
)
def test_a_jump_while_it_runs_is_no_longer_believed_and_one_that_is_put_right_is(
    machine: Machine, jump: timedelta, *, is_believed: bool
) -> None:
    clock = machine.clock()
    machine.goes_by(timedelta(days=3))
    machine.jumps(jump)
    assert (clock.jumped() == timedelta()) is is_believed
    machine.goes_by(timedelta(seconds=30))
    right = machine.wall if is_believed else machine.wall - jump
    assert clock() == right
    if not is_believed:
        with pytest.raises(StorageTrouble) as trouble:
            clock.must_be_believed()
        assert trouble.value.what is Storage.CLOCK
    machine.jumps(-jump)
    clock.must_be_believed()
    assert clock() == machine.wall


def test_a_machine_that_slept_ran_for_90_days_or_was_off_for_them_is_no_fault(
    machine: Machine,
) -> None:
    clock = machine.clock()
    told(machine, clock)
    machine.goes_by(timedelta(days=90))  # asleep or idle: what counts went on
    clock.must_be_believed()
    machine.starts_anew(off_for=timedelta(days=90))
    machine.clock().must_be_believed()
    assert machine.clock()() == machine.wall


def test_a_machine_that_starts_behind_its_last_line_is_not_believed(machine: Machine) -> None:
    told(machine, machine.clock())
    last = machine.wall
    machine.starts_anew(off_for=-YEAR)  # the battery of its clock is empty
    clock = machine.clock()
    assert clock.jumped() == -YEAR
    machine.goes_by(timedelta(minutes=1))
    assert clock() == last + timedelta(minutes=1)
    machine.starts_anew(off_for=YEAR)
    machine.clock().must_be_believed()


@pytest.mark.parametrize("off_for", [timedelta(), timedelta(hours=8), timedelta(days=90)])
def test_one_that_starts_behind_and_is_set_right_goes_on_however_long_it_was_off(
    machine: Machine, off_for: timedelta
) -> None:
    """A time server is reached a minute later: nobody has to say that it is right."""
    told(machine, machine.clock())
    machine.starts_anew(off_for=-YEAR)
    clock = machine.clock()
    assert clock.jumped() == -YEAR
    machine.goes_by(timedelta(minutes=1))
    machine.jumps(YEAR + off_for)
    assert clock() == machine.wall
    clock.must_be_believed()
    for jump in (YEAR, -2 * YEAR):  # as with any other from here on
        machine.jumps(jump)
        assert clock.jumped()


@pytest.mark.parametrize("jump", [YEAR, -YEAR, timedelta(hours=1)])
def test_a_process_that_is_started_while_the_clock_is_wrong_knows_it(
    machine: Machine, jump: timedelta
) -> None:
    told(machine, machine.clock())
    machine.goes_by(timedelta(hours=2))
    machine.jumps(jump)
    assert machine.clock().jumped() == jump


def test_once_somebody_says_that_it_is_right_every_process_goes_on(machine: Machine) -> None:
    running = machine.clock()
    told(machine, running)
    machine.jumps(YEAR)
    assert running.jumped() == YEAR
    command = machine.clock()
    command.believe()
    told(machine, command)
    machine.goes_by(timedelta(seconds=1))
    running.must_be_believed()
    assert running() == machine.wall
    machine.jumps(-YEAR)
    assert running.jumped() == -YEAR


def test_a_little_each_night_is_no_jump_and_a_jump_in_small_steps_is_one(machine: Machine) -> None:
    clock = machine.clock()
    for _ in range(200):
        machine.goes_by(timedelta(days=1))
        machine.jumps(timedelta(seconds=20))
        clock.must_be_believed()
    for is_believed in (True, False):
        machine.goes_by(timedelta(minutes=10))
        machine.jumps(timedelta(minutes=4))
        assert (clock.jumped() == timedelta()) is is_believed


@given(
    st.lists(
        st.tuples(
            st.timedeltas(timedelta(), timedelta(days=40)),
            st.timedeltas(-timedelta(days=400), timedelta(days=400)),
        ),
        max_size=8,
    )
)
def test_the_time_it_says_is_never_further_from_the_true_one_than_a_jump(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[timedelta, timedelta]]
) -> None:
    machine = Machine(tmp_path_factory.mktemp("witness"))
    clock, true = machine.clock(), machine.wall
    for goes_by, jump in steps:
        machine.goes_by(goes_by)
        true += goes_by
        machine.jumps(jump)
        assert abs(clock() - true) <= MOST + goes_by / 1000 * len(steps)
        machine.jumps(-jump)


def test_the_machine_itself_counts_and_names_its_start() -> None:
    before = counted()
    assert counted() >= before > timedelta()
    assert boot() not in {"", FIRST_BOOT}


def test_a_witness_that_cannot_be_read_is_told_by_others(tmp_path: Path) -> None:
    (tmp_path / "witness.jsonl").write_text("nothing\n")
    clock = MachineClock(Machine(tmp_path).now, Witness(tmp_path), MOST)
    assert clock.jumped() == timedelta()
