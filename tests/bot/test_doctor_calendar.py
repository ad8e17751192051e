"""What the doctor says of calendars: how far ahead each office knows its days, and a file that cannot be used."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.doctor.calendar import AHEAD, look_at_calendars
from bot.doctor.finding import Finding
from bot.gateways.production_calendar import CONFIRMED_UNTIL
from tests.bot.shell import Shell
from tests.risk.calendars import utc
from tests.support.offices import PLAN, Offices

LAST_FINE = utc(f"{CONFIRMED_UNTIL - AHEAD} 12:00")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "calendar.toml"


@pytest.fixture
def unusable(file: Path) -> Path:
    file.write_text("known_until = 5\n", encoding="utf-8")
    return file


async def looked(offices: Offices, file: Path, *, days_later: int = 0) -> list[Finding]:
    return await look_at_calendars(offices.path, file, LAST_FINE + timedelta(days=days_later))


async def test_sixty_days_ahead_are_enough(offices: Offices, file: Path) -> None:
    ours, theirs = await looked(offices, file)
    assert ours.fine
    assert theirs.fine
    assert ours.says == f"{PLAN.title}: календарь подтверждён до {CONFIRMED_UNTIL:%d.%m.%Y}."


async def test_less_is_said_with_what_to_do(offices: Offices, file: Path) -> None:
    ours, _ = await looked(offices, file, days_later=1)
    assert not ours.fine
    assert ours.says == (
        f"{PLAN.title}: календарь подтверждён до {CONFIRMED_UNTIL:%d.%m.%Y}; дальше сроки — предположение: "
        f"впишите дни и known_until в {file} и перезапустите бота."
    )


async def test_a_file_that_cannot_be_used_is_named_before_the_offices(offices: Offices, unusable: Path) -> None:
    fault, *offices_lines = await looked(offices, unusable)
    assert not fault.fine
    assert fault.says.startswith("Календарь с ошибкой. calendar.toml: known_until: ")
    assert len(offices_lines) == 2


def test_the_doctor_looks_at_calendars(founded: Shell) -> None:
    said = founded("doctor").stdout
    assert "МЦУ Пестовского округа: календарь подтверждён до 31.12.2026" in said


def test_the_doctor_looks_at_the_calendar_of_the_training_database(shell: Shell) -> None:
    shell.says("office", "add", "pestovo", "--sandbox")
    assert "календарь подтверждён до" in shell("doctor", "--sandbox").stdout
