"""Finding commands, links, mentions in a text as Telegram does; entities that are given are elsewhere."""

import re
from collections.abc import Iterator

from bot.sandbox import utf16
from bot.sandbox.wire import JsonObject

DETECTED_TYPES = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
"""Types that Telegram finds by itself; it ignores them when a bot sends them."""

_DOMAINS = "com|org|net|info|io|me|dev|app|edu|gov|su|ru|рф|рус|москва|moscow|tatar|by|kz|tv|online|site|city"
"""Bare host names become links only under top-level domains that Telegram knows; these are some of them."""

_PATTERNS = {
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"),
    "url": re.compile(
        r"(?:https?|ftp|tg|ton)://[^\s<>\"«»]+"
        rf"|(?<![\w@.-])(?:[\w-]+\.)+(?:{_DOMAINS})(?![\w-])(?::\d+)?(?:[/?#][^\s<>\"«»]*)?",
        re.IGNORECASE,
    ),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d_])\w{1,256}(?![\w#])"),
    "phone_number": re.compile(r"(?<![\w+])\+\d[\d\s()-]{7,18}\d(?!\w)"),
}
"""In order of precedence: what an earlier pattern has taken, a later one leaves alone."""

_TRAILING = ".,:;!?…'\"`*_~]}»"


def detect(text: str) -> list[JsonObject]:
    """Entities that Telegram would add, sorted by offset; they never overlap."""
    taken: list[tuple[int, int, str]] = []
    for kind, pattern in _PATTERNS.items():
        taken += [
            (begin, end, kind)
            for begin, end in _spans(pattern, text)
            if all(end <= other or begin >= other_end for other, other_end, _ in taken)
        ]
    units = utf16.offsets(text) if taken else ()
    return [
        {"type": kind, "offset": units[begin], "length": units[end] - units[begin]}
        for begin, end, kind in sorted(taken)
    ]


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        found = match.group().rstrip(_TRAILING) if pattern is _PATTERNS["url"] else match.group()
        if found.endswith(")") and "(" not in found:
            found = found.rstrip(")" + _TRAILING)
        yield match.start(), match.start() + len(found)
