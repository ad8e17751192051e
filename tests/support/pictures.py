"""Takes the pictures of the documents: `make pictures` plays scenes and writes docs/images."""

import asyncio
import shutil
from base64 import b64encode
from contextlib import ExitStack
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from unittest.mock import patch

from playwright.async_api import Browser, ViewportSize, expect

from bot import assembly, training
from tests.journeys.doors import link_for
from tests.support.browser import PHONE, WINDOW, Screen, browser, screen
from tests.support.clocks import StoryClock
from tests.support.people import Person
from tests.support.stage import Scenery, Stage, build_scenery, on_stage
from tests.support.workbooks import IM_SAMPLE, POS_SAMPLE

IMAGES: Final = Path(__file__).resolve().parents[2] / "docs" / "images"
IN_A_ROW: Final = ViewportSize(width=360, height=600)
"""A phone that stands in a row of phones: lower, for what matters is short."""
LONG_PHONE: Final = ViewportSize(width=360, height=1060)
REPORT: Final = ViewportSize(width=360, height=1500)
"""A message, its buttons and, of a digest, the picture in one view."""
MONDAY: Final = datetime.fromisoformat("2026-11-23T09:00+03:00")
LAST_PICTURE_IS_DRAWN: Final = "() => [...document.querySelectorAll('.photo img')].at(-1)?.naturalWidth > 0"
LONG_LIST: Final = ViewportSize(width=480, height=860)
ROW: Final = (
    "<body style='margin:0;display:inline-flex;gap:24px;background:#fff'>{}</body>",
    "<img style='border:1px solid #c8d0da' src='data:image/png;base64,{}'>",
)


class MorningClock(StoryClock):
    """People do not file all their risks within one second."""

    def pass_minutes(self, minutes: int) -> None:
        self._begins += timedelta(minutes=minutes)


async def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder, _same_codes():
        scenery = await build_scenery(Path(folder), MorningClock())
        async with browser() as chromium:
            await _alert_chat(chromium, scenery)
            await _preview(chromium, scenery)
            await _side_by_side(chromium, scenery)
            await _time(chromium, scenery)
            await _entry(chromium, scenery)
            await _card(chromium, scenery)
            await _people(chromium, scenery)
            await _appeals(chromium, scenery)
            await _reports(chromium, scenery)


def _same_codes() -> ExitStack:
    """Invitations that look alike at each taking, so that a picture changes only with the program."""
    numbers, patches = count(1), ExitStack()
    for module in (training, assembly):
        made = patch.object(module, "new_code", lambda: sha256(bytes([next(numbers)])).hexdigest()[:32])
        patches.enter_context(made)
    return patches


async def _without_hint(stage: Stage) -> None:
    """A phone has no room for what the page tells whoever plays with it for the first time."""
    state = (await stage.sandbox.get("/control/state")).json()
    await stage.sandbox.put("/control/training", json=state["training"] | {"hint": ""})


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


async def _entry(chromium: Browser, scenery: Scenery) -> None:
    """Three phones in a row: a newcomer is asked for a name, the head whether it is them, the position is theirs."""
    clock = MorningClock()
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), clock) as stage:
            await _without_hint(stage)
            head, newcomer = stage.person("руководитель МЦУ"), await stage.newcomer("Анна")
            await newcomer.says(await link_for(head, "+ член проектного офиса"))
            asked = await _phone(chromium, newcomer, "Хранится только это имя")
            clock.pass_minutes(2)
            await newcomer.says("Новикова А. А.")
            known = await _phone(chromium, head, "Это действительно")
            await head.presses("Да, это так")
            seated = await _phone(chromium, newcomer, "Ваша должность")
    await _lay_in_a_row(chromium, [asked, known, seated], "entry.png")


async def _card(chromium: Browser, scenery: Scenery) -> None:
    """Cards in the alert chat, on a phone."""
    clock = MorningClock()
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), clock) as stage:
            await _without_hint(stage)
            await _file_three_risks(stage, clock)
            async with screen(chromium, stage.url, IN_A_ROW) as seen:
                await seen.plays("член проектного офиса 1")
                await seen.opens("МЦУ-ПИЛОТ")
                await seen.shows("ИР-3/26")
                await _take(seen, "card.png")


async def _people(chromium: Browser, scenery: Scenery) -> None:
    """Who holds what, as the head reads it: all seats are held but one, to which somebody is invited."""
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), MorningClock()) as stage:
            await _without_hint(stage)
            head = stage.person("руководитель МЦУ")
            await link_for(head, "+ член проектного офиса")
            await head.says("/people")
            async with screen(chromium, stage.url, LONG_LIST) as seen:
                await seen.plays("руководитель МЦУ")
                await seen.opens("Бот")
                await seen.shows("Не подключились по приглашению")
                await _take(seen, "people.png")


async def _appeals(chromium: Browser, scenery: Scenery) -> None:
    """An export from the folder as whoever is responsible sees it, then an overdue appeal of it on its own page."""
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), MorningClock()) as stage:
            await _without_hint(stage)
            officer = stage.person("ответственный за ИМ и ПОС")
            shutil.copy(POS_SAMPLE, stage.exports / "pos.xlsx")
            await stage.exports_settle()
            shown = await _phone(chromium, officer, "Выгрузка ПОС", PHONE)
            (IMAGES / "import-preview.png").write_bytes(shown)
            await officer.presses("Загрузить")
            await officer.says("/overdue")
            await officer.presses("1")
            shown = await _phone(chromium, officer, "Вид:", LONG_PHONE)
            (IMAGES / "appeals.png").write_bytes(shown)


async def _reports(chromium: Browser, scenery: Scenery) -> None:
    """Monday's digest, then what the head asks for: a summary, a rating, a heat map, the month's memo."""
    clock = MorningClock()
    with TemporaryDirectory() as folder:
        async with on_stage(scenery, Path(folder), clock) as stage:
            await _without_hint(stage)
            officer, head = stage.person("ответственный за ИМ и ПОС"), stage.person("руководитель МЦУ")
            for sample in (POS_SAMPLE, IM_SAMPLE):
                shutil.copy(sample, stage.exports)
                await stage.exports_settle()
                await officer.presses("Загрузить")
            await _file_three_risks(stage, clock)
            await stage.office_time_is(MONDAY)
            async with screen(chromium, f"{stage.url}/?as={head.id}&chat={stage.chat.id}", REPORT) as seen:
                await seen.shows("по состоянию на 09:0")
                await seen.page.wait_for_function(LAST_PICTURE_IS_DRAWN)
                await _take(seen, "digest.png")
            for command, words, name in (
                ("/summary месяц", "Сводка", "summary.png"),
                ("/rating", "Работа с обращениями", "rating.png"),
            ):
                await head.says(command)
                (IMAGES / name).write_bytes(await _phone(chromium, head, words, REPORT))
            await head.says("/heatmap")
            await head.presses("Темы по неделям")
            (IMAGES / "heatmap.png").write_bytes(await _newest_file(head))
            await head.says("/memo этот месяц")
            paper = Path(folder) / "memo.docx"
            paper.write_bytes(await _newest_file(head))
        await _print_first_page(paper, IMAGES / "memo")


async def _newest_file(who: Person) -> bytes:
    carried = [message.data["media"]["file"] for message in await who.of_bot() if message.data["media"]]
    file = await who.stage.sandbox.get(f"/control/files/{carried[-1]}")
    assert file.is_success, file.text
    return file.content


async def _print_first_page(paper: Path, picture: Path) -> None:
    """What the paper looks like once it is printed: LibreOffice sets it, Poppler draws the page."""
    folder = paper.parent
    profile = f"-env:UserInstallation=file://{folder}/profile"
    steps = (
        ("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(paper)),
        ("pdftoppm", "-png", "-r", "90", "-singlefile", str(paper.with_suffix(".pdf")), str(picture)),
    )
    for program, *arguments in steps:
        process = await asyncio.create_subprocess_exec(program, *arguments, stdout=asyncio.subprocess.DEVNULL)
        assert await process.wait() == 0, program


async def _phone(chromium: Browser, who: Person, words: str, size: ViewportSize = IN_A_ROW) -> bytes:
    """Somebody's chat with the bot once it says the words."""
    async with screen(chromium, f"{who.stage.url}/?as={who.id}&chat={who.id}", size) as seen:
        await seen.shows(words)
        return await _shot(seen)


async def _lay_in_a_row(chromium: Browser, shots: list[bytes], name: str) -> None:
    row, image = ROW
    page = await chromium.new_page()
    await page.set_content(row.format("".join(image.format(b64encode(each).decode()) for each in shots)))
    await page.locator("body").screenshot(path=IMAGES / name)
    await page.close()


async def _take(seen: Screen, name: str) -> None:
    (IMAGES / name).write_bytes(await _shot(seen))


async def _shot(seen: Screen) -> bytes:
    """Once the page knows what time it is in the office; without a caret that blinks and a pointer that hovers."""
    await expect(seen.page.get_by_test_id("time")).to_contain_text(":")
    await seen.page.mouse.move(0, 0)
    return await seen.page.screenshot(animations="disabled", caret="hide")


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
            await _without_hint(stage)
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
