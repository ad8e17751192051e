"""Who is at the door: strangers in the chat, commands under no name, groups that nobody binds, people out of reach."""

import sqlite3
from datetime import timedelta
from typing import Any

import pytest

from tests.support.people import Group, Person, Shown
from tests.support.stage import Stage

NEXT_MORNING = timedelta(days=3)
"""From Friday to Monday."""


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


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


async def comes_in(stage: Stage, person: Person, chat: Group) -> None:
    await stage.control(f"chats/{chat.id}/members", user=person.id, status="member")
    await stage.rest()


async def told_of_strangers(head: Person) -> list[str]:
    return [message.text for message in await head.of_bot() if "не из списка офиса" in message.text]


async def test_a_stranger_who_comes_in_is_told_of_at_once_by_count_alone(
    stage: Stage, head: Person, chat: Group
) -> None:
    await comes_in(stage, stage.stranger, chat)
    [told] = await told_of_strangers(head)
    assert told == (
        "В алерт-чате 1 участник не из списка офиса (это могут быть и боты). Кто они, бот не узнаёт и не хранит.\n"
        "Проверьте состав чата или пригласите их: /invite."
    )
    assert rows(stage, f"select count(*) from inbox where payload like '%{stage.stranger.id}%'") == [(0,)]
    assert rows(stage, f"select count(*) from people where address = '{stage.stranger.id}'") == [(0,)]


async def test_strangers_are_told_of_once_a_day_and_on_working_days_alone(
    stage: Stage, head: Person, chat: Group
) -> None:
    await comes_in(stage, stage.stranger, chat)
    await stage.stranger.says("Добрый день", where=chat)
    await stage.office_time_is(stage.clock.now() + timedelta(hours=3))
    assert len(await told_of_strangers(head)) == 1
    await stage.office_time_is(stage.clock.now() + timedelta(days=1))
    assert len(await told_of_strangers(head)) == 1
    await stage.office_time_is(stage.clock.now() + NEXT_MORNING)
    assert len(await told_of_strangers(head)) == 2


async def test_a_chat_of_the_listed_alone_is_told_of_to_nobody(stage: Stage, head: Person, olga: Person) -> None:
    await olga.says("Обедаем", where=stage.chat)
    await stage.office_time_is(stage.clock.now() + NEXT_MORNING)
    assert await told_of_strangers(head) == []


async def test_telegram_that_does_not_count_is_asked_again(stage: Stage, head: Person, chat: Group) -> None:
    await stage.control("faults", kind="502", method="getChatMemberCount", times=1)
    await comes_in(stage, stage.stranger, chat)
    assert await told_of_strangers(head) == []
    await stage.office_time_is(stage.clock.now() + timedelta(minutes=30))
    assert len(await told_of_strangers(head)) == 1


@pytest.fixture
async def hidden(stage: Stage, head: Person, chat: Group) -> Person:
    """The head, who may write there in the name of the group."""
    await stage.control(f"chats/{chat.id}/members", user=head.id, status="administrator", rights={"is_anonymous": True})
    return head


async def asked_who(chat: Group) -> Shown:
    return await chat.sees("Команда пришла не от имени человека")


async def test_an_anonymous_administrator_files_by_showing_who_they_are(
    stage: Stage, hidden: Person, olga: Person, chat: Group
) -> None:
    await hidden.says("/risk Яма на дороге", where=chat, anonymous=True)
    asked = await asked_who(chat)
    assert asked.buttons == ["Это я"]
    await hidden.presses("Это я", on=asked)
    await chat.sees("ИР-1/26", "Яма на дороге", "Зарегистрировал: руководитель МЦУ")
    assert (await asked.now()).buttons == []

    await olga.presses_data("me:0:risk", on=asked)
    assert rows(stage, "select count(*) from risks") == [(1,)]


async def test_an_anonymous_administrator_binds_a_chat_if_they_may(stage: Stage, head: Person, olga: Person) -> None:
    made = await stage.control("chats", type="supergroup", title="Новый", members=[head.id, olga.id, "bot"])
    another = Group(stage, made["id"])
    await head.says("/bind", where=another, anonymous=True)
    asked = await asked_who(another)
    refused = await olga.presses("Это я", on=asked)
    assert "не поручено выбирать алерт-чат" in refused["text"]
    await head.presses("Это я", on=asked)
    await another.sees("Теперь это алерт-чат")
    assert (await asked.now()).buttons == []


async def test_other_commands_under_no_name_are_sent_to_private(hidden: Person, chat: Group) -> None:
    await hidden.says("/risks", where=chat, anonymous=True)
    answer = await hidden.presses("Это я", on=await asked_who(chat))
    assert answer["text"] == "Напишите мне в личные сообщения: /risks"


async def test_a_stranger_who_presses_it_is_refused(stage: Stage, hidden: Person, chat: Group) -> None:
    await comes_in(stage, stage.stranger, chat)
    await hidden.says("/risk Яма на дороге", where=chat, anonymous=True)
    answer = await stage.stranger.presses("Это я", on=await asked_who(chat))
    assert "сотрудников" in answer["text"]
    assert rows(stage, "select count(*) from risks") == [(0,)]


async def test_the_words_of_a_bare_command_under_no_name_are_asked_for(hidden: Person, chat: Group) -> None:
    await hidden.says("/risk", where=chat, anonymous=True)
    answer = await hidden.presses("Это я", on=await asked_who(chat))
    assert "Здесь нет ни слов, ни ссылки" in answer["text"]


async def bot_is_in(stage: Stage, chat: Group) -> bool:
    answer = await stage.sandbox.get("/control/state")
    made = next(each for each in answer.json()["chats"] if each["id"] == chat.id)
    inside = {each["id"]: each["status"] for each in made["members"]}
    return inside.get(stage.world.bot.id) in {"member", "administrator"}


async def neighbours(stage: Stage) -> Group:
    """A stranger puts the bot into a group of their own."""
    made = await stage.control("chats", type="supergroup", title="Соседи", members=[stage.stranger.id, "bot"])
    await stage.rest()
    return Group(stage, made["id"])


async def test_a_group_that_nobody_binds_is_greeted_once_and_left_after_a_day(stage: Stage) -> None:
    group = await neighbours(stage)
    await group.sees("Чтобы сделать эту группу алерт-чатом, руководитель пишет /bind")
    await stage.control(f"chats/{group.id}/members", user="bot", status="administrator")
    await stage.rest()
    assert len(await group.of_bot()) == 1

    await stage.office_time_is(stage.clock.now() + timedelta(hours=23))
    assert await bot_is_in(stage, group)
    await stage.office_time_is(stage.clock.now() + timedelta(hours=25))
    assert not await bot_is_in(stage, group)
    assert rows(stage, "select count(*) from groups") == [(0,)]


async def test_nothing_is_kept_of_whoever_put_the_bot_into_a_group(stage: Stage) -> None:
    await stage.stop_bot()
    made = await stage.control("chats", type="supergroup", title="Соседи", members=[stage.stranger.id, "bot"])
    await stage.start_bot()
    await stage.rest()
    assert rows(stage, "select count(*) from groups") == [(1,)]
    files = stage.database.parent.glob(f"{stage.database.name}*")
    assert not any(str(stage.stranger.id).encode() in each.read_bytes() for each in files)
    assert str(made["id"]) in str(rows(stage, "select address from groups"))


async def test_a_group_that_is_bound_in_time_is_kept(stage: Stage, head: Person, olga: Person) -> None:
    made = await stage.control("chats", type="supergroup", title="Новый", members=[head.id, olga.id, "bot"])
    another = Group(stage, made["id"])
    await head.says("/bind", where=another)
    await stage.office_time_is(stage.clock.now() + timedelta(hours=30))
    assert await bot_is_in(stage, another)


async def test_the_former_alert_chat_is_left_a_day_after_another_was_bound(
    stage: Stage, head: Person, olga: Person, chat: Group
) -> None:
    made = await stage.control("chats", type="supergroup", title="Новый", members=[head.id, olga.id, "bot"])
    await head.says("/bind", where=Group(stage, made["id"]))
    await stage.office_time_is(stage.clock.now() + timedelta(hours=25))
    assert not await bot_is_in(stage, chat)


async def test_a_group_that_moved_is_left_under_its_new_address(stage: Stage) -> None:
    made = await stage.control("chats", type="group", title="Соседи", members=[stage.stranger.id, "bot"])
    await stage.rest()
    moved = await stage.control(f"chats/{made['id']}/migrate")
    for hours in (25, 26):
        await stage.office_time_is(stage.clock.now() + timedelta(hours=hours))
    assert not await bot_is_in(stage, Group(stage, moved["id"]))


async def test_a_group_that_cannot_be_left_now_is_left_later(stage: Stage) -> None:
    group = await neighbours(stage)
    await stage.control("faults", kind="502", method="leaveChat", times=3)
    await stage.office_time_is(stage.clock.now() + timedelta(hours=25))
    assert await bot_is_in(stage, group)
    [(retry_at,)] = rows(stage, "select retry_at from groups")
    assert retry_at is not None


async def test_a_person_who_blocked_the_bot_is_noted_until_they_write_again(stage: Stage, olga: Person) -> None:
    noted = f"select unreachable_since is not null from people where address = '{olga.id}'"
    await olga.says("Нет света в парке")
    await stage.control(f"people/{olga.id}/block", blocked=True)
    await olga.says("/card 1", where=stage.chat)
    assert rows(stage, noted) == [(0,)]

    form = await olga.sees("Суть: Нет света в парке")
    await stage.control(f"messages/{olga.id}/{form.id}/delete")
    await stage.office_time_is(stage.clock.now() + timedelta(days=4))
    assert rows(stage, noted) == [(1,)]

    await stage.control(f"people/{olga.id}/block", blocked=False)
    await olga.says("/risks")
    assert rows(stage, noted) == [(0,)]


@pytest.mark.parametrize("kind", ["voice", "video_note", "sticker"])
async def test_what_has_no_words_is_answered_in_private_and_as_a_reply_in_the_chat(
    stage: Stage, olga: Person, chat: Group, kind: str
) -> None:
    spoken: dict[str, Any] = {kind: True}
    await olga.sends(**spoken)
    await olga.sees("Пришлите, пожалуйста, текстом или фото.")

    await olga.says("/risk t.me/pestovo_news/77", where=chat)
    question = await chat.sees("В чём суть")
    await olga.sends(where=chat, reply_to=question.id, **spoken)
    await chat.sees("Пришлите, пожалуйста, текстом или фото.")
    await olga.replies(question, "Нет воды на Мира")
    await chat.sees("ИР-1/26", "Нет воды на Мира")


async def test_a_voice_message_to_colleagues_is_not_answered(olga: Person, chat: Group) -> None:
    before = len(await chat.of_bot())
    await olga.sends(where=chat, voice=True)
    assert len(await chat.of_bot()) == before
