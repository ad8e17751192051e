"""What the page and the tests are shown of the world."""

from dataclasses import asdict
from typing import Any

from bot.sandbox.chats import Chat
from bot.sandbox.faults import Fault
from bot.sandbox.media import file_id_of
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.shapes import user_json
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World


def person_view(person: Person) -> JsonObject:
    """A person with their caption."""
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "label": person.label,
        "blocked": person.blocked,
    }


def chat_view(chat: Chat) -> JsonObject:
    """A group with its members and topics."""
    return {
        "id": chat.id,
        "type": str(chat.type),
        "title": chat.title,
        "username": chat.username,
        "is_forum": chat.is_forum,
        "members": [
            {"id": user_id, "status": str(membership.status), "rights": dict(membership.rights)}
            for user_id, membership in chat.members.items()
        ],
        "topics": [
            {"thread": topic.thread, "name": topic.name, "closed": topic.closed} for topic in chat.topics.values()
        ],
        "migrated_to": chat.migrated_to,
    }


def pins_view(world: World) -> JsonObject:
    """The pinned messages of each chat that has any, the latest pin last."""
    pinned = {str(chat.id): [message.id for message in chat.pins()] for chat in world.chats.values()}
    return {chat: ids for chat, ids in pinned.items() if ids}


def versions_view(world: World) -> JsonObject:
    """For each chat a word that changes whenever something in it is shown otherwise: what to read again."""
    return {str(chat.id): f"{world.era}.{chat.version}" for chat in world.chats.values()}


def fault_view(world: World, fault: Fault) -> JsonObject:
    """A misfortune, with the seconds that it still lasts."""
    left = None if fault.until is None else max(0.0, fault.until - world.clock())
    return asdict(fault) | {"seconds_left": left}


def message_view(world: World, message: Message, *, viewer: int | None = None) -> JsonObject:
    """A message as a client would show it to `viewer`."""
    keyboard = (message.inline_keyboard or {}).get("inline_keyboard", [])
    body = message.body
    return {
        "id": message.id,
        "date": message.date,
        "from": _sender(world, message),
        "own": message.sender_id == viewer,
        "text": body.text,
        "caption": body.caption,
        "entities": list(body.entities),
        "media": _media(world, body.media),
        "album": message.album,
        "forward": message.origin,
        "reply_to": message.reply_to,
        "buttons": [[_button(button) for button in row] for row in keyboard],
        "edited": message.edit_date is not None,
        "edit_count": message.edit_count,
        "silent": message.silent,
        "deleted": message.deleted,
        "thread": message.thread,
        "service": _service_line(message.service) if message.service else None,
    }


def _sender(world: World, message: Message) -> JsonObject:
    if message.as_chat:
        title = world.chats[message.chat_id].title
        return {"id": message.chat_id, "first_name": title, "is_bot": False, "label": "анонимно"}
    user = user_json(world, message.sender_id)
    person = world.people.get(message.sender_id)
    return {
        "id": user["id"],
        "first_name": user["first_name"],
        "last_name": user.get("last_name"),
        "is_bot": user["is_bot"],
        "label": person.label if person else None,
    }


def _button(button: JsonObject) -> JsonObject:
    action = {"url": button["url"]} if "url" in button else {"data": button["callback_data"]}
    return {"text": button["text"]} | action


def _media(world: World, media: JsonObject) -> JsonObject | None:
    """The kind, the name of a document, and the file itself with its size unless it is a stand-in."""
    for kind, content in media.items():
        name = content.get("file_name") if isinstance(content, dict) else None
        file = world.files.get(file_id_of(media) or "")
        chosen = None if file is None or file.made_up else file
        told = {"file": None, "size": None} if chosen is None else {"file": chosen.id, "size": chosen.size}
        return {"kind": kind, "file_name": name, **told}
    return None


def _service_line(service: JsonObject) -> str:
    """The grey line in the middle of a chat, in the page's language."""
    kind, content = next(iter(service.items()))
    lines: dict[str, Any] = {
        "new_chat_members": lambda users: f"Теперь в чате: {', '.join(_name(user) for user in users)}",
        "left_chat_member": lambda user: f"Больше не в чате: {_name(user)}",
        "forum_topic_created": lambda topic: f"Создана тема «{topic['name']}»",
        "forum_topic_closed": lambda _: "Тема закрыта",
        "pinned_message": lambda message: f"Закреплено: {_quoted(message)}",
        "forum_topic_reopened": lambda _: "Тема снова открыта",
        "migrate_to_chat_id": lambda _: "Группа стала супергруппой",
        "migrate_from_chat_id": lambda _: "Супергруппа создана из группы",
    }
    return str(lines[kind](content))


def _quoted(message: JsonObject) -> str:
    first_line = str(message.get("text") or message.get("caption") or "вложение").partition("\n")[0]
    return f"«{first_line[:60]}{'…' if len(first_line) > 60 else ''}»"


def _name(user: JsonObject) -> str:
    return " ".join(filter(None, (user["first_name"], user.get("last_name"))))
