"""The operator's shell, in a folder of its own and with nothing set but what a test sets."""

import socket
from contextlib import ExitStack
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
