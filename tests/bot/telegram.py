"""A Telegram that answers as a test says, without a network: updates by script, calls noted, refusals on demand."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable
from typing import Any, Final, cast

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.methods import GetMe, GetUpdates, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Chat, Message, User

from tests.support.offices import NOW

TOKEN: Final = "42:test"
ME: Final = User(id=42, is_bot=True, first_name="", username="mcu_bot")

Json = dict[str, Any]
Fault = Callable[[TelegramMethod[Any]], Exception]


class ScriptedTelegram(BaseSession):
    """`batches` are what polling is given, one after another: lists of updates, or faults. Then it waits."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: deque[list[Json] | Fault] = deque()
        self.faults: dict[str, deque[Fault]] = {}
        self.calls: list[TelegramMethod[Any]] = []
        self.asked = asyncio.Event()
        """Set once polling has taken all there was."""

    def refuses(self, method: type[TelegramMethod[Any]], *faults: Fault) -> None:
        """The next calls of the method end so."""
        self.faults.setdefault(method.__api_method__, deque()).extend(faults)

    @property
    def names(self) -> list[str]:
        return [call.__api_method__ for call in self.calls]

    @property
    def said(self) -> list[str]:
        return [call.text for call in self.calls if isinstance(call, SendMessage)]

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        self.calls.append(method)
        faults = self.faults.get(method.__api_method__)
        if faults:
            raise faults.popleft()(method)
        return cast("TelegramType", await self._answer(method))

    async def _answer(self, method: TelegramMethod[Any]) -> Any:
        if method.__api_method__ == GetUpdates.__api_method__:
            return await self._updates(method)
        if isinstance(method, GetMe):
            return ME
        if isinstance(method, SendMessage):
            chat = Chat(id=int(method.chat_id), type="private")
            return Message(message_id=len(self.calls), date=NOW, chat=chat, text=method.text)
        return True

    async def _updates(self, method: TelegramMethod[Any]) -> list[Json]:
        if not self.batches:
            self.asked.set()
            await asyncio.Event().wait()
        batch = self.batches.popleft()
        if callable(batch):
            raise batch(method)
        return batch

    async def close(self) -> None:
        """Nothing is open."""

    def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise AssertionError("the bot loads no files")


def message(
    text: str | None = None, *, sender: int = 101, chat: int | None = None, number: int = 55, **fields: Any
) -> Json:
    """A message as Telegram sends it; in private with its sender unless a chat is named."""
    where = sender if chat is None else chat
    return {
        "message_id": number,
        "date": int(NOW.timestamp()),
        "chat": {"id": where, "type": "private" if where > 0 else "supergroup"},
        "from": {"id": sender, "is_bot": False, "first_name": "Зоряна"},
        **({} if text is None else {"text": text}),
        **fields,
    }


def press(data: str, *, sender: int = 101, chat: int = -1100) -> Json:
    return {
        "id": "9",
        "from": {"id": sender, "is_bot": False, "first_name": "Зоряна"},
        "chat_instance": "1",
        "data": data,
        "message": message("карточка", sender=ME.id, chat=chat, number=70),
    }
