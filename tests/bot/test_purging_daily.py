"""The purge that the bot makes by itself: once a day, however often it is started and however far its time is moved."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import insert

from bot.keeping.purging import EVERY, purge_daily
from risk.retention import Kept, Retention
from storage import tables
from storage.upkeep import Upkeep, last_upkeep
from tests.support.offices import NOW, Offices
from tests.support.stage import Stage

INSTANT: Final = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("after", "purges"), [(timedelta(), 1), (EVERY - INSTANT, 1), (EVERY, 2), (9 * EVERY, 2)], ids=str
)
async def test_a_day_passes_between_two_purges(offices: Offices, after: timedelta, purges: int) -> None:
    await purge_daily(offices.database, Retention(), NOW)
    await purge_daily(offices.database, Retention(), NOW + after)
    noted = (await last_upkeep(offices.database))[Upkeep.PURGE].at
    assert noted == (NOW + after if purges == 2 else NOW)


async def test_what_was_dropped_is_noted_kind_by_kind(offices: Offices) -> None:
    line = {"office_id": 1, "what": "standing", "item": 1, "outcome": "gone", "why": None, "noted_at": NOW}
    async with offices.database.write() as connection:
        await connection.execute(insert(tables.ledger).values(**line))
        await connection.commit()
    await purge_daily(offices.database, Retention(), NOW + 91 * EVERY)
    told = (await last_upkeep(offices.database))[Upkeep.PURGE].told
    assert told == {what.value: int(what is Kept.MISHAPS) for what in Kept}


async def test_a_running_bot_forgets_a_form_a_month_after_it_was_filed(stage: Stage) -> None:
    olga = stage.person("член проектного офиса 1")
    await olga.says("Яма на дороге")
    await olga.presses("Зарегистрировать")
    form = await olga.sees("ИР-1/26")
    await stage.office_time_is(stage.clock.now() + timedelta(days=29))
    assert _count(stage, "drafts") == 1
    await stage.office_time_is(stage.clock.now() + timedelta(days=31))
    assert _count(stage, "drafts") == 0
    assert _count(stage, "risks") == 1
    assert (await form.now()).text == form.text, "what stands in the chat is the person's"


def _count(stage: Stage, table: str) -> int:
    with closing(sqlite3.connect(stage.database)) as connection:
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0])
