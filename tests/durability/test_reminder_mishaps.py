"""Reminders while Telegram is ill, asks to wait or refuses somebody, and after days in which the bot did not run."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from tests.durability.disk import rows
from tests.durability.outages import (
    HEADINGS,
    each_is_refused_again,
    is_reminder,
    refusals,
    telegram_takes_all_again,
    telegram_takes_nothing,
    tick,
)
from tests.durability.theatre import Theatre
from tests.support.clocks import FRIDAY_MORNING, StoryClock
from tests.support.people import Chat, Person
from tests.support.stage import Stage, on_stage

FRIDAY_NOON: Final = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
"""Some minutes after 12:00 in Пестово: two hours before the inner deadline of what was filed at 10:00."""
MONDAY_NINE: Final = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
TUESDAY_NINE: Final = MONDAY_NINE + timedelta(days=1)
HOUR: Final = timedelta(hours=1)
SHORT_LEAP: Final = timedelta(minutes=5, seconds=1)
"""Longer than the courier's longest pause: after each leap everything is due again."""

ROADS: Final = "руководитель блока «Дороги, ЖКХ, благоустройство»"
SOCIAL: Final = "руководитель блока «Социальная политика»"
OFFICER: Final = "ответственный за ИМ и ПОС"
OF_ROADS: Final = ("Яма на дороге", "Не горит фонарь на улице Новой", "Протечка на крыше подъезда")
OF_SOCIAL: Final = "Нет талонов к врачу"

ASTRAY: Final = "больше часа без исхода"
UNREACHABLE: Final = "Бот не может написать сотруднику"
BETWEEN_TRIES: Final = 1.0
"""Seconds that the storm asks to wait."""


@pytest.fixture
def clock() -> StoryClock:
    return StoryClock()


@asynccontextmanager
async def with_risks(theatre: Theatre, folder: Path, clock: StoryClock, *gists: str) -> AsyncIterator[Stage]:
    """A stage where these were filed at ten."""
    async with on_stage(theatre.scenery, folder, clock) as stage:
        for gist in gists:
            await files(stage, gist)
        yield stage


async def files(stage: Stage, gist: str) -> None:
    await stage.person("член проектного офиса 1").says(f"/risk {gist}", where=stage.chat)


async def reminders(chat: Chat) -> Sequence[str]:
    return [each.text for each in await chat.of_bot() if is_reminder(each.text)]


async def said_to_anybody(stage: Stage, words: str) -> Sequence[str]:
    """The positions of those who were told so, each as often as they were."""
    told: list[str] = []
    for title in stage.office.people:
        told += [title for each in await stage.person(title).of_bot() if words in each.text]
    return told


async def leaps(stage: Stage, clock: StoryClock, to: datetime) -> None:
    """So much time is over for everybody, the messenger included, and the ticks find what has come due."""
    clock.leap(to - clock.now())
    await tick(stage)


async def outage(stage: Stage, clock: StoryClock, chats: set[int], each: timedelta, times: int) -> None:
    """It has begun, and is over after so many leaps; in the middle the bot is restarted."""
    for number in range(times):
        refused = refusals(stage)
        clock.leap(each)
        await tick(stage)
        await each_is_refused_again(stage, chats, refused)
        if number == times // 2:
            await stage.restart_bot()
    await telegram_takes_all_again(stage)
    clock.leap(SHORT_LEAP)
    await tick(stage)
    await stage.rest()


async def test_reminders_of_a_half_hour_outage_come_once_when_it_is_over(
    theatre: Theatre, tmp_path: Path, clock: StoryClock
) -> None:
    async with with_risks(theatre, tmp_path, clock, OF_ROADS[0], OF_SOCIAL) as stage:
        people = [stage.person(ROADS), stage.person(SOCIAL)]
        await telegram_takes_nothing(stage)
        await leaps(stage, clock, FRIDAY_NOON)
        await outage(stage, clock, {each.id for each in people}, SHORT_LEAP, times=6)

        for person in people:
            [said] = await reminders(person)
            assert said.startswith("На сегодня у вас 1: срок сегодня 1.")
        assert await said_to_anybody(stage, ASTRAY) == []
        await stage.stop_bot()
        assert rows(stage.database, "select * from ledger") == []
        assert rows(stage.database, "select count(*), sum(state = 'sent') from outbox where kind = 'reminder'") == [
            (2, 2)
        ]


async def test_of_an_outage_of_hours_whoever_operates_hears_once_and_everybody_else_gets_one_message(
    theatre: Theatre, tmp_path: Path, clock: StoryClock
) -> None:
    async with with_risks(theatre, tmp_path, clock, OF_ROADS[0], OF_SOCIAL) as stage:
        people = [stage.person(ROADS), stage.person(SOCIAL)]
        await telegram_takes_nothing(stage)
        await leaps(stage, clock, FRIDAY_NOON)
        await outage(stage, clock, {each.id for each in people}, HOUR, times=4)

        for person in people:
            assert len(await reminders(person)) == 1
        assert await said_to_anybody(stage, ASTRAY) == [OFFICER]


async def test_a_storm_of_429_is_waited_out_and_changes_no_order(
    theatre: Theatre, tmp_path: Path, clock: StoryClock
) -> None:
    async with with_risks(theatre, tmp_path, clock, OF_ROADS[0], OF_SOCIAL) as stage:
        roads, social = stage.person(ROADS), stage.person(SOCIAL)
        await stage.office_time_is(FRIDAY_MORNING + HOUR / 2)
        await files(stage, OF_ROADS[1])
        await storm(stage, roads, times=3)
        await storm(stage, social, times=1)
        await tick(stage, FRIDAY_NOON)
        assert await stage.world.revision.until(lambda: refusals(stage)[roads.id] >= 1, seconds=10)
        await tick(stage, FRIDAY_NOON + HOUR / 2)
        await stage.rest()

        first, second = await reminders(roads)
        assert ("ИР-1/26" in first, "ИР-3/26" in second) == (True, True)
        assert len(await reminders(social)) == 1
        assert refusals(stage) == {roads.id: 3, social.id: 1}
        for chat in (roads, social):
            assert_waits(stage, chat)
        await stage.stop_bot()
        assert rows(stage.database, "select state, attempts from outbox where kind = 'reminder'") == 3 * [("sent", 0)]
        assert rows(stage.database, "select * from ledger") == []


async def storm(stage: Stage, person: Person, *, times: int) -> None:
    asked = {"kind": "429", "method": "sendMessage", "retry_after": int(BETWEEN_TRIES)}
    await stage.control("faults", chat=person.id, times=times, **asked)


def assert_waits(stage: Stage, chat: Chat) -> None:
    """After each refusal the chat was left alone for as long as was asked."""
    calls = [call for call in stage.world.calls.since(0) if call.params.get("chat_id") == chat.id]
    for call, following in pairwise(calls):
        assert call.ok or following.at - call.at >= BETWEEN_TRIES * 0.99


async def test_of_whoever_blocked_the_bot_the_operator_and_the_head_hear_once_and_the_ladder_goes_on(
    theatre: Theatre, tmp_path: Path, clock: StoryClock
) -> None:
    async with with_risks(theatre, tmp_path, clock, *OF_ROADS[:2], OF_SOCIAL) as stage:
        roads, curator = stage.person(ROADS), stage.person("куратор")
        await stage.control("faults", kind="403", method="sendMessage", chat=roads.id, times=0)
        await stage.office_time_is(FRIDAY_NOON)
        assert len(await reminders(stage.person(SOCIAL))) == 1, "the others get theirs"
        assert sorted(await said_to_anybody(stage, UNREACHABLE)) == sorted([OFFICER, "руководитель МЦУ"])

        await stage.office_time_is(MONDAY_NINE)
        await stage.office_time_is(MONDAY_NINE + 5 * HOUR)
        assert refusals(stage)[roads.id] == 1, "nothing more is written to them"
        [summary] = await reminders(curator)
        assert summary.startswith("Просрочено у других, вы следующий по порядку: 3.")
        assert len(await said_to_anybody(stage, UNREACHABLE)) == 2

        await telegram_takes_all_again(stage)
        await roads.says("/reminders")
        await stage.office_time_is(TUESDAY_NINE)
        [said] = await reminders(roads)
        assert said.startswith("На сегодня у вас 2: просрочено 2.")
        await stage.stop_bot()
        assert rows(stage.database, "select distinct why from nudges where state = 'refused'") == [("unreachable",)]
        assert rows(stage.database, "select count(*) from outbox where kind = 'reminder' and state = 'refused'") == [
            (1,)
        ]


async def test_after_days_without_the_bot_one_line_tells_what_was_missed(
    theatre: Theatre, tmp_path: Path, clock: StoryClock
) -> None:
    """From Friday before noon to Tuesday morning: of each risk two reminders were not said, and the third is."""
    async with with_risks(theatre, tmp_path, clock, *OF_ROADS) as stage:
        await stage.stop_bot()
        clock.leap(TUESDAY_NINE - clock.now())
        await stage.start_bot()
        await tick(stage)
        await stage.rest()

        [said] = await reminders(stage.person(ROADS))
        assert said.startswith("Пока бот не работал, не пришло: 6 напоминаний.")
        assert "На сегодня у вас 3: просрочено 3." in said
        [summary] = await reminders(stage.person("куратор"))
        assert summary.startswith("Просрочено у других, вы следующий по порядку: 3.")
        told = [title for words in HEADINGS for title in await said_to_anybody(stage, words)]
        assert set(told) == {ROADS, "куратор"}
        assert await said_to_anybody(stage, ASTRAY) == [], "what was found late is given out at once"
