"""Takes the pictures of the documents: `make pictures` plays four scenes and writes docs/images."""

import asyncio
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from unittest.mock import patch

from playwright.async_api import Browser

from bot import training
from tests.support.browser import PHONE, WINDOW, Screen, browser, screen
from tests.support.clocks import StoryClock
from tests.support.stage import Scenery, Stage, build_scenery, on_stage

IMAGES: Final = Path(__file__).resolve().parents[2] / "docs" / "images"


class MorningClock(StoryClock):
    """People do not file all their risks within one second."""

    def pass_minutes(self, minutes: int) -> None:
        self._begins += timedelta(minutes=minutes)


async def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    numbers = count(1)
    same_codes = patch.object(training, "new_code", lambda: f"{next(numbers):032x}")
    with TemporaryDirectory() as folder, same_codes:
        scenery = await build_scenery(Path(folder), MorningClock())
        async with browser() as chromium:
            await _alert_chat(chromium, scenery)
            await _preview(chromium, scenery)
            await _side_by_side(chromium, scenery)
            await _time(chromium, scenery)


async def _alert_chat(chromium: Browser, scenery: Scenery) -> None:
    """Cards in the alert chat, the last one with its blocks to choose from."""
    clock = MorningClock()
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), clock) as stage:
            await _file_three_risks(stage, clock)
            async with screen(chromium, stage.url, WINDOW) as seen:
                await seen.plays("руководитель МЦУ")
                await seen.opens("МЦУ-ПИЛОТ")
                await seen.presses("Сменить блок")
                await seen.shows("ИР-3/26", "изменено")
                await _take(seen, "filing.png")


async def _side_by_side(chromium: Browser, scenery: Scenery) -> None:
    """A member who has just filed, and beside it the head of the block before the card."""
    clock = MorningClock()
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), clock) as stage:
            clock.pass_minutes(12)
            member = stage.person("член проектного офиса 1")
            await member.forwards("На Мира вторые сутки яма на всю дорогу, объехать нельзя", post="okrug_news/82")
            await member.presses("Зарегистрировать")
            async with screen(chromium, stage.url, WINDOW) as seen:
                await seen.plays("член проектного офиса 1")
                await seen.opens("Бот")
                await seen.opens_beside()
                await seen.plays("руководитель блока «Дороги")
                await seen.opens("МЦУ-ПИЛОТ")
                await seen.shows("ИР-1/26", "Блок: Дороги, ЖКХ")
                await _take(seen, "side-by-side.png")


async def _time(chromium: Browser, scenery: Scenery) -> None:
    """What is due today, and the ways to wind time on."""
    clock = MorningClock()
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), clock) as stage:
            await _file_three_risks(stage, clock)
            async with screen(chromium, stage.url, WINDOW) as seen:
                await seen.plays("руководитель МЦУ")
                await seen.opens("МЦУ-ПИЛОТ")
                await seen.shows("ИР-3/26")
                await seen.page.get_by_test_id("time").click()
                await seen.page.get_by_test_id("due").first.wait_for()
                await _take(seen, "time.png")


async def _take(seen: Screen, name: str) -> None:
    """Without a caret that blinks and a pointer that hovers."""
    await seen.page.mouse.move(0, 0)
    await seen.page.screenshot(path=IMAGES / name, animations="disabled", caret="hide")


async def _file_three_risks(stage: Stage, clock: MorningClock) -> None:
    first, second = (stage.person(f"член проектного офиса {number}") for number in (1, 2))
    clock.pass_minutes(12)
    await first.forwards(
        "Соседи, на Мира опять сухие краны. Звоним, никто не отвечает.",
        post="okrug_news/77",
        comment="Третий день нет воды на улице Мира",
    )
    await first.presses("Зарегистрировать")
    clock.pass_minutes(9)
    await second.forwards("В поликлинике вторую неделю нет педиатра", post="okrug_news/78")
    await second.presses("Зарегистрировать")
    clock.pass_minutes(4)
    await first.forwards("Ночью шумят под окнами на Набережной", post="okrug_news/79")
    await first.presses("Зарегистрировать")


async def _preview(chromium: Browser, scenery: Scenery) -> None:
    """A forward in private and its preview, on a phone."""
    clock = MorningClock()
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), clock) as stage:
            clock.pass_minutes(17)
            member = stage.person("член проектного офиса 1")
            await member.forwards(
                "На Новой второй вечер не горят фонари. Мой номер +7 921 555-01-23",
                post="okrug_news/81",
            )
            async with screen(chromium, stage.url, PHONE) as seen:
                await seen.plays("член проектного офиса 1")
                await seen.opens("Бот")
                await seen.shows("Проверьте, прежде чем отправить")
                await _take(seen, "phone.png")


if __name__ == "__main__":
    asyncio.run(main())
