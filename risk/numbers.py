"""Telling a person's numbers (phone, passport, СНИЛС, card, ИНН) from dates, sums and numbers of appeals.

How they are hidden is not known here. Rules look at groups of digits, so the time is linear in the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from risk.digits import INVISIBLE, Run, Window, folded, runs


class NumberKind(StrEnum):
    PHONE = "phone"
    PASSPORT = "passport"
    SNILS = "snils"
    CARD = "card"
    INN = "inn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalNumber:
    """`text[begins:ends]` is a person's number."""

    begins: int
    ends: int
    kind: NumberKind


def personal_numbers(text: str) -> list[PersonalNumber]:
    """Numbers that lead to a person, in the order of the text, not overlapping."""
    plain = folded(text)
    rest = _blanked(plain, (match.span() for match in _KEPT.finditer(plain)))
    named = _introduced(rest)
    rest = _blanked(rest, ((each.begins, each.ends) for each in named))
    return sorted((*named, *_told_by_shape(rest)), key=lambda each: each.begins)


# --- what is no person's number whatever its digits -----------------------------------------------

_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_HOUR: Final = r"(?:[01]?\d|2[0-3])"
_KEPT: Final = re.compile(
    rf"""
      (?<![\d./-]) {_DAY}([./]){_MONTH}\1(?:(?:19|20)\d\d|\d\d) (?!\d|[./-]\d)      # 21.11.2026, 21/11/26
    | (?<![\d-]) (?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]) (?!\d)     # 2026-11-21
    | (?<![\d-]) {_DAY}-{_MONTH}-(?:19|20)\d\d (?!\d|-\d)                           # 21-11-2026
    | (?<![\d-]) {_DAY}-{_MONTH}-\d\d (?=[ ]?г\b)                                   # 21-11-26 г.
    | (?<![\d:]) {_HOUR}:[0-5]\d(?::[0-5]\d)? (?![\d:])                             # 10:00
    | (?<![\d.-]) {_HOUR}[.-][0-5]\d (?:[ ,;-]{{1,3}}{_HOUR}[.-][0-5]\d)+ (?![\d.-])  # 9.00-18.00, 8.30 10.15
    | (?<![a-z]) (?:wall|photo|video|clip|topic|story|album|doc|club|public|event)-?\d++(?:_\d++)?
    | (?<![^\W\d])(?<![.+-]) (?!(?:tel|callto|sms|viber|whatsapp|wa\.me|api\.whatsapp)\b)  # an address, no query
      (?:[a-z][a-z0-9.-]{{1,20}}://(?!wa\.me|api\.whatsapp)
        |(?=[^\W\d])(?:[\w-]{{1,63}}+\.){{1,8}}+[\w-]{{1,63}}+/)
      (?:(?!%2B)[^\s?+])*+
    """,
    re.VERBOSE | re.IGNORECASE,
)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The same text with line feeds, which join no digits, in place of the spans."""
    pieces: list[str] = []
    end = 0
    for begins, ends in spans:
        pieces += text[end:begins], "\n" * (ends - begins)
        end = ends
    return "".join((*pieces, text[end:]))


# --- numbers that a word introduces ---------------------------------------------------------------

_NUMBER_SIGN: Final = r"[ ,]{0,3}(?:№|номер|ном\.?|no?\.?)?[ :.]{0,3}"
_INTRODUCED: Final[tuple[tuple[NumberKind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            NumberKind.PASSPORT,
            rf"(?:паспорт|сери[яи])[^\d\n\[]{{0,30}}?((?:\d\d[ -]?\d\d{_NUMBER_SIGN})?\d{{3}} ?\d{{3}})(?!\d)",
        ),
        (NumberKind.PASSPORT, r"(?<!\d)(\d\d ?\d\d ?(?:№|номер|no?\.?) ?\d{6})(?!\d)"),
        (NumberKind.SNILS, r"снилс[^\d\n\[]{0,20}?(\d(?:[ .-]{0,3}\d){10})(?!\d)"),
        (NumberKind.INN, r"(?<![а-яё])инн(?![а-яё])[^\d\n\[]{0,20}?(\d(?:[ -]?\d){11})(?!\d)"),
    )
)


def _introduced(plain: str) -> list[PersonalNumber]:
    found = [
        PersonalNumber(begins=match.start(1), ends=match.end(1), kind=kind)
        for kind, pattern in _INTRODUCED
        for match in pattern.finditer(plain)
    ]
    return _apart(sorted(found, key=lambda each: each.begins))


def _apart(found: list[PersonalNumber]) -> list[PersonalNumber]:
    kept: list[PersonalNumber] = []
    for each in found:
        if not kept or each.begins >= kept[-1].ends:
            kept.append(each)
    return kept


# --- numbers told by their shape ------------------------------------------------------------------


def _told_by_shape(text: str) -> Iterator[PersonalNumber]:
    for run in runs(text):
        first = 0
        while first < len(run.groups):
            window, kind = _number_from(run, first)
            if kind is not None:
                yield PersonalNumber(begins=window.begins, ends=window.ends, kind=kind)
            first = window.last + 1


_LENGTHS: Final = (11, 10, 12, 16, 17, 18, 19, 7, 6, 5)
"""How many digits a number may have, the likeliest first."""
_LENGTHS_AFTER_PLUS: Final = (11, 12, 13, 14, 15, 10)


def _number_from(run: Run, first: int) -> tuple[Window, NumberKind | None]:
    """The number that begins with the group `first`; that group alone and None when there is none."""
    after_plus = "+" in Window(run, first, first).lead
    ends_by_length = _ends_by_length(run, first)
    for length in _LENGTHS_AFTER_PLUS if after_plus else _LENGTHS:
        if length in ends_by_length:
            window = Window(run, first, ends_by_length[length])
            kind = _kind_of(window)
            if kind is not None:
                return window, kind
    return Window(run, first, first), None


def _ends_by_length(run: Run, first: int) -> dict[int, int]:
    """Number of digits → the last group, for all windows from `first` that are not too long."""
    start = run.offsets[first]
    lasts = range(first, min(first + _LONGEST, len(run.groups)))
    return {run.offsets[last + 1] - start: last for last in lasts}


_LONGEST: Final = max(_LENGTHS)


# --- the rules; each looks first at what is cheap -------------------------------------------------

_AREA_OR_MOBILE: Final = frozenset("3489")
_SNILS_SIZES: Final = (3, 3, 3, 2)
_PASSPORT_SIZES: Final = frozenset({(4, 6), (2, 2, 6)})


def _kind_of(window: Window) -> NumberKind | None:
    if window.is_money and not window.is_given:
        return None
    return next((kind for kind, is_such in _RULES.items() if is_such(window)), None)


def _is_snils(window: Window) -> bool:
    return window.group_count == len(_SNILS_SIZES) and window.sizes == _SNILS_SIZES


def _is_phone(window: Window) -> bool:
    if window.is_given:
        return _is_full_phone(window) or _is_given_as_phone(window)
    has_shape = _is_full_phone(window) or _is_local_phone(window) or _has_area_code(window)
    return has_shape and not _is_counting(window)


def _is_full_phone(window: Window) -> bool:
    digits = window.digits
    if len(digits) == 11:
        return digits[0] in "78" and digits[1] in _AREA_OR_MOBILE
    return len(digits) == 10 and digits[0] == "9" and not _is_in_thousands(window)


def _is_given_as_phone(window: Window) -> bool:
    """After a plus the number is international; after «тел.» it may be a local one, or lack its «8»."""
    digits = window.digits
    if "+" in window.lead:
        return 10 <= len(digits) <= 15 and not window.is_money
    return len(digits) in {5, 6, 7, 11} or (len(digits) == 10 and digits[0] in _AREA_OR_MOBILE)


def _is_local_phone(window: Window) -> bool:
    """«5-12-34», «51-23-45», «512-34-56», but not «10-15-20 минут»."""
    if window.is_counted or window.group_count != 3 or window.sizes[0] > 3 or window.sizes[1:] != (2, 2):
        return False
    return window.between.count("-") == 2 and not window.between.strip(f" -{INVISIBLE}")


def _has_area_code(window: Window) -> bool:
    """«(81669) 5-12-34»."""
    digits = window.digits
    if len(digits) != 10 or digits[0] not in _AREA_OR_MOBILE:
        return False
    return window.lead == "(" and 3 <= window.sizes[0] <= 5


def _is_passport(window: Window) -> bool:
    if window.group_count > 3 or window.sizes not in _PASSPORT_SIZES:
        return False
    return not window.between.strip(f" -№{INVISIBLE}")


def _is_card(window: Window) -> bool:
    digits = window.digits
    return len(digits) >= 16 and digits[0] != "0" and _passes_luhn(digits) and _is_grouped_as_card(window)


def _is_grouped_as_card(window: Window) -> bool:
    """In one piece, in fours, or split evenly to hide it."""
    *others, last = window.sizes
    return not others or (set(others) in ({1}, {2}, {4}) and last <= others[0])


def _is_persons_inn(window: Window) -> bool:
    digits = window.digits
    if window.group_count > 1 or len(digits) != 12:
        return False
    return _inn_check(digits[:10]) == digits[10] and _inn_check(digits[:11]) == digits[11]


_RULES: Final[Mapping[NumberKind, Callable[[Window], bool]]] = MappingProxyType(
    {
        NumberKind.SNILS: _is_snils,
        NumberKind.PHONE: _is_phone,
        NumberKind.PASSPORT: _is_passport,
        NumberKind.CARD: _is_card,
        NumberKind.INN: _is_persons_inn,
    }
)


def _is_in_thousands(window: Window) -> bool:
    """«1 500 000»: a sum."""
    sizes = window.sizes
    return len(sizes) > 2 and set(sizes[1:]) == {3} and sizes[0] <= 3 and not window.between.strip(" .")


def _is_counting(window: Window) -> bool:
    """«91 93 95 97 99»: numbers of houses, of schools."""
    if len(window.sizes) < 5 or set(window.sizes) == {1}:
        return False
    numbers, place = [], 0
    for size in window.sizes:
        numbers.append(int(window.digits[place : place + size]))
        place += size
    return len({after - before for before, after in pairwise(numbers)}) == 1


_DOUBLED: Final = str.maketrans("0123456789", "0246813579")


def _passes_luhn(digits: str) -> bool:
    every_second = digits[-2::-2].translate(_DOUBLED)
    return sum(map(int, digits[-1::-2] + every_second)) % 10 == 0


_INN_WEIGHTS: Final = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _inn_check(digits: str) -> str:
    """The control digit that follows 10 or 11 digits of an ИНН: a weighted sum modulo 11, then 10."""
    weights = _INN_WEIGHTS[-len(digits) :]
    return str(sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11 % 10)
