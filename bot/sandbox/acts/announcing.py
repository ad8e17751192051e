"""Service messages: the lines by which a chat tells what has happened in it."""

from bot.sandbox.acts.delivery import deliver
from bot.sandbox.chats import Chat
from bot.sandbox.messages import Body, Message
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World


def announce(world: World, chat: Chat, service: JsonObject, *, by: int, topic: int | None = None) -> Message:
    """Put a service message into the chat and queue it for the bot, which sees them in any mode."""
    message = service_message(world, chat, service, by=by)
    message.thread, message.in_topic = topic, topic is not None
    world.keep(chat, message)
    deliver(world, message)
    return message


def service_message(world: World, chat: Chat, service: JsonObject, *, by: int) -> Message:
    """A service message that is not in the chat yet."""
    return Message(
        id=world.next_message_id(chat),
        chat_id=chat.id,
        date=world.now,
        sender_id=by,
        body=Body(),
        service=service,
    )
