"""The keeper's commands: what they say, what they leave, and how they fail."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.database import FileLock, schema_revision
from storage.hindrance import DatabaseUnavailable, Hindrance
from tests.bot.shell import Shell

REFUSED = 2


def copies(shell: Shell) -> list[Path]:
    return sorted((shell.data / "backups").iterdir())


def execute(shell: Shell, statement: str) -> None:
    with closing(sqlite3.connect(shell.database)) as connection:
        connection.execute(statement)
        connection.commit()


def upkeep(shell: Shell) -> list[str]:
    with closing(sqlite3.connect(shell.database)) as connection:
        return [what for (what,) in connection.execute("select what from upkeep order by what")]


WAITING = (
    "insert into inbox (bot_id, update_id, lane, received_at, payload) "
    "values (1, 1, 'chat:1', '2026-11-20 07:00:00.000000', '{}')"
)
ASIDE = (
    "insert into inbox (bot_id, update_id, lane, received_at, payload, state, reference, trace) values "
    "(1, 1, '', '2026-11-20 07:00:00.000000', '{\"kind\": \"message\", \"words\": \"Нет света\"}', 'aside', '7F3K', "
    "'KeyError: work:1 > feed:2')"
)


def test_a_backup_names_its_file_and_says_that_nothing_waits(founded: Shell) -> None:
    said = founded.says("backup")
    [copy] = copies(founded)
    assert said == f"Копия сделана и проверена: {copy}\nВходящих в работе нет.\n"
    assert upkeep(founded) == ["backup"]


def test_a_backup_is_made_while_the_bot_runs(founded: Shell) -> None:
    founded.holds.enter_context(FileLock(founded.database))
    founded.says("backup")
    assert len(copies(founded)) == 1


def test_a_backup_says_what_its_inbox_holds(founded: Shell) -> None:
    execute(founded, WAITING)
    assert "Необработанных сообщений в копии: 1. После восстановления бот их доделает." in founded.says("backup")


def test_a_backup_goes_where_it_is_told_and_keeps_as_many_as_it_is_told(founded: Shell) -> None:
    folder = founded.folder / "copies"
    for _ in range(3):
        said = founded.says("backup", "--to", str(folder), "--keep", "2")
    assert "Старых копий удалено: 1." in said
    assert len(list(folder.iterdir())) == 2


def test_a_backup_of_an_earlier_form_migrates_nothing(founded: Shell) -> None:
    execute(founded, "update alembic_version set version_num = '0002'")
    assert "Отметка о копии в базу не записана" in founded.says("backup")
    assert schema_revision(founded.database)[0] == "0002"


def test_a_copy_is_good_though_the_database_cannot_be_written(founded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    async def cannot(*_: object) -> None:
        raise DatabaseUnavailable(Hindrance.READ_ONLY)

    monkeypatch.setattr("bot.keeping.copying.note_upkeep", cannot)
    assert "Отметка о копии в базу не записана" in founded.says("backup")
    assert len(copies(founded)) == 1


def test_nothing_is_copied_where_there_is_no_database(shell: Shell) -> None:
    result = shell("backup")
    assert result.exit_code == REFUSED
    assert result.stderr.startswith("Базы ещё нет")
    assert not shell.data.exists()


def test_a_folder_that_cannot_be_written_is_one_line(founded: Shell) -> None:
    blocked = founded.folder / "copies"
    blocked.write_text("a file")
    result = founded("backup", "--to", str(blocked))
    assert (result.exit_code, result.stdout) == (REFUSED, "")
    assert result.stderr == f"В папку {blocked} нельзя писать. Проверьте права или укажите другую: --to.\n"


def test_at_least_one_copy_is_kept(founded: Shell) -> None:
    assert founded("backup", "--keep", "0").exit_code == REFUSED


def test_a_restore_says_what_is_lost_and_what_follows(founded: Shell) -> None:
    execute(founded, WAITING)
    founded.says("backup")
    [copy] = copies(founded)
    founded.database.unlink()
    said = founded.says("restore", str(copy))
    for words in (
        f"База восстановлена из копии: {founded.database}",
        "офисы: pestovo",
        "Потеряно: всё, что бот принял и сделал с",
        "их номера бот даст новым рискам",
        "Необработанных сообщений в копии: 1. При запуске бот их доделает.",
        "отметит это в ведомости",
        "doctor",
    ):
        assert words in said
    assert "Прежняя база" not in said
    assert "[pestovo]" in founded.says("office", "show")


def test_a_restore_over_data_asks_for_force_and_keeps_what_was_there(founded: Shell) -> None:
    founded.says("backup")
    [copy] = copies(founded)
    refused = founded("restore", str(copy))
    assert (refused.exit_code, refused.stdout) == (REFUSED, "")
    assert "добавьте --force" in refused.stderr
    assert "Прежняя база отложена: " in founded.says("restore", str(copy), "--force")


def test_a_restore_under_a_running_bot_is_one_line(founded: Shell) -> None:
    founded.says("backup")
    founded.holds.enter_context(FileLock(founded.database))
    result = founded("restore", str(copies(founded)[0]), "--force")
    assert (result.exit_code, result.stderr) == (
        REFUSED,
        "База занята другим процессом бота. Остановите его и повторите.\n",
    )


@pytest.mark.parametrize(
    ("content", "says"), [(None, "Файла {} нет"), (b"no copy " * 999, "Копия не годится: {}")], ids=["missing", "other"]
)
def test_what_is_no_copy_is_one_line(founded: Shell, content: bytes | None, says: str) -> None:
    path = founded.folder / "copy.db"
    if content is not None:
        path.write_bytes(content)
    result = founded("restore", str(path), "--force")
    assert (result.exit_code, result.stderr.count("\n")) == (REFUSED, 1)
    assert result.stderr.startswith(says.format(path))


def test_a_copy_of_the_training_database_is_not_for_the_working_one(founded: Shell) -> None:
    founded.says("office", "add", "pestovo", "--sandbox")
    founded.says("backup", "--sandbox", "--to", str(founded.folder / "copies"))
    [copy] = (founded.folder / "copies").iterdir()
    assert "Это база песочницы" in founded("restore", str(copy), "--force").stderr
    assert copy.name.startswith("mcu-pilot-sandbox-")


def test_a_purge_says_what_it_dropped_and_a_dry_one_what_it_would(founded: Shell) -> None:
    execute(founded, ASIDE)
    terms = {"RETAIN_SET_ASIDE_DAYS": "1"}
    execute(founded, "update inbox set received_at = '2020-01-01 00:00:00.000000'")
    assert founded.says("purge", "--dry-run", **terms) == "Будет удалено:\n  отложенные сообщения: 1\n"
    assert upkeep(founded) == []
    assert founded.says("purge", **terms) == "Удалено:\n  отложенные сообщения: 1\n"
    assert upkeep(founded) == ["purge"]
    assert founded.says("purge", **terms) == "Удалять нечего: всё моложе своих сроков (RETAIN_… в .env).\n"


def test_a_term_below_zero_is_no_setting(founded: Shell) -> None:
    result = founded("purge", RETAIN_DRAFTS_DAYS="-1")
    assert (result.exit_code, "RETAIN_DRAFTS_DAYS" in result.stderr) == (REFUSED, True)


@pytest.mark.parametrize("typed", ["7F3K", "7f3k", " 7F3K "])
def test_a_fault_is_told_by_its_number(founded: Shell, typed: str) -> None:
    execute(founded, ASIDE)
    assert founded.says("fault", typed) == (
        "Номер 7F3K: сообщение, пт 20.11, 10:00.\n"
        "Слова без личных данных: Нет света\n"
        "Где сломалось: KeyError: work:1 > feed:2\n"
        "Что делать: попросите человека повторить. Если сломалось снова, передайте эти строки разработчику: "
        "личных данных в них нет.\n"
    )


def test_an_unknown_number_is_one_line(founded: Shell) -> None:
    result = founded("fault", "9999")
    assert (result.exit_code, result.stderr) == (
        REFUSED,
        "Под номером 9999 ничего не отложено: номер с ошибкой или срок хранения прошёл.\n",
    )
