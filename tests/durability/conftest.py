"""The nursery that bots are forked from, and the theatre they die in."""

import asyncio
import multiprocessing
import os
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path
from typing import Final

import pytest

from tests.durability.theatre import Theatre, build_theatre
from tests.support.offices import offices_file
from tests.support.stage import Scenery

__all__ = ["offices_file"]

ROOT: Final = Path(__file__).parents[2]
IMPORTED_LATE: Final = ("aiosqlite", "sqlite3.dbapi2")
"""What the libraries import only when they are first used."""


@pytest.fixture(scope="session")
def theatre(scenery: Scenery, tmp_path_factory: pytest.TempPathFactory, _nursery: None) -> Theatre:
    return asyncio.run(build_theatre(scenery, tmp_path_factory.mktemp("theatre")))


@pytest.fixture(scope="session")
def _nursery() -> Iterator[None]:
    """Imports everything once; each bot is a fork of it. It finds our modules by PYTHONPATH, whatever the folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH")))))
        multiprocessing.get_context("forkserver").set_forkserver_preload([*IMPORTED_LATE, "tests.durability.child"])
        forkserver.ensure_running()
        yield
