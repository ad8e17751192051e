"""Office time never goes back, and moves ahead only when it is told to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import MachineClock, OfficeClock
from tests.support.offices import NOW

HOUR = timedelta(hours=1)


class Machine:
    def __init__(self) -> None:
        self.now = NOW

    def read(self) -> datetime:
        return self.now


@pytest.fixture
def machine() -> Machine:
    return Machine()


def test_office_time_is_machine_time_and_its_shift(machine: Machine) -> None:
    clock = OfficeClock(machine.read, 2 * HOUR)
    assert (clock.now(), clock.shift) == (NOW + 2 * HOUR, 2 * HOUR)
    machine.now += HOUR
    assert clock.now() == NOW + 3 * HOUR


def test_office_time_stands_while_the_machine_is_set_back(machine: Machine) -> None:
    clock = OfficeClock(machine.read)
    machine.now += HOUR
    assert clock.now() == NOW + HOUR
    machine.now -= 3 * HOUR
    assert clock.now() == NOW + HOUR
    machine.now = NOW + 2 * HOUR
    assert clock.now() == NOW + 2 * HOUR


@given(st.lists(st.integers(-(10**6), 10**6), max_size=30))
def test_office_time_never_goes_back_whatever_the_machine_shows(steps: list[int]) -> None:
    machine = Machine()
    clock = OfficeClock(machine.read)
    seen = [clock.now()]
    for step in steps:
        machine.now += timedelta(seconds=step)
        seen.append(clock.now())
    assert seen == sorted(seen)


def test_office_time_moves_forward_and_goes_on_from_there(machine: Machine) -> None:
    clock = OfficeClock(machine.read)
    clock.move_to(NOW + 5 * HOUR)
    assert (clock.now(), clock.shift) == (NOW + 5 * HOUR, 5 * HOUR)
    machine.now += HOUR
    assert clock.now() == NOW + 6 * HOUR


def test_office_time_cannot_be_moved_back(machine: Machine) -> None:
    clock = OfficeClock(machine.read)
    clock.move_to(NOW + HOUR)
    for earlier in (NOW, NOW + HOUR - timedelta(microseconds=1)):
        with pytest.raises(ValueError, match="forward only"):
            clock.move_to(earlier)
    assert (clock.now(), clock.shift) == (NOW + HOUR, HOUR)


def test_office_time_may_be_moved_to_now(machine: Machine) -> None:
    clock = OfficeClock(machine.read)
    clock.move_to(NOW)
    assert clock.shift == timedelta()


def test_a_moment_without_its_zone_is_no_moment(machine: Machine) -> None:
    with pytest.raises(TypeError):
        OfficeClock(machine.read).move_to(NOW.replace(tzinfo=None))


def test_a_moment_of_any_zone_will_do(machine: Machine) -> None:
    clock = OfficeClock(machine.read)
    clock.move_to(datetime.fromisoformat("2026-11-20T13:00:00+03:00"))
    assert clock.now() == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_machine_time_is_aware_and_its_seconds_go_on() -> None:
    clock = MachineClock()
    assert clock.now().tzinfo is UTC
    assert clock.monotonic() <= clock.monotonic()
