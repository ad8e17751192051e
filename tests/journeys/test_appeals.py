"""Appeals as people meet them: a call registered, given to a block and answered; a press that awaits its export."""

from datetime import date, datetime

import pytest

from risk.appeal_cases import AppealCase, AppealHappening, change_of
from risk.appeals import Appeal, AppealSource, Regime
from risk.ids import AppealId, BlockKey, OfficeId
from risk.offices import OfficePlan
from risk.staging import Derivation
from risk.use_cases.appeal_keeping import keep_case
from storage.unit_of_work import Units
from tests.support.people import Group, Person
from tests.support.stage import Stage

TOPIC = "Ямы на дороге у школы"


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def roads(stage: Stage) -> Person:
    return stage.person("руководитель блока «Дороги, ЖКХ, благоустройство»")


@pytest.fixture
def officer(stage: Stage) -> Person:
    return stage.person("ответственный за ИМ и ПОС")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def imported(stage: Stage, *, block: str | None = "roads", number: str = "6100013") -> None:
    """An appeal of ПОС as an import leaves it, overdue on Friday 20.11."""
    told = Appeal(
        source=AppealSource.POS,
        number=number,
        regime=Regime.POS_ORDINARY,
        created_on=date(2026, 11, 9),
        group="Дороги",
        topic=TOPIC,
        planned_on=date(2026, 11, 17),
        step="Назначен исполнитель",
    )
    async with stage.opened_database() as database, Units(database=database).of(OfficeId(1))() as unit:
        now = datetime.fromisoformat("2026-11-20T05:00:00+00:00")
        case = await unit.appeals.add(_case(told, unit.office.plan, block))
        await keep_case(unit, case, change_of(case, AppealHappening.IMPORTED, now), now)
        await unit.commit()


def _case(told: Appeal, plan: OfficePlan, block: str | None) -> AppealCase:
    derived = Derivation(plan).of(told)
    given = None if block is None else BlockKey(block)
    return AppealCase(id=AppealId(0), appeal=told, state=derived.state, due_at=derived.due_at, block=given)


async def registered(person: Person, *, block: str = "Решит координатор") -> None:
    await person.says("/appeal")
    await person.sees("Новое обращение", "Как поступило обращение?")
    await person.presses("Звонок")
    await person.presses("Да, по 59-ФЗ")
    await person.says("Не ходит автобус до школы, звонить +7 921 555-01-23")
    await person.presses("Не указан")
    await person.presses(block)
    await person.presses("сегодня")


async def test_a_call_is_registered_given_to_a_block_and_answered(olga: Person, officer: Person, roads: Person) -> None:
    await registered(olga)
    shown = await olga.sees("О-1/26, зарегистрировано", "Блок не назначен")
    assert "555" not in shown.text
    await olga.presses("Открыть обращение")
    page = await olga.sees("О-1/26 · до", "Вид: обращение по 59-ФЗ", "Блок: без блока", "30 дней по 59-ФЗ")
    assert "Перенаправить можно до пт 27.11 (7 дней с регистрации, 59-ФЗ, ст. 8)" in page.text
    await officer.says("/appeal O-1/26")
    await officer.presses("Назначить блок")
    await officer.presses("Дороги")
    await officer.sees("О-1/26, записано: блок «Дороги, ЖКХ, благоустройство».")
    await roads.says("/appeals")
    await roads.presses("1", on=await roads.sees("Открытые: 1", "О-1/26"))
    await roads.presses("Ответ направлен")
    await roads.sees("О-1/26 · ответ дан")
    await roads.presses("История")
    await roads.sees("зарегистрировано · член проектного офиса 1", "ответ направлен · руководитель блока")
    await roads.says("/appeals")
    await roads.sees("Открытые: обращений нет.")


async def test_a_press_on_an_imported_appeal_awaits_the_export(stage: Stage, roads: Person) -> None:
    await imported(stage)
    await roads.says("/overdue")
    listed = await roads.sees("Просрочено: 1", "ПОС 6100013 · просрочено на 2 рабочих дня", "Выгрузок ещё не было.")
    await roads.presses("1", on=listed)
    await roads.presses("Ответ направлен")
    page = await roads.sees("ПОС 6100013 · ждём подтверждения выгрузкой")
    assert "Ответ направлен" not in page.buttons
    again = await roads.presses_data("px:1:1:answered", on=page)
    assert "состояние обращения изменилось" in again["text"]


async def test_what_is_not_of_the_block_comes_back_to_who_distributes(
    stage: Stage, roads: Person, officer: Person
) -> None:
    await imported(stage)
    await roads.says("/appeals 6100013")
    await roads.presses("Не относится к блоку")
    await roads.sees("Блок назначит тот, кто распределяет обращения.")
    await roads.says("Это дорога другого округа")
    await officer.sees("ПОС 6100013: блок ответил, что это не к нему. Назначьте блок.")
    await officer.presses("Открыть обращение")
    await officer.presses("Перенаправить в вышестоящую организацию")
    await officer.says("Министерство транспорта области")
    await officer.presses("Открыть обращение")
    await officer.sees("ПОС 6100013 · перенаправлено", "Перенаправлено пт 20.11: Министерство транспорта области")


async def test_lists_are_narrowed_and_one_finds_appeals_by_words(stage: Stage, olga: Person, chat: Group) -> None:
    await imported(stage)
    await imported(stage, block=None, number="6100026")
    await olga.says("/appeals")
    await olga.presses("Без блока")
    await olga.sees("Без блока: 1", "ПОС 6100026")
    await olga.presses("Все открытые")
    await olga.presses("Блок")
    await olga.presses("Дороги")
    await olga.sees("Открытые · Дороги", "ПОС 6100013")
    await olga.says("/find школы")
    await olga.sees("Обращений найдено: 2")
    await olga.says("/appeals 999")
    await olga.sees("Обращения с номером 999 нет.")
    await olga.says("/appeals", where=chat)
    await chat.sees("Отвечу в личных сообщениях")


async def test_a_form_can_be_gone_back_in_and_left(olga: Person) -> None:
    await olga.says("/appeal")
    await olga.presses("Личный приём")
    await olga.presses("Назад")
    await olga.presses("Письмо")
    await olga.presses("Нет")
    await olga.sees("— письмо", "— не по 59-ФЗ", "О чём обращение?")
    await olga.presses("Отмена")
    await olga.sees("Закрыто без записи: новое обращение.")
    await olga.says("/appeals")
    await olga.sees("Открытые: обращений нет.")
