"""Finding the chat of a call, and whether the bot may do there what it wants; the deeds are elsewhere."""

from enum import Enum, auto

from bot.sandbox.chats import Chat, ChatType, Membership, MemberStatus
from bot.sandbox.refusals import Ban, Reason, RefusalError, bad_request, forbidden
from bot.sandbox.world import World


class Access(Enum):
    """What the bot wants in the chat: to look, or to do something there."""

    READ = auto()
    ACT = auto()


def find_chat(world: World, chat_id: int | str | None, access: Access) -> Chat:
    """The chat, if the bot may reach it in this way; otherwise Telegram's refusal."""
    chat = _known_chat(world, chat_id, access)
    if chat.type is ChatType.PRIVATE:
        if access is not Access.READ and world.people[chat.id].blocked:
            raise forbidden(Ban.BLOCKED)
        return chat
    if chat.migrated_to is not None and access is not Access.READ:
        raise bad_request(Reason.CHAT_MIGRATED, migrate_to_chat_id=chat.migrated_to)
    if ban := _ban(chat, chat.membership(world.bot.id), access):
        raise forbidden(ban)
    return chat


def find_chat_to_write_in(world: World, chat_id: int | str | None) -> Chat:
    """The chat, if the bot may write there."""
    chat = find_chat(world, chat_id, Access.ACT)
    if chat.type is not ChatType.PRIVATE and not chat.membership(world.bot.id).may_write:
        raise bad_request(Reason.NOT_ENOUGH_RIGHTS)
    return chat


def _known_chat(world: World, chat_id: int | str | None, access: Access) -> Chat:
    if chat_id is None or chat_id == "":
        raise bad_request(Reason.CHAT_ID_EMPTY)
    if isinstance(chat_id, str):
        return _chat_by_username(world, chat_id)
    chat = world.chats.get(chat_id)
    if chat is None:
        raise _absence(world, chat_id, access)
    return chat


def _chat_by_username(world: World, username: str) -> Chat:
    """Only public groups are found by name; people are not."""
    for chat in world.groups():
        if chat.username and username.lower() == f"@{chat.username}".lower():
            return chat
    raise bad_request(Reason.CHAT_NOT_FOUND)


def _absence(world: World, chat_id: int, access: Access) -> RefusalError:
    """Somebody who never wrote to the bot has no chat to look at, and none that the bot may begin."""
    if chat_id in world.people and access is not Access.READ:
        return forbidden(Ban.NEVER_STARTED)
    return bad_request(Reason.CHAT_NOT_FOUND)


def _ban(chat: Chat, membership: Membership, access: Access) -> Ban | None:
    """Why the bot is shut out; a group that it left can still be looked at, a supergroup only if public."""
    if membership.inside:
        return None
    kicked = membership.status is MemberStatus.KICKED
    if chat.type is ChatType.GROUP:
        if access is Access.READ:
            return None
        return Ban.KICKED_FROM_GROUP if kicked else Ban.NOT_IN_GROUP
    if kicked:
        return Ban.KICKED_FROM_SUPERGROUP
    return None if chat.username and access is Access.READ else Ban.NOT_IN_SUPERGROUP
