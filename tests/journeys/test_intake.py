"""What is let in, once and in order, and what is kept of it."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.people import Group, Person
from tests.support.stage import Stage


@pytest.fixture
def olga(stage: Stage) -> Person:
    return stage.person("член проектного офиса 1")


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


def rows(stage: Stage, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(stage.database) as connection:
        found = connection.execute(query).fetchall()
    connection.close()
    return found


def kept_on_disk(stage: Stage, words: str) -> bool:
    """Whether the words stand in the database file or in its write-ahead log, in any of SQLite's encodings."""
    files = stage.database.parent.glob(f"{stage.database.name}*")
    escaped = words.encode("unicode_escape")
    return any(words.encode() in data or escaped in data for data in map(Path.read_bytes, files))


async def test_a_stranger_gets_one_polite_line_and_leaves_no_trace(stage: Stage) -> None:
    before = rows(stage, "select count(*) from inbox")
    await stage.stranger.says("Добрый вечер, у меня Зелёнка-Проверка нет воды")
    await stage.stranger.says("Ау, вы тут")
    await stage.stranger.sees("Здравствуйте. Этот бот работает для сотрудников МЦУ.")
    assert len(await stage.stranger.of_bot()) == 1
    assert rows(stage, "select count(*) from inbox") == before
    assert not kept_on_disk(stage, "Зелёнка-Проверка")
    assert not kept_on_disk(stage, str(stage.stranger.id))


async def test_a_strangers_press_is_answered_and_changes_nothing(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    await stage.control(f"chats/{chat.id}/members", user=stage.stranger.id, status="member", by=olga.id)
    answer = await stage.stranger.presses("Сменить блок", on=await chat.sees("ИР-1/26"))
    assert answer["answered"]
    assert "сотрудников" in answer["text"]
    assert "Сменить блок" in (await chat.sees("ИР-1/26")).buttons


async def test_chatter_of_the_group_is_not_kept_even_for_an_administrator_bot(
    stage: Stage, olga: Person, chat: Group
) -> None:
    before = rows(stage, "select count(*) from inbox")
    await olga.says("Коллеги, обедаем в Зелёнке-Проверке", where=chat)
    assert rows(stage, "select count(*) from inbox") == before
    assert not kept_on_disk(stage, "Зелёнке-Проверке")


async def test_an_update_delivered_twice_is_worked_once(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    [(update_id,)] = rows(stage, "select max(update_id) from inbox")
    await stage.control("updates/redeliver", update_id=update_id)
    await stage.rest()
    await chat.does_not_see("ИР-2/26")
    assert rows(stage, "select count(*) from risks") == [(1,)]


async def test_update_ids_that_jump_back_hide_nothing(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("/risk Первый риск", where=chat)
    await stage.control("update-ids", next=1000)
    await olga.says("/risk Второй риск", where=chat)
    await olga.says("/risk Третий риск", where=chat)
    await chat.sees("ИР-2/26", "Второй риск")
    await chat.sees("ИР-3/26", "Третий риск")


async def test_update_ids_that_jump_forward_hide_nothing(stage: Stage, olga: Person, chat: Group) -> None:
    await stage.control("update-ids", next=2_000_000_000)
    await olga.says("/risk Первый риск", where=chat)
    await chat.sees("ИР-1/26", "Первый риск")


async def test_a_poison_update_is_set_aside_with_a_number_and_the_lane_goes_on(stage: Stage, olga: Person) -> None:
    poison = {
        "message_id": 900,
        "date": int(stage.clock.unix()),
        "chat": {"id": olga.id, "type": "private"},
        "from": {"id": olga.id, "is_bot": False, "first_name": "Ольга"},
        "text": "звоните +7 921 555-01-23, Зелёнка",
        "entities": [{"type": "url", "offset": "нечисло", "length": 3}],
    }
    await stage.control("updates/raw", update={"message": poison})
    await stage.rest()
    told = await olga.sees("Номер для администратора")
    [(reference, payload)] = rows(stage, "select reference, payload from inbox where state = 'aside'")
    assert reference in told.text
    assert "555-01-23" not in payload
    await stage.person("ответственный за ИМ и ПОС").sees(reference)

    await olga.says("Нет света в парке")
    await olga.sees("Суть: Нет света в парке")


async def test_an_update_of_an_unknown_kind_is_passed_over(stage: Stage, olga: Person) -> None:
    await stage.control("updates/raw", update={"holographic_message": {"from": {"id": olga.id}}})
    await olga.says("Нет света в парке")
    await olga.sees("Суть: Нет света в парке")


async def test_a_forwarded_authors_name_is_never_on_disk(stage: Stage, olga: Person) -> None:
    await olga.forwards_from_person("Второй день без воды", name="Зоряна Выдумкина")
    await olga.sees("Суть: Второй день без воды")
    assert not kept_on_disk(stage, "Зоряна")
    await stage.stop_bot()
    assert not kept_on_disk(stage, "Зоряна")


async def test_a_residents_phone_is_hidden_and_leaves_the_disk_with_the_next_tick(
    stage: Stage, olga: Person, chat: Group
) -> None:
    await olga.says("Нет воды на Мира, звоните +7 921 555-01-23")
    await olga.sees("[номер скрыт]")
    await olga.presses("Зарегистрировать")
    await chat.sees("[номер скрыт]")
    await stage.office_time_is(stage.clock.now() + timedelta(minutes=1))
    assert not kept_on_disk(stage, "555-01-23")


async def test_a_service_number_is_shown_once_it_is_typed_as_one(olga: Person, chat: Group) -> None:
    await olga.says("Аварийная служба: 8 (81669) 5-55-01")
    await olga.presses("Изменить")
    await olga.presses("Это служебный номер")
    await olga.says("8 (81669) 5-55-01")
    await olga.presses("Зарегистрировать")
    await chat.sees("8 (81669) 5-55-01")


async def test_a_draft_is_resumed_after_a_restart(stage: Stage, olga: Person, chat: Group) -> None:
    await olga.says("Нет света в парке")
    await olga.presses("Изменить")
    await olga.presses("Суть")
    await stage.restart_bot()
    await olga.says("Нет света в парке и на набережной")
    await olga.sees("Суть: Нет света в парке и на набережной")
    await olga.presses("Зарегистрировать")
    await chat.sees("ИР-1/26", "и на набережной")


async def test_what_was_said_while_the_bot_was_down_is_worked_when_it_is_up(stage: Stage, olga: Person) -> None:
    await stage.stop_bot()
    await stage.control("messages", **{"as": olga.id, "chat": olga.id, "text": "Яма на Советской"})
    await stage.start_bot()
    await stage.rest()
    await olga.sees("Суть: Яма на Советской")


async def test_somebody_without_the_power_cannot_bind_a_chat(stage: Stage, olga: Person) -> None:
    other = await stage.control("chats", type="supergroup", title="Другой чат", members=[olga.id])
    await stage.control(f"chats/{other['id']}/members", user="bot", status="administrator", by=olga.id)
    group = Group(stage, other["id"])
    await olga.says("/bind", where=group)
    assert (await group.of_bot()) != []
    await olga.says("/risk Яма", where=stage.chat)
    await stage.chat.sees("ИР-1/26")


async def test_a_used_invitation_seats_nobody_else(stage: Stage, olga: Person) -> None:
    [used] = [m.text for m in await olga.messages() if m.text.startswith("/start i_")]
    await stage.stranger.says(used)
    answer = await stage.stranger.last()
    assert "приглашени" in answer.text.lower()
    assert rows(stage, f"select count(*) from people where address = '{stage.stranger.id}'") == [(0,)]


async def test_in_a_group_that_is_not_the_alert_chat_nothing_is_filed_or_told(
    stage: Stage, olga: Person, chat: Group
) -> None:
    await olga.says("/risk Яма на дороге", where=chat)
    made = await stage.control("chats", type="supergroup", title="Соседи", members=[olga.id, stage.stranger.id])
    neighbours = Group(stage, made["id"])
    await stage.control(f"chats/{neighbours.id}/members", user="bot", status="administrator", by=olga.id)
    for command in ("/risks", "/card 1", "/history 1", "/risk Нет света в парке"):
        await olga.says(command, where=neighbours)
        await neighbours.sees("Это не алерт-чат")
    await neighbours.does_not_see("Яма на дороге")
    assert rows(stage, "select count(*) from risks") == [(1,)]
