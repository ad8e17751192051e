"""Reports on demand over HTTP, with the samples imported: periods turned, groups opened, figures down to an appeal."""

import re
import shutil
from datetime import timedelta

import pytest

from tests.support.people import Group, Person, Shown
from tests.support.stage import Stage
from tests.support.workbooks import IM_SAMPLE, POS_SAMPLE


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
def roads(stage: Stage) -> Person:
    return stage.person("руководитель блока «Дороги, ЖКХ, благоустройство»")


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


@pytest.fixture
async def exports(stage: Stage) -> None:
    """Both samples, loaded."""
    officer = stage.person("ответственный за ИМ и ПОС")
    for sample in (POS_SAMPLE, IM_SAMPLE):
        shutil.copy(sample, stage.exports / sample.name)
        await stage.exports_settle()
        await officer.presses("Загрузить")


def number(button: str, on: Shown) -> int:
    """«Новые 638» → 638."""
    found = re.fullmatch(rf"{button} (\d+)", on.label(button))
    assert found is not None, on.buttons
    return int(found[1])


@pytest.mark.usefixtures("exports")
async def test_a_figure_opens_down_to_the_appeal_and_each_list_has_as_many_as_it_says(head: Person) -> None:
    await head.says("/summary квартал")
    shown = await head.sees("Сводка · 4 квартал 2026 по 20.11", "По выгрузке ИМ")
    overdue = number("Просрочено", shown)
    await head.presses("Просрочено", on=shown)
    listed = await head.sees("Просрочено · на пт 20.11, 10:0", f": {overdue}")
    seen, pages = 0, 0
    while True:
        now = await listed.now()
        pages += 1
        seen += sum(label.isdigit() for label in now.buttons)
        if "Дальше ›" not in now.buttons:
            break
        await head.presses("Дальше ›", on=now)
    assert seen == overdue
    assert f"{pages} из {pages}" in (await listed.now()).text
    await head.presses(str(overdue), on=listed)
    await head.sees("Вид:", "Срок: до")


@pytest.mark.usefixtures("exports")
async def test_what_no_block_has_opens_from_the_rating_down_to_the_appeal(head: Person) -> None:
    await head.says("/rating квартал")
    rated = await head.sees("Работа с обращениями по блокам", "без блока")
    row = re.search(r"(\d+)\. без блока", rated.text)
    assert row is not None, rated.text
    await head.presses(row[1], on=rated)
    shown = await rated.now()
    assert "МЦУ Пестовского округа · без блока" in shown.text
    new = number("Новые", shown)
    await head.presses("Новые", on=shown)
    listed = await head.sees("МЦУ Пестовского округа · без блока", f"Новые · 01.10–20.11: {new}")
    assert sum(label.isdigit() for label in listed.buttons) == new
    await head.presses("1", on=listed)
    await head.sees("Вид:", "Блок: без блока")


@pytest.mark.usefixtures("exports")
async def test_the_same_message_is_turned_through_periods_and_cut_into_groups(head: Person) -> None:
    await head.says("/summary неделя")
    shown = await head.sees("Сводка · неделя 16.11–20.11")
    assert "Позже ›" not in shown.buttons
    await head.presses("‹ Раньше", on=shown)
    assert "неделя 09.11–15.11" in (await shown.now()).text
    assert "Позже ›" in (await shown.now()).buttons
    await head.presses("Месяц", on=shown)
    await head.presses("По блокам", on=shown)
    cut = await shown.now()
    assert cut.text.startswith("По блокам · ноябрь 2026 по 20.11")
    assert "1. Дороги, ЖКХ," in cut.text
    await head.presses("1", on=shown)
    narrowed = await shown.now()
    assert "МЦУ Пестовского округа · Дороги, ЖКХ, благоустройство" in narrowed.text
    assert "По блокам" not in narrowed.buttons
    await head.presses("По темам", on=shown)
    assert (await shown.now()).text.startswith("По темам · ноябрь 2026")
    await head.presses("Весь офис", on=shown)
    assert "Дороги, ЖКХ, благоустройство" not in (await shown.now()).text.split("Обращения")[0]
    assert (await head.last()).id == shown.id


@pytest.mark.usefixtures("exports")
async def test_the_head_of_a_block_reads_their_block_and_a_member_is_shown_the_way_to_the_digest(
    stage: Stage, roads: Person, olga: Person, chat: Group
) -> None:
    await roads.says("/summary квартал")
    await roads.sees("Сводка · 4 квартал", "Только ваши блоки: Дороги, ЖКХ, благоустройство")
    await roads.says("/rating квартал")
    rated = await roads.sees("Работа с обращениями по блокам", "1. Дороги, ЖКХ,")
    assert "Социальная политика" not in rated.text
    await olga.says("/summary")
    await olga.sees("Общая сводка дня для всех: /digest")
    await olga.says("/summary", where=chat)
    await chat.sees("Отвечу в личных сообщениях")


@pytest.mark.usefixtures("exports")
async def test_problem_areas_ratings_and_workloads_say_their_order_and_open(head: Person) -> None:
    await head.says("/problems квартал")
    areas = await head.sees("Проблемные темы", "Порядок: где больше просрочено", "не сравниваем: выгружены не все дни")
    await head.presses("1\u00a0проср", on=areas)
    await head.sees("Просрочено ·", "ПОС")
    await head.says("/rating квартал")
    rated = await head.sees("Работа с обращениями по блокам", "Порядок: выше доля", "Число в скобках")
    await head.presses("По отделам", on=rated)
    assert (await rated.now()).text.startswith("Работа с обращениями по отделам")
    await head.says("/workload")
    await head.sees("Нагрузка · ноябрь", "руководитель блока «Социальная политика»: ")


async def test_a_risk_is_counted_and_its_card_is_posted_from_the_list(head: Person, olga: Person) -> None:
    await olga.forwards("Нет воды на улице Мира третий день")
    await olga.presses("Зарегистрировать")
    await head.says("/summary сегодня")
    shown = await head.sees("Сводка · сегодня, пт 20.11", "Выгрузок ещё не было.")
    await head.presses("Риски открыты 1", on=shown)
    await head.sees("Риски открыты · на пт 20.11", "1. ИР-1/26")
    await head.presses("1")
    await head.sees("ИР-1/26", "Зарегистрировал: член проектного офиса 1")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("01.11–15.11", "Сводка · 01.11–15.11"),
        ("01.11.2025-15.01.2026", "Сводка · 01.11.2025–15.01.2026"),
        ("вчера", "Сводка · вчера, чт 19.11"),
        ("на днях", "Не получилось понять период. Напишите, например: /summary 15.11"),
        ("01.12.2026", "Этот период ещё не начался"),
    ],
)
async def test_any_days_can_be_typed_and_wrong_ones_are_answered_with_an_example(
    head: Person, typed: str, said: str
) -> None:
    await head.says(f"/summary {typed}")
    await head.sees(said)


async def test_a_week_that_was_the_current_one_is_the_whole_week_later(stage: Stage, head: Person) -> None:
    await head.says("/summary неделя")
    shown = await head.sees("неделя 16.11–20.11")
    await head.presses("По темам", on=shown)
    await stage.office_time_is(stage.clock.now() + timedelta(days=3))
    await head.presses("Итоги", on=shown)
    assert "неделя 16.11–22.11" in (await shown.now()).text
    await head.presses("Неделя", on=shown)
    assert "неделя 23.11" in (await shown.now()).text
