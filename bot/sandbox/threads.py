"""Which thread a new message belongs to: a forum topic, or the chain of replies of a supergroup."""

from bot.sandbox.chats import Chat, ChatType, Membership, Topic
from bot.sandbox.messages import Message

GENERAL = 1
"""The topic that every forum has; its messages carry no thread id, and the Bot API takes none for it."""


def thread_of_reply(chat: Chat, target: Message | None) -> tuple[int | None, bool]:
    """The thread of a message that only replies, and whether it is a topic."""
    if target is None:
        return None, False
    if chat.is_forum:
        return target.thread, target.in_topic
    if chat.type is ChatType.SUPERGROUP:
        return target.thread or target.id, False
    return None, False


def may_write_in(topic: Topic, membership: Membership) -> bool:
    """A closed topic takes messages only from those who may manage topics."""
    return not topic.closed or membership.may("can_manage_topics")
