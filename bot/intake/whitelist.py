"""The fields of an update that may be stored; everything else is cut before it reaches the database.

Names of senders, origins of forwards, mentioned users, contacts, signatures and external replies never pass. What
aiogram's types demand but nobody may keep is filled with blanks. Works on the raw JSON, so that a field that
Telegram adds tomorrow is dropped too.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from aiogram.types import ChatMemberAdministrator, ChatMemberBanned, ChatMemberOwner, ChatMemberRestricted
from pydantic import BaseModel

from handlers.callbacks.people import ThisIsMe
from risk.imports import is_sheet_named, told_name

Json = dict[str, Any]
Keep = Callable[[Any], Any]

_RISK: Final = re.compile(r"/risk(@\w+)?(?!\S)", re.IGNORECASE | re.ASCII)
_BLANK_PHOTO: Final = {"file_id": "", "file_unique_id": "", "width": 0, "height": 0}
_BLANK_FILE: Final = {"file_id": "", "file_unique_id": ""}


def kept(update: Json) -> Json:
    """The storable form of an update. Unknown kinds of updates keep their id alone."""
    stored = _fields(update, _UPDATE)
    for kind in ("message", "edited_message"):
        message = stored.get(kind, {})
        if "reply_to_message" in message and not (kind == "message" and _files_the_reply(message)):
            message["reply_to_message"] = _fields(message["reply_to_message"], _POINTER)
    sheet = _sheet_sent(update)
    if sheet:
        stored["message"]["document"] = sheet
    command = _command_under(update)
    if command:
        stored["callback_query"]["message"]["reply_to_message"] = command
    return stored


def _command_under(update: Json) -> Json:
    """What the question «who wrote this?» replies to: the words of a command that was written under no name.

    A press on any other button needs nothing of what its message replies to.
    """
    press = update.get("callback_query")
    if not isinstance(press, dict) or not str(press.get("data", "")).startswith(f"{ThisIsMe.__prefix__}:"):
        return {}
    message = press.get("message")
    replied = message.get("reply_to_message") if isinstance(message, dict) else None
    return _fields(replied, {name: keep for name, keep in _CONTENT.items() if name != "from"})


def _sheet_sent(update: Json) -> Json:
    """A file in private whose rows may be read: how it is fetched, and its name without what leads to a person."""
    message = update.get("message")
    if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
        return {}
    document = message.get("document")
    if message["chat"].get("type") != "private" or not isinstance(document, dict):
        return {}
    name = document.get("file_name")
    if not isinstance(name, str) or not is_sheet_named(name) or not isinstance(document.get("file_id"), str):
        return {}
    return _BLANK_FILE | {"file_id": document["file_id"], "file_name": told_name(name)}


def _files_the_reply(message: Json) -> bool:
    """Only `/risk` makes something of the message it replies to; otherwise it is enough to know which one it was."""
    return bool(_RISK.match(str(message.get("text") or message.get("caption") or "")))


def _as_is(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool) else None


def _fields(value: Any, spec: dict[str, Keep]) -> Json:
    if not isinstance(value, dict):
        return {}
    kept_fields = {name: keep(value[name]) for name, keep in spec.items() if name in value}
    return {name: field for name, field in kept_fields.items() if field is not None}


def _object(spec: dict[str, Keep]) -> Keep:
    return lambda value: _fields(value, spec)


def _user(value: Any) -> Json:
    return _fields(value, {"id": _as_is, "is_bot": _as_is}) | {"first_name": ""}


def _somebody(value: Any) -> Json:
    """Of whoever wrote the message that is replied to: whether it was a bot, and nothing else."""
    return {"id": 0, "first_name": ""} | _fields(value, {"is_bot": _as_is})


def _nobody(_value: Any) -> Json:
    """Who put the bot into a group, or out of it, may be on no list and does not matter."""
    return {"id": 0, "is_bot": False, "first_name": ""}


def _chat(value: Any) -> Json:
    return _fields(value, {"id": _as_is, "type": _as_is, "is_forum": _as_is})


def _entities(value: Any) -> list[Json]:
    spec: dict[str, Keep] = {"type": _as_is, "offset": _as_is, "length": _as_is, "url": _as_is}
    return [_fields(entity, spec) for entity in value] if isinstance(value, list) else []


def _origin(value: Any) -> Json:
    """Where a forward comes from: a public channel's post is a link, anybody else's is only «a forward»."""
    channel = _object({"id": _as_is, "type": _as_is, "username": _as_is})
    origin = _fields(value, {"type": _as_is, "date": _as_is, "chat": channel, "message_id": _as_is})
    if origin.get("type") == "channel" and origin.get("chat", {}).get("username"):
        return origin
    return {"type": "hidden_user", "date": origin.get("date", 0), "sender_user_name": ""}


def _photo(_value: Any) -> list[Json]:
    return [dict(_BLANK_PHOTO)]


def _file(extra: Json) -> Keep:
    return lambda _value: _BLANK_FILE | extra


_CONTENT: Final[dict[str, Keep]] = {
    "message_id": _as_is,
    "date": _as_is,
    "edit_date": _as_is,
    "message_thread_id": _as_is,
    "is_topic_message": _as_is,
    "from": _user,
    "chat": _chat,
    "text": _as_is,
    "entities": _entities,
    "caption": _as_is,
    "caption_entities": _entities,
    "media_group_id": _as_is,
    "forward_origin": _origin,
    "photo": _photo,
    "video": _file({"width": 0, "height": 0, "duration": 0}),
    "animation": _file({"width": 0, "height": 0, "duration": 0}),
    "document": _file({}),
    "voice": _file({"duration": 0}),
    "video_note": _file({"length": 0, "duration": 0}),
    "audio": _file({"duration": 0}),
    "sticker": _file({"type": "regular", "width": 0, "height": 0, "is_animated": False, "is_video": False}),
    "contact": lambda _value: {"phone_number": "", "first_name": ""},
    "location": lambda _value: {"latitude": 0.0, "longitude": 0.0},
    "migrate_to_chat_id": _as_is,
    "migrate_from_chat_id": _as_is,
}

_POINTER: Final[dict[str, Keep]] = {"message_id": _as_is, "date": _as_is, "chat": _chat}

_MESSAGE: Final[dict[str, Keep]] = _CONTENT | {"reply_to_message": _object(_CONTENT | {"from": _somebody})}

_PRESS: Final[dict[str, Keep]] = {
    "id": _as_is,
    "from": _user,
    "chat_instance": lambda _value: "",
    "data": _as_is,
    "message": _object(
        {
            "message_id": _as_is,
            "date": _as_is,
            "chat": _chat,
            "message_thread_id": _as_is,
            "is_topic_message": _as_is,
        }
    ),
}

_MEMBER: Final[dict[str, Keep]] = {
    "status": _as_is,
    "user": _user,
    "is_member": _as_is,
    "can_send_messages": _as_is,
}


def _member(value: Any) -> Json:
    """Telegram's member objects demand many flags; those that nobody asks about are filled with False."""
    member = _fields(value, _MEMBER)
    return _demanded_flags(str(member.get("status"))) | member


_MEMBER_TYPES: Final[dict[str, type[BaseModel]]] = {
    "administrator": ChatMemberAdministrator,
    "creator": ChatMemberOwner,
    "restricted": ChatMemberRestricted,
    "kicked": ChatMemberBanned,
}


@cache
def _demanded_flags(status: str) -> Json:
    """What aiogram's type demands of a member of this status, each with nothing in it."""
    demanded = _MEMBER_TYPES.get(status)
    if demanded is None:
        return {}
    required = {name: field.annotation for name, field in demanded.model_fields.items() if field.is_required()}
    return {name: 0 if name == "until_date" else False for name in required if name != "user"}


_MEMBERSHIP: Final[dict[str, Keep]] = {
    "chat": _chat,
    "from": _nobody,
    "date": _as_is,
    "old_chat_member": _member,
    "new_chat_member": _member,
}

_UPDATE: Final[dict[str, Keep]] = {
    "update_id": _as_is,
    "message": _object(_MESSAGE),
    "edited_message": _object(_MESSAGE),
    "callback_query": _object(_PRESS),
    "my_chat_member": _object(_MEMBERSHIP),
}
