"""The alert chat: `/bind`, the bot's own standing in a group, and groups that move to a new address."""

from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import ChatMemberRestricted, ChatMemberUpdated, Message

from handlers.filters import GROUP, PRIVATE, belongs_to_office, command_named
from handlers.places import place_of, telegram
from handlers.replies import respond, write
from handlers.views.help import BIND_IN_GROUP
from handlers.views.message import Outgoing
from handlers.views.strangers import GROUP_ENTERED
from risk.notices import ChatRight
from risk.people import Actor
from risk.ports import ChatRightsProbe, Directory, Groups, OpenUnit
from risk.use_cases.chats import BindAlertChat, bind_alert_chat, follow_chat, note_alert_chat_rights
from risk.use_cases.groups import enter_group, leave_group

_OUTSIDE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.KICKED})


def router() -> Router:
    made = Router(name="chats")
    made.message.register(moved_away, F.migrate_to_chat_id)
    made.message.register(moved_here, F.migrate_from_chat_id)
    made.message.register(bind, GROUP, command_named("bind"))
    made.message.register(bind_in_private, PRIVATE, command_named("bind"))
    made.my_chat_member.register(own_standing_changed, GROUP, belongs_to_office)
    made.my_chat_member.register(came_or_went, GROUP)
    return made


async def bind(
    message: Message,
    actor: Actor,
    uow: OpenUnit,
    now: datetime,
    chat_rights: ChatRightsProbe,
    directory: Directory,
) -> None:
    await bind_here(message, question=None, actor=actor, uow=uow, now=now, chat_rights=chat_rights, directory=directory)


async def bind_here(
    message: Message,
    *,
    question: int | None,
    actor: Actor,
    uow: OpenUnit,
    now: datetime,
    chat_rights: ChatRightsProbe,
    directory: Directory,
) -> None:
    """Where `message` stands; `question` as `BindAlertChat` has it."""
    place = place_of(message)
    wanted = BindAlertChat(
        place=place,
        is_supergroup=message.chat.type == ChatType.SUPERGROUP,
        lacks=await chat_rights.lacking(place.address),
        bound_to=await directory.office_of_chat(place.address),
        question=question,
    )
    await bind_alert_chat(wanted, actor=actor, uow=uow, now=now)


async def bind_in_private(message: Message) -> None:
    await respond(message, BIND_IN_GROUP)


async def own_standing_changed(event: ChatMemberUpdated, uow: OpenUnit, now: datetime) -> None:
    await note_alert_chat_rights(telegram(event.chat.id), _lacking(event), uow=uow, now=now)


async def came_or_went(event: ChatMemberUpdated, groups: Groups, directory: Directory, now: datetime, bot: Bot) -> None:
    """In a group that no office has bound: whoever did it is not known here."""
    group = telegram(event.chat.id)
    if event.new_chat_member.status in _OUTSIDE:
        await leave_group(group, groups=groups)
    elif await enter_group(group, groups=groups, directory=directory, now=now):
        await write(bot, event.chat.id, Outgoing(text=GROUP_ENTERED))


async def moved_away(message: Message, uow: OpenUnit, now: datetime) -> None:
    assert message.migrate_to_chat_id is not None
    await follow_chat(telegram(message.chat.id), telegram(message.migrate_to_chat_id), uow=uow, now=now)


async def moved_here(message: Message, uow: OpenUnit, now: datetime) -> None:
    assert message.migrate_from_chat_id is not None
    await follow_chat(telegram(message.migrate_from_chat_id), telegram(message.chat.id), uow=uow, now=now)


def _lacking(event: ChatMemberUpdated) -> frozenset[ChatRight]:
    standing = event.new_chat_member
    muted = isinstance(standing, ChatMemberRestricted) and not standing.can_send_messages
    return frozenset({ChatRight.WRITE}) if muted or standing.status in _OUTSIDE else frozenset()
