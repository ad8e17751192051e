"""Boundaries: the moments beside a commit or a call at which the bot may be killed, found from outside the product."""

import os
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from signal import SIGKILL, Signals
from types import FrameType
from typing import Any, Final

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import TelegramMethod
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.delivery import DueItem

POLL: Final = "getUpdates"
_OURS: Final = ("storage.", "risk.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """The `nth` time, counted from 1, that a run passes the moment of this name."""

    name: str
    nth: int

    def __str__(self) -> str:
        return self.name if self.nth == 1 else f"{self.name}, time {self.nth}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The boundary at which a run gets a signal."""

    at: Boundary
    signal: Signals = SIGKILL


class Wire:
    """Tells of each boundary that is crossed, and sends the signal at the one it was set for."""

    def __init__(self, tell: Callable[[Boundary], None], cut: Cut | None) -> None:
        self._tell = tell
        self._cut = cut
        self._crossed: Counter[str] = Counter()

    def cross(self, name: str) -> None:
        self._crossed[name] += 1
        boundary = Boundary(name=name, nth=self._crossed[name])
        self._tell(boundary)
        if self._cut is not None and self._cut.at == boundary:
            os.kill(os.getpid(), self._cut.signal)


def lay(wire: Wire) -> None:
    """Have every commit and every call of this process cross the wire, until the process ends."""
    _around_commits(wire)
    _around_calls(wire)


def _around_commits(wire: Wire) -> None:
    commit = AsyncConnection.commit

    async def crossing(connection: AsyncConnection) -> None:
        purpose = _purpose(sys._getframe(1))
        wire.cross(f"before the commit of {purpose}")
        await commit(connection)
        wire.cross(f"after the commit of {purpose}")

    pytest.MonkeyPatch().setattr(AsyncConnection, "commit", crossing)


def _around_calls(wire: Wire) -> None:
    make_request = AiohttpSession.make_request

    async def crossing(
        session: AiohttpSession, bot: Bot, method: TelegramMethod[Any], *more: Any, **by_name: Any
    ) -> Any:
        call = _call(method)
        if call != POLL:
            wire.cross(f"before {call}")
        answer = await make_request(session, bot, method, *more, **by_name)
        if call != POLL or answer:
            wire.cross(f"after {call}")
        return answer

    pytest.MonkeyPatch().setattr(AiohttpSession, "make_request", crossing)


def _purpose(frame: FrameType | None) -> str:
    """Who commits: the outermost of our functions on the stack, and for what message when the courier does."""
    found = "nobody"
    while frame is not None:
        if str(frame.f_globals.get("__name__")).startswith(_OURS):
            found = frame.f_code.co_qualname
        item = frame.f_locals.get("item")
        if isinstance(item, DueItem):
            return f"{found} of a {item.kind} message {_whither(int(item.address.value))}"
        frame = frame.f_back
    return found


def _call(method: TelegramMethod[Any]) -> str:
    chat = getattr(method, "chat_id", None)
    return f"{method.__api_method__} {_whither(chat)}" if isinstance(chat, int) else method.__api_method__


def _whither(chat: int) -> str:
    """Groups have negative identifiers."""
    return "to the chat" if chat < 0 else "to a person"
