"""Overdue appeals on the block head's phone: by which export, why, and silence once that export is too old."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from risk.ids import OfficeId
from storage.unit_of_work import Units
from tests.support.exported import appeal, export_comes, given_to
from tests.support.people import Person
from tests.support.stage import Stage

FRIDAY_TEN_PAST_EIGHT: Final = datetime(2026, 11, 20, 5, 10, tzinfo=UTC)
"""By the clocks of Пестово three hours later."""
MONDAY_NINE: Final = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
DAY: Final = timedelta(days=1)


@pytest.fixture
def roads(stage: Stage) -> Person:
    return stage.person("руководитель блока «Дороги, ЖКХ, благоустройство»")


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


async def applied(stage: Stage, made_at: datetime, *numbers: str, block: str | None = "roads") -> None:
    """An export of ПОС, while the bot is down: doors and previews have journeys of their own."""
    await stage.stop_bot()
    async with stage.opened_database() as database:
        uow = Units(database=database).of(OfficeId(1))
        await export_comes(uow, *map(appeal, numbers), made_at=made_at)
        if block is not None:
            await given_to(uow, block, *numbers)
    await stage.start_bot()


async def test_a_block_head_reads_what_is_overdue_by_which_export_and_why(stage: Stage, roads: Person) -> None:
    await applied(stage, FRIDAY_TEN_PAST_EIGHT, "6100013")
    await stage.office_time_is(MONDAY_NINE)
    await roads.sees(
        "На сегодня у вас 1: просрочено 1.",
        "1. ПОС 6100013 · Ямы на Советской · просрочено на 2 рабочих дня",
        "По выгрузке ПОС от пт 20.11, 08:10.",
    )
    await roads.presses("1")
    shown = await roads.sees("ПОС 6100013 · ответ на обращение")
    assert set(shown.buttons) == {
        "Открыть обращение",
        "Принято в работу",
        "Напомнить позже",
        "Не относится к блоку",
        "Почему мне?",
    }
    await roads.presses("Почему мне?")
    await roads.sees(
        "Поступило пн 09.11, плановый срок ср 18.11 (дата из выгрузки).",
        "Сегодня пн 23.11: прошло 2 рабочих дня (19.11, 20.11).",
        "Вы: руководитель блока «Дороги, ЖКХ, благоустройство»",
    )


async def test_forty_overdue_are_one_message(stage: Stage, roads: Person) -> None:
    await applied(stage, FRIDAY_TEN_PAST_EIGHT, *[str(6100000 + number) for number in range(40)])
    await stage.office_time_is(MONDAY_NINE)
    await roads.sees("На сегодня у вас 40: просрочено 40.", "И ещё 32: кнопка «Показать список».")
    assert len([each for each in await roads.of_bot() if "На сегодня" in each.text]) == 1
    await roads.presses("Показать список")
    await roads.sees("Просрочено · Дороги, ЖКХ, благоустройство: 40", "По выгрузке ПОС")
    assert len([each for each in await roads.of_bot() if "На сегодня" in each.text]) == 1


async def test_without_a_fresh_export_whoever_loads_them_is_asked_and_then_reminders_stop_and_the_head_is_told(
    stage: Stage, roads: Person, head: Person
) -> None:
    officer = stage.person("ответственный за ИМ и ПОС")
    await applied(stage, FRIDAY_TEN_PAST_EIGHT, "6100013")
    await stage.office_time_is(MONDAY_NINE)
    await officer.sees("Свежей выгрузки ещё нет. Последняя: ПОС от пт 20.11, 08:10.")
    await stage.office_time_is(MONDAY_NINE + DAY)
    said = len([each for each in await roads.of_bot() if "На сегодня" in each.text])
    assert said == 2
    await stage.office_time_is(MONDAY_NINE + 2 * DAY)
    await head.sees("Напоминания по обращениям ПОС остановлены: последняя выгрузка от пт 20.11, 08:10.")
    assert len([each for each in await roads.of_bot() if "На сегодня" in each.text]) == said
    await applied(stage, MONDAY_NINE + 3 * DAY - timedelta(hours=1), "6100013")
    await stage.office_time_is(MONDAY_NINE + 3 * DAY)
    await roads.sees("просрочено на 5 рабочих дней", "По выгрузке ПОС от чт 26.11, 08:05.")


async def test_whoever_distributes_hears_of_what_has_no_block(stage: Stage, roads: Person) -> None:
    officer = stage.person("ответственный за ИМ и ПОС")
    await applied(stage, FRIDAY_TEN_PAST_EIGHT, "6100013", "6100014", block=None)
    await stage.office_time_is(MONDAY_NINE)
    await officer.sees("Обращений без блока: 2, из них просрочено 2.", "/appeals")
    assert not [each for each in await roads.of_bot() if "На сегодня" in each.text]
