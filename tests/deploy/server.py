"""A machine where a bundle is installed: a folder of its own, no network, and the commands that its keeper gives."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.support.programs import free_port

NOWHERE: Final = "http://127.0.0.1:1/"
DEAD_INDEX: Final = {"PIP_NO_INDEX": "1", "PIP_INDEX_URL": NOWHERE, "PIP_EXTRA_INDEX_URL": NOWHERE}


@dataclass(frozen=True, slots=True)
class Server:
    """A machine of a municipality: an empty folder and no network."""

    folder: Path
    status_port: int = field(default_factory=free_port)

    @property
    def prefix(self) -> Path:
        return self.folder / "opt"

    @property
    def database(self) -> Path:
        return self.folder / "data" / "mcu-pilot.db"

    @property
    def current(self) -> str:
        return (self.prefix / "current").readlink().name

    @property
    def copies(self) -> list[Path]:
        return [path for path in self.database.parent.glob("backups/*/*") if path.is_file()]

    @property
    def offices(self) -> str:
        return self.does("mcu-pilot", "office", "show").stdout

    def installs(self, bundle: Path, *words: str | Path) -> str:
        return self.succeeds(*self.installing(bundle), *words).stdout

    def installing(self, bundle: Path) -> list[str | Path]:
        """The command; folders are told once and remembered ever after."""
        script = self.unpacked(bundle) / "install.sh"
        command: list[str | Path] = [script, "--prefix", self.prefix, "--python", sys.executable]
        if (self.prefix / "current").exists():
            return command
        return [*command, "--data", self.database.parent, "--settings", self.folder / "settings.env"]

    def switches_to(self, version: str) -> None:
        current = self.prefix / "current"
        current.unlink()
        current.symlink_to(f"releases/{version}")

    def remembers(self, settings: Path) -> None:
        said = f"data={self.database.parent}\nsettings={settings}\n"
        (self.prefix / "installation").write_text(said, encoding="utf-8")

    def unpacked(self, bundle: Path) -> Path:
        self.succeeds("tar", "xf", bundle, "-C", self.folder)
        return self.folder / bundle.name.removesuffix(".tar.gz")

    def does(self, tool: str, *words: str) -> subprocess.CompletedProcess[str]:
        return self.succeeds(self.prefix / tool, *words)

    def succeeds(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        done = self.tries(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    def tries(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir(exist_ok=True)
        environment = {"PATH": os.environ["PATH"], "HOME": str(elsewhere), "STATUS_PORT": str(self.status_port)}
        return subprocess.run(
            [*_without_network(), *command],
            cwd=elsewhere,
            env=environment | DEAD_INDEX,
            capture_output=True,
            text=True,
            check=False,
        )

    def form(self) -> str:
        with closing(sqlite3.connect(self.database)) as file:
            return str(file.execute("SELECT version_num FROM alembic_version").fetchone()[0])

    def rows(self, table: str) -> int:
        with closing(sqlite3.connect(self.database)) as file:
            return int(file.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _without_network() -> list[str]:
    """A network of its own with nothing in it, where the kernel lets us; elsewhere the dead index must do."""
    if shutil.which("unshare") is None:
        return []
    unshare = ["unshare", "--map-root-user", "--net"]
    return [] if subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode else unshare
