"""A Telegram that records what it is asked, and the white-listed updates that reach the handlers."""

from collections.abc import AsyncGenerator
from typing import Any, Final, cast

from aiogram import Bot, Dispatcher
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetMe, SendMessage, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Update, User

from handlers import routers
from handlers.places import telegram
from risk.ids import OfficeId
from risk.people import Actor
from tests.handlers.builders import SATURDAY

PERSON: Final = 101
GROUP: Final = -1001
DATE: Final = int(SATURDAY.timestamp())

THIS_BOT: Final = User(id=42, is_bot=True, first_name="", username="mcu_bot")
ACTOR: Final = Actor(office=OfficeId(3), address=telegram(PERSON))


class RecordingSession(BaseSession):
    """Answers every call at once and with success; a method listed in `refusals` gets a Bad Request of that text."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self.refusals: dict[type[TelegramMethod[Any]], str] = {}

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's signature
    ) -> TelegramType:
        self.calls.append(method)
        refusal = self.refusals.get(type(method))
        if refusal is not None:
            raise TelegramBadRequest(method=method, message=f"Bad Request: {refusal}")
        return cast("TelegramType", THIS_BOT if isinstance(method, GetMe) else True)

    async def close(self) -> None:
        """Nothing is open."""

    def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        raise AssertionError("handlers load no files")


class Door:
    """All features behind one dispatcher, as the bot wires them, with the injected things of a test."""

    def __init__(self, **injected: Any) -> None:
        self.telegram = RecordingSession()
        self.bot = Bot("42:test", session=self.telegram)
        self.dispatcher = Dispatcher(disable_fsm=True)
        self.dispatcher.include_routers(*routers())
        known = {"actor": ACTOR, "address": ACTOR.address, "desks": (ACTOR.office,), "now": SATURDAY}
        self.injected = {**known, "enter": lambda _office: None, **injected}

    async def takes(self, **update: Any) -> Any:
        """Feed an update of this kind; gives what the dispatcher gives."""
        whole = Update.model_validate({"update_id": 1, **update})
        return await self.dispatcher.feed_update(self.bot, whole, **self.injected)

    @property
    def said(self) -> list[str]:
        """Texts of the messages sent."""
        return [call.text for call in self.telegram.calls if isinstance(call, SendMessage)]

    @property
    def redrawn(self) -> list[EditMessageText]:
        return [call for call in self.telegram.calls if isinstance(call, EditMessageText)]

    @property
    def answers(self) -> list[tuple[str | None, bool | None]]:
        """What presses were answered with: the words, and whether as an alert."""
        return [(call.text, call.show_alert) for call in self.telegram.calls if isinstance(call, AnswerCallbackQuery)]


def message(text: str | None = None, *, chat: int = PERSON, number: int = 55, **fields: Any) -> dict[str, Any]:
    kind = "private" if chat > 0 else "supergroup"
    sender = {"id": PERSON, "is_bot": False, "first_name": ""}
    body = {} if text is None else {"text": text}
    return {
        "message_id": number,
        "date": DATE,
        "chat": {"id": chat, "type": kind},
        "from": sender,
        **body,
        **fields,
    }


def press(data: str, *, chat: int = GROUP) -> dict[str, Any]:
    sender = {"id": PERSON, "is_bot": False, "first_name": ""}
    return {
        "id": "q1",
        "from": sender,
        "chat_instance": "",
        "data": data,
        "message": message("", chat=chat, number=70),
    }
