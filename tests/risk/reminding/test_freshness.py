"""How long an export is relied on, and whether that of today has come; held to a slow plain reckoning."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.presets.loading import load_preset
from risk.appeals import AppealSource
from risk.freshness import awaited_sources, is_fresh, is_known, stale_from, stale_sources
from risk.obligations import ObligationKind
from risk.offices import OfficePlan
from tests.risk.reminding.owing import obligation

PLAN: Final = load_preset("pestovo")
MOSCOW: Final = ZoneInfo("Europe/Moscow")
IM, POS = AppealSource.IM, AppealSource.POS
DAY: Final = timedelta(days=1)


def at(written: str) -> datetime:
    """«2026-11-20 16:00» in Moscow."""
    return datetime.fromisoformat(written).replace(tzinfo=MOSCOW).astimezone(UTC)


@pytest.mark.parametrize(
    ("made_at", "stale"),
    [
        ("2026-11-20 08:10", "2026-11-25 00:00"),
        ("2026-11-20 23:59", "2026-11-25 00:00"),
        ("2026-11-21 12:00", "2026-11-25 00:00"),
        ("2026-11-22 12:00", "2026-11-25 00:00"),
        ("2026-11-23 08:10", "2026-11-26 00:00"),
        ("2026-12-30 08:10", "2027-01-13 00:00"),
    ],
)
def test_of_two_days_an_export_of_friday_is_relied_on_until_tuesday_is_over(made_at: str, stale: str) -> None:
    """The hour of it does not matter, days off do not count; nobody works from 31.12 to 10.01."""
    assert stale_from(at(made_at), PLAN) == at(stale)
    assert is_fresh(POS, {POS: at(made_at)}, PLAN, at(stale) - timedelta(seconds=1))
    assert not is_fresh(POS, {POS: at(made_at)}, PLAN, at(stale))


def test_what_was_never_imported_is_not_fresh() -> None:
    assert not is_fresh(IM, {POS: at("2026-11-20 08:10")}, PLAN, at("2026-11-20 09:00"))


_minutes = st.integers(0, 60 * 24 * 60)


@given(made=_minutes, later=_minutes, days=st.integers(1, 5))
def test_an_export_is_too_old_when_more_working_days_than_allowed_have_begun_since_its_own(
    made: int, later: int, days: int
) -> None:
    plan = replace(PLAN, exports_fresh_for=days)
    made_at = at("2026-04-20 00:00") + timedelta(minutes=made)
    now = made_at + timedelta(minutes=later)
    assert is_fresh(POS, {POS: made_at}, plan, now) is (_begun_between(made_at, now, plan) <= days)


def _begun_between(made_at: datetime, now: datetime, plan: OfficePlan) -> int:
    """Day by day."""
    day, last, begun = made_at.astimezone(MOSCOW).date(), now.astimezone(MOSCOW).date(), 0
    while day < last:
        day += DAY
        begun += plan.calendar.hours_on(day) is not None
    return begun


def test_what_people_themselves_know_needs_no_export() -> None:
    risk = obligation(at("2026-11-20 18:00"))
    assert is_known(risk, {}, PLAN, at("2026-11-23 09:00"))


@pytest.mark.parametrize(("now", "known"), [("2026-11-24 18:00", True), ("2026-11-25 09:00", False)])
def test_what_an_export_alone_tells_is_known_as_long_as_that_export_is_relied_on(now: str, known: bool) -> None:
    owed = obligation(at("2026-11-20 18:00"), ObligationKind.APPEAL_ANSWER, known_from=POS)
    both = {POS: at("2026-11-20 08:10"), IM: at(now)}
    assert is_known(owed, both, PLAN, at(now)) is known
    assert not is_known(owed, {IM: at(now)}, PLAN, at(now))


AWAITED: Final[Mapping[str, tuple[str, ...]]] = {
    "2026-11-20 17:59": ("2026-11-23 08:15",),
    "2026-11-20 18:00": (),
    "2026-11-21 10:00": (),
    "2026-11-23 08:10": (),
}
"""What of an export that was made then is missing on Monday the 23rd."""


@pytest.mark.parametrize("made_at", AWAITED)
def test_an_export_is_of_today_when_it_was_made_after_the_last_working_day_was_over(made_at: str) -> None:
    awaited = awaited_sources({POS: at(made_at)}, PLAN, at("2026-11-23 08:15"))
    assert awaited == ((POS,) if AWAITED[made_at] else ())


def test_only_sources_that_the_office_imports_are_awaited_or_too_old() -> None:
    now = at("2026-11-30 08:15")
    assert awaited_sources({}, PLAN, now) == stale_sources({}, PLAN, now) == ()
    old = {POS: at("2026-11-20 08:10"), IM: at("2026-11-30 08:00"), AppealSource.HAND: at("2026-11-01 08:00")}
    assert awaited_sources(old, PLAN, now) == stale_sources(old, PLAN, now) == (POS,)


def test_it_is_the_midnight_of_the_offices_own_zone() -> None:
    ural = load_preset("kamyshlov")
    midnight = datetime.combine(date(2026, 11, 25), time.min, tzinfo=ZoneInfo("Asia/Yekaterinburg"))
    assert stale_from(at("2026-11-20 08:10"), ural) == midnight
