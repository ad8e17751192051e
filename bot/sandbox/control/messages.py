"""People's messages: writing, rewriting, deleting, and reading a chat."""

import secrets
from collections.abc import Iterator
from dataclasses import replace

from aiohttp import web

from bot.sandbox.acts.posting import Circumstances, delete, edit, make_body, open_chat, post
from bot.sandbox.control.reading import answer, body_of, the_chat, the_message, the_person, the_world
from bot.sandbox.control.requests import AlbumItem, Attachments, NewMessage, Rewriting
from bot.sandbox.control.views import message_view
from bot.sandbox.files import Files
from bot.sandbox.impossible import ImpossibleError
from bot.sandbox.media import make_up, media_fields
from bot.sandbox.messages import Body
from bot.sandbox.pictures import size_of
from bot.sandbox.wire import JsonObject


def routes() -> list[web.RouteDef]:
    """The routes of this family."""
    message = r"/control/messages/{chat:-?\d+}/{id:\d+}"
    return [
        web.post("/control/messages", _write),
        web.post(f"{message}/edit", _rewrite),
        web.post(f"{message}/delete", _delete),
        web.get(r"/control/chats/{chat:-?\d+}/messages", _read),
    ]


async def _write(request: web.Request) -> web.Response:
    world = the_world(request)
    asked = await body_of(request, NewMessage)
    person = the_person(world, asked.as_)
    planned = list(_planned(world.files, asked, date=world.now if asked.date is None else asked.date))
    chat = open_chat(world, person, asked.chat)
    written = [post(world, person, chat, body, how) for body, how in planned]
    shown = [message_view(world, message, viewer=person.id) for message in written]
    return answer({"messages": shown})


async def _rewrite(request: web.Request) -> web.Response:
    world = the_world(request)
    asked = await body_of(request, Rewriting)
    message = the_message(the_chat(world, request.match_info["chat"]), request.match_info["id"])
    body = make_body(text=asked.text, caption=asked.caption, entities=asked.entities, media=message.body.media)
    edit(world, the_person(world, asked.as_), message, body)
    return answer(message_view(world, message, viewer=asked.as_))


async def _delete(request: web.Request) -> web.Response:
    world = the_world(request)
    message = the_message(the_chat(world, request.match_info["chat"]), request.match_info["id"])
    delete(world, message)
    return answer(message_view(world, message))


async def _read(request: web.Request) -> web.Response:
    """A private chat in which nothing was written yet is simply empty."""
    world = the_world(request)
    viewer = the_person(world, request.query["as"]).id if "as" in request.query else None
    chat_id = int(request.match_info["chat"])
    messages = (
        []
        if chat_id in world.people and chat_id not in world.chats
        else list(the_chat(world, chat_id).messages.values())
    )
    with_deleted = request.query.get("include_deleted") == "1"
    shown = [message for message in messages if with_deleted or not message.deleted]
    return answer({"messages": [message_view(world, message, viewer=viewer) for message in shown]})


def _planned(files: Files, asked: NewMessage, *, date: int) -> Iterator[tuple[Body, Circumstances]]:
    """The messages that clients make of one wish: an album is several, a commented forward is two."""
    how = Circumstances(
        reply_to=asked.reply_to,
        thread=asked.thread,
        origin=asked.forward.model_dump(exclude_none=True) if asked.forward else None,
        anonymous=asked.anonymous,
        date=date,
    )
    items = asked.media_group or _photos(asked)
    if items:
        yield from _album(files, asked, items, how)
    else:
        media = _media(files, asked)
        yield make_body(text=asked.text, caption=asked.caption, entities=asked.entities, media=media), how
    if (second := asked.with_forward) is not None:
        body = make_body(text=second.text, caption=second.caption, entities=None, media=_media(files, second))
        origin = second.forward.model_dump(exclude_none=True)
        yield body, Circumstances(thread=asked.thread, origin=origin, anonymous=asked.anonymous, date=date)


def _photos(asked: NewMessage) -> list[AlbumItem]:
    """`"photo": 3` is an album of three, with the caption under the first."""
    count = int(asked.photo)
    if count < 2:
        return []
    return [AlbumItem(photo=True, caption=asked.caption if index == 0 else None) for index in range(count)]


def _album(
    files: Files, asked: NewMessage, items: list[AlbumItem], how: Circumstances
) -> Iterator[tuple[Body, Circumstances]]:
    if asked.text is not None:
        raise ImpossibleError("An album has captions, not a text.")
    album = str(13 * 10**15 + secrets.randbelow(10**15))
    for item in items:
        body = make_body(text=None, caption=item.caption, entities=None, media=_media(files, item))
        yield body, replace(how, album=album)


def _media(files: Files, asked: Attachments) -> JsonObject:
    kinds = asked.kinds
    if len(kinds) > 1:
        raise ImpossibleError(f"One message cannot carry {' and '.join(kinds)}.")
    if not kinds:
        return {}
    name = asked.document if isinstance(asked.document, str) else None
    file = make_up(files, kinds[0], name=name) if asked.file is None else files.get(asked.file)
    if file is None:
        raise ImpossibleError(f"There is no file {asked.file}.")
    if kinds[0] == "photo" and size_of(file.content) is None:
        raise ImpossibleError("Only a PNG or a JPEG can be sent as a photo.")
    return media_fields(files, kinds[0], file)
