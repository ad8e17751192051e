"""The composition root: a dozen constructors that make one installation's parts know each other."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import structlog
from aiogram import Bot
from aiogram.types import User
from pydantic import SecretStr

from bot.clock import MachineClock, OfficeClock
from bot.clockwork import Clockwork
from bot.codes import new_code
from bot.delivery.courier import Courier
from bot.delivery.leaving import UnboundGroups
from bot.delivery.pacer import Limits, Pacer
from bot.delivery.pacing import Pacing
from bot.dispatcher import make_dispatcher
from bot.folder_watch import FolderWatch
from bot.gateways.chat_census import TelegramChatCensus
from bot.gateways.chat_rights import TelegramChatRights
from bot.gateways.export_files import ExportFiles
from bot.gateways.export_folders import ExportFolders, exports_folder
from bot.gateways.link_probe import LinkProbe
from bot.gateways.paper_files import PaperFiles, papers_folder
from bot.gateways.paper_templates import PaperTemplates, templates_folder
from bot.gateways.reading import Reading
from bot.gateways.sheet_reader import SheetReader
from bot.health import Health
from bot.importing import Importer
from bot.intake.admission import BotName
from bot.intake.census import Census
from bot.intake.courtesy import Courtesy
from bot.intake.door import Door, Intake
from bot.intake.lanes import Lanes
from bot.intake.polling import Polling
from bot.intake.replies import Doorkeeper
from bot.intake.webhook import Webhook, WebhookAddress
from bot.intake.working import UpdateWorker
from bot.job_worker import JobWorker
from bot.link_watch import LinkWatch
from bot.menus import Menus
from bot.metrics import CountedCalls, Metrics
from bot.middlewares.desk import Desk
from bot.paper_keeping import PaperKeeper
from bot.paper_making import PaperMaker
from bot.probes import Probes
from bot.reckoning import Reckoning
from bot.running_state import RunningState
from bot.status import StatusSource
from bot.tasks import TaskOwner
from bot.watching import Watch, note_hindrance
from handlers.views.commands import COMMANDS
from risk.jobs import Job
from risk.ports import LookAtPage
from risk.retention import Retention
from scheduler.engine import Engine
from scheduler.jobs import job_table
from scheduler.runner import Runner
from storage.database import Database, DatabaseKind
from storage.delivery import Deliveries
from storage.directory import SqlDirectory
from storage.hindrance import DatabaseUnavailable
from storage.inbox import Inbox, Receipt
from storage.jobs import JobBook
from storage.repositories.groups import SqlGroups
from storage.unit_of_work import Units

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What one run of the bot stands on."""

    database: Path
    kind: DatabaseKind
    token: SecretStr
    api_url: str
    status_port: int
    limits: Limits
    proxy: SecretStr | None = None
    webhook: WebhookAddress | None = None
    """None: the bot asks for its updates."""
    calendar_file: Path | None = None
    """The operator's days; None: there is no such file to look for."""
    retention: Retention = field(default_factory=Retention)
    lets_residents_in: bool = False
    """Whether exports with columns about residents may come through the messenger."""
    probe: LookAtPage | None = None
    """Looks at published links; None: the net's own pages are asked, but for a sandbox, which asks for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is started and stopped."""

    username: str
    inbox: Inbox
    lanes: Lanes
    worker: UpdateWorker
    intake: Intake
    courier: Courier
    job_worker: JobWorker
    files: ExportFiles
    papers: PaperKeeper
    folder_watch: FolderWatch
    engine: Engine
    status: StatusSource
    probes: Probes
    doorkeeper: Doorkeeper
    census: Census
    links: LinkWatch
    menus: Menus
    reckoning: Reckoning
    tasks: TaskOwner


def assemble(
    installation: Installation, *, database: Database, bot: Bot, me: User, clock: OfficeClock, machine: MachineClock
) -> Parts:
    """Make everything, start nothing."""
    tasks, metrics, health = TaskOwner(), Metrics(), Health(machine.monotonic)
    database.noticed = partial(note_hindrance, health)
    groups = SqlGroups(database)
    directory, inbox, units = SqlDirectory(database), Inbox(database, me.id), Units(database=database)
    pacer = Pacer(installation.limits, machine.monotonic)
    bot.session.middleware(Pacing(pacer))
    bot.session.middleware(CountedCalls(metrics))
    boot = secrets.token_hex(8)
    deliveries = Deliveries(database, boot=boot)
    papers = PaperFiles(papers_folder(installation.database))
    keeper = PaperKeeper(papers, directory=directory, units=units, clock=clock)
    courier = Courier(
        bot,
        deliveries=deliveries,
        units=units,
        directory=directory,
        pacer=pacer,
        clock=clock,
        machine=machine,
        tasks=tasks,
        papers=papers,
        keeper=keeper,
    )
    folders = ExportFolders(exports_folder(installation.database))
    files = ExportFiles(bot, folders, installation.database.parent / "spool")
    importer = Importer(
        SheetReader(),
        files,
        directory=directory,
        units=units,
        clock=clock,
        lets_residents_in=installation.lets_residents_in,
    )
    templates = PaperTemplates(templates_folder(installation.database))
    maker = PaperMaker(papers, templates, units=units, clock=clock)
    doings = {**importer.doings(), **maker.doings()}
    job_worker = JobWorker(JobBook(database, boot=boot), doings, given_up=partial(_give_up, (importer, maker)))

    def committed() -> None:
        courier.wake()
        job_worker.wake()

    units.committed = committed
    desk = Desk(
        units=units,
        directory=directory,
        understand=Reading(),
        chat_rights=TelegramChatRights(bot),
        new_code=new_code,
        groups=groups,
    )
    worker = UpdateWorker(bot, make_dispatcher(desk), inbox=inbox, units=units, directory=directory)
    lanes = Lanes(_counted(worker, metrics), tasks)
    doorkeeper = Doorkeeper(bot, machine.monotonic)
    census = Census(
        TelegramChatCensus(bot), directory=directory, units=units, clock=clock, hourly=Courtesy(machine.monotonic)
    )
    folder_watch = FolderWatch(folders, directory=directory, units=units, clock=clock)
    unbound = UnboundGroups(bot, groups, directory, clock=clock, machine=machine)
    links = LinkWatch(_probe(installation), directory=directory, units=units, clock=clock)
    name = BotName(id=me.id, username=me.username or "", commands=frozenset(each.name for each in COMMANDS))
    door = Door(
        name=name,
        inbox=inbox,
        lanes=lanes,
        directory=directory,
        doorkeeper=doorkeeper,
        census=census,
        clock=clock,
    )
    clockwork = Clockwork(
        health=health,
        database=database,
        directory=directory,
        units=units,
        inbox=inbox,
        clock=clock,
        deliveries=deliveries,
        courier=courier,
        retention=installation.retention,
        census=census,
        unbound=unbound,
        links=links,
        folder_watch=folder_watch,
        papers=keeper,
    )
    jobs = job_table(clockwork.ticks())
    runner = Runner(jobs, partial(_tick_failed, metrics), metrics.tick)
    state = RunningState(
        kind=installation.kind,
        username=name.username,
        database=database,
        directory=directory,
        units=units,
        clock=clock,
        lanes=lanes,
        worker=worker,
        doorkeeper=doorkeeper,
        census=census,
        courier=courier,
        job_worker=job_worker,
        runner=runner,
    )
    watch = Watch(health=health, metrics=metrics, database=database, clock=clock, lanes=lanes, courier=courier)
    return Parts(
        username=name.username,
        inbox=inbox,
        lanes=lanes,
        worker=worker,
        intake=_intake(installation, bot, door, health),
        courier=courier,
        job_worker=job_worker,
        files=files,
        papers=keeper,
        folder_watch=folder_watch,
        engine=Engine(jobs, runner, lambda work, name: tasks.start(work, name=name), machine.wall),
        status=state.source(),
        probes=watch.probes(),
        doorkeeper=doorkeeper,
        census=census,
        links=links,
        menus=Menus(directory=directory, units=units, database=database, clock=clock),
        reckoning=Reckoning(directory=directory, units=units, clock=clock),
        tasks=tasks,
    )


async def _give_up(workers: tuple[Importer, PaperMaker], job: Job) -> None:
    for worker in workers:
        if job.kind in worker.doings():
            await worker.give_up(job)


def _probe(installation: Installation) -> LookAtPage | None:
    """What is practised in a sandbox must not reach anybody's site."""
    if installation.probe is None and installation.kind is DatabaseKind.PRODUCTION:
        return LinkProbe()
    return installation.probe


def _intake(installation: Installation, bot: Bot, door: Door, health: Health) -> Intake:
    if installation.webhook is None:
        return Polling(bot, door, health)
    return Webhook(bot, door, health, installation.webhook)


def _counted(worker: UpdateWorker, metrics: Metrics) -> Callable[[Receipt], Awaitable[None]]:
    async def work(receipt: Receipt) -> None:
        await worker.work(receipt)
        metrics.update_worked()

    return work


def _tick_failed(metrics: Metrics, name: str, fault: Exception) -> None:
    """A database that cannot be written was spoken of when it began."""
    metrics.tick_failed(name)
    if isinstance(fault, DatabaseUnavailable):
        return
    _log.error("tick failed", job=name, exc_info=fault)
