"""Reports on demand as people read them: whose figures, of which period, how they stand beside those before."""

from dataclasses import replace
from datetime import date

import pytest

from bot.presets.loading import load_preset, preset_keys
from handlers.callbacks.papers import ExportChosen, MemoAsked
from handlers.callbacks.reports import FigureItems, ReportKind, ReportPage
from handlers.figure_words import FIGURE_WORDS
from handlers.views.heat import NO_TERRITORIES, heat_choice
from handlers.views.message import LONGEST_TEXT, Outgoing
from handlers.views.problems import NO_CAUSE, problems
from handlers.views.rating import rating
from handlers.views.report_lines import period_words
from handlers.views.summary import figure_items, figures, summary
from handlers.views.tables import WIDTH
from handlers.views.workload import NO_BLOCKS, VACANT, workload
from risk.appeal_lists import short_code
from risk.appeals import AppealSource
from risk.figures import CUTS_OF_RISKS, Cut, Figure, Scope
from risk.ids import BlockKey
from risk.periods import Period, PeriodKind
from risk.problem_areas import Cause, Growth
from risk.ratings import Rate
from risk.reports import Group
from risk.reports_asked import CodedScope, Leaf
from risk.risks import RiskNumber
from risk.units import units
from risk.use_cases.summaries import AREAS_ON_A_PAGE
from risk.use_cases.workloads import Load
from tests.handlers.appealed import appeal_case
from tests.handlers.builders import ROADS, SOCIAL, marked, plan, risk, titles, without_blocks
from tests.handlers.memoed import partly
from tests.handlers.reported import (
    NOVEMBER,
    area,
    by_block,
    figure_facts,
    group,
    opened,
    problems_facts,
    rating_facts,
    summary_facts,
    tally,
    workload_facts,
)

TODAY = date(2026, 11, 23)


def lines(said: Outgoing) -> list[str]:
    return said.text.replace("\u00a0", " ").split("\n")


def written(said: Outgoing) -> list[str]:
    """On all buttons."""
    return [title for row in titles(said.keyboard) for title in row]


def pressed(said: Outgoing, title: str) -> str:
    assert said.keyboard is not None
    [data] = [each.callback_data for row in said.keyboard.inline_keyboard for each in row if each.text == title]
    assert data is not None
    return data


def opened_by(said: Outgoing, title: str) -> tuple[ReportKind, Cut | None, str | None, Cut | None]:
    """Which report of which group, and by what it is cut."""
    page = ReportPage.unpack(pressed(said, title))
    return page.report, page.within, page.code, page.cut


def days(first: str, last: str, kind: PeriodKind) -> Period:
    return Period(first=date.fromisoformat(first), last=date.fromisoformat(last), kind=kind)


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (days("2026-11-23", "2026-11-23", PeriodKind.DAY), "сегодня, пн 23.11"),
        (days("2026-11-22", "2026-11-22", PeriodKind.DAY), "вчера, вс 22.11"),
        (days("2025-11-22", "2025-11-22", PeriodKind.DAY), "сб 22.11.2025"),
        (days("2026-11-16", "2026-11-22", PeriodKind.WEEK), "неделя 16.11–22.11"),
        (days("2026-11-01", "2026-11-23", PeriodKind.MONTH), "ноябрь 2026 по 23.11"),
        (days("2026-10-01", "2026-10-31", PeriodKind.MONTH), "октябрь 2026"),
        (days("2026-07-01", "2026-09-30", PeriodKind.QUARTER), "3 квартал 2026"),
        (days("2026-11-01", "2026-11-15", PeriodKind.DAYS), "01.11–15.11"),
        (days("2025-12-28", "2026-01-08", PeriodKind.DAYS), "28.12.2025–08.01.2026"),
    ],
)
def test_a_period_is_named_as_people_name_it(period: Period, words: str) -> None:
    assert period_words(period, TODAY) == words


def test_a_summary_says_whose_it_is_of_when_and_with_what_it_is_compared() -> None:
    said = lines(summary(summary_facts()))
    assert said[:2] == ["Сводка · неделя 16.11–22.11", "МЦУ Заречного округа"]
    assert said[-3:] == [
        "Сравнение: 09.11–15.11",
        "По состоянию на пн 23.11, 00:00.",
        "По выгрузке ПОС от пт 20.11, 16:00.",
    ]


def test_every_figure_stands_beside_its_change() -> None:
    said = summary(summary_facts(before=tally(new=24, overdue=8)))
    risks, appeals = marked(said, "pre")
    assert risks.split("\n")[0].split() == ["Риски", "сейчас", "+/−"]
    rows = [tuple(each.rsplit(maxsplit=2)) for each in appeals.split("\n")]
    assert rows == [
        ("Обращения", "сейчас", "+/−"),
        ("новые", "31", "+7"),
        ("· повторные", "3", "+3"),
        ("завершены", "10", "+10"),
        ("· позже срока", "2", "+2"),
        ("открыты", "12", "+12"),
        ("· просрочено", "6", "−2"),
        ("отложено", "4", "+4"),
    ]


def test_shares_of_too_few_are_not_given() -> None:
    said = lines(summary(summary_facts()))
    assert "В срок: 50 % из 16" in said
    assert "Оценка 4–5: мало данных (3)" in said
    assert "Дней до завершения: медиана 2, в среднем 4,8" in said


def test_what_was_before_stands_beside_a_share_when_there_was_anything() -> None:
    said = lines(summary(summary_facts(before=tally(finished=8, late=2))))
    assert "В срок: 50 % из 16, было 75 %" in said


def test_what_exports_do_not_tell_of_is_said_and_appeals_are_not_compared() -> None:
    facts = summary_facts(before=tally(new=24, overdue=8, risks_new=1))
    part = partly(Period(first=date(2026, 11, 18), last=date(2026, 11, 20)))
    told = replace(facts, report=replace(facts.report, coverage=part))
    said = lines(summary(told))
    risks, appeals = marked(summary(told), "pre")
    assert risks.split("\n")[1].split() == ["новые", "2", "+1"]
    assert appeals.split("\n")[1].split() == ["новые", "31"]
    assert "Сравнение: 09.11–15.11; обращения не сравниваем: выгружены не все дни" in said
    assert said[-1] == "Выгружены не все дни: ПОС — данные с 18.11 по 20.11."
    nothing = replace(facts, report=replace(facts.report, coverage=partly(None)))
    assert lines(summary(nothing))[-1] == "Выгружены не все дни: ПОС — данных нет."


def test_where_nothing_was_finished_no_share_was_in_time() -> None:
    assert "В срок: завершённых нет" in lines(summary(summary_facts(tally(overdue=40, open=40))))


def test_a_topic_that_cannot_be_compared_has_not_grown() -> None:
    unknown = replace(area("Дороги", new=9, overdue=1), before=None)
    [rows] = marked(problems(problems_facts(unknown)), "pre")
    assert rows.split()[-1] == "—"


def test_an_office_with_nothing_says_so_by_zeros_and_that_there_were_no_exports() -> None:
    facts = summary_facts(tally())
    said = lines(summary(replace(facts, report=replace(facts.report, freshest={}))))
    assert said[-1] == "Выгрузок ещё не было."
    assert [each.split() for each in said if each.startswith("новые")] == [["новые", "0", "0"]] * 2
    assert not [each for each in said if each.startswith(("В срок", "Оценка", "Дней"))]


def test_a_summary_of_one_channel_or_topic_has_no_risks() -> None:
    about = opened(scope=Scope(channel=AppealSource.POS), coded=CodedScope(cut=Cut.CHANNEL, code="pos"))
    said = summary(summary_facts(about=about))
    assert len(marked(said, "pre")) == 1
    assert lines(said)[1] == "МЦУ Заречного округа · ПОС"
    assert "Весь офис" in written(said)


def test_the_head_of_a_block_is_told_that_these_are_their_own_blocks() -> None:
    about = opened(scope=Scope(blocks=frozenset({ROADS})), own=True)
    assert lines(summary(summary_facts(about=about)))[1] == "Только ваши блоки: Дороги, ЖКХ, благоустройство"


def test_figures_open_by_buttons_with_their_numbers() -> None:
    said = summary(summary_facts())
    assert titles(said.keyboard)[:3] == [
        ["Новые 31", "Просрочено 6"],
        ["Повторные 3", "Отложено 4"],
        ["Риски открыты 5"],
    ]
    opens = FigureItems.unpack(pressed(said, "Новые 31"))
    assert (opens.figure, date.fromordinal(opens.first), date.fromordinal(opens.last), opens.leaf) == (
        Figure.NEW,
        date(2026, 11, 16),
        date(2026, 11, 22),
        None,
    )


def test_every_figure_that_counts_anything_can_be_opened() -> None:
    said = figures(summary_facts())
    offered = written(said)
    assert offered[-1] == "Назад"
    assert len(offered) - 1 == sum(1 for each in Figure if NOVEMBER[each])
    assert set(FIGURE_WORDS) == set(Figure)


def test_one_press_leads_from_a_summary_to_the_papers_of_its_period() -> None:
    said = summary(summary_facts())
    assert ["Справка", "Реестры"] in titles(said.keyboard)
    memo, registers = MemoAsked.unpack(pressed(said, "Справка")), ExportChosen.unpack(pressed(said, "Реестры"))
    assert (memo.period, date.fromordinal(memo.first)) == (PeriodKind.WEEK, date(2026, 11, 16))
    assert registers.first == memo.first
    assert registers.last == memo.first + 6


def test_a_day_has_no_memo_and_a_narrowed_summary_no_papers() -> None:
    of_day = summary(summary_facts(about=opened(days("2026-11-23", "2026-11-23", PeriodKind.DAY))))
    assert ["Реестры"] in titles(of_day.keyboard)
    narrowed = opened(scope=Scope(channel=AppealSource.POS), coded=CodedScope(cut=Cut.CHANNEL, code="pos"))
    assert not {"Справка", "Реестры"} & set(written(summary(summary_facts(about=narrowed))))


def test_a_period_that_goes_on_has_none_after_it() -> None:
    current = opened(days("2026-11-23", "2026-11-23", PeriodKind.DAY))
    assert ["‹ Раньше"] in titles(summary(summary_facts(about=current)).keyboard)
    assert ["‹ Раньше", "Позже ›"] in titles(summary(summary_facts()).keyboard)


def test_current_periods_are_those_of_the_moment_of_the_press() -> None:
    month = ReportPage.unpack(pressed(summary(summary_facts()), "Месяц"))
    assert (month.period, month.first, month.last) == (PeriodKind.MONTH, None, None)


def test_without_blocks_and_territories_neither_is_offered() -> None:
    offered = written(summary(summary_facts(about=opened(of=without_blocks()))))
    assert {"По каналам", "По темам"} <= set(offered)
    assert not {"По блокам", "По территориям"} & set(offered)


def test_groups_are_numbered_as_their_buttons_and_what_has_none_opens_like_any() -> None:
    said = summary(by_block(group(ROADS, new=31, overdue=6), group(None, new=2)))
    assert titles(said.keyboard)[0] == ["1", "2"]
    assert opened_by(said, "1") == (ReportKind.SUMMARY, Cut.BLOCK, short_code(ROADS), None)
    assert opened_by(said, "2") == (ReportKind.SUMMARY, Cut.BLOCK, None, None)
    assert "2. без блока" in marked(said, "pre")[0]


def test_rows_of_a_rating_open_by_their_numbers_and_from_a_department_leads_a_way_back() -> None:
    said = rating(rating_facts(("Отдел дорог", NOVEMBER), (None, NOVEMBER), cut=Cut.DEPARTMENT))
    assert titles(said.keyboard)[0] == ["1", "2"]
    assert opened_by(said, "1") == (ReportKind.SUMMARY, Cut.DEPARTMENT, short_code("Отдел дорог"), None)
    assert opened_by(said, "2") == (ReportKind.SUMMARY, Cut.DEPARTMENT, None, None)
    about = opened(scope=Scope(lacks=Cut.DEPARTMENT), coded=CodedScope(cut=Cut.DEPARTMENT, code=None))
    narrowed = summary(summary_facts(about=about))
    assert lines(narrowed)[1] == "МЦУ Заречного округа · отдел не указан"
    assert opened_by(narrowed, "По отделам") == (ReportKind.RATING, None, None, Cut.DEPARTMENT)


def test_rows_of_a_workload_that_count_anything_open_by_their_numbers() -> None:
    known = Rate(value=6, of=9)
    loads = [Load(block=each, tally=NOVEMBER, measures=0, median_days=known) for each in (ROADS, None)]
    idle = Load(block=SOCIAL, tally=tally(), measures=0, median_days=known)
    said = workload(workload_facts(loads[0], idle, loads[1]))
    assert [each for each in written(said) if each.isdigit()] == ["1", "3"]
    assert opened_by(said, "3") == (ReportKind.SUMMARY, Cut.BLOCK, None, None)
    whole = workload(workload_facts(loads[1], of=without_blocks()))
    assert not any(each.isdigit() for each in written(whole))


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        (Cut.BLOCK, "без блока"),
        (Cut.TERRITORY, "территория не указана"),
        (Cut.TOPIC, "тема не указана"),
        (Cut.DEPARTMENT, "отдел не указан"),
    ],
)
def test_what_has_no_group_is_named_over_its_figures_and_over_the_lists_behind_them(lacks: Cut, words: str) -> None:
    about = opened(scope=Scope(lacks=lacks), coded=CodedScope(cut=lacks, code=None))
    whole = summary(summary_facts(about=about))
    assert lines(whole)[1] == f"МЦУ Заречного округа · {words}"
    assert ("Риски" in whole.text) is (lacks in CUTS_OF_RISKS)
    opens = FigureItems.unpack(pressed(whole, "Новые 31"))
    assert (opens.within, opens.code) == (lacks, None)
    assert lines(figure_items(figure_facts(Figure.NEW, opened=about)))[1] == f"МЦУ Заречного округа · {words}"


def test_a_later_page_of_groups_goes_on_counting() -> None:
    said = summary(by_block(group(ROADS, new=3), leaf=Leaf(page=1, pages=3, begins=8)))
    assert titles(said.keyboard)[:2] == [["9"], ["‹ Назад", "Дальше ›"]]
    assert "2 из 3" in lines(said)


def test_a_cut_of_nothing_says_so() -> None:
    assert "Показывать нечего: обращений и рисков нет." in lines(summary(by_block()))


@pytest.mark.parametrize("key", preset_keys())
def test_reports_of_the_longest_titles_fit_into_a_message_and_onto_a_phone(key: str) -> None:
    long = load_preset(key)
    keys: list[BlockKey | None] = [*[each.key for each in long.blocks][:7], None]
    about = opened(of=long)
    groups = [Group(key=each, tally=NOVEMBER, before=NOVEMBER) for each in keys]
    loads = [
        Load(block=each, tally=NOVEMBER, measures=12, median_days=Rate(value=None, of=3), head="руководитель блока")
        for each in keys
    ]
    for said in (
        summary(summary_facts(about=about, cut=Cut.BLOCK, groups=groups)),
        rating(rating_facts(*((each, NOVEMBER) for each in keys), of=long)),
        workload(workload_facts(*loads, of=long)),
    ):
        assert units(said.text) <= LONGEST_TEXT
        assert max(len(line) for table in marked(said, "pre") for line in table.split("\n")) <= WIDTH


def test_items_are_numbered_and_open_by_their_numbers() -> None:
    said = figure_items(figure_facts(Figure.OVERDUE, 9, appeals=[appeal_case()], leaf=Leaf(pages=2)))
    assert lines(said)[0] == "Просрочено · на пн 23.11, 00:00: 9"
    assert lines(said)[2].startswith("1. ПОС 6100013 · просрочено")
    assert titles(said.keyboard) == [["1"], ["Дальше ›"]]


def test_items_of_a_figure_of_a_period_name_the_period() -> None:
    said = figure_items(figure_facts(Figure.RISKS_NEW, 1, risks=[risk()]))
    assert lines(said)[0] == "Новые риски · неделя 16.11–22.11: 1"
    assert lines(said)[2].startswith("1. ИР-12/26 · ")


def test_a_figure_that_counts_nothing_any_more_says_so() -> None:
    said = figure_items(figure_facts(Figure.OVERDUE))
    assert "Сейчас здесь ничего нет." in lines(said)
    assert said.keyboard is None


def test_problem_areas_say_their_order_their_numbers_and_why() -> None:
    grown = area(
        "Уборка снега",
        before=4,
        new=12,
        overdue=6,
        repeated=3,
        growths=(Growth(cut=Cut.TERRITORY, key="north", more=5),),
        causes=(Cause(risk=RiskNumber(serial=12, year=2026), words="Не вышла техника"),),
    )
    said = problems(problems_facts(grown, area("Мусор", new=3, overdue=1), too_small=2))
    assert "Порядок: где больше просрочено, затем где больше повторных, затем где больше рост новых." in lines(said)
    assert "1. Северная сторона +5; ИР-12/26: Не вышла техника" in lines(said)
    assert f"2. {NO_CAUSE}" in lines(said)
    assert "Не показано: 2 темы, где ни новых, ни открытых не набралось 3." in lines(said)
    [table] = marked(said, "pre")
    assert table.split("\n")[1:3] == ["1. Уборка снега", "    6    3   0  12  +8"]
    row = [each.replace("\u00a0", " ") for each in titles(said.keyboard)[0]]
    assert row == ["1 проср 6", "1 повт 3", "1 нов 12"]


def test_of_topics_that_came_less_no_cause_is_missed() -> None:
    less = area("Мусор", before=9, new=3, overdue=1)
    assert "Где рост и почему" not in lines(problems(problems_facts(less)))
    said = lines(problems(problems_facts(less, area("Дороги", before=1, new=9, overdue=1))))
    assert f"1. {NO_CAUSE}" not in said
    assert f"2. {NO_CAUSE}" in said


def test_a_page_of_areas_fits_into_a_message_however_much_people_write() -> None:
    cause = Cause(risk=RiskNumber(serial=12, year=2026), words="слово " * 300)
    growths = tuple(Growth(cut=Cut.DEPARTMENT, key="Отдел " * 80, more=12_345) for _ in range(2))
    full = area("Тема " * 80, new=12_345, overdue=12_345, growths=growths, causes=(cause,) * 5)
    said = problems(problems_facts(*[full] * AREAS_ON_A_PAGE, too_small=12))
    assert units(said.text) <= LONGEST_TEXT
    assert max(len(line) for table in marked(said, "pre") for line in table.split("\n")) <= WIDTH


def test_without_problem_areas_that_is_said() -> None:
    assert "Тем, где что-то просрочено, повторяется или растёт, нет." in lines(problems(problems_facts()))


def test_a_topic_that_has_no_name_opens_like_any() -> None:
    said = problems(problems_facts(area(None, new=3, overdue=1)))
    opens = FigureItems.unpack(pressed(said, "1\u00a0проср 1"))
    assert (opens.figure, opens.within, opens.code) == (Figure.OVERDUE, Cut.TOPIC, None)
    assert "1. тема не указана" in said.text


def test_a_rating_shows_components_and_says_where_data_are_few() -> None:
    said = rating(rating_facts((ROADS, NOVEMBER), (SOCIAL, tally({3: 1}, finished=1))))
    counts, rates = marked(said, "pre")
    assert counts.split("\n")[1] == "всего проср поздно повт отл"
    assert rates.replace("\u00a0", " ").split("\n")[-1].split() == ["(1)", "(1)", "(1)", "(0)"]
    assert "Число в скобках вместо показателя: мало данных, столько есть, а нужно от 5." in lines(said)
    assert any(each.startswith("Порядок: выше доля завершённых в срок") for each in lines(said))


def test_workload_names_who_heads_a_block_or_that_nobody_does() -> None:
    known = Rate(value=6, of=9)
    held = Load(
        block=ROADS, tally=NOVEMBER, measures=2, median_days=known, head="руководитель блока", names=("Дёмин Р. О.",)
    )
    vacant = Load(block=SOCIAL, tally=tally(), measures=0, median_days=known, head="руководитель блока")
    said = lines(workload(workload_facts(held, vacant)))
    assert "1. руководитель блока: Дёмин Р. О." in said
    assert f"2. руководитель блока: {VACANT}" in said


def test_workload_without_blocks_is_told_for_the_office_and_measures_by_position() -> None:
    whole = Load(block=None, tally=NOVEMBER, measures=2, median_days=Rate(value=6, of=9))
    said = workload(workload_facts(whole, of=without_blocks(), measures=(("руководитель МЦУ", 2),)))
    assert NO_BLOCKS in lines(said)
    assert "руководитель МЦУ    2" in said.text


def test_a_heat_map_by_territories_is_offered_where_there_are_any() -> None:
    assert titles(heat_choice(opened()).keyboard)[:2] == [["Темы по территориям"], ["Темы по неделям"]]
    without = heat_choice(opened(of=without_blocks()))
    assert titles(without.keyboard)[0] == ["Темы по неделям"]
    assert NO_TERRITORIES in lines(without)


def test_a_retired_block_is_named_still() -> None:
    gone = replace(plan(), blocks=(), retired=replace(plan().retired, blocks=plan().blocks))
    about = opened(of=gone, scope=Scope(blocks=frozenset({BlockKey(ROADS)})))
    assert lines(summary(summary_facts(about=about)))[1] == "МЦУ Заречного округа · Дороги, ЖКХ, благоустройство"
