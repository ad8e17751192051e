"""Updates per second through the whole bot beside a bare aiogram echo, both against the sandbox in this process.

Every update is words that a member writes in private. The echo sends them back; the bot stores the update, reads it,
opens a draft and sends its preview. Both send one message for an update. The clock runs from a bot's first call, which
asks who it is, to the last message.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

import structlog
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from bot.running import SANDBOX_TOKEN
from bot.tasks import TaskOwner
from tests.support.clocks import StoryClock
from tests.support.stage import Scenery, Stage, build_scenery, on_stage

PATIENCE: Final = 300.0

Play = Callable[[Stage, int], Awaitable[None]]
"""Takes the updates that wait in the sandbox; ends once a message was sent for each of them."""


def main() -> None:
    asked = _parser().parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    asyncio.run(compare(updates=asked.updates, rounds=asked.rounds))


async def compare(*, updates: int, rounds: int) -> None:
    """Take turns, so that whatever else the machine does meets both; print each turn and the ratio of the medians."""
    with TemporaryDirectory() as folder:
        scenery = await build_scenery(Path(folder), StoryClock())
        echoes, filings = [], []
        for turn in range(1, rounds + 1):
            echoes.append(await _rate(scenery, echo, updates=updates))
            filings.append(await _rate(scenery, whole_bot, updates=updates))
            _say(f"turn {turn}: echo {echoes[-1]:.0f}/s, bot {filings[-1]:.0f}/s")
    _say(f"{updates} updates, medians: echo {median(echoes):.0f}/s, bot {median(filings):.0f}/s")
    _say(f"ratio {median(filings) / median(echoes):.2f}")


async def whole_bot(stage: Stage, _updates: int) -> None:
    await stage.start_bot()
    async with asyncio.timeout(PATIENCE):
        while not (await stage.sandbox.get("/control/settled", params={"wait": 5})).json()["settled"]:
            pass
        while (await stage.status.get("/rest", params={"wait": 5})).is_error:
            pass
    await stage.stop_bot()


async def echo(stage: Stage, updates: int) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(stage.url))
    dispatcher, tasks, done = Dispatcher(), TaskOwner(), asyncio.Event()
    answered = count(1)

    async def say_it_back(message: Message) -> None:
        await message.answer(message.text or "")
        if next(answered) == updates:
            done.set()

    dispatcher.message.register(say_it_back, F.text)
    async with Bot(SANDBOX_TOKEN.get_secret_value(), session=session) as bot:
        tasks.start(dispatcher.start_polling(bot, handle_signals=False), name="echo")
        async with asyncio.timeout(PATIENCE):
            await done.wait()
        await dispatcher.stop_polling()
        await tasks.finish()


async def _rate(scenery: Scenery, play: Play, *, updates: int) -> float:
    async with _stage_with_updates(scenery, updates) as stage:
        await play(stage, updates)
        began = (await stage.calls("getMe"))[-1]["at"]
        sent = [call["at"] for call in await stage.calls("sendMessage") if call["ok"]]
    assert len(sent) == updates, f"{len(sent)} messages for {updates} updates"
    return updates / float(max(sent) - began)


@asynccontextmanager
async def _stage_with_updates(scenery: Scenery, updates: int) -> AsyncIterator[Stage]:
    """Nobody has taken the updates yet: reading them in is no part of what is measured."""
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), StoryClock()) as stage:
            await stage.stop_bot()
            lanes = list(stage.office.people.values())
            for number in range(updates):
                person = lanes[number % len(lanes)]
                text = f"Нет воды на улице Мира, дом {number} https://vk.com/wall-1_{number}"
                await stage.control("messages", **{"as": person, "chat": person, "text": text})
            yield stage


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.updates", description=__doc__)
    parser.add_argument("--updates", type=int, default=600)
    parser.add_argument("--rounds", type=int, default=5)
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
