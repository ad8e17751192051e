"""Where a file with appeals lies while it is read: in the office's folder, or brought from the messenger."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiogram import Bot

from risk.imports import Door, Import


class FileGone(Exception):
    """There is no such file any more."""


class ExportFiles:
    """`spool`: a folder for its owner alone, where what the messenger has brought lies no longer than it is read."""

    def __init__(self, bot: Bot, spool: Path) -> None:
        self._bot = bot
        self._spool = spool

    @asynccontextmanager
    async def at_hand(self, one: Import) -> AsyncIterator[Path]:
        """Raises FileGone."""
        if one.door is Door.FOLDER:
            yield Path(one.path)
            return
        raise FileGone
