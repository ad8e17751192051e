"""Hiding the personal data that people paste: numbers, e-mails, names; what a text means is not known."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from risk.numbers import NumberKind, personal_numbers
from risk.units import index_at, units

NUMBER_HIDDEN: Final = "[номер скрыт]"
EMAIL_HIDDEN: Final = "[почта скрыта]"
NAME_HIDDEN: Final = "[имя скрыто]"
PLACEHOLDERS: Final = (NUMBER_HIDDEN, EMAIL_HIDDEN, NAME_HIDDEN)


class Hidden(StrEnum):
    """What kind of personal data was found and hidden."""

    PHONE = "phone"
    EMAIL = "email"
    PASSPORT = "passport"
    SNILS = "snils"
    CARD = "card"
    INN = "inn"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Masked:
    """A text that may be stored, and what was taken out of it."""

    text: str
    hidden: frozenset[Hidden]


def mask(text: str) -> Masked:
    """Hide what leads to a person. Masking a masked text changes nothing; any text will do.

    Addresses of pages are left alone, except for phones in them: `risk.sources` judges those.
    """
    hidden: set[Hidden] = set()
    text = _without_named_links(text, hidden)
    text = _without(_EMAIL, EMAIL_HIDDEN, Hidden.EMAIL, text, hidden)
    text = _without(_PROFILE_NUMBER, NAME_HIDDEN, Hidden.NAME, text, hidden)
    text = _without(_MENTION, NAME_HIDDEN, Hidden.NAME, text, hidden)
    text = _without_numbers(text, hidden)
    return Masked(text=text, hidden=frozenset(hidden))


def mask_ranges(text: str, utf16_ranges: Iterable[tuple[int, int]]) -> str:
    """Hide the given ranges, (begins, ends) in UTF-16 units: the messenger says that names stand there."""
    length = units(text)
    pieces: list[str] = []
    end = 0
    for begins, ends in sorted(utf16_ranges):
        first, last = max(index_at(text, max(0, begins)), end), _end_at(text, min(ends, length))
        if first < last:
            pieces += text[end:first], NAME_HIDDEN
            end = last
    return "".join((*pieces, text[end:]))


def _end_at(text: str, unit: int) -> int:
    """The end of the code point that holds the last unit before `unit`, so that none is hidden by half."""
    return index_at(text, unit - 1) + 1 if unit > 0 else 0


_EMAIL: Final = re.compile(
    r"[\w.+%-]{1,64}(?:@| ?\((?:at|собака)\) ?| ?\[(?:at|собака)\] ?)(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}",
    re.IGNORECASE,
)
_PROFILE_NUMBER: Final = re.compile(r"(?<![^\W\d])(?<![/@.=&?-])id\d{2,}\w*", re.IGNORECASE)
_MENTION: Final = re.compile(r"(?<![^\W\d])(?<![/@.=&?-])(?:@[^\W\d_]\w+)+")

_MESSENGER_ADDRESS: Final = re.compile(r"(?:(?:tg|viber|whatsapp)://|skype:)\S+", re.IGNORECASE)
_NAMED_PERSON: Final = re.compile(r"\[id\d+\|(?:[^\[\]\n]{0,120}\])?|[@*]id\d+(?: ?\([^()\n]{0,120}\))?", re.IGNORECASE)
_COMMUNITY: Final = r"(?:club|public|event|app)-?\d+"
_BRACKETED_COMMUNITY: Final = re.compile(rf"\[(?:{_COMMUNITY}\|)+(?:([^\[\]\n]{{0,120}})\])?", re.IGNORECASE)
_MENTIONED_COMMUNITY: Final = re.compile(rf"[@*]{_COMMUNITY} ?\(([^()\[\]\n]{{0,120}})\)", re.IGNORECASE)


def _without_named_links(text: str, hidden: set[Hidden]) -> str:
    """`[id1|Имя]` and `@id1 (Имя)`, as VK writes them, name a person; of a community the title stays."""
    text = _without(_MESSENGER_ADDRESS, NAME_HIDDEN, Hidden.NAME, text, hidden)
    text = _without(_NAMED_PERSON, NAME_HIDDEN, Hidden.NAME, text, hidden)
    return _MENTIONED_COMMUNITY.sub(_title, _BRACKETED_COMMUNITY.sub(_title, text))


def _title(match: re.Match[str]) -> str:
    # An unclosed bracket leaves a quote: a bare bracket could join with what follows into a new link.
    return f"«{match[1]}»" if match[1] else "«"


def _without(pattern: re.Pattern[str], placeholder: str, kind: Hidden, text: str, hidden: set[Hidden]) -> str:
    text, times = pattern.subn(placeholder, text)
    if times:
        hidden.add(kind)
    return text


def _without_numbers(text: str, hidden: set[Hidden]) -> str:
    pieces: list[str] = []
    end = 0
    for number in personal_numbers(text):
        pieces += text[end : number.begins], NUMBER_HIDDEN
        end = number.ends
        hidden.add(_HIDDEN_NUMBER[number.kind])
    return "".join((*pieces, text[end:]))


_HIDDEN_NUMBER: Final = {kind: Hidden(kind.value) for kind in NumberKind}
