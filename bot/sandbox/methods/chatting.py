"""getChat, getChatMember, getChatMemberCount, getChatAdministrators and leaveChat."""

from aiogram.methods import GetChat, GetChatAdministrators, GetChatMember, GetChatMemberCount, LeaveChat

from bot.sandbox.acts.membership import change_membership
from bot.sandbox.chats import ChatType, Membership, MemberStatus
from bot.sandbox.methods.access import Access, find_chat
from bot.sandbox.refusals import Reason, bad_request
from bot.sandbox.shapes import chat_full_json, member_json
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World


def get_chat(world: World, call: GetChat) -> JsonObject:
    """What there is to know of a chat."""
    return chat_full_json(world, find_chat(world, call.chat_id, Access.READ))


def get_chat_member(world: World, call: GetChatMember) -> JsonObject:
    """How somebody stands to a chat; somebody who was never in it has left."""
    if call.user_id <= 0:
        raise bad_request(Reason.INVALID_USER_ID)
    chat = find_chat(world, call.chat_id, Access.READ if call.user_id == world.bot.id else Access.ACT)
    if call.user_id not in world.people and call.user_id != world.bot.id:
        raise bad_request(Reason.USER_NOT_FOUND)
    if chat.type is ChatType.PRIVATE:
        inside = call.user_id in {chat.id, world.bot.id}
        membership = Membership(status=MemberStatus.MEMBER if inside else MemberStatus.LEFT)
    else:
        membership = chat.membership(call.user_id)
    return member_json(world, call.user_id, membership)


def get_chat_member_count(world: World, call: GetChatMemberCount) -> int:
    """How many are in the chat, the bot included."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    if chat.type is ChatType.PRIVATE:
        return 2
    return sum(membership.inside for membership in chat.members.values())


def get_chat_administrators(world: World, call: GetChatAdministrators) -> list[JsonObject]:
    """The creator and the administrators; of bots only this one is told of itself."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    if chat.type is ChatType.PRIVATE:
        raise bad_request(Reason.NO_ADMINISTRATORS)
    ranked = [(user_id, member) for user_id, member in chat.members.items() if member.administrates]
    return [member_json(world, user_id, member) for user_id, member in ranked]


def leave_chat(world: World, call: LeaveChat) -> bool:
    """The bot goes; it gets its own my_chat_member like everybody else's."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    if chat.type is ChatType.PRIVATE:
        raise bad_request(Reason.CHAT_NOT_LEAVABLE)
    change_membership(world, chat, world.bot.id, Membership(status=MemberStatus.LEFT), by=world.bot.id)
    return True
