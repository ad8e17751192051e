"""The bundle of this tree, and one of the same tree further on; each is packed once for a run of the tests."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from deploy.bundle import ROOT, pack, target_here
from storage.database import newest_revision
from tests.deploy.server import Server

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


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(target_here(), tmp_path_factory.mktemp("bundle"))


@pytest.fixture(scope="session")
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
