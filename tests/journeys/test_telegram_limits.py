"""Telegram's own limits: cards filed all at once leave in order, none is lost, and no flood is provoked or ignored."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest

from bot.delivery import pacer
from bot.delivery.pacer import Limits
from bot.sandbox.identity import Profile
from bot.sandbox.limits import Throttle
from bot.settings import Settings
from tests.support.clocks import StoryClock
from tests.support.people import Json
from tests.support.stage import Scenery, Stage, on_stage

pytestmark = pytest.mark.slow

FILED: Final = 60
HASTE: Final = 3.0
"""Both sides keep their real figures in a third of the real time: three minutes would be too long for a test."""
LONGEST: Final = 100.0
REFUSED: Final = 10


@asynccontextmanager
async def strict_stage(scenery: Scenery, folder: Path, limits: Limits) -> AsyncIterator[Stage]:
    """A sandbox that keeps Telegram's limits."""
    async with on_stage(scenery, folder, StoryClock(), limits, Profile.TELEGRAM) as stage:
        yield stage


JOLTS = 3
"""A busy machine delivers two calls nearer to each other than they left; each is refused once and obeyed."""


async def test_sixty_cards_at_once_leave_in_order_and_provoke_no_flood(
    scenery: Scenery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pacer, "MINUTE", pacer.MINUTE / HASTE)
    async with strict_stage(scenery, tmp_path, hurried(Settings.model_construct())) as stage:
        stage.world.throttle = Throttle(HASTE)
        await file_at_once(stage, FILED)
        sent = await calls_to_the_chat(stage)
        floods = [call for call in sent if call["error"]]
        assert len(floods) <= JOLTS, [call["error"] for call in floods]
        assert sorted(await cards(stage)) == list(range(1, FILED + 1))
        assert floods or await cards(stage) == list(range(1, FILED + 1))
        assert sent[-1]["at"] - sent[0]["at"] > 3 * pacer.MINUTE, "the limit of a minute never bound anything"


async def test_a_flood_that_telegram_sees_all_the_same_is_obeyed(scenery: Scenery, tmp_path: Path) -> None:
    """A card that was refused may be overtaken by the next one: order is not promised then, completeness is."""
    careless = Limits(per_second=10_000, chat_per_second=10_000, group_per_minute=1_000_000)
    async with strict_stage(scenery, tmp_path, careless) as stage:
        await file_at_once(stage, REFUSED)
        sent = await calls_to_the_chat(stage)
        floods = [index for index, call in enumerate(sent) if call["error"]]
        assert floods
        for index in floods:
            assert sent[index + 1]["at"] - sent[index]["at"] >= seconds_asked(sent[index])
        assert sorted(await cards(stage)) == list(range(1, REFUSED + 1))


def hurried(settings: Settings) -> Limits:
    """The bot's own figures, as shipped, in the test's shorter minute."""
    return Limits(
        per_second=settings.messages_per_second * HASTE,
        chat_per_second=settings.chat_messages_per_second * HASTE,
        group_per_minute=settings.group_messages_per_minute,
    )


async def file_at_once(stage: Stage, count: int) -> None:
    """All of it is said before the bot has worked any of it in, then everything is waited for."""
    member = stage.office.people["член проектного офиса 1"]
    for number in range(1, count + 1):
        text = f"/risk Нет света в доме {number} по улице Мира"
        await stage.control("messages", **{"as": member, "chat": stage.chat.id, "text": text})
    answer = await stage.status.get("/rest", params={"wait": LONGEST}, timeout=LONGEST + 5)
    assert answer.status_code == 200, answer.text
    await stage.rest()


async def calls_to_the_chat(stage: Stage) -> list[Json]:
    calls: list[Json] = (await stage.sandbox.get("/control/calls", params={"since": 0})).json()["calls"]
    there = [call for call in calls if str(call["params"].get("chat_id")) == str(stage.chat.id)]
    return [call for call in there if call["method"].startswith(("send", "edit"))]


async def cards(stage: Stage) -> list[int]:
    """The serial numbers of the cards, as they stand from top to bottom."""
    found = [re.match(r"ИР-(\d+)/", message.text) for message in await stage.chat.of_bot()]
    return [int(each[1]) for each in found if each]


def seconds_asked(call: Json) -> int:
    asked = re.search(r"retry after (\d+)", call["error"])
    assert asked is not None, call["error"]
    return int(asked[1])
