"""Lays out for the handler who acts, in which office, and the means to act: the closed list of injected names."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import TelegramObject, Update

from handlers.callbacks import office_of_press
from handlers.places import telegram
from risk.ids import OfficeId
from risk.people import Actor, Address
from risk.ports import ChatRightsProbe, Directory, OpenUnit, Understand
from risk.use_cases.inviting import NewCode
from storage.inbox import Receipt
from storage.unit_of_work import Units

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Desk(BaseMiddleware):
    """Outer middleware of updates. Grants nothing: rights are checked in the use cases."""

    def __init__(
        self,
        *,
        units: Units,
        directory: Directory,
        understand: Understand,
        chat_rights: ChatRightsProbe,
        new_code: NewCode,
    ) -> None:
        self._units = units
        self._directory = directory
        self._understand = understand
        self._chat_rights = chat_rights
        self._new_code = new_code

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        receipt: Receipt = data["receipt"]
        sender = _sender(event)
        if sender is None:
            return None
        data |= {
            "address": sender,
            "now": receipt.received_at,
            "directory": self._directory,
            "understand": self._understand,
            "chat_rights": self._chat_rights,
            "enter": self._enter(receipt),
            "new_code": self._new_code,
        }
        entering = await self._entering(event, sender)
        if entering is not None:
            data["entering"] = entering
        office = await self._office(event, sender)
        if office is not None:
            data |= {
                "actor": Actor(office=office, address=sender, chat=_group(event)),
                "uow": self._units.of(office, receipt.id),
                "view": self._units.view_of(office),
            }
        elif entering is None and not _brings_invitation(event):
            return None
        return await handler(event, data)

    def _enter(self, receipt: Receipt) -> Callable[[OfficeId], OpenUnit]:
        return lambda office: self._units.of(office, receipt.id)

    async def _entering(self, update: Update, sender: Address) -> OfficeId | None:
        """Whoever works in an office already says other things too, unless the question is open."""
        if not _is_typed_in_private(update):
            return None
        works_somewhere = bool(await self._directory.offices_of(sender))
        return await self._directory.entering(sender, unnamed=works_somewhere)

    async def _office(self, update: Update, sender: Address) -> OfficeId | None:
        """The office of the button, else of the chat, else the person's own."""
        if update.callback_query is not None:
            return await self._office_of_button(update.callback_query.data or "", sender)
        for chat in _chats(update):
            bound = await self._directory.office_of_chat(chat)
            if bound is not None:
                return bound
        own = await self._directory.offices_of(sender)
        return own[0] if own else None

    async def _office_of_button(self, data: str, sender: Address) -> OfficeId | None:
        """Every button carries its office; whether the person belongs there is the use case's to say."""
        named = office_of_press(data)
        if named is not None:
            return named
        own = await self._directory.offices_of(sender)
        return own[0] if own else None


def _sender(update: Update) -> Address | None:
    for event in (update.message, update.edited_message, update.callback_query, update.my_chat_member):
        if event is not None and event.from_user is not None:
            return telegram(event.from_user.id)
    return None


def _chats(update: Update) -> Iterator[Address]:
    """The chat of the update and, when it has just moved here, the one that it was."""
    event = update.message or update.edited_message or update.my_chat_member
    if event is not None:
        yield telegram(event.chat.id)
    if update.message is not None and update.message.migrate_from_chat_id is not None:
        yield telegram(update.message.migrate_from_chat_id)


def _group(update: Update) -> Address | None:
    """The group where the person wrote or pressed; None in private."""
    press = update.callback_query
    event = update.message if press is None else press.message
    if event is None or event.chat.type == ChatType.PRIVATE:
        return None
    return telegram(event.chat.id)


def _is_typed_in_private(update: Update) -> bool:
    """Words that may answer the question for the official name."""
    message = update.message
    return (
        message is not None
        and message.chat.type == ChatType.PRIVATE
        and message.text is not None
        and message.forward_origin is None
    )


def _brings_invitation(update: Update) -> bool:
    """It is for people who have no office yet."""
    return update.message is not None and (update.message.text or "").lower().startswith("/start")
