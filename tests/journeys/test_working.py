"""A risk from a forward to worked off, as the chat and the private talks show it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.journeys.steps import answered, filed, on_card, placed, reads_checklist, verified
from tests.support.people import Group, Person, Shown
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
    await on_card(ivan, "Ответ размещён", chat)
    await chat.sees("Отработка ИР-1/26", "Текст: Авария", "8 (81669) 5-55-55", "Площадки: госпаблик")
    await chat.sees("ИР-1/26", "следим за реакцией", "0 из 3")

    await on_card(olga, "Отработан", chat)
    await olga.sees("ИР-1/26 пока нельзя отметить отработанным. Не хватает: 2")
    await olga.presses("Добавить ссылку")
    await olga.says("https://vk.com/wall-2_9")
    await olga.presses("Страница органа")
    await olga.sees("записано: ссылка на публикацию")

    for days in (3, 4, 7):
        await stage.office_time_is(MONDAY + timedelta(days=days - 3, hours=8))
        await olga.sees("На сегодня у вас 1", "ИР-1/26", "проверка реакции")
        await olga.presses("1")
        await olga.presses("Проверить реакцию")
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
    await on_card(ivan, "Ответ размещён", chat)
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


async def test_an_interim_answer_keeps_its_own_promise_on_the_card_until_the_final_one_is_placed(
    olga: Person, ivan: Person, chat: Group
) -> None:
    promised = "Промежуточный ответ размещён: обещан ответ до ср 25.11"
    await filed(olga, chat)
    await on_card(ivan, "Взять на проверку", chat)
    await on_card(ivan, "Уточняется", chat)
    await ivan.says("Водоканал пока не отвечает")
    await ivan.says("Когда восстановят подачу?")
    await ivan.presses("руководитель МЦУ")
    await ivan.presses("сегодня")
    await on_card(ivan, "Промежуточный ответ", chat)
    await ivan.presses("ср 25.11")
    await ivan.says("Информация проверяется, ответим до 25.11.")
    await ivan.says("госпаблик администрации")
    await chat.sees("ИР-1/26", "уточняется", "Проверить до: пт 20.11, 14:00", promised)

    await on_card(ivan, "Подтвердился", chat)
    await ivan.says("Водоканал: авария, устранят сегодня")
    await chat.sees("ИР-1/26", "готовится ответ", "Разместить ответ до: пн 23.11, 10:00", promised)

    await answered(ivan, chat)
    await placed(ivan, chat)
    card = await chat.sees("ИР-1/26", "следим за реакцией", "Ответ размещён: госпаблик администрации ВКонтакте")
    assert "обещан" not in card.text
    await on_card(ivan, "Подробнее", chat)
    await ivan.sees("Ответ: Авария на водоводе", "Промежуточный ответ, пт 20.11", "Информация проверяется")


@pytest.mark.parametrize("where", ["on the card", "each in a talk of their own"])
async def test_of_two_who_press_at_one_moment_the_first_verifies_and_the_second_is_told_who(
    olga: Person, ivan: Person, chat: Group, where: str
) -> None:
    await filed(olga, chat)
    both = (olga, ivan)
    shown = (
        [await chat.sees("ИР-1/26")] * 2 if where == "on the card" else [await reads_checklist(each) for each in both]
    )
    data = [button_data(each, "Взять на проверку") for each in shown]
    pressed = zip(both, data, shown, strict=True)
    answers = await asyncio.gather(*(each.presses_data(button, on=on) for each, button, on in pressed))

    card = await chat.sees("ИР-1/26", "на проверке")
    [told] = [answer["text"] for answer in answers if answer["text"]]
    first = next(number for number, answer in enumerate(answers, 1) if not answer["text"])
    assert f"Проверяет: член проектного офиса {first}" in card.text
    assert "уже нажали" in told
    assert f"член проектного офиса {first}" in told
    await olga.says("/history 1")
    history = await olga.sees("ИР-1/26 · история")
    assert history.text.count("взят на проверку") == 1


def button_data(message: Shown, title: str) -> str:
    buttons = [each for row in message.data["buttons"] for each in row]
    return next(str(each["data"]) for each in buttons if each["text"] == title)


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
    await on_card(ivan, "Ответ размещён", chat)
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
    await on_card(ivan, "Добавить ответ", chat)
    await ivan.says("Вторая труба заменена, вода пойдёт к 20:00")
    await ivan.says("сайт администрации")
    await placed(ivan, chat)
    await chat.sees("ИР-1/26", "следим за реакцией")
    await ivan.sees("ИР-1/26: готовится ответ")
    await on_card(olga, "Подробнее", chat)
    await olga.sees("Причина повторного распространения: Лопнула вторая труба", "Прогноз: Жалобы будут до вечера")
    await olga.sees("Ответ: Вторая труба заменена")

    reports = [each.text for each in await chat.of_bot() if each.text.startswith("Отработка ИР-1/26")]
    assert ["Вторая труба" in each for each in reports] == [False, True]
    assert "Авария на водоводе по улице Мира устранена" in reports[0]
    await olga.says("/history 1")
    history = await olga.sees("отработан по критериям", "возвращён в работу: Лопнула вторая труба")
    assert history.text.count("ответ размещён") == 2


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
    await on_card(ivan, "Ответ размещён", chat)
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
    await ivan.sees("закрыто без записи")
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


async def test_the_question_that_is_asked_stands_below_the_words_that_answered_the_one_before(
    olga: Person, ivan: Person, chat: Group
) -> None:
    """On a phone the last thing that one has written is all that is in sight."""
    await filed(olga, chat)
    await on_card(ivan, "Взять на проверку", chat)
    await on_card(ivan, "Уточняется", chat)
    for words, asked in (("Водоканал пока не отвечает", "Что неизвестно?"), ("Когда восстановят подачу?", "Кого")):
        written = await ivan.says(words)
        question = await ivan.last()
        assert question.id > written
        assert asked in question.text
    await ivan.presses("руководитель МЦУ")
    last_words = await ivan.says("завтра")
    done = await ivan.last()
    assert done.id > last_words
    assert "записано" in done.text
    await ivan.does_not_see("Что неизвестно?")


async def test_a_form_that_is_too_old_to_be_taken_away_holds_up_nothing(
    stage: Stage, olga: Person, ivan: Person, chat: Group
) -> None:
    await filed(olga, chat)
    await on_card(ivan, "Взять на проверку", chat)
    await on_card(ivan, "Уточняется", chat)
    await stage.control("faults", kind="400", method="deleteMessage", times=1)
    await ivan.says("Водоканал пока не отвечает")
    await ivan.says("Когда восстановят подачу?")
    await ivan.presses("руководитель МЦУ")
    await ivan.says("завтра")
    await ivan.sees("записано")
    await chat.sees("ИР-1/26", "уточняется", "Неизвестно: Когда восстановят подачу?")
