"""Office time never goes back, and moves ahead only when it is told to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

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


class SetClock(MachineClock):
    """A machine whose seconds and whose clock on the wall a test moves apart."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.shown = NOW
        super().__init__()

    def wall(self) -> datetime:
        return self.shown

    def monotonic(self) -> float:
        return self.seconds


STEPS = st.lists(st.tuples(st.floats(0, 10**5), st.integers(-(10**6), 10**6)), max_size=30)


@given(STEPS)
def test_machine_time_flows_with_the_seconds_whoever_sets_the_clock(steps: list[tuple[float, int]]) -> None:
    clock = SetClock()
    for passed, set_by in steps:
        before = clock.now()
        clock.seconds += passed
        clock.shown += timedelta(seconds=set_by)
        assert abs((clock.now() - before).total_seconds() - passed) < 1e-3


@given(STEPS, st.floats(0.5, 300))
def test_a_retry_is_due_after_its_pause_whoever_sets_the_clock(steps: list[tuple[float, int]], pause: float) -> None:
    clock = SetClock()
    retry_at, waited = clock.now() + timedelta(seconds=pause), 0.0
    for passed, set_by in steps:
        clock.seconds += passed
        clock.shown += timedelta(seconds=set_by)
        waited += passed
        if abs(waited - pause) > 1e-3:
            assert (clock.now() >= retry_at) is (waited > pause)


def test_a_clock_set_back_is_one_line_and_its_catching_up_another(machine: Machine) -> None:
    clock = OfficeClock(machine.read)
    with capture_logs() as log:
        machine.now -= HOUR
        for _ in range(5):
            assert clock.now() == NOW
        machine.now += HOUR
        clock.now()
        machine.now += HOUR
        assert clock.now() == NOW + HOUR
    assert [line["log_level"] for line in log] == ["warning", "info"]
    assert log[0]["seconds"] == 3600
    assert clock.steps_back == 1


def test_the_trembling_of_a_clock_that_is_kept_right_is_nothing_to_speak_of(machine: Machine) -> None:
    clock = OfficeClock(machine.read)
    with capture_logs() as log:
        for step in (-1, 1, -2, 2):
            machine.now += timedelta(seconds=step)
            clock.now()
    assert (log, clock.steps_back) == ([], 0)
