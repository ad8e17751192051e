"""Digits in a text: one spelling for all disguises, groups that stand together, windows over these groups.

Which of them are a person's number is not known here.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Final, NamedTuple

INVISIBLE: Final = "\u200b"


def folded(text: str) -> str:
    """The text with plain digits, dashes and spaces; every character keeps its place."""
    return text if text.isascii() else "".join(map(_fold, text))


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) != 1:
        return char
    digit = unicodedata.digit(plain, None)
    if digit is not None:
        return str(digit)
    return _BY_CATEGORY.get(unicodedata.category(char), _DASHES.get(plain, plain))


_BY_CATEGORY: Final[Mapping[str, str]] = MappingProxyType(
    {"Pd": "-", "Zs": " ", "Cf": INVISIBLE, "Mn": INVISIBLE, "Me": INVISIBLE}
)
_DASHES: Final[Mapping[str, str]] = MappingProxyType({"−": "-", "⁃": "-", "\t": " "})


# --- groups that stand together ------------------------------------------------------------------

_DIGITS: Final = re.compile(r"\d+")
_GAP: Final = re.compile(rf"[ .()/_*·•№{INVISIBLE}-]{{1,8}}")
_LIST_GAP: Final = re.compile(r"[ ]?(?:,|;|и|или)[ \n]?|\n")
_MONEY: Final = re.compile(
    r"[ .]{0,2}(?:₽|(?:руб(?:л[ья]|лей)?|тыс(?:яч[аи]?)?|млн|млрд|коп(?:еек|ейк[аи])?)(?!\w))", re.IGNORECASE
)
_COUNTED: Final = re.compile(r"[ -]?(?:час|мин|дн|день|сут|недел|месяц|лет|год|класс|раз)", re.IGNORECASE)
_PHONE_WORD: Final = re.compile(
    r"""
    (?<![^\W\d_])
    (?: т[ ]?[.:]
      | (?:тел|телефон\w{0,3}|моб|мобильн\w{2,3}|сот|сотов\w{2,3}|факс|ватсап|вайбер|whatsapp|viber
        |(?:по)?звони(?:те|ть)?)(?!\w) )
    [ :.,-]{0,4} (?:(?:по|на|номеру?|телефону)[ :]{1,3}){0,3} [№(+]?$
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Groups of digits of `text` with nothing but separators between them.

    `offsets` say where each group begins in `digits`; `is_worded`: a word before it says that it is a phone.
    """

    text: str
    groups: tuple[tuple[int, int], ...]
    digits: str
    offsets: tuple[int, ...]
    is_worded: bool
    is_money: bool
    is_counted: bool


def runs(text: str) -> Iterator[Run]:
    groups: list[tuple[int, int]] = []
    is_worded = False
    for match in _DIGITS.finditer(text):
        if groups and not _GAP.fullmatch(text, groups[-1][1], match.start()):
            yield _run(text, groups, is_worded=is_worded)
            is_worded = is_worded and _LIST_GAP.fullmatch(text, groups[-1][1], match.start()) is not None
            groups = []
        if not groups:
            is_worded = is_worded or _follows_phone_word(text, match.start())
        groups.append(match.span())
    if groups:
        yield _run(text, groups, is_worded=is_worded)


def _run(text: str, groups: list[tuple[int, int]], *, is_worded: bool) -> Run:
    return Run(
        text=text,
        groups=tuple(groups),
        digits="".join(text[begins:ends] for begins, ends in groups),
        offsets=tuple(accumulate((ends - begins for begins, ends in groups), initial=0)),
        is_worded=is_worded,
        is_money=_MONEY.match(text, groups[-1][1]) is not None,
        is_counted=_COUNTED.match(text, groups[-1][1]) is not None,
    )


def _follows_phone_word(text: str, place: int) -> bool:
    return _PHONE_WORD.search(text[max(0, place - 60) : place]) is not None


class Window(NamedTuple):
    """The groups of a run from `first` to `last`, which may be one number."""

    run: Run
    first: int
    last: int

    @property
    def digits(self) -> str:
        return self.run.digits[self.run.offsets[self.first] : self.run.offsets[self.last + 1]]

    @property
    def groups(self) -> tuple[tuple[int, int], ...]:
        return self.run.groups[self.first : self.last + 1]

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(ends - begins for begins, ends in self.groups)

    @property
    def between(self) -> str:
        """All that stands between the groups."""
        return "".join(self.run.text[one[1] : other[0]] for one, other in pairwise(self.groups))

    @property
    def group_count(self) -> int:
        """How many groups."""
        return self.last + 1 - self.first

    @property
    def is_given(self) -> bool:
        """A word or a plus says that this is a phone."""
        return (self.run.is_worded and self.first == 0 and not self.is_money) or "+" in self.lead

    @property
    def is_money(self) -> bool:
        return self.run.is_money and self._ends_run

    @property
    def is_counted(self) -> bool:
        """Hours, years or classes stand after it."""
        return self.run.is_counted and self._ends_run

    @property
    def _ends_run(self) -> bool:
        return self.last == len(self.run.groups) - 1

    @property
    def lead(self) -> str:
        """A plus or an opening bracket that belongs to the number."""
        begins, ends = self.run.groups[self.first][0], self.run.groups[self.last][1]
        before = self.run.text[max(0, begins - 3) : begins]
        if "+" not in before and "(" not in before:
            return ""
        found = _LEAD.search(before)
        lead = found[0] if found else ""
        return lead if "(" not in lead or ")" in self.run.text[begins:ends] else lead.rpartition("(")[2]

    @property
    def begins(self) -> int:
        return self.run.groups[self.first][0] - len(self.lead)

    @property
    def ends(self) -> int:
        ends = self.run.groups[self.last][1]
        while self.run.text[ends : ends + 1] == INVISIBLE:
            ends += 1
        return ends


_LEAD: Final = re.compile(rf"(?:\+[ {INVISIBLE}]?\(?|\()$")
