"""Lends the tests of this folder two staffed offices in a temporary database, and an operator's shell."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from tests.bot.shell import Shell
from tests.support.offices import office, offices, offices_file

__all__ = ["office", "offices", "offices_file"]


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, hook = root.handlers[:], sys.excepthook
    given = Shell(tmp_path)
    with given.holds:
        yield given
    root.handlers[:], sys.excepthook = handlers, hook
    structlog.reset_defaults()


@pytest.fixture
def founded(shell: Shell) -> Shell:
    """A production database with one office."""
    shell.says("office", "add", "pestovo")
    return shell
