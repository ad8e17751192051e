"""An orderly stop in the middle of a burst, and a second process on one database."""

import asyncio
from collections import Counter
from signal import SIGTERM
from typing import Final

import pytest

from tests.durability.boundaries import Boundary, Cut
from tests.durability.disk import rows
from tests.durability.mortal import MortalStage
from tests.durability.theatre import Theatre
from tests.support.people import Chat, Person

LANES: Final = 10
SECONDS_TO_STOP: Final = 5.0

ONLY_LOOKED: Final = {"before getMe", "after getMe"}
"""A token may be tried before the database; nothing may be polled, sent or written."""

UNFINISHED: Final = "select count(*) from inbox where state <> 'done' or payload is not null"


@pytest.mark.parametrize(
    "moment",
    [
        Boundary(name="before getMe", nth=1),
        Boundary(name="after getUpdates", nth=1),
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
        await _everybody_was_heard(stage, waves=3)
        await stage.stop_bot()
        assert rows(stage.database, UNFINISHED) == [(0,)]
        assert rows(stage.database, "select * from ledger") == []


async def test_a_second_process_refuses_a_database_in_use_and_harms_nothing(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        await stage.start_bot()
        second = stage.birth()
        assert await second.end() == 1
        assert second.failure == "DatabaseInUse"
        assert {crossed.name for crossed in second.crossed} <= ONLY_LOOKED

        await stage.person("член проектного офиса 1").says("/risk Яма на дороге", where=stage.chat)
        await stage.chat.sees("ИР-1/26", "Яма на дороге")


async def test_a_killed_process_leaves_no_lock_behind(theatre: Theatre) -> None:
    async with theatre.stage() as stage:
        await stage.start_bot()
        await stage.bot.kill()
        await stage.start_bot()
        await stage.person("член проектного офиса 1").says("/risk Яма на дороге", where=stage.chat)
        await stage.chat.sees("ИР-1/26", "Яма на дороге")


def _in_private(stage: MortalStage) -> list[Person]:
    """Each of them has a lane of their own; the alert chat is one more."""
    return [stage.person(title) for title in stage.office.people][: LANES - 1]


async def _everybody_writes(stage: MortalStage, wave: int) -> None:
    """One message in each lane. Nobody waits for an answer."""
    speakers = _in_private(stage)
    assert len(speakers) == LANES - 1
    for speaker in speakers:
        await _writes(stage, speaker, speaker, f"Случай {wave} у соседа {speaker.id}")
    await _writes(stage, speakers[0], stage.chat, f"/risk Случай {wave} в чате")


async def _everybody_was_heard(stage: MortalStage, waves: int) -> None:
    """Each message has its preview or its card, and none has two."""
    for speaker in _in_private(stage):
        expected = Counter(f"Суть: Случай {wave} у соседа {speaker.id}" for wave in range(1, waves + 1))
        assert await _lines_with("Суть: ", speaker) == expected
    expected = Counter(f"Случай {wave} в чате" for wave in range(1, waves + 1))
    assert await _lines_with("Случай ", stage.chat) == expected
    assert rows(stage.database, "select count(*) from drafts") == [((LANES - 1) * waves,)]
    assert rows(stage.database, "select count(*) from risks") == [(waves,)]


async def _writes(stage: MortalStage, person: Person, where: Chat, text: str) -> None:
    await stage.control("messages", **{"as": person.id, "chat": where.id, "text": text})


async def _lines_with(words: str, chat: Chat) -> Counter[str]:
    messages = await chat.of_bot()
    return Counter(line for message in messages for line in message.text.splitlines() if words in line)
