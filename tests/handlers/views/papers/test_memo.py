"""The memo as it reads: its head and sources, each section with something and with nothing, what is left to fill in."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from handlers.views.papers.memo import SECTIONS
from handlers.views.papers.memo import memo as composed
from handlers.views.papers.memo_words import day_words, days_words, period_words
from handlers.views.papers.memo_work import MOST_RISKS
from risk.documents import Bullets, Heading, Paragraph, Run, Table
from risk.figures import Cut, Figure, Scope, Tally
from risk.first_answers import FirstAnswerTimes, InNorm
from risk.memo_work import CauseTold
from risk.memos import GrownTopic, Memo, Signer, Topic
from risk.offices import PublicationKind
from risk.periods import Period, PeriodKind, period_of
from risk.problem_areas import Growth, areas_of
from risk.report_terms import ReportTerms
from risk.risks import RiskNumber
from risk.workings import Answer, EndingKind, Interim, Publication
from tests.handlers.builders import ROADS, SOCIAL, plan, without_blocks
from tests.handlers.memoed import (
    BY,
    GROUPS,
    MONDAY,
    NOTHING,
    WEEK,
    bars,
    charts,
    group,
    lines,
    measure_told,
    memo,
    partly,
    risk_told,
    section,
)

ANSWER = Answer(
    text="Авария устранена", platforms="сайт администрации", drafted_by=BY, drafted_at=MONDAY, published_at=MONDAY
)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def said(of: Memo, title: str) -> str:
    return plain("\n".join(section(of, title)))


def publication(link: str) -> Publication:
    return Publication(link=link, kind=PublicationKind.BODY_PAGE, added_by=BY, added_at=MONDAY)


def every() -> Memo:
    """One with something in every section."""
    return memo(
        cuts=GROUPS,
        topics=[Topic(title="Дороги", group=group("Дороги", 20, 6), subtopics=[("Снег", 12), (None, 8)])],
        grown=[GrownTopic(topic="Дороги", now=20, before=6, where=[("north", 15), (None, 5)])],
        risks=[risk_told(answer=ANSWER, publications=(publication("vk.com/wall-1_2"),))],
        taken=[measure_told()],
        planned=[measure_told(what="Ремонт", is_taken=False, is_late=True)],
        causes=[
            CauseTold(
                number=RiskNumber(serial=12, year=2026),
                block=ROADS,
                day=date(2026, 11, 19),
                cause="Не починили",
                forecast="",
            )
        ],
        signer=Signer(position="руководитель МЦУ", name="Петрова О. П."),
    )


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (period_of(PeriodKind.WEEK, date(2026, 11, 18)), "за неделю 16–22 ноября 2026 года"),
        (period_of(PeriodKind.WEEK, date(2026, 12, 1)), "за неделю 30 ноября – 6 декабря 2026 года"),
        (period_of(PeriodKind.WEEK, date(2027, 1, 1)), "за неделю 28 декабря 2026 года – 3 января 2027 года"),
        (period_of(PeriodKind.MONTH, date(2026, 11, 18)), "за ноябрь 2026 года"),
        (period_of(PeriodKind.QUARTER, date(2026, 11, 18)), "за IV квартал 2026 года"),
        (Period(first=date(2026, 5, 1), last=date(2026, 5, 1)), "за 1 мая 2026 года"),
    ],
)
def test_a_period_is_named_as_officials_write_it(period: Period, words: str) -> None:
    assert plain(period_words(period)) == words


def test_a_day_and_its_month_stay_on_one_line() -> None:
    assert day_words(date(2026, 11, 22)) == "22\u00a0ноября 2026\u00a0года"
    assert "\u00a0" in days_words(period_of(PeriodKind.WEEK, date(2026, 12, 1)))


def test_every_section_has_a_numbered_heading_that_navigation_sees() -> None:
    headings = [block.text for block in composed(every()).blocks if isinstance(block, Heading) and block.level == 1]
    assert headings == [f"{number}. {title}" for number, (title, _) in enumerate(SECTIONS, 1)]


def test_the_head_says_to_whom_of_what_and_by_what_data() -> None:
    reports = ReportTerms(addressee="Главе Заречного округа")
    head = [plain(line) for line in lines(memo(of=replace(plan(), reports=reports)))[:9]]
    assert head == [
        "Главе Заречного округа",
        "СПРАВКА",
        "о работе с обращениями и информационными рисками",
        "за неделю 16–22 ноября 2026 года",
        "МЦУ Заречного округа",
        "Открытые и просроченные — на конец периода.",
        "Составлено 23 ноября 2026 года, 09:00.",
        "По выгрузке ПОС от пн 23.11, 09:00.",
        "Предыдущий период — 9–15 ноября 2026 года.",
    ]


def test_without_an_addressee_and_a_signer_there_are_places_for_them() -> None:
    read = lines(memo())
    assert read[0] == "[кому: должность и имя]"
    assert read[-2] == "[кто подписывает: должность и имя]"


def test_a_period_that_goes_on_says_as_of_when() -> None:
    running = memo(made_at=datetime(2026, 11, 20, 13, tzinfo=UTC))
    said_first = [plain(line) for line in lines(running)[5:8]]
    assert said_first[0] == "Период не закончен: по состоянию на 20 ноября 2026 года, 16:00."
    assert said_first[2] == "Предыдущий период — 9–13 ноября 2026 года."


def test_without_exports_that_is_said() -> None:
    assert "Выгрузок ещё не было." in lines(memo(freshest={}))


def test_it_ends_with_the_position_the_name_and_the_day() -> None:
    assert [plain(line) for line in lines(every())[-2:]] == [
        "Руководитель МЦУ ___ Петрова О. П.",
        "23 ноября 2026 года",
    ]


def test_a_vacant_position_leaves_a_place_for_the_name() -> None:
    vacant = memo(signer=Signer(position="руководитель МЦУ", name=None))
    assert lines(vacant)[-2] == "Руководитель МЦУ ___ [имя]"


def test_of_one_block_the_title_says_so() -> None:
    narrowed = memo(scope=Scope(blocks=frozenset({ROADS})))
    whose, period = "по блоку «Дороги, ЖКХ, благоустройство»", "за неделю 16–22 ноября 2026 года"
    assert plain(composed(narrowed).title) == f"Справка {whose} {period}"
    assert [plain(line) for line in lines(narrowed)[3:5]] == [whose, period]
    both = memo(scope=Scope(blocks=frozenset({ROADS, SOCIAL})))
    assert "по блокам «Дороги, ЖКХ, благоустройство», «Социальная политика»" in composed(both).title


def test_what_matters_comes_first_in_sentences() -> None:
    assert said(memo(cuts=GROUPS, taken=[measure_told()]), "Главное").splitlines() == [
        "• Новых обращений — 31, на 7 больше, чем за предыдущий период; повторных — 3.",
        "• Завершено — 28, из них позже срока — 4. Открыто — 40, из них просрочено — 6.",
        "• В срок — 71 % (из 34).",
        "• Новых информационных рисков — 1; отработано — 0, открыто — 1.",
        "• Мер по рискам: принято — 1, планируется — 0.",
    ]


@pytest.mark.parametrize(
    ("before", "words"), [(24, "на 7 больше"), (35, "на 4 меньше"), (31, "столько же, сколько за предыдущий")]
)
def test_a_change_is_said_in_words(before: int, words: str) -> None:
    assert words in said(memo(before=Tally(figures={Figure.NEW: before})), "Главное")


def test_what_exports_do_not_tell_of_is_said_and_nothing_is_compared() -> None:
    part = Period(first=WEEK.first, last=date(2026, 11, 20))
    groups = {cut: [replace(each, before=None) for each in those] for cut, those in GROUPS.items()}
    told = memo(coverage=partly(part), cuts=groups)
    head = [each.runs[0].text for each in composed(told).blocks if isinstance(each, Paragraph)]
    assert "Выгружены не все дни: ПОС — данные по 20.11.2026." in head
    assert any("обращения с ним не сравниваются" in each for each in head)
    assert "По выгруженным данным новых обращений — 31; повторных — 3." in said(told, "Главное")
    assert "Всего | 31 | 3 | 28 | 40 | 6 | 2" in said(told, "сколько и откуда")
    assert "В скобках" not in said(told, "сколько и откуда")
    assert "Показатель | За период\n" in said(told, "качество ответов")
    assert "Рост не посчитан" in said(told, "факторы роста")
    everything = "\n".join(said(told, title) for title, _ in SECTIONS)
    assert "предыдущ" not in everything.replace("этого или предыдущего периода", "")


def test_where_nothing_was_finished_no_share_was_in_time() -> None:
    told = memo(Tally(figures={Figure.OPEN: 40, Figure.OVERDUE: 40}))
    assert "В срок — завершённых нет." in said(told, "Главное")
    assert "В срок, доля | завершённых нет | 71 % (из 28)" in said(told, "качество ответов")


def test_channels_and_blocks_stand_with_their_change_and_a_total() -> None:
    table = said(memo(cuts=GROUPS), "сколько и откуда").splitlines()
    assert table[0] == "В скобках — изменение к предыдущему периоду."
    assert table[3:6] == [
        "«Инцидент Менеджмент» | 11 (+1) | 0 | 0 | 0 | 0 | 0",
        "Платформа обратной связи (ПОС) | 20 (+6) | 0 | 0 | 0 | 0 | 0",
        "Всего | 31 (+7) | 3 (+3) | 28 (+8) | 40 (+40) | 6 (−2) | 2 (+2)",
    ]
    assert table[8:10] == [
        "Дороги, ЖКХ, благоустройство | 22 (+12) | 0 | 20 (+20) | 0 | 6 (+6) | 0",
        "Социальная политика | 9 (−5) | 0 | 8 (+8) | 0 | 0 | 0",
    ]


def test_what_has_no_block_has_its_own_row_when_there_is_any() -> None:
    assert "Без блока" not in said(memo(cuts=GROUPS), "сколько и откуда")
    assert "Без блока | 2 (+2)" in said(
        memo(cuts={**GROUPS, Cut.BLOCK: (*GROUPS[Cut.BLOCK], group(None, 2))}), "сколько и откуда"
    )


def test_an_office_without_blocks_has_no_word_of_them() -> None:
    told = memo(
        of=without_blocks(),
        cuts={**GROUPS, Cut.BLOCK: (group(None, 31, 24),)},
        risks=[risk_told(block=None)],
        taken=[measure_told(block=None)],
    )
    assert [line for line in lines(told) if "блок" in line.casefold()] == []
    assert "Мера | Кто | Принята | Риск" in said(told, "принятые и планируемые")


def test_topics_stand_with_their_share_and_sub_topics_below() -> None:
    assert said(every(), "Темы обращений").splitlines()[:3] == [
        "Тема и подтемы | Новые | Доля",
        "Дороги | 20 (+14) | 65 %",
        "– Снег | 12 | ",
    ]


def test_what_is_not_shown_is_counted() -> None:
    shown = Topic(title="Дороги", group=group("Дороги", 20, 6), subtopics=())
    assert "Прочие темы | 11 | 35 %" in said(memo(topics=[shown]), "Темы обращений")
    told = memo(cuts=GROUPS)
    assert "Показаны" not in said(told, "Проблемные зоны")
    more = replace(told, areas_found=len(told.areas) + 4)
    assert f"Показаны {len(told.areas)} из {more.areas_found}" in said(more, "Проблемные зоны")


def test_what_has_no_topic_says_so() -> None:
    told = memo(topics=[Topic(title=None, group=group(None, 31), subtopics=[])])
    assert "Тема не указана | 31 (+31) | 100 %" in said(told, "Темы обращений")


def test_shares_say_of_how_many_and_few_are_hidden() -> None:
    assert "В срок, доля | 71 % (из 34) | 71 % (из 28)" in said(memo(), "качество ответов")
    few = Tally(figures={Figure.FINISHED: 4, Figure.MARKED: 3, Figure.SATISFIED: 3, Figure.SOLVED: 4}, days={3: 4})
    told = memo(few, few)
    assert "В срок, доля | мало данных (4) | мало данных (4)" in said(told, "качество ответов")
    assert "Дней до завершения, в среднем | мало данных (4)" in said(told, "качество ответов")
    assert "Решено, доля | мало данных (4)" in said(told, "«Решаемые» обращения")
    assert "Оценка 4–5, доля | мало данных (3)" in said(told, "Реакция заявителей")
    assert "%" not in said(told, "Главное")


def test_deferred_is_told_as_the_offices_own_reading() -> None:
    told = said(memo(), "качество ответов")
    assert "Отложено | 2 | 0" in told
    assert "нормативного определения у этого показателя нет, так его читает МЦУ" in told


def test_days_have_a_comma_and_no_idle_zero() -> None:
    assert "Дней до завершения, в среднем | 4,5 | 6" in said(memo(), "качество ответов")


def test_first_answers_in_the_norm_are_told_where_exports_say() -> None:
    told = memo(first=InNorm(known=10, kept=9))
    assert "Первый ответ в пределах нормы (по выгрузке ИМ) | 90 % (из 10) | —" in said(told, "качество ответов")


def test_solved_stand_against_explained() -> None:
    assert said(memo(), "«Решаемые» обращения").splitlines()[1:] == [
        "Решено | 15 | 0",
        "Разъяснено | 5 | 0",
        "Решено, доля | 75 % (из 20) | —",
    ]


def test_marks_are_told_with_how_many_there_are() -> None:
    told = said(memo(), "Реакция заявителей")
    assert "Оценка 4–5 или «доволен» | 9 | 0\nНедоволен | 3 | 0\nОценка 4–5, доля | 75 % (из 12) | —" in told


def test_a_risk_is_told_with_its_answer_and_its_links() -> None:
    told = every()
    assert said(told, "Информационные риски").splitlines()[1:] == [
        "ИР-12/26. Нет воды на улице Мира.",
        "• Дороги, ЖКХ, благоустройство; следим за реакцией.",
        "• Ответ: Авария устранена.",
        "• Площадки: сайт администрации.",
        "• vk.com/wall-1_2 (страница органа)",
    ]
    assert "https://vk.com/wall-1_2" in [run.link for run in _runs(told)]


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"ending": EndingKind.CRITERIA}, "; отработан."),
        ({"ending": EndingKind.OVERRIDE}, "; закрыт решением."),
        ({"ending": EndingKind.NOT_A_RISK}, "; не риск."),
        ({"ending": EndingKind.MERGED}, "; объединён с другим."),
        ({"figures": frozenset({Figure.RISKS_OPEN, Figure.RISKS_TO_VERIFY})}, "; на проверке."),
        ({"figures": frozenset({Figure.RISKS_TO_VERIFY}), "is_taken_up": False}, "; зарегистрирован."),
        (
            {"figures": frozenset({Figure.RISKS_OPEN, Figure.RISKS_TO_ANSWER, Figure.RISKS_OVERDUE})},
            "; готовится ответ, срок (внутренний ориентир МЦУ) прошёл.",
        ),
        ({"is_waived": True}, "Без публичного ответа, по решению."),
    ],
)
def test_how_a_risk_stands_is_said(known: dict[str, Any], words: str) -> None:
    assert words in said(memo(risks=[risk_told(**known)]), "Информационные риски")


def test_until_there_is_an_answer_the_interim_one_is_told_with_its_promise() -> None:
    interim = Interim(
        text="Проверяем",
        platforms="сайт",
        promised_until=date(2026, 11, 25),
        published_by=BY,
        published_at=MONDAY,
    )
    told = said(memo(risks=[risk_told(interim=interim)]), "Информационные риски")
    assert "• Промежуточный ответ: Проверяем. Обещан ответ до 25 ноября 2026 года." in told


def test_words_that_were_kept_for_a_while_only_are_named_so() -> None:
    dropped = risk_told(
        gist="", answer=replace(ANSWER, text="", platforms=""), publications=(publication(""),), block=None
    )
    told = memo(risks=[dropped], taken=[measure_told(what="")])
    assert said(told, "Информационные риски").splitlines()[1:] == [
        "ИР-12/26. Текст удалён по сроку хранения.",
        "• Без блока; следим за реакцией.",
        "• Ответ: текст удалён по сроку хранения.",
        "• Площадки: текст удалён по сроку хранения.",
        "• Ссылка удалена по сроку хранения (страница органа)",
    ]
    assert "| текст удалён по сроку хранения |" in said(told, "принятые и планируемые")
    assert [run.link for run in _runs(told) if run.link is not None] == []


def test_a_long_answer_is_cut() -> None:
    told = memo(risks=[risk_told(answer=replace(ANSWER, text="слово " * 900))])
    assert max(map(len, section(told, "Информационные риски"))) < 500


def test_of_very_many_risks_the_rest_is_counted() -> None:
    many = [risk_told(number=RiskNumber(serial=serial, year=2026)) for serial in range(1, MOST_RISKS + 3)]
    last = said(memo(risks=many), "Информационные риски").splitlines()[-1]
    assert last == "Ещё 2 риска — в реестре рисков: его составляет бот по команде /export."


def test_measures_stand_by_block_with_who_and_when() -> None:
    told = memo(
        taken=[measure_told(block=SOCIAL, what="Автобус"), measure_told()], planned=[measure_told(is_late=True)]
    )
    assert said(told, "принятые и планируемые").splitlines() == [
        "## Принятые меры",
        "Блок | Мера | Кто | Принята | Риск",
        "Дороги, ЖКХ, благоустройство | Подвоз воды | член проектного офиса 1 | 20.11.2026 | ИР-12/26",
        "Социальная политика | Автобус | член проектного офиса 1 | 20.11.2026 | ИР-12/26",
        "## Планируемые меры",
        "Блок | Мера | Кто | Срок | Риск",
        "Дороги, ЖКХ, благоустройство | Подвоз воды | член проектного офиса 1 | 20.11.2026, срок прошёл | ИР-12/26",
    ]


def test_causes_and_growth_are_told_where_they_are() -> None:
    assert said(every(), "факторы роста").splitlines() == [
        "## Причины повторного распространения",
        "ИР-12/26. Причина: Не починили. Прогноз: текст удалён по сроку хранения.",
        "## Темы, которых стало больше",
        "• «Дороги»: 20 (за предыдущий период — 6). Где: Северная сторона — 15, территория не указана — 5.",
    ]


def test_problem_areas_say_by_what_they_are_ordered() -> None:
    told = said(memo(cuts=GROUPS), "Проблемные зоны").splitlines()
    assert told[1] == plain("Дороги | 6 | 2 | 0 | 20 (+14)")
    assert told[2].startswith("Порядок: сначала темы, где больше просрочено")


def test_problem_areas_say_where_they_grow_and_how_many_were_too_small() -> None:
    groups = {Cut.TOPIC: (group("Дороги", 20, 6, OVERDUE=6), group("Кружки", 1, OVERDUE=1))}
    [roads] = areas_of(groups[Cut.TOPIC]).found
    growths = (Growth(cut=Cut.TERRITORY, key="north", more=9), Growth(cut=Cut.SETTLEMENT, key="пос. Северный", more=4))
    told = said(memo(cuts=groups, areas=[replace(roads, growths=growths)]), "Проблемные зоны").splitlines()
    assert told[-2:] == [
        "• «Дороги», рост: Северная сторона +9, пос. Северный +4.",
        "Не приведено: 1 тема, где ни новых, ни открытых не набралось 3.",
    ]


def test_first_answers_of_the_sheet_without_numbers_are_a_count_and_a_median() -> None:
    times = FirstAnswerTimes(total=7, times=[timedelta(hours=hours, minutes=12) for hours in (1, 2, 3, 4, 90)])
    told = said(memo(times=times, times_before=FirstAnswerTimes(total=2, times=times.times[:1])), "качество ответов")
    assert "Сообщений в листе без номеров (ИМ) | 7 | 2" in told
    assert plain("Время до первого ответа, медиана, по этому листу | 3 ч 12 мин (из 5) | мало данных (1)") in plain(
        told
    )
    assert "листе без номеров" not in said(memo(), "качество ответов")


def test_conclusions_are_left_to_whoever_signs() -> None:
    assert section(memo(cuts=GROUPS), "дорожные карты и предложения")[0] == (
        "[первопричина по теме «Дороги» и дорожная карта: что, кто, до какого дня]"
    )
    assert section(memo(), "дорожные карты и предложения")[0].startswith("[предложения: меры, поручения")


def test_an_office_with_nothing_says_so_in_each_section() -> None:
    empty = memo(NOTHING, NOTHING, freshest={})
    assert [said(empty, title) for title, _ in SECTIONS[1:10]] == [
        "За период и за предыдущий период обращений нет ни в выгрузках, ни среди записанных в МЦУ.",
        "Новых обращений за период нет.",
        "Ни завершённых, ни просроченных, ни отложенных обращений нет.",
        "Решённых и разъяснённых «Решаемых» обращений нет.",
        "Заявители оценок не оставили.",
        "Информационных рисков за период не было, открытых нет.",
        "## Принятые меры\nЗа период принятых мер не записано.\n## Планируемые меры\nПланируемых мер не записано.",
        (
            "## Причины повторного распространения\nЗа период причин не записано.\n## Темы, которых стало больше\n"
            "Заметного роста нет: ни одна тема не выросла на четверть и на три обращения сразу."
        ),
        "Тем, где что-то просрочено, повторяется, отложено или заметно растёт, нет.",
    ]
    assert charts(empty) == []


def test_a_chart_says_its_finding_and_has_the_figures_of_the_table() -> None:
    [by_block, in_time] = charts(memo(cuts=GROUPS))
    assert by_block.title == "Больше всего новых обращений: Дороги, ЖКХ, благоустройство, 22 из 31"
    assert bars(by_block) == [("Дороги, ЖКХ, благоустройство", 22, 10), ("Социальная политика", 9, 14)]
    assert plain(by_block.source) == ("По выгрузке ПОС от пн 23.11, 09:00. По состоянию на 23 ноября 2026 года, 00:00.")
    assert in_time.title == "В срок, %: меньше всего — Социальная политика, 50"
    assert bars(in_time) == [("Дороги, ЖКХ, благоустройство", 77, None), ("Социальная политика", 50, None)]


def test_with_one_block_or_one_topic_there_is_nothing_to_compare() -> None:
    one = {key: groups[:1] for key, groups in GROUPS.items()}
    assert charts(memo(cuts=one, topics=every().topics)) == []


def test_where_nothing_came_and_nothing_was_in_time_there_is_nothing_to_draw() -> None:
    quiet = {Cut.BLOCK: (group(SOCIAL, 0, 14, OVERDUE=6), group(ROADS, 0, 10, OVERDUE=7))}
    assert charts(memo(cuts=quiet)) == []


@pytest.mark.parametrize(
    "told", [every(), memo(cuts=GROUPS), memo(NOTHING, NOTHING), memo(of=without_blocks(), cuts=GROUPS)]
)
def test_every_row_of_a_table_has_a_cell_for_each_column(told: Memo) -> None:
    tables = [block for block in composed(told).blocks if isinstance(block, Table)]
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)


def _runs(of: Memo) -> list[Run]:
    blocks = composed(of).blocks
    spoken = [run for block in blocks if isinstance(block, Paragraph) for run in block.runs]
    return spoken + [run for block in blocks if isinstance(block, Bullets) for item in block.items for run in item]
