"""Names of settlements in running text: their cases, and telling a village from a surname or a noun."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

_WORDS_BEFORE: Final = """
    д дер деревня деревни деревне деревню деревней деревнях деревень село села селе селу селом п пос поселок
    поселка поселке поселку поселком пгт рп ст станция станции станцию хутор хутора хуторе г гор город города
    городе городу городом погост погоста погосте
"""
SETTLEMENT_WORDS: Final = frozenset(_WORDS_BEFORE.split())
"""What stands before the name of a settlement, and is no part of it."""


def forms_of(word: str) -> frozenset[str]:
    """All cases of one word of a settlement's name, in lower case with «е» for «ё».

    Names in -ово and -ино are given both declined and not, as people write them.
    """
    word = word.lower().replace("ё", "е")
    ending = next((ending for ending in _ENDINGS if word.endswith(ending)), "")
    stem = word.removesuffix(ending)
    forms = {stem + each for each in _ENDINGS.get(ending, _AFTER_CONSONANT)}
    if _FLEETING.search(word):
        forms |= {word[:-2] + word[-1] + each for each in _AFTER_CONSONANT[1:]}
    return frozenset({word} | forms)


_AFTER_CONSONANT: Final = ("", "а", "у", "ом", "ем", "е")
_FLEETING: Final = re.compile(r"[^аеиоуыэюя](?:[ое]к|ец)$")
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "ое": ("ое", "ого", "ому", "ым", "им", "ом"),
        "ее": ("ее", "его", "ему", "им", "ем"),
        "ая": ("ая", "ой", "ую", "ою"),
        "яя": ("яя", "ей", "юю"),
        "ый": ("ый", "ого", "ому", "ым", "ом"),
        "ий": ("ий", "его", "ому", "ого", "ему", "им", "ом", "ем"),
        "ые": ("ые", "ых", "ым", "ыми"),
        "ия": ("ия", "ии", "ию", "ией"),
        "о": ("о", "а", "у", "ом", "е"),
        "е": ("е", "я", "ю", "ем", "и"),
        "а": ("а", "ы", "и", "е", "у", "ой", "ою"),
        "я": ("я", "и", "е", "ю", "ей", "ею"),
        "ы": ("ы", "ов", "ев", "ам", "ами", "ах"),
        "и": ("и", "ей", "ов", "ам", "ами", "ах", "ям", "ями", "ях"),
        "ь": ("ь", "и", "ью", "я", "ю", "ем", "е"),
        "й": ("й", "я", "ю", "ем", "е"),
    }
)


def is_place(written: Sequence[str], before: str, name: str) -> bool:
    """Whether words that agree with a form of `name` mean the settlement, judged by case and the word before.

    «Быкова» may be a person and «гора» a hill: such a form needs a preposition or a word such as «деревня».
    """
    lead = before.lower().replace("ё", "е")
    if lead in SETTLEMENT_WORDS:
        return True
    is_name, is_declined = written[-1][0].isupper(), written[-1].lower().replace("ё", "е") != name
    if _SURNAME_LIKE.search(name):
        return not is_declined or lead in _PLACE_LEADS
    return is_name or (lead in _IN_PLACE and len(name) > 4)


_SURNAME_LIKE: Final = re.compile(r"(?:[ое]в|[иы]н)о$")
_IN_PLACE: Final = frozenset({"в", "во", "из", "под", "около", "возле", "близ", "через", "до"})
_PLACE_LEADS: Final = _IN_PLACE | frozenset(
    {
        "житель",
        "жители",
        "жителей",
        "жителям",
        "жителями",
        "дорога",
        "дороге",
        "дорогу",
        "дороги",
        "остановка",
    }
)
