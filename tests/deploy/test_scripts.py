"""The keeper's scripts as texts: plain sh, and all of them packed."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from deploy.bundle import HERE, KEEPS, ROOT, SCRIPTS

SHELL: Final = sorted({HERE / name for name in SCRIPTS} | set(HERE.glob("*.sh")))
JUDGE: Final = shutil.which("shellcheck")


def by_name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("script", SHELL, ids=by_name)
def test_a_script_is_plain_sh_and_the_linter_has_nothing_to_say(script: Path) -> None:
    _succeeds("sh", "-n", script)
    if JUDGE is not None:
        _succeeds(JUDGE, "-x", "-P", ROOT, script)


@pytest.mark.parametrize("script", SCRIPTS)
def test_what_is_started_may_be_started(script: str) -> None:
    assert (HERE / script).stat().st_mode & 0o111 == 0o111


def test_everything_that_a_keeper_gets_is_in_the_tree() -> None:
    assert [source for source in KEEPS if not (ROOT / source).is_file()] == []


def _succeeds(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
