"""What the bot may do in a chat, read from what Telegram says of it there."""

from types import SimpleNamespace
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import GetChat, GetChatMember, TelegramMethod
from aiogram.types import ChatPermissions, ResultChatMemberUnion
from pydantic import TypeAdapter

from bot.gateways.chat_rights import TelegramChatRights
from bot.intake.whitelist import kept
from risk.notices import ChatRight
from tests.bot.telegram import ME, TOKEN, ScriptedTelegram
from tests.support.offices import telegram

MEMBER: TypeAdapter[Any] = TypeAdapter(ResultChatMemberUnion)
FINE: frozenset[ChatRight] = frozenset()
SILENCED = frozenset({ChatRight.WRITE})


class Group(ScriptedTelegram):
    """A group where the bot has this standing and everybody these permissions."""

    def __init__(self, standing: dict[str, Any], *, may_send: bool | None) -> None:
        super().__init__()
        self._standing = standing
        self._may_send = may_send

    async def _answer(self, method: TelegramMethod[Any]) -> Any:
        match method:
            case GetChatMember():
                event = kept({"my_chat_member": {"new_chat_member": {**self._standing, "user": ME.model_dump()}}})
                return MEMBER.validate_python(event["my_chat_member"]["new_chat_member"])
            case GetChat():
                permissions = None if self._may_send is None else ChatPermissions(can_send_messages=self._may_send)
                return SimpleNamespace(permissions=permissions)  # all that is asked of the chat
        raise AssertionError(f"nobody asked for {method.__api_method__}")


@pytest.mark.parametrize(
    ("standing", "may_send", "lacks"),
    [
        ({"status": "creator"}, False, FINE),
        ({"status": "administrator"}, False, FINE),
        ({"status": "member"}, True, FINE),
        ({"status": "member"}, None, FINE),
        ({"status": "member"}, False, SILENCED),
        ({"status": "restricted", "is_member": True, "can_send_messages": True}, False, FINE),
        ({"status": "restricted", "is_member": True, "can_send_messages": False}, True, SILENCED),
        ({"status": "restricted", "is_member": False, "can_send_messages": True}, True, SILENCED),
        ({"status": "left"}, True, SILENCED),
        ({"status": "kicked"}, True, SILENCED),
    ],
    ids=str,
)
async def test_the_bot_may_write_where_telegram_lets_it(
    standing: dict[str, Any], may_send: bool | None, lacks: frozenset[ChatRight]
) -> None:
    rights = TelegramChatRights(Bot(TOKEN, session=Group(standing, may_send=may_send)))
    assert await rights.lacking(telegram(-1)) == lacks
