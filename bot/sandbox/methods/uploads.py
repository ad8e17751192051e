"""The files that a call names or brings, checked for what they are to be sent as; getFile is here too."""

from aiogram.methods import GetFile

from bot.sandbox.files import MOST_DOWNLOADED_BYTES, MOST_PHOTO_BYTES, StoredFile
from bot.sandbox.pictures import size_of
from bot.sandbox.refusals import Reason, bad_request, not_served
from bot.sandbox.wire import JsonObject
from bot.sandbox.world import World

MOST_PIXELS_AROUND = 10_000
"""Of a photo's width and height together."""
MOST_STRETCHED = 20
"""How many times one side of a photo may be longer than the other."""


def a_document(world: World, given: object) -> StoredFile:
    return _named(world, given, "document")


def a_photo(world: World, given: object) -> StoredFile:
    """A picture that Telegram could show; it takes other formats than PNG and JPEG too."""
    file = _named(world, given, "photo")
    if file.size > MOST_PHOTO_BYTES:
        too_big = f"file of size {file.size} bytes is too big for a photo"
        raise bad_request(f"{too_big}; the maximum size is {MOST_PHOTO_BYTES} bytes")
    shape = size_of(file.content)
    if shape is None:
        raise bad_request(Reason.PICTURE_UNREADABLE)
    shorter, longer = sorted(shape)
    if shorter + longer > MOST_PIXELS_AROUND or longer > shorter * MOST_STRETCHED:
        raise bad_request(Reason.PICTURE_MISSHAPEN)
    return file


def get_file(world: World, call: GetFile) -> JsonObject:
    """Where to download a file from."""
    file = world.files.get(call.file_id)
    if file is None:
        raise bad_request(Reason.FILE_ID_INVALID)
    if file.size > MOST_DOWNLOADED_BYTES:
        raise bad_request(Reason.FILE_TOO_BIG)
    described = {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}
    return described | {"file_path": world.files.publish(file)}


def _named(world: World, given: object, kind: str) -> StoredFile:
    if not isinstance(given, str):
        raise not_served("files that are neither sent along nor known by their id")
    file = world.files.get(given)
    if file is None and given.startswith(("http://", "https://")):
        raise not_served("files that Telegram fetches from an address")
    if file is None:
        raise bad_request(Reason.FILE_UNKNOWN)
    if file.kind not in {None, kind}:
        raise bad_request(f"can't use file of type {str(file.kind).capitalize()} as {kind.capitalize()}")
    if not file.content:
        raise bad_request(Reason.FILE_EMPTY)
    return file
