"""Where a forwarded message came from, in both shapes that Telegram sends: the origin and older fields."""

import zlib

from bot.sandbox.wire import JsonObject


def forward_fields(origin: JsonObject, *, date: int) -> JsonObject:
    """The forward fields of a Message; `origin` is the control side's description of the forward."""
    return _MAKERS[origin["kind"]](origin, date) | {"forward_date": date}


def _user(origin: JsonObject, date: int) -> JsonObject:
    user_id = origin.get("id") or 6_000_000_000 + _number(origin["name"])
    user = {"id": user_id, "is_bot": False, "first_name": origin["name"]}
    return {
        "forward_origin": {"type": "user", "date": date, "sender_user": user},
        "forward_from": user,
    }


def _hidden(origin: JsonObject, date: int) -> JsonObject:
    return {
        "forward_origin": {"type": "hidden_user", "date": date, "sender_user_name": origin["name"]},
        "forward_sender_name": origin["name"],
    }


def _channel(origin: JsonObject, date: int) -> JsonObject:
    chat = _foreign_chat(origin, "channel")
    signed = {"author_signature": origin["signature"]} if origin.get("signature") else {}
    older = {"forward_signature": origin["signature"]} if origin.get("signature") else {}
    source = {"type": "channel", "date": date, "chat": chat, "message_id": origin["message_id"]}
    return {
        "forward_origin": source | signed,
        "forward_from_chat": chat,
        "forward_from_message_id": origin["message_id"],
    } | older


def _chat(origin: JsonObject, date: int) -> JsonObject:
    chat = _foreign_chat(origin, "supergroup")
    return {
        "forward_origin": {"type": "chat", "date": date, "sender_chat": chat},
        "forward_from_chat": chat,
    }


def _foreign_chat(origin: JsonObject, chat_type: str) -> JsonObject:
    """A chat outside the sandbox: the same description always gets the same id."""
    number = _number(origin.get("username") or origin["title"])
    chat = {"id": -1_001_000_000_000 - number, "title": origin["title"], "type": chat_type}
    return chat | ({"username": origin["username"]} if origin.get("username") else {})


def _number(name: str) -> int:
    return zlib.crc32(name.encode()) % 900_000_000


_MAKERS = {"user": _user, "hidden": _hidden, "channel": _channel, "chat": _chat}
