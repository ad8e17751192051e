"""People and the bot come into chats, leave them, rise and fall in them; the private block is here too."""

from bot.sandbox.acts.announcing import announce
from bot.sandbox.chats import Chat, ChatType, Membership, MemberStatus
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.people import Person
from bot.sandbox.shapes import chat_json, member_json, message_json, user_json
from bot.sandbox.world import World


def found_chat(
    world: World,
    *,
    chat_type: ChatType,
    title: str,
    members: list[int],
    is_forum: bool = False,
    username: str | None = None,
) -> Chat:
    """A new group; the first person named is its creator, and the bot is told if it is among the members."""
    if is_forum and chat_type is not ChatType.SUPERGROUP:
        raise ImpossibleError("Only a supergroup can be a forum.")
    chat = Chat(id=world.free_chat_id(chat_type), type=chat_type, title=title, username=username, is_forum=is_forum)
    people = [user_id for user_id in members if user_id != world.bot.id]
    for user_id in people:
        status = MemberStatus.CREATOR if user_id == people[0] else MemberStatus.MEMBER
        chat.members[user_id] = Membership(status=status)
    world.chats[chat.id] = chat
    world.changed()
    if world.bot.id in members:
        change_membership(world, chat, world.bot.id, Membership(status=MemberStatus.MEMBER), by=None)
    return chat


def change_membership(world: World, chat: Chat, user_id: int, new: Membership, *, by: int | None) -> None:
    """Set how somebody stands to a chat, with the updates and the service message that this makes."""
    if chat.migrated_to is not None:
        raise ImpossibleError(f"Chat {chat.id} has become {chat.migrated_to}.")
    old = chat.membership(user_id)
    if new.status is MemberStatus.RESTRICTED and chat.type is not ChatType.SUPERGROUP:
        raise ImpossibleError("Only supergroups restrict their members.")
    if new == old:
        return
    actor = _actor(world, chat, user_id, new) if by is None else by
    chat.members[user_id] = new
    _tell_bot(world, chat, user_id, old, new, actor)
    if new.inside and not old.inside:
        announce(world, chat, {"new_chat_members": [user_json(world, user_id)]}, by=actor)
    elif old.inside and not new.inside:
        _announce_leaving(world, chat, user_id, by=actor)
    world.changed()


def block_bot(world: World, person: Person, *, blocked: bool) -> None:
    """A person blocks or unblocks the bot in their private chat."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    statuses = (MemberStatus.MEMBER, MemberStatus.KICKED)
    old, new = statuses if blocked else reversed(statuses)
    chat = world.chats.get(person.id)
    if chat is not None:
        old_membership, new_membership = Membership(status=old), Membership(status=new)
        _tell_bot(world, chat, world.bot.id, old_membership, new_membership, person.id)
    world.changed()


def _actor(world: World, chat: Chat, user_id: int, new: Membership) -> int:
    """Who did it when nobody is named: people leave by themselves; all else is the creator's doing."""
    if new.status is MemberStatus.LEFT and user_id != world.bot.id:
        return user_id
    people = (other for other in chat.members if other != world.bot.id)
    return next(people, user_id)


def _tell_bot(world: World, chat: Chat, user_id: int, old: Membership, new: Membership, actor: int) -> None:
    about_bot = user_id == world.bot.id
    if not about_bot and not chat.membership(world.bot.id).administrates:
        return  # Telegram tells only administrators how others fare
    payload = {
        "chat": chat_json(world, chat),
        "from": user_json(world, actor),
        "date": world.now,
        "old_chat_member": member_json(world, user_id, old),
        "new_chat_member": member_json(world, user_id, new),
    }
    world.updates.put("my_chat_member" if about_bot else "chat_member", payload)


def _announce_leaving(world: World, chat: Chat, user_id: int, *, by: int) -> None:
    """A bot that is no longer inside still gets this one service message: that it was removed."""
    message = announce(world, chat, {"left_chat_member": user_json(world, user_id)}, by=by)
    if user_id == world.bot.id and by != world.bot.id:
        world.updates.put("message", message_json(world, message))
