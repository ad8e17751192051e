"""A preset loaded over an office whose bot is running: the chat shows it, and nobody loses their place."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import office_presets
from storage.database import DatabaseKind
from tests.architecture.source import ROOT
from tests.support.clocks import FRIDAY_MORNING
from tests.support.people import Group, Person
from tests.support.stage import Stage

SHIPPED = (ROOT / "bot" / "presets" / "pestovo.toml").read_text(encoding="utf-8")
LATER = FRIDAY_MORNING.replace(hour=8)


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def loads(stage: Stage, tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    """The operator edits the shipped preset and loads it beside the running bot."""
    text = SHIPPED
    for right, wrong in changes:
        assert right in text
        text = text.replace(right, wrong)
    file = tmp_path / "edited.toml"
    file.write_text(text, encoding="utf-8")
    no_calendar = tmp_path / "calendar.toml"
    told = await office_presets.update(stage.database, DatabaseKind.SANDBOX, no_calendar, "pestovo", str(file))
    await stage.office_time_is(LATER)
    return told


async def test_a_running_bot_shows_a_renamed_block_on_the_card_and_in_the_next_form(
    stage: Stage, tmp_path: Path, olga: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("Блок: Дороги, ЖКХ, благоустройство")
    await loads(stage, tmp_path, ('title = "Дороги, ЖКХ, благоустройство"', 'title = "Город"'))
    assert "Блок: Город · отвечает" in (await card.now()).text
    await olga.says("Выбоина у школы на дороге")
    await olga.sees("Проверьте", "Блок: Город")


async def test_a_card_with_a_dropped_level_lives_on(stage: Stage, tmp_path: Path, olga: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    card = await chat.sees("ИР-1/26 · 🟡 средняя")
    told = await loads(
        stage,
        tmp_path,
        ('key = "medium"', 'key = "usual"'),
        ('title = "средняя"', 'title = "обычная"'),
        ('default_level = "medium"', 'default_level = "usual"'),
    )
    assert any(line.startswith("! Уровня критичности больше нет: средняя") for line in told)
    assert "ИР-1/26 · 🟡 средняя" in (await card.now()).text
    head = stage.person("руководитель МЦУ")
    await head.presses("Сменить критичность", on=card)
    assert "🟡 средняя" not in (await card.now()).buttons
    await head.presses("🟡 обычная", on=card)
    assert "ИР-1/26 · 🟡 обычная" in (await card.now()).text


async def test_whoever_holds_a_dropped_position_is_told_what_they_may_not_do(
    stage: Stage, tmp_path: Path, chat: Group
) -> None:
    officer = stage.person("ответственный за ИМ и ПОС")
    told = await loads(
        stage, tmp_path, ('"officer", ', ""), ('[["officer"], ["head"]', '[["head"]'), _without_officer()
    )
    assert any(line.startswith("! Должности больше нет: ответственный за ИМ и ПОС") for line in told)
    await officer.says("/risk Яма на дороге", where=chat)
    await chat.does_not_see("ИР-1/26")


async def test_a_start_takes_over_what_became_known_of_working_days(stage: Stage, olga: Person, chat: Group) -> None:
    await stage.stop_bot()
    _shorten_horizon(stage.database)
    await stage.start_bot()
    await olga.says("/risk Яма на дороге", where=chat)
    assert "не подтверждён" not in (await chat.sees("ИР-1/26")).text


def _shorten_horizon(database: Path) -> None:
    """As if the calendar had been stored before this year's days were looked up."""
    with closing(sqlite3.connect(database)) as connection, connection:
        (plan,) = connection.execute("select plan from offices").fetchone()
        known = json.loads(plan)
        known["calendar"]["known_until"] = "2026-11-19"
        connection.execute("update offices set plan = ?", (json.dumps(known),))


def _without_officer() -> tuple[str, str]:
    begins = SHIPPED.index('[[roles]]\nkey = "officer"')
    return SHIPPED[begins : SHIPPED.index("[[roles]]", begins + 1)], ""
