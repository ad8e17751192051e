"""A group becomes a supergroup, with a new id and a new count of messages."""

from bot.sandbox.acts.announcing import announce
from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.world import World


def migrate(world: World, old: Chat) -> Chat:
    """The new chat: same people, no old messages; a supergroup moves to another supergroup (for tests)."""
    if old.migrated_to is not None:
        raise ImpossibleError(f"Chat {old.id} has already become {old.migrated_to}.")
    new = Chat(
        id=world.free_chat_id(ChatType.SUPERGROUP),
        type=ChatType.SUPERGROUP,
        title=old.title,
        username=old.username,
        is_forum=old.is_forum,
        members=dict(old.members),
    )
    world.chats[new.id] = new
    by = next((user_id for user_id in old.members if user_id in world.people), world.bot.id)
    announce(world, old, {"migrate_to_chat_id": new.id}, by=by)
    announce(world, new, {"migrate_from_chat_id": old.id}, by=by)
    old.migrated_to = new.id
    world.changed()
    return new
