"""Somebody works in two offices: what they write goes where it is meant, and each office speaks under its own name."""

import pytest

from tests.support.people import Group, Person
from tests.support.second_office import FIRST, SECOND, SecondOffice, found_second_office
from tests.support.stage import Stage


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


@pytest.fixture
async def second(stage: Stage, olga: Person) -> SecondOffice:
    return await found_second_office(stage, head=stage.person("руководитель МЦУ"), member=olga)


async def test_a_form_asks_once_for_which_office_it_is_and_stays(second: SecondOffice, chat: Group) -> None:
    olga = second.member
    await olga.says("Нет света в парке")
    asked = await olga.sees(FIRST, "Для какого офиса?", "Сейчас суть: Нет света в парке")
    assert asked.buttons == [FIRST, SECOND, "Отмена"]
    await olga.presses(FIRST, on=asked)
    form = await olga.sees(FIRST, "Проверьте, прежде чем отправить")
    assert form.id == asked.id
    await olga.presses("Зарегистрировать", on=form)
    await chat.sees("ИР-1/26", "Нет света в парке")
    await second.chat.does_not_see("ИР-1/26")


async def test_a_form_moves_to_the_office_that_is_chosen(second: SecondOffice, chat: Group) -> None:
    olga = second.member
    await olga.says("Нет света в парке")
    asked = await olga.sees(FIRST, "Для какого офиса?")
    await olga.presses(SECOND, on=asked)
    assert "Черновик перенесён" in (await asked.now()).text
    form = await olga.sees(SECOND, "Проверьте, прежде чем отправить", "Нет света в парке")
    await olga.presses("Зарегистрировать", on=form)
    await second.chat.sees("ИР-1/26", "Нет света в парке")
    await chat.does_not_see("ИР-1/26")


async def test_a_form_without_a_gist_asks_for_it_in_the_chosen_office(second: SecondOffice) -> None:
    olga = second.member
    await olga.says("t.me/pestovo_news/77")
    asked = await olga.sees("Для какого офиса?")
    await olga.presses(SECOND, on=asked)
    await olga.sees(SECOND, "В чём суть, одной фразой?")
    await olga.says("Нет воды на Мира")
    await olga.sees(SECOND, "Суть: Нет воды на Мира")


async def test_typed_words_answer_the_office_that_asked_last(second: SecondOffice) -> None:
    olga = second.member
    await olga.says("Нет света в парке")
    await olga.presses(FIRST, on=await olga.sees("Для какого офиса?"))
    await olga.says("Яма на Советской")
    await olga.presses(SECOND, on=await olga.sees("Для какого офиса?", "Яма на Советской"))
    in_second = await olga.sees(SECOND, "Суть: Яма на Советской")
    in_first = await olga.sees(FIRST, "Суть: Нет света в парке")

    await olga.presses("Изменить", on=in_second)
    await olga.presses("Суть", on=in_second)
    await olga.presses("Изменить", on=in_first)
    await olga.presses("Суть", on=in_first)
    await olga.says("Нет света на набережной")
    await olga.sees(FIRST, "Суть: Нет света на набережной")
    await olga.says("Яма на Советской у школы")
    await olga.sees(SECOND, "Суть: Яма на Советской у школы")


async def test_an_edited_message_mends_the_form_wherever_it_went(stage: Stage, second: SecondOffice) -> None:
    olga = second.member
    sent = await olga.says("Нет света в парке")
    await olga.presses(SECOND, on=await olga.sees("Для какого офиса?"))
    await stage.control(f"messages/{olga.id}/{sent}/edit", **{"as": olga.id, "text": "Нет света в сквере"})
    await stage.rest()
    await olga.sees(SECOND, "Суть: Нет света в сквере")


async def test_a_forward_and_its_comment_are_one_form_with_one_question(second: SecondOffice) -> None:
    olga = second.member
    await olga.forwards("Второй день без воды", comment="проверьте")
    asking = [each for each in await olga.of_bot() if "Для какого офиса?" in each.text]
    assert len(asking) == 1


async def test_commands_go_to_the_office_whose_desk_they_sit_at(second: SecondOffice, chat: Group) -> None:
    olga = second.member
    await olga.says("/risk Яма на дороге", where=chat)
    await olga.says("/risk Нет врача в больнице", where=second.chat)

    await olga.says("/risks")
    await olga.sees(FIRST, "Открыто рисков: 1", "Яма на дороге")
    await olga.says("/office")
    await olga.presses(SECOND)
    await olga.sees(f"Теперь: {SECOND}")
    await olga.says("/risks")
    await olga.sees(SECOND, "Открыто рисков: 1", "Нет врача в больнице")

    await olga.says("/menu")
    menu = await olga.sees(SECOND, "Что нужно сделать?")
    await olga.presses("Сменить офис", on=menu)
    await olga.presses(FIRST, on=menu)
    await olga.says("/risks")
    await olga.sees(FIRST, "Яма на дороге")


async def test_in_an_alert_chat_the_chat_says_which_office(second: SecondOffice) -> None:
    await second.member.says("/risk Нет врача в больнице", where=second.chat)
    await second.chat.sees("ИР-1/26", "Нет врача в больнице")
    await second.chat.does_not_see("Для какого офиса?")
    await second.chat.does_not_see(FIRST)


async def test_a_person_of_one_office_never_reads_of_offices(stage: Stage, second: SecondOffice) -> None:
    ivan = stage.person("член проектного офиса 2")
    await ivan.says("Нет света в парке")
    form = await ivan.sees("Проверьте, прежде чем отправить")
    assert FIRST not in form.text
    await ivan.says("/menu")
    assert "Сменить офис" not in (await ivan.sees("Что нужно сделать?")).buttons
    await ivan.says("/office")
    await ivan.sees(f"Вы работаете в одном офисе: {FIRST}.")


async def test_telegram_offers_what_either_office_permits(stage: Stage, second: SecondOffice) -> None:
    answer = await stage.sandbox.get(f"/control/chats/{second.head.id}/commands", params={"as": second.head.id})
    assert {"invite", "risks", "settings"} <= {each["command"] for each in answer.json()["commands"]}
