"""Which of the bot's lists of commands a person is shown in a chat: the most specific scope that has one."""

from collections.abc import Iterator

from bot.sandbox.chats import Chat, ChatType
from bot.sandbox.people import Person
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

LANGUAGE = "ru"
"""What everybody's client here is set to."""


def menu_key(kind: str, chat_id: int | None = None, user_id: int | None = None, language: str | None = None) -> str:
    """A scope and a language as one word."""
    return "/".join(str(part) for part in (kind, chat_id, user_id, language) if part)


def commands_for(world: World, person: Person, chat: Chat | None) -> list[JsonObject]:
    """What «/» offers; None is the private chat before its first message."""
    for kind, chat_id, user_id in _scopes(person, chat):
        for language in (LANGUAGE, None):
            if listed := world.commands.get(menu_key(kind, chat_id, user_id, language)):
                return listed
    return []


def _scopes(person: Person, chat: Chat | None) -> Iterator[tuple[str, int | None, int | None]]:
    """In the order that Telegram's documentation gives."""
    if chat is None or chat.type is ChatType.PRIVATE:
        yield "chat", person.id, None
        yield "all_private_chats", None, None
    else:
        administrates = chat.membership(person.id).administrates
        yield "chat_member", chat.id, person.id
        if administrates:
            yield "chat_administrators", chat.id, None
        yield "chat", chat.id, None
        if administrates:
            yield "all_chat_administrators", None, None
        yield "all_group_chats", None, None
    yield "default", None, None
