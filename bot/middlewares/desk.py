"""Lays out for the handler who acts, in which office, and the means to act: the closed list of injected names."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatType
from aiogram.types import TelegramObject, Update

from handlers.callbacks.fields import office_of_press
from handlers.places import telegram
from handlers.replies import heading
from risk.ids import OfficeId
from risk.people import Actor, Address
from risk.ports import ChatRightsProbe, Directory, Groups, OpenUnit, Understand
from risk.use_cases.inviting import NewCode
from risk.use_cases.reach import note_reachable
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
        groups: Groups,
    ) -> None:
        self._units = units
        self._directory = directory
        self._understand = understand
        self._chat_rights = chat_rights
        self._new_code = new_code
        self._groups = groups

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        receipt: Receipt = data["receipt"]
        sender = _sender(event)
        if sender is None:
            return None
        await self._note_reachable(sender)
        own = await self._directory.offices_of(sender)
        data |= {
            "address": sender,
            "desks": own,
            "now": receipt.received_at,
            "directory": self._directory,
            "understand": self._understand,
            "chat_rights": self._chat_rights,
            "enter": self._enter(receipt),
            "elsewhere": self._units.of,
            "new_code": self._new_code,
            "groups": self._groups,
        }
        entering = await self._entering(event, sender, works_somewhere=bool(own))
        if entering is not None:
            data["entering"] = entering
        office = await self._office(event, sender, own)
        if office is not None:
            data |= {
                "actor": Actor(office=office, address=sender, chat=_group(event)),
                "uow": self._units.of(office, receipt.id),
                "view": self._units.view_of(office),
            }
        elif entering is None and not _needs_no_office(event):
            return None
        token = heading.set(await self._heading(event, office, own))
        try:
            return await handler(event, data)
        finally:
            heading.reset(token)

    def _enter(self, receipt: Receipt) -> Callable[[OfficeId], OpenUnit]:
        return lambda office: self._units.of(office, receipt.id)

    async def _note_reachable(self, sender: Address) -> None:
        """Whoever writes or presses can be written to again. Seldom so: that nothing is to be noted costs one look."""
        for office in await self._directory.unreachable_in(sender):
            await note_reachable(sender, uow=self._units.of(office))

    async def _entering(self, update: Update, sender: Address, *, works_somewhere: bool) -> OfficeId | None:
        """Whoever works in an office already says other things too, unless the question is open."""
        if not _is_typed_in_private(update):
            return None
        return await self._directory.entering(sender, unnamed=works_somewhere)

    async def _heading(self, update: Update, office: OfficeId | None, own: Sequence[OfficeId]) -> str | None:
        """Somebody who works in several offices reads in private which of them is speaking."""
        if office is None or len(own) < 2 or _group(update) is not None:
            return None
        async with self._units.view_of(office)() as unit:
            return unit.office.plan.title

    async def _office(self, update: Update, sender: Address, own: Sequence[OfficeId]) -> OfficeId | None:
        """The office of the button, else of the chat, else the one that asked this person, else the one they mean."""
        if update.callback_query is not None:
            named = office_of_press(update.callback_query.data or "")
            if named is not None:
                return named
        for chat in _chats(update):
            bound = await self._directory.office_of_chat(chat)
            if bound is not None:
                return bound
        if len(own) > 1 and _may_answer(update):
            asked = await self._directory.office_that_asked(sender)
            if asked is not None:
                return asked
        return own[0] if own else None


def _sender(update: Update) -> Address | None:
    for event in (update.message, update.edited_message, update.callback_query, update.my_chat_member):
        if event is not None and event.from_user is not None:
            return telegram(event.from_user.id)
    return None


def _chats(update: Update) -> Iterator[Address]:
    """The chat of the update and, when it has just moved here, the one that it was."""
    press = update.callback_query
    event = update.message or update.edited_message or update.my_chat_member or (press.message if press else None)
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


def _may_answer(update: Update) -> bool:
    """Words typed in private: neither a command nor something forwarded."""
    message = update.message
    if message is None or message.chat.type != ChatType.PRIVATE or message.forward_origin is not None:
        return False
    typed = message.text or message.caption or ""
    return bool(typed) and not typed.startswith("/")


def _needs_no_office(update: Update) -> bool:
    """An invitation is for people who have no office yet; the bot itself may come to a group that has none."""
    brings_invitation = update.message is not None and (update.message.text or "").lower().startswith("/start")
    return brings_invitation or update.my_chat_member is not None
