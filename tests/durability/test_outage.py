"""Half an hour in which Telegram takes no message: everything waits, and is delivered once when it is over."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot import training
from tests.durability.disk import rows
from tests.durability.theatre import Theatre
from tests.support.clocks import StoryClock
from tests.support.people import Chat, Person
from tests.support.stage import PATIENCE, Stage, on_stage

SENDS: Final = ("sendMessage", "editMessageText", "answerCallbackQuery")
LEAP: Final = timedelta(minutes=5, seconds=1)
"""Longer than the courier's longest pause: after each leap everything is due again."""
LEAPS: Final = 6


async def test_what_was_said_during_an_outage_is_delivered_once_when_it_is_over(
    theatre: Theatre, tmp_path: Path
) -> None:
    clock = StoryClock()
    async with on_stage(theatre.scenery, tmp_path, clock) as stage:
        olga, chat = stage.person("член проектного офиса 1"), stage.chat
        await olga.says("/risk Яма на дороге", where=chat)
        card = await chat.sees("ИР-1/26")
        await _telegram_takes_nothing(stage)

        await _writes(stage, olga, chat, "/risk Нет света в парке")
        await _writes(stage, olga, olga, "Свалка у школы")
        await _writes(stage, stage.stranger, stage.stranger, f"/start i_{theatre.reserve_code}")
        press = {"as": olga.id, "chat": chat.id, "message_id": card.id, "button": "Сменить критичность"}
        await stage.control("presses", **press)
        await training.settled(stage.sandbox)
        waiting = {chat.id, olga.id, stage.stranger.id}
        await _each_is_refused_again(stage, waiting, Counter())
        for leap in range(LEAPS):
            refused = _refusals(stage)
            clock.leap(LEAP)
            await _tick(stage)
            await _each_is_refused_again(stage, waiting, refused)
            if leap == LEAPS // 2:
                await stage.restart_bot()

        assert (await stage.sandbox.delete("/control/faults")).is_success
        clock.leap(LEAP)
        await _tick(stage)
        await stage.rest()

        assert "Назад" in (await card.now()).buttons
        for where, words in (
            (chat, "ИР-1/26"),
            (chat, "ИР-2/26"),
            (olga, "Свалка у школы"),
            (stage.stranger, "Приглашение принято"),
        ):
            assert len([message for message in await where.of_bot() if words in message.text]) == 1, words
        await stage.stop_bot()
        assert rows(stage.database, "select * from ledger") == []


async def _telegram_takes_nothing(stage: Stage) -> None:
    for method in SENDS:
        await stage.control("faults", kind="502", method=method, times=0)


async def _writes(stage: Stage, person: Person, where: Chat, text: str) -> None:
    """Without waiting for rest: there will be none for half an hour."""
    await stage.control("messages", **{"as": person.id, "chat": where.id, "text": text})


async def _tick(stage: Stage) -> None:
    """All ticks at once; the courier looks what is due."""
    office_time = datetime.fromisoformat((await stage.status.get("/status")).json()["office_time"])
    answer = await stage.status.post("/time", json={"to": (office_time + timedelta(seconds=1)).isoformat()})
    assert answer.status_code == 200, answer.text


async def _each_is_refused_again(stage: Stage, chats: set[int], before: Counter[int]) -> None:
    """Wait until every one of these chats was written to in vain since, and the courier has noted it."""

    def tried() -> bool:
        now = _refusals(stage)
        return all(now[chat] > before[chat] for chat in chats)

    assert await stage.world.revision.until(tried, seconds=PATIENCE), f"not tried again: {_refusals(stage)}"
    async with asyncio.timeout(PATIENCE):
        while await _sending(stage):
            continue


async def _sending(stage: Stage) -> int:
    return int((await stage.status.get("/status")).json()["pending"]["sending"])


def _refusals(stage: Stage) -> Counter[int]:
    """Calls in vain, by chat."""
    refused = (call for call in stage.world.calls.since(0) if not call.ok and "chat_id" in call.params)
    return Counter(int(call.params["chat_id"]) for call in refused)
