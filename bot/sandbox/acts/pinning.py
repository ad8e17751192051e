"""Messages are pinned and unpinned, by people and by the bot; who may do it is decided by the callers."""

from bot.sandbox.acts.announcing import announce
from bot.sandbox.chats import Chat
from bot.sandbox.messages import Message
from bot.sandbox.shapes import message_json
from bot.sandbox.world import World


def pin(world: World, chat: Chat, message: Message, *, by: int, silent: bool = False) -> None:
    """Pin a message with a line that says so; one that is pinned already only becomes the latest."""
    known = message.id in chat.pinned
    chat.pinned = [*(pinned for pinned in chat.pinned if pinned != message.id), message.id]
    if not known:
        service = {"pinned_message": message_json(world, message, with_reply=False)}
        said = announce(world, chat, service, by=by, topic=message.thread if message.in_topic else None)
        said.silent = silent
    world.changed()


def unpin(world: World, chat: Chat, message: Message) -> None:
    """Nobody is told: Telegram has no update for it."""
    chat.pinned = [pinned for pinned in chat.pinned if pinned != message.id]
    world.changed()
