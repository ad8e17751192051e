"""What the program lacks is known part by part, and the log has a line for each change and none in between."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.doctor.running import ILLS
from bot.health import HEARD_OF_WITHIN_SECONDS, Health, Part, Why
from storage.hindrance import Hindrance


class Seconds:
    def __init__(self) -> None:
        self.now = 5.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def health(seconds: Seconds) -> Health:
    started = Health(seconds)
    started.well(Part.UPDATES)
    started.well(Part.TELEGRAM)
    return started


@pytest.fixture
def log() -> Iterator[list[EventDict]]:
    with capture_logs() as lines:
        yield lines


def test_what_has_not_answered_yet_is_not_ready() -> None:
    assert Health(lambda: 0.0).ills == {Part.UPDATES: Why.STARTING, Part.TELEGRAM: Why.STARTING}


def test_a_trouble_that_lasts_is_one_line_and_its_end_another(
    health: Health, seconds: Seconds, log: list[EventDict]
) -> None:
    for _ in range(5):
        health.ill(Part.DATABASE, Hindrance.NO_ROOM)
        seconds.now += 10
    health.well(Part.DATABASE)
    health.well(Part.DATABASE)
    assert [(line["event"], line["part"]) for line in log] == [("not ready", "database"), ("ready again", "database")]
    assert (log[1]["was"], log[1]["after_seconds"]) == (Hindrance.NO_ROOM, 50)
    assert health.ills == {}


def test_another_reason_is_another_line(health: Health, log: list[EventDict]) -> None:
    for why in (Why.OUT_OF_REACH, Why.OUT_OF_REACH, Why.TOKEN_REFUSED):
        health.ill(Part.TELEGRAM, why)
    assert [line["why"] for line in log] == [Why.OUT_OF_REACH, Why.TOKEN_REFUSED]
    assert health.ills == {Part.TELEGRAM: Why.TOKEN_REFUSED}


def test_a_start_is_nothing_to_speak_of(log: list[EventDict]) -> None:
    Health(lambda: 0.0).well(Part.TELEGRAM)
    assert log == []


def test_a_telegram_that_was_not_heard_of_lately_is_not_ready(health: Health, seconds: Seconds) -> None:
    seconds.now += HEARD_OF_WITHIN_SECONDS
    assert health.ills == {}
    seconds.now += 1
    assert health.ills == {Part.TELEGRAM: Why.SILENT}
    health.well(Part.TELEGRAM)
    assert health.ills == {}


def test_every_reason_is_worded_for_the_operator() -> None:
    assert set(ILLS) == {*Why, *Hindrance}
