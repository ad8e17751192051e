"""sendMessage, sendPhoto, sendDocument and sendChatAction."""

from collections.abc import Callable
from typing import Any

from aiogram.methods import EditMessageCaption, SendChatAction, SendDocument, SendMessage, SendPhoto
from aiogram.types import MessageEntity, ReplyParameters

from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.formatting import format_caption, format_text
from bot.sandbox.markup import inline_keyboard, is_other_markup
from bot.sandbox.media import media_fields
from bot.sandbox.messages import Body, Message
from bot.sandbox.methods.access import find_chat_to_write_in
from bot.sandbox.methods.uploads import a_document, a_photo
from bot.sandbox.refusals import Reason, bad_request, not_served, too_many_requests
from bot.sandbox.shapes import message_json, user_json
from bot.sandbox.threads import may_write_in, thread_of_reply
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, call: SendMessage) -> JsonObject:
    """A new message of the bot's."""
    if not call.text:
        raise bad_request(Reason.TEXT_EMPTY)

    def body() -> Body:
        text, entities = format_text(call.text, entities_of(world, call.entities))
        return Body(text=text, entities=entities)

    return _send(world, call, body)


def send_document(world: World, call: SendDocument) -> JsonObject:
    """A file with its name; one that came with this call, or one that Telegram has already."""
    file = a_document(world, call.document)
    return _send(world, call, lambda: captioned(world, call, media_fields(world.files, "document", file)))


def send_photo(world: World, call: SendPhoto) -> JsonObject:
    """A picture, shown as one."""
    file = a_photo(world, call.photo)
    return _send(world, call, lambda: captioned(world, call, media_fields(world.files, "photo", file)))


def captioned(world: World, call: SendDocument | SendPhoto | EditMessageCaption, media: JsonObject) -> Body:
    """Media with the call's caption; one that is all spaces is none."""
    if not (call.caption or "").strip():
        return Body(media=media)
    caption, entities = format_caption(call.caption or "", entities_of(world, call.caption_entities))
    return Body(caption=caption, entities=entities, media=media)


def _send(world: World, call: SendMessage | SendDocument | SendPhoto, body: Callable[[], Body]) -> JsonObject:
    """What all messages have in common; their words are looked at after the place."""
    keyboard = inline_keyboard(call.reply_markup)
    chat = find_chat_to_write_in(world, call.chat_id)
    target = _reply_target(chat, call)
    thread, in_topic = _thread(world, chat, call.message_thread_id, target)
    said = body()
    throttle(world, chat)
    message = Message(
        id=world.next_message_id(chat),
        chat_id=chat.id,
        date=world.now,
        sender_id=world.bot.id,
        body=said,
        reply_to=target.id if target else None,
        thread=thread,
        in_topic=in_topic,
        inline_keyboard=keyboard,
        had_other_markup=is_other_markup(call.reply_markup),
        link_preview=link_preview(getattr(call, "link_preview_options", None)),
        protected=call.protect_content is True,
        silent=bool(call.disable_notification),
    )
    return message_json(world, world.keep(chat, message))


def send_chat_action(world: World, call: SendChatAction) -> bool:
    """«The bot is typing»: checked, and shown to nobody."""
    if call.action not in _ACTIONS:
        raise bad_request(Reason.ACTION_UNKNOWN)
    chat = find_chat_to_write_in(world, call.chat_id)
    _thread(world, chat, call.message_thread_id, None)
    return True


def throttle(world: World, chat: Chat) -> None:
    """Count a message or an edit against Telegram's limits, where the profile has them."""
    if world.throttled and (seconds := world.throttle.wait_for(chat.id, now=world.clock())):
        raise too_many_requests(seconds)


def entities_of(world: World, entities: list[MessageEntity] | None) -> list[JsonObject]:
    """The call's entities as JSON; people mentioned by id must exist."""
    given = [entity.model_dump(exclude_none=True) for entity in entities or ()]
    for entity in given:
        if user := entity.get("user"):
            if user["id"] not in world.people and user["id"] != world.bot.id:
                raise bad_request(Reason.USER_NOT_FOUND)
            entity["user"] = user_json(world, user["id"])
    return given


def link_preview(options: Any) -> JsonObject | None:
    """What the bot said about previews, as the message shows it."""
    return options.model_dump(exclude_none=True, exclude_unset=True) if hasattr(options, "is_disabled") else None


def _reply_target(chat: Chat, call: SendMessage | SendDocument | SendPhoto) -> Message | None:
    reply = call.reply_parameters or ReplyParameters(
        message_id=call.reply_to_message_id, allow_sending_without_reply=call.allow_sending_without_reply
    )
    if not reply.message_id:
        return None
    if reply.chat_id not in {None, chat.id} or reply.quote:
        raise not_served("replies to other chats and quotes")
    target = chat.living_message(reply.message_id)
    if target is None and reply.allow_sending_without_reply is not True:
        raise bad_request(Reason.REPLY_NOT_FOUND)
    return target


def _thread(world: World, chat: Chat, thread: int | None, target: Message | None) -> tuple[int | None, bool]:
    """The thread for the message: the topic that was named, else that of the message replied to."""
    if not thread or chat.type is ChatType.GROUP or not (chat.is_forum or chat.type is ChatType.PRIVATE):
        thread, in_topic = thread_of_reply(chat, target)
    else:
        in_topic = True
        if thread not in chat.topics:
            raise bad_request(Reason.THREAD_NOT_FOUND)
    topic = chat.topics.get(thread) if thread and in_topic else None
    if topic and not may_write_in(topic, chat.membership(world.bot.id)):
        raise bad_request(Reason.TOPIC_CLOSED)
    return thread, in_topic
