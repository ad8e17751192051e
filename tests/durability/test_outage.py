"""Half an hour in which Telegram takes no message: everything waits, and is delivered once when it is over."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot import training
from tests.durability.disk import rows
from tests.durability.outages import (
    each_is_refused_again,
    refusals,
    telegram_takes_all_again,
    telegram_takes_nothing,
    tick,
)
from tests.durability.theatre import Theatre
from tests.support.clocks import StoryClock
from tests.support.people import Chat, Person
from tests.support.stage import Stage, on_stage

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
        await telegram_takes_nothing(stage)

        await _writes(stage, olga, chat, "/risk Нет света в парке")
        await _writes(stage, olga, olga, "Свалка у школы")
        await _writes(stage, stage.stranger, stage.stranger, f"/start i_{theatre.reserve_code}")
        press = {"as": olga.id, "chat": chat.id, "message_id": card.id, "button": "Сменить критичность"}
        await stage.control("presses", **press)
        await training.settled(stage.sandbox)
        waiting = {chat.id, olga.id, stage.stranger.id}
        await each_is_refused_again(stage, waiting, Counter())
        for leap in range(LEAPS):
            refused = refusals(stage)
            clock.leap(LEAP)
            await tick(stage)
            await each_is_refused_again(stage, waiting, refused)
            if leap == LEAPS // 2:
                await stage.restart_bot()

        await telegram_takes_all_again(stage)
        clock.leap(LEAP)
        await tick(stage)
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


async def _writes(stage: Stage, person: Person, where: Chat, text: str) -> None:
    """Without waiting for rest: there will be none for half an hour."""
    await stage.control("messages", **{"as": person.id, "chat": where.id, "text": text})
