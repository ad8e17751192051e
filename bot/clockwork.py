"""What the clock does by itself: each tick of the scheduler's table, with the parts that it sets in motion."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import OfficeClock
from bot.delivery.courier import Courier
from bot.delivery.leaving import UnboundGroups
from bot.folder_watch import FolderWatch
from bot.health import Health, Part
from bot.intake.census import Census
from bot.keeping.purging import purge_daily
from bot.link_watch import LinkWatch
from bot.paper_keeping import PaperKeeper
from risk.ports import OpenUnit, OpenView
from risk.retention import Retention
from risk.use_cases.absence_turns import note_absences_turning
from risk.use_cases.cards import note_overdue
from risk.use_cases.digest_astray import watch_digests
from risk.use_cases.digesting import post_digests
from risk.use_cases.drafts import close_abandoned_drafts
from risk.use_cases.duty_handover import hand_duty_over
from risk.use_cases.export_watch import watch_exports
from risk.use_cases.memo_planning import plan_memos
from risk.use_cases.notes import lapse_note_offers
from risk.use_cases.nudge_ledger import watch_reminders
from risk.use_cases.nudging import nudge
from risk.use_cases.recording import close_abandoned_records
from risk.use_cases.settling import settle_appeals
from scheduler.jobs import Ticks
from storage.database import Database
from storage.delivery import Deliveries
from storage.directory import SqlDirectory
from storage.inbox import Inbox
from storage.unit_of_work import Units


class LooksFirst(Protocol):
    async def __call__(self, *, uow: OpenUnit, view: OpenView, now: datetime) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Clockwork:
    health: Health
    database: Database
    directory: SqlDirectory
    units: Units
    inbox: Inbox
    clock: OfficeClock
    deliveries: Deliveries
    courier: Courier
    retention: Retention
    census: Census
    unbound: UnboundGroups
    links: LinkWatch
    folder_watch: FolderWatch
    papers: PaperKeeper

    def ticks(self) -> Ticks:
        return Ticks(
            wake_courier=self._wake_courier,
            note_overdue=lambda: self._in_each_office(lambda uow, now: note_overdue(uow=uow, now=now)),
            settle_appeals=lambda: self._looking_first(settle_appeals),
            watch_exports=lambda: self._looking_first(watch_exports),
            post_digests=lambda: self._looking_first(post_digests),
            plan_memos=lambda: self._looking_first(plan_memos),
            watch_digests=lambda: self._looking_first(watch_digests),
            nudge=lambda: self._looking_first(nudge),
            watch_reminders=lambda: self._looking_first(watch_reminders),
            probe_links=self.links.probe_due,
            sweep_papers=self.papers.sweep,
            look_for_exports=self.folder_watch.look,
            hand_duty_over=lambda: self._in_each_office(lambda uow, now: hand_duty_over(uow=uow, now=now)),
            note_absences_turning=lambda: self._in_each_office(
                lambda uow, now: note_absences_turning(uow=uow, now=now)
            ),
            prove_database=self._prove_database,
            retry_refused_cards=self._retry_refused_cards,
            forget_payloads=self.database.truncate_wal,
            close_abandoned_drafts=lambda: self._in_each_office(
                lambda uow, now: close_abandoned_drafts(uow=uow, now=now)
            ),
            close_abandoned_records=lambda: self._in_each_office(
                lambda uow, now: close_abandoned_records(uow=uow, now=now)
            ),
            lapse_note_offers=lambda: self._in_each_office(lambda uow, now: lapse_note_offers(uow=uow, now=now)),
            forget_old_receipts=self._forget_old_receipts,
            purge=self._purge,
            count_strangers=self.census.count_daily,
            leave_unbound_groups=self.unbound.leave_overdue,
        )

    async def _in_each_office(self, act: Callable[[OpenUnit, datetime], Awaitable[int]]) -> None:
        for office in await self.directory.offices():
            await act(self.units.of(office.id), self.clock.now())

    async def _looking_first(self, act: LooksFirst) -> None:
        """Of each office: acts that write only where a look has found something to do."""
        for office in await self.directory.offices():
            uow, view = self.units.of(office.id), self.units.view_of(office.id)
            await act(uow=uow, view=view, now=self.clock.now())

    async def _wake_courier(self) -> None:
        self.courier.wake()

    async def _retry_refused_cards(self) -> None:
        await self.deliveries.retry_refused_cards()
        self.courier.wake()

    async def _prove_database(self) -> None:
        """Whether it can be written again is asked only while it could not: who waits to write tries by himself."""
        if Part.DATABASE in self.health.ills:
            await self.database.prove_writable()

    async def _forget_old_receipts(self) -> None:
        await self.inbox.forget_old(self.clock.now())

    async def _purge(self) -> None:
        await purge_daily(self.database, self.retention, self.clock.now())
