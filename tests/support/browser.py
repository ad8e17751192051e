"""The sandbox's page in Debian's Chromium, used as a person uses it; what a story says is in the tests."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import Browser, Locator, Page, Route, ViewportSize, async_playwright, expect

WINDOW: Final = ViewportSize(width=1280, height=860)
PHONE: Final = ViewportSize(width=360, height=740)

QUIET_FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
"""Chromium must reach loopback and nothing else, of its own accord neither."""


@dataclass(slots=True)
class Screen:
    """The page in somebody's hands. `troubles`: what no visitor sees and no visit may cause."""

    page: Page
    troubles: list[str] = field(default_factory=list)

    async def plays(self, position: str) -> None:
        """Become the person who holds the position."""
        await self._back_to_the_list()
        await self.page.locator("#people").get_by_role("button", name=position).click()

    async def opens(self, chat: str) -> None:
        await self._back_to_the_list()
        await self.page.locator("#chats").get_by_role("button", name=chat).click()

    async def says(self, words: str) -> None:
        await self.pane.get_by_test_id("composer").fill(words)
        await self.pane.get_by_test_id("send").click()

    async def forwards(self, text: str, *, channel: str, username: str, post: int, comment: str = "") -> None:
        await self.pane.get_by_test_id("forward-open").click()
        filled = {"title": channel, "username": username, "post": str(post), "text": text, "comment": comment}
        for name, value in filled.items():
            await self.page.get_by_test_id(f"forward-{name}").fill(value)
        await self.page.get_by_test_id("forward-send").click()

    async def presses(self, button: str) -> None:
        """Press the lowest button of that name in the open chat."""
        await self._messages.get_by_test_id("button").get_by_text(button, exact=True).last.click()

    async def shows(self, *words: str) -> Locator:
        """The newest message of the open chat that says all of these, once it stands there."""
        message = self._messages.get_by_role("article")
        for each in words:
            message = message.filter(has_text=each)
        await expect(message.last).to_be_visible()
        return message.last

    async def shows_nowhere(self, words: str) -> None:
        await expect(self._messages.get_by_text(words)).to_have_count(0)

    async def fits(self) -> bool:
        """Whether nothing sticks out to the side."""
        return bool(await self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    async def takes_up(self, number: int) -> None:
        """Take the window of this number in hand, counted from the left."""
        await self.page.locator(".pane").nth(number - 1).locator(".heading-words").click()

    async def opens_beside(self) -> None:
        """One more window, which is in hand from now on."""
        await self.page.get_by_test_id("pane-add").click()

    async def winds_time_on(self, choice: str) -> None:
        """`choice`: 1h, 3h, morning or next."""
        await self.page.get_by_test_id("time").click()
        await self.page.get_by_test_id(f"time-{choice}").click()

    async def winds_time_to(self, moment: str) -> None:
        """`moment`: 2026-11-21T23:10, by the clocks of the office."""
        await self.page.get_by_test_id("time").click()
        await self.page.get_by_test_id("moment").fill(moment)
        await self.page.get_by_test_id("time-moment").click()

    async def breaks(self, what: str, *, seconds: int) -> None:
        """`what`: flood, outage or cut."""
        await self.page.get_by_test_id("trouble").click()
        await self.page.get_by_test_id("seconds").fill(str(seconds))
        await self.page.get_by_test_id(what).click()

    async def mends(self) -> None:
        await self.page.get_by_test_id("trouble").click()
        await self.page.get_by_test_id("mend").click()

    async def attaches(self, file: Path, words: str) -> None:
        async with self.page.expect_file_chooser() as chooser:
            await self.pane.get_by_test_id("attach-file").click()
        await (await chooser.value).set_files(file)
        await expect(self.pane.get_by_test_id("attached")).to_contain_text(file.name)
        await self.says(words)

    async def pins(self, message: Locator) -> None:
        await message.hover()
        await message.get_by_test_id("message-menu").click()
        await self.page.get_by_test_id("pin").click()

    async def has_walked(self, step: str) -> bool:
        """Whether the guided walk has ticked the step: become, write, file, see or change."""
        return await self.page.get_by_test_id(f"walk-{step}").get_attribute("data-done") == "true"

    @property
    def pane(self) -> Locator:
        """The window in hand."""
        return self.page.locator('.pane[aria-current="true"]')

    @property
    def _messages(self) -> Locator:
        return self.pane.get_by_test_id("messages")

    async def _back_to_the_list(self) -> None:
        """A narrow screen shows the list or the conversation."""
        back = self.pane.get_by_test_id("back")
        if await back.is_visible():
            await back.click()


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Raises AssertionError with what to install when there is no Chromium."""
    chromium = shutil.which("chromium")
    assert chromium is not None, "Chromium is missing: sudo apt install chromium"
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=QUIET_FLAGS)
        yield started
        await started.close()


@asynccontextmanager
async def screen(browser: Browser, url: str, size: ViewportSize) -> AsyncIterator[Screen]:
    """The page at `url`, as a visitor in Пестово sees it for the first time."""
    context = await browser.new_context(viewport=size, locale="ru-RU", timezone_id="Europe/Moscow")
    seen = Screen(await context.new_page())
    await _watch(seen, urlsplit(url).netloc)
    await seen.page.goto(url)
    yield seen
    await context.close()


async def _watch(screen: Screen, host: str) -> None:
    troubles = screen.troubles

    async def only_home(route: Route) -> None:
        address = route.request.url
        if urlsplit(address).netloc == host:
            await route.continue_()
        else:
            troubles.append(f"asks another host: {address}")
            await route.abort()

    page = screen.page
    await page.context.route("**/*", only_home)
    page.on("websocket", lambda socket: troubles.append(f"opens a socket: {socket.url}"))
    page.on("pageerror", lambda error: troubles.append(f"fails: {error}"))
    page.on("dialog", lambda dialog: troubles.append(f"runs what was written to it: {dialog.message}"))
    page.on(
        "console",
        lambda said: troubles.append(f"{said.type}: {said.text}") if said.type in {"error", "warning"} else None,
    )
