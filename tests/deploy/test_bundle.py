"""The offline bundle: made, installed where there is no network, upgraded with the data kept, and gone back from."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from deploy.bundle import ROOT, pack, target_here
from storage.database import FileLock, newest_revision
from tests.support.programs import free_port

pytestmark = pytest.mark.slow

LATER: Final = "99.0.0"
FORM: Final = "9999"
MIGRATION: Final = f'''"""A form that only the later version knows."""

import sqlalchemy as sa
from alembic import op

revision = "{FORM}"
down_revision = "{newest_revision()}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade() -> None:
    op.drop_table("later")
'''
NOWHERE: Final = "http://127.0.0.1:1/"
DEAD_INDEX: Final = {"PIP_NO_INDEX": "1", "PIP_INDEX_URL": NOWHERE, "PIP_EXTRA_INDEX_URL": NOWHERE}


def _without_network() -> list[str]:
    """A network of its own with nothing in it, where the kernel lets us; elsewhere the dead index must do."""
    unshare = ["unshare", "--map-root-user", "--net"]
    if (
        shutil.which("unshare") is None
        or subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode
    ):
        return []
    return unshare


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
        data = ("--data", self.database.parent, "--settings", self.folder / "settings.env")
        place = () if (self.prefix / "current").exists() else data  # told once, remembered ever after
        script = self.unpacked(bundle) / "install.sh"
        return self.succeeds(script, "--prefix", self.prefix, "--python", sys.executable, *place, *words).stdout

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


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(target_here(), tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="module")
def later_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same tree, a version and a form of the database further on."""
    tree = tmp_path_factory.mktemp("later")
    for name in ("bot", "handlers", "risk", "scheduler", "storage", "deploy", "docs"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"):
        shutil.copy(path, tree)
    project = tree / "pyproject.toml"
    project.write_text(re.sub(r'(?m)^version = ".*"', f'version = "{LATER}"', project.read_text("utf-8")), "utf-8")
    (tree / "storage" / "migrations" / "versions" / f"{FORM}_later.py").write_text(MIGRATION, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "deploy.bundle", "--to", tree / "dist"], cwd=tree, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    (made,) = (tree / "dist").iterdir()
    return made


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


def test_the_same_tree_gives_the_same_bundle(bundle: Path, tmp_path: Path) -> None:
    assert pack(target_here(), tmp_path).read_bytes() == bundle.read_bytes()


def test_a_bundle_holds_the_whole_lock_and_sums_of_everything(bundle: Path, server: Server) -> None:
    folder = server.unpacked(bundle)
    locked = {
        re.split("==", line)[0].replace("-", "_").lower()
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if "==" in line and "sys_platform == 'win32'" not in line
    }
    wheels = {path.name.split("-")[0].lower() for path in (folder / "wheels").iterdir()}
    assert wheels == locked | {"mcu_pilot"}
    summed = {line.split()[1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert summed == files - {"SHA256SUMS"}


def test_installed_without_a_network_it_works_from_any_folder(bundle: Path, server: Server) -> None:
    said = server.installs(bundle)
    assert "Включена версия" in said.splitlines()[-1]
    assert "office" in server.does("current/bin/mcu-pilot", "--help").stdout
    assert "Офис заведён" in server.does("mcu-pilot", "office", "add", "pestovo").stdout
    examined = server.tries(server.prefix / "mcu-pilot", "doctor")
    assert examined.returncode == 1, examined.stderr
    assert f"✓ База {server.database}" in examined.stdout
    assert "✗ BOT_TOKEN не задан" in examined.stdout


def test_a_keeper_finds_units_and_settings_with_the_folders_of_this_installation(bundle: Path, server: Server) -> None:
    server.installs(bundle)
    keeper = server.prefix / "current" / "keeper"
    unit = (keeper / "mcu-pilot.service").read_text(encoding="utf-8")
    assert f"ExecStart={server.prefix}/current/bin/mcu-pilot run" in unit
    assert f"ReadWritePaths={server.database.parent}\n" in unit
    assert f"EnvironmentFile={server.folder}/settings.env" in unit
    assert f"\nDATA_FOLDER={server.database.parent}\n" in (keeper / "mcu-pilot.env").read_text(encoding="utf-8")
    for settled in ("mcu-pilot.service", "mcu-pilot-backup.service", "mcu-pilot.env"):
        assert "/var/lib" not in (keeper / settled).read_text(encoding="utf-8")
        assert "/etc/mcu-pilot" not in (keeper / settled).read_text(encoding="utf-8")


def test_installed_again_it_changes_nothing(bundle: Path, server: Server) -> None:
    server.installs(bundle)
    before = _snapshot(server.prefix)
    assert "менять нечего" in server.installs(bundle)
    assert _snapshot(server.prefix) == before


def test_what_an_interruption_left_is_made_anew(bundle: Path, server: Server) -> None:
    half = server.prefix / "releases" / target_here().version
    half.mkdir(parents=True)
    (half / "remains").touch()
    server.installs(bundle)
    assert not (half / "remains").exists()
    assert "office" in server.does("mcu-pilot", "--help").stdout


def test_an_upgrade_keeps_the_data_and_goes_back_over_a_change_of_form(
    bundle: Path, later_bundle: Path, server: Server
) -> None:
    version, first_form = target_here().version, newest_revision()
    server.installs(bundle)
    server.does("mcu-pilot", "office", "add", "pestovo")
    offices = server.offices

    said = server.installs(later_bundle)
    assert f"Включена версия {LATER}, прежняя {version} остаётся" in said
    (copy,) = server.copies
    assert f"Копия базы: {copy}" in said
    assert copy.stat().st_mode & 0o777 == 0o600
    assert server.offices == offices
    assert (server.current, server.form()) == (LATER, FORM)

    old = server.prefix / "releases" / version / "bin" / "mcu-pilot"
    refused = server.tries("env", f"DATA_FOLDER={server.database.parent}", old, "migrate")
    assert "более новой версией" in refused.stderr

    assert "возвращаю копию" in server.does("rollback.sh").stdout
    assert (server.current, server.form(), server.offices) == (version, first_form, offices)
    assert copy.exists()

    server.installs(later_bundle)
    assert (server.current, server.offices, server.form()) == (LATER, offices, FORM)


def test_a_place_told_anew_at_an_upgrade_is_remembered(bundle: Path, later_bundle: Path, server: Server) -> None:
    server.installs(bundle)
    elsewhere = server.folder / "elsewhere.env"
    elsewhere.write_text(f"DATA_FOLDER={server.folder}/moved\n", encoding="utf-8")
    server.installs(later_bundle, "--settings", elsewhere)
    server.does("mcu-pilot", "office", "add", "pestovo")
    assert (server.folder / "moved" / "mcu-pilot.db").exists()


def test_back_before_the_form_has_moved_nothing_written_is_lost(
    bundle: Path, later_bundle: Path, server: Server
) -> None:
    server.installs(bundle)
    server.does("mcu-pilot", "office", "add", "pestovo")
    server.installs(later_bundle)
    server.does(f"releases/{target_here().version}/keeper/mcu-pilot", "office", "invites", "pestovo")
    before = _rows(server.database, "invitations")
    assert before > 0
    assert "остаётся как есть" in server.does("rollback.sh").stdout
    assert _rows(server.database, "invitations") == before


def test_a_running_bot_keeps_its_database_and_its_version(bundle: Path, later_bundle: Path, server: Server) -> None:
    server.installs(bundle)
    server.does("mcu-pilot", "office", "add", "pestovo")
    with _running(server):
        assert "Копия базы" in server.installs(later_bundle)
    server.does("mcu-pilot", "migrate")
    with _running(server):
        refused = server.tries(server.prefix / "rollback.sh")
    assert refused.returncode == 1
    assert "База занята" in refused.stderr
    assert (server.current, server.form()) == (LATER, FORM)


def test_without_a_copy_there_is_no_upgrade(bundle: Path, later_bundle: Path, server: Server) -> None:
    server.installs(bundle)
    server.database.parent.mkdir(exist_ok=True)
    server.database.write_bytes(b"no database at all " * 1000)
    refused = server.tries(server.unpacked(later_bundle) / "install.sh", "--prefix", server.prefix)
    assert refused.returncode == 1
    assert "Версия не переключена" in refused.stderr
    assert server.current == target_here().version


def _running(server: Server) -> ExitStack:
    """As a bot holds its database."""
    holding = ExitStack()
    holding.enter_context(FileLock(server.database))
    return holding


def _rows(database: Path, table: str) -> int:
    with closing(sqlite3.connect(database)) as file:
        return int(file.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _snapshot(folder: Path) -> dict[str, float]:
    """Every file and link but compiled modules, and when it was last changed."""
    files = (path for path in folder.rglob("*") if "__pycache__" not in path.parts and not path.is_dir())
    return {str(path): path.lstat().st_mtime for path in files}
