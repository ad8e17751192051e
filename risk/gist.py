"""The gist: one sentence that says what a message is about, in its author's own words."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from risk.masking import PLACEHOLDERS
from risk.units import shortened

LONGEST_GIST: Final = 300
"""UTF-16 units, as messengers count them."""


def tidy_gist(text: str) -> str | None:
    """What was typed as a gist, on one line and not too long; None without letters and digits."""
    return shortened(folded(text), LONGEST_GIST) if any(map(str.isalnum, without_placeholders(text))) else None


def gist_of(texts: Iterable[str]) -> str | None:
    """The first sentence or line with words; greetings are passed over while there is anything else."""
    spoken = [sentence for text in texts for sentence in _sentences(text) if _has_words(sentence)]
    telling = next((sentence for sentence in spoken if not _is_greeting(sentence)), None)
    chosen = telling or next(iter(spoken), None)
    return None if chosen is None else shortened(folded(chosen), LONGEST_GIST)


def folded(text: str) -> str:
    """The text on one line, with single spaces."""
    return " ".join(text.split())


def without_placeholders(text: str) -> str:
    """The text without «[номер скрыт]» and its like, whose words are ours."""
    for placeholder in PLACEHOLDERS:
        text = text.replace(placeholder, " ")
    return text


_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by Unicode's book that show as nothing."""


def _has_words(sentence: str) -> bool:
    return any(char.isalpha() and char not in _BLANK_LETTERS for char in without_placeholders(sentence))


_END: Final = re.compile(r"[.!?…]+[»\")\]]*(?=\s)")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?$")
_ABBREVIATIONS: Final = """
    ул пр просп пер пл наб бул бульв пос дер гор обл окр кв корп стр эт под мкр руб коп тыс млн млрд чел тел
    моб им др см ст гл зам отв мин сек час рис табл гос мун адм сот шт ед р-н пр-т ж-д
"""
_ABBREVIATED: Final = frozenset(_ABBREVIATIONS.split())


def _sentences(text: str) -> Iterator[str]:
    for line in text.splitlines():
        begins = 0
        for mark in _END.finditer(line):
            if _ends_sentence(line, mark):
                yield line[begins : mark.end()]
                begins = mark.end()
        yield line[begins:]


def _ends_sentence(line: str, mark: re.Match[str]) -> bool:
    """A full stop may end a shortened word («ул. Мира»), and three may stand inside a sentence."""
    if "!" in mark[0] or "?" in mark[0]:
        return True
    following = line[mark.end() : mark.end() + 3].lstrip()
    if following[:1].islower():
        return False
    word = _LAST_WORD.search(line[max(0, mark.start() - 12) : mark.start()])
    return mark[0] != "." or word is None or (len(word[0]) > 1 and word[0].lower() not in _ABBREVIATED)


_WORD: Final = re.compile(r"[^\W\d_]+")
_GREETING_WORDS: Final = """
    здравствуйте здравствуй привет приветствую добрый доброе доброго день дня вечер утро утра вечера время
    времени суток всем внимание срочно уважаемые уважаемая уважаемый дорогие друзья соседи земляки жители
    коллеги товарищи граждане администрация помогите пожалуйста просьба прошу подскажите кто знает
"""
_GREETING: Final = frozenset(_GREETING_WORDS.split())


def _is_greeting(sentence: str) -> bool:
    return all(word.lower() in _GREETING for word in _WORD.findall(without_placeholders(sentence)))
