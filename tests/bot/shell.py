"""The operator's shell, in a folder of its own and with nothing set but what a test sets."""

import socket
import sqlite3
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from typer.testing import CliRunner, Result

from bot.cli import app

NOWHERE: Final = "http://127.0.0.1:1"


class Shell:
    """Gives commands. What `holds` keeps open is closed when the test ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.holds = ExitStack()
        self.data = folder / "state"
        self.environment = {
            "BOT_TOKEN": "",
            "DATA_FOLDER": str(self.data),
            "TELEGRAM_API_URL": NOWHERE,
            "STATUS_PORT": str(free_port()),
            "SANDBOX_PORT": str(free_port()),
        }

    @property
    def database(self) -> Path:
        return self.data / "mcu-pilot.db"

    def __call__(self, *words: str, **environment: str) -> Result:
        return CliRunner().invoke(app, list(words), env=self.environment | environment)

    def says(self, *words: str, **environment: str) -> str:
        result = self(*words, **environment)
        assert result.exit_code == 0, result.output
        return result.stdout

    def seat(self, role: str) -> None:
        """Let somebody hold the position of this role, as if they had come by an invitation."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            somebody = connection.execute(
                "insert into people (office_id, messenger, address) values (1, 'telegram', '77') returning id"
            ).fetchone()
            connection.execute("update positions set holder = ? where role = ?", (*somebody, role))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
