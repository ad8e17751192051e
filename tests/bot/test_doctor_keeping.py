"""What the doctor says of copies, purges, updates set aside, people not come and powers that nobody holds."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from bot import beside
from bot.clock import MachineClock
from bot.doctor.finding import Finding
from bot.doctor.keeping import look_at_keeping
from bot.doctor.staff import POWERS, look_at_staff
from bot.keeping.moments import moment, said_by_offices
from handlers.errors import POWER_WORDS
from handlers.views import dates
from risk.powers import Power
from storage.database import DatabaseKind
from storage.inbox import Inbox, Received, SetAside
from storage.upkeep import Upkeep, note_upkeep
from tests.support.offices import MEMBER, NOW, PLAN, Offices

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
HINT = "mcu-pilot {}"


class ToldTime(MachineClock):
    moment = NOW

    def now(self) -> datetime:
        return self.moment


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "MachineClock", ToldTime)


async def kept(offices: Offices, words: str, kind: DatabaseKind = DatabaseKind.PRODUCTION) -> Finding:
    [found] = [each for each in await look_at_keeping(offices.path, kind, HINT) if words in each.says]
    return found


async def staff(offices: Offices, words: str) -> Finding:
    found = [each for each in await look_at_staff(offices.path, HINT) if words in each.says]
    return found[0]


@pytest.mark.parametrize(("age", "fine"), [(timedelta(), True), (7 * DAY, True), (7 * DAY + INSTANT, False)])
async def test_a_copy_is_to_be_made_every_week(offices: Offices, age: timedelta, fine: bool) -> None:
    await note_upkeep(offices.database, Upkeep.BACKUP, NOW - age, {"file": "copies/mcu-pilot.db"})
    found = await kept(offices, "опия базы")
    assert found.fine is fine
    assert ("copies/mcu-pilot.db" in found.says) is fine
    assert ("mcu-pilot backup" in found.says) is not fine


async def test_a_database_that_was_never_copied_is_to_be(offices: Offices) -> None:
    found = await kept(offices, "Копий базы ещё не было")
    assert not found.fine
    assert "mcu-pilot backup" in found.says


async def test_nobody_is_asked_to_copy_the_training_database(offices: Offices) -> None:
    lines = await look_at_keeping(offices.path, DatabaseKind.SANDBOX, HINT)
    assert not any("опи" in each.says for each in lines)


@pytest.mark.parametrize(("age", "fine"), [(timedelta(), True), (3 * DAY, True), (3 * DAY + INSTANT, False)])
async def test_a_purge_is_to_be_made_every_three_days(offices: Offices, age: timedelta, fine: bool) -> None:
    await note_upkeep(offices.database, Upkeep.PURGE, NOW - age, {"drafts": 3, "notices": 0, "invitations": 1})
    found = await kept(offices, "чистк")
    assert found.fine is fine
    assert ("закрытые черновики 3, приглашения 1" in found.says) is fine


async def test_a_purge_that_never_was_is_named(offices: Offices) -> None:
    assert (await kept(offices, "Очистки ещё не было")).fine


async def test_what_was_set_aside_lately_is_named_with_the_command_that_tells_more(offices: Offices) -> None:
    inbox = Inbox(offices.database, 42)
    batch = [Received(update_id=number, lane="chat:1", payload={}) for number in (1, 2)]
    old, young = [*await inbox.take(batch[:1], NOW - 8 * DAY), *await inbox.take(batch[1:], NOW)]
    for receipt, reference in ((old, "OLD2"), (young, "7F3K")):
        await inbox.set_aside(receipt.id, SetAside(reference=reference, payload={}, trace=""))
    found = await kept(offices, "Не обработаны")
    assert not found.fine
    assert "7F3K (пт 20.11, 10:00)" in found.says
    assert found.says.endswith("mcu-pilot fault 7F3K")
    assert "OLD2" not in found.says


async def test_nothing_set_aside_is_fine(offices: Offices) -> None:
    assert (await kept(offices, "Необработанных сообщений за 7 дней нет")).fine


async def test_whoever_has_not_come_is_named_by_position_and_office(offices: Offices) -> None:
    async with offices.theirs.uow() as unit:
        seats = [each for each in await unit.people.positions() if each.holder is None]
        await unit.invitations.issue(seats[0].id, "hash", NOW + DAY)
        await unit.invitations.issue(seats[1].id, "other hash", NOW - DAY)
        await unit.commit()
    ours, theirs, *_ = [each for each in await look_at_staff(offices.path, HINT) if "приглаш" in each.says]
    assert (ours.fine, theirs.fine) == (True, False)
    assert f"{seats[0].title(PLAN)} (до сб 21.11, 10:00)" in theirs.says
    assert f"{seats[1].title(PLAN)} (истекло чт 19.11, 10:00)" in theirs.says
    assert "office invites zarechny" in theirs.says


async def test_powers_that_only_the_operator_has_are_named(offices: Offices) -> None:
    assert (await staff(offices, "у каждого полномочия")).fine
    async with offices.ours.uow() as unit:
        for each in await unit.people.positions():
            if each.role != MEMBER:
                await unit.people.vacate(each.id, NOW)
        await unit.commit()
    left = PLAN.left_to_operator(held=frozenset({MEMBER}))
    found = await staff(offices, "кроме администратора сервера")
    assert Power.BIND in left
    assert Power.READ not in left
    assert not found.fine
    assert [POWERS[power] in found.says for power in Power] == [power in left for power in Power]


def test_the_shell_names_powers_as_the_chat_does() -> None:
    assert dict(POWERS) == dict(POWER_WORDS)


@pytest.mark.parametrize("days", range(8))
def test_the_shell_says_moments_as_the_chat_does(days: int) -> None:
    at = NOW + days * timedelta(days=1, hours=3)
    assert moment(at, PLAN.calendar) == dates.moment(at, PLAN.calendar, at)


async def test_where_the_zones_of_offices_differ_moments_are_said_in_utc(offices: Offices) -> None:
    assert (await said_by_offices(offices.database))(NOW) == "пт 20.11, 10:00"
    with closing(sqlite3.connect(offices.path)) as connection:
        connection.execute("update offices set plan = replace(plan, 'Europe/Moscow', 'Asia/Omsk') where id = 2")
        connection.commit()
    assert (await said_by_offices(offices.database))(NOW) == "пт 20.11, 07:00 UTC"
