"""The wiring: a dozen constructors, the order in which they start, and the order in which they end."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from pydantic import SecretStr

from bot.clock import MachineClock, OfficeClock
from bot.delivery.courier import Courier
from bot.delivery.pacer import Limits, Pacer
from bot.delivery.pacing import Pacing
from bot.dispatcher import make_dispatcher
from bot.gateways.chat_rights import TelegramChatRights
from bot.gateways.reading import Reading
from bot.intake.admission import BotName
from bot.intake.lanes import Lanes
from bot.intake.polling import Polling
from bot.intake.replies import Doorkeeper
from bot.intake.working import UpdateWorker
from bot.middlewares.desk import Desk
from bot.status import Pending, StatusPort, StatusReport, StatusSource
from bot.tasks import TaskOwner
from risk.ids import OfficeId
from risk.ports import OpenUnit
from risk.use_cases.cards import note_overdue
from risk.use_cases.drafts import close_abandoned_drafts
from scheduler.engine import Engine
from scheduler.jobs import Ticks, job_table
from scheduler.runner import Runner
from storage.database import Database, DatabaseKind, FileLock, open_file
from storage.delivery import Deliveries
from storage.directory import SqlDirectory
from storage.inbox import Inbox
from storage.sandbox_time import read_shift, write_shift
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)

GRACE_SECONDS: Final = 20.0
"""How long a stop waits for what is in hand; the rest is taken up by the next run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What one run of the bot stands on."""

    database: Path
    kind: DatabaseKind
    token: SecretStr
    api_url: str
    status_port: int
    limits: Limits


class App:
    """The running bot. `started` is set once it takes updates and its status port answers."""

    def __init__(self, installation: Installation, machine: MachineClock) -> None:
        self._installation = installation
        self._machine = machine
        self._stop = asyncio.Event()
        self.started = asyncio.Event()
        self.status_port = 0
        self._source: StatusSource

    async def at_rest(self) -> None:
        """Wait until nothing is in hand, nothing is due and no retry is waiting. Only once `started`."""
        await self._source.at_rest()

    def stop(self) -> None:
        """Finish what is in hand and end `run`."""
        self._stop.set()

    async def run(self) -> None:
        """Run until stopped. Raises DatabaseInUse, WrongDatabaseKind, TelegramAPIError, OSError."""
        installation = self._installation
        async with AsyncExitStack() as stack:
            stack.enter_context(FileLock(installation.database))
            database = await asyncio.to_thread(open_file, installation.database, installation.kind)
            stack.push_async_callback(database.close)
            bot = _telegram(installation)
            stack.push_async_callback(bot.session.close)
            await self._run(bot, database)

    async def _run(self, bot: Bot, database: Database) -> None:
        machine = self._machine
        clock = OfficeClock(machine.now, timedelta(seconds=await read_shift(database)))
        me = await bot.me()
        await bot.delete_webhook()
        failures: list[BaseException] = []
        tasks = TaskOwner(failed=failures.append)
        directory = SqlDirectory(database)
        inbox = Inbox(database, me.id)
        units = Units(database=database)
        pacer = Pacer(self._installation.limits, machine.monotonic)
        bot.session.middleware(Pacing(pacer))
        courier = Courier(
            bot,
            deliveries=Deliveries(database, boot=secrets.token_hex(8)),
            units=units,
            pacer=pacer,
            clock=clock,
            machine=machine,
            tasks=tasks,
        )
        units.committed = courier.wake
        desk = Desk(units=units, directory=directory, understand=Reading(), chat_rights=TelegramChatRights(bot))
        worker = UpdateWorker(bot, make_dispatcher(desk), inbox=inbox, units=units, directory=directory)
        lanes = Lanes(worker.work, tasks)
        polling = Polling(
            bot,
            name=BotName(id=me.id, username=me.username or ""),
            inbox=inbox,
            lanes=lanes,
            directory=directory,
            doorkeeper=Doorkeeper(bot, machine.monotonic),
            clock=clock,
            tasks=tasks,
        )
        jobs = job_table(_ticks(database, directory, units, inbox, clock, courier))
        runner = Runner(jobs, _tick_failed)
        engine = Engine(jobs, runner)
        self._source = _status_source(self._installation, database, me.username or "", clock, lanes, courier, runner)
        status = StatusPort(self._source, self._installation.status_port)

        for receipt in await inbox.waiting():
            lanes.put(receipt)
        await status.start()
        self.status_port = status.port
        engine.start()
        ways = [
            tasks.start(courier.run(), name="courier"),
            tasks.start(polling.run(), name="polling"),
        ]
        _log.info("started", bot=me.username, database=self._installation.kind.value)
        self.started.set()
        stop = tasks.start(_until(self._stop), name="stop")
        await asyncio.wait([*ways, stop], return_when=asyncio.FIRST_COMPLETED)
        self._stop.set()

        polling.stop()
        engine.stop()
        await _within_grace(lanes.idle())
        courier.stop()
        await status.stop()
        await _within_grace(tasks.finish())
        await tasks.cancel()
        _log.info("stopped")
        if failures:
            raise failures[0]


async def _until(event: asyncio.Event) -> None:
    await event.wait()


async def _within_grace(work: Awaitable[None]) -> None:
    try:
        await asyncio.wait_for(work, GRACE_SECONDS)
    except TimeoutError:
        _log.warning("stopped before everything in hand was finished; the next run takes it up")


def _telegram(installation: Installation) -> Bot:
    session = AiohttpSession(api=TelegramAPIServer.from_base(installation.api_url.rstrip("/")))
    return Bot(installation.token.get_secret_value(), session=session)


def _ticks(
    database: Database,
    directory: SqlDirectory,
    units: Units,
    inbox: Inbox,
    clock: OfficeClock,
    courier: Courier,
) -> Ticks:
    async def each_office(act: Callable[[OpenUnit, datetime], Awaitable[int]]) -> None:
        for office in await directory.offices():
            await act(units.of(OfficeId(office.id)), clock.now())

    async def wake_courier() -> None:
        courier.wake()

    async def forget_old_receipts() -> None:
        await inbox.forget_done(clock.now())

    return Ticks(
        wake_courier=wake_courier,
        note_overdue=lambda: each_office(lambda uow, now: note_overdue(uow=uow, now=now)),
        forget_payloads=database.truncate_wal,
        close_abandoned_drafts=lambda: each_office(lambda uow, now: close_abandoned_drafts(uow=uow, now=now)),
        forget_old_receipts=forget_old_receipts,
    )


def _tick_failed(name: str, fault: Exception) -> None:
    _log.error("tick failed", job=name, fault=type(fault).__name__, exc_info=fault)


def _status_source(
    installation: Installation,
    database: Database,
    username: str,
    clock: OfficeClock,
    lanes: Lanes,
    courier: Courier,
    runner: Runner,
) -> StatusSource:
    def report() -> StatusReport:
        return StatusReport(
            kind=installation.kind.value,
            bot=username,
            office_time=clock.now().isoformat(),
            pending=Pending(updates=lanes.in_hand, sending=courier.in_flight, ticks=runner.running),
        )

    async def at_rest() -> None:
        while True:
            await lanes.idle()
            await runner.idle()
            await courier.idle()
            if not lanes.in_hand and not runner.running and courier.is_idle:
                return

    async def move_time(moment: datetime) -> None:
        clock.move_to(moment)
        await write_shift(database, int(clock.shift.total_seconds()))
        await runner.tick_all()

    movable = installation.kind is DatabaseKind.SANDBOX
    return StatusSource(report=report, at_rest=at_rest, move_time=move_time if movable else None)
