"""Figures of spread as people type them: «просмотров 1200, репостов 30», or bare numbers in the same order.

And as history keeps them beside what happened.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from risk.workings import Reach

_WORDS: Final = {
    "views": re.compile(r"просм|охват|увид", re.IGNORECASE),
    "reposts": re.compile(r"репост|подел", re.IGNORECASE),
    "comments": re.compile(r"коммент", re.IGNORECASE),
}
FIGURES: Final = tuple(_WORDS)
"""Names of the figures, in the order in which bare numbers are read."""
_MOST: Final = 10**9
_DIGITS: Final = 12
"""Of a number that is read at all: the rest is beyond belief whatever it says."""

_TIMES: Final = r"\s*(?:тыс|млн)|[кk]\b|\s[кk]\b(?=\s*(?:[,;]|$|просм|репост|коммент))"
_TOKEN: Final = re.compile(
    rf"""
    (?P<number> \d+[.,]\d+ (?={_TIMES}) | \d+ (?:[^\S\n]+\d+)* ) (?P<times>{_TIMES})?
    | (?P<word> [^\W\d_]+ )
    | (?P<ends> [,;\n] )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def read_reach(typed: str) -> Reach | None:
    """The figures that were typed; None when there is no number, or one is beyond belief."""
    found: dict[str, int] = {}
    read = 0
    for piece in _pieces(typed):
        for name, number in _named(piece):
            key = name or (FIGURES[read] if read < len(FIGURES) else None)
            read += 1
            if key is not None:
                found.setdefault(key, number)
    if not found or any(number > _MOST for number in found.values()):
        return None
    return Reach(views=found.get("views"), reposts=found.get("reposts"), comments=found.get("comments"))


def reach_facts(reach: Reach | None) -> dict[str, str]:
    """The figures that are known, as facts of an event."""
    figures = {} if reach is None else {name: getattr(reach, name) for name in FIGURES}
    return {name: str(figure) for name, figure in figures.items() if figure is not None}


def reach_in(facts: Mapping[str, str]) -> Reach | None:
    """The figures among the facts of an event, if there are any."""
    known = {name: int(facts[name]) for name in FIGURES if name in facts}
    return Reach(**known) if known else None


def _pieces(typed: str) -> Iterator[Sequence[str | int]]:
    """Between commas and the like: names of figures and numbers, as they stand."""
    piece: list[str | int] = []
    for token in _TOKEN.finditer(typed):
        if token["ends"]:
            yield piece
            piece = []
        elif token["word"]:
            piece += [name for name, word in _WORDS.items() if word.match(token["word"])]
        else:
            piece += _numbers(token["number"], token["times"] or "")
    yield piece


def _named(piece: Sequence[str | int]) -> Iterator[tuple[str | None, int]]:
    """Each number with its name, which stands before it or after it as in the whole piece."""
    after = bool(piece) and isinstance(piece[0], int)
    names_beside = [None, *piece] if not after else [*piece[1:], None]
    for each, beside in zip(piece, names_beside, strict=False):
        if isinstance(each, int):
            yield (beside if isinstance(beside, str) else None), each


def _numbers(written: str, times: str) -> Sequence[int]:
    """«1 200» is one number, «1200 30 5» are three; what is said of thousands is said of the last."""
    groups = written.split()
    if len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]):
        groups = ["".join(groups)]
    factor = {"тыс": 1_000, "к": 1_000, "k": 1_000, "млн": 1_000_000}.get(times.strip().lower(), 1)
    *others, last = groups
    return [*map(_whole, others), _scaled(last, factor)]


def _scaled(digits: str, factor: int) -> int:
    whole, _, parts = digits.replace(",", ".").partition(".")
    return _whole(whole) * factor + (_whole(parts) * factor // 10 ** len(parts) if parts else 0)


def _whole(digits: str) -> int:
    return int(digits) if len(digits) <= _DIGITS else _MOST + 1
