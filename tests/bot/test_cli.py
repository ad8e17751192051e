"""The operator's shell: what it answers, and what it leaves alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.program import program
from storage.database import DatabaseKind, kind_of, schema_revision
from tests.bot.shell import Shell

HEAVY = ("aiogram", "aiohttp", "sqlalchemy", "alembic", "prometheus_client", "pydantic", "httpx", "snowballstemmer")
LOOK = "import sys; from bot.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"


def test_help_answers_without_loading_anything_heavy() -> None:
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", LOOK], cwd=root, capture_output=True, text=True, check=True)
    assert "office" in ended.stdout
    assert not set(HEAVY) & set(ended.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("words", [[], ["office"], ["--help"], ["office", "add", "--help"], ["run", "--help"]])
def test_every_command_can_be_asked_what_it_does(shell: Shell, words: list[str]) -> None:
    assert "Usage" in shell(*words).output
    assert not shell.data.exists()


def test_an_office_is_founded_and_the_next_step_is_named(shell: Shell) -> None:
    said = shell.says("office", "add", "pestovo")
    assert said == f"Офис заведён: МЦУ Пестовского округа. Дальше: {program()} office invites pestovo\n"
    assert kind_of(shell.database) is DatabaseKind.PRODUCTION


def test_an_office_of_the_training_database_stays_there(shell: Shell) -> None:
    shell.says("office", "add", "pestovo", "--sandbox")
    assert not shell.database.exists()
    assert "Пестовского" in shell.says("office", "show", "--sandbox")


def test_an_office_may_come_from_a_file_of_its_own(shell: Shell) -> None:
    preset = Path(__file__).parents[2] / "bot" / "presets" / "pestovo.toml"
    own = shell.folder / "zarechny.toml"
    own.write_text(preset.read_text(encoding="utf-8").replace("МЦУ Пестовского", "МЦУ Заречного"), encoding="utf-8")
    assert "МЦУ Заречного округа" in shell.says("office", "add", str(own))
    assert "[zarechny]" in shell.says("office", "show", "zarechny")


def test_show_tells_seats_blocks_levels_and_powers_and_names_nobody(founded: Shell) -> None:
    said = founded.says("office", "show", "pestovo")
    for words in (
        "МЦУ Пестовского округа [pestovo], зона Europe/Moscow",
        "не привязан, нужна команда /bind",
        "руководитель МЦУ: не занята",
        "Дороги, ЖКХ, благоустройство: руководитель блока",
        "средняя: проверить за 4 ч рабочего времени, ответить за 9 ч рабочего времени",
        "окончательный ответ в ИМ: дней 7 (рабочих)",
        "обращение по 59-ФЗ: дней 30 (подряд), это закон",
        "свежую выгрузку просим в 08:15; верим ей рабочих дней 2",
        "наш муниципалитет в выгрузках: Пестовский округ, ",
        "правил распределения 7: Дороги, ЖКХ, благоустройство 2; ",
        "bind: head → curator → operator",
    ):
        assert words in said
    assert said == founded.says("office", "show")


def test_invitations_are_printed_once_and_renewed_each_time(founded: Shell) -> None:
    first, second = (founded.says("office", "invites", "pestovo", "--members", "2") for _ in range(2))
    codes = [{word for word in said.split() if word.startswith("i_")} for said in (first, second)]
    assert [len(each) for each in codes] == [9, 9]
    assert not codes[0] & codes[1]
    assert "член проектного офиса 2 (до " in first
    assert "/start i_" in first


def test_invitations_are_printed_when_telegram_cannot_be_asked_for_the_bots_name(founded: Shell) -> None:
    assert "/start i_" in founded.says("office", "invites", "pestovo", BOT_TOKEN="42:abcdefghijklmnop")


def test_migrate_brings_the_database_to_the_newest_form_and_says_so(founded: Shell) -> None:
    assert "уже в нужной форме" in founded.says("migrate")
    found, newest = schema_revision(founded.database)
    assert found == newest


def test_doctor_says_what_to_do_and_changes_nothing(shell: Shell) -> None:
    result = shell("doctor")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert all(line.startswith(("✓ ", "✗ ")) for line in lines)
    assert any("BOT_TOKEN" in line for line in lines)
    assert any("office add" in line for line in lines)
    assert any("не запущен" in line for line in lines)
    assert not shell.data.exists()


def test_doctor_looks_into_the_offices(founded: Shell) -> None:
    said = founded("doctor").stdout
    assert "✓ База" in said
    assert "✗ МЦУ Пестовского округа: алерт-чат не привязан" in said
    assert "не заняты куратор; руководитель МЦУ" in said
