"""editMessageText, editMessageCaption, editMessageReplyMarkup and deleteMessage."""

from aiogram.methods import DeleteMessage, EditMessageCaption, EditMessageReplyMarkup, EditMessageText

from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.formatting import format_text
from bot.sandbox.markup import inline_keyboard
from bot.sandbox.messages import Body, Message
from bot.sandbox.methods.access import Access, find_chat
from bot.sandbox.methods.sending import captioned, entities_of, link_preview, throttle
from bot.sandbox.refusals import Reason, bad_request
from bot.sandbox.shapes import message_json
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

DELETABLE_SECONDS = 48 * 60 * 60
"""After two days a message stays for ever, unless it is the bot's own in a chat where it may delete."""

_UNDELETABLE_SERVICE = frozenset({"forum_topic_created", "migrate_from_chat_id", "migrate_to_chat_id"})


def edit_message_text(world: World, call: EditMessageText) -> JsonObject:
    """New words, and a new keyboard or none: an edit without a keyboard takes the old one away."""
    if not call.text:
        raise bad_request(Reason.TEXT_EMPTY)
    chat, message = _editable(world, call.chat_id, call.message_id)
    keyboard = inline_keyboard(call.reply_markup)
    if message.body.text is None:
        raise bad_request(Reason.EDIT_NO_TEXT)
    text, entities = format_text(call.text, entities_of(world, call.entities))
    preview = link_preview(call.link_preview_options)
    body = Body(text=text, entities=entities)
    if (body, keyboard, preview) == (message.body, message.inline_keyboard, message.link_preview):
        raise bad_request(Reason.NOT_MODIFIED)
    throttle(world, chat)
    message.body, message.inline_keyboard, message.link_preview = body, keyboard, preview
    return _edited(world, message)


def edit_message_caption(world: World, call: EditMessageCaption) -> JsonObject:
    """New words under the same file, or none; the keyboard as for a text."""
    chat, message = _editable(world, call.chat_id, call.message_id)
    keyboard = inline_keyboard(call.reply_markup)
    if not message.body.media:
        raise bad_request(Reason.EDIT_NO_CAPTION)
    body = captioned(world, call, message.body.media)
    if (body, keyboard) == (message.body, message.inline_keyboard):
        raise bad_request(Reason.NOT_MODIFIED)
    throttle(world, chat)
    message.body, message.inline_keyboard = body, keyboard
    return _edited(world, message)


def edit_message_reply_markup(world: World, call: EditMessageReplyMarkup) -> JsonObject:
    """Another keyboard, or none, under the same words."""
    chat, message = _editable(world, call.chat_id, call.message_id)
    keyboard = inline_keyboard(call.reply_markup)
    if keyboard == message.inline_keyboard:
        raise bad_request(Reason.NOT_MODIFIED)
    throttle(world, chat)
    message.inline_keyboard = keyboard
    return _edited(world, message)


def delete_message(world: World, call: DeleteMessage) -> bool:
    """Take a message away from everybody."""
    chat = find_chat(world, call.chat_id, Access.ACT)
    message = chat.living_message(call.message_id)
    if message is None:
        raise bad_request(Reason.DELETE_NOT_FOUND)
    if not _may_delete(world, chat, message):
        raise bad_request(Reason.DELETE_FORBIDDEN)
    message.deleted = True
    world.changed()
    return True


def _editable(world: World, chat_id: int | str | None, message_id: int | None) -> tuple[Chat, Message]:
    """The message, if Telegram lets the bot edit it."""
    if not chat_id and not message_id:
        raise bad_request(Reason.MESSAGE_ID_MISSING)
    chat = find_chat(world, chat_id, Access.ACT)
    message = chat.living_message(message_id)
    if message is None:
        raise bad_request(Reason.EDIT_NOT_FOUND)
    if message.sender_id != world.bot.id or message.had_other_markup or message.service:
        raise bad_request(Reason.EDIT_FORBIDDEN)
    return chat, message


def _edited(world: World, message: Message) -> JsonObject:
    message.edit_date = world.now
    message.edit_count += 1
    world.changed()
    return message_json(world, message)


def _may_delete(world: World, chat: Chat, message: Message) -> bool:
    if message.service and _UNDELETABLE_SERVICE & message.service.keys():
        return False
    if chat.membership(world.bot.id).may("can_delete_messages"):
        return True
    own = message.sender_id == world.bot.id
    return (own or chat.type is ChatType.PRIVATE) and world.now - message.date < DELETABLE_SECONDS
