"""Checking the entities that a sender sets on a text; what becomes of them afterwards is in `formatting`."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from bot.sandbox import utf16
from bot.sandbox.detection import DETECTED_TYPES
from bot.sandbox.refusals import bad_request, not_served
from bot.sandbox.wire import JsonObject

SPLITTABLE_TYPES = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
CONTINUOUS_TYPES = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji", "date_time"})
_QUOTE_TYPES = frozenset({"blockquote", "expandable_blockquote"})
_KNOWN_TYPES = SPLITTABLE_TYPES | CONTINUOUS_TYPES | _QUOTE_TYPES | DETECTED_TYPES
_REQUIRED_FIELDS = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
_LARGEST_NUMBER = 1_000_000


def end_of(entity: JsonObject) -> int:
    """The UTF-16 offset just past the entity."""
    return int(entity["offset"]) + int(entity["length"])


def order(entity: JsonObject) -> tuple[int, int, str]:
    """Sorts by place, outer entities before the ones inside them."""
    return entity["offset"], -entity["length"], entity["type"]


def checked(text: str, entities: Iterable[JsonObject]) -> list[JsonObject]:
    """The entities that the sender may set, checked against the text, outer ones first."""
    given = [dict(entity) for entity in entities]
    for entity in given:
        _check_numbers(entity)
        _check_type(entity)
    given = [entity for entity in given if entity["length"] and entity["type"] not in DETECTED_TYPES]
    given.sort(key=order)
    if given:
        _check_bounds(text, given)
        _check_nesting(given)
    return given


def _check_numbers(entity: JsonObject) -> None:
    if not 0 <= entity["offset"] <= _LARGEST_NUMBER:
        raise bad_request(f"receive an entity with incorrect offset {entity['offset']}")
    if not 0 <= entity["length"] <= _LARGEST_NUMBER:
        raise bad_request(f"receive an entity with incorrect length {entity['length']}")


def _check_type(entity: JsonObject) -> None:
    if entity["type"] not in _KNOWN_TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    required = _REQUIRED_FIELDS.get(entity["type"])
    if required and entity.get(required) is None:
        raise bad_request(f"can't parse MessageEntity: Can't find field \"{required}\"")
    if entity["type"] == "text_link" and entity["url"].startswith("tg://user"):
        raise not_served("text links to people; a text_mention says the same")
    if entity["type"] == "text_link" and (problem := _url_problem(entity["url"])):
        raise bad_request(f"entity URL '{entity['url']}' is invalid: {problem}")


def _url_problem(url: str) -> str | None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in {"http", "https", "tg", "ton"}:
        return "Unsupported URL protocol"
    if not parts.netloc:
        return "URL host is empty"
    return None if parts.scheme in {"tg", "ton"} or "." in parts.netloc else "Wrong HTTP URL"


def _check_bounds(text: str, entities: Sequence[JsonObject]) -> None:
    total = utf16.length(text)
    units = set(utf16.offsets(text))
    for entity in entities:
        begin, end = entity["offset"], end_of(entity)
        if begin > total:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {begin}")
        if end > total:
            place = f"UTF-16 offset {begin} ends after the end of the text at UTF-16 offset {end}"
            raise bad_request(f"entity beginning at {place}")
        if begin not in units:
            raise bad_request(f"entity begins in {_split_symbol(text, begin)}")
        if end not in units:
            raise bad_request(f"entity beginning at UTF-16 offset {begin} ends in {_split_symbol(text, end)}")


def _split_symbol(text: str, unit: int) -> str:
    """Telegram's words for an edge inside a character; it names the byte just past the character."""
    byte = len(text.encode("utf-16-le")[: (unit + 1) * 2].decode("utf-16-le").encode())
    return f"a middle of a UTF-16 symbol at byte offset {byte}"


def _check_nesting(entities: Sequence[JsonObject]) -> None:
    """Telegram would silently drop or split such entities; whoever sends them has a bug, so it is told."""
    for index, outer in enumerate(entities):
        for inner in entities[index + 1 :]:
            if inner["offset"] >= end_of(outer):
                continue
            if end_of(inner) > end_of(outer):
                raise bad_request(f"sandbox: entities cross at UTF-16 offset {inner['offset']}")
            if "code" in {outer["type"], inner["type"]} or "pre" in {outer["type"], inner["type"]}:
                raise bad_request(f"sandbox: code shares UTF-16 offset {inner['offset']} with another entity")
            if outer["type"] == inner["type"]:
                raise bad_request(f"sandbox: {inner['type']} inside itself at UTF-16 offset {inner['offset']}")
