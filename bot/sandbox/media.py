"""Telegram's media fields of a message for a file, and made-up files for where nobody has chosen one."""

from collections.abc import Callable

from bot.sandbox.files import Files, StoredFile
from bot.sandbox.pictures import plain_picture, size_of
from bot.sandbox.wire import JsonObject

_THUMBNAILS = ((90, 67), (320, 240))
_PHOTO = (1280, 960)
_NAMES = {
    "photo": "photo.png",
    "video": "video.mp4",
    "voice": "voice.ogg",
    "video_note": "video_note.mp4",
    "document": "document.pdf",
    "sticker": "sticker.webp",
}
_BYTES = {"video": 900_000, "voice": 20_000, "video_note": 300_000, "document": 40_000, "sticker": 15_000}


def media_fields(files: Files, kind: str, file: StoredFile) -> JsonObject:
    """The media fields of a Message that carries this file as `kind`, which it stays for ever."""
    file.kind = file.kind or kind
    return {kind: _photo(files, file) if kind == "photo" else _MAKERS[kind](file)}


def make_up(files: Files, kind: str, *, name: str | None = None) -> StoredFile:
    """A file of this kind with nothing in it that anybody would miss."""
    content = plain_picture(*_PHOTO) if kind == "photo" else bytes(_BYTES[kind])
    return files.add(content, name or _NAMES[kind], made_up=True)


def file_id_of(media: JsonObject) -> str | None:
    """The id of the file that a message carries; of a photo, the largest one's."""
    for content in media.values():
        largest: JsonObject = content[-1] if isinstance(content, list) else content
        return str(largest["file_id"])
    return None


def _described(file: StoredFile) -> JsonObject:
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}


def _photo(files: Files, file: StoredFile) -> list[JsonObject]:
    """The sizes of a photo; a made-up one has small ones too, as a real one would."""
    sizes: list[JsonObject] = []
    for width, height in _THUMBNAILS if file.made_up else ():
        small = files.add(plain_picture(width, height), file.name, made_up=True)
        small.kind = "photo"
        sizes.append(_described(small) | {"width": width, "height": height})
    width, height = size_of(file.content) or _PHOTO
    return [*sizes, _described(file) | {"width": width, "height": height}]


def _video(file: StoredFile) -> JsonObject:
    return _described(file) | {"width": 1280, "height": 720, "duration": 12, "mime_type": "video/mp4"}


def _voice(file: StoredFile) -> JsonObject:
    return _described(file) | {"duration": 7, "mime_type": "audio/ogg"}


def _video_note(file: StoredFile) -> JsonObject:
    return _described(file) | {"length": 240, "duration": 9}


def _document(file: StoredFile) -> JsonObject:
    return _described(file) | {"file_name": file.name, "mime_type": file.mime}


def _sticker(file: StoredFile) -> JsonObject:
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return _described(file) | shape | {"emoji": "👍", "set_name": "sandbox"}


_MAKERS: dict[str, Callable[[StoredFile], JsonObject]] = {
    "video": _video,
    "voice": _voice,
    "video_note": _video_note,
    "document": _document,
    "sticker": _sticker,
}
