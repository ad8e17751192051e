"""Reading a call's parameters and files as aiogram and others send them, and parsing them by aiogram's model."""

import functools
import json
import re
from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any, get_args

from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import (
    ForceReply,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    TelegramObject,
)
from aiohttp import web
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.sandbox.files import MOST_BYTES, Files
from bot.sandbox.refusals import Reason, RefusalError, bad_request, too_large
from bot.sandbox.wire import JsonObject

_NUMBER = re.compile(r"-?\d+")
_ATTACHED = "attach://"
_MARKUPS: dict[str, type[TelegramObject]] = {
    "keyboard": ReplyKeyboardMarkup,
    "inline_keyboard": InlineKeyboardMarkup,
    "remove_keyboard": ReplyKeyboardRemove,
    "force_reply": ForceReply,
}
"""In the order in which Telegram looks."""

_MISSING = {
    ("text",): Reason.TEXT_EMPTY,
    ("chat_id",): Reason.CHAT_ID_EMPTY,
    ("message_id",): Reason.MESSAGE_ID_MISSING,
    ("callback_query_id",): Reason.QUERY_TOO_OLD,
    ("user_id",): Reason.INVALID_USER_ID,
    ("action",): Reason.ACTION_UNKNOWN,
    ("document",): Reason.NO_DOCUMENT,
    ("photo",): Reason.NO_PHOTO,
    ("file_id",): Reason.FILE_ID_MISSING,
    ("name",): Reason.TOPIC_NAME_EMPTY,
}


async def read_parameters(request: web.Request, files: Files) -> tuple[JsonObject, tuple[str, ...]]:
    """The parameters from address and body; empty ones count as not given, as in Telegram.

    Files of the form are kept in `files` at once, and their ids stand where the files stood; the ids come along.
    """
    given: JsonObject = dict(request.query)
    uploaded: tuple[str, ...] = ()
    if request.content_type == "application/json":
        given |= _json_object(await request.text())
    elif request.can_read_body:
        words, uploaded = await _form(request, files)
        given |= words
    return {key: value for key, value in given.items() if value is not None and value != ""}, uploaded


async def _form(request: web.Request, files: Files) -> tuple[JsonObject, tuple[str, ...]]:
    try:
        form = await request.post()
    except web.HTTPRequestEntityTooLarge:
        raise too_large() from None
    words = {key: value for key, value in form.items() if isinstance(value, str)}
    sent = {key: value for key, value in form.items() if isinstance(value, web.FileField)}
    contents = {key: value.file.read() for key, value in sent.items()}
    if any(len(content) > MOST_BYTES for content in contents.values()):
        raise too_large()
    ids = {key: files.add(contents[key], sent[key].filename, mime=_mime(sent[key])).id for key in sent}
    return _with_files(words, ids), tuple(ids.values())


def _mime(sent: web.FileField) -> str | None:
    """None, to be guessed by the name, where the sender did not care to say."""
    return None if sent.content_type == "application/octet-stream" else sent.content_type


def _with_files(words: Mapping[str, str], ids: Mapping[str, str]) -> JsonObject:
    """A field holds its file itself, or says `attach://…`, the name of the part that does."""
    attached = {value.removeprefix(_ATTACHED) for value in words.values() if value.startswith(_ATTACHED)}
    named = {key: ids.get(value.removeprefix(_ATTACHED), value) for key, value in words.items()}
    return named | {key: file for key, file in ids.items() if key not in attached}


def parse_call(method: type[TelegramMethod[Any]], given: JsonObject) -> TelegramMethod[Any]:
    """The call as aiogram's model, or Telegram's words for what is wrong with it."""
    texts = _text_fields(method)
    parsed = {key: str(value) if key in texts else _parsed(key, value) for key, value in given.items()}
    try:
        if "reply_markup" in parsed:
            parsed["reply_markup"] = _markup(parsed["reply_markup"])
        return method.model_validate(parsed)
    except ValidationError as error:
        raise _refusal(error.errors()) from error


def _json_object(text: str) -> JsonObject:
    try:
        body = json.loads(text or "{}")
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("object expected as request body")
    return body


@functools.cache
def _text_fields(method: type[TelegramMethod[Any]]) -> frozenset[str]:
    """The fields that are words whatever they look like."""
    kinds = {name: set(get_args(field.annotation)) for name, field in method.model_fields.items()}
    plain = {name for name, field in method.model_fields.items() if field.annotation is str}
    return frozenset(plain | {name for name, kind in kinds.items() if str in kind <= {str, NoneType, Default}})


def _parsed(key: str, value: Any) -> Any:
    """A form carries numbers as words and objects as JSON."""
    if not isinstance(value, str):
        return value
    if _NUMBER.fullmatch(value):
        return int(value)
    if value[0] not in "[{":
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        what = "reply keyboard markup" if key == "reply_markup" else key.replace("_", " ")
        raise bad_request(f"can't parse {what} JSON object") from error


def _markup(value: Any) -> TelegramObject | None:
    """The markup by the field that tells its kind: aiogram's union takes a broken one for another kind."""
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    kind = next((kind for field, kind in _MARKUPS.items() if value.get(field)), None)
    return kind.model_validate(value) if kind else None


def _refusal(errors: Iterable[ErrorDetails]) -> RefusalError:
    first = next(iter(errors))
    place = first["loc"]
    if place in _MISSING:
        return bad_request(_MISSING[place])
    if place == ("reply_markup",):
        return bad_request(Reason.MARKUP_NOT_INLINE)  # the only kind that the models tell from others
    if first["type"] == "missing" and "inline_keyboard" in place:
        return bad_request(f"can't parse inline keyboard button: Can't find field \"{place[-1]}\"")
    if first["type"] == "missing" and place[0] in {"entities", "caption_entities"}:
        return bad_request(f"can't parse MessageEntity: Can't find field \"{place[-1]}\"")
    return bad_request(f"can't parse {'.'.join(map(str, place))}: {first['msg']}")
