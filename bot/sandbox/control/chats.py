"""Making groups, moving people and the bot in and out of them, topics, pins, commands, migration."""

from aiohttp import web

from bot.sandbox.acts.membership import change_membership, found_chat
from bot.sandbox.acts.migration import migrate
from bot.sandbox.acts.pinning import pin, unpin
from bot.sandbox.acts.topics import close_topic, create_topic, delete_topic
from bot.sandbox.chats import Chat, ChatType, Membership, Topic
from bot.sandbox.control.reading import (
    AbsentError,
    answer,
    body_of,
    the_chat,
    the_group,
    the_message,
    the_person,
    the_world,
)
from bot.sandbox.control.requests import MemberChange, NewChat, NewTopic, Pin, TopicChange
from bot.sandbox.control.views import chat_view
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.menu import commands_for
from bot.sandbox.world import World


def routes() -> list[web.RouteDef]:
    """The routes of this family."""
    topic = r"/control/chats/{id:-?\d+}/topics/{thread:\d+}"
    return [
        web.post("/control/chats", _create),
        web.post(r"/control/chats/{id:-?\d+}/members", _change_member),
        web.post(r"/control/chats/{id:-?\d+}/topics", _create_topic),
        web.post(topic, _change_topic),
        web.delete(topic, _delete_topic),
        web.post(r"/control/chats/{id:-?\d+}/migrate", _migrate),
        web.post(r"/control/chats/{id:-?\d+}/pins", _pin),
        web.get(r"/control/chats/{id:-?\d+}/commands", _commands),
    ]


async def _create(request: web.Request) -> web.Response:
    world = the_world(request)
    asked = await body_of(request, NewChat)
    chat = found_chat(
        world,
        chat_type=ChatType(asked.type),
        title=asked.title,
        members=[_user_id(world, user) for user in asked.members],
        is_forum=asked.is_forum,
        username=asked.username,
    )
    return answer(chat_view(chat))


async def _change_member(request: web.Request) -> web.Response:
    world, chat = _world_and_chat(request)
    asked = await body_of(request, MemberChange)
    membership = Membership(status=asked.status, rights=asked.rights)
    by = asked.by and the_person(world, asked.by).id
    change_membership(world, chat, _user_id(world, asked.user), membership, by=by)
    return answer(chat_view(chat))


async def _create_topic(request: web.Request) -> web.Response:
    world, chat = _world_and_chat(request)
    asked = await body_of(request, NewTopic)
    topic = create_topic(world, chat, the_person(world, asked.as_).id, asked.name)
    return answer({"thread": topic.thread, "name": topic.name, "closed": topic.closed})


async def _change_topic(request: web.Request) -> web.Response:
    world, chat = _world_and_chat(request)
    asked = await body_of(request, TopicChange)
    topic = _the_topic(request, chat)
    close_topic(world, chat, the_person(world, asked.as_).id, topic, closed=asked.closed)
    return answer({"thread": topic.thread, "name": topic.name, "closed": topic.closed})


async def _delete_topic(request: web.Request) -> web.Response:
    world, chat = _world_and_chat(request)
    delete_topic(world, chat, _the_topic(request, chat))
    return answer({})


async def _migrate(request: web.Request) -> web.Response:
    world, chat = _world_and_chat(request)
    return answer(chat_view(migrate(world, chat)))


async def _pin(request: web.Request) -> web.Response:
    """In private everybody pins; in a group those who may."""
    world = the_world(request)
    chat = the_chat(world, request.match_info["id"])
    asked = await body_of(request, Pin)
    person, message = the_person(world, asked.as_), the_message(chat, asked.message_id)
    if message.deleted or message.service:
        raise ImpossibleError(f"Message {message.id} cannot be pinned.")
    if chat.type is not ChatType.PRIVATE and not chat.membership(person.id).may("can_pin_messages"):
        raise ImpossibleError(f"Person {person.id} may not pin in chat {chat.id}.")
    if asked.pinned:
        pin(world, chat, message, by=person.id)
    else:
        unpin(world, chat, message)
    return answer({"pinned": [each.id for each in chat.pins()]})


async def _commands(request: web.Request) -> web.Response:
    """What Telegram would offer to `?as=` in this chat when they type «/»."""
    world = the_world(request)
    person, chat_id = the_person(world, request.query.get("as", "0")), int(request.match_info["id"])
    chat = None if chat_id == person.id else the_group(world, chat_id)
    return answer({"commands": commands_for(world, person, chat)})


def _world_and_chat(request: web.Request) -> tuple[World, Chat]:
    world = the_world(request)
    return world, the_group(world, request.match_info["id"])


def _the_topic(request: web.Request, chat: Chat) -> Topic:
    topic = chat.topics.get(int(request.match_info["thread"]))
    if topic is None:
        raise AbsentError(f"There is no topic {request.match_info['thread']} in chat {chat.id}.")
    return topic


def _user_id(world: World, user: int | str) -> int:
    """Somebody who exists, or the bot."""
    if user in {"bot", world.bot.id}:
        return world.bot.id
    return the_person(world, user).id
