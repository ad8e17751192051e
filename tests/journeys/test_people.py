"""People come by links, are confirmed, leave, and hand their work over; all from the chat."""

from datetime import timedelta
from typing import Final

import pytest

from tests.journeys.doors import enters, link_for, newest_link
from tests.support.clocks import FRIDAY_MORNING
from tests.support.people import Group, Person
from tests.support.stage import Stage

ROADS: Final = "руководитель блока «Дороги, ЖКХ, благоустройство»"
OLGA: Final = "член проектного офиса 1"


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


@pytest.fixture
async def anna(stage: Stage) -> Person:
    """Somebody new in town."""
    return await stage.newcomer("Анна")


async def is_member(stage: Stage, person: Person) -> bool:
    answer = await stage.sandbox.get("/control/state")
    chat = next(each for each in answer.json()["chats"] if each["id"] == stage.chat.id)
    return any(each["id"] == person.id and each["status"] not in {"left", "kicked"} for each in chat["members"])


async def test_a_newcomer_enters_by_the_link_under_a_name_that_the_head_confirms(
    head: Person, anna: Person, stage: Stage
) -> None:
    await enters(anna, await link_for(head, "+ член проектного офиса"))
    await anna.says("/risks")
    await anna.does_not_see("Открытых рисков нет")

    question = await head.sees("Это действительно Новикова А. А.?")
    await head.presses("Да, это так", on=question)

    await anna.sees("Ваша должность: член проектного офиса 3")
    await anna.says("/risks")
    await anna.sees("Открытых рисков нет")
    await head.says("/people")
    await head.sees("член проектного офиса 3 — Новикова А. А.")


async def test_somebody_whom_the_head_does_not_know_gets_nothing(head: Person, anna: Person) -> None:
    await enters(anna, await link_for(head, "+ член проектного офиса"), "Неизвестный Ю. Ю.")
    await head.presses("Нет")
    await anna.sees("Вход не подтверждён")
    await anna.says("/risks")
    await anna.does_not_see("Открытых рисков нет")
    await head.says("/people")
    await head.sees("член проектного офиса 3 — не занята")


async def test_a_wrong_link_is_refused(anna: Person) -> None:
    await anna.says("/start i_0000")
    await anna.sees("Приглашение не найдено")


async def test_an_expired_link_is_refused(head: Person, anna: Person, stage: Stage) -> None:
    link = await link_for(head, "+ член проектного офиса")
    await stage.office_time_is(FRIDAY_MORNING + timedelta(days=8))
    await anna.says(link)
    await anna.sees("Срок приглашения прошёл")
    await head.says("/people")
    await head.sees("приглашение истекло")


async def test_a_link_opened_by_somebody_else_too_lets_one_of_them_in(head: Person, anna: Person, stage: Stage) -> None:
    link = await link_for(head, "+ член проектного офиса")
    await enters(anna, link)
    await stage.stranger.says(link)
    await stage.stranger.sees("уже использовано")


async def test_who_has_not_come_yet_is_shown_to_the_head(head: Person) -> None:
    await link_for(head, "+ член проектного офиса")
    await head.says("/people")
    await head.sees("Не подключились по приглашению: 1", "член проектного офиса 3 — не занята; приглашение до")


async def test_a_dismissed_member_loses_everything_in_that_second(head: Person, stage: Stage) -> None:
    olga = stage.person(OLGA)
    await olga.says("На Советской яма")
    form = await olga.sees("Проверьте, прежде чем отправить")

    await head.says("/dismiss")
    await head.presses("Соколова О. П.")
    await head.sees("Освободить должность", "Соколова О. П.", "Доступ закроется сразу")
    await head.presses("Освободить")

    await olga.sees("За вами больше нет должности", "Доступ к боту закрыт")
    assert (await form.now()).buttons == []
    assert "Советской" not in (await form.now()).text
    await olga.says("/risks")
    await olga.does_not_see("Открытых рисков нет")
    assert not await is_member(stage, olga)
    await head.says("/people")
    await head.sees(f"{OLGA} — не занята")


async def test_when_the_bot_may_not_remove_the_head_is_told(head: Person, stage: Stage) -> None:
    rights = {"user": "bot", "status": "member", "by": head.id}
    await stage.control(f"chats/{stage.chat.id}/members", **rights)
    await head.says("/dismiss")
    await head.presses("Соколова О. П.")
    await head.presses("Освободить")
    await head.sees("Соколова О. П.: удалить из алерт-чата не получилось")
    assert await is_member(stage, stage.person(OLGA))


async def test_a_successor_gets_the_work_in_private(head: Person, stage: Stage) -> None:
    await stage.person(OLGA).says("/risk Яма на дороге у моста", where=stage.chat)
    await head.says("/transfer")
    await head.presses("Дёмин Р. О.")
    await head.sees("Кому передать должность", "Открытых рисков: 1")
    await head.presses("Лагутин Д. С.")
    await head.presses("Передать")
    await stage.person("ответственный за ИМ и ПОС").sees(
        f"Ваша должность: {ROADS}", "За этой должностью сейчас открытых рисков: 1", "ИР-1/26"
    )
    await stage.person(ROADS).sees("За вами больше нет должности")
    await head.says("/people")
    await head.sees(f"{ROADS} — Лагутин Д. С.")


async def test_a_new_person_succeeds_by_invitation_and_the_former_stays_until_then(
    head: Person, anna: Person, stage: Stage
) -> None:
    former = stage.person(ROADS)
    await head.says("/transfer")
    await head.presses("Дёмин Р. О.")
    await head.presses("Новый сотрудник")
    await enters(anna, await newest_link(head))
    await former.says("/risks")
    await former.sees("Открытых рисков нет")
    await head.presses("Да, это так")
    await anna.sees(f"Ваша должность: {ROADS}")
    await former.sees("За вами больше нет должности")


async def test_who_may_not_invite_is_refused_and_the_chat_hears_nothing_of_people(stage: Stage) -> None:
    olga = stage.person(OLGA)
    for command in ("/invite", "/dismiss", "/transfer"):
        await olga.says(command)
        await olga.sees("Вашей должности не поручено")
    await olga.says("/people", where=stage.chat)
    await stage.chat.sees("Отвечу в личных сообщениях")
    await olga.says("/people")
    assert (await olga.sees("МЦУ Пестовского округа · люди")).buttons == []


async def test_in_a_group_that_is_not_the_alert_chat_nothing_is_said_of_people(stage: Stage) -> None:
    olga = stage.person(OLGA)
    made = await stage.control("chats", type="supergroup", title="Соседи", members=[olga.id])
    await stage.control(f"chats/{made['id']}/members", user="bot", status="member")
    await stage.rest()
    group = Group(stage, made["id"])
    await olga.says("/people", where=group)
    assert (await group.last()).text.startswith("Это не алерт-чат вашего офиса")
