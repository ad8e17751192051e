"""People press inline buttons; the bot's answer is taken in `methods`."""

import secrets
import zlib
from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.presses import Press
from bot.sandbox.shapes import chat_json, message_json, person_json
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World


def press(world: World, person: Person, message: Message, data: str) -> Press:
    """A press; the data may be one that the message no longer shows, as from a client that lags behind."""
    chat = world.chats[message.chat_id]
    if message.sender_id != world.bot.id:
        raise ImpossibleError(f"Message {message.id} is not the bot's: it has no buttons.")
    made = Press(query_id=str(10**17 + secrets.randbelow(9 * 10**17)), pressed_at=world.clock())
    world.presses[made.query_id] = made
    query = {
        "id": made.query_id,
        "from": person_json(person),
        "message": _shown(world, chat, message),
        "chat_instance": str(-(zlib.crc32(str(chat.id).encode()) << 20)),
        "data": data,
    }
    world.updates.put("callback_query", query)
    world.changed()
    return made


def data_of(message: Message, button: str) -> str:
    """The data of the button with this text, as the message shows it now."""
    buttons = [shown for row in (message.inline_keyboard or {}).get("inline_keyboard", ()) for shown in row]
    for shown in buttons:
        if shown["text"] == button:
            return _data(shown)
    texts = ", ".join(f"«{shown['text']}»" for shown in buttons) or "none"
    raise ImpossibleError(f"Message {message.id} has no button «{button}»; its buttons: {texts}.")


def _data(button: JsonObject) -> str:
    if "url" in button:
        raise ImpossibleError(f"The button «{button['text']}» opens {button['url']}: there is nothing to press.")
    return str(button["callback_data"])


def _shown(world: World, chat: Chat, message: Message) -> dict[str, Any]:
    """The message under the button; of a deleted one Telegram tells only where it was."""
    if message.deleted:
        return {"chat": chat_json(world, chat), "message_id": message.id, "date": 0}
    return message_json(world, message)
