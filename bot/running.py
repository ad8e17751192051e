"""What `run` runs: the bot against Telegram, or the bot with the sandbox beside it as a second process."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

import httpx
from pydantic import SecretStr

from bot import training
from bot.app import App
from bot.assembly import Installation
from bot.clock import MachineClock
from bot.delivery.pacer import Limits
from bot.intake.webhook import WebhookAddress, secret_from
from bot.readiness import tell_started
from bot.refusals import PortTaken, SandboxEnded, TokenMissing
from bot.sandbox_process import sandbox_beside, sandbox_url
from bot.settings import Settings
from bot.tasks import TaskOwner
from storage.database import DatabaseKind

SANDBOX_TOKEN: Final = SecretStr("4200000001:sandbox")
UNHURRIED: Final = Limits(per_second=10_000, chat_per_second=10_000, group_per_minute=1_000_000)
"""For a sandbox that keeps no flood limits."""

Say = Callable[[str], None]


async def run(settings: Settings, say: Say) -> None:
    """Run until a signal. `say` prints a line for the operator.

    Raises TokenMissing, PortTaken, SandboxEnded, and what `App.run` raises.
    """
    _require_free(settings.status_port)
    if settings.bot_token is not None:
        if settings.webhook_url:
            _require_free(settings.webhook_port)
        await _run_on_telegram(settings, settings.bot_token, say)
    elif settings.production_database.exists():
        raise TokenMissing
    else:
        await _run_in_sandbox(settings, say)


@asynccontextmanager
async def started(app: App) -> AsyncIterator[asyncio.Task[None]]:
    """The app running in the background, from its start to its orderly end, which a stop may bring before the start.

    Raises what made it fail.
    """
    tasks = TaskOwner()
    running = tasks.start(app.run(), name="bot", awaited=True)
    start = tasks.start(_start_of(app), name="start of the bot")
    try:
        await asyncio.wait({running, start}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        yield running
    finally:
        start.cancel()
        app.stop()
        await running


async def _run_on_telegram(settings: Settings, token: SecretStr, say: Say) -> None:
    app = App(
        Installation(
            database=settings.production_database,
            kind=DatabaseKind.PRODUCTION,
            token=token,
            api_url=settings.telegram_api_url,
            status_port=settings.status_port,
            limits=_telegram_limits(settings),
            proxy=settings.proxy_url,
            webhook=_webhook(settings, token),
            calendar_file=settings.calendar_file,
            retention=settings.retention,
            lets_residents_in=settings.exports_with_residents_by_messenger,
        ),
        MachineClock(),
    )
    _on_signals(app.stop)
    async with started(app) as running:
        if app.started.is_set():
            say(f"Бот работает с Telegram. База: {settings.production_database}. Остановить: Ctrl+C.")
            tell_started()
        await running


async def _run_in_sandbox(settings: Settings, say: Say) -> None:
    _require_free(settings.sandbox_port)
    async with sandbox_beside(settings) as (sandbox, ended):
        room = _TrainingRoom()
        _on_signals(room.close)
        ended.add_done_callback(lambda _: room.close())
        room.anew = not (settings.sandbox_database.exists() and await training.is_set_up(sandbox))
        while not room.closed:
            await _play(settings, say, sandbox, room)
            if not room.anew:
                break
        if ended.done():
            raise SandboxEnded


class _TrainingRoom:
    """What is wanted of the room while a bot runs in it, one after another: to end, or to be as it was at first."""

    def __init__(self) -> None:
        self.anew = False
        self.closed = False
        self.set_up = False
        self.app: App | None = None

    def close(self) -> None:
        self.closed = True
        self._stop()

    def begin_anew(self) -> bool:
        """Not while people are still entering: they would wait for a bot that has gone."""
        if not self.set_up:
            return False
        self.anew = True
        self._stop()
        return True

    def _stop(self) -> None:
        if self.app is not None:
            self.app.stop()


async def _play(settings: Settings, say: Say, sandbox: httpx.AsyncClient, room: _TrainingRoom) -> None:
    """One run of the bot in the room, which is set up first where that is wanted."""
    room.set_up = False
    database, now = settings.sandbox_database, MachineClock().now()
    founded = await training.begin_anew(sandbox, database, now, training.training_plans()) if room.anew else ()
    room.app = App(_sandbox_installation(settings), MachineClock(), room.begin_anew)
    room.anew = False
    async with started(room.app) as running:
        if room.closed:
            room.app.stop()
        if not room.app.started.is_set():
            return
        if founded:
            offices = await training.people_enter(sandbox, founded, room.app.at_rest)
            await training.leave_note(sandbox, founded, offices)
        room.set_up = True
        say("ПЕСОЧНИЦА. Это учебная база: Telegram не нужен, сообщения никуда не уходят.")
        say(f"Чат: {sandbox_url(settings)}/ · база: {settings.sandbox_database} · остановить: Ctrl+C.")
        await running


def _sandbox_installation(settings: Settings) -> Installation:
    return Installation(
        database=settings.sandbox_database,
        kind=DatabaseKind.SANDBOX,
        token=SANDBOX_TOKEN,
        api_url=sandbox_url(settings),
        status_port=settings.status_port,
        limits=_telegram_limits(settings) if settings.sandbox_limits else UNHURRIED,
        calendar_file=settings.calendar_file,
        retention=settings.retention,
        lets_residents_in=settings.exports_with_residents_by_messenger,
    )


def _webhook(settings: Settings, token: SecretStr) -> WebhookAddress | None:
    if not settings.webhook_url:
        return None
    secret = settings.webhook_secret or secret_from(token)
    return WebhookAddress(url=settings.webhook_url, port=settings.webhook_port, secret=secret)


def _telegram_limits(settings: Settings) -> Limits:
    return Limits(
        per_second=settings.messages_per_second,
        chat_per_second=settings.chat_messages_per_second,
        group_per_minute=settings.group_messages_per_minute,
    )


async def _start_of(app: App) -> None:
    await app.started.wait()


def _on_signals(stop: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop)


def _require_free(port: int) -> None:
    if port == 0:
        return
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise PortTaken(port) from None
