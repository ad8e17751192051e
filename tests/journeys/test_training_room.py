"""The page as a training room, in a real browser: windows side by side, time, trouble, the walk, beginning anew."""

import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import ViewportSize, expect

from bot import training
from bot.presets.loading import load_preset
from bot.running import SANDBOX_TOKEN
from bot.sandbox.pictures import plain_picture
from tests.support.browser import PHONE, WINDOW, Screen, browser, screen
from tests.support.clocks import StoryClock
from tests.support.offices import another_office
from tests.support.programs import free_port, started
from tests.support.stage import Stage

pytestmark = pytest.mark.browser

MEMBER: Final = "член проектного офиса 1"
ROADS: Final = "руководитель блока «Дороги"
CURATOR: Final = "куратор"
CHAT: Final = "МЦУ-ПИЛОТ"
ROOT: Final = Path(__file__).resolve().parents[2]
WATCH_FOR_PREPARING: Final = """() => {
    const line = document.querySelector(".preparing");
    const seen = ["hidden"];
    new MutationObserver(() => {
        const now = line.hidden ? "hidden" : "shown";
        if (seen.at(-1) !== now) seen.push(now);
        document.body.dataset.preparingWas = seen.join(", ");
    }).observe(line, { attributeFilter: ["hidden"] });
}"""
"""«Готовлю офис…» may stand for less than a second."""
PATIENCE: Final = 20_000.0
"""Milliseconds that a bot may take to try again what has failed."""


@pytest.fixture(params=[WINDOW])
async def seen(request: pytest.FixtureRequest, stage: Stage) -> AsyncIterator[Screen]:
    size: ViewportSize = request.param
    async with browser() as chromium, screen(chromium, stage.url, size) as page:
        yield page
        assert page.troubles == []


in_both_sizes = pytest.mark.parametrize("seen", [WINDOW, PHONE], ids=["in a window", "on a phone"], indirect=True)


async def files(seen: Screen, words: str) -> None:
    """From the member's own chat with the bot to a filed risk."""
    await seen.plays(MEMBER)
    await seen.opens("Бот")
    await seen.says(words)
    await seen.shows("Проверьте, прежде чем отправить", words)
    await seen.presses("Зарегистрировать")
    await seen.shows("зарегистрирован. Карточка")


async def test_a_member_and_a_head_are_seen_at_once(seen: Screen) -> None:
    await seen.plays(MEMBER)
    await seen.opens("Бот")
    await seen.opens_beside()
    await seen.plays(ROADS)
    await seen.opens(CHAT)
    await seen.takes_up(1)
    await seen.says("Яма на дороге у школы")
    await seen.presses("Зарегистрировать")
    await seen.shows("ИР-1/26 зарегистрирован")
    await seen.takes_up(2)
    await seen.shows("ИР-1/26", "Яма на дороге у школы")
    await expect(seen.pane).to_contain_text("Вы: руководитель блока «Дороги")
    assert await seen.fits()


async def test_windows_are_remembered_in_the_address(seen: Screen) -> None:
    await seen.plays(MEMBER)
    await seen.opens_beside()
    await seen.plays(ROADS)
    await seen.opens(CHAT)
    await expect(seen.page).to_have_url(re.compile("as=.+chat=.+as=.+chat=-100"))
    await seen.page.reload()
    await expect(seen.page.locator(".pane")).to_have_count(2)
    await expect(seen.page.locator(".pane").nth(1)).to_contain_text("Вы: руководитель блока «Дороги")
    await seen.pane.get_by_test_id("pane-close").click()
    await expect(seen.page.locator(".pane")).to_have_count(1)
    await expect(seen.pane).to_contain_text(f"Вы: {MEMBER}")


async def test_the_page_opens_as_a_member_of_the_first_office(seen: Screen) -> None:
    await expect(seen.pane).to_contain_text(f"Вы: {MEMBER}")


@in_both_sizes
async def test_wound_on_to_the_next_due_moment_a_card_is_overdue(seen: Screen) -> None:
    await files(seen, "Яма на дороге у школы")
    await seen.opens(CHAT)
    await seen.shows("ИР-1/26", "Яма на дороге у школы")
    await seen.shows_nowhere("просрочено")
    await seen.page.get_by_test_id("time").click()
    await expect(seen.page.get_by_test_id("due").first).to_contain_text("ИР-1/26: проверка")
    assert await seen.fits()
    await seen.page.get_by_test_id("time-next").click()
    await seen.shows("ИР-1/26", "просрочено")
    assert await seen.fits()


async def test_time_is_wound_on_by_hours_and_to_the_next_morning(seen: Screen) -> None:
    clock = seen.page.get_by_test_id("time")
    await expect(clock).to_contain_text("пт 20.11, 10:0")
    for choice, shows in (("1h", "пт 20.11, 11:0"), ("3h", "пт 20.11, 14:0"), ("morning", "сб 21.11, 09:0")):
        await seen.winds_time_on(choice)
        await expect(clock).to_contain_text(shows)


async def test_time_is_wound_on_to_any_later_moment_by_the_clocks_of_the_office(seen: Screen) -> None:
    clock = seen.page.get_by_test_id("time")
    await expect(clock).to_contain_text("пт 20.11, 10:0")
    await seen.winds_time_to("2026-11-21T23:10")
    await expect(clock).to_contain_text("сб 21.11, 23:10")
    await clock.click()
    await seen.page.get_by_test_id("moment").fill("2026-11-21T23:00")
    await seen.page.get_by_test_id("time-moment").click()
    await expect(seen.page.get_by_test_id("moment"), "time does not go back").to_be_visible()
    assert await seen.fits()


@pytest.mark.parametrize("what", ["outage", "cut"])
async def test_what_is_said_while_the_connection_is_broken_is_worked_once_it_is_mended(seen: Screen, what: str) -> None:
    await seen.plays(MEMBER)
    await seen.opens("Бот")
    await seen.breaks(what, seconds=3600)
    await expect(seen.page.get_by_test_id("trouble")).to_contain_text("Связь сломана")
    await seen.says("Яма на дороге у школы")
    await seen.shows_nowhere("Проверьте, прежде чем отправить")
    await seen.mends()
    await expect(seen.page.get_by_test_id("trouble")).to_have_text("Сломать связь")
    form = seen.pane.get_by_test_id("messages").get_by_text("Проверьте, прежде чем отправить")
    await expect(form).to_be_visible(timeout=PATIENCE)


async def test_a_flood_passes_by_itself(seen: Screen) -> None:
    await seen.plays(MEMBER)
    await seen.opens("Бот")
    await seen.breaks("flood", seconds=3)
    await seen.says("Яма на дороге у школы")
    form = seen.pane.get_by_test_id("messages").get_by_text("Проверьте, прежде чем отправить")
    await expect(form).to_be_visible(timeout=PATIENCE)
    await expect(seen.page.get_by_test_id("trouble")).to_have_text("Сломать связь")


async def test_a_person_blocks_the_bot_and_thinks_better_of_it(seen: Screen) -> None:
    await seen.plays(MEMBER)
    await seen.opens("Бот")
    await seen.page.get_by_test_id("trouble").click()
    await seen.page.get_by_test_id("panel-block").click()
    await seen.pane.get_by_test_id("unblock").click()
    await seen.says("/help")
    await seen.shows("Бот ведёт информационные риски")


@in_both_sizes
async def test_the_walk_ticks_its_steps_as_they_are_done(seen: Screen) -> None:
    async def walked(*steps: str) -> None:
        for step in ("become", "write", "file", "see", "change"):
            done = seen.page.get_by_test_id(f"walk-{step}")
            await expect(done).to_have_attribute("data-done", str(step in steps).lower())

    await walked("become")
    await seen.plays(MEMBER)
    await seen.opens("Бот")
    await seen.says("Яма на дороге у школы")
    await seen.shows("Проверьте, прежде чем отправить")
    await walked("become", "write")
    await seen.presses("Зарегистрировать")
    await seen.shows("ИР-1/26 зарегистрирован")
    await walked("become", "write", "file")
    await seen.opens(CHAT)
    await seen.shows("ИР-1/26")
    await walked("become", "write", "file", "see")
    await seen.presses("Сменить блок")
    await seen.presses("Сельские территории")
    await seen.shows("ИР-1/26", "Блок: Сельские территории")
    await walked("become", "write", "file", "see", "change")


async def test_a_link_to_the_bot_offers_to_start_it_and_sends_nothing_by_itself(seen: Screen, stage: Stage) -> None:
    await seen.plays(CURATOR)
    await seen.opens(CHAT)
    await seen.says("Вход: https://t.me/mcu_pilot_sandbox_bot?start=i_code")
    await seen.pane.get_by_role("button", name="https://t.me/mcu_pilot_sandbox_bot").click()
    await expect(seen.pane.get_by_test_id("composer")).to_be_hidden()
    curator = stage.person(CURATOR)
    assert "/start i_code" not in [message.text for message in await curator.messages()]
    await seen.pane.get_by_test_id("start").click()
    await seen.shows("/start i_code")


async def test_files_are_sent_shown_and_saved(seen: Screen, tmp_path: Path) -> None:
    sheet, picture = tmp_path / "обращения.xlsx", tmp_path / "двор.png"
    sheet.write_bytes(b"sheet")
    picture.write_bytes(plain_picture(64, 48))
    await seen.plays(CURATOR)
    await seen.opens(CHAT)
    await seen.attaches(sheet, "Выгрузка")
    sent = await seen.shows("Выгрузка", "обращения.xlsx")
    async with seen.page.expect_download() as saving:
        await sent.get_by_test_id("download").click()
    saved = await saving.value
    assert (saved.suggested_filename, (await saved.path()).read_bytes()) == ("обращения.xlsx", b"sheet")
    await seen.attaches(picture, "Двор")
    shown = (await seen.shows("Двор")).locator("img")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("image => [image.naturalWidth, image.naturalHeight]") == [64, 48]


async def test_a_pinned_card_stands_above_the_conversation(seen: Screen) -> None:
    await files(seen, "Яма на дороге у школы")
    await seen.plays(CURATOR)
    await seen.opens(CHAT)
    await seen.pins(await seen.shows("ИР-1/26"))
    await expect(seen.pane.get_by_test_id("pinned")).to_contain_text("ИР-1/26")


async def test_news_without_a_sound_are_marked_apart_from_loud_ones(seen: Screen, stage: Stage) -> None:
    await seen.plays(MEMBER)
    curator = stage.office.people[CURATOR]
    for _ in range(2):
        await stage.sandbox.post(
            f"/bot{SANDBOX_TOKEN.get_secret_value()}/sendMessage",
            json={"chat_id": curator, "text": "Ночная новость", "disable_notification": True},
        )
    badge = seen.page.get_by_test_id(f"person-{curator}").get_by_test_id("unread")
    await expect(badge).to_have_attribute("aria-label", "4 непрочитанных, со звуком: 2")
    await seen.plays(CURATOR)
    await seen.opens("Бот")
    await expect((await seen.shows("Ночная новость")).get_by_test_id("silent")).to_be_visible()


async def test_people_are_found_by_what_they_do(seen: Screen) -> None:
    await seen.page.get_by_test_id("search").fill("социальн")
    await expect(seen.page.locator("#people").get_by_role("button")).to_have_count(1)
    await seen.plays("руководитель блока «Социальная политика»")
    await expect(seen.pane).to_contain_text("Вы: руководитель блока «Социальная политика»")


async def test_people_of_several_offices_are_listed_by_office(tmp_path: Path) -> None:
    plans = [load_preset(training.PRESET), another_office(tmp_path)]
    async with Stage(tmp_path, StoryClock()) as stage:
        founded = await training.found(stage.database, stage.clock.now(), presets=plans)
        await stage.start_bot()
        offices = await training.people_enter(stage.sandbox, founded, stage.rest)
        await training.leave_note(stage.sandbox, founded, offices)
        async with browser() as chromium, screen(chromium, stage.url, WINDOW) as seen:
            await expect(seen.pane).to_contain_text(f"Вы: {MEMBER}")
            listed = seen.page.locator("#people")
            assert await listed.get_by_test_id("office").all_inner_texts() == [
                "МЦУ Пестовского округа",
                "МЦУ Заречного округа",
                "Вне офисов",
            ]
            theirs = listed.get_by_test_id(f"person-{offices[1].people[MEMBER]}")
            await expect(theirs).to_be_hidden()
            await seen.page.get_by_test_id("search").fill("заречного")
            await theirs.click()
            await seen.shows("Ваша должность", "МЦУ Заречного округа")
            await seen.page.get_by_test_id("time").click()
            await expect(seen.page.get_by_test_id("time-next")).to_contain_text(re.compile("дайджест.* · МЦУ"))
            assert seen.troubles == []


@pytest.mark.slow
async def test_begun_anew_the_page_is_back_at_the_beginning(tmp_path: Path) -> None:
    port = free_port()
    environment = {"DATA_FOLDER": str(tmp_path), "SANDBOX_PORT": str(port), "STATUS_PORT": str(free_port())}
    async with started(sys.executable, "-m", "bot", "run", environment=environment, folder=ROOT) as program:
        await program.says("остановить: Ctrl+C")
        async with browser() as chromium, screen(chromium, f"http://127.0.0.1:{port}/", WINDOW) as seen:
            await files(seen, "Яма на дороге у школы")
            await seen.winds_time_on("3h")
            await seen.page.evaluate(WATCH_FOR_PREPARING)
            await seen.page.get_by_test_id("anew").click()
            await seen.page.get_by_test_id("confirm-yes").click()
            passed = expect(seen.page.locator("body"))
            await passed.to_have_attribute("data-preparing-was", "hidden, shown, hidden", timeout=2 * PATIENCE)
            await expect(seen.pane).to_contain_text(f"Вы: {MEMBER}")
            await seen.shows("Ваша должность")
            await seen.shows_nowhere("Яма на дороге у школы")
            await expect(seen.page.get_by_test_id("walk-write")).to_have_attribute("data-done", "false")
            await files(seen, "Снова яма на дороге у школы")
            # While the bot is started anew nobody answers for it, and the browser says so.
            assert [each for each in seen.troubles if "503" not in each] == []
