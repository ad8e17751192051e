"""The daily digest: at the office's hour, once, with its picture; late, folded, astray; each office in its own zone."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.presets.loading import load_preset
from risk.people import Address, MessengerKind, Place
from risk.use_cases.founding import found_office
from storage.directory import SqlDirectory
from storage.unit_of_work import Units
from tests.durability.disk import rows
from tests.support.exported import appeal, export_comes
from tests.support.people import Group, Person, Shown
from tests.support.stage import Stage

MOSCOW = ZoneInfo("Europe/Moscow")
MONDAY = "понедельник, 23\u00a0ноября"
TUESDAY = "вторник, 24\u00a0ноября"
WEDNESDAY = "среда, 25\u00a0ноября"
HEADING = "МЦУ Пестовского округа · "


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Of November 2026 in Moscow; Monday is the 23rd."""
    return datetime(2026, 11, day, hour, minute, tzinfo=MOSCOW)


@pytest.fixture
def chat(stage: Stage) -> Group:
    return stage.chat


@pytest.fixture
def head(stage: Stage) -> Person:
    return stage.person("руководитель МЦУ")


async def digests(chat: Group, day: str = MONDAY) -> list[Shown]:
    return [each for each in await chat.of_bot() if day in each.text and "по состоянию на" in each.text]


async def stops_until(stage: Stage, moment: datetime) -> None:
    """The bot is down meanwhile; once it is up again it does what became due."""
    await stage.stop_bot()
    [(ahead,)] = rows(stage.database, "select time_shift_seconds from about")
    stage.clock.leap(moment - stage.clock.now() - timedelta(seconds=ahead))
    await stage.start_bot()
    await stage.office_time_is(moment + timedelta(seconds=30))


async def plan_says(stage: Stage, path: str, value: Any) -> None:
    """Somebody loads another preset while the bot is down."""
    await stage.stop_bot()
    with closing(sqlite3.connect(stage.database)) as connection:
        said = (path, json.dumps(value))
        connection.execute("update offices set plan = json_set(plan, ?, json(?))", said)
        connection.commit()
    await stage.start_bot()


async def exported(stage: Stage, *days: date, made_at: datetime) -> None:
    """An export of ПОС with an appeal of each of these days, all long overdue."""
    async with stage.opened_database() as database:
        [office] = await SqlDirectory(database).offices()
        of = [appeal(str(number), created_on=day, planned_on=date(2026, 11, 19)) for number, day in enumerate(days)]
        await export_comes(Units(database=database).of(office.id), *of, made_at=made_at.astimezone(UTC))


async def test_on_a_working_day_the_digest_stands_in_the_chat_with_its_picture(stage: Stage, chat: Group) -> None:
    await stage.office_time_is(at(23, 8, 59))
    assert await digests(chat) == []
    await stage.office_time_is(at(23, 9, 1))
    digest, picture = (await chat.of_bot())[-2:]
    assert digest.text.startswith(f"{HEADING}{MONDAY} · по состоянию на 09:0")
    assert picture.data["media"]["kind"] == "photo"
    assert picture.data["reply_to"] == digest.id


async def test_nothing_at_all_is_said_in_a_line(stage: Stage, chat: Group) -> None:
    await stage.office_time_is(at(23, 9))
    [digest] = await digests(chat)
    assert digest.text.splitlines()[1:] == ["Новых рисков нет. Открытых рисков нет.", "Выгрузок ещё не было."]


async def test_whatever_restarts_there_are_it_stands_there_once(stage: Stage, chat: Group) -> None:
    await stage.office_time_is(at(23, 9))
    for minute in (1, 2, 3):
        await stage.restart_bot()
        await stage.office_time_is(at(23, 9, minute))
    assert len(await digests(chat)) == 1
    await stage.stop_bot()
    of_monday = "from digests where day = '2026-11-23'"
    assert rows(stage.database, f"select count(*) {of_monday}") == [(1,)]
    planned = "select count(*), state from outbox where once = 'digest daily 2026-11-23' group by state"
    assert rows(stage.database, planned) == [(1, "sent")]
    assert rows(stage.database, f"select count(*) from papers where digest in (select id {of_monday})") == [(1,)]


async def test_on_a_day_off_there_is_none_and_monday_covers_the_weekend(stage: Stage, chat: Group) -> None:
    await stage.office_time_is(at(21, 9))
    await stage.person("член проектного офиса 1").says("/risk Нет воды на улице Мира", where=chat)
    await stage.office_time_is(at(22, 9))
    assert await digests(chat, "суббота") == await digests(chat, "воскресенье") == []
    await stage.office_time_is(at(23, 9))
    [digest] = await digests(chat)
    assert "Риски: открыто 1" in digest.text
    assert "За пт–вс: новых 1" in digest.text
    assert "ИР-1/26 · проверка" in digest.text


async def test_an_hour_late_it_is_posted_and_says_so(stage: Stage, chat: Group) -> None:
    await stops_until(stage, at(23, 10, 5))
    [digest] = await digests(chat)
    assert "по состоянию на 10:05" in digest.text
    assert "Позже обычного: обычно он приходит в 09:00." in digest.text


async def test_a_day_later_it_is_folded_into_the_next_which_names_the_day(stage: Stage, chat: Group) -> None:
    await stage.office_time_is(at(23, 9))
    await stops_until(stage, at(24, 12, 1))
    assert await digests(chat, TUESDAY) == []
    await stage.office_time_is(at(25, 9))
    [digest] = await digests(chat, WEDNESDAY)
    assert "Дайджеста не было: вт 24.11. Эти дни вошли в сегодняшний." in digest.text
    assert "Позже обычного" not in digest.text


async def test_three_offices_in_three_zones_have_it_each_at_its_own_nine(stage: Stage, chat: Group) -> None:
    zones = ("Asia/Yekaterinburg", "Europe/Kaliningrad")
    chats = [await _office_in(stage, zone) for zone in zones]
    hours = {chat.id: 9, chats[0].id: 7, chats[1].id: 10}
    """By the clock of Moscow."""
    for hour in (6, 7, 8, 9, 10, 11):
        await stage.office_time_is(at(23, hour, 1))
        for each in (chat, *chats):
            said = await digests(each)
            assert len(said) == (1 if hour >= hours[each.id] else 0)
            assert all("по состоянию на 09:0" in digest.text for digest in said)
    titles = [[digest.text.split(" · ")[0] for digest in await digests(each)] for each in (chat, *chats)]
    assert titles == [["МЦУ Пестовского округа"], *([f"МЦУ {zone}"] for zone in zones)]


async def test_appeals_are_told_with_the_dates_of_their_exports(stage: Stage, chat: Group) -> None:
    await stage.stop_bot()
    days = [date(2026, 11, day) for day in (13, 16, 18, 20, 21, 22)]
    await exported(stage, *days, made_at=at(23, 8, 10))
    await stage.start_bot()
    await stage.office_time_is(at(23, 9))
    [digest] = await digests(chat)
    assert "Обращения: открыто 6, просрочено 6, отложено 0" in digest.text
    assert "За пт–вс: новых 3 (в среднем 0,4 в день)" in digest.text
    assert "Данные: ПОС на пн 23.11, 08:10" in digest.text
    assert "ждём свежую" not in digest.text


async def test_a_vacancy_is_named(stage: Stage, chat: Group, head: Person) -> None:
    await head.says("/dismiss")
    await head.presses("Рощина Г. Н.")
    await head.presses("Освободить")
    await stage.office_time_is(at(23, 9))
    [digest] = await digests(chat)
    assert "Не занято: руководитель блока «Сельские территории»" in digest.text


async def test_lateness_kept_from_the_chat_comes_to_the_head_and_to_no_member(
    stage: Stage, chat: Group, head: Person
) -> None:
    await plan_says(stage, "$.reports.lateness_told", "private")
    olga = stage.person("член проектного офиса 1")
    await olga.says("/risk Яма на дороге у школы", where=chat)
    await stage.office_time_is(at(23, 9))
    await chat.does_not_see("Просрочено по блокам")
    await head.sees(MONDAY, "Просрочено по блокам", "рисков 1")
    await olga.does_not_see("Просрочено по блокам")
    await head.says("/digest")
    assert "Просрочено по блокам" in (await head.last()).text
    await olga.says("/digest")
    assert "Просрочено по блокам" not in (await olga.last()).text


async def test_before_its_hour_whoever_asks_sees_it_as_it_would_be_and_after_it_as_it_was(
    stage: Stage, chat: Group
) -> None:
    olga = stage.person("член проектного офиса 1")
    await stage.office_time_is(at(23, 8))
    await olga.says("/digest")
    preview = await olga.last()
    assert preview.text.endswith("Это предпросмотр: в алерт-чат дайджест придёт пн 23.11, 09:00.")
    assert "Страница для планёрки" not in preview.buttons
    await stage.office_time_is(at(23, 9))
    await olga.says("/risk Яма на дороге", where=chat)
    await olga.says("/digest")
    [posted] = await digests(chat)
    assert (await olga.last()).text == posted.text


async def test_the_command_in_the_chat_is_answered_with_where_to_ask(stage: Stage, chat: Group) -> None:
    await stage.person("член проектного офиса 1").says("/digest", where=chat)
    assert "в личных сообщениях" in (await chat.last()).text


async def test_the_page_is_asked_for_under_the_digest_and_comes_in_private(stage: Stage, chat: Group) -> None:
    olga = stage.person("член проектного офиса 1")
    await stage.office_time_is(at(23, 9))
    [digest] = await digests(chat)
    answer = await olga.presses("Страница для планёрки", on=digest)
    assert answer["text"] == "Готовлю страницу. Она придёт вам в личный чат с ботом."
    await stage.stop_bot()
    asked = f"select address, digest is not null from papers where kind = 'digest_page' and address = '{olga.id}'"
    assert rows(stage.database, asked) == [(str(olga.id), 1)]


async def test_when_nobody_knows_whether_it_arrived_the_head_may_send_it_again_once(
    stage: Stage, chat: Group, head: Person
) -> None:
    """The connection breaks after Telegram has taken it: it stands there, and the bot cannot know."""
    await stage.control("faults", kind="drop_after", method="sendMessage", chat=chat.id, times=1)
    await stage.office_time_is(at(23, 9))
    await stage.office_time_is(at(23, 9, 1))
    assert len(await digests(chat)) == 1
    question = await head.sees("Дайджест мог не дойти", MONDAY)
    assert question.buttons == ["Отправить ещё раз"]
    assert (await head.presses("Отправить ещё раз", on=question))["text"] == "Дайджест отправлен в алерт-чат ещё раз."
    twice = await head.presses("Отправить ещё раз", on=question)
    assert twice["text"] == "Дайджест уже отправлен ещё раз, посмотрите в алерт-чате."
    first, again = await digests(chat)
    assert first.text == again.text


async def test_when_the_chat_refuses_it_the_head_reads_why(stage: Stage, chat: Group, head: Person) -> None:
    await stage.control("faults", kind="403", method="sendMessage", chat=chat.id, times=1)
    await stage.office_time_is(at(23, 9))
    await stage.office_time_is(at(23, 9, 1))
    assert await digests(chat) == []
    question = await head.sees("Дайджест не принят алерт-чатом", "писать в нём боту запрещено")
    await head.presses("Отправить ещё раз", on=question)
    assert len(await digests(chat)) == 1


async def test_the_next_day_it_is_sent_again_no_more(stage: Stage, chat: Group, head: Person) -> None:
    await stage.control("faults", kind="403", method="sendMessage", chat=chat.id, times=1)
    await stage.office_time_is(at(23, 9))
    await stage.office_time_is(at(23, 9, 1))
    question = await head.sees("Дайджест не принят алерт-чатом")
    await stage.office_time_is(at(24, 9))
    answer = await head.presses("Отправить ещё раз", on=question)
    assert answer["text"].startswith("Этот дайджест уже не сегодняшний.")
    assert await digests(chat) == []
    [folded] = await digests(chat, TUESDAY)
    assert "Дайджеста не было: пн 23.11." in folded.text


async def test_nobody_else_can_send_it_again(stage: Stage, chat: Group, head: Person) -> None:
    await stage.control("faults", kind="403", method="sendMessage", chat=chat.id, times=1)
    await stage.office_time_is(at(23, 9))
    await stage.office_time_is(at(23, 9, 1))
    heard = [
        person for person in _people(stage) if any("Дайджест не принят" in each.text for each in await person.of_bot())
    ]
    assert [person.id for person in heard] == [head.id]


def _people(stage: Stage) -> Sequence[Person]:
    return [stage.person(title) for title in stage.office.people]


async def _office_in(stage: Stage, zone: str) -> Group:
    """An office nobody has come to yet, whose alert chat is bound."""
    made = await stage.control("chats", type="supergroup", title=zone, members=[_people(stage)[0].id, "bot"])
    await stage.rest()
    await stage.stop_bot()
    plan = load_preset("pestovo")
    calendar = replace(plan.calendar, zone=zone)
    founded = replace(plan, key=zone.lower().replace("/", "_"), title=f"МЦУ {zone}", calendar=calendar)
    async with stage.opened_database() as database:
        office = await found_office(founded, registry=SqlDirectory(database), now=stage.clock.now())
        async with Units(database=database).of(office)() as unit:
            place = Place(address=Address(messenger=MessengerKind.TELEGRAM, value=str(made["id"])))
            await unit.chats.bind_alert_chat(place, stage.clock.now())
            await unit.commit()
    await stage.start_bot()
    return Group(stage, made["id"])
