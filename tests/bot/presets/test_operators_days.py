"""The operator's calendar file: what it overrules, and what an operator reads about one that cannot be used."""

from datetime import date, time
from pathlib import Path

import pytest

from bot.gateways.production_calendar import CONFIRMED_UNTIL
from bot.presets.faults import CalendarError
from bot.presets.loading import load_preset
from bot.presets.operators_days import NOTHING, calendar_in_force, laid_over, read_operators_days
from risk.calendar import WorkingCalendar, WorkingHours
from tests.architecture.source import ROOT
from tests.risk.calendars import FIVE_DAYS, NINE_TO_SIX, SHORTENED, hours

SOURCE = '\nsource = "распоряжение № 7"\n'
SATURDAY = date(2026, 11, 28)
THURSDAY = date(2026, 11, 26)
HOLIDAY = date(2026, 11, 4)

DAY = f"""\
[[days]]
date = {THURSDAY}
kind = "off"
source = "распоряжение № 7"
"""


def read(tmp_path: Path, text: str) -> WorkingCalendar:
    file = tmp_path / "calendar.toml"
    file.write_text(text, encoding="utf-8")
    return laid_over("Europe/Moscow", FIVE_DAYS, {HOLIDAY: NINE_TO_SIX}, read_operators_days(file))


@pytest.mark.parametrize(
    ("day", "says", "meant"),
    [
        (THURSDAY, 'kind = "off"', None),
        (THURSDAY, 'kind = "short"', SHORTENED),
        (THURSDAY, 'hours = "10:00-14:00"', hours("10:00", "14:00")),
        (SATURDAY, 'kind = "working"', NINE_TO_SIX),
        (SATURDAY, 'kind = "short"', SHORTENED),
        (date(2026, 11, 3), 'kind = "working"', NINE_TO_SIX),
        (HOLIDAY, 'kind = "off"', None),
    ],
)
def test_the_operators_day_wins_over_the_nations_and_the_presets(
    tmp_path: Path, day: date, says: str, meant: WorkingHours | None
) -> None:
    calendar = read(tmp_path, f"[[days]]\ndate = {day}\n{says}{SOURCE}")
    assert calendar.hours_on(day) == meant


def test_where_the_operator_says_nothing_the_presets_day_wins_over_the_nations(tmp_path: Path) -> None:
    calendar = read(tmp_path, DAY)
    assert calendar.hours_on(HOLIDAY) == NINE_TO_SIX
    assert calendar.hours_on(date(2026, 12, 31)) is None
    assert calendar.hours_on(date(2026, 12, 30)) == NINE_TO_SIX


@pytest.mark.parametrize(
    ("text", "until"), [("", CONFIRMED_UNTIL), (DAY, CONFIRMED_UNTIL), ("known_until = 2027-12-31", date(2027, 12, 31))]
)
def test_the_horizon_is_what_is_confirmed_unless_the_operator_moves_it(tmp_path: Path, text: str, until: date) -> None:
    assert read(tmp_path, text).known_until == until


def test_without_a_file_the_operator_says_nothing(tmp_path: Path) -> None:
    assert read_operators_days(tmp_path / "calendar.toml") is NOTHING


def test_the_calendar_in_force_is_worked_out_anew_from_what_the_preset_says(tmp_path: Path) -> None:
    plan = load_preset("pestovo")
    (tmp_path / "calendar.toml").write_text(DAY, encoding="utf-8")
    with_file = calendar_in_force(plan, read_operators_days(tmp_path / "calendar.toml"))
    assert (plan.calendar.is_working_day(THURSDAY), with_file.is_working_day(THURSDAY)) == (True, False)
    assert calendar_in_force(plan, NOTHING) == plan.calendar


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('kind = "off"', 'kind = "holiday"', "days.1.kind: можно: 'off', 'working', 'short'"),
        ('kind = "off"', "", "days.1: нужно одно из двух: kind или hours; kind можно: "),
        ('kind = "off"', 'kind = "off"\nhours = "09:00-17:00"', "days.1: нужно одно из двух: kind или hours"),
        ('kind = "off"', 'hours = "9-17"', 'days.1.hours: нужна строка вида "09:00-18:00"'),
        ('source = "распоряжение № 7"', "", "days.1.source: ключ обязателен"),
        ('source = "распоряжение № 7"', 'source = ""', "days.1.source: нужна одна непустая строка"),
        ("date = 2026-11-26", "", "days.1.date: ключ обязателен"),
        ("date = 2026-11-26", 'date = "26 ноября"', "days.1.date: нужна дата вида 2026-12-31"),
        ("date = 2026-11-26", "day = 2026-11-26", "days.1.day: такого ключа нет; можно: date, kind, hours, source"),
        ("[[days]]", "[[day]]", "day: такого ключа нет; можно: known_until, days"),
        ("[[days]]", "[days]", "days: нужен список в квадратных скобках"),
        ("[[days]]", 'known_until = "скоро"\n[[days]]', "known_until: нужна дата вида 2026-12-31"),
        ("[[days]]", f"{DAY}\n[[days]]", "days: 2026-11-26 названо дважды; каждый день нужен один раз"),
        ("[[days]]", "[[days", "это не TOML в UTF-8: "),
    ],
)
def test_a_wrong_file_is_answered_with_one_line_that_names_file_key_and_what_is_allowed(
    tmp_path: Path, right: str, wrong: str, says: str
) -> None:
    assert DAY.count(right) == 1
    with pytest.raises(CalendarError) as caught:
        read(tmp_path, DAY.replace(right, wrong))
    assert str(caught.value).startswith(f"calendar.toml: {says}")
    assert "\n" not in str(caught.value)


def test_the_example_can_be_used_as_it_stands() -> None:
    operators = read_operators_days(ROOT / "docs" / "calendar.example.toml")
    calendar = laid_over("Europe/Moscow", FIVE_DAYS, {}, operators)
    assert operators.days
    assert calendar.hours_on(date(2027, 2, 20)) == WorkingHours(opens=time(9), closes=time(17))
    assert calendar.known_until == CONFIRMED_UNTIL
