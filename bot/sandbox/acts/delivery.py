"""Which messages Telegram would show the bot, and queueing those; the queue itself is in `updates`."""

from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.messages import Message
from bot.sandbox.shapes import message_json
from bot.sandbox.world import World


def deliver(world: World, message: Message, *, kind: str = "message") -> None:
    """Queue the message for the bot, if the bot is to see it."""
    if bot_sees(world, message):
        world.updates.put(kind, message_json(world, message))
    world.changed()


def bot_sees(world: World, message: Message) -> bool:
    """Privacy mode: outside private chats a bot without rank sees little."""
    chat = world.chats[message.chat_id]
    if chat.type is ChatType.PRIVATE:
        return True
    membership = chat.membership(world.bot.id)
    if not membership.inside:
        return False
    if membership.administrates or world.bot.can_read_all_group_messages or message.service:
        return True
    return _replies_to_bot(world, chat, message) or _commands_bot(world, message)


def _replies_to_bot(world: World, chat: Chat, message: Message) -> bool:
    target = chat.living_message(message.reply_to)
    return target is not None and target.sender_id == world.bot.id


def _commands_bot(world: World, message: Message) -> bool:
    """A command counts if it names this bot or no bot at all."""
    text = (message.body.text or message.body.caption or "").encode("utf-16-le")
    for entity in message.body.entities:
        if entity["type"] == "bot_command":
            begin = entity["offset"] * 2
            command = text[begin : begin + entity["length"] * 2].decode("utf-16-le")
            _, _, addressee = command.partition("@")
            if addressee.lower() in {"", world.bot.username.lower()}:
                return True
    return False
