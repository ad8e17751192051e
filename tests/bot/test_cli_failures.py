"""Every failure to expect of the shell is one plain line on the standard error, and exit code 2."""

import socket
import sqlite3
from collections.abc import Callable

import pytest

from storage.database import DatabaseKind, FileLock, migrate
from tests.architecture.source import ROOT
from tests.bot.shell import Shell


def _hold(shell: Shell) -> None:
    shell.holds.enter_context(FileLock(shell.database))


def _make_sandbox(shell: Shell) -> None:
    shell.database.unlink()
    migrate(shell.database, DatabaseKind.SANDBOX)


def _make_newer(shell: Shell) -> None:
    with sqlite3.connect(shell.database) as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    connection.close()


def _spoil(shell: Shell) -> None:
    shell.database.write_bytes(b"no database at all " * 1000)


def _take_port(shell: Shell) -> None:
    taken = shell.holds.enter_context(socket.socket())
    taken.bind(("127.0.0.1", int(shell.environment["STATUS_PORT"])))
    taken.listen()


def _take_webhook_port(shell: Shell) -> None:
    taken = shell.holds.enter_context(socket.socket())
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    shell.environment |= BY_WEBHOOK | {"WEBHOOK_PORT": str(taken.getsockname()[1])}


def _write_preset(shell: Shell) -> None:
    (shell.folder / "broken.toml").write_text("title = ", encoding="utf-8")


def _found_own(shell: Shell) -> None:
    shipped = ROOT / "bot" / "presets" / "pestovo.toml"
    (shell.folder / "own.toml").write_text(shipped.read_text(encoding="utf-8"), encoding="utf-8")
    shell.says("office", "add", "own.toml")


def _file_for_folder(shell: Shell) -> None:
    (shell.folder / "occupied").write_text("", encoding="utf-8")


def _nothing(shell: Shell) -> None:
    """The office is there and nothing is wrong with it."""


BY_WEBHOOK = {"BOT_TOKEN": "42:abcdefghijklmnop", "WEBHOOK_URL": "https://bot.example.org/"}
BY_DEAD_PROXY = {"BOT_TOKEN": "42:abcdefghijklmnop", "PROXY_URL": "http://127.0.0.1:1"}
OCCUPIED = {"DATA_FOLDER": "occupied"}

FAILURES: dict[str, tuple[Callable[[Shell], None], list[str], dict[str, str], str]] = {
    "no such preset": (_nothing, ["office", "add", "nowhere"], {}, "есть: kamyshlov, kavkazsky, "),
    "a preset that is no TOML": (_write_preset, ["office", "add", "broken.toml"], {}, "broken.toml"),
    "a preset file that is not there": (_nothing, ["office", "add", "absent.toml"], {}, "absent.toml"),
    "a preset to check that is not there": (_nothing, ["office", "check", "nowhere"], {}, "нет пресета «nowhere»"),
    "a preset to check that is no TOML": (_write_preset, ["office", "check", "broken.toml"], {}, "broken.toml"),
    "a preset to load that is no TOML": (_write_preset, ["office", "update", "pestovo", "broken.toml"], {}, "broken"),
    "no such office to update": (_nothing, ["office", "update", "nowhere"], {}, "«nowhere» нет"),
    "no database to update": (_nothing, ["office", "update", "pestovo", "--sandbox"], {}, "Базы ещё нет"),
    "an office of a file, updated without the file": (_found_own, ["office", "update", "own"], {}, "укажите файл"),
    "the office is founded already": (_nothing, ["office", "add", "pestovo"], {}, "уже заведён"),
    "no such office to show": (_nothing, ["office", "show", "nowhere"], {}, "«nowhere» нет"),
    "no such office to invite to": (_nothing, ["office", "invites", "nowhere"], {}, "«nowhere» нет"),
    "no database to show": (_nothing, ["office", "show", "--sandbox"], {}, "Базы ещё нет"),
    "no database to invite to": (_nothing, ["office", "invites", "pestovo", "--sandbox"], {}, "Базы ещё нет"),
    "the database is held by a bot": (_hold, ["migrate"], {}, "занята другим процессом"),
    "a sandbox's database": (_make_sandbox, ["office", "show"], {}, "база песочницы"),
    "a later version's database": (_make_newer, ["office", "show"], {}, "более новой версией"),
    "a later version's database to migrate": (_make_newer, ["migrate"], {}, "более новой версией"),
    "a file that is no database": (_spoil, ["office", "show"], {}, "не читается"),
    "a folder that is a file": (_file_for_folder, ["office", "show"], OCCUPIED, "occupied"),
    "a folder that cannot be made": (_file_for_folder, ["office", "add", "pestovo"], OCCUPIED, "occupied"),
    "a wrong setting": (_nothing, ["office", "show"], {"STATUS_PORT": "порт"}, "STATUS_PORT"),
    "a wrong log level": (_nothing, ["run"], {"LOG_LEVEL": "VERBOSE"}, "LOG_LEVEL"),
    "a taken port": (_take_port, ["run"], {}, "занят"),
    "a taken port of the webhook": (_take_webhook_port, ["run"], {}, "занят"),
    "a dead proxy": (_nothing, ["run"], BY_DEAD_PROXY, "Прокси не отвечает"),
    "a proxy that is none": (_nothing, ["run"], {"PROXY_URL": "ftp://127.0.0.1:1"}, "PROXY_URL неверна."),
    "a webhook that nobody reaches": (_nothing, ["run"], {"WEBHOOK_URL": "http://bot.example.org/"}, "WEBHOOK_URL"),
    "a production database and no token": (_nothing, ["run"], {}, "BOT_TOKEN не задан"),
    "a token that is none": (_nothing, ["run"], {"BOT_TOKEN": "привет"}, "не принимает BOT_TOKEN"),
    "Telegram out of reach": (_nothing, ["run"], {"BOT_TOKEN": "42:abcdefghijklmnop"}, "Telegram недоступен"),
}  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_to_expect_is_one_plain_line_that_says_what_to_do(founded: Shell, failure: str) -> None:
    prepare, words, environment, says = FAILURES[failure]
    prepare(founded)
    result = founded(*words, **environment)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_failure_that_nobody_expects_is_not_hidden(founded: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("storage.database.migrate", fail)
    assert isinstance(founded("migrate").exception, ZeroDivisionError)
