"""A risk from a forward to worked off, as the chat and the private talks show it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.people import Group, Person
from tests.support.stage import Stage

MONDAY = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""09:00 in Пестово."""


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def ivan(stage: Stage) -> Person:
    return stage.person("член проектного офиса 2")


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


async def filed(person: Person, chat: Group) -> None:
    await person.forwards("Нет воды на улице Мира третий день")
    await person.presses("Зарегистрировать")
    await chat.sees("ИР-1/26", "зарегистрирован")


async def on_card(person: Person, button: str, chat: Group) -> None:
    await person.presses(button, on=await chat.sees("ИР-1/26", "Зарегистрировал"))


async def verified(person: Person, chat: Group, outcome: str = "Подтвердился") -> None:
    await on_card(person, "Взять на проверку", chat)
    await on_card(person, outcome, chat)
    await person.says("Водоканал подтвердил аварию на водоводе")


async def answered(person: Person, chat: Group) -> None:
    await on_card(person, "Добавить ответ", chat)
    await person.says("Авария на водоводе по улице Мира устранена. Диспетчер: 8 (81669) 5-55-55.")
    await person.says("госпаблик администрации ВКонтакте; сайт администрации")


async def test_the_straight_way_from_a_forward_to_worked_off(
    stage: Stage, olga: Person, ivan: Person, head: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await verified(ivan, chat)
    await chat.sees("ИР-1/26", "готовится ответ", "Проверено: подтвердился")
    await on_card(ivan, "Меры", chat)
    await on_card(ivan, "Мера по плану", chat)
    await ivan.says("Подвоз воды на улицу Мира")
    await ivan.presses("руководитель МЦУ")
    await ivan.presses("сегодня")
    await answered(ivan, chat)
    await on_card(ivan, "Размещён", chat)
    await chat.sees("Отработка ИР-1/26", "Текст: Авария", "8 (81669) 5-55-55", "Площадки: госпаблик")
    await chat.sees("ИР-1/26", "следим за реакцией", "0 из 3")

    await on_card(olga, "Отработан", chat)
    await olga.sees("ИР-1/26 пока нельзя отметить отработанным. Не хватает: 2")
    await olga.presses("Добавить ссылку")
    await olga.says("https://vk.com/wall-2_9")
    await olga.presses("Страница органа")
    await olga.sees("ссылка на публикацию: записано")

    for days in (3, 4, 7):
        await stage.office_time_is(MONDAY + timedelta(days=days - 3, hours=8))
        await olga.sees("Пора посмотреть реакцию жителей: 1.")
        await olga.presses("Проверить ИР-1/26")
        await olga.presses("Реакции нет")
        await olga.presses("Не распространяется")
        await olga.presses("На месте")
        await olga.presses("Цифр не видно")
    await olga.sees("все условия выполнены")
    await olga.presses("Отработан")
    await chat.sees("ИР-1/26", "отработан", "Отработан по критериям")


async def test_a_refuted_risk_is_answered_by_an_explanation_and_needs_no_measures(
    olga: Person, ivan: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await verified(ivan, chat, "Не подтвердился")
    await answered(ivan, chat)
    await on_card(ivan, "Размещён", chat)
    await on_card(ivan, "Отработан", chat)
    await ivan.sees("Не хватает: 1", "✗ нет ссылки на публикацию")
    await ivan.presses("Добавить ссылку")
    await ivan.says("https://vk.com/wall-2_9")
    await ivan.presses("Страница органа")
    await olga.sees("все условия выполнены")
    await olga.presses("Отработан")
    await chat.sees("ИР-1/26", "отработан")


async def test_what_is_unclear_is_asked_of_a_position_and_answered_meanwhile_in_the_interim(
    olga: Person, ivan: Person, head: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await on_card(ivan, "Взять на проверку", chat)
    await on_card(ivan, "Уточняется", chat)
    await ivan.says("Водоканал пока не отвечает")
    await ivan.says("Когда восстановят подачу?")
    await ivan.presses("руководитель МЦУ")
    await ivan.says("завтра")
    await chat.sees("ИР-1/26", "уточняется", "Неизвестно: Когда восстановят подачу?", "руководитель МЦУ")
    await head.sees("ИР-1/26: от вас ждут ответ", "Когда восстановят подачу?")

    await on_card(ivan, "Промежуточный ответ", chat)
    await ivan.says("25.11")
    await ivan.says("Информация проверяется, ответим до 25.11.")
    await ivan.says("госпаблик администрации")
    await chat.sees("ИР-1/26", "Промежуточный ответ размещён: обещан ответ до ср 25.11")

    await head.presses("Ответить")
    await head.says("Сегодня к 18:00")
    await chat.sees("ИР-1/26", "уточняется")
    await on_card(ivan, "Подтвердился", chat)
    await ivan.says("Водоканал: авария, устранят сегодня")
    card = await chat.sees("ИР-1/26", "готовится ответ", "Проверено: подтвердился")
    assert "Неизвестно" not in card.text


async def test_of_two_who_press_at_once_the_first_verifies_and_the_second_is_told_who(
    olga: Person, ivan: Person, chat: Group
) -> None:
    await filed(olga, chat)
    card = await chat.sees("ИР-1/26")
    button = next(each["data"] for row in card.data["buttons"] for each in row if each["text"] == "Взять на проверку")
    await ivan.presses("Взять на проверку", on=card)
    answer = await olga.presses_data(button, on=card)
    assert "уже нажали" in answer["text"]
    assert "член проектного офиса 2" in answer["text"]
    await chat.sees("ИР-1/26", "Проверяет: член проектного офиса 2")


async def test_whoever_decides_closes_a_risk_with_a_reason_that_its_card_shows(
    olga: Person, ivan: Person, head: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await on_card(head, "Ещё", chat)
    refused = await ivan.presses("Закрыть решением", on=await chat.sees("ИР-1/26"))
    assert "не поручено" in refused["text"]
    await on_card(head, "Закрыть решением", chat)
    await head.says("Вопрос решён на планёрке")
    await chat.sees("ИР-1/26", "закрыт решением", "Причина: Вопрос решён на планёрке")
    await on_card(head, "Вернуть в работу", chat)
    await head.says("Жалобы продолжаются")
    await chat.sees("ИР-1/26", "зарегистрирован", "работа 2-й раз")


async def worked_off(stage: Stage, olga: Person, ivan: Person, chat: Group) -> None:
    await filed(olga, chat)
    await verified(ivan, chat, "Не подтвердился")
    await answered(ivan, chat)
    await on_card(ivan, "Размещён", chat)
    await on_card(ivan, "Добавить ссылку", chat)
    await ivan.says("https://vk.com/wall-2_9")
    await ivan.presses("Страница органа")
    await olga.presses("Отработан")
    await chat.sees("ИР-1/26", "отработан")
    await stage.office_time_is(MONDAY + timedelta(days=7))


async def test_a_mention_a_week_after_closure_brings_the_risk_back_with_cause_forecast_and_a_new_answer(
    stage: Stage, olga: Person, ivan: Person, chat: Group
) -> None:
    await worked_off(stage, olga, ivan, chat)
    await ivan.forwards("На улице Мира опять нет воды", post="pestovo_news/99")
    await ivan.sees("Похоже на ИР-1/26", "Нет воды на улице Мира")
    await ivan.presses("Это тот же риск")
    await ivan.sees("Упоминание добавлено к ИР-1/26")
    await chat.sees("ИР-1/26", "упоминаний: 2", "t.me/pestovo_news/99")
    await olga.presses("Вернуть в работу")
    await olga.says("Лопнула вторая труба")
    await olga.says("Жалобы будут до вечера")
    await chat.sees("ИР-1/26", "готовится ответ", "работа 2-й раз", "причина: Лопнула вторая труба")
    await answered(ivan, chat)
    await on_card(ivan, "Размещён", chat)
    await chat.sees("ИР-1/26", "следим за реакцией")
    await ivan.sees("ИР-1/26: готовится ответ")
    await olga.says("/history 1")
    await olga.sees("отработан по критериям", "возвращён в работу: Лопнула вторая труба")


async def test_two_risks_become_one_and_both_histories_stay(
    olga: Person, ivan: Person, head: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await ivan.says("/risk На Мира нет воды второй день", where=chat)
    await chat.sees("ИР-2/26", "Похоже на ИР-1/26")
    await head.presses("Ещё", on=await chat.sees("ИР-2/26"))
    await head.presses("Объединить с ИР-1/26", on=await chat.sees("ИР-2/26"))
    await chat.sees("ИР-2/26", "объединён с другим", "Объединён с ИР-1/26")
    await chat.sees("ИР-1/26", "зарегистрирован", "упоминаний: 2")
    await olga.says("/history 2")
    await olga.sees("ИР-2/26", "объединён с другим: ИР-1/26")


async def test_a_published_answer_is_changed_deliberately_and_reported_anew(
    olga: Person, ivan: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await verified(ivan, chat)
    await answered(ivan, chat)
    await on_card(ivan, "Размещён", chat)
    await on_card(ivan, "Ещё", chat)
    await on_card(ivan, "Исправить ответ", chat)
    await ivan.says("Подача воды восстановлена 23.11 в 14:00")
    await ivan.says("сайт администрации")
    await ivan.sees("Изменить уже размещённый ответ?")
    await chat.does_not_see("Подача воды восстановлена")
    await ivan.presses("Да, изменить")
    await chat.sees("Отработка ИР-1/26", "Подача воды восстановлена 23.11 в 14:00")


async def test_a_question_survives_a_restart_and_can_be_taken_back(
    stage: Stage, olga: Person, ivan: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await on_card(ivan, "Взять на проверку", chat)
    await on_card(ivan, "Уточняется", chat)
    await ivan.says("Пока неясно")
    await stage.restart_bot()
    await ivan.presses("Назад")
    await ivan.sees("На чём основан вывод?")
    await ivan.presses("Отмена")
    await ivan.sees("закрыто, ничего не записано")
    await chat.sees("ИР-1/26", "на проверке")


async def test_a_risk_is_found_by_its_words_among_ones_own_and_by_what_it_waits_for(
    olga: Person, ivan: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await olga.says("/find ВОДЫ мира")
    await olga.sees("Найдено: 1", "ИР-1/26 · зарегистрирован")
    await olga.says("/find газ")
    await olga.sees("Ничего не найдено")
    await olga.says("/mine")
    await olga.sees("За вами: 1", "ИР-1/26")
    await ivan.says("/mine")
    await ivan.sees("Открытых рисков за вами нет")
    await ivan.says("/risks")
    await ivan.presses("Реакция")
    await ivan.sees("Реакция: таких нет.")
    await ivan.presses("Проверка")
    await ivan.sees("Проверка: 1", "ИР-1/26")
    await ivan.presses("Блок")
    await ivan.presses("Социальная политика")
    await ivan.sees("Проверка · Социальная политика: таких нет.")


async def test_what_is_passed_to_the_regional_centre_is_a_text_to_copy_and_a_mark_in_the_history(
    olga: Person, ivan: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await on_card(ivan, "Ещё", chat)
    await on_card(ivan, "Передать в ЦУР", chat)
    await ivan.sees("Текст для ЦУР", "Суть: Нет воды на улице Мира", "t.me/pestovo_news/77")
    await ivan.says("/history 1")
    await ivan.sees("передан в ЦУР")
