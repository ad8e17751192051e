"""Reminders as people get them: all that is due in one message, the actions behind each number, nobody woken."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from tests.journeys.steps import filed
from tests.support.people import Group, Person
from tests.support.stage import Stage

FRIDAY_NOON: Final = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
"""Some minutes after 12:00 in Пестово: two hours before the inner deadline of what was filed at 10:00."""
MONDAY_NINE: Final = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
HOUR: Final = timedelta(hours=1)


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def roads(stage: Stage) -> Person:
    return stage.person("руководитель блока «Дороги, ЖКХ, благоустройство»")


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
def curator(stage: Stage) -> Person:
    return stage.person("куратор")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def test_a_block_head_is_reminded_before_the_deadline_and_on_the_first_morning_after_it(
    stage: Stage, olga: Person, roads: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await stage.office_time_is(FRIDAY_NOON)
    await roads.sees("На сегодня у вас 1: срок сегодня 1.", "ИР-1/26 · проверка · сегодня до 14:00")
    await stage.office_time_is(FRIDAY_NOON + 5 * HOUR)
    assert len([each for each in await roads.of_bot() if "На сегодня" in each.text]) == 1, "no second one that day"
    await stage.office_time_is(MONDAY_NINE)
    await roads.sees("На сегодня у вас 1: просрочено 1.", "просрочено с пт 20.11, 14:00")


async def test_behind_the_number_are_the_actions_and_why_it_is_asked_of_them(
    stage: Stage, olga: Person, roads: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await stage.office_time_is(FRIDAY_NOON)
    await roads.presses("1")
    shown = await roads.sees("ИР-1/26 · проверка", "Срок: сегодня до 14:00")
    assert {"Взять на проверку", "Принято в работу", "Напомнить позже", "Не относится к блоку", "Почему мне?"} <= set(
        shown.buttons
    )
    await roads.presses("Почему мне?")
    await roads.sees(
        "4 рабочих часа: пт 20.11 10:00–14:00",
        "внутренний ориентир МЦУ",
        "Вы: руководитель блока «Дороги, ЖКХ, благоустройство»",
        "Если до пн 23.11, 14:00 ничего не изменится, сводку получит куратор.",
    )
    await roads.presses("Взять на проверку")
    await chat.sees("ИР-1/26", "на проверке")


async def test_a_named_day_holds_the_ladder_until_it_is_over_and_not_longer(
    stage: Stage, olga: Person, roads: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await stage.office_time_is(FRIDAY_NOON)
    await roads.presses("1")
    await roads.presses("Принято в работу")
    await roads.sees("К какому числу сделаете?")
    await roads.presses("вт 24.11")
    await roads.sees("записано: принято в работу")
    for day in (0, 1):
        await stage.office_time_is(MONDAY_NINE + timedelta(days=day, hours=2))
        assert len([each for each in await roads.of_bot() if "На сегодня у вас" in each.text]) == 1
    await stage.office_time_is(MONDAY_NINE + timedelta(days=2))
    await roads.sees("На сегодня у вас 1: просрочено 1.")


async def test_what_is_not_of_the_block_is_returned_and_the_second_time_whoever_decides_gives_it_for_good(
    stage: Stage, olga: Person, roads: Person, head: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await stage.office_time_is(FRIDAY_NOON)
    await roads.presses("1")
    await roads.presses("Не относится к блоку")
    await roads.says("Это улица другого округа")
    await chat.sees("ИР-1/26", "Блок: не назначен")
    await head.sees("ИР-1/26: блок ответил, что это не к нему.")


async def test_whoever_is_above_gets_a_summary_and_a_senior_block_head_has_the_curator_above(
    stage: Stage, olga: Person, roads: Person, head: Person, curator: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await stage.office_time_is(MONDAY_NINE + 5 * HOUR)
    shown = await curator.sees("Просрочено у других, вы следующий по порядку: 1.")
    assert "руководитель блока «Дороги, ЖКХ, благоустройство»" in shown.text
    assert not [each for each in await head.of_bot() if "Просрочено у других" in each.text]
    assert roads.id != curator.id


async def test_what_one_owes_is_shown_on_request_and_the_hour_of_the_morning_is_ones_own_to_choose(
    stage: Stage, olga: Person, roads: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await roads.says("/reminders")
    await roads.sees("За вами сейчас 1: срок сегодня 1.", "Утренние напоминания приходят в 09:00 (час офиса).")
    await roads.presses("Сменить час")
    await roads.presses("07:30")
    await roads.sees("приходят в 07:30 (выбрали вы).")
    await roads.says("/reminders 23:00")
    await roads.sees("Напишите час с 06:00 до 12:00")
    await stage.office_time_is(MONDAY_NINE - timedelta(minutes=90))
    await roads.sees("На сегодня у вас 1: просрочено 1.")


async def test_the_ledger_says_what_was_said_and_what_is_late(
    stage: Stage, olga: Person, head: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await stage.office_time_is(MONDAY_NINE)
    await head.says("/ledger")
    await head.sees("Напоминания с", "Просрочено сейчас: 1.", "руководитель блока «Дороги, ЖКХ, благоустройство»")
    await olga.says("/ledger")
    await olga.sees("Журнал напоминаний читает тот, кто решает о рисках", "Что за вами: /reminders.")
