"""Counting as Telegram counts: in UTF-16 code units; nothing else."""

from collections.abc import Sequence


def length(text: str) -> int:
    """The number of UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def offsets(text: str) -> Sequence[int]:
    """For every character, and for the end, the UTF-16 offset at which it begins."""
    if length(text) == len(text):
        return range(len(text) + 1)
    begins = [0]
    for char in text:
        begins.append(begins[-1] + (2 if ord(char) > 0xFFFF else 1))
    return begins
