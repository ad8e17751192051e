"""People write, edit and delete messages; what the bot does with messages is in `methods`."""

from dataclasses import dataclass, replace

from bot.sandbox.acts.delivery import deliver
from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.formatting import format_caption, format_text
from bot.sandbox.identity import GROUP_ANONYMOUS_BOT_ID
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.messages import Body, Message
from bot.sandbox.people import Person
from bot.sandbox.threads import GENERAL, may_write_in, thread_of_reply
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """All about a new message but who says what."""

    reply_to: int | None = None
    thread: int | None = None
    origin: JsonObject | None = None
    anonymous: bool = False
    album: str | None = None
    date: int | None = None


def make_body(*, text: str | None, caption: str | None, entities: list[JsonObject] | None, media: JsonObject) -> Body:
    """What a person says, formatted as Telegram would; an empty body is nobody's message."""
    if text is not None:
        shown, marks = format_text(text, entities or ())
        return Body(text=shown, entities=marks, media=media)
    if caption is not None:
        shown, marks = format_caption(caption, entities or ())
        return Body(caption=shown, entities=marks, media=media)
    if not media:
        raise ImpossibleError("A message needs a text, or a photo or another attachment.")
    return Body(media=media)


def open_chat(world: World, person: Person, chat_id: int) -> Chat:
    """The chat that this person writes in; the private chat with the bot begins with its first message."""
    if chat_id == person.id:
        if person.blocked:
            raise ImpossibleError(f"Person {person.id} has blocked the bot: unblock it first.")
        return world.chats.setdefault(person.id, Chat(id=person.id, type=ChatType.PRIVATE))
    chat = world.chats.get(chat_id)
    if chat is None or chat.type is ChatType.PRIVATE:
        raise ImpossibleError(f"There is no chat {chat_id}.")
    if chat.migrated_to is not None:
        raise ImpossibleError(f"Chat {chat_id} has become {chat.migrated_to}.")
    if not chat.membership(person.id).inside:
        raise ImpossibleError(f"Person {person.id} is not in chat {chat_id}.")
    return chat


def post(world: World, person: Person, chat: Chat, body: Body, how: Circumstances) -> Message:
    """A person's message, kept and delivered."""
    _check_writing(person, chat, how)
    target = chat.living_message(how.reply_to)
    if how.reply_to is not None and target is None:
        raise ImpossibleError(f"There is no message {how.reply_to} to reply to.")
    thread, in_topic = _topic(chat, person, how.thread) or thread_of_reply(chat, target)
    message = Message(
        id=world.next_message_id(chat),
        chat_id=chat.id,
        date=world.now if how.date is None else how.date,
        sender_id=GROUP_ANONYMOUS_BOT_ID if how.anonymous else person.id,
        as_chat=how.anonymous,
        body=body,
        reply_to=how.reply_to,
        thread=thread,
        in_topic=in_topic,
        origin=how.origin,
        album=how.album,
    )
    world.keep(chat, message)
    deliver(world, message)
    return message


def edit(world: World, person: Person, message: Message, body: Body) -> None:
    """A person rewrites their own message; the bot gets the new version if it saw the old one."""
    chat = world.chats[message.chat_id]
    anonymous = message.as_chat and chat.membership(person.id).administrates
    if message.deleted or not (message.sender_id == person.id or anonymous):
        raise ImpossibleError(f"Message {message.id} is not person {person.id}'s to edit.")
    message.body = replace(body, media=message.body.media)
    message.edit_date = world.now
    message.edit_count += 1
    deliver(world, message, kind="edited_message")


def delete(world: World, message: Message) -> None:
    """Somebody deletes a message; Telegram tells no bot."""
    message.deleted = True
    world.changed()


def _check_writing(person: Person, chat: Chat, how: Circumstances) -> None:
    if chat.type is ChatType.PRIVATE:
        if how.anonymous:
            raise ImpossibleError("Nobody is anonymous in a private chat.")
        return
    membership = chat.membership(person.id)
    if not membership.may_write:
        raise ImpossibleError(f"Person {person.id} may not write in chat {chat.id}.")
    if how.anonymous and not membership.administrates:
        raise ImpossibleError("Only administrators of a group can write anonymously.")


def _topic(chat: Chat, person: Person, thread: int | None) -> tuple[int, bool] | None:
    """The topic that was named; None if none was."""
    if thread is None or thread == GENERAL:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        raise ImpossibleError(f"There is no topic {thread} in chat {chat.id}.")
    if not may_write_in(topic, chat.membership(person.id)):
        raise ImpossibleError(f"Topic {thread} is closed.")
    return thread, True
