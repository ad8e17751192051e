"""Whether a cell names a body or a person: of departments, executors and organisations only bodies are kept."""

import re
from typing import Final

from risk.masking import mask
from risk.units import units

LONGEST: Final = 200
"""UTF-16 units in the name of a body."""


def body_named(text: str) -> str | None:
    """The name of the body; None when there is none, or when what stands there is, or also names, a person.

    Privacy comes first: what no word shows to be a body is taken for a person.
    """
    named = " ".join(text.split())
    if not named or units(named) > LONGEST or not _BODY.search(named):
        return None
    if _PERSON.search(named) or _is_called(named) or mask(named).hidden:
        return None
    return named


def _is_called(named: str) -> bool:
    """Whether somebody's first name stands outside of quotes: «Надежда» in them is a firm."""
    words = re.findall(r"[А-ЯЁ][а-яё]+", _QUOTED.sub(" ", named))
    return not _FIRST_NAMES.isdisjoint(words)


_QUOTED: Final = re.compile(r"«[^»]*»|\"[^\"]*\"|„[^“]*“|“[^”]*”")

_BODY: Final = re.compile(
    r"""(?<!\w)(?:
        администраци[яи] | аппарат | департамента? | министерств[оа] | комитета? | комисси[яи] | управлени[ея] |
        отдел(?:а|ение|ения)? | сектора? | служб[аы] | госслужб[аы] | инспекци[яи] | госинспекци[яи] | учреждени[ея]
        | предприяти[ея] | организаци[яи] | компани[яи] | обществ[оа] | центра? | дирекци[яи] | дум[аы] | совета? |
        палат[аы] | агентств[оа] | фонда? | филиала? | школ[аы] | гимнази[яи] | лице[йя] | детский\ сад |
        больниц[аы] | поликлиник[аи] | библиотек[аи] | музе[йя] | дворец | дом\ культуры | хозяйств[оа] |
        сельсовета? | поселени[ея] | округа? | района? | област[ьи] | кра[йя] | республик[аи] | территориальн\w{2,3}
        | муниципальн\w{2,3} | государственн\w{2,3} | диспетчерск\w{2,3} | прокуратур[аы] | полици[яи] | станци[яи]
        | колледжа? | техникума? | университета? | института? | водоканала? | горводоканала? | теплосет[ьи] |
        электросет[ьи] | жкх | тко | еддс | ддс | мчс | мвд | гибдд | гжи | мфц | цур | мцу | фнс | росреестр |
        роспотребнадзор | россети | ростелеком | мбу | мку | мау | муп | мкп | гбу | гку | гау | гуп | ку | фгбу |
        фгуп | фку | огбу | огку | огау | обу | оку | оау | мбоу | мбдоу | мкоу | мкдоу | маоу | мадоу | мбук | мкук
        | маук | мбуз | гбуз | обуз | огбуз | гобуз | гоку | гобу | ооо | оао | зао | пао | ао | ано | нко | тсж |
        тсн | снт | жск | мунуправлени[ея] | сош | оош
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words and short forms that stand in the names of bodies, none of them a beginning of somebody's surname."""

_PERSON: Final = re.compile(
    r"""
        \b[А-ЯЁ]\.\s?[А-ЯЁ]\.                                           # И. И.
        | \b[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?\s+[А-ЯЁ]\.                 # Фамилия И.
        | \b[А-ЯЁ][а-яё]+(?:вич|вна|ична|инична)\b                      # a patronymic
    """,
    re.VERBOSE,
)

_FIRST_NAMES: Final = frozenset(
    """
    Александр Александра Алексей Алёна Алена Алина Алиса Алла Альберт Анастасия Анатолий Ангелина Андрей Анжела
    Анна Антон Антонина Аркадий Арсений Артём Артем Артур Богдан Борис Вадим Валентин Валентина Валерий Валерия
    Варвара Василий Василиса Вера Вероника Виктор Виктория Виталий Владимир Владислав Всеволод Вячеслав Галина
    Геннадий Георгий Герман Глеб Григорий Дарья Денис Диана Дина Дмитрий Ева Евгений Евгения Егор Екатерина
    Елена Елизавета Жанна Захар Зинаида Зоя Иван Игорь Илья Инна Ирина Карина Кирилл Клавдия Константин Кристина
    Ксения Лариса Лев Леонид Лидия Лилия Любовь Людмила Максим Маргарита Марина Мария Марк Михаил Надежда
    Наталия Наталья Никита Николай Нина Оксана Олег Олеся Ольга Павел Пётр Петр Полина Раиса Регина Римма Роман
    Руслан Светлана Семён Семен Сергей Снежана Софья София Станислав Степан Тамара Татьяна Тимофей Тимур Ульяна
    Фёдор Федор Эдуард Эльвира Эмма Юлия Юрий Яков Яна Ярослав
    """.split()  # noqa: SIM905 - a list of a hundred and more reads better so
)
"""As people are called in a list, in the nominative: «школа имени Александра …» is a body."""
