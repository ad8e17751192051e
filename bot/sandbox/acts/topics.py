"""Topics of a forum are opened, closed and deleted, by people and by the bot."""

from bot.sandbox.acts.announcing import announce, service_message
from bot.sandbox.acts.delivery import deliver
from bot.sandbox.chats import Chat, Topic
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.world import World

ICON_COLOUR = 7322096


def create_topic(world: World, chat: Chat, by: int, name: str) -> Topic:
    """A new topic; the message that says so is what its first-level messages «reply» to."""
    if not chat.is_forum:
        raise ImpossibleError(f"Chat {chat.id} is not a forum.")
    service = {"forum_topic_created": {"name": name, "icon_color": ICON_COLOUR}}
    message = service_message(world, chat, service, by=by)
    message.thread, message.in_topic = message.id, True
    topic = chat.topics[message.id] = Topic(thread=message.id, name=name)
    world.keep(chat, message)
    deliver(world, message)
    return topic


def close_topic(world: World, chat: Chat, by: int, topic: Topic, *, closed: bool) -> None:
    """Close a topic to ordinary members, or open it again."""
    topic.closed = closed
    happening = "forum_topic_closed" if closed else "forum_topic_reopened"
    announce(world, chat, {happening: {}}, by=by, topic=topic.thread)


def delete_topic(world: World, chat: Chat, topic: Topic) -> None:
    """Delete a topic with all its messages; Telegram tells no bot."""
    del chat.topics[topic.thread]
    for message in chat.messages.values():
        if message.thread == topic.thread:
            message.deleted = True
    world.changed()
