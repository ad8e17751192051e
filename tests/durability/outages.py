"""Telegram takes nothing for a while: what is refused, when it has been tried again, which messages are reminders."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from tests.support.stage import PATIENCE, Stage

HEADINGS: Final = ("На сегодня у вас", "Просрочено у других")
"""Each message of reminders has one of them, or both; what comes before them is its own affair."""

SENDS: Final = ("sendMessage", "editMessageText", "answerCallbackQuery")


def is_reminder(text: str) -> bool:
    return any(heading in text for heading in HEADINGS)


async def telegram_takes_nothing(stage: Stage) -> None:
    for method in SENDS:
        await stage.control("faults", kind="502", method=method, times=0)


async def telegram_takes_all_again(stage: Stage) -> None:
    assert (await stage.sandbox.delete("/control/faults")).is_success


async def office_time(stage: Stage) -> datetime:
    return datetime.fromisoformat((await stage.status.get("/status")).json()["office_time"])


async def tick(stage: Stage, to: datetime | None = None) -> None:
    """All ticks at once; the courier looks what is due. Nobody waits for rest: there may be none."""
    moment = to or await office_time(stage) + timedelta(seconds=1)
    answer = await stage.status.post("/time", json={"to": moment.isoformat()})
    assert answer.status_code == 200, answer.text


async def each_is_refused_again(stage: Stage, chats: set[int], before: Counter[int]) -> None:
    """Wait until every one of these chats was written to in vain since, and the courier has noted it."""

    def tried() -> bool:
        now = refusals(stage)
        return all(now[chat] > before[chat] for chat in chats)

    assert await stage.world.revision.until(tried, seconds=PATIENCE), f"not tried again: {refusals(stage)}"
    async with asyncio.timeout(PATIENCE):
        while await _sending(stage):
            continue


def refusals(stage: Stage) -> Counter[int]:
    """Calls in vain, by chat."""
    refused = (call for call in stage.world.calls.since(0) if not call.ok and "chat_id" in call.params)
    return Counter(int(call.params["chat_id"]) for call in refused)


async def _sending(stage: Stage) -> int:
    return int((await stage.status.get("/status")).json()["pending"]["sending"])
