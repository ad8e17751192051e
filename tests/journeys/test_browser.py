"""The page of the sandbox in a real browser: a risk filed from a forward, its card given to a block, hostile words."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import ViewportSize, expect

from tests.support.browser import PHONE, WINDOW, Screen, browser, screen
from tests.support.stage import Stage

pytestmark = pytest.mark.browser

HOSTILE = "<b>Нет воды</b> <img src=x onerror=alert(1)> \"кавычки\" & 'апострофы' {{7*7}} 💧 \u05e9\u05dc\u05d5\u05dd"


@pytest.fixture(params=[WINDOW, PHONE], ids=["in a window", "on a phone"])
async def seen(request: pytest.FixtureRequest, stage: Stage) -> AsyncIterator[Screen]:
    size: ViewportSize = request.param
    async with browser() as chromium, screen(chromium, stage.url, size) as page:
        yield page
        assert page.troubles == []


async def test_a_forward_is_filed_and_its_card_given_to_a_block(seen: Screen) -> None:
    await seen.plays("член проектного офиса 1")
    await seen.opens("Бот")
    await seen.forwards(
        "Жители пишут: третий день сухие краны, в управляющей компании не отвечают",
        channel="Новости округа",
        username="okrug_news",
        post=77,
        comment="Нет воды на улице Мира",
    )
    await seen.shows("Проверьте, прежде чем отправить", "Нет воды на улице Мира", "t.me/okrug_news/77")
    assert await seen.fits()
    await seen.presses("Зарегистрировать")
    await seen.shows("ИР-1/26 зарегистрирован")

    await seen.opens("МЦУ-ПИЛОТ")
    card = await seen.shows("ИР-1/26", "Нет воды на улице Мира")
    await expect(card).to_contain_text("Блок: Дороги, ЖКХ, благоустройство")
    await seen.presses("Сменить блок")
    assert await seen.fits()
    await seen.presses("Сельские территории")
    card = await seen.shows("ИР-1/26", "Блок: Сельские территории", "изменено")
    await expect(card.get_by_test_id("button").get_by_text("Сменить блок")).to_be_visible()


async def test_a_preview_is_mended_by_buttons_and_typed_words(seen: Screen) -> None:
    await seen.plays("член проектного офиса 1")
    await seen.opens("Бот")
    await seen.says("Во дворе не горит фонарь")
    await seen.shows("Проверьте, прежде чем отправить", "не горит фонарь")
    await seen.presses("Изменить")
    await seen.presses("Суть")
    await seen.shows("В чём суть, одной фразой?")
    await seen.says("Не горят три фонаря на Новой")
    await seen.shows("Проверьте, прежде чем отправить", "Не горят три фонаря на Новой")
    await seen.presses("Отмена")
    await seen.shows("Черновик закрыт, ничего не сохранено.")


async def test_hostile_text_stays_text(seen: Screen) -> None:
    await seen.plays("член проектного офиса 1")
    await seen.opens("Бот")
    await seen.forwards(HOSTILE, channel="<script>alert(2)</script>", username="okrug_news", post=78)
    await seen.shows("Проверьте, прежде чем отправить", "<b>Нет воды</b>")
    await seen.presses("Зарегистрировать")
    await seen.opens("МЦУ-ПИЛОТ")
    card = await seen.shows("ИР-1/26", HOSTILE)
    await expect(card.locator("img, script, b > b")).to_have_count(0)
    assert await seen.fits()
