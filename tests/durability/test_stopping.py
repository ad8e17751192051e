"""An orderly stop in the middle of a burst, and a second process on one database."""

import asyncio
from collections import Counter
from signal import SIGTERM

import pytest

from tests.durability.boundaries import Boundary, Cut
from tests.durability.disk import rows
from tests.durability.mortal import MortalStage
from tests.durability.theatre import Theatre
from tests.support.people import Person

LANES = 10
SECONDS_TO_STOP = 5.0

UNFINISHED = "select count(*) from inbox where state <> 'done' or payload is not null"


@pytest.mark.parametrize(
    "moment",
    [
        Boundary(name="after the commit of Inbox.take", nth=1),
        Boundary(name="after the commit of take_message", nth=LANES),
        Boundary(name="before sendMessage to a person", nth=5),
    ],
    ids=str,
)
async def test_a_stop_in_a_burst_finishes_what_is_in_hand_and_loses_nothing(theatre: Theatre, moment: Boundary) -> None:
    async with theatre.stage([Cut(at=moment, signal=SIGTERM)]) as stage:
        for wave in (1, 2):
            await _everybody_writes(stage, wave)
        await stage.start_bot()
        await stage.bot.comes_to_its_cut()
        await _everybody_writes(stage, 3)
        async with asyncio.timeout(SECONDS_TO_STOP):
            assert await stage.bot.end() == 0
        assert rows(stage.database, UNFINISHED) == [(0,)]

        await stage.start_bot()
        await stage.rest()
        for speaker in _speakers(stage):
            said = Counter(_gist(message.text) for message in await speaker.of_bot() if "Суть: " in message.text)
            assert said == Counter(_words(speaker, wave) for wave in (1, 2, 3))
        await stage.stop_bot()
        assert rows(stage.database, UNFINISHED) == [(0,)]
        assert rows(stage.database, "select count(*) from drafts where status = 'open'") == [(3 * LANES,)]
        assert rows(stage.database, "select * from ledger") == []


async def test_a_second_process_refuses_a_database_in_use_and_harms_nothing(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        await stage.start_bot()
        second = stage.birth()
        assert await second.end() == 1
        assert second.failure == "DatabaseInUse"
        assert second.crossed == []

        await stage.person("член проектного офиса 1").says("/risk Яма на дороге", where=stage.chat)
        await stage.chat.sees("ИР-1/26", "Яма на дороге")


async def test_a_killed_process_leaves_no_lock_behind(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        await stage.start_bot()
        await stage.bot.kill()
        await stage.start_bot()
        await stage.person("член проектного офиса 1").says("/risk Яма на дороге", where=stage.chat)
        await stage.chat.sees("ИР-1/26", "Яма на дороге")


def _speakers(stage: MortalStage) -> list[Person]:
    return [stage.person(title) for title in list(stage.office.people)[:LANES]]


def _words(speaker: Person, wave: int) -> str:
    return f"Случай {wave} у соседа {speaker.id}"


def _gist(preview: str) -> str:
    return preview.partition("Суть: ")[2].partition("\n")[0]


async def _everybody_writes(stage: MortalStage, wave: int) -> None:
    """In private, so that everybody has a lane of their own; nobody waits for an answer."""
    for speaker in _speakers(stage):
        await stage.control("messages", **{"as": speaker.id, "chat": speaker.id, "text": _words(speaker, wave)})
