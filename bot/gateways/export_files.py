"""Where a file with appeals lies while it is read: in the office's folder, or brought from the messenger."""

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO, Final

import aiohttp
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.gateways.export_folders import ExportFolders
from risk.imports import Door, Import
from risk.sheet_faults import SheetFault, SheetRefused

MOST_BYTES: Final = 20 * 2**20
"""What Telegram lets a bot download."""
ATTEMPTS: Final = 3
_PAUSE_SECONDS: Final = 1.0
_SECONDS: Final = 60
_CHUNK: Final = 2**16
_BEYOND: Final = "file is too big"


class FileGone(Exception):
    """There is no such file any more."""


class NotBrought(Exception):
    """The messenger did not hand the file over. Says nothing of its address, which holds the token."""


class ExportFiles:
    """`spool`: a folder for its owner alone, where what the messenger has brought lies no longer than it is read."""

    def __init__(self, bot: Bot, folders: ExportFolders, spool: Path) -> None:
        self._bot = bot
        self._folders = folders
        self._spool = spool

    async def empty_spool(self) -> None:
        """At the start: an earlier run may have ended in the middle of a file. Raises OSError."""
        await asyncio.to_thread(_emptied, self._spool)

    @asynccontextmanager
    async def at_hand(self, one: Import) -> AsyncIterator[Path]:
        """Raises FileGone, NotBrought, SheetRefused, OSError, TelegramAPIError."""
        if one.door is Door.FOLDER:
            yield await self._in_folder(one.path)
            return
        brought = self._spool / secrets.token_hex(16)
        try:
            await self._bring(one.path, brought)
            yield brought
        finally:
            await asyncio.to_thread(brought.unlink, missing_ok=True)

    async def _in_folder(self, path: str) -> Path:
        file = await asyncio.to_thread(self._folders.file_at, path)
        if file is None:
            raise FileGone
        return file

    async def _bring(self, file_id: str, to: Path) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self._download(await self._address(file_id), to)
            except (aiohttp.ClientError, TimeoutError) as fault:
                if attempt == ATTEMPTS:
                    raise NotBrought(type(fault).__name__) from None
                await asyncio.sleep(_PAUSE_SECONDS * attempt)
            else:
                return

    async def _address(self, file_id: str) -> str:
        try:
            file = await self._bot.get_file(file_id)
        except TelegramBadRequest as refused:
            if _BEYOND in refused.message:
                raise SheetRefused(SheetFault.TOO_BIG) from None
            raise FileGone from None
        if file.file_path is None:
            raise FileGone
        return self._bot.session.api.file_url(self._bot.token, file.file_path)

    async def _download(self, address: str, to: Path) -> None:
        """Raises SheetRefused for what is bigger than it may be, whatever was said of it."""
        size = 0
        file = await asyncio.to_thread(_opened, to)
        try:
            async for chunk in self._bot.session.stream_content(
                address, timeout=_SECONDS, chunk_size=_CHUNK, raise_for_status=True
            ):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise SheetRefused(SheetFault.TOO_BIG)
                await asyncio.to_thread(file.write, chunk)
        finally:
            await asyncio.to_thread(file.close)


def _opened(path: Path) -> IO[bytes]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600))


def _emptied(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
