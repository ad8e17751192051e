"""createForumTopic, closeForumTopic and reopenForumTopic."""

from aiogram.methods import CloseForumTopic, CreateForumTopic, ReopenForumTopic

from bot.sandbox.acts.topics import ICON_COLOUR, close_topic, create_topic
from bot.sandbox.chats import Chat
from bot.sandbox.methods.access import Access, find_chat
from bot.sandbox.refusals import Reason, bad_request
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

LONGEST_NAME = 128


def create_forum_topic(world: World, call: CreateForumTopic) -> JsonObject:
    """A topic of the bot's; its colour is always the same, as nobody looks at it."""
    chat = _forum(world, call.chat_id)
    if not chat.membership(world.bot.id).may("can_manage_topics"):
        raise bad_request(Reason.TOPIC_CREATION_FORBIDDEN)
    name = call.name.strip()[:LONGEST_NAME]
    if not name:
        raise bad_request(Reason.TOPIC_NAME_EMPTY)
    topic = create_topic(world, chat, world.bot.id, name)
    return {"message_thread_id": topic.thread, "name": topic.name, "icon_color": ICON_COLOUR}


def close_forum_topic(world: World, call: CloseForumTopic) -> bool:
    return _set_closed(world, call, closed=True)


def reopen_forum_topic(world: World, call: ReopenForumTopic) -> bool:
    return _set_closed(world, call, closed=False)


def _set_closed(world: World, call: CloseForumTopic | ReopenForumTopic, *, closed: bool) -> bool:
    chat = _forum(world, call.chat_id)
    if not chat.membership(world.bot.id).may("can_manage_topics"):
        raise bad_request(Reason.TOPIC_CLOSING_FORBIDDEN)
    topic = chat.topics.get(call.message_thread_id)
    if topic is None:
        raise bad_request(Reason.TOPIC_UNKNOWN)
    if topic.closed is closed:
        raise bad_request(Reason.TOPIC_AS_IT_WAS)
    close_topic(world, chat, world.bot.id, topic, closed=closed)
    return True


def _forum(world: World, chat_id: int | str) -> Chat:
    chat = find_chat(world, chat_id, Access.ACT)
    if not chat.is_forum:
        raise bad_request(Reason.NOT_A_FORUM)
    return chat
