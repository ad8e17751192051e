"""Whether two risks seem one, by a common link or by common words; what follows from that is not decided here.

Words are compared by their stems. Streets and villages are told by capitals, by «улица» and its like and by what the
other gist calls so; when each gist names a place that the other does not, common words mean nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import product
from typing import Final, Protocol, Self, TypeVar

from risk.gist import without_placeholders
from risk.placenames import SETTLEMENT_WORDS
from risk.sources import Source, SourceKind, without_links

MOST_WORDS: Final = 4
"""Shared words that are worth showing."""


class SamenessReason(StrEnum):
    """Why two risks seem one."""

    LINK = "link"
    WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness:
    """Two risks seem one: by `link`, without its scheme, or by `words` as the newer gist has them.

    `score` is from 0 to 100; a common link has 100.
    """

    reason: SamenessReason
    score: int
    words: tuple[str, ...]
    link: str | None


class Told(Protocol):
    """What has a gist and sources: a risk, for one."""

    @property
    def gist(self) -> str: ...
    @property
    def sources(self) -> tuple[Source, ...]: ...


_Other = TypeVar("_Other", bound=Told)


def sameness(
    gist: str,
    sources: Sequence[Source],
    other_gist: str,
    other_sources: Sequence[Source],
    *,
    stem: Callable[[str], str],
    ratio: Callable[[str, str], float],
) -> Sameness | None:
    """Why the two seem one risk, the newer first; the order decides only which words are shown, never the verdict.

    `stem` takes words in lower case, with «е» for «ё»; `ratio` gives 0 for strings with nothing in common and 100
    for equal ones, and does not mind their order.
    """
    return _by_link(sources, other_sources) or _by_words(_saying(gist, stem), _saying(other_gist, stem), ratio)


def likeliest(
    gist: str,
    sources: Sequence[Source],
    others: Iterable[_Other],
    *,
    stem: Callable[[str], str],
    ratio: Callable[[str, str], float],
    limit: int = 3,
) -> tuple[tuple[_Other, Sameness], ...]:
    """Those of `others` that seem one with the newer risk: by link first, then by score, then as they came."""
    saying = _saying(gist, stem)
    found: list[tuple[_Other, Sameness]] = []
    for other in others:
        same = _by_link(sources, other.sources) or _by_words(saying, _saying(other.gist, stem), ratio)
        if same is not None:
            found.append((other, same))
    found.sort(key=lambda each: (each[1].reason is not SamenessReason.LINK, -each[1].score))
    return tuple(found[: max(0, limit)])


def _by_link(sources: Iterable[Source], other_sources: Iterable[Source]) -> Sameness | None:
    theirs = {source.link for source in other_sources if source.kind is SourceKind.LINK}
    common = (each.link for each in sources if each.kind is SourceKind.LINK and each.link in theirs)
    link = next(common, None)
    return None if link is None else Sameness(reason=SamenessReason.LINK, score=100, words=(), link=link)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saying:
    """What a gist says, by stems: its significant words as they were typed, and which of them are what."""

    words: Mapping[str, str]
    names: frozenset[str]
    """Streets, villages and whatever else has a capital."""
    landmarks: frozenset[str]
    """«Школа» in «у школы»: near what, not about what."""
    numbers: Mapping[str, frozenset[str]]
    """Of «школа № 2» and «3-й автобус»: they tell things of one name apart."""

    def renamed(self, new: Mapping[str, str]) -> Self:
        return replace(
            self,
            words={new.get(stem, stem): typed for stem, typed in self.words.items()},
            names=frozenset(new.get(stem, stem) for stem in self.names),
            landmarks=frozenset(new.get(stem, stem) for stem in self.landmarks),
            numbers={new.get(stem, stem): numbers for stem, numbers in self.numbers.items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Threshold:
    """What is asked of common words besides their number, so that a long story is not taken for its every word."""

    coverage: float
    """Shared words to the words of the shorter gist."""
    evenness: float
    """Words of the shorter gist to those of the longer."""
    ratio: float
    """Of all the words in alphabetical order."""


_IN_ONE_PLACE: Final = _Threshold(coverage=0.5, evenness=0.25, ratio=35)
_ANYWHERE: Final = _Threshold(coverage=0.8, evenness=0.4, ratio=50)


def _by_words(newer: _Saying, other: _Saying, ratio: Callable[[str, str], float]) -> Sameness | None:
    if not newer.words.keys() & other.words.keys():
        return None
    newer, other = _with_one_spelling(newer, other, ratio)
    shared = newer.words.keys() & other.words.keys()
    names = newer.names | other.names
    places = shared & (names | newer.landmarks | other.landmarks)
    if len(shared) < 2 or shared == places:
        return None
    if _differ(newer.words.keys() & names, other.words.keys() & names) or _numbered_apart(newer, other, shared - names):
        return None
    shorter, longer = sorted((len(newer.words), len(other.words)))
    alike = ratio(" ".join(sorted(newer.words)), " ".join(sorted(other.words)))
    least = _IN_ONE_PLACE if places else _ANYWHERE
    if len(shared) / shorter < least.coverage or shorter / longer < least.evenness or alike < least.ratio:
        return None
    return Sameness(
        reason=SamenessReason.WORDS,
        score=max(0, min(100, round((200 * len(shared) / (shorter + longer) + alike) / 2))),
        words=tuple(typed for stem, typed in newer.words.items() if stem in shared)[:MOST_WORDS],
        link=None,
    )


def _differ(names: AbstractSet[str], other_names: AbstractSet[str]) -> bool:
    """«В Быкове на Мира» and «в Быкове на Лесной»: each has a name of its own."""
    return bool(names - other_names) and bool(other_names - names)


def _numbered_apart(one: _Saying, other: _Saying, stems: Iterable[str]) -> bool:
    """«Школа № 2» and «школа № 5». Houses of one street are not told apart: they are left dark together."""
    both = (each for each in stems if each in one.numbers and each in other.numbers)
    return any(one.numbers[each].isdisjoint(other.numbers[each]) for each in both)


def _with_one_spelling(one: _Saying, other: _Saying, ratio: Callable[[str, str], float]) -> tuple[_Saying, _Saying]:
    """The same two, with one stem for a word and its mistyping («советская», «совесткая») or kin («мусор», «мусорный»).

    Kin do not count among names: «улица Октября» is not «Октябрьская».
    """
    ours, theirs = one.words.keys() - other.words.keys(), other.words.keys() - one.words.keys()
    names = one.names | other.names
    pairs = []
    for mine, their in product(ours, theirs):
        nearness = _nearness(mine, their, ratio, are_names=mine in names or their in names)
        if nearness:
            pairs.append((-nearness, min(mine, their), max(mine, their), mine, their))
    first: dict[str, str] = {}
    second: dict[str, str] = {}
    for _, common, _, mine, their in sorted(pairs):
        if mine not in first and their not in second:
            first[mine] = second[their] = common
    return (one.renamed(first), other.renamed(second)) if first else (one, other)


def _nearness(one: str, other: str, ratio: Callable[[str, str], float], *, are_names: bool) -> float:
    """0 when the stems are of different words, otherwise up to 100."""
    shorter, longer = sorted((one, other), key=len)
    growth = len(longer) - len(shorter)
    if len(shorter) < 5 or growth > 2 or shorter[0] != longer[0]:
        return 0
    if longer.startswith(shorter):
        return 0 if are_names else 100
    nearness = ratio(shorter, longer) if growth < 2 else 0
    return nearness if nearness >= 85 else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    """A word or a number as it was typed, and what stands between it and the one before."""

    typed: str
    gap: str
    is_first: bool

    @property
    def plain(self) -> str:
        return self.typed.lower().replace("ё", "е")

    @property
    def is_number(self) -> bool:
        return self.typed[0].isdecimal()

    @property
    def is_significant(self) -> bool:
        plain = self.plain
        return len(plain) > 2 and not (
            self.is_number or plain in _TELLS_NOTHING or plain.startswith(_BEGINNINGS_THAT_TELL_NOTHING)
        )

    @property
    def is_capitalised(self) -> bool:
        """With a capital that is not the first letter of a sentence nor one of an abbreviation."""
        opens = self.is_first or any(mark in self.gap for mark in ".!?…:;")
        return self.typed[0].isupper() and not self.typed.isupper() and not opens

    def follows_at_once(self, between: str = " ") -> bool:
        return not self.is_first and not self.gap.strip(between)


def _saying(gist: str, stem: Callable[[str], str]) -> _Saying:
    tokens = _tokens(gist)
    places = range(len(tokens))
    significant = {place for place in places if tokens[place].is_significant and not _is_month(tokens, place)}
    stems = {place: stem(tokens[place].plain) for place in significant}
    landmarks = significant.intersection(_landmarks(tokens))
    names = {place for place in significant - landmarks if _is_name(tokens, place)}
    words: dict[str, str] = {}
    for place in sorted(significant):
        words.setdefault(stems[place], tokens[place].typed)
    numbers: dict[str, frozenset[str]] = {}
    for place in places:
        owner = _owner(tokens, place, significant)
        if owner is not None:
            numbers[stems[owner]] = numbers.get(stems[owner], frozenset()) | {tokens[place].plain}
    return _Saying(
        words=words,
        names=frozenset(stems[place] for place in names),
        landmarks=frozenset(stems[place] for place in landmarks),
        numbers=numbers,
    )


_TOKEN: Final = re.compile(r"(\d+(?:[.,:/]\d+)*)(?:-[^\W\d_]{1,3}\b)?|([^\W\d_]+)")
"""«5-я» is the number 5; «18:00» is one token."""


def _tokens(gist: str) -> list[_Token]:
    text = unicodedata.normalize("NFC", without_links(without_placeholders(gist)))
    text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    tokens: list[_Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        gap = text[end : match.start()]
        tokens.append(_Token(typed=match[1] or match[2], gap=gap, is_first=not tokens))
        end = match.end()
    return tokens


def _is_name(tokens: Sequence[_Token], place: int) -> bool:
    token = tokens[place]
    if token.is_capitalised or _stands_in_front_of_street(tokens, place):
        return True
    before = tokens[place - 1].plain if place else ""
    if before not in _PLACE_WORDS or not token.follows_at_once(_BEFORE_A_NAME):
        return False
    if token.typed[0].isupper():
        return True
    spares_capitals = not any(each.is_capitalised for each in tokens)
    return spares_capitals and (not token.plain.endswith("о") or _VILLAGE.search(token.plain) is not None)


_BEFORE_A_NAME: Final = " .«\"“„'"
_VILLAGE: Final = re.compile(r"(?:[ое]в|[иы]н)о$")
"""«В деревне Быково», but «на улице темно»."""


def _stands_in_front_of_street(tokens: Sequence[_Token], place: int) -> bool:
    """«На Советской улице»."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    return (
        after is not None
        and after.plain in _STREET_WORDS
        and after.follows_at_once()
        and _is_adjective(tokens[place].plain)
    )


_ADJECTIVE: Final = re.compile(r"(?:[аоуы]й|[яеи]й|[ая]я|[ую]ю|[ое]е|[ыи]е|[ео]го|[ео]му|[ыи]м|[ыи]х|ом)$")


def _is_adjective(word: str) -> bool:
    return _ADJECTIVE.search(word) is not None


def _landmarks(tokens: Sequence[_Token]) -> Iterator[int]:
    """Places of words in «у школы», «рядом с детской площадкой»."""
    for place, token in enumerate(tokens):
        is_near = token.plain in _NEAR or (token.plain in {"с", "со"} and place and tokens[place - 1].plain == "рядом")
        if not is_near:
            continue
        for following in range(place + 1, len(tokens)):
            if not tokens[following].follows_at_once(_BEFORE_A_NAME):
                break
            yield following
            if not _is_adjective(tokens[following].plain):
                break


def _owner(tokens: Sequence[_Token], place: int, significant: AbstractSet[int]) -> int | None:
    """The word that the number at `place` belongs to: «школа № 2», «2-я школа»; days and roubles only count."""
    number = tokens[place]
    if not number.typed.isdecimal() or (place + 1 < len(tokens) and tokens[place + 1].plain in _MEASURES):
        return None
    before = place - 1
    if before > 0 and tokens[before].plain in _NUMBER_WORDS:
        before -= 1
    if before in significant and number.follows_at_once(' .№#"«»'):
        return before
    after = place + 1
    return after if after in significant and tokens[after].follows_at_once() else None


def _is_month(tokens: Sequence[_Token], place: int) -> bool:
    """«21 ноября», but not «улица 8 Марта»."""
    return place > 0 and tokens[place - 1].is_number and tokens[place].typed in _MONTHS


_STREET_WORDS_TYPED: Final = """
    улица улицы улице улицу улицей улиц улицам улицах ул проспект проспекта проспекте проспекту пр просп переулок
    переулка переулке переулку пер площадь площади пл бульвар бульвара бульваре бульвару бул наб шоссе проезд
    проезда проезде проезду тупик тупика тупике аллея аллее аллеи аллею тракт тракта тракте тракту микрорайон
    микрорайона микрорайоне микрорайону мкр мкрн квартал квартала квартале кварталу снт имени им
"""
_STREET_WORDS: Final = frozenset(_STREET_WORDS_TYPED.split())
"""What stands before the name of a street, and is no part of it."""

_PLACE_WORDS: Final = _STREET_WORDS | SETTLEMENT_WORDS
_NEAR: Final = frozenset({"у", "около", "возле", "близ", "вблизи", "напротив"})
_NUMBER_WORDS: Final = frozenset({"номер", "номера", "номером", "номеру", "н", "n", "no"})
_MONTHS_TYPED: Final = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_MONTHS: Final = frozenset(_MONTHS_TYPED.split())
_COUNTED_TYPED: Final = """
    день дня дней дню сутки суток неделя недели недель неделю месяц месяца месяцев год года лет году час часа часов
    часам минут минуты минуту утра вечера ночи раз раза человек человека детей рубль рубля рублей руб тысяч тыс млн
    процент процента процентов градус градуса градусов метр метра метров км см литров тонн штук дом дома домов домах
    подъезд подъезда подъездов квартир квартиры квартира этаж этажа этаже этажей семей семьи
"""
_COUNTED: Final = frozenset(_COUNTED_TYPED.split())
_MEASURES: Final = _COUNTED | _MONTHS
"""A number before these says how many, not which."""

_TELLS_NOTHING_TYPED: Final = """
    без был была было были быть вам вами вас ведь весь вот все всего всей всем всех всю вся где даже для его если
    есть еще жду ждем ждут здесь или как какая какие какой когда кого кому которая которое которой которые который
    кто куда либо лишь между меня мне много мой моя над надо нам нами нас наш наша наше нашей нашем наши наших
    нашу нельзя нет нету никак никаких никакого никакой никто ничего нужна нужно нужен нужны она они оно опять
    очень перед под пока пор после потом почему почти при про просто пусть разве рядом сам сами самая самой самом
    свой своя себя сей сих снова совсем стал стала стали стало так такая также такие такое такой там тоже только
    тот три тут уже фото хватит хоть хотя чего чем через что чтобы эта эти этим этих это этого этой этом эту
    больше меньше плохо плохая плохой хорошо ходит ходят стоит стоят идет хватает целая целой целый соседней
    первый первая второй вторая третий третья третьи четвертый четвертая пятый пятая шестой седьмой два две четыре
    пять десять ночь ночью ночам днем утро утром вечер вечером время времени завтра давно долго скоро срочно
    наконец постоянно постоянная постоянные регулярно ежедневно полностью сильно сильная сильный
    доме домом дому домами двор дворе двора дворы дворах подъезде подъездах квартире квартирах район района районе
    округ округа округе округу область области край края угол углу угла
    люди людей людям людьми дети детям детьми граждане граждан гражданам дочь дочери сын сына ребята народ семья
    мама мамы отца бабушка бабушки пенсионеры пенсионеров глава главе главы власти власть
    внимание добрый доброе доброго просьба прошу просим примите меры
"""
_TELLS_NOTHING: Final = _PLACE_WORDS | _NEAR | _COUNTED | frozenset(_TELLS_NOTHING_TYPED.split())
_BEGINNINGS_THAT_TELL_NOTHING: Final = (
    *("отключ", "отсутств", "пропал", "пропад", "исчез", "прекрат", "прекращ", "перестал", "перебо", "появил"),
    *("закры", "закро", "откры", "слома", "почини", "ремонт", "чист", "чищ", "убира", "сдела", "дела", "обеща"),
    *(
        "отмен",
        "задерж",
        "начал",
        "работа",
        "проблем",
        "ситуац",
        "вопрос",
        "жалоб",
        "жалу",
        "обращен",
        "сообща",
        "сообщи",
        "пишут",
    ),
    *("говорят", "жител", "жильц", "ребен", "детск", "районн", "городск", "сельск", "местн", "администр", "чиновник"),
    *("управляющ", "пожалуйста", "подскаж", "помоги", "здравству", "огромн", "громадн", "больша", "большо", "большу"),
    *("глубок", "ужас", "кошмар", "невозможн", "сегодня", "вчера", "кажд", "недел", "понедельник", "вторник"),
    *("четверг", "пятниц", "суббот", "воскресен"),
)
"""Lack, complaint, work, size and time are told of everything; what is lacking and where is told by other words."""
