"""The hour of the morning reminders, as people write it."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.bundle_hours import EARLIEST_BUNDLE, LATEST_BUNDLE, bundle_hour


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("08:30", time(8, 30)),
        ("8.30", time(8, 30)),
        ("8:05", time(8, 5)),
        ("9", time(9)),
        (" 09:00 ", time(9)),
        ("в 9", time(9)),
        ("В 10:15", time(10, 15)),
        ("06:00", time(6)),
        ("12:00", time(12)),
    ],
)
def test_an_hour_of_a_morning_is_read(written: str, hour: time) -> None:
    assert bundle_hour(written) == hour


@pytest.mark.parametrize(
    "written",
    ["", "утром", "5", "05:59", "12:01", "13", "23:00", "24:00", "99", "9:60", "9:5", "9:305", "9-30", "-9", "9 30 00",
     "٩", "9:30:00", "8:30 вечера"],
)  # fmt: skip
def test_anything_else_is_not(written: str) -> None:
    assert bundle_hour(written) is None


@given(st.times())
def test_every_hour_that_may_be_chosen_is_read_as_it_is_shown_and_no_other(hour: time) -> None:
    shown = hour.replace(second=0, microsecond=0, tzinfo=None)
    expected = shown if EARLIEST_BUNDLE <= shown <= LATEST_BUNDLE else None
    assert bundle_hour(f"{shown:%H:%M}") == bundle_hour(f"{shown:%H.%M}") == expected


@given(st.text())
def test_whatever_is_written_is_no_fault(written: str) -> None:
    hour = bundle_hour(written)
    assert hour is None or EARLIEST_BUNDLE <= hour <= LATEST_BUNDLE
