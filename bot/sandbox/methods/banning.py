"""banChatMember and unbanChatMember."""

from aiogram.methods import BanChatMember, UnbanChatMember

from bot.sandbox.acts.membership import change_membership
from bot.sandbox.chats import Chat, ChatType, Membership, MemberStatus
from bot.sandbox.methods.access import Access, find_chat
from bot.sandbox.refusals import Reason, bad_request
from bot.sandbox.world import World


def ban_chat_member(world: World, call: BanChatMember) -> bool:
    """Out, and not to come back; a basic group keeps no list of the banned and only removes."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    if chat.type is ChatType.PRIVATE:
        raise bad_request(Reason.BAN_IN_PRIVATE)
    _require_somebody(world, call.user_id)
    _require_removable(world, chat, call.user_id)
    status = MemberStatus.KICKED if chat.type is ChatType.SUPERGROUP else MemberStatus.LEFT
    change_membership(world, chat, call.user_id, Membership(status=status), by=world.bot.id)
    return True


def unban_chat_member(world: World, call: UnbanChatMember) -> bool:
    """May come back; somebody who is in the chat is removed, unless `only_if_banned`."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    if chat.type is not ChatType.SUPERGROUP:
        raise bad_request(Reason.SUPERGROUPS_ONLY)
    _require_somebody(world, call.user_id)
    if call.only_if_banned and chat.membership(call.user_id).status is not MemberStatus.KICKED:
        return True
    _require_removable(world, chat, call.user_id)
    change_membership(world, chat, call.user_id, Membership(status=MemberStatus.LEFT), by=world.bot.id)
    return True


def _require_somebody(world: World, user_id: int) -> None:
    if user_id <= 0:
        raise bad_request(Reason.INVALID_USER_ID)
    if user_id not in world.people and user_id != world.bot.id:
        raise bad_request(Reason.USER_NOT_FOUND)


def _require_removable(world: World, chat: Chat, user_id: int) -> None:
    """Whether the bot may remove exactly this person; in the order in which Telegram looks."""
    membership = chat.membership(user_id)
    if membership.status is MemberStatus.CREATOR:
        raise bad_request(Reason.BAN_OWNER)
    if user_id == world.bot.id:
        raise bad_request(Reason.BAN_SELF)
    if not chat.membership(world.bot.id).may("can_restrict_members"):
        raise bad_request(Reason.BAN_FORBIDDEN)
    if membership.administrates:
        raise bad_request(Reason.BAN_ADMINISTRATOR)
