"""`import`: an export is looked at and put where the bot takes it from, or refused in a plain line."""

import stat
from pathlib import Path

import pytest

from storage.database import FileLock
from tests.bot.shell import Shell
from tests.risk.exports import IM_ROW, POS_ROW
from tests.support.workbooks import workbook


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "ноябрь.xlsx"
    made.write_bytes(workbook([[*POS_ROW, "ФИО исполнителя"], [*POS_ROW.values(), "x"], [*POS_ROW.values(), "y"]]))
    return made


def folder_of(shell: Shell, key: str = "pestovo") -> Path:
    return shell.data / "import" / key


def lying(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob("*") if each.is_file()) if folder.exists() else []


def test_an_export_is_told_of_and_copied_whole_for_its_owner_alone(founded: Shell, file: Path) -> None:
    founded.seat("officer")
    said = founded.says("import", str(file)).splitlines()
    put = folder_of(founded) / "ноябрь.xlsx"
    assert said[:3] == [
        "Это выгрузка ПОС, строк 2. С ошибкой: 1.",
        "Не сохранятся имена сотрудников: «ФИО исполнителя».",
        f"Передано: {put}.",
    ]
    assert said[3] == "Предпросмотр придёт в личные сообщения: ответственный за ИМ и ПОС."
    assert "Бот не запущен" in said[4]
    assert put.read_bytes() == file.read_bytes()
    assert stat.S_IMODE(put.stat().st_mode) == 0o600
    assert stat.S_IMODE(put.parent.stat().st_mode) == 0o700
    assert lying(folder_of(founded)) == ["ноябрь.xlsx"]


def test_a_second_file_of_that_name_does_not_replace_the_first(founded: Shell, file: Path) -> None:
    founded.says("import", str(file))
    founded.says("import", str(file))
    assert lying(folder_of(founded)) == ["ноябрь (2).xlsx", "ноябрь.xlsx"]


def test_that_nobody_may_load_it_is_said(founded: Shell, file: Path) -> None:
    assert "Загружать выгрузки сейчас некому" in founded.says("import", str(file))


def test_of_a_running_bot_nothing_is_said(founded: Shell, file: Path) -> None:
    with FileLock(founded.database):
        assert "Бот не запущен" not in founded.says("import", str(file))


def test_with_several_offices_it_must_be_said_whose_it_is(founded: Shell, file: Path) -> None:
    founded.says("office", "add", "kamyshlov")
    refused = founded("import", str(file))
    assert refused.exit_code == 2
    assert "Офисов несколько: pestovo, kamyshlov. Укажите, чья выгрузка: --office КЛЮЧ." in refused.output
    founded.says("import", str(file), "--office", "kamyshlov")
    assert lying(folder_of(founded, "kamyshlov")) == ["ноябрь.xlsx"]
    assert founded("import", str(file), "--office", "nowhere").exit_code == 2


def test_personal_columns_may_travel_by_the_folder(founded: Shell, tmp_path: Path) -> None:
    file = tmp_path / "im.xlsx"
    file.write_bytes(workbook([[*IM_ROW, "Текст инцидента"], [*IM_ROW.values(), "Зелёнка-Проверка"]]))
    said = founded.says("import", str(file))
    assert "Не сохранятся личные данные: «Текст инцидента»." in said
    assert "Зелёнка" not in said


def test_a_plain_table_is_handed_over_to_be_asked_about(founded: Shell, tmp_path: Path) -> None:
    file = tmp_path / "журнал.xlsx"
    file.write_bytes(workbook([["№", "Когда"], ["1", "09.11.2026"]]))
    assert "бот спросит, что в каком столбце. Столбцы: «№», «Когда»." in founded.says("import", str(file))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "файл пустой"),
        (b"%PDF-1.7 x", "это не таблица"),
        (workbook([[each for each in POS_ROW if each != "Номер"], list(POS_ROW.values())[1:]]), "нет столбцов"),
    ],
    ids=["empty", "no sheet", "without a needed column"],
)
def test_what_cannot_be_loaded_is_not_handed_over(founded: Shell, tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(content)
    refused = founded("import", str(file))
    assert refused.exit_code == 2
    assert words in refused.output
    assert "Ничего не передано." in refused.output
    assert lying(folder_of(founded)) == []


def test_a_missing_file_and_a_missing_database_are_said_plainly(shell: Shell, file: Path) -> None:
    assert "Базы ещё нет" in shell("import", str(file)).output
    shell.says("office", "add", "pestovo")
    refused = shell("import", str(file.with_name("нет.xlsx")))
    assert refused.exit_code == 2
    assert "файла нет или его нельзя прочитать" in refused.output
