"""pinChatMessage, unpinChatMessage and unpinAllChatMessages."""

from aiogram.methods import PinChatMessage, UnpinAllChatMessages, UnpinChatMessage

from bot.sandbox.acts.pinning import pin, unpin
from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.messages import Message
from bot.sandbox.methods.access import Access, find_chat
from bot.sandbox.refusals import Reason, bad_request
from bot.sandbox.world import World


def pin_chat_message(world: World, call: PinChatMessage) -> bool:
    """A pin says so in the chat, and to the bot too, although it was the bot's own doing."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    message = _message(chat, call.message_id, Reason.PIN_NOT_FOUND)
    _require_right(world, chat)
    pin(world, chat, message, by=world.bot.id, silent=bool(call.disable_notification))
    return True


def unpin_chat_message(world: World, call: UnpinChatMessage) -> bool:
    """One message, by default the one pinned last."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    if call.message_id:
        message = _message(chat, call.message_id, Reason.UNPIN_NOT_FOUND)
    elif pins := chat.pins():
        message = pins[-1]
    else:
        raise bad_request(Reason.UNPIN_NOT_FOUND)
    _require_right(world, chat)
    if message.id not in chat.pinned:
        raise bad_request(Reason.NOT_PINNED)
    unpin(world, chat, message)
    return True


def unpin_all_chat_messages(world: World, call: UnpinAllChatMessages) -> bool:
    """No pins in the chat, in all topics of a forum; it is no mistake if there were none."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    _require_right(world, chat)
    for message in chat.pins():
        unpin(world, chat, message)
    return True


def _message(chat: Chat, message_id: int, absent: Reason) -> Message:
    message = chat.living_message(message_id)
    if message is None or message.service:
        raise bad_request(absent)
    return message


def _require_right(world: World, chat: Chat) -> None:
    """In private both sides may pin."""
    if chat.type is not ChatType.PRIVATE and not chat.membership(world.bot.id).may("can_pin_messages"):
        raise bad_request(Reason.PIN_FORBIDDEN)
