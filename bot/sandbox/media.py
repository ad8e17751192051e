"""Made-up files for messages with media: shapes and ids as Telegram gives them, and nothing to download."""

import secrets
from collections.abc import Callable

from bot.sandbox.wire import JsonObject


def media_fields(kind: str, *, file_name: str | None = None) -> JsonObject:
    """The media fields of a Message: `kind` is photo, video, voice, document or sticker."""
    return {kind: _MAKERS[kind](file_name)}


def _file(size: int) -> JsonObject:
    token = secrets.token_urlsafe(12)
    return {"file_id": f"AgACAgIAAx{token}", "file_unique_id": f"AQAD{token[:8]}", "file_size": size}


def _photo(_: str | None) -> list[JsonObject]:
    sizes = ((90, 67), (320, 240), (1280, 960))
    return [_file(width * 40) | {"width": width, "height": height} for width, height in sizes]


def _video(_: str | None) -> JsonObject:
    return _file(900_000) | {"width": 1280, "height": 720, "duration": 12, "mime_type": "video/mp4"}


def _voice(_: str | None) -> JsonObject:
    return _file(20_000) | {"duration": 7, "mime_type": "audio/ogg"}


def _document(file_name: str | None) -> JsonObject:
    return _file(40_000) | {"file_name": file_name or "document.pdf", "mime_type": "application/octet-stream"}


def _sticker(_: str | None) -> JsonObject:
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return _file(15_000) | shape | {"emoji": "👍", "set_name": "sandbox"}


_MAKERS: dict[str, Callable[[str | None], JsonObject | list[JsonObject]]] = {
    "photo": _photo,
    "video": _video,
    "voice": _voice,
    "document": _document,
    "sticker": _sticker,
}
