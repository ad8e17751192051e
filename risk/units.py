"""Lengths and places in text as messengers count them, in UTF-16 units; cuts that break no character."""

import unicodedata
from typing import Final

_LONGEST_SEQUENCE: Final = 32
"""Code points in one visible character; longer «characters» are an attack, and are cut as plain text."""

_JOINER = "\u200d"
_ELLIPSIS = "…"


def units(text: str) -> int:
    """The length of `text` in UTF-16 units."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def index_at(text: str, unit: int) -> int:
    """The code point that holds the given UTF-16 unit; the length of `text` when there is none."""
    passed = 0
    for index, char in enumerate(text):
        passed += units(char)
        if passed > unit:
            return index
    return len(text)


def shortened(text: str, limit: int) -> str:
    """`text`, or as many of its first words as fit into `limit` units together with «…».

    A word that does not fit by itself is cut between visible characters, never inside one.
    """
    if units(text) <= limit:
        return text
    end = index_at(text, limit - units(_ELLIPSIS))
    space = max((place for place in range(end + 1) if text[place].isspace()), default=0)
    end = space if space > end // 2 else _seam_before(text, end)
    return text[:end].rstrip() + _ELLIPSIS


def _seam_before(text: str, end: int) -> int:
    """The last place up to `end` that stands between two visible characters."""
    earliest = max(0, end - _LONGEST_SEQUENCE)
    return next((place for place in range(end, earliest, -1) if _is_seam(text, place)), end)


def _is_seam(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if _JOINER in {before, after} or _extends(after):
        return False
    return not (_is_flag_letter(before) and _is_flag_letter(after) and _flag_letters_before(text, place) % 2)


def _extends(char: str) -> bool:
    """Accents, variation selectors, keycaps, skin tones and tags of flags belong to what stands before."""
    return unicodedata.category(char).startswith("M") or "🏻" <= char <= "🏿" or "\U000e0020" <= char <= "\U000e007f"


def _is_flag_letter(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_letters_before(text: str, place: int) -> int:
    """How many flag letters stand in a row before `place`: an odd count means that it is inside a pair."""
    letters = 0
    while letters < place and _is_flag_letter(text[place - 1 - letters]):
        letters += 1
    return letters
