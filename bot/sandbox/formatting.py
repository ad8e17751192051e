"""What Telegram makes of a text and its entities before it shows them: cleaning, trimming, merging."""

import re
import unicodedata
from collections.abc import Iterable

from bot.sandbox import utf16
from bot.sandbox.detection import detect
from bot.sandbox.entities import CONTINUOUS_TYPES, SPLITTABLE_TYPES, checked, end_of, order
from bot.sandbox.refusals import Reason, bad_request
from bot.sandbox.wire import JsonObject

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
_BYTES_LIMIT = 1 << 15

_SPACE = " \n"
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f]")
_REMOVED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_INVISIBLE = re.compile("[\u2800\u3164\ufe00-\ufe0f\ufffc]")


def format_text(text: str, entities: Iterable[JsonObject]) -> tuple[str, tuple[JsonObject, ...]]:
    """A message's text as Telegram would keep it."""
    if not text:
        raise bad_request(Reason.TEXT_EMPTY)
    return _format(text, entities, limit=TEXT_LIMIT, too_long=Reason.TEXT_TOO_LONG)


def format_caption(text: str, entities: Iterable[JsonObject]) -> tuple[str, tuple[JsonObject, ...]]:
    """A caption as Telegram would keep it."""
    return _format(text, entities, limit=CAPTION_LIMIT, too_long=Reason.CAPTION_TOO_LONG)


def _format(
    text: str, entities: Iterable[JsonObject], *, limit: int, too_long: Reason
) -> tuple[str, tuple[JsonObject, ...]]:
    if len(text.encode()) > _BYTES_LIMIT:
        raise bad_request(Reason.TEXT_BYTES)
    given = checked(text, entities)
    text, given = _clean(text, given)
    text, given = _trim(text, given)
    if _looks_empty(text):
        raise bad_request(Reason.TEXT_BLANK)
    if utf16.length(text) > limit:
        raise bad_request(too_long)
    return text, tuple(_with_detected(text, _without_blank_edges(text, given)))


def _clean(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """Control characters become spaces; carriage returns, direction overrides and vertical lines vanish."""
    text = _CONTROL.sub(" ", text)
    for match in reversed(list(_REMOVED.finditer(text))):
        unit = utf16.length(text[: match.start()])
        entities = [_cut(entity, unit, 1) for entity in entities]
        text = text[: match.start()] + text[match.end() :]
    return text, [entity for entity in entities if entity["length"]]


def _trim(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    shortened = text.rstrip(_SPACE)
    total = len(shortened) and utf16.length(shortened)
    entities = [_cut(entity, total, utf16.length(text) - total) for entity in entities]
    trimmed = shortened.lstrip(_SPACE)
    entities = [_cut(entity, 0, len(shortened) - len(trimmed)) for entity in entities]
    return trimmed, [entity for entity in entities if entity["length"]]


def _cut(entity: JsonObject, at: int, units: int) -> JsonObject:
    """The entity after `units` code units beginning at `at` were taken out of the text."""
    begin, end = (edge - min(max(edge - at, 0), units) for edge in (entity["offset"], end_of(entity)))
    return entity | {"offset": begin, "length": end - begin}


def _without_blank_edges(text: str, entities: list[JsonObject]) -> list[JsonObject]:
    """An entity begins at a visible character; one that is all spaces is none."""
    encoded = text.encode("utf-16-le") if entities else b""
    kept = []
    for entity in entities:
        shown = encoded[entity["offset"] * 2 : end_of(entity) * 2].decode("utf-16-le")
        blank = len(shown) - len(shown.lstrip(_SPACE))
        if blank < len(shown):
            kept.append(entity | {"offset": entity["offset"] + blank, "length": entity["length"] - blank})
    return kept


def _with_detected(text: str, given: list[JsonObject]) -> list[JsonObject]:
    """What the sender marked, joined where it touches, and what Telegram finds between it."""
    barriers = [entity for entity in given if entity["type"] in CONTINUOUS_TYPES]
    found = [
        entity
        for entity in detect(text)
        if all(end_of(entity) <= other["offset"] or entity["offset"] >= end_of(other) for other in barriers)
    ]
    return sorted([*_joined(sorted(given, key=order)), *found], key=order)


def _joined(entities: list[JsonObject]) -> list[JsonObject]:
    joined: list[JsonObject] = []
    for entity in entities:
        previous = next((other for other in reversed(joined) if other["type"] == entity["type"]), None)
        if entity["type"] in SPLITTABLE_TYPES and previous and end_of(previous) == entity["offset"]:
            previous["length"] += entity["length"]
        else:
            joined.append(dict(entity))
    return joined


def _looks_empty(text: str) -> bool:
    return all(
        unicodedata.category(char) in _INVISIBLE_CATEGORIES or char == "\n" or _INVISIBLE.match(char) for char in text
    )
