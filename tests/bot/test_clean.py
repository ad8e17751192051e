"""`clean`: an export loses what is personal, offline, and says what it lost."""

import csv
import re
import stat
from pathlib import Path

import pytest

from risk.appeals import Appeal
from tests.bot.shell import Shell
from tests.risk.exports import IM_ROW, personal_cells, read
from tests.support.workbooks import (
    EVERY_SAMPLE,
    IM_SAMPLE,
    POS_SAMPLE,
    REGIONAL_SAMPLE,
    separated,
    table_of,
    workbook,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ноябрь.xlsx"


def cleaned_of(file: Path) -> Path:
    return file.with_name(f"{file.stem} очищено.csv")


def rows_of(cleaned: Path) -> list[list[str]]:
    with cleaned.open(encoding="utf-8-sig", newline="") as text:
        return [list(row) for row in csv.reader(text, delimiter=";")]


@pytest.mark.parametrize("sample", EVERY_SAMPLE, ids=lambda path: path.stem)
def test_a_cleaned_sample_holds_nothing_personal_and_says_the_same_of_appeals(
    sample: Path, shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / sample.name
    file.write_bytes(sample.read_bytes())
    said = shell.says("clean", str(file))
    rows, table = rows_of(cleaned_of(file)), table_of(sample)
    assert f"строк {len(table) - 1}." in said
    secrets = set(personal_cells(table))
    # A house may have the number that is somebody's mark, so short cells are compared where words stand.
    told = {cell for row in rows[1:] for cell in row if not cell.isdigit()}
    assert not told & secrets
    everything = cleaned_of(file).read_text(encoding="utf-8-sig")
    assert [secret for secret in secrets if len(secret) > 5 and secret in everything] == []
    assert not re.search(r"\[id|/id\d|/wall\d|reply=|/i?gim", everything)
    assert read(rows) == read(table)
    assert file.read_bytes() == sample.read_bytes()


def test_dropped_columns_are_said_by_name_and_kind(shell: Shell, file: Path) -> None:
    file.write_bytes(workbook([[*IM_ROW, "Улица", "ФИО модератора", "Новый столбец", "Регион"], [*IM_ROW.values()]]))
    said = shell.says("clean", str(file)).splitlines()
    assert said[0] == f"Записано: {cleaned_of(file)}, строк 1."
    assert said[1].startswith("Это выгрузка «Инцидент Менеджмент». Остались столбцы: «Номер инцидента», ")
    assert "Убраны столбцы с личными данными: «Улица»." in said
    assert "Убраны столбцы с именами сотрудников: «ФИО модератора»." in said
    assert "Убраны незнакомые столбцы: «Новый столбец»." in said
    assert "Не нужны для учёта, тоже убраны: «Регион»." in said


def test_the_cleaned_file_is_for_excel_and_for_its_owner_alone(shell: Shell, file: Path) -> None:
    file.write_bytes(POS_SAMPLE.read_bytes())
    shell.says("clean", str(file))
    content = cleaned_of(file).read_bytes()
    assert content.startswith("\ufeffНомер;Источник;".encode())
    assert b"\r\n" in content
    assert stat.S_IMODE(cleaned_of(file).stat().st_mode) == 0o600


def test_a_cell_that_would_run_as_a_formula_is_made_text(shell: Shell, file: Path) -> None:
    row = {**IM_ROW, "Тема": "=cmd|'/c calc'!A0"}
    file.write_bytes(workbook([list(row), list(row.values())]))
    shell.says("clean", str(file))
    assert "'=cmd|'/c calc'!A0" in rows_of(cleaned_of(file))[1]


def test_a_text_that_slipped_into_a_kept_column_comes_empty(shell: Shell, file: Path) -> None:
    text = "Здравствуйте, третий день нет воды. " * 10
    row = {**IM_ROW, "Тема": text, "Дата окончания": text, "Исполнитель": "Выдуманов В.В."}
    file.write_bytes(workbook([list(row), list(row.values())]))
    shell.says("clean", str(file))
    cleaned = cleaned_of(file).read_text(encoding="utf-8-sig")
    assert "Здравствуйте" not in cleaned
    assert "Выдуманов" not in cleaned
    assert cleaned.splitlines()[1].startswith("700000;Администрация;;")


def test_cleaning_again_replaces_what_was_cleaned_before(shell: Shell, file: Path) -> None:
    file.write_bytes(POS_SAMPLE.read_bytes())
    shell.says("clean", str(file))
    before = cleaned_of(file).read_bytes()
    shell.says("clean", str(file))
    assert cleaned_of(file).read_bytes() == before
    assert sorted(path.name for path in file.parent.iterdir()) == sorted([file.name, cleaned_of(file).name])


def test_a_cleaned_file_cleans_into_itself(shell: Shell, file: Path) -> None:
    file.write_bytes(IM_SAMPLE.read_bytes())
    shell.says("clean", str(file))
    said = shell.says("clean", str(cleaned_of(file)))
    assert "Убраны столбцы" not in said
    assert cleaned_of(cleaned_of(file)).read_bytes() == cleaned_of(file).read_bytes()


def test_the_sheet_without_numbers_is_cleaned_too(shell: Shell, file: Path) -> None:
    file.write_bytes(REGIONAL_SAMPLE.read_bytes())
    assert "сводка первых ответов" in shell.says("clean", str(file))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "файла нет"),
        (b"", "файл пустой"),
        (b"\x00\x01", "это не таблица"),
        (POS_SAMPLE.read_bytes()[:9000], "файл обрывается"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64) + "EncryptedPackage".encode("utf-16-le"), "закрыт паролем"),
        (workbook([["Имя", "Сумма"], ["а", 5]]), "не похоже на выгрузку ИМ или ПОС"),
        (
            separated([[name for name in IM_ROW if name != "Номер инцидента"]]).encode(),
            "нет столбцов: «Номер инцидента»",
        ),
        ((separated([list(IM_ROW), list(IM_ROW.values())]) + "5;оборвано").encode(), "файл обрывается"),
    ],
    ids=["gone", "empty", "bytes", "truncated", "encrypted", "something else", "no number", "cut text"],
)
def test_what_cannot_be_read_is_refused_in_a_line_and_nothing_is_written(
    shell: Shell, file: Path, content: bytes | None, says: str
) -> None:
    if content is not None:
        file.write_bytes(content)
    result = shell("clean", str(file))
    assert result.exit_code == 2
    assert says in result.output
    assert result.output.rstrip().endswith("Ничего не записано.")
    assert [path for path in file.parent.iterdir() if path != file] == []


def test_a_folder_that_is_not_to_be_written_to_is_named(
    shell: Shell, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError

    file.write_bytes(POS_SAMPLE.read_bytes())
    monkeypatch.setattr("bot.cleaning.os.open", refuse)
    said = shell("clean", str(file)).output
    assert "в эту папку нельзя писать" in said
    assert [path for path in file.parent.iterdir() if path != file] == []


def test_appeals_are_what_is_read_of_a_cleaned_sample(shell: Shell, file: Path) -> None:
    file.write_bytes(IM_SAMPLE.read_bytes())
    shell.says("clean", str(file))
    assert {type(row) for row in read(rows_of(cleaned_of(file)))} == {Appeal}
